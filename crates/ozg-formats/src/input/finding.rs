//! Finds which column of a sheet of statements holds which field. A column that is needed is never guessed: two that could
//! both be it are refused, and a heading that is nearly that of a needed column is never ignored.

use super::headings::{
    self, HeadingMeaning, Sureness, column_of, family, needed, sureness, type_in_other_words, type_of_rows,
};
use super::layouts::normal;
use super::mapping::{Mapping, Target};
use super::sink::line_number;
use super::unclear::{could_both_be, missing, no_type, not_there, twice, unknown_heading};
use ozg_core::event::{Columns, EventType, FIELDS, Field, Form, Where, column_letters};
use ozg_core::mistake::{Bilingual, Mistake, Origin};
use ozg_core::remarked::Remarked;
use ozg_core::words::{PartialDate, Remark, nearest};
use std::sync::Arc;

/// The headings while their columns are being found.
pub(super) struct Finding<'h> {
    pub(super) headings: &'h [&'h str],
    pub(super) mapping: Option<&'h Mapping>,
    pub(super) at: Where,
    pub(super) columns: Vec<HeadingMeaning>,
    /// Columns that the mapping has decided.
    pub(super) is_mapped: Vec<bool>,
    pub(super) foreign: Vec<bool>,
    /// What the headings say whose cells are statements of their own.
    pub(super) values: Vec<Option<String>>,
    pub(super) default_type: Option<EventType>,
    pub(super) is_typed: bool,
    pub(super) is_usable: bool,
    pub(super) mistakes: Vec<Mistake>,
}

