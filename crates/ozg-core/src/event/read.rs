//! Reads untyped fields into a draft, and names every mistake of it.

use super::body::{
    Amount, Assessment, Body, Claim, ClaimScope, Draft, EventType, Listing, Maturity, Milestone, Outlook,
    Plan, Registration, RegistrationChange, Replaces, ReuseReport, Target,
};
use super::fields::{Field, Kind, Need};
use super::raw::{Raw, RawEvent, Where};
use crate::measure::{Dimension, Measure};
use crate::mistake::{Code, Fault, Mistake};
use crate::words::{
    Area, AssessmentStatus, AuthorityId, AuthorityKind, Figure, Implementation, KindSet, Level, PartialDate,
    Place, ServiceId, Source, Stage, Subject, Text, Topic, TopicSet, Unit, nearest,
};
use std::collections::BTreeMap;

/// A value that has been read.
#[derive(Debug, Clone)]
enum Value {
    Service(ServiceId),
    Services(Vec<ServiceId>),
    Place(Place),
    Area(Area),
    Authority(AuthorityId),
    Authorities(Vec<AuthorityId>),
    AuthorityKind(AuthorityKind),
    AuthorityKinds(KindSet),
    Topic(Topic),
    Topics(TopicSet),
    Stage(Stage),
    Level(Level),
    Unit(Unit),
    Measure(Measure),
    Date(PartialDate),
    Figure(Figure),
    Count(u32),
    Flag(bool),
    Text(Text),
    Entry(uuid::Uuid),
    Replaces(Replaces),
    Source(Source),
    Subject(Subject),
    Status(AssessmentStatus),
    Implementation(Implementation),
    Outlook(Vec<Outlook>),
}

/// The fields of one statement that have been read, by name.
type Values = BTreeMap<&'static str, Value>;

/// Takes a value of one kind out of the values.
macro_rules! take {
    ($values:expr, $name:literal, $kind:ident) => {
        match $values.remove($name) {
            Some(Value::$kind(value)) => Some(value),
            _ => None,
        }
    };
}

impl RawEvent {
    /// Reads the fields of one statement; `default_type` is used where it names no type itself.
    ///
    /// # Errors
    /// Every mistake of the statement at once: unknown, repeated, missing and mutually exclusive fields, and each value
    /// that cannot be read.
    pub fn read(&self, default_type: Option<EventType>) -> Result<Draft, Vec<Mistake>> {
        let mut mistakes = Vec::new();
        let Some(event_type) = self.event_type(default_type, &mut mistakes) else { return Err(mistakes) };
        let mut values = self.values(event_type, &mut mistakes);
        for (field, need) in event_type.fields() {
            let given = self.fields.iter().any(|(name, raw)| name == field.name && !is_empty(raw));
            if need == Need::Required && !given {
                mistakes.push(missing(&self.at, field));
            }
        }
        if mistakes.is_empty() {
            self.check_together(event_type, &values, &mut mistakes);
        }
        if !mistakes.is_empty() {
            return Err(mistakes);
        }
        let source = take!(values, "source", Source).map(|source| Source {
            url: take!(values, "source_url", Text).or(source.url),
            published: take!(values, "published", Date).or(source.published),
            ..source
        });
        let draft = Draft {
            at: self.at.clone(),
            id: take!(values, "id", Entry),
            note: take!(values, "note", Text),
            reason: take!(values, "reason", Text),
            replaces: take!(values, "replaces", Replaces),
            source,
            body: match body(event_type, values) {
                Some(body) => body,
                None => return Err(vec![incomplete(&self.at)]),
            },
        };
        Ok(draft)
    }

    fn event_type(&self, default: Option<EventType>, mistakes: &mut Vec<Mistake>) -> Option<EventType> {
        let mut types = self.fields.iter().filter(|(name, _)| name == "type");
        let found = types.next();
        if types.next().is_some() {
            mistakes.push(Mistake::at(&self.at.field("type"), "type", None, twice("type")));
        }
        match found {
            Some((_, Raw::Text(text))) => match EventType::read(text) {
                Ok(event_type) => return Some(event_type),
                Err(fault) => mistakes.push(Mistake::at(&self.at.field("type"), "type", Some(text), fault)),
            },
            Some((_, Raw::Null)) | None => match default {
                Some(event_type) => return Some(event_type),
                None => mistakes.push(Mistake::at(
                    &self.at.field("type"),
                    "type",
                    None,
                    Fault::say(
                        Code::MissingField,
                        "Das Feld „type“ fehlt, z. B. milestone-reached",
                        "The field \"type\" is missing, e.g. milestone-reached",
                    ),
                )),
            },
            Some((_, other)) => {
                mistakes.push(Mistake::at(
                    &self.at.field("type"),
                    "type",
                    None,
                    wrong_type(other, "a text", "ein Text"),
                ));
            }
        }
        None
    }

