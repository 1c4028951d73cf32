//! Finds the shape of a sheet: rows that are statements, a column for each stage, or a matrix of authorities and services.

use super::across::is_cell;
use super::finding::Finding;
use super::headings::{HeadingMeaning, column_of, sureness};
use super::mapping::Shape;
use super::opening::Opened;
use ozg_core::event::EventType;
use ozg_core::words::{Place, ServiceId, Stage};

/// Fields of figures: where one of them is a column, `im Einsatz` is a number of authorities and no stage.
const OF_FIGURES: [&str; 4] = ["of", "value", "percent", "measure"];

impl Finding<'_> {
    /// Finds the columns whose cells are statements of their own.
    pub(super) fn shape(&mut self, sheet: &Opened<'_>) {
        let is_of_milestones = matches!(self.default_type, None | Some(EventType::MilestoneReached));
        let has_stage = self.could_be("stage").next().is_some() || self.constant("stage").is_some();
        let shape = self.mapping.and_then(|mapping| mapping.shape);
        let is_told = matches!(shape, Some(Shape::StageColumns | Shape::Matrix));
        let is_of_rows = has_stage || self.is_typed || OF_FIGURES.iter().any(|field| self.has_heading(field));
        let is_plain = is_of_rows && !is_told;
        if !is_of_milestones || is_plain && !self.is_across() {
            return;
        }
        let before = (self.default_type, self.columns.clone(), self.foreign.clone());
        self.default_type = Some(EventType::MilestoneReached);
        self.known_columns();
        if !is_plain {
            self.find_across(sheet, shape);
        }
        if !self.is_across() {
            (self.default_type, self.columns, self.foreign) = before;
        }
    }

    fn find_across(&mut self, sheet: &Opened<'_>, shape: Option<Shape>) {
        if !matches!(shape, Some(Shape::Rows | Shape::Matrix)) {
            self.stage_columns();
        }
        if !matches!(shape, Some(Shape::Rows | Shape::StageColumns)) && !self.is_across() {
            self.matrix(sheet, shape == Some(Shape::Matrix));
        }
    }

    pub(super) fn has_heading(&self, field: &str) -> bool {
        self.headings.iter().any(|heading| column_of(heading).field() == Some(field))
    }

    pub(super) fn is_across(&self) -> bool {
        self.columns.iter().any(|column| matches!(column, HeadingMeaning::Across(_)))
    }

    pub(super) fn stage_columns(&mut self) {
        let is_sheet = ["service", "place"].iter().any(|field| self.could_be(field).next().is_some());
        for index in 0..self.headings.len() {
            if let (true, true, Ok(stage)) =
                (is_sheet, self.is_free(index), Stage::read(self.headings[index]))
            {
                self.across(index, "stage", stage.id());
            }
        }
    }

    pub(super) fn across(&mut self, index: usize, field: &'static str, value: &str) {
        self.columns[index] = HeadingMeaning::Across(field);
        self.values[index] = Some(value.to_owned());
        self.foreign[index] = false;
    }

    /// Finds a matrix: authorities down and services across, or the other way.
    pub(super) fn matrix(&mut self, sheet: &Opened<'_>, is_asked: bool) {
        let down = ["place", "service"].map(|field| self.could_be(field).next().is_some());
        let (down, across) = match down {
            [true, false] => ("place", "service"),
            [false, true] => ("service", "place"),
            [true, true] => return,
            [false, false] => match self.corner() {
                Some(pair) => pair,
                None => return,
            },
        };
        if self.constant(across).is_some() {
            return;
        }
        let columns: Vec<usize> = (0..self.headings.len())
            .filter(|index| self.is_free(*index) && sureness(self.headings[*index], down).is_none())
            .filter(|index| {
                let mut cells = sheet.first_cells(*index).peekable();
                let is_filled = cells.peek().is_some();
                is_asked || is_key(self.headings[*index], across) || is_filled && cells.all(is_cell)
            })
            .collect();
        for index in columns {
            self.across(index, across, self.headings[index].trim());
        }
    }

    /// Finds what stands down and across where the first heading says nothing: the others are keys.
    pub(super) fn corner(&mut self) -> Option<(&'static str, &'static str)> {
        let others = || self.headings.iter().skip(1);
        let pair = match others() {
            _ if others().any(|heading| is_key(heading, "service")) => ("place", "service"),
            _ if others().any(|heading| is_key(heading, "place")) => ("service", "place"),
            _ => return None,
        };
        let is_open = matches!(self.columns.first()?, HeadingMeaning::Unnamed | HeadingMeaning::Own);
        if is_open && !self.is_mapped[0] {
            self.columns[0] = HeadingMeaning::Field(pair.0);
            return Some(pair);
        }
        None
    }

    /// Lists the columns that are a field, or could be it.
    pub(super) fn could_be<'s>(&'s self, field: &'s str) -> impl Iterator<Item = usize> + 's {
        (0..self.headings.len()).filter(move |index| {
            self.columns[*index].field() == Some(field)
                || self.is_free(*index) && sureness(self.headings[*index], field).is_some()
        })
    }
}

/// Tells whether a heading is the key of a service, or of an area or authority.
fn is_key(heading: &str, field: &str) -> bool {
    match field {
        "service" => ServiceId::read(heading).is_ok(),
        _ => Place::read(heading).is_ok(),
    }
}
