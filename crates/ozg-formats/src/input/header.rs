//! The header of a sheet of statements: the columns, the type of the rows, and what every row says.

use super::finding::Finding;
use super::headings::{self, HeadingMeaning, needed};
use super::mapping::Mapping;
use super::opening::Opened;
use super::sink::Sink;
use ozg_core::event::{Columns, EventType, Field, Kind};
use ozg_core::words::{Language, PartialDate};
use std::borrow::Cow;
use std::sync::Arc;

/// Characters of a heading that are examined.
const HEADING_CHARACTERS_MAX: usize = 200;

/// The columns of a sheet and the type of its rows.
#[derive(Debug)]
pub(crate) struct SheetHeader {
    /// The content of each column.
    pub(crate) columns: Vec<HeadingMeaning>,
    /// The kind of value of each column.
    pub(crate) kinds: Vec<Option<Kind>>,
    /// Names of the columns, as rows address their cells.
    pub(crate) names: Arc<Columns>,
    /// The headings.
    pub(super) texts: Vec<String>,
    /// What the headings say whose cells are statements of their own.
    pub(super) across: Vec<Option<AcrossColumn>>,
    /// Columns of fields that only rows of another type have.
    pub(super) foreign: Vec<bool>,
    /// What every row says that does not say otherwise.
    pub(super) constants: Vec<(&'static str, String)>,
    /// The day of the sheet, as a mapping names it.
    pub(super) day: Option<PartialDate>,
    /// The type of a row that does not name its type.
    pub(crate) default_type: Option<EventType>,
    /// Whether the rows can be read at all.
    pub(crate) is_usable: bool,
    /// The language of most headings, and so of the numbers below them.
    pub(crate) language: Language,
}

/// A heading that stands for a value.
#[derive(Debug)]
pub(super) struct AcrossColumn {
    /// The stage, the service or the place.
    pub(super) value: String,
    /// Names of the columns, as the statements of its cells address them.
    pub(super) names: Arc<Columns>,
}

impl SheetHeader {
    /// Tells whether each filled cell is a statement of its own.
    pub(super) fn is_across(&self) -> bool {
        self.across.iter().any(Option::is_some)
    }

    /// Returns the needed fields that have a column.
    pub(super) fn needed_columns(&self) -> impl Iterator<Item = (usize, &'static str)> {
        let is_needed =
            |field: &str| self.default_type.is_some_and(|of| needed(of).any(|one| one.name == field));
        let columns =
            self.columns.iter().enumerate().filter_map(|(index, column)| Some((index, column.field()?)));
        columns.filter(move |(_, field)| is_needed(field))
    }
}

/// Reads the headings of a sheet; all their mistakes go into the sink.
pub(crate) fn read(sheet: &Opened<'_>, asked: Option<EventType>, sink: &mut Sink<'_>) -> SheetHeader {
    let mapping = sink.mapping();
    let headings: Vec<&str> = sheet.headings().into_iter().map(short).collect();
    let (mut finding, near) = find(sheet, &headings, asked, mapping);
    finding.missing(sink.day());
    let is_usable = finding.is_usable;
    let (mistakes, day) = (std::mem::take(&mut finding.mistakes), mapping.and_then(Mapping::day));
    mistakes.into_iter().for_each(|mistake| sink.mistake(mistake));
    if is_usable {
        finding.ignored(&near).into_iter().for_each(|remark| sink.remark(remark));
    }
    finding.header(day, sink.day().or(day), sink.sheet())
}

/// Finds the column of each field; beside it, for each column that is not read, the heading that was perhaps meant.
pub(super) fn find<'h>(
    sheet: &Opened<'_>,
    headings: &'h [&'h str],
    asked: Option<EventType>,
    mapping: Option<&'h Mapping>,
) -> (Finding<'h>, Vec<Option<&'static str>>) {
    let mut finding = Finding::new(headings, sheet.header.line, asked, mapping);
    finding.known_columns();
    finding.shape(sheet);
    finding.needed_columns();
    finding.twice();
    let near = finding.misspelt();
    (finding, near)
}

impl Finding<'_> {
    fn header(
        mut self,
        day: Option<PartialDate>,
        state_on: Option<PartialDate>,
        sheet: Option<Arc<str>>,
    ) -> SheetHeader {
        let mut constants: Vec<(&'static str, String)> = Vec::new();
        for (field, text) in self.mapping.into_iter().flat_map(|mapping| &mapping.constants) {
            if !["type", "on"].contains(field) && !self.has(field) {
                constants.push((field, text.clone()));
            }
        }
        if let Some(day) = state_on.filter(|_| self.lacks_day()) {
            // Rows without a day say what was found on the day of the sheet.
            if self.default_type == Some(EventType::MilestoneReached) && self.constant("type").is_none() {
                self.default_type = Some(EventType::MilestoneObserved);
            }
            constants.push(("on", day.to_string()));
        }
        let names: Vec<String> = (0..self.headings.len()).map(|index| self.name(index)).collect();
        let across = (0..self.headings.len()).map(|index| {
            let HeadingMeaning::Across(field) = self.columns[index] else { return None };
            let mut names = names.clone();
            names[index] = format!("{field}|stage|on");
            let names = Arc::new(Columns { names, sheet: sheet.clone() });
            Some(AcrossColumn { value: self.values[index].clone()?, names })
        });
        let across = across.collect::<Vec<_>>();
        let names = Arc::new(Columns { names, sheet });
        let kind = |column: &HeadingMeaning| match column {
            HeadingMeaning::Field(name) => Field::named(name).map(|field| field.kind),
            HeadingMeaning::Across(_) => Some(Kind::Date),
            _ => None,
        };
        SheetHeader {
            kinds: self.columns.iter().map(kind).collect(),
            names,
            texts: self.headings.iter().map(|heading| (*heading).to_owned()).collect(),
            across,
            foreign: self.foreign,
            constants,
            day,
            default_type: self.default_type,
            is_usable: self.is_usable,
            language: headings::language(self.headings),
            columns: self.columns,
        }
    }

    /// Tells whether the rows need a day for which there is no column.
    fn lacks_day(&self) -> bool {
        let needs = self.default_type.is_some_and(|of| needed(of).any(|field| field.name == "on"));
        needs && !self.is_typed && !self.is_across() && !self.has("on")
    }

    /// Names a column; one that is not a field gets a name that no field has.
    fn name(&self, index: usize) -> String {
        match self.columns[index] {
            HeadingMeaning::Type => "type".to_owned(),
            HeadingMeaning::Field(field) => field.to_owned(),
            _ => format!("{index} {}", self.headings[index].trim().replace('|', "/")),
        }
    }
}

/// Cuts a heading that is too long to be one; it is neither looked up nor repeated in full.
pub(super) fn short(heading: &str) -> &str {
    heading.char_indices().nth(HEADING_CHARACTERS_MAX).map_or(heading, |(end, _)| &heading[..end])
}

/// Returns the cell of a field in the words of a mapping: names become keys, other words closed ones.
pub(super) fn mapped<'t>(mapping: Option<&'t Mapping>, kind: Option<Kind>, text: &'t str) -> Cow<'t, str> {
    let Some(mapping) = mapping else { return text.into() };
    match kind {
        Some(Kind::Service | Kind::Place | Kind::Authority) => mapping.name(text).into(),
        Some(Kind::Text | Kind::Id | Kind::Entry | Kind::EntryOrStanding | Kind::Source | Kind::Url) => {
            text.into()
        }
        _ => mapping.word(text).into(),
    }
}