    fn values(&self, event_type: EventType, mistakes: &mut Vec<Mistake>) -> Values {
        let mut values = Values::new();
        let mut seen: Vec<&str> = Vec::new();
        for (name, raw) in &self.fields {
            if name == "type" {
                continue;
            }
            let at = self.at.field(name);
            let Some((field, _)) = event_type.fields().find(|(field, _)| field.name == *name) else {
                if !is_empty(raw) || !matches!(self.at.form, super::raw::Form::Sheet(_)) {
                    mistakes.push(Mistake::at(&at, name, None, unknown_field(event_type, name)));
                }
                continue;
            };
            if seen.contains(&field.name) {
                mistakes.push(Mistake::at(&at, name, None, twice(name)));
                continue;
            }
            seen.push(field.name);
            if is_empty(raw) {
                continue;
            }
            match value(field.kind, raw) {
                Ok(value) => {
                    values.insert(field.name, value);
                }
                Err(fault) => {
                    let text = shown(raw);
                    mistakes.push(Mistake::at(&at, name, text.as_deref(), fault));
                }
            }
        }
        merge_model(&self.at, &mut values, mistakes, self);
        values
    }

    fn check_together(&self, event_type: EventType, values: &Values, mistakes: &mut Vec<Mistake>) {
        let has = |name: &str| values.contains_key(name);
        let mut say = |field: &str, code: Code, de: String, en: String| {
            mistakes.push(Mistake::at(&self.at.field(field), field, None, Fault::say(code, de, en)));
        };
        if (has("source_url") || has("published")) && !has("source") {
            say(
                "source",
                Code::MissingField,
                "Zu Quelle_URL und veröffentlicht fehlt der Name der Quelle".into(),
                "source_url and published need the name of the source".into(),
            );
        }
        if matches!(event_type, EventType::FigureReported | EventType::TargetSet) {
            if has("value") == has("percent") {
                say(
                    "value",
                    Code::FieldsExclude,
                    "Genau eines von „value“ (Wert) und „percent“ (Prozent) angeben".into(),
                    "Give exactly one of \"value\" and \"percent\"".into(),
                );
            }
            check_scope(values, &mut say);
        }
        if event_type == EventType::ReuseReported && !(has("live") || has("rolling_out") || has("of")) {
            say(
                "live",
                Code::MissingField,
                "Mindestens eines von „live“, „rolling_out“ und „of“ angeben".into(),
                "Give one of \"live\", \"rolling_out\" and \"of\" at least".into(),
            );
        }
        if event_type == EventType::AuthorityChanged && !(has("name") || has("ars") || has("population")) {
            say(
                "name",
                Code::MissingField,
                "Mindestens eines von „name“, „ars“ und „population“ angeben".into(),
                "Give one of \"name\", \"ars\" and \"population\" at least".into(),
            );
        }
        if let Some(Value::Authority(authority)) = values.get("authority") {
            check_authority(authority, values, &mut say);
        }
        check_order(values, &mut say);
        check_amounts(values, &mut say);
    }
}

type Say<'a> = dyn FnMut(&str, Code, String, String) + 'a;

