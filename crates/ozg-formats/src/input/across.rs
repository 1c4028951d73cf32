//! Sheets with many statements in a row: a column for each stage with the days on which it was reached, or authorities down
//! and services across. Each filled cell is a milestone.

use super::header::SheetHeader;
use super::mapping::{NO, YES};
use super::sink::Sink;
use ozg_core::event::{EventType, Form, Raw, RawEvent, Where};
use ozg_core::mistake::{Bilingual, Code, Fault, Mistake, Origin};
use ozg_core::remarked::Remarked;
use ozg_core::words::{PartialDate, Place, Remark, Stage, unmarked};
use std::ops::ControlFlow;
use std::sync::Arc;

/// What a cell says.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Says {
    /// The stage was reached on a day.
    Day(String),
    /// This stage holds.
    Stage(Stage),
    /// The stage holds.
    Yes,
    /// It does not.
    No,
}

/// What the cells of a sheet leave open, said once for all of them.
#[derive(Debug, Default)]
pub(super) struct Across {
    /// The first cell that says what holds, while nobody says on which day.
    without_day: Option<Origin>,
    /// The first cell that names no stage.
    without_stage: Option<Origin>,
}

/// A cell below a heading that stands for a stage, a service or a place.
pub(super) struct AcrossCell {
    pub(super) index: usize,
    pub(super) field: &'static str,
    pub(super) text: String,
}

/// Tells whether a cell can stand in such a column.
pub(super) fn is_cell(text: &str) -> bool {
    read(&unmarked(text), Some(Stage::read)).is_ok()
}

impl Across {
    /// Passes on what the cells of a row say; `fields` is what its other columns say.
    pub(super) fn row(
        &mut self,
        header: &SheetHeader,
        line: u32,
        fields: &[(String, Raw)],
        cells: &[AcrossCell],
        sink: &mut Sink<'_>,
    ) -> ControlFlow<()> {
        for cell in cells {
            let Some(column) = header.across.get(cell.index).and_then(Option::as_ref) else { continue };
            let at = Where { line, form: Form::Sheet(Arc::clone(&column.names)) };
            let place = match cell.field {
                "place" => Some(column.value.as_str()),
                _ => text_of(fields, "place"),
            };
            let is_area = place.is_some_and(|place| matches!(Place::read(place), Ok(Place::Area(_))));
            let stages = if is_area { Stage::read } else { Stage::read_at_authority };
            let says = match read(&cell.text, (cell.field != "stage").then_some(stages)) {
                Ok(says) => says,
                Err(fault) => {
                    sink.fault(&at, "on", Some(&cell.text), fault);
                    continue;
                }
            };
            let mut said = fields.to_vec();
            put(&mut said, cell.field, column.value.clone());
            let is_denial = says == Says::No;
            if !self.complete(&at, says, &mut said, header, sink) {
                continue;
            }
            let event = RawEvent { at, fields: said };
            if is_denial {
                sink.deny(event);
            } else {
                sink.event(event)?;
            }
        }
        ControlFlow::Continue(())
    }

    /// Adds type, stage and day; tells whether the statement is whole.
    fn complete(
        &mut self,
        at: &Where,
        says: Says,
        said: &mut Vec<(String, Raw)>,
        header: &SheetHeader,
        sink: &Sink<'_>,
    ) -> bool {
        let is_denial = says == Says::No;
        let mut event_type = EventType::MilestoneObserved;
        match says {
            Says::Day(day) => {
                put(said, "on", day);
                event_type = EventType::MilestoneReached;
            }
            Says::Stage(stage) => put(said, "stage", stage.id().to_owned()),
            Says::Yes | Says::No => {}
        }
        put(said, "type", event_type.id().to_owned());
        if !has(said, "stage") {
            put(said, "stage", Stage::Live.id().to_owned());
            self.without_stage.get_or_insert_with(|| at.field("stage"));
        }
        if !has(said, "on") {
            match sink.day().or(header.day) {
                Some(day) => put(said, "on", day.to_string()),
                None if is_denial => {}
                None => {
                    self.without_day.get_or_insert_with(|| at.field("on"));
                    return false;
                }
            }
        }
        true
    }

    /// Says what was left open.
    pub(super) fn finish(self, offered: Option<PartialDate>, sink: &mut Sink<'_>) {
        if let Some(origin) = self.without_day {
            sink.mistake(Mistake::at(&origin, "on", None, no_day(offered)));
        }
        if let Some(origin) = self.without_stage {
            sink.remark(Remarked::at(&origin, Remark::ReadAs, None).saying(as_live()));
        }
    }
}

fn has(fields: &[(String, Raw)], name: &str) -> bool {
    fields.iter().any(|(known, _)| known == name)
}

fn put(fields: &mut Vec<(String, Raw)>, name: &str, text: String) {
    fields.retain(|(known, _)| known != name);
    fields.push((name.to_owned(), Raw::Text(text)));
}

fn text_of<'f>(fields: &'f [(String, Raw)], name: &str) -> Option<&'f str> {
    let raw = fields.iter().find(|(known, _)| known == name).map(|(_, raw)| raw)?;
    if let Raw::Text(text) = raw { Some(text) } else { None }
}

/// Reads stages.
type Stages = fn(&str) -> Result<Stage, Fault>;

/// Reads a cell; below the heading of a stage it names none.
fn read(text: &str, stages: Option<Stages>) -> Result<Says, Fault> {
    let word = text.trim().to_lowercase();
    if YES.contains(&word.as_str()) {
        return Ok(Says::Yes);
    }
    if NO.contains(&word.as_str()) {
        return Ok(Says::No);
    }
    match (PartialDate::read(text), stages.map(|read| read(text))) {
        (Ok(day), _) => Ok(Says::Day(day.to_string())),
        (Err(_), Some(Ok(stage))) => Ok(Says::Stage(stage)),
        (Err(fault), _) if text.bytes().any(|byte| byte.is_ascii_digit()) => Err(fault),
        (Err(_), stage) => {
            let hint = stage.and_then(Result::err).and_then(|fault| fault.hint);
            let fault = no_word(text);
            Err(match hint {
                Some(hint) => fault.hint(hint),
                None => fault,
            })
        }
    }
}

fn no_word(text: &str) -> Fault {
    Fault::say(
        Code::UnknownWord,
        format!(
            "„{text}“ ist hier unbekannt. Erlaubt: ein Datum, eine Stufe, ja, x, nein, – (andere Wörter nennt eine Zuordnung)"
        ),
        format!(
            "\"{text}\" is unknown here. Allowed: a date, a stage, yes, x, no, – (a mapping names other words)"
        ),
    )
}

fn no_day(offered: Option<PartialDate>) -> Fault {
    let fault = Fault::say(
        Code::MissingField,
        "Die Zellen sagen, was gilt, aber nicht, an welchem Tag: den Tag der Tabelle angeben (--on, on=)",
        "The cells say what holds, but not on which day: give the day of the sheet (--on, on=)",
    );
    match offered {
        Some(day) => fault.hint(format!("--on {day}")),
        None => fault,
    }
}

fn as_live() -> Bilingual {
    Bilingual::new(
        "Die Zellen nennen keine Stufe; gelesen als „im Einsatz“ (live)",
        "The cells name no stage; they are read as live",
    )
}