impl<'h> Finding<'h> {
    pub(super) fn new(
        headings: &'h [&'h str],
        line: usize,
        asked: Option<EventType>,
        mapping: Option<&'h Mapping>,
    ) -> Finding<'h> {
        let count = headings.len();
        let positions = (0..count).map(|index| index.to_string()).collect();
        let positions = Columns { names: positions, sheet: None };
        let at = Where { line: line_number(line), form: Form::Sheet(Arc::new(positions)) };
        let mut finding = Finding {
            headings,
            mapping,
            at,
            columns: headings.iter().map(|heading| column_of(heading)).collect(),
            is_mapped: vec![false; count],
            foreign: vec![false; count],
            values: vec![None; count],
            default_type: None,
            is_typed: false,
            is_usable: true,
            mistakes: Vec::new(),
        };
        finding.map();
        finding.is_typed = finding.columns.contains(&HeadingMeaning::Type);
        finding.default_type = asked.or_else(|| finding.implied_type());
        finding
    }

    /// Takes what the mapping says of the columns.
    pub(super) fn map(&mut self) {
        let Some(mapping) = self.mapping else { return };
        for (index, heading) in self.headings.iter().enumerate() {
            let Some(target) = mapping.target(heading) else { continue };
            self.is_mapped[index] = true;
            self.columns[index] = match target {
                Target::Means(means) => *means,
                Target::Across(field, value) => {
                    self.values[index] = Some(value.clone());
                    HeadingMeaning::Across(field)
                }
            };
        }
        // A mapping for several sheets names the columns of all of them.
        let is_of_several = mapping.is_of_several();
        let is_there =
            |key: &str| is_of_several || self.headings.iter().any(|heading| normal(heading) == *key);
        for (key, (written, target)) in &mapping.columns {
            if !is_there(key) && *target != Target::Means(HeadingMeaning::Own) {
                let pointer = format!("/columns/{}", written.replace('~', "~0").replace('/', "~1"));
                let origin = Origin { line: self.at.line, pointer: Some(pointer), ..Origin::default() };
                self.mistakes.push(Mistake::at(&origin, "columns", Some(written), not_there(written)));
                self.is_usable = false;
            }
        }
    }

    /// Returns the type that the headings imply, read as the mapping has them.
    pub(super) fn implied_type(&self) -> Option<EventType> {
        if let Some(found) = self.constant("type").and_then(|word| headings::type_word(word).ok()) {
            return Some(found);
        }
        let constants = self.mapping.into_iter().flat_map(|mapping| mapping.constants.keys().copied());
        let words: Vec<&str> = self
            .headings
            .iter()
            .zip(&self.columns)
            .zip(&self.is_mapped)
            .map(|((heading, column), is_mapped)| match (is_mapped, column) {
                (true, HeadingMeaning::Field(field)) => field,
                (true, HeadingMeaning::Type) => headings::TYPE_HEADINGS[0],
                (true, _) => "",
                (false, _) => heading,
            })
            .chain(constants)
            .collect();
        type_of_rows(&words).or_else(|| type_in_other_words(&words))
    }

    pub(super) fn constant(&self, field: &str) -> Option<&'h str> {
        self.mapping.and_then(|mapping| mapping.constants.get(field)).map(String::as_str)
    }

    /// Separates the columns of the type of the rows from those that only other types have.
    pub(super) fn known_columns(&mut self) {
        let (default, family) = (self.default_type, family(self.default_type));
        let is_own = |field: &str| match (default, self.is_typed && family.is_empty()) {
            (None, _) | (_, true) => true,
            (Some(only), false) if family.is_empty() || !self.is_typed => only.field(field).is_some(),
            (Some(_), false) => family.iter().any(|known| known.field(field).is_some()),
        };
        let foreign: Vec<bool> = self
            .columns
            .iter()
            .zip(&self.is_mapped)
            .map(|(column, is_mapped)| !is_mapped && column.field().is_some_and(|field| !is_own(field)))
            .collect();
        self.foreign = foreign;
        if !self.is_typed {
            for index in 0..self.columns.len() {
                if self.foreign[index] {
                    self.columns[index] = HeadingMeaning::Own;
                    self.foreign[index] = false;
                }
            }
        }
    }

    pub(super) fn has(&self, field: &str) -> bool {
        (0..self.columns.len())
            .any(|index| self.columns[index].field() == Some(field) && !self.foreign[index])
    }

    /// Tells whether a column may still become another one.
    pub(super) fn is_free(&self, index: usize) -> bool {
        !self.is_mapped[index] && (self.columns[index] == HeadingMeaning::Own || self.foreign[index])
    }

    /// Finds the needed columns that have other headings than those of the templates.
    pub(super) fn needed_columns(&mut self) {
        let Some(event_type) = self.default_type else { return };
        for field in needed(event_type) {
            let surely = |finding: &Finding<'_>, wanted: Sureness| -> Vec<usize> {
                let is_one = |index: &usize| {
                    finding.is_free(*index) && sureness(finding.headings[*index], field.name) == Some(wanted)
                };
                (0..finding.headings.len()).filter(is_one).collect()
            };
            let also = surely(self, Sureness::Also);
            let has = self.has(field.name);
            // A place beside a place may be another one: `Ort` of the office, `Behörde` of the milestone.
            if has && field.name == "place" && !also.is_empty() && !self.is_typed && !self.is_place_mapped() {
                let first =
                    (0..self.columns.len()).find(|index| self.columns[*index].field() == Some("place"));
                self.either(field, &first.into_iter().chain(also).collect::<Vec<_>>());
            } else if !has && self.constant(field.name).is_none() && !self.says_across(field.name) {
                let found = if also.is_empty() { surely(self, Sureness::Weakly) } else { also };
                match found.as_slice() {
                    [] => {}
                    [only] => {
                        self.columns[*only] = HeadingMeaning::Field(field.name);
                        self.foreign[*only] = false;
                    }
                    several => self.either(field, several),
                }
            }
        }
    }

    pub(super) fn is_place_mapped(&self) -> bool {
        let is_place = |index: &usize| self.columns[*index].field() == Some("place");
        (0..self.columns.len()).filter(is_place).any(|index| self.is_mapped[index])
    }

    /// Tells whether the cells below headings that stand for a value say a field.
    pub(super) fn says_across(&self, field: &str) -> bool {
        match field {
            "stage" | "on" => self.is_across(),
            _ => self
                .columns
                .iter()
                .any(|column| matches!(column, HeadingMeaning::Across(said) if *said == field)),
        }
    }

    /// Refuses columns of which each could be the needed one.
    pub(super) fn either(&mut self, field: &Field, columns: &[usize]) {
        let list: Vec<String> = columns.iter().map(|index| named(self.headings[*index], *index)).collect();
        let at = columns.last().copied().unwrap_or_default();
        self.mistakes.push(Mistake::at(
            &self.at.field(&at.to_string()),
            self.headings[at].trim(),
            None,
            could_both_be(field, &list.join(", ")),
        ));
        self.is_usable = false;
    }

    /// Refuses columns that are there twice.
    pub(super) fn twice(&mut self) {
        for index in 0..self.columns.len() {
            let column = self.columns[index];
            let is_one = matches!(column, HeadingMeaning::Type | HeadingMeaning::Field(_));
            if is_one && self.columns[..index].contains(&column) {
                let heading = self.headings[index].trim();
                self.mistakes.push(Mistake::at(
                    &self.at.field(&index.to_string()),
                    heading,
                    None,
                    twice(heading),
                ));
                self.columns[index] = HeadingMeaning::Unnamed;
            }
        }
    }

    /// Refuses a heading that is nearly that of a needed column which is not there; its cells are checked all the same.
    /// Returns the headings of other fields that are near to columns which are ignored.
    pub(super) fn misspelt(&mut self) -> Vec<Option<&'static str>> {
        let mut near: Vec<Option<&'static str>> = vec![None; self.headings.len()];
        let Some(event_type) = self.default_type else { return near };
        for (index, found) in near.iter_mut().enumerate() {
            if !self.is_free(index) || headings::is_of_events(self.headings[index]) {
                continue;
            }
            let is_open = |field: &&Field| {
                !self.has(field.name) && self.constant(field.name).is_none() && !self.says_across(field.name)
            };
            let open: Vec<&Field> = event_type.fields().map(|(field, _)| field).filter(is_open).collect();
            let Some((field, hint)) = nearest_field(self.headings[index], &open) else { continue };
            *found = Some(hint);
            if needed(event_type).any(|one| one.name == field.name) {
                let heading = self.headings[index].trim();
                let fault = unknown_heading(heading, event_type).hint(hint);
                self.mistakes.push(Mistake::at(&self.at.field(&index.to_string()), heading, None, fault));
                self.columns[index] = HeadingMeaning::Field(field.name);
            }
        }
        near
    }

    /// Checks that the sheet has the needed columns. If the rows name their types, each row is checked instead.
    pub(super) fn missing(&mut self, day: Option<PartialDate>) {
        if self.is_typed {
            return;
        }
        let unknown = self.unknown();
        let Some(event_type) = self.default_type else {
            let fault = no_type(&unknown);
            let fault = match self.misspelt_type() {
                Some(heading) => fault.hint(heading),
                None => fault,
            };
            self.mistakes.push(Mistake::at(&self.at.field(""), "", None, fault));
            self.is_usable = false;
            return;
        };
        let is_refused = self.mistakes.len();
        for field in needed(event_type) {
            let is_dated = field.name == "on" && (day.is_some() || self.constant("on").is_some());
            let is_there = self.has(field.name) || self.constant(field.name).is_some();
            let could_be = is_refused > 0 && self.could_be(field.name).next().is_some();
            if !is_there && !is_dated && !could_be && !self.says_across(field.name) {
                let fault = missing(field, event_type, &unknown);
                self.mistakes.push(Mistake::at(&self.at.field(field.name), field.name, None, fault));
                self.is_usable = false;
            }
        }
    }

    /// Finds the one column that says what rows are whose heading is nearly that of a column which is not read.
    fn misspelt_type(&self) -> Option<&'static str> {
        let says_type = |field: &&Field| matches!(field.name, "stage" | "measure");
        let fields: Vec<&'static Field> = FIELDS.iter().filter(says_type).collect();
        let own = (0..self.headings.len()).filter(|index| self.columns[*index] == HeadingMeaning::Own);
        let near: Vec<&str> =
            own.filter_map(|index| Some(nearest_field(self.headings[index], &fields)?.1)).collect();
        <[&str; 1]>::try_from(near).ok().map(|[heading]| heading)
    }

    /// Lists the columns that are not read, as messages name them.
    pub(super) fn unknown(&self) -> String {
        let own = (0..self.headings.len()).filter(|index| self.columns[*index] == HeadingMeaning::Own);
        own.map(|index| named(self.headings[index], index)).collect::<Vec<_>>().join(", ")
    }

    /// Makes the remark on the columns that are not read.
    pub(super) fn ignored(&self, near: &[Option<&'static str>]) -> Option<Remarked> {
        let unknown = self.unknown();
        if unknown.is_empty() {
            return None;
        }
        let hints = near.iter().enumerate().filter(|(index, _)| self.columns[*index] == HeadingMeaning::Own);
        let hints = hints.filter_map(|(index, near)| Some((self.headings[index].trim(), (*near)?)));
        let (mut de, mut en) = (format!("Nicht gelesen: {unknown}"), format!("Not read: {unknown}"));
        for (heading, near) in hints {
            de.push_str(&format!(". „{heading}“ ist keine Spalte; gemeint „{near}“?"));
            en.push_str(&format!(". \"{heading}\" is no column; was \"{near}\" meant?"));
        }
        let remark = Remarked::on_line(self.at.line, Remark::ColumnsIgnored, Some(&unknown));
        Some(remark.saying(Bilingual::new(de, en)))
    }
}

/// Finds the field whose heading in a template is nearest to a heading, with that heading.
fn nearest_field(heading: &str, fields: &[&'static Field]) -> Option<(&'static Field, &'static str)> {
    let names = |field: &&'static Field| [field.heading.de, field.heading.en];
    let hint = nearest(heading, fields.iter().flat_map(names))?;
    fields.iter().find(|field| names(field).contains(&hint)).map(|field| (*field, hint))
}

/// Returns a heading with the letters of its column, as a message names it.
fn named(heading: &str, index: usize) -> String {
    format!("{} ({})", heading.trim(), column_letters(index))
}