/// Checks that a claim or target names only dimensions that its measure has, and a scope where one is needed.
fn check_scope(values: &Values, say: &mut Say<'_>) {
    let Some(Value::Measure(measure)) = values.get("measure") else { return };
    for dimension in
        [Dimension::Topic, Dimension::Service, Dimension::Stage, Dimension::Level, Dimension::Unit]
    {
        let name = dimension.id();
        if values.contains_key(name) && !measure.has(dimension) {
            say(
                name,
                Code::DimensionNotHere,
                format!("Die Kennzahl {measure} hat kein Feld „{name}“"),
                format!("The measure {measure} has no field \"{name}\""),
            );
        }
    }
    if *measure == Measure::Other && !values.contains_key("scope") {
        say(
            "scope",
            Code::MissingField,
            "Zur Kennzahl „other“ gehört eine Eingrenzung (scope), die sagt, was gezählt wird".into(),
            "The measure \"other\" needs a scope that says what is counted".into(),
        );
    }
    for (needed, dimension) in [(Measure::ServicesAtMaturity, "level")] {
        if *measure == needed && !values.contains_key(dimension) {
            say(
                dimension,
                Code::MissingField,
                format!("Zur Kennzahl {measure} gehört das Feld „{dimension}“"),
                format!("The measure {measure} needs the field \"{dimension}\""),
            );
        }
    }
    if let (Some(Value::Service(service)), Some(Value::Unit(unit))) =
        (values.get("service"), values.get("unit"))
        && service.unit() != *unit
    {
        say(
            "unit",
            Code::FieldsExclude,
            format!("Die Zähleinheit von {service} ist {}, nicht {unit}", service.unit()),
            format!("The unit of {service} is {}, not {unit}", service.unit()),
        );
    }
}

fn check_authority(authority: &AuthorityId, values: &Values, say: &mut Say<'_>) {
    if let Some(Value::AuthorityKind(kind)) = values.get("kind")
        && *kind != authority.kind()
    {
        let own = authority.kind();
        say(
            "kind",
            Code::FieldsExclude,
            format!("{authority} ist der Kennung nach {own}, nicht {kind}"),
            format!("{authority} is {own} by its id, not {kind}"),
        );
    }
    if let Some(Value::Area(area)) = values.get("area")
        && *area != authority.area()
    {
        let own = authority.area();
        say(
            "area",
            Code::FieldsExclude,
            format!("{authority} liegt dem Schlüssel nach in {own}, nicht in {area}"),
            format!("{authority} lies in {own} by its key, not in {area}"),
        );
    }
    if let Some(Value::Authorities(successors)) = values.get("successors")
        && successors.contains(authority)
    {
        say(
            "successors",
            Code::FieldsExclude,
            format!("{authority} kann nicht ihr eigener Nachfolger sein"),
            format!("{authority} cannot be its own successor"),
        );
    }
}

fn check_order(values: &Values, say: &mut Say<'_>) {
    if let (Some(Value::Date(since)), Some(Value::Date(on))) = (values.get("since"), values.get("on"))
        && since.first() > on.last()
    {
        say(
            "since",
            Code::EndBeforeStart,
            format!("„since“ ({since}) liegt nach „on“ ({on})"),
            format!("\"since\" ({since}) lies after \"on\" ({on})"),
        );
    }
    if let (Some(Value::Date(on)), Some(Value::Date(due))) = (values.get("on"), values.get("due"))
        && due.last() < on.first()
    {
        say(
            "due",
            Code::EndBeforeStart,
            format!("„due“ ({due}) liegt vor „on“ ({on})"),
            format!("\"due\" ({due}) lies before \"on\" ({on})"),
        );
    }
}

fn check_amounts(values: &Values, say: &mut Say<'_>) {
    let is_flow = values.contains_key("since");
    for name in ["value", "percent", "live", "rolling_out", "of"] {
        if let Some(Value::Figure(figure)) = values.get(name)
            && figure.number.is_negative()
            && !(is_flow && name == "value")
        {
            say(
                name,
                Code::NumberOutOfRange,
                format!("„{name}“ ist negativ; das geht nur bei einer Veränderung mit „since“"),
                format!("\"{name}\" is negative; only a change with \"since\" can be"),
            );
        }
    }
    if let Some(Value::Figure(percent)) = values.get("percent")
        && percent.number > 100_000.into()
    {
        say(
            "percent",
            Code::NumberOutOfRange,
            "Mehr als 100000 Prozent sind nicht glaubhaft".into(),
            "More than 100000 percent are not credible".into(),
        );
    }
}

/// Reads a level that is written without its model, where the field `model` names it.
fn merge_model(at: &Where, values: &mut Values, mistakes: &mut Vec<Mistake>, raw: &RawEvent) {
    let Some(Value::Text(model)) = values.remove("model") else { return };
    let level = raw.fields.iter().find(|(name, _)| name == "level").and_then(|(_, raw)| shown(raw));
    let Some(level) = level else { return };
    let text = if level.contains(':') { level } else { format!("{}:{level}", model.as_str()) };
    match Level::read(&text) {
        Ok(level) => {
            mistakes.retain(|mistake| mistake.field != "level");
            values.insert("level", Value::Level(level));
        }
        Err(fault) => {
            if mistakes.iter().all(|mistake| mistake.field != "level") {
                mistakes.push(Mistake::at(&at.field("level"), "level", Some(&text), fault));
            }
        }
    }
}

