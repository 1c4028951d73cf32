//! Reads a query from the parameters of an address, and the values that the table of parameters names.

use super::parameter::read_parameters;
use super::{Every, PARAMETERS, Query, Viewpoint};
use crate::measure::{Dimension, Measure};
use crate::mistake::{Code, Fault, Mistake};
use crate::time::read_rfc3339;
use crate::words::{Area, Basis, ClaimKind, Label, PartialDate, Place, Position, Topic, Unit, folded};

/// Most points that one line may have.
pub const POINTS_MAX: usize = 40_000;
/// The editions of the rules (docs/semantics.md) by which questions are answered, the newest last. Permalinks name theirs, and
/// bytes are promised for it.
pub const RULES: [u32; 1] = [2];
/// Most values of one parameter.
pub const LIST_MAX: usize = 1_000;

impl Query {
    /// Reads a query from names and values of parameters.
    ///
    /// # Errors
    /// Every mistake: unknown parameters with the nearest known name, repeated ones, and each value that cannot be read.
    ///
    /// # Examples
    /// ```
    /// use ozg_core::measure::Measure;
    /// use ozg_core::query::Query;
    ///
    /// let read = |parameters: &[(&str, &str)]| {
    ///     let owned = parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    ///     Query::read(Measure::Reuses, &owned.collect::<Vec<_>>())
    /// };
    /// assert!(read(&[("area", "BB"), ("service", "ozg:10255"), ("every", "year")]).is_ok());
    ///
    /// let mistakes = read(&[("servce", "ozg:10255"), ("on", "31.02.2024")]).expect_err("two mistakes");
    /// assert_eq!(mistakes[0].hint_in_english(), Some("service"));
    /// assert_eq!(mistakes[1].message.en, "\"31.02.2024\": this day does not exist in the calendar");
    /// ```
    pub fn read(measure: Measure, parameters: &[(String, String)]) -> Result<Query, Vec<Mistake>> {
        let mut query = Query::new(measure);
        let mut mistakes = read_parameters(&mut query, &PARAMETERS, parameters).err().unwrap_or_default();
        let given = |name: &str| parameters.iter().any(|(other, _)| other == name);
        // Only claims are of periods, and only they were published.
        let is_of_claims = query.published_until.is_some() || query.kinds == [ClaimKind::Period];
        if is_of_claims && !given("basis") {
            query.bases = vec![Basis::Reported];
        }
        query.check(&given, &mut mistakes);
        if mistakes.is_empty() { Ok(query) } else { Err(mistakes) }
    }
}

impl Every {
    /// Reads the word of the parameter.
    ///
    /// # Errors
    /// `unknown_word` for anything else.
    pub fn read(text: &str) -> Result<Every, Fault> {
        read_word(text, Every::all(), Every::id)
    }
}

/// Reads values that are separated by commas, each once.
pub(super) fn several<T: PartialEq>(
    text: &str,
    read: impl Fn(&str) -> Result<T, Fault>,
) -> Result<Vec<T>, Fault> {
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

pub(super) fn read_dimension(text: &str) -> Result<Dimension, Fault> {
    Dimension::all().find(|dimension| dimension.id() == text).ok_or_else(|| {
        let what = Label { de: "Die Dimension", en: "The dimension" };
        Fault::unknown(Code::UnknownWord, what, text, Dimension::all().map(Dimension::id))
    })
}

pub(super) fn read_topic(text: &str) -> Result<Option<Topic>, Fault> {
    if text == "all" {
        return Ok(None);
    }
    let is_total = ["alle", "all", "gesamt", "total"].contains(&folded(text).as_str());
    Topic::read(text).map(Some).map_err(|fault| if is_total { fault.hint("all") } else { fault })
}

/// Reads a unit, or `none`: figures that count nothing in particular have no unit.
pub(super) fn read_unit(text: &str) -> Result<Option<Unit>, Fault> {
    if text == "none" { Ok(None) } else { Unit::read(text).map(Some) }
}

/// Reads an edition of the rules.
pub(super) fn read_rules(text: &str) -> Result<u32, Fault> {
    let found = RULES.into_iter().find(|edition| edition.to_string() == text.trim());
    found.ok_or_else(|| {
        let known = RULES.map(|edition| edition.to_string()).join(", ");
        Fault::say(
            Code::UnknownWord,
            format!("Die Fassung „{text}“ der Regeln ist nicht bekannt; es gibt {known}"),
            format!("The edition \"{text}\" of the rules is not known; there is {known}"),
        )
        .hint(RULES[RULES.len() - 1].to_string())
    })
}

pub(super) fn read_basis(text: &str) -> Result<Basis, Fault> {
    Basis::all().find(|basis| basis.id() == text).ok_or_else(|| {
        let what = Label { de: "Die Grundlage", en: "The basis" };
        let fault = Fault::unknown(Code::UnknownWord, what, text, Basis::all().map(Basis::id));
        // A column of the long form has the German word.
        match crate::words::table::find::<Basis>(text) {
            Some(basis) => fault.hint(basis.id()),
            None => fault,
        }
    })
}

pub(super) fn read_count(text: &str) -> Result<u32, Fault> {
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

pub(super) fn read_definition(measure: Measure, text: &str) -> Result<(), Fault> {
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

/// Reads one of closed words by its id.
///
/// # Errors
/// `unknown_word`, with the words that there are and the nearest of them.
pub fn read_word<T: Copy>(
    text: &str,
    all: impl Iterator<Item = T> + Clone,
    id: impl Fn(T) -> &'static str,
) -> Result<T, Fault> {
    all.clone().find(|word| id(*word) == text.trim()).ok_or_else(|| {
        let what = Label { de: "Der Wert", en: "The value" };
        Fault::unknown(Code::UnknownWord, what, text, all.map(id))
    })
}

/// Returns the areas that a series is spread out over by default.
pub(crate) fn default_areas() -> Vec<Place> {
    Area::all().map(Place::Area).collect()
}

#[cfg(test)]
mod tests {
    use super::super::Shape;
    use super::*;

    fn read(text: &str) -> Result<Query, Vec<String>> {
        let parameters: Vec<(String, String)> = text
            .split('&')
            .filter(|part| !part.is_empty())
            .filter_map(|part| part.split_once('='))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        Query::read(Measure::ServicesRolledOut, &parameters).map_err(|mistakes| {
            mistakes
                .into_iter()
                .map(|m| format!("{}: {:?} {}", m.field, m.hint_in_english(), m.code.as_str()))
                .collect()
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

    /// Of each a source may publish what there is on a day and what came about in a period, so no kind is refused for itself.
    #[test]
    fn every_measure_has_both_kinds() {
        for (measure, kind) in Measure::all().flat_map(|one| ["stock", "period"].map(|kind| (one, kind))) {
            let parameters = [("kind".to_owned(), kind.to_owned())];
            assert!(Query::read(measure, &parameters).is_ok(), "{measure} {kind}");
        }
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
