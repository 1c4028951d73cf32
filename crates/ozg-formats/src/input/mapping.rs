//! Mappings: what an office once says about the form of its sheets, so that the next sheet of the same form is read without
//! questions. A mapping is JSON; `schemas/mapping.json` describes it.

use super::choice::are_several;
use super::headings::{HeadingMeaning, column_of, type_word};
use super::json::Members;
use super::layouts::normal;
use super::syntax::syntax;
use ozg_core::event::Field;
use ozg_core::measure::Measure;
use ozg_core::mistake::{Code, Fault, Mistake, Origin};
use ozg_core::words::{
    Area, AssessmentStatus, AuthorityKind, Implementation, Label, PartialDate, Place, ServiceId, Stage,
    Topic, Unit, looked_up,
};
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// The most bytes of a mapping.
pub const MAPPING_BYTES_MAX: usize = 1 << 20;
/// Members of a mapping.
pub const MAPPING_MEMBERS: [&str; 7] =
    ["sheet", "header_row", "shape", "columns", "constants", "words", "names"];
/// Stands in a draft for what has to be filled in.
pub(super) const OPEN: &str = "?";
/// Stands for a column that is not read.
pub(super) const IGNORE: &str = "ignore";
/// Words for a cell that says yes, and for one that says no.
pub(super) const YES: [&str; 9] = ["ja", "j", "x", "yes", "true", "wahr", "✓", "✔", "☑"];
/// See [`YES`].
pub(super) const NO: [&str; 11] = ["nein", "n", "no", "false", "falsch", "-", "–", "—", "./.", "0", "☐"];

/// How a sheet says its statements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Each row is a statement.
    Rows,
    /// A column for each stage; each filled cell is a milestone.
    StageColumns,
    /// Authorities down, services across, or the other way; each filled cell is a milestone.
    Matrix,
}

impl Shape {
    /// All shapes, each with its word.
    pub const ALL: [(Shape, &'static str); 3] =
        [(Shape::Rows, "rows"), (Shape::StageColumns, "stage_columns"), (Shape::Matrix, "matrix")];
}

/// What a mapping makes of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// A field or the type.
    Means(HeadingMeaning),
    /// Each cell is a statement of its own, about this stage, service or place.
    Across(&'static str, String),
}

/// A mapping.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping {
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// The line with the headings.
    pub(super) header_row: Option<usize>,
    pub(super) shape: Option<Shape>,
    /// What each column is, by the heading as written and as it is looked up.
    pub(super) columns: BTreeMap<String, (String, Target)>,
    /// What every row says that does not say otherwise.
    pub(super) constants: BTreeMap<&'static str, String>,
    words: BTreeMap<String, String>,
    names: BTreeMap<String, String>,
}

impl Mapping {
    /// Reads a mapping.
    ///
    /// # Errors
    /// Every mistake, each with a pointer to its key.
    pub fn read(text: &str) -> Result<Mapping, Vec<Mistake>> {
        let mut reading = Reading { mapping: Mapping::default(), mistakes: Vec::new() };
        match serde_json::from_str::<&RawValue>(text) {
            Ok(value) => reading.whole(value),
            Err(error) => reading.mistakes.push(syntax(&error, 0)),
        }
        if reading.mistakes.is_empty() { Ok(reading.mapping) } else { Err(reading.mistakes) }
    }

    /// Returns what the mapping makes of a column.
    pub(super) fn target(&self, heading: &str) -> Option<&Target> {
        self.columns.get(&normal(heading)).map(|(_, target)| target)
    }

    /// Returns the day of the sheet.
    pub(super) fn day(&self) -> Option<PartialDate> {
        self.constants.get("on").and_then(|text| PartialDate::read(text).ok())
    }

    /// Tells whether it is for several sheets of a workbook.
    pub(super) fn is_of_several(&self) -> bool {
        self.sheet.as_deref().is_some_and(are_several)
    }

    /// Returns the line with the headings.
    pub(crate) fn header_row(&self) -> Option<usize> {
        self.header_row
    }

    /// Lists the words and what each means.
    pub(super) fn words(&self) -> impl Iterator<Item = (&str, &str)> {
        self.words.iter().map(|(word, means)| (word.as_str(), means.as_str()))
    }

    /// Lists the names and the key of each.
    pub(super) fn names(&self) -> impl Iterator<Item = (&str, &str)> {
        self.names.iter().map(|(name, key)| (name.as_str(), key.as_str()))
    }