/// Builds the statement from its values; none only where a required one is missing, which is checked before.
fn body(event_type: EventType, mut values: Values) -> Option<Body> {
    let v = &mut values;
    Some(match event_type {
        EventType::MilestoneReached => Body::MilestoneReached(milestone(v)?, take!(v, "on", Date)?),
        EventType::MilestoneEnded => Body::MilestoneEnded(milestone(v)?, take!(v, "on", Date)?),
        EventType::MaturityAssessed => Body::MaturityAssessed(Maturity {
            service: take!(v, "service", Service)?,
            place: take!(v, "place", Place)?,
            level: take!(v, "level", Level)?,
            on: take!(v, "on", Date)?,
        }),
        EventType::ReuseReported => Body::ReuseReported(ReuseReport {
            service: take!(v, "service", Service)?,
            place: take!(v, "place", Place)?,
            live: take!(v, "live", Figure),
            rolling_out: take!(v, "rolling_out", Figure),
            of: take!(v, "of", Figure),
            on: take!(v, "on", Date)?,
        }),
        EventType::FigureReported => Body::FigureReported(Claim {
            scope: scope(v)?,
            amount: amount(v)?,
            of: take!(v, "of", Figure),
            on: take!(v, "on", Date)?,
            since: take!(v, "since", Date),
        }),
        EventType::MilestonePlanned => Body::MilestonePlanned(Plan {
            milestone: milestone(v)?,
            due: take!(v, "due", Date)?,
            on: take!(v, "on", Date),
        }),
        EventType::TargetSet => Body::TargetSet(Target {
            scope: scope(v)?,
            amount: amount(v)?,
            of: take!(v, "of", Figure),
            due: take!(v, "due", Date)?,
            on: take!(v, "on", Date),
        }),
        EventType::AssessmentMade => Body::AssessmentMade(Assessment {
            subject: take!(v, "subject", Subject)?,
            status: take!(v, "status", Status)?,
            implementation: take!(v, "implementation", Implementation),
            urgent: take!(v, "urgent", Flag).unwrap_or(false),
            on: take!(v, "on", Date)?,
            outlook: take!(v, "outlook", Outlook).unwrap_or_default(),
        }),
        EventType::ServiceListed => {
            Body::ServiceListed(take!(v, "service", Service)?, listing(v)?, take!(v, "on", Date))
        }
        EventType::ServiceDelisted => {
            Body::ServiceDelisted(take!(v, "service", Service)?, take!(v, "on", Date)?)
        }
        EventType::AuthorityListed | EventType::AuthorityChanged | EventType::AuthorityDissolved => {
            registry(event_type, v)?
        }
        EventType::EntryWithdrawn => Body::EntryWithdrawn(take!(v, "entry", Entry)?),
    })
}

/// Builds a statement about an authority.
fn registry(event_type: EventType, v: &mut Values) -> Option<Body> {
    let authority = take!(v, "authority", Authority)?;
    Some(match event_type {
        EventType::AuthorityListed => {
            let registration = Registration {
                name: take!(v, "name", Text)?,
                ars: take!(v, "ars", Text),
                population: take!(v, "population", Count),
            };
            Body::AuthorityListed(authority, registration, take!(v, "on", Date))
        }
        EventType::AuthorityChanged => {
            let change = RegistrationChange {
                name: take!(v, "name", Text),
                ars: take!(v, "ars", Text),
                population: take!(v, "population", Count),
            };
            Body::AuthorityChanged(authority, change, take!(v, "on", Date)?)
        }
        _ => Body::AuthorityDissolved {
            authority,
            successors: take!(v, "successors", Authorities).unwrap_or_default(),
            inherits: take!(v, "inherits", Flag).unwrap_or(false),
            on: take!(v, "on", Date)?,
        },
    })
}

fn milestone(v: &mut Values) -> Option<Milestone> {
    Some(Milestone {
        service: take!(v, "service", Service)?,
        place: take!(v, "place", Place)?,
        stage: take!(v, "stage", Stage)?,
    })
}

