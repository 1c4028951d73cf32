//! The canonical form of each kind of value: as a JSON Schema, and as a list of words where the kind is closed. The
//! tracker also reads other forms that people write (`DE-BW`, `30.06.2024`, `im Einsatz`).

use ozg_core::event::Kind;
use ozg_core::measure::Measure;
use ozg_core::words::{Area, AssessmentStatus, AuthorityKind, Implementation, Level, Stage, Topic, Unit};
use serde_json::{Value, json};

const DATE: &str =
    "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?|-Q[1-4]|-H[12]|-W(0[1-9]|[1-4][0-9]|5[0-3]))?$";
const FIGURE: &str = "^(>=|<=|>|<|=|ca\\. |knapp )?-?[0-9]{1,13}(\\.[0-9]{1,6})?$";
const SERVICE: &str = "^(ozg:[0-9]{5}|leika:99[0-9]{12}|dienst:[a-z0-9_-]{1,64})$";
const SLUG: &str = "^[a-z0-9_-]{1,64}$";
const REGION: &str = "^region:[a-z0-9_-]{1,64}$";
const KREIS: &str = "^kreis:(0[1-9]|1[0-6])[0-9]{3}$";
const UUID: &str = "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$";
const TEXT_CHARACTERS_MAX: u32 = 2_000;

/// Returns the words of a kind of value; none if they cannot be listed.
pub(crate) fn words(kind: Kind) -> Option<Vec<String>> {
    let owned = |words: &mut dyn Iterator<Item = &'static str>| Some(words.map(str::to_owned).collect());
    match kind {
        Kind::Area => owned(&mut Area::all().map(Area::id)),
        Kind::AuthorityKind | Kind::AuthorityKinds => owned(&mut AuthorityKind::all().map(AuthorityKind::id)),
        Kind::Topic | Kind::Topics => owned(&mut Topic::all().map(Topic::id)),
        Kind::Stage => owned(&mut Stage::all().map(Stage::id)),
        Kind::Level => Some(Level::all().map(|level| level.to_string()).collect()),
        Kind::Unit => owned(&mut Unit::all().map(Unit::id)),
        Kind::Measure => owned(&mut Measure::all().map(Measure::id)),
        Kind::Status => owned(&mut AssessmentStatus::all().map(AssessmentStatus::id)),
        Kind::Implementation => owned(&mut Implementation::all().map(Implementation::id)),
        Kind::Model => owned(&mut ["1.1", "2.0"].into_iter()),
        Kind::Service
        | Kind::Services
        | Kind::Place
        | Kind::Authority
        | Kind::Authorities
        | Kind::Date
        | Kind::Figure
        | Kind::Count
        | Kind::Flag
        | Kind::Text
        | Kind::RegionalKey
        | Kind::Id
        | Kind::Entry
        | Kind::EntryOrStanding
        | Kind::Source
        | Kind::Url
        | Kind::Subject
        | Kind::Slug
        | Kind::Members
        | Kind::Outlook => None,
    }
}

/// Returns the JSON Schema of a kind of value.
pub(crate) fn schema(kind: Kind) -> Value {
    match kind {
        Kind::Service => pattern(SERVICE, "ozg:10255"),
        Kind::Services => list(&schema(Kind::Service)),
        Kind::Place => {
            json!({ "anyOf": [schema(Kind::Area), schema(Kind::Authority), pattern(REGION, "region:rhein-neckar")] })
        }
        Kind::Slug => pattern(SLUG, "rhein-neckar"),
        Kind::Members => {
            let laender: Vec<&str> = Area::laender().map(Area::id).collect();
            list(&json!({ "anyOf": [{ "enum": laender }, pattern(KREIS, "kreis:08221")] }))
        }
        Kind::Authority => pattern(&authority(), "ags:01003000"),
        Kind::Authorities => list(&schema(Kind::Authority)),
        Kind::AuthorityKinds | Kind::Topics => list(&json!({ "enum": words(kind) })),
        Kind::Date => pattern(DATE, "2024-06-30"),
        Kind::Figure => {
            json!({ "anyOf": [{ "type": "number" }, { "type": "string", "pattern": FIGURE }], "examples": [270, ">270"] })
        }
        Kind::Count => json!({ "type": "integer", "minimum": 0, "maximum": u32::MAX }),
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Text => json!({ "type": "string", "minLength": 1, "maxLength": TEXT_CHARACTERS_MAX }),
        Kind::RegionalKey => pattern("^[0-9]{12}$", "010030000000"),
        Kind::Id => pattern(UUID, "0197a3c2-5b7e-7c11-9d52-0242ac120002"),
        Kind::Entry => json!({
            "anyOf": [
                schema(Kind::Id),
                { "type": "integer", "minimum": 1 },
                { "type": "string", "pattern": "^#?[1-9][0-9]{0,9}$" },
            ],
        }),
        Kind::EntryOrStanding => json!({ "anyOf": [schema(Kind::Entry), { "const": "standing" }] }),
        Kind::Source => json!({ "anyOf": [schema(Kind::Text), source()] }),
        Kind::Url => pattern("^https?://[^/\\s][^\\s]{2,}$", "https://example.org/bericht"),
        Kind::Subject => pattern(&subject(), "topic:bauen_wohnen"),
        Kind::Outlook => list(&outlook()),
        Kind::Area
        | Kind::AuthorityKind
        | Kind::Topic
        | Kind::Stage
        | Kind::Level
        | Kind::Unit
        | Kind::Measure
        | Kind::Status
        | Kind::Implementation
        | Kind::Model => json!({ "enum": words(kind) }),
    }
}

fn pattern(pattern: &str, example: &str) -> Value {
    json!({ "type": "string", "pattern": pattern, "examples": [example] })
}

fn list(items: &Value) -> Value {
    json!({ "type": "array", "items": items })
}

/// Builds the pattern of the ids of authorities: a scheme and a key that starts with that of a Land.
fn authority() -> String {
    let schemes: Vec<&str> = AuthorityKind::all()
        .filter(|kind| !matches!(kind, AuthorityKind::Bund | AuthorityKind::Land))
        .map(AuthorityKind::scheme)
        .collect();
    let land = "(0[1-9]|1[0-6])";
    let suffix = "(-[a-z0-9]{1,16})?";
    format!(
        "^(({}):{land}([0-9]{{3}}|[0-9]{{6}}){suffix}|land:{land}{suffix}|bund:[a-z0-9_-]{{1,64}})$",
        schemes.join("|")
    )
}

fn subject() -> String {
    let topics: Vec<&str> = Topic::all().map(Topic::id).collect();
    format!("^(topic:({})|(strategy|block):[a-z0-9_-]{{1,64}})$", topics.join("|"))
}

fn source() -> Value {
    json!({
        "type": "object",
        "properties": {
            "name": schema(Kind::Text),
            "url": schema(Kind::Url),
            "published": schema(Kind::Date),
        },
        "required": ["name"],
        "additionalProperties": false,
    })
}

fn outlook() -> Value {
    json!({
        "type": "object",
        "properties": {
            "year": { "type": "integer", "minimum": 1949, "maximum": 2078 },
            "status": schema(Kind::Status),
            "implementation": schema(Kind::Implementation),
        },
        "required": ["year", "status"],
        "additionalProperties": false,
    })
}
