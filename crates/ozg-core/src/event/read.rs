//! Reads untyped fields into a draft, and names every mistake of it.

use super::body::Draft;
use super::fields::{Field, Need};
use super::kind::Kind;
use super::raw::{Form, Raw, RawEvent, Where};
use super::types::{Body, EventType};
use super::value::{Value, Values, is_empty, shown, take, twice, value_of, wrong_type};
use crate::mistake::{Code, Fault, Mistake};
use crate::words::{Figure, Level, Place, Source, Stage};

/// The fields that may be written as a part of a whole: `290 von 575`.
const WITH_OF: [&str; 2] = ["value", "live"];

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
        for (needed, _) in event_type.row().fields.iter().filter(|(_, need)| *need == Need::Required) {
            let given = self.fields.iter().any(|(name, raw)| name == needed && !is_empty(raw));
            if let (false, Some(field)) = (given, event_type.field(needed)) {
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
            body: match Body::of(event_type, values) {
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
                    match self.at.form {
                        Form::Sheet(_) => Fault::say(
                            Code::MissingField,
                            "Die Art der Zeile fehlt: unter „Art“ z. B. erreicht oder geplant angeben",
                            "The type of the row is missing: give one in the column \"type\", such as reached or planned",
                        ),
                        Form::None | Form::Json(_) => Fault::say(
                            Code::MissingField,
                            "Das Feld „type“ fehlt, z. B. milestone-reached",
                            "The field \"type\" is missing, e.g. milestone-reached",
                        ),
                    },
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
        let mut of = None;
        let mut seen: Vec<&str> = Vec::new();
        for (name, raw) in &self.fields {
            if name == "type" {
                continue;
            }
            let at = || self.at.field(name);
            let Some(field) = event_type.field(name) else {
                if !is_empty(raw) || !matches!(self.at.form, Form::Sheet(_)) {
                    mistakes.push(Mistake::at(
                        &at(),
                        name,
                        None,
                        unknown_field(event_type, name, &self.at.form),
                    ));
                }
                continue;
            };
            if seen.contains(&field.name) {
                mistakes.push(Mistake::at(&at(), name, None, twice(name)));
                continue;
            }
            seen.push(field.name);
            if is_empty(raw) {
                continue;
            }
            if let Some((part, whole)) = part_of(field, raw) {
                of = Some((name.as_str(), whole));
                values.insert(field.name, Value::Figure(part));
                continue;
            }
            match self.value_here(event_type, field, raw) {
                Ok(value) => {
                    values.insert(field.name, value);
                }
                Err(fault) => {
                    let text = shown(raw);
                    mistakes.push(Mistake::at(&at(), name, text.as_deref(), fault));
                }
            }
        }
        if let Some((name, whole)) = of {
            merge_of(&self.at, (name, whole), &mut values, mistakes);
        }
        merge_model(&self.at, &mut values, mistakes, self);
        values
    }
}

impl RawEvent {
    /// Reads a value. Where a milestone is at an authority, only stages of authorities are offered.
    fn value_here(&self, event_type: EventType, field: &Field, raw: &Raw) -> Result<Value, Fault> {
        let needs_stage = || event_type.row().fields.contains(&("stage", Need::Required));
        if let Raw::Text(text) = raw
            && field.kind == Kind::Stage
            && needs_stage()
            && self.is_at_authority()
        {
            return Stage::read_at_authority(text).map(Value::Stage);
        }
        value_of(field, raw)
    }

    fn is_at_authority(&self) -> bool {
        let place = self.fields.iter().find(|(name, _)| name == "place").and_then(|(_, raw)| shown(raw));
        place.is_some_and(|place| matches!(Place::read(&place), Ok(Place::Authority(_))))
    }
}

/// Reads `5 von 16`: a number and the number that it is a part of.
fn part_of(field: &Field, raw: &Raw) -> Option<(Figure, Figure)> {
    let Raw::Text(text) = raw else { return None };
    let (part, whole) = Figure::split_of(text).filter(|_| WITH_OF.contains(&field.name))?;
    Some((Figure::read(&part).ok()?, Figure::read(&whole).ok()?))
}

/// Takes the denominator that stands in the cell of the number, unless the field `of` says another one.
fn merge_of(at: &Where, (name, whole): (&str, Figure), values: &mut Values, mistakes: &mut Vec<Mistake>) {
    match values.insert("of", Value::Figure(whole)) {
        Some(Value::Figure(of)) if of != whole => mistakes.push(Mistake::at(
            &at.field(name),
            name,
            Some(&whole.to_string()),
            Fault::say(
                Code::FieldsExclude,
                format!("Hier steht „von {whole}“, unter „von“ aber {of}"),
                format!("Here stands \"of {whole}\", but \"of\" is {of}"),
            ),
        )),
        _ => {}
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

fn missing(at: &Where, field: &Field) -> Mistake {
    let in_german = match at.form {
        Form::Sheet(_) => format!("„{}“ fehlt", field.heading.de),
        Form::None | Form::Json(_) => format!("Das Feld „{}“ ({}) fehlt", field.heading.de, field.name),
    };
    let fault = Fault::say(
        Code::MissingField,
        in_german,
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

fn unknown_field(event_type: EventType, name: &str, form: &Form) -> Fault {
    let known: Vec<&str> = event_type.fields().map(|(field, _)| field.name).collect();
    let in_german = match form {
        // In a sheet the fields have their headings.
        Form::Sheet(_) => {
            let headings: Vec<&str> = event_type.fields().map(|(field, _)| field.heading.de).collect();
            let heading = Field::named(name).map_or(name, |field| field.heading.de);
            let what = event_type.name().de;
            format!("„{what}“ hat keine Spalte „{heading}“. Erlaubt: {}", headings.join(", "))
        }
        Form::None | Form::Json(_) => {
            let what = event_type.name().de;
            format!("„{what}“ ({event_type}) hat kein Feld „{name}“. Erlaubt: {}", known.join(", "))
        }
    };
    let fault = Fault::say(
        Code::UnknownField,
        in_german,
        format!("{event_type} has no field \"{name}\". Allowed: {}", known.join(", ")),
    );
    fault.near(name, known.iter().copied())
}
