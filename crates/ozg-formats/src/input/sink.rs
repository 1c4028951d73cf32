//! Collects what a reader finds: each statement, and every mistake and remark up to a limit.

use super::columns::TableRow;
use super::contacts::Contacts;
use super::mapping::Mapping;
use super::remarks::Remarks;
use super::shares;
use ozg_core::event::{Field, Form, RawEvent, Where};
use ozg_core::mistake::{Bilingual, Code, Fault, Mistake, Origin};
use ozg_core::remarked::Remarked;
use ozg_core::words::{PartialDate, Remark};
use std::ops::ControlFlow;
use std::sync::Arc;

/// The most events that one call reads.
pub const EVENTS_MAX: usize = 1_000_000;
/// The most mistakes that are listed. One more mistake then tells the number of the others.
pub const MISTAKES_MAX: usize = 1_000;

/// The most statements that cells deny which are looked up.
const DENIED_MAX: usize = 10_000;

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
            self.kept.push(Mistake::more(self.more, MISTAKES_MAX));
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
    denied: Vec<RawEvent>,
    day: Option<PartialDate>,
    mapping: Option<&'a Mapping>,
    /// The sheet that is read, where several are.
    sheet: Option<Arc<str>>,
    events: usize,
    events_max: usize,
}

impl<'a> Sink<'a> {
    /// Makes a sink that passes each statement on and keeps the mistakes that come back.
    pub(crate) fn new(
        take: &'a mut dyn FnMut(RawEvent) -> Result<(), Vec<Mistake>>,
        events_max: usize,
    ) -> Sink<'a> {
        let (mistakes, remarks, denied) = (Mistakes::default(), Remarks::default(), Vec::new());
        let contacts = Contacts::default();
        let (day, mapping, sheet, events) = (None, None, None, 0);
        Sink { take, mistakes, remarks, contacts, denied, day, mapping, sheet, events, events_max }
    }

    /// Takes what the sender says of the sheet: its day, and what its columns and words mean.
    pub(crate) fn told(self, day: Option<PartialDate>, mapping: Option<&'a Mapping>) -> Sink<'a> {
        Sink { day, mapping, ..self }
    }

    /// Starts a sheet; it is named where several are read.
    pub(crate) fn start_sheet(&mut self, name: Option<&str>) {
        self.end_sheet();
        self.sheet = name.map(Arc::from);
    }

    /// Says what is said once for a sheet.
    fn end_sheet(&mut self) {
        let contacts = std::mem::take(&mut self.contacts);
        contacts.remark().into_iter().for_each(|remark| self.remark(remark));
    }

    /// Returns the name of the sheet, where several are read.
    pub(crate) fn sheet(&self) -> Option<Arc<str>> {
        self.sheet.clone()
    }

    /// Returns the day of the sheet, as the sender says.
    pub(crate) fn day(&self) -> Option<PartialDate> {
        self.day
    }

    /// Returns what the columns and words of the sheet mean, as the sender says.
    pub(crate) fn mapping(&self) -> Option<&'a Mapping> {
        self.mapping
    }

    /// Takes a statement that a cell denies. It records nothing; where something stands that says it, a remark tells so.
    pub(crate) fn deny(&mut self, event: RawEvent) {
        if self.denied.len() < DENIED_MAX {
            self.denied.push(event);
        }
    }

    /// Passes a statement on; breaks off if there are too many.
    pub(crate) fn event(&mut self, mut event: RawEvent) -> ControlFlow<()> {
        if self.events == self.events_max {
            self.mistake(Mistake::at(&event.at.field(""), "", None, too_many(self.events_max)));
            return ControlFlow::Break(());
        }
        self.events += 1;
        event.unmark();
        let is_row = matches!(event.at.form, Form::Sheet(_));
        self.contacts.note(&event);
        shares::remarks(&event).for_each(|remark| self.remark(remark));
        if let Err(mistakes) = (self.take)(event) {
            self.mistakes.add(if is_row { missing_together(mistakes) } else { mistakes });
        }
        ControlFlow::Continue(())
    }

    /// Adds a mistake.
    pub(crate) fn mistake(&mut self, mut mistake: Mistake) {
        self.name_sheet(&mut mistake.origin);
        self.mistakes.add([mistake]);
    }

    /// Adds a remark: the input is taken, but not quite as it is written.
    pub(crate) fn remark(&mut self, mut remark: Remarked) {
        self.name_sheet(&mut remark.origin);
        self.remarks.add(remark);
    }

    fn name_sheet(&self, origin: &mut Origin) {
        if origin.sheet.is_none() {
            origin.sheet = self.sheet.as_deref().map(str::to_owned);
        }
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

    /// Returns all mistakes, all remarks and what was denied. An empty input is a mistake, too, unless it is an edition.
    pub(crate) fn finish(mut self, is_edition: bool) -> (Mistakes, Vec<Remarked>, Vec<RawEvent>) {
        if self.events == 0 && self.denied.is_empty() && !is_edition && self.mistakes.kept.is_empty() {
            self.mistake(Mistake::at(&Origin::default(), "", None, says_nothing()));
        }
        self.end_sheet();
        (self.mistakes, self.remarks.all(), self.denied)
    }
}

/// Says in one mistake which fields a row lacks: a row that lacks several may be no statement at all.
fn missing_together(mistakes: Vec<Mistake>) -> Vec<Mistake> {
    let named =
        |mistake: &Mistake| Field::named(&mistake.field).filter(|_| mistake.code == Code::MissingField);
    let fields: Vec<&Field> = mistakes.iter().filter_map(named).collect();
    if fields.len() < 2 {
        return mistakes;
    }
    let (german, english): (Vec<&str>, Vec<&str>) =
        fields.iter().map(|field| (field.heading.de, field.heading.en)).unzip();
    let fault = Fault::say(
        Code::MissingField,
        format!(
            "Es fehlen: {}. Ist die Zeile keine Angabe (Summe, Überschrift, Fußnote): # davor setzen oder sie löschen",
            german.join(", ")
        ),
        format!(
            "Missing: {}. If the row is no statement (sum, heading, footnote): put # in front or delete it",
            english.join(", ")
        ),
    );
    let mut together = Vec::with_capacity(mistakes.len());
    for mistake in mistakes {
        if named(&mistake).is_none() {
            together.push(mistake);
        } else if mistake.field == fields[0].name {
            let origin = Origin { cell: None, ..mistake.origin };
            together.push(Mistake::at(&origin, "", None, fault.clone()));
        }
    }
    together
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
