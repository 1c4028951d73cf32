//! The parameters of every address, with what each takes.

use super::shapes::{area, date, list, position, service, topics, units, whole};
use crate::limits::PAGE_ENTRIES_MAX;
use crate::problem::PROBLEMS;
use ozg_core::event::EventType;
use ozg_core::measure::{Dimension, Measure};
use ozg_core::query::{Every, PARAMETERS, Vintages};
use ozg_core::words::{AuthorityKind, Basis, Level, Stage};
use ozg_formats::input::INPUTS;
use ozg_formats::series::FORMATS;
use ozg_formats::sheets::SheetKind;
use serde_json::{Value, json};

pub(crate) use super::prometheus::*;

const POSITION: &str = "data state: the last batch that ends at or before this position";
const AS_OF: &str = "data state: the end of a day in Berlin, or an instant (RFC 3339)";
const OFFICE: &str = "^[a-z0-9_-]{1,64}$";

/// A parameter of an address.
pub(crate) struct Parameter {
    name: &'static str,
    place: &'static str,
    doc: String,
    schema: Value,
    is_required: bool,
}

impl Parameter {
    fn required(self) -> Parameter {
        Parameter { is_required: true, ..self }
    }

    pub(super) fn query(name: &'static str, doc: impl Into<String>, schema: Value) -> Parameter {
        Parameter { name, place: "query", doc: doc.into(), schema, is_required: false }
    }

    fn header(name: &'static str, doc: &str, schema: Value) -> Parameter {
        Parameter { name, place: "header", doc: doc.to_owned(), schema, is_required: false }
    }

    pub(super) fn path(name: &'static str, doc: &str, schema: Value) -> Parameter {
        Parameter { name, place: "path", doc: doc.to_owned(), schema, is_required: false }
    }

    /// Tells whether it stands in the path.
    pub(super) fn is_of_path(&self) -> bool {
        self.place == "path"
    }

    /// Returns its name, what it is and its schema.
    pub(super) fn parts(&self) -> (&'static str, &str, &Value) {
        (self.name, &self.doc, &self.schema)
    }

    /// Writes it as OpenAPI does; lists are separated by commas.
    pub(super) fn json(&self) -> Value {
        let mut parameter = json!({
            "name": self.name,
            "in": self.place,
            "description": self.doc,
            "required": self.place == "path" || self.is_required,
            "schema": self.schema,
        });
        if self.schema["type"] == "array" {
            parameter["style"] = "form".into();
            // A name with brackets is given again for each value.
            parameter["explode"] = self.name.ends_with(']').into();
        }
        parameter
    }
}

fn as_of() -> Value {
    json!({ "anyOf": [date(), { "type": "string", "format": "date-time" }] })
}

/// None.
pub(crate) fn none() -> Vec<Parameter> {
    Vec::new()
}

/// Those of an answer that is checked with its ETag.
pub(crate) fn cached() -> Vec<Parameter> {
    let doc = "the ETag of the answer that the client has";
    let since = "only where the answer has changed since this instant";
    vec![
        Parameter::header("If-None-Match", doc, json!({ "type": "string" })),
        Parameter::header("If-Modified-Since", since, json!({ "type": "string" })),
    ]
}

/// Those of one of a list.
pub(crate) fn one(example: &str) -> Vec<Parameter> {
    let schema = json!({ "type": "string", "minLength": 1, "examples": [example] });
    with_cached([Parameter::path("id", "which one", schema)])
}

/// Those of a measure; the last four are those of its feed.
pub(crate) fn one_measure() -> Vec<Parameter> {
    let doc = "only the value of this";
    one("reuses")
        .into_iter()
        .chain([
            Parameter::query("area", format!("of the feed: {doc} area or authority"), text()),
            Parameter::query("topic", format!("of the feed: {doc} topic"), json!({ "enum": topics() })),
            Parameter::query("service", format!("of the feed: {doc} service"), service()),
            Parameter::query("lang", "of the feed: its language", json!({ "enum": ["de", "en"] })),
        ])
        .collect()
}

/// Those of the feed of the log.
pub(crate) fn feed() -> Vec<Parameter> {
    let shared = ["service", "area", "type", "office"];
    let mut parameters = log();
    parameters.retain(|parameter| shared.contains(&parameter.name));
    parameters.push(Parameter::query("lang", "the language of titles", json!({ "enum": ["de", "en"] })));
    parameters.push(Parameter::query("page", "an archived page, counted from the first entries", whole(1)));
    with_cached(parameters)
}

/// Those of an archive.
pub(crate) fn archive() -> Vec<Parameter> {
    let schema = json!({ "type": "string", "pattern": "^(latest|[0-9]{4}-[0-9]{2}-[0-9]{2})\\.zip$" });
    with_cached([Parameter::path("file", "the day and `.zip`, or `latest.zip`", schema)])
}