/// A scope is about one unit: that of its service, the one named, else OZG-Leistungen where services are counted.
fn scope(v: &mut Values) -> Option<ClaimScope> {
    let measure = take!(v, "measure", Measure)?;
    let service = take!(v, "service", Service);
    let named = take!(v, "unit", Unit).or_else(|| service.as_ref().map(ServiceId::unit));
    let free = matches!(measure, Measure::Applications | Measure::Other);
    let unit = if free { named } else { named.or(Some(Unit::Ozg)) };
    Some(ClaimScope {
        measure,
        place: take!(v, "place", Place)?,
        topic: take!(v, "topic", Topic),
        service,
        stage: take!(v, "stage", Stage).or_else(|| measure.has(Dimension::Stage).then_some(Stage::Live)),
        level: take!(v, "level", Level),
        unit: if measure.has(Dimension::Unit) { unit } else { None },
        scope: take!(v, "scope", Text),
    })
}

fn amount(v: &mut Values) -> Option<Amount> {
    let value = take!(v, "value", Figure).map(Amount::Value);
    value.or_else(|| take!(v, "percent", Figure).map(Amount::Percent))
}

fn listing(v: &mut Values) -> Option<Listing> {
    let mut parents = take!(v, "parents", Services).unwrap_or_default();
    parents.sort();
    parents.dedup();
    Some(Listing {
        name: take!(v, "name", Text)?,
        topics: take!(v, "topics", Topics).unwrap_or_default(),
        parents,
        executed_by: take!(v, "executed_by", AuthorityKinds).unwrap_or_default(),
        lead: take!(v, "lead", Area),
    })
}

fn value(kind: Kind, raw: &Raw) -> Result<Value, Fault> {
    Ok(match kind {
        Kind::Service => Value::Service(ServiceId::read(&text(raw)?)?),
        Kind::Services => Value::Services(list(raw, ServiceId::read)?),
        Kind::Place => Value::Place(Place::read(&text(raw)?)?),
        Kind::Area => Value::Area(Area::read(&text(raw)?)?),
        Kind::Authority => Value::Authority(AuthorityId::read(&text(raw)?)?),
        Kind::Authorities => Value::Authorities(list(raw, AuthorityId::read)?),
        Kind::AuthorityKind => Value::AuthorityKind(AuthorityKind::read(&text(raw)?)?),
        Kind::AuthorityKinds => Value::AuthorityKinds(list(raw, AuthorityKind::read)?.into_iter().collect()),
        Kind::Topic => Value::Topic(Topic::read(&text(raw)?)?),
        Kind::Topics => Value::Topics(list(raw, Topic::read)?.into_iter().collect()),
        Kind::Stage => Value::Stage(Stage::read(&text(raw)?)?),
        Kind::Level => Value::Level(Level::read(&text(raw)?)?),
        Kind::Unit => Value::Unit(Unit::read(&text(raw)?)?),
        Kind::Measure => Value::Measure(Measure::read(&text(raw)?)?),
        Kind::Date => Value::Date(PartialDate::read(&text(raw)?)?),
        Kind::Figure => Value::Figure(Figure::read(&text(raw)?)?),
        Kind::Count => Value::Count(count(&text(raw)?)?),
        Kind::Flag => Value::Flag(flag(raw)?),
        Kind::Text | Kind::Model => Value::Text(Text::read(&text(raw)?)?),
        Kind::RegionalKey => Value::Text(regional_key(&text(raw)?)?),
        Kind::Entry => Value::Entry(entry(&text(raw)?)?),
        Kind::EntryOrStanding => Value::Replaces(match text(raw)?.trim() {
            "standing" => Replaces::Standing,
            id => Replaces::Entry(entry(id)?),
        }),
        Kind::Source => Value::Source(source(raw)?),
        Kind::Url => Value::Text(Source::read_url(&text(raw)?)?),
        Kind::Subject => Value::Subject(Subject::read(&text(raw)?)?),
        Kind::Status => Value::Status(AssessmentStatus::read(&text(raw)?)?),
        Kind::Implementation => Value::Implementation(Implementation::read(&text(raw)?)?),
        Kind::Outlook => Value::Outlook(outlook(raw)?),
    })
}

fn text(raw: &Raw) -> Result<String, Fault> {
    match raw {
        Raw::Text(text) | Raw::Number(text) => Ok(text.clone()),
        other => Err(wrong_type(other, "a text", "ein Text")),
    }
}

