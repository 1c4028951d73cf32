//! Reads a query from the parameters of an address. Unknown and repeated parameters are refused, every mistake at once.

use super::{Every, Query, Shape, Show, Viewpoint, Vintages};
use crate::measure::{Dimension, Measure};
use crate::mistake::{Code, Fault, Mistake, Origin};
use crate::time::read_rfc3339;
use crate::words::{
    Area, Basis, Label, Language, Level, PartialDate, Place, Position, ServiceId, Slug, Stage, Topic, Unit,
    nearest, unknown,
};

/// The parameters of a series, with what each takes.
pub const PARAMETERS: [(&str, &str); 24] = [
    ("by", "dimensions that are spread out, separated by commas: area, topic, service, stage, level, unit"),
    ("area", "areas, authorities or regions, separated by commas"),
    ("topic", "topics, separated by commas; `all` for the total"),
    ("service", "services, separated by commas"),
    ("list", "only the services on this list"),
    ("territory", "a day: the authorities that existed then stand for those of every day"),
    ("stage", "stages, separated by commas"),
    ("level", "levels of maturity, separated by commas"),
    ("unit", "units, separated by commas: ozg, leika, dienst"),
    ("basis", "counted, reported, target; summed for the sum of claims"),
    ("every", "day, week, month, quarter, year or change"),
    ("from", "first day; a partial date means its first day"),
    ("to", "last day; a partial date means its last day"),
    ("on", "one day instead of from, to, every and last"),
    ("last", "only the last so many points of each line"),
    ("position", "data state: the last batch that ends at or before this position"),
    ("as_of", "data state: the end of a day in Berlin, or an instant (RFC 3339)"),
    (
        "vintages",
        "latest, first, all or changed: which of the values that were ever known, with two columns that say when",
    ),
    (
        "updated_after",
        "only what differs from what was known at a data state: a position such as 1042, a day or an instant",
    ),
    ("published_until", "only claims published by this day"),
    ("definition", "the definition of the measure, such as services_rolled_out/1"),
    ("shape", "long or wide"),
    ("show", "value, share or change, in a wide table"),
    ("lang", "de or en: names and headings in that language; without it ids"),
];

/// Most points that one line may have.
pub const POINTS_MAX: usize = 40_000;
/// Most values of one parameter.
pub const LIST_MAX: usize = 1_000;

impl Query {
    /// Makes the query of all defaults.
    #[must_use]
    pub fn new(measure: Measure) -> Query {
        Query {
            measure,
            by: vec![Dimension::Area],
            areas: None,
            topics: None,
            services: None,
            list: None,
            territory: None,
            stages: None,
            levels: None,
            units: None,
            bases: vec![Basis::Counted, Basis::Reported],
            every: Every::Month,
            from: None,
            to: None,
            on: None,
            last: None,
            viewpoint: Viewpoint::Head,
            vintages: None,
            updated_after: None,
            published_until: None,
            shape: Shape::Long,
            show: Show::Value,
            language: None,
        }
    }

    /// Reads a query from names and values of parameters.
    ///
    /// # Errors
    /// Every mistake: unknown parameters with the nearest known name, repeated ones, and each value that cannot be read.
    pub fn read(measure: Measure, parameters: &[(String, String)]) -> Result<Query, Vec<Mistake>> {
        let mut query = Query::new(measure);
        let mut mistakes = Vec::new();
        for (index, (name, value)) in parameters.iter().enumerate() {
            let result = if parameters[..index].iter().any(|(other, _)| other == name) {
                Err(Fault::say(
                    Code::DuplicateField,
                    format!("Der Parameter „{name}“ steht zweimal da; mehrere Werte mit Komma trennen"),
                    format!("The parameter \"{name}\" is given twice; separate several values by commas"),
                ))
            } else {
                query.set(name, value)
            };
            if let Err(fault) = result {
                mistakes.push(Mistake::at(&Origin::default(), name, Some(value), fault));
            }
        }
        let given = |name: &str| parameters.iter().any(|(other, _)| other == name);
        query.check(&given, &mut mistakes);
        if mistakes.is_empty() { Ok(query) } else { Err(mistakes) }
    }