    /// Returns the key that the mapping has for a name, else the name itself.
    pub(super) fn name<'t>(&'t self, text: &'t str) -> &'t str {
        self.names.get(&looked_up(text)).map_or(text, String::as_str)
    }

    /// Returns the word that the mapping has for a word, else the word itself.
    pub(super) fn word<'t>(&'t self, text: &'t str) -> &'t str {
        self.words.get(&looked_up(text)).map_or(text, String::as_str)
    }
}

/// A mapping that is being read, with the mistakes so far.
struct Reading {
    mapping: Mapping,
    mistakes: Vec<Mistake>,
}

impl Reading {
    fn whole(&mut self, value: &RawValue) {
        for (key, value) in self.members("", value) {
            let path = pointer("", &key);
            match key.as_str() {
                "sheet" => self.mapping.sheet = self.text(&path, value),
                "header_row" => self.header_row(&path, value),
                "shape" => self.shape(&path, value),
                "columns" => self.each(&path, value, Reading::column),
                "constants" => self.each(&path, value, Reading::constant),
                "words" => self.each(&path, value, Reading::word),
                "names" => self.each(&path, value, Reading::name),
                _ => {
                    let what = Label { de: "Das Feld", en: "The field" };
                    let known = MAPPING_MEMBERS.into_iter();
                    self.fault(&path, None, Fault::unknown(Code::UnknownField, what, &key, known));
                }
            }
        }
    }

    /// Passes each member of an object of texts to `take`.
    fn each(&mut self, path: &str, value: &RawValue, take: fn(&mut Reading, &str, &str, &str)) {
        for (key, value) in self.members(path, value) {
            let path = pointer(path, &key);
            if let Some(text) = self.text(&path, value) {
                if text.trim() == OPEN {
                    self.fault(&path, Some(OPEN), open());
                } else {
                    take(self, &path, &key, text.trim());
                }
            }
        }
    }

    fn header_row(&mut self, path: &str, value: &RawValue) {
        match value.get().parse::<usize>() {
            Ok(row) if row > 0 => self.mapping.header_row = Some(row),
            _ => self.fault(path, Some(value.get()), no_row()),
        }
    }

    fn shape(&mut self, path: &str, value: &RawValue) {
        let Some(text) = self.text(path, value) else { return };
        match Shape::ALL.iter().find(|(_, word)| *word == text.trim()) {
            Some((shape, _)) => self.mapping.shape = Some(*shape),
            None => {
                let what = Label { de: "Die Form", en: "The shape" };
                let known = Shape::ALL.iter().map(|(_, word)| *word);
                self.fault(path, Some(&text), Fault::unknown(Code::UnknownWord, what, &text, known));
            }
        }
    }

    fn column(&mut self, path: &str, key: &str, text: &str) {
        match target(text) {
            Some(target) => {
                let known = self.mapping.columns.insert(normal(key), (key.to_owned(), target));
                if let Some((known, _)) = known.filter(|(known, _)| looked_up(known) != looked_up(key)) {
                    let what = Label { de: "Die Spalte", en: "The column" };
                    self.fault(path, Some(key), Fault::twice(what, &known));
                }
            }
            None => self.fault(path, Some(text), no_target(text)),
        }
    }

    fn constant(&mut self, path: &str, key: &str, text: &str) {
        let field = match column_of(key) {
            HeadingMeaning::Type => "type",
            HeadingMeaning::Field(field) => field,
            _ => return self.fault(path, Some(key), no_field(key)),
        };
        let read = match field {
            "type" => type_word(text).map(drop),
            "stage" => Stage::read(text).map(drop),
            "on" | "due" | "since" | "published" => PartialDate::read(text).map(drop),
            _ => Ok(()),
        };
        match read {
            Ok(()) => drop(self.mapping.constants.insert(field, text.to_owned())),
            Err(fault) => self.fault(path, Some(text), fault),
        }
    }

    fn word(&mut self, path: &str, key: &str, text: &str) {
        let is_closed = Stage::read(text).is_ok()
            || type_word(text).is_ok()
            || YES.iter().chain(&NO).any(|word| *word == text.to_lowercase())
            || Unit::read(text).is_ok()
            || Topic::read(text).is_ok()
            || Measure::read(text).is_ok()
            || AuthorityKind::read(text).is_ok()
            || AssessmentStatus::read(text).is_ok()
            || Implementation::read(text).is_ok()
            || Area::read(text).is_ok()
            || PartialDate::read(text).is_ok();
        if is_closed {
            self.mapping.words.insert(looked_up(key), text.to_owned());
        } else {
            let words = Stage::all().map(Stage::id).chain(["ja", "nein"]);
            let what = Label { de: "Das Wort", en: "The word" };
            self.fault(path, Some(text), Fault::unknown(Code::UnknownWord, what, text, words));
        }
    }