/// Reads a list, or a text whose parts are separated by commas, semicolons or bars.
fn list<T>(raw: &Raw, read: impl Fn(&str) -> Result<T, Fault>) -> Result<Vec<T>, Fault> {
    match raw {
        Raw::List(items) => items.iter().map(|item| read(&text(item)?)).collect(),
        Raw::Text(text) => {
            text.split([',', ';', '|']).map(str::trim).filter(|part| !part.is_empty()).map(read).collect()
        }
        other => Err(wrong_type(other, "a list", "eine Liste")),
    }
}

fn count(text: &str) -> Result<u32, Fault> {
    text.trim().parse().map_err(|_| {
        Fault::say(
            Code::BadNumber,
            format!("„{text}“ ist keine ganze Zahl ab 0"),
            format!("\"{text}\" is not a whole number from 0"),
        )
    })
}

fn flag(raw: &Raw) -> Result<bool, Fault> {
    match raw {
        Raw::Flag(flag) => Ok(*flag),
        Raw::Text(text) => match text.trim().to_lowercase().as_str() {
            "ja" | "true" | "yes" | "x" | "wahr" => Ok(true),
            "nein" | "false" | "no" | "falsch" => Ok(false),
            _ => Err(Fault::say(
                Code::UnknownWord,
                format!("„{text}“: erlaubt sind ja und nein"),
                format!("\"{text}\": allowed are true and false (ja, nein)"),
            )),
        },
        other => Err(wrong_type(other, "true or false", "wahr oder falsch")),
    }
}

fn regional_key(text: &str) -> Result<Text, Fault> {
    let word = text.trim();
    if word.len() == 12 && word.bytes().all(|byte| byte.is_ascii_digit()) {
        return Text::read(word);
    }
    let fault = Fault::say(
        Code::BadKey,
        format!("„{text}“: der ARS hat 12 Ziffern"),
        format!("\"{text}\": the ARS has 12 digits"),
    );
    let lost = word.len() == 11 && word.bytes().all(|byte| byte.is_ascii_digit());
    Err(if lost { Fault { code: Code::LostLeadingZero, ..fault }.hint(format!("0{word}")) } else { fault })
}

fn entry(text: &str) -> Result<uuid::Uuid, Fault> {
    uuid::Uuid::try_parse(text.trim()).map_err(|_| {
        Fault::say(
            Code::BadId,
            format!("„{text}“ ist keine UUID wie 0197a3c2-5b7e-7c11-9d52-0242ac120002"),
            format!("\"{text}\" is not a UUID such as 0197a3c2-5b7e-7c11-9d52-0242ac120002"),
        )
    })
}

fn source(raw: &Raw) -> Result<Source, Fault> {
    let fields = match raw {
        Raw::Text(name) => return Ok(Source { name: Text::read(name)?, url: None, published: None }),
        Raw::Object(fields) => fields,
        other => return Err(wrong_type(other, "a name or an object", "ein Name oder ein Objekt")),
    };
    let known = ["name", "url", "published"];
    check_keys(fields, &known)?;
    let given =
        |name: &str| fields.iter().find(|(key, raw)| key == name && !is_empty(raw)).map(|(_, raw)| raw);
    let name = given("name").ok_or_else(|| {
        Fault::say(Code::MissingField, "Der Quelle fehlt „name“", "The source has no \"name\"")
    })?;
    Ok(Source {
        name: Text::read(&text(name)?)?,
        url: given("url").map(|url| Source::read_url(&text(url)?)).transpose()?,
        published: given("published").map(|date| PartialDate::read(&text(date)?)).transpose()?,
    })
}