    fn set(&mut self, name: &str, value: &str) -> Result<(), Fault> {
        match name {
            "by" => self.by = list(value, read_dimension)?,
            "area" => self.areas = Some(list(value, Place::read)?),
            "topic" => self.topics = Some(list(value, read_topic)?),
            "service" => self.services = Some(list(value, ServiceId::read)?),
            "list" => self.list = Some(Slug::read(value)?),
            "territory" => self.territory = Some(PartialDate::read(value)?.last()),
            "stage" => self.stages = Some(list(value, Stage::read)?),
            "level" => self.levels = Some(list(value, Level::read)?),
            "unit" => self.units = Some(list(value, Unit::read)?),
            "basis" => self.bases = list(value, read_basis)?,
            "every" => self.every = Every::read(value)?,
            "from" => self.from = Some(PartialDate::read(value)?.first()),
            "to" => self.to = Some(PartialDate::read(value)?.last()),
            "on" => self.on = Some(PartialDate::read(value)?.last()),
            "last" => self.last = Some(read_count(value)?),
            "position" => self.viewpoint = Viewpoint::Position(read_position(value)?),
            "as_of" => self.viewpoint = read_as_of(value)?,
            "vintages" => {
                let words: Vec<(&str, Vintages)> = Vintages::all().map(|one| (one.id(), one)).collect();
                self.vintages = Some(word(value, &words)?);
            }
            "updated_after" => self.updated_after = Some(read_data_state(value)?),
            "published_until" => self.published_until = Some(PartialDate::read(value)?.last()),
            "definition" => read_definition(self.measure, value)?,
            "shape" => self.shape = word(value, &[("long", Shape::Long), ("wide", Shape::Wide)])?,
            "show" => {
                self.show =
                    word(value, &[("value", Show::Value), ("share", Show::Share), ("change", Show::Change)])?;
            }
            "lang" => {
                self.language = Some(word(value, &[("de", Language::German), ("en", Language::English)])?);
            }
            _ => return Err(unknown_parameter(name)),
        }
        Ok(())
    }
}

impl Every {
    /// Lists all step widths.
    pub fn all() -> impl Iterator<Item = Every> + Clone {
        [Every::Day, Every::Week, Every::Month, Every::Quarter, Every::Year, Every::Change].into_iter()
    }

    /// Returns the word of the parameter.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Every::Day => "day",
            Every::Week => "week",
            Every::Month => "month",
            Every::Quarter => "quarter",
            Every::Year => "year",
            Every::Change => "change",
        }
    }

    /// Reads the word of the parameter.
    ///
    /// # Errors
    /// `unknown_word` for anything else.
    pub fn read(text: &str) -> Result<Every, Fault> {
        let words: Vec<(&str, Every)> = Every::all().map(|every| (every.id(), every)).collect();
        word(text, &words)
    }
}

fn list<T: PartialEq>(text: &str, read: impl Fn(&str) -> Result<T, Fault>) -> Result<Vec<T>, Fault> {
    let parts: Vec<&str> = text.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    if parts.is_empty() {
        return Err(Fault::say(Code::BadText, "Der Parameter ist leer", "The parameter is empty"));
    }
    if parts.len() > LIST_MAX {
        return Err(Fault::say(
            Code::TooMany,
            format!("Höchstens {LIST_MAX} Werte"),
            format!("At most {LIST_MAX} values"),
        ));
    }
    let mut values: Vec<T> = Vec::new();
    for part in parts {
        let value = read(part)?;
        if !values.contains(&value) {
            values.push(value);
        }
    }
    Ok(values)
}

fn read_dimension(text: &str) -> Result<Dimension, Fault> {
    Dimension::all().find(|dimension| dimension.id() == text).ok_or_else(|| {
        let what = Label { de: "Die Dimension", en: "The dimension" };
        unknown(Code::UnknownWord, what, text, Dimension::all().map(Dimension::id))
    })
}

fn read_topic(text: &str) -> Result<Option<Topic>, Fault> {
    if text == "all" { Ok(None) } else { Topic::read(text).map(Some) }
}

fn read_basis(text: &str) -> Result<Basis, Fault> {
    Basis::all().find(|basis| basis.id() == text).ok_or_else(|| {
        let what = Label { de: "Die Grundlage", en: "The basis" };
        unknown(Code::UnknownWord, what, text, Basis::all().map(Basis::id))
    })
}

fn read_count(text: &str) -> Result<u32, Fault> {
    match text.trim().parse::<u32>() {
        Ok(count @ 1..) => Ok(count),
        _ => Err(Fault::say(
            Code::BadNumber,
            format!("„{text}“ ist keine ganze Zahl ab 1"),
            format!("\"{text}\" is not a whole number from 1"),
        )),
    }
}

/// Reads a position.
///
/// # Errors
/// `bad_number`.
pub fn read_position(text: &str) -> Result<Position, Fault> {
    text.trim().parse::<Position>().map_err(|_| {
        Fault::say(
            Code::BadNumber,
            format!("„{text}“ ist keine Position (ganze Zahl)"),
            format!("\"{text}\" is not a position (a whole number)"),
        )
    })
}