    fn name(&mut self, path: &str, key: &str, text: &str) {
        match (ServiceId::read(text), Place::read(text)) {
            (Err(_), Err(fault)) => self.fault(path, Some(text), fault),
            _ => drop(self.mapping.names.insert(looked_up(key), text.to_owned())),
        }
    }

    /// Returns the members of an object; a repeated one is a mistake.
    fn members<'v>(&mut self, path: &str, value: &'v RawValue) -> Vec<(String, &'v RawValue)> {
        let Ok(Members(members)) = serde_json::from_str::<Members<'v>>(value.get()) else {
            self.fault(
                path,
                None,
                Fault::say(Code::WrongType, "Erwartet wird ein JSON-Objekt", "A JSON object is expected"),
            );
            return Vec::new();
        };
        let mut seen = std::collections::BTreeSet::new();
        for (key, _) in &members {
            if !seen.insert(looked_up(key)) {
                let what = Label { de: "Der Schlüssel", en: "The key" };
                self.fault(&pointer(path, key), None, Fault::twice(what, key));
            }
        }
        members
    }

    fn text(&mut self, path: &str, value: &RawValue) -> Option<String> {
        let text = serde_json::from_str::<String>(value.get());
        if text.is_err() {
            let fault = Fault::say(Code::WrongType, "Erwartet wird ein Text", "A text is expected");
            self.fault(path, Some(value.get()), fault);
        }
        text.ok()
    }

    fn fault(&mut self, path: &str, value: Option<&str>, fault: Fault) {
        let origin = Origin { pointer: Some(path.to_owned()), ..Origin::default() };
        self.mistakes.push(Mistake::at(&origin, path.trim_start_matches('/'), value, fault));
    }
}

/// Reads what a column is: `place`, `Ort`, `stage:live`, `ignore`.
fn target(text: &str) -> Option<Target> {
    if text.eq_ignore_ascii_case(IGNORE) || text.eq_ignore_ascii_case("ignorieren") {
        return Some(Target::Means(HeadingMeaning::Own));
    }
    if let means @ (HeadingMeaning::Type | HeadingMeaning::Field(_)) = column_of(text) {
        return Some(Target::Means(means));
    }
    let (field, value) = text.split_once(':')?;
    let field = column_of(field).field().filter(|field| ["stage", "service", "place"].contains(field))?;
    let is_right = field != "stage" || Stage::read(value).is_ok();
    is_right.then(|| Target::Across(field, value.trim().to_owned()))
}

/// Returns the pointer to a member (RFC 6901).
fn pointer(path: &str, key: &str) -> String {
    format!("{path}/{}", key.replace('~', "~0").replace('/', "~1"))
}

fn open() -> Fault {
    Fault::say(
        Code::MissingField,
        "Hier steht noch „?“: eintragen, was gemeint ist, oder die Zeile löschen",
        "\"?\" still stands here: enter what is meant, or delete the line",
    )
}

fn no_row() -> Fault {
    Fault::say(
        Code::BadNumber,
        "Erwartet wird die Nummer der Zeile mit den Überschriften, ab 1",
        "The number of the line with the headings is expected, from 1",
    )
}

fn no_field(key: &str) -> Fault {
    let known: Vec<&str> = ozg_core::event::FIELDS.iter().map(|field: &Field| field.name).collect();
    Fault::say(
        Code::UnknownField,
        format!("Ein Feld „{key}“ gibt es nicht. Erlaubt: type, {}", known.join(", ")),
        format!("There is no field \"{key}\". Allowed: type, {}", known.join(", ")),
    )
    .near(key, known)
}

fn no_target(text: &str) -> Fault {
    Fault::say(
        Code::UnknownField,
        format!(
            "„{text}“ ist keine Spalte. Erlaubt: ein Feld (service, place, stage, on, note …), stage:live, service:dienst:wohngeld, place:BB, {IGNORE}"
        ),
        format!(
            "\"{text}\" is no column. Allowed: a field (service, place, stage, on, note …), stage:live, service:dienst:wohngeld, place:BB, {IGNORE}"
        ),
    )
    .near(text, ozg_core::event::FIELDS.iter().map(|field| field.name))
}