fn text() -> Value {
    json!({ "type": "string", "minLength": 1 })
}

/// Those of a problem.
pub(crate) fn slug() -> Vec<Parameter> {
    let slugs: Vec<&str> = PROBLEMS.iter().map(|row| row.slug).collect();
    vec![Parameter::path("slug", "the last part of its type", json!({ "enum": slugs }))]
}

/// Those of an entry.
pub(crate) fn entry() -> Vec<Parameter> {
    let doc = "the id of the entry (UUID) or its position";
    with_cached([Parameter::path(
        "id",
        doc,
        json!({ "type": "string", "pattern": "^([1-9][0-9]{0,9}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$" }),
    )])
}

/// Those of a reading of the log.
pub(crate) fn log() -> Vec<Parameter> {
    let types: Vec<&str> = EventType::all().map(EventType::id).collect();
    let last = Parameter::header(
        "Last-Event-ID",
        "the position of the last event seen, for server-sent events",
        position(),
    );
    with_cached([
        Parameter::query("after", "only entries after this position", position()),
        Parameter::query(
            "limit",
            "most entries of the answer",
            json!({ "type": "integer", "minimum": 1, "maximum": PAGE_ENTRIES_MAX }),
        ),
        Parameter::query("service", "only entries about this service", service()),
        Parameter::query(
            "area",
            "only entries about this area or region and authorities in it",
            area_or_region(),
        ),
        Parameter::query("type", "only entries of this type", json!({ "enum": types })),
        Parameter::query(
            "office",
            "only entries of this office",
            json!({ "type": "string", "pattern": OFFICE }),
        ),
        last,
    ])
}

/// Those of a write.
pub(crate) fn record() -> Vec<Parameter> {
    let inputs: Vec<&str> = INPUTS.iter().map(|input| input.id).collect();
    vec![
        Parameter::query(
            "as",
            "what the body is, where its media type does not say it all",
            json!({ "enum": inputs }),
        ),
        Parameter::query("dry_run", "check everything, record nothing", json!({ "type": "boolean" })),
        Parameter::query(
            "on_conflict",
            "what to do with statements at odds with standing ones",
            json!({ "enum": ["reject", "replace", "skip"] }),
        ),
        Parameter::query("on", "the day of an edition that does not say it itself", date()),
        Parameter::query(
            "accept_jump",
            "take an edition although it begins or ends more than 20 % of what stood",
            json!({ "type": "boolean" }),
        ),
        Parameter::header(
            "If-Match",
            "the head of the log that the office has seen last, in quotes",
            json!({ "type": "string", "pattern": "^\"[0-9]{1,9}\"$" }),
        ),
    ]
}

/// Those of a series.
pub(crate) fn series() -> Vec<Parameter> {
    let files: Vec<String> = Measure::all()
        .flat_map(|measure| FORMATS.iter().map(move |format| format!("{measure}.{}", format.id)))
        .collect();
    let mut all =
        of_series(Parameter::path("file", "the measure, a point, the format", json!({ "enum": files })));
    all.push(Parameter::query(
        crate::series::DOWNLOAD,
        "1 saves the answer as a file, named after the measure and the data state",
        json!({ "enum": ["1"] }),
    ));
    all
}

/// Those of a comparison of two data states.
pub(crate) fn compare() -> Vec<Parameter> {
    let files: Vec<String> = Measure::all()
        .flat_map(|measure| ["csv", "json"].map(|ending| format!("{measure}.{ending}")))
        .collect();
    let doc = "the data state to compare with: a position such as 1042, a day or an instant";
    let schema = json!({ "anyOf": [position(), date(), { "type": "string", "format": "date-time" }] });
    let against = Parameter::query("against", doc, schema).required();
    let file = Parameter::path("file", "the measure, a point, csv or json", json!({ "enum": files }));
    let others = of_rows(file).into_iter();
    others.filter(|parameter| !crate::series::EXCLUDED.contains(&parameter.name)).chain([against]).collect()
}

/// Those of the entries behind a series.
pub(crate) fn measure() -> Vec<Parameter> {
    let measures: Vec<&str> = Measure::all().map(Measure::id).collect();
    of_rows(Parameter::path("measure", "the measure", json!({ "enum": measures })))
}

/// Those of a series that do not say how its values stand in a table.
fn of_rows(first: Parameter) -> Vec<Parameter> {
    let all = of_series(first).into_iter();
    all.filter(|parameter| !crate::series::OF_TABLES.contains(&parameter.name)).collect()
}

fn of_series(first: Parameter) -> Vec<Parameter> {
    let more = PARAMETERS.iter().map(|(name, doc)| Parameter::query(name, *doc, of_query(name)));
    with_cached(std::iter::once(first).chain(more))
}

