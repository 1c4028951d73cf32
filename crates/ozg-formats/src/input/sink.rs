//! Collects what a reader finds: each statement, and every mistake and remark up to a limit.

use super::columns::TableRow;
use super::contacts::Contacts;
use super::remarks::Remarks;
use ozg_core::event::{RawEvent, Where};
use ozg_core::mistake::{Bilingual, Code, Fault, Mistake, Origin};
use ozg_core::remarked::Remarked;
use ozg_core::words::Remark;
use std::ops::ControlFlow;

/// The most events that one call reads.
pub const EVENTS_MAX: usize = 1_000_000;
/// The most mistakes that are listed. One more mistake then tells the number of the others.
pub const MISTAKES_MAX: usize = 1_000;

/// The mistakes found so far: the first [`MISTAKES_MAX`] and how many more.
#[derive(Debug, Default)]
pub(crate) struct Mistakes {
    kept: Vec<Mistake>,
    more: usize,
}

impl Mistakes {
    /// Adds mistakes; those beyond the limit are only counted.
    pub(crate) fn add(&mut self, mistakes: impl IntoIterator<Item = Mistake>) {
        for mistake in mistakes {
            if self.kept.len() < MISTAKES_MAX {
                self.kept.push(mistake);
            } else {
                self.more += 1;
            }
        }
    }

    /// Returns `value`, or all mistakes if there are any.
    pub(crate) fn or<T>(self, value: T) -> Result<T, Vec<Mistake>> {
        if self.kept.is_empty() { Ok(value) } else { Err(self.all()) }
    }

    fn all(mut self) -> Vec<Mistake> {
        if self.more > 0 {
            let more = self.more;
            let fault = Fault::say(
                Code::TooMany,
                format!("{more} weitere Fehler; gezeigt werden nur die ersten {MISTAKES_MAX}"),
                format!("{more} more mistakes; only the first {MISTAKES_MAX} are shown"),
            );
            self.kept.push(Mistake::at(&Origin::default(), "", None, fault));
        }
        self.kept
    }
}

/// Takes the statements of one input as they are read.
pub(crate) struct Sink<'a> {
    take: &'a mut dyn FnMut(RawEvent) -> Result<(), Vec<Mistake>>,
    mistakes: Mistakes,
    remarks: Remarks,
    contacts: Contacts,
    events: usize,
    events_max: usize,
}

impl<'a> Sink<'a> {
    /// Makes a sink that passes each statement on and keeps the mistakes that come back.
    pub(crate) fn new(
        take: &'a mut dyn FnMut(RawEvent) -> Result<(), Vec<Mistake>>,
        events_max: usize,
    ) -> Sink<'a> {
        Sink {
            take,
            mistakes: Mistakes::default(),
            remarks: Remarks::default(),
            contacts: Contacts::default(),
            events: 0,
            events_max,
        }
    }

    /// Passes a statement on; breaks off if there are too many.
    pub(crate) fn event(&mut self, event: RawEvent) -> ControlFlow<()> {
        if self.events == self.events_max {
            self.mistake(Mistake::at(&event.at.field(""), "", None, too_many(self.events_max)));
            return ControlFlow::Break(());
        }
        self.events += 1;
        self.contacts.note(&event);
        if let Err(mistakes) = (self.take)(event) {
            self.mistakes.add(mistakes);
        }
        ControlFlow::Continue(())
    }

    /// Adds a mistake.
    pub(crate) fn mistake(&mut self, mistake: Mistake) {
        self.mistakes.add([mistake]);
    }

    /// Adds a remark: the input is taken, but not quite as it is written.
    pub(crate) fn remark(&mut self, remark: Remarked) {
        self.remarks.add(remark);
    }

    /// Adds a remark on a row of a table in others' layout.
    pub(crate) fn remark_row(
        &mut self,
        row: &TableRow<'_>,
        remark: Remark,
        value: Option<&str>,
        message: Bilingual,
    ) {
        self.remark(Remarked::at(&row.at.field(""), remark, value).saying(message));
    }

    /// Tells whether there is a mistake so far.
    pub(crate) fn has_mistakes(&self) -> bool {
        !self.mistakes.kept.is_empty()
    }

    /// Adds a mistake of a field of a statement.
    pub(crate) fn fault(&mut self, at: &Where, field: &str, value: Option<&str>, fault: Fault) {
        self.mistake(Mistake::at(&at.field(field), field, value, fault));
    }

    /// Counts a row of an edition; breaks off if there are too many.
    pub(crate) fn row(&mut self, at: &Where) -> ControlFlow<()> {
        if self.events == self.events_max {
            self.mistake(Mistake::at(&at.field(""), "", None, too_many(self.events_max)));
            return ControlFlow::Break(());
        }
        self.events += 1;
        ControlFlow::Continue(())
    }

    /// Starts to count again, for an input whose events are counted and not its rows.
    pub(crate) fn start_events(&mut self) {
        self.events = 0;
    }

    /// Adds the mistake of an edition that would leave nothing of its kind.
    pub(crate) fn states_nothing(&mut self) {
        if !self.has_mistakes() {
            self.mistake(unreadable(
                0,
                "Aus keiner Zeile folgt ein Eintrag. Dieser Stand würde alles beenden, was bisher gilt; die Datei prüfen",
                "No row gives an entry. This edition would end everything that holds now; check the file",
            ));
        }
    }

    /// Returns all mistakes and all remarks. An empty input is a mistake, too, unless it is an edition.
    pub(crate) fn finish(mut self, is_edition: bool) -> (Mistakes, Vec<Remarked>) {
        if self.events == 0 && !is_edition && self.mistakes.kept.is_empty() {
            self.mistake(Mistake::at(&Origin::default(), "", None, says_nothing()));
        }
        self.contacts.remark().into_iter().for_each(|remark| self.remark(remark));
        (self.mistakes, self.remarks.all())
    }
}

fn too_many(events_max: usize) -> Fault {
    Fault::say(
        Code::TooMany,
        format!("Mehr als {events_max} Ereignisse auf einmal; die Datei teilen"),
        format!("More than {events_max} events at once; split the file"),
    )
}

fn says_nothing() -> Fault {
    Fault::say(Code::Unreadable, "Die Eingabe enthält kein Ereignis", "The input contains no event")
}

/// Makes the mistake of a line that cannot be read.
pub(crate) fn unreadable(line: u32, de: impl Into<String>, en: impl Into<String>) -> Mistake {
    let origin = Origin { line, ..Origin::default() };
    Mistake::at(&origin, "", None, Fault::say(Code::Unreadable, de, en))
}

/// Turns the number of a line into the type that an origin holds.
pub(crate) fn line_number(line: usize) -> u32 {
    u32::try_from(line).unwrap_or(u32::MAX)
}