/// Reads `[{"year":2027,"status":"kritisch"}]` or, in a sheet, `2027 kritisch am_anfang; 2028 unkritisch`.
fn outlook(raw: &Raw) -> Result<Vec<Outlook>, Fault> {
    let one = |year: &str, status: &str, implementation: Option<&str>| -> Result<Outlook, Fault> {
        let PartialDate::Year(year) = PartialDate::read(year)? else {
            return Err(Fault::say(
                Code::BadDate,
                "Der Ausblick gilt einem Jahr",
                "An outlook is about a year",
            ));
        };
        let status = AssessmentStatus::read(status)?;
        Ok(Outlook { year, status, implementation: implementation.map(Implementation::read).transpose()? })
    };
    match raw {
        Raw::Text(text) => text
            .split(';')
            .filter(|part| !part.trim().is_empty())
            .map(|part| {
                let mut words = part.split_whitespace();
                one(words.next().unwrap_or_default(), words.next().unwrap_or_default(), words.next())
            })
            .collect(),
        Raw::List(items) => items
            .iter()
            .map(|item| {
                let Raw::Object(fields) = item else {
                    return Err(wrong_type(item, "an object", "ein Objekt"));
                };
                check_keys(fields, &["year", "status", "implementation"])?;
                let given = |name: &str| {
                    fields.iter().find(|(key, _)| key == name).map(|(_, raw)| text(raw)).transpose()
                };
                let (year, status) = (given("year")?, given("status")?);
                let implementation = given("implementation")?;
                one(&year.unwrap_or_default(), &status.unwrap_or_default(), implementation.as_deref())
            })
            .collect(),
        other => Err(wrong_type(other, "a list", "eine Liste")),
    }
}

fn check_keys(fields: &[(String, Raw)], known: &[&str]) -> Result<(), Fault> {
    for (index, (key, _)) in fields.iter().enumerate() {
        if !known.contains(&key.as_str()) {
            let fault = Fault::say(
                Code::UnknownField,
                format!("Das Feld „{key}“ gibt es hier nicht. Erlaubt: {}", known.join(", ")),
                format!("The field \"{key}\" does not exist here. Allowed: {}", known.join(", ")),
            );
            return Err(match nearest(key, known.iter().copied()) {
                Some(near) => fault.hint(near),
                None => fault,
            });
        }
        if fields[..index].iter().any(|(other, _)| other == key) {
            return Err(twice(key));
        }
    }
    Ok(())
}

fn is_empty(raw: &Raw) -> bool {
    match raw {
        Raw::Null => true,
        Raw::Text(text) => text.trim().is_empty(),
        _ => false,
    }
}

fn shown(raw: &Raw) -> Option<String> {
    match raw {
        Raw::Text(text) | Raw::Number(text) => Some(text.clone()),
        Raw::Flag(flag) => Some(flag.to_string()),
        Raw::Null | Raw::List(_) | Raw::Object(_) => None,
    }
}

fn missing(at: &Where, field: &Field) -> Mistake {
    let fault = Fault::say(
        Code::MissingField,
        format!("Das Feld „{}“ ({}) fehlt", field.name, field.heading.de),
        format!("The field \"{}\" is missing: {}", field.name, field.kind.form()),
    );
    Mistake::at(&at.field(field.name), field.name, None, fault)
}

fn incomplete(at: &Where) -> Mistake {
    Mistake::at(
        &at.field(""),
        "",
        None,
        Fault::say(Code::MissingField, "Die Angabe ist unvollständig", "The statement is incomplete"),
    )
}

fn twice(name: &str) -> Fault {
    Fault::say(
        Code::DuplicateField,
        format!("Das Feld „{name}“ steht zweimal da"),
        format!("The field \"{name}\" is given twice"),
    )
}

fn wrong_type(raw: &Raw, expected_en: &str, expected_de: &str) -> Fault {
    let (found_de, found_en) = match raw {
        Raw::Null => ("nichts", "nothing"),
        Raw::Text(_) => ("ein Text", "a text"),
        Raw::Number(_) => ("eine Zahl", "a number"),
        Raw::Flag(_) => ("ein Wahrheitswert", "a boolean"),
        Raw::List(_) => ("eine Liste", "a list"),
        Raw::Object(_) => ("ein Objekt", "an object"),
    };
    Fault::say(
        Code::WrongType,
        format!("Gefunden: {found_de}; erwartet: {expected_de}"),
        format!("Found {found_en}, expected {expected_en}"),
    )
}

fn unknown_field(event_type: EventType, name: &str) -> Fault {
    let known: Vec<&str> = event_type.fields().map(|(field, _)| field.name).collect();
    let fault = Fault::say(
        Code::UnknownField,
        format!("{event_type} hat kein Feld „{name}“. Erlaubt: {}", known.join(", ")),
        format!("{event_type} has no field \"{name}\". Allowed: {}", known.join(", ")),
    );
    match nearest(name, known.iter().copied()) {
        Some(near) => fault.hint(near),
        None => fault,
    }
}