/// Reads a day or an instant.
///
/// # Errors
/// `bad_date`.
pub fn read_as_of(text: &str) -> Result<Viewpoint, Fault> {
    if text.contains('T') {
        // In an address a plus sign has become a blank.
        let text = text.replace(' ', "+");
        return read_rfc3339(&text).map(Viewpoint::Instant).ok_or_else(|| {
            Fault::say(
                Code::BadDate,
                format!("„{text}“ ist kein Zeitpunkt wie 2027-01-31T12:00:00Z"),
                format!("\"{text}\" is not an instant such as 2027-01-31T12:00:00Z"),
            )
        });
    }
    Ok(Viewpoint::Day(PartialDate::read(text)?.last()))
}

/// Reads a data state: a position (`1042`, `p1042`), a day or an instant.
///
/// # Errors
/// `bad_number` and `bad_date`.
pub fn read_data_state(text: &str) -> Result<Viewpoint, Fault> {
    let word = text.trim();
    let digits = word.strip_prefix('p').unwrap_or(word);
    let is_position = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if is_position { read_position(digits).map(Viewpoint::Position) } else { read_as_of(word) }
}

fn read_definition(measure: Measure, text: &str) -> Result<(), Fault> {
    let known = measure.definition_id();
    if text == known {
        return Ok(());
    }
    Err(Fault::say(
        Code::UnknownWord,
        format!("Die Definition „{text}“ gibt es hier nicht; es gibt {known}"),
        format!("There is no definition \"{text}\" here; there is {known}"),
    )
    .hint(known))
}

fn word<T: Copy>(text: &str, words: &[(&str, T)]) -> Result<T, Fault> {
    words.iter().find(|(known, _)| *known == text.trim()).map(|(_, value)| *value).ok_or_else(|| {
        let what = Label { de: "Der Wert", en: "The value" };
        unknown(Code::UnknownWord, what, text, words.iter().map(|(known, _)| *known))
    })
}

fn unknown_parameter(name: &str) -> Fault {
    let known = PARAMETERS.map(|(name, _)| name);
    let fault = Fault::say(
        Code::UnknownField,
        format!("Den Parameter „{name}“ gibt es nicht. Erlaubt: {}", known.join(", ")),
        format!("There is no parameter \"{name}\". Allowed: {}", known.join(", ")),
    );
    match nearest(name, known.into_iter()) {
        Some(near) => fault.hint(near),
        None => fault,
    }
}

/// Returns the areas that a series is spread out over by default.
pub(crate) fn default_areas() -> Vec<Place> {
    Area::all().map(Place::Area).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Query, Vec<String>> {
        let parameters: Vec<(String, String)> = text
            .split('&')
            .filter(|part| !part.is_empty())
            .filter_map(|part| part.split_once('='))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        Query::read(Measure::ServicesRolledOut, &parameters).map_err(|mistakes| {
            mistakes.into_iter().map(|m| format!("{}: {:?} {}", m.field, m.hint, m.code.as_str())).collect()
        })
    }

    #[test]
    fn a_chart_has_no_room_for_all_vintages() {
        let adapted = |text: &str| {
            let mut query = read(text).unwrap();
            query.shape = Shape::Wide;
            query.check_adapted(&[])
        };
        assert_eq!(adapted("vintages=first"), Ok(()));
        let mistakes = adapted("vintages=all").unwrap_err();
        assert_eq!(mistakes.iter().map(|mistake| mistake.code).collect::<Vec<_>>(), [Code::FieldsExclude]);
        assert!(read("vintages=all&shape=wide").is_err());
    }

    #[test]
    fn partial_dates_mean_their_first_or_last_day() {
        let query = read("from=2022&to=2022-06&area=BB,DE-BW&published_until=2022-07").unwrap();
        assert_eq!(query.from.unwrap().to_string(), "2022-01-01");
        assert_eq!(query.to.unwrap().to_string(), "2022-06-30");
        assert_eq!(query.areas.unwrap().len(), 2);
        assert_eq!(query.published_until.unwrap().to_string(), "2022-07-31");
    }

    #[test]
    fn every_mistake_is_named() {
        let mistakes = read("form=2022&area=XX&every=hour&from=2024&from=2025").unwrap_err();
        assert_eq!(
            mistakes,
            [
                "form: Some(\"from\") unknown_field",
                "area: None unknown_place",
                "every: None unknown_word",
                "from: None duplicate_field",
            ]
        );
        assert!(read("on=2024&every=day").is_err());
        assert!(read("position=1&as_of=2024").is_err());
        assert!(read("stage=live").is_err());
        assert!(read("basis=summed").is_err());
        assert!(read("definition=services_rolled_out/1").is_ok());
        assert!(read("definition=services_rolled_out/2").is_err());
    }
}
