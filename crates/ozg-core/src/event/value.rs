//! Reads one untyped value as the kind that its field takes.

use super::body::{Outlook, Replaces};
use super::fields::Field;
use super::kind::Kind;
use super::raw::Raw;
use crate::measure::Measure;
use crate::mistake::{Code, Fault};
use crate::words::{
    Area, AssessmentStatus, AuthorityId, AuthorityKind, Figure, Implementation, KindSet, Label, Level,
    PartialDate, Place, ServiceId, Slug, Source, Stage, Subject, Text, Topic, TopicSet, Unit, plain,
    unmarked,
};
use std::collections::BTreeMap;

/// A value that has been read.
#[derive(Debug, Clone)]
pub(super) enum Value {
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
    Slug(Slug),
    Members(Vec<Place>),
}

/// The fields of one statement that have been read, by name.
pub(super) type Values = BTreeMap<&'static str, Value>;

/// Takes a value of one kind out of the values.
macro_rules! take {
    ($values:expr, $name:expr, $kind:ident) => {
        match $values.remove($name) {
            Some(Value::$kind(value)) => Some(value),
            _ => None,
        }
    };
}
pub(super) use take;

/// Reads the value of a field.
pub(super) fn value_of(field: &Field, raw: &Raw) -> Result<Value, Fault> {
    match field.name {
        "percent" => Figure::read_percent(&text(raw)?).map(Value::Figure),
        _ => value(field.kind, raw),
    }
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
        Kind::Id => Value::Entry(id(&text(raw)?)?),
        Kind::Entry => Value::Entry(entry(&text(raw)?)?),
        Kind::EntryOrStanding => Value::Replaces(match text(raw)?.trim() {
            "standing" => Replaces::Standing,
            written => Replaces::Entry(entry(written)?),
        }),
        Kind::Source => Value::Source(source(raw)?),
        Kind::Url => Value::Text(Source::read_url(&text(raw)?)?),
        Kind::Subject => Value::Subject(Subject::read(&text(raw)?)?),
        Kind::Status => Value::Status(AssessmentStatus::read(&text(raw)?)?),
        Kind::Implementation => Value::Implementation(Implementation::read(&text(raw)?)?),
        Kind::Outlook => Value::Outlook(outlook(raw)?),
        Kind::Slug => Value::Slug(Slug::read(&text(raw)?)?),
        Kind::Members => Value::Members(list(raw, Place::read_member)?),
    })
}

fn text(raw: &Raw) -> Result<String, Fault> {
    match raw {
        Raw::Text(text) | Raw::Number(text) => Ok(text.clone()),
        other @ (Raw::Null | Raw::Flag(_) | Raw::List(_) | Raw::Object(_)) => {
            Err(wrong_type(other, "a text", "ein Text"))
        }
    }
}

/// Reads a list, or a text whose parts are separated by commas, semicolons or bars.
fn list<T>(raw: &Raw, read: impl Fn(&str) -> Result<T, Fault>) -> Result<Vec<T>, Fault> {
    match raw {
        Raw::List(items) => items.iter().map(|item| read(&text(item)?)).collect(),
        Raw::Text(text) => {
            text.split([',', ';', '|']).map(str::trim).filter(|part| !part.is_empty()).map(read).collect()
        }
        other @ (Raw::Null | Raw::Number(_) | Raw::Flag(_) | Raw::Object(_)) => {
            Err(wrong_type(other, "a list", "eine Liste"))
        }
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
        Raw::Text(text) => match plain(text).to_lowercase().as_str() {
            "ja" | "true" | "yes" | "x" | "wahr" => Ok(true),
            "nein" | "false" | "no" | "falsch" => Ok(false),
            _ => Err(Fault::say(
                Code::UnknownWord,
                format!("„{text}“: erlaubt sind ja und nein"),
                format!("\"{text}\": allowed are true and false (ja, nein)"),
            )),
        },
        other @ (Raw::Null | Raw::Number(_) | Raw::List(_) | Raw::Object(_)) => {
            Err(wrong_type(other, "true or false", "wahr oder falsch"))
        }
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

fn id(text: &str) -> Result<uuid::Uuid, Fault> {
    uuid::Uuid::try_parse(text.trim()).map_err(|_| {
        Fault::say(
            Code::BadId,
            format!("„{text}“ ist keine UUID wie 0197a3c2-5b7e-7c11-9d52-0242ac120002"),
            format!("\"{text}\" is not a UUID such as 0197a3c2-5b7e-7c11-9d52-0242ac120002"),
        )
    })
}

/// Reads the id of an entry. Whoever names it by its position means the id at that position.
fn entry(text: &str) -> Result<uuid::Uuid, Fault> {
    uuid::Uuid::try_parse(text.trim()).map_err(|_| {
        Fault::say(
            Code::BadId,
            format!(
                "„{text}“ ist weder eine Position wie 16586 noch eine UUID wie 0197a3c2-5b7e-7c11-9d52-0242ac120002"
            ),
            format!(
                "\"{text}\" is neither a position such as 16586 nor a UUID such as 0197a3c2-5b7e-7c11-9d52-0242ac120002"
            ),
        )
    })
}

fn source(raw: &Raw) -> Result<Source, Fault> {
    let fields = match raw {
        Raw::Text(name) => return Ok(Source { name: Text::read(name)?, url: None, published: None }),
        Raw::Object(fields) => fields,
        other @ (Raw::Null | Raw::Number(_) | Raw::Flag(_) | Raw::List(_)) => {
            return Err(wrong_type(other, "a name or an object", "ein Name oder ein Objekt"));
        }
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
        published: given("published").map(|date| PartialDate::read(&unmarked(&text(date)?))).transpose()?,
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
        other @ (Raw::Null | Raw::Number(_) | Raw::Flag(_) | Raw::Object(_)) => {
            Err(wrong_type(other, "a list", "eine Liste"))
        }
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
            return Err(fault.near(key, known.iter().copied()));
        }
        if fields[..index].iter().any(|(other, _)| other == key) {
            return Err(twice(key));
        }
    }
    Ok(())
}

pub(super) fn is_empty(raw: &Raw) -> bool {
    match raw {
        Raw::Null => true,
        Raw::Text(text) => text.trim().is_empty(),
        Raw::Number(_) | Raw::Flag(_) | Raw::List(_) | Raw::Object(_) => false,
    }
}

pub(super) fn shown(raw: &Raw) -> Option<String> {
    match raw {
        Raw::Text(text) | Raw::Number(text) => Some(text.clone()),
        Raw::Flag(flag) => Some(flag.to_string()),
        Raw::Null | Raw::List(_) | Raw::Object(_) => None,
    }
}

pub(super) fn twice(name: &str) -> Fault {
    Fault::twice(Label { de: "Das Feld", en: "The field" }, name)
}

pub(super) fn wrong_type(raw: &Raw, expected_en: &str, expected_de: &str) -> Fault {
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