/// Those of an export of samples.
pub(crate) fn samples() -> Vec<Parameter> {
    vec![
        super::prometheus::selectors(),
        Parameter::query("from", "the first day; a partial date means its first", date()),
        Parameter::query("to", "the last day; a partial date means its last", date()),
        Parameter::query(
            "as_of",
            "the data state: a day such as 2027-01-31 or a position such as p1042; everything known where it is not given",
            json!({ "type": "string", "example": "2027-01-31" }),
        ),
    ]
}

/// Those of the list of services.
pub(crate) fn services() -> Vec<Parameter> {
    with_cached([
        Parameter::query("on", "the day; today where it is not given", date()),
        Parameter::query("topic", "only services of this topic", json!({ "enum": topics() })),
        Parameter::query("unit", "only services of this unit", json!({ "enum": units() })),
        Parameter::query("position", POSITION, position()),
        Parameter::query("as_of", AS_OF, as_of()),
    ])
}

/// Those of the list of authorities.
pub(crate) fn authorities() -> Vec<Parameter> {
    let kinds: Vec<&str> = AuthorityKind::all().map(AuthorityKind::id).collect();
    with_cached([
        Parameter::query("on", "the day; today where it is not given", date()),
        Parameter::query(
            "area",
            "only authorities of this Land or region; DE for those of the Bund",
            area_or_region(),
        ),
        Parameter::query("kind", "only authorities of this kind", json!({ "enum": kinds })),
        Parameter::query("position", POSITION, position()),
        Parameter::query("as_of", AS_OF, as_of()),
    ])
}

fn area_or_region() -> Value {
    json!({ "anyOf": [area(), { "type": "string", "pattern": "^region:[a-z0-9_-]+$" }] })
}

/// Those of a template.
pub(crate) fn template() -> Vec<Parameter> {
    let files: Vec<String> = SheetKind::all().map(|kind| format!("{}.xlsx", kind.id())).collect();
    with_cached([
        Parameter::path("file", "which sheet", json!({ "enum": files })),
        Parameter::query("lang", "language of headings and words", json!({ "enum": ["de", "en"] })),
        Parameter::query("filled", "with the statements that stand", json!({ "type": "boolean" })),
        Parameter::query("area", "filled: only about this area or region", area_or_region()),
        Parameter::query("service", "filled: only about this service", service()),
    ])
}

/// Those of a list for a day.
pub(crate) fn dated() -> Vec<Parameter> {
    with_cached([
        Parameter::query("on", "the day; today where it is not given", date()),
        Parameter::query("position", POSITION, position()),
        Parameter::query("as_of", AS_OF, as_of()),
    ])
}

fn with_cached(parameters: impl IntoIterator<Item = Parameter>) -> Vec<Parameter> {
    parameters.into_iter().chain(cached()).collect()
}

/// Returns what a parameter of a series takes.
fn of_query(name: &str) -> Value {
    let dimensions: Vec<&str> = Dimension::all().map(Dimension::id).collect();
    let all_and_topics: Vec<&str> = std::iter::once("all").chain(topics()).collect();
    match name {
        "by" => list(&json!({ "enum": dimensions })),
        "area" => {
            list(&json!({ "anyOf": [area(), { "type": "string", "pattern": "^[a-z]+:[A-Za-z0-9_-]+$" }] }))
        }
        "topic" => list(&json!({ "enum": all_and_topics })),
        "service" => list(&service()),
        "stage" => list(&json!({ "enum": Stage::all().map(Stage::id).collect::<Vec<_>>() })),
        "level" => list(&json!({ "enum": Level::all().map(|level| level.to_string()).collect::<Vec<_>>() })),
        "unit" => list(&json!({ "enum": units() })),
        "basis" => list(&json!({ "enum": Basis::all().map(Basis::id).collect::<Vec<_>>() })),
        "every" => json!({ "enum": Every::all().map(Every::id).collect::<Vec<_>>() }),
        "from" | "to" | "on" | "published_until" | "territory" => date(),
        "list" => json!({ "type": "string", "pattern": "^[a-z0-9_-]{1,64}$", "example": "efa-fokus" }),
        "last" => whole(1),
        "position" => position(),
        "vintages" => json!({ "enum": Vintages::all().map(Vintages::id).collect::<Vec<_>>() }),
        "updated_after" => {
            json!({ "anyOf": [position(), date(), { "type": "string", "format": "date-time" }] })
        }
        "as_of" => as_of(),
        "definition" => json!({ "enum": Measure::all().map(Measure::definition_id).collect::<Vec<_>>() }),
        "shape" => json!({ "enum": ["long", "wide"] }),
        "show" => json!({ "enum": ["value", "share", "change"] }),
        "lang" => json!({ "enum": ["de", "en"] }),
        _ => json!({ "type": "string" }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_parameter_of_a_series_is_described() {
        for (name, _) in PARAMETERS {
            assert_ne!(of_query(name), json!({ "type": "string" }), "{name}");
        }
    }
}
