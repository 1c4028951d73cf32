//! Compares an edition with the state. The differences become drafts; remarks explain them to the person who imports
//! the edition.

use super::{Covers, Edition, EditionRow, SaidWith, Stated};
use crate::event::{Body, Draft, Form, Register, Registration, RegistrationChange, Where};
use crate::mistake::{Bilingual, Code, Fault, Mistake};
use crate::remarked::Remarked;
use crate::state::{State, in_force};
use crate::words::{Area, AuthorityId, AuthorityKind, Day, KindSet, PartialDate, Remark, Text};
use std::collections::{BTreeMap, BTreeSet};

/// Most per cent of the standing things that one edition may begin or end. More is nearly always a broken file.
pub const JUMP_PERCENT_MAX: usize = 20;
/// Most remarks of one kind that are listed one by one.
pub(super) const REMARKS_MAX: usize = 1_000;

/// The circumstances of an import: office, day, options.
#[derive(Debug, Clone, Copy)]
pub struct Taking<'a> {
    /// The office that imports it. Entries of other offices are left alone.
    pub office: &'a str,
    /// Today in Berlin.
    pub today: Day,
    /// The day of the edition, if it names none itself.
    pub on: Option<PartialDate>,
    /// Whether the edition may begin or end more than is credible.
    pub accept_jump: bool,
    /// The hash of the file (blake3).
    pub file: [u8; 32],
}

/// The differences between an edition and what stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    /// The statements to record.
    pub drafts: Vec<Draft>,
    /// Remarks for the person who imports the edition, beside those of its reader.
    pub remarks: Vec<Remarked>,
    /// Number of rows that say what stands already.
    pub unchanged: usize,
    /// Number of things that begin.
    pub began: usize,
    /// Number of things that change.
    pub changed: usize,
    /// Number of things that end.
    pub ended: usize,
    /// Number of things that stood before, among those that the edition covers.
    pub stood: usize,
    /// Whether nothing stood before, so that the edition is the first.
    pub is_first: bool,
    /// The registers and catalogues that are declared complete with it; those that were declared before count as unchanged.
    pub declared: Vec<Register>,
    /// The things that the edition describes completely.
    pub covers: Option<Covers>,
    /// The day for which the edition holds.
    pub on: Option<PartialDate>,
    /// What is recorded of the edition beside its batches.
    pub said_with: Option<SaidWith>,
    /// The differences, line by line; the first [`CHANGES_MAX`] of them.
    pub changes: Vec<Change>,
}

/// Most differences that are listed one by one.
pub const CHANGES_MAX: usize = 1_000;

/// One difference, for the person who imports the edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Line of the file; 0 for a thing that is not in it.
    pub line: u32,
    /// Whether the thing begins, changes or ends.
    pub turn: Turn,
    /// The service, authority or milestone.
    pub thing: String,
    /// The old and the new description, if they are short.
    pub detail: String,
}

/// The effect of an edition on a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// It begins.
    Began,
    /// It continues with another description.
    Changed,
    /// It ends, or is missing.
    Ended,
}

impl Turn {
    /// Returns the word of a receipt.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Turn::Began => "began",
            Turn::Changed => "changed",
            Turn::Ended => "ended",
        }
    }
}

/// A comparison in progress.
pub(super) struct Gathering<'a> {
    pub(super) edition: &'a Edition,
    pub(super) taking: &'a Taking<'a>,
    pub(super) state: &'a State,
    pub(super) on: PartialDate,
    pub(super) out: Difference,
}

impl Edition {
    /// Compares the edition with the state.
    ///
    /// # Errors
    /// An edition that is older than what stands, lies in the future, or would begin or end more than is credible.
    pub fn against(&self, state: &State, taking: &Taking<'_>) -> Result<Difference, Vec<Mistake>> {
        let on = self.on.or(taking.on).unwrap_or(PartialDate::Day(taking.today));
        let out = Difference { on: Some(on), covers: Some(self.covers), ..Difference::default() };
        let mut gathering = Gathering { edition: self, taking, state, on, out };
        match self.covers {
            Covers::Authorities(kinds) => gathering.registry(kinds)?,
            Covers::Services(unit) => gathering.catalogue(unit)?,
            Covers::Availability(areas) => gathering.availability(areas)?,
        }
        gathering.check_jump()?;
        gathering.declare();
        let said_with = SaidWith {
            input: self.input.to_owned(),
            covers: self.covers,
            on: gathering.out.on,
            file: taking.file,
            is_complete: true,
        };
        Ok(Difference { said_with: Some(said_with), ..gathering.out })
    }
}

impl Gathering<'_> {
    /// Adds a draft with the source of the edition.
    pub(super) fn say(&mut self, at: &Where, body: Body, reason: Option<&Bilingual>) {
        let reason = reason.and_then(|reason| Text::read(&reason.de).ok());
        let source = self.edition.source.clone();
        let at = at.clone();
        self.out.drafts.push(Draft { at, id: None, body, source, note: None, reason, replaces: None });
    }

    /// Declares complete what the edition describes wholly, from its day on, where that is not declared yet (rule 10a).
    fn declare(&mut self) {
        let (on, state, day) = (self.declared_from(), self.state, self.day());
        let standing = |register: Register| {
            let said = state.registers.get(&register).into_iter().flatten().filter(|known| known.stands());
            in_force(said, on.map_or(Day::EVER, |_| day)).is_some_and(|known| known.what.said)
        };
        let at = Where { line: 0, form: Form::None };
        let (stood, declared): (Vec<Register>, Vec<Register>) =
            self.described().into_iter().partition(|register| standing(*register));
        self.out.unchanged += stood.len();
        for register in &declared {
            self.say(&at, Body::RegisterDeclared(*register, true, on), None);
        }
        self.out.declared = declared;
    }

    /// Returns the day from which the edition holds; none where it has always held.
    fn declared_from(&self) -> Option<PartialDate> {
        match self.edition.covers {
            Covers::Services(_) => self.out.on,
            Covers::Authorities(_) | Covers::Availability(_) => Some(self.on),
        }
    }

    /// Lists the registers that the edition describes: of each kind those of the Länder in the file; all 16 are Germany.
    fn described(&self) -> Vec<Register> {
        let named = self.edition.rows.iter().filter_map(|row| match &row.states {
            Stated::Authority(authority, _) => Some((authority.kind(), authority.area())),
            Stated::Service(..) | Stated::Holds(_) | Stated::NotCounted(_) => None,
        });
        match self.edition.covers {
            Covers::Services(unit) => vec![Register::Catalogue(unit)],
            Covers::Availability(_) => Vec::new(),
            Covers::Authorities(_) => {
                let named: BTreeSet<(AuthorityKind, Area)> = named.collect();
                let whole = |kind: AuthorityKind| Area::laender().all(|land| named.contains(&(kind, land)));
                let registers = named.iter().map(|(kind, area)| {
                    let area = if whole(*kind) { Area::DE } else { *area };
                    Register::Authorities(*kind, area)
                });
                registers.collect::<BTreeSet<_>>().into_iter().collect()
            }
        }
    }

    /// Counts a difference and keeps it for the person who imports.
    pub(super) fn turn(&mut self, line: u32, turn: Turn, thing: impl std::fmt::Display, detail: String) {
        let count = match turn {
            Turn::Began => &mut self.out.began,
            Turn::Changed => &mut self.out.changed,
            Turn::Ended => &mut self.out.ended,
        };
        *count += 1;
        if self.out.changes.len() < CHANGES_MAX {
            self.out.changes.push(Change { line, turn, thing: thing.to_string(), detail });
        }
    }

    /// Dates the source of a statement without a day with the day of the edition, so that the entry shows which edition
    /// it comes from.
    fn date_what_always_held(&mut self, on: Option<PartialDate>) {
        let draft = self.out.drafts.last_mut().filter(|_| on.is_none());
        if let Some(source) = draft.and_then(|draft| draft.source.as_mut()) {
            source.published = source.published.or(Some(self.on));
        }
    }

    pub(super) fn remark(&mut self, line: u32, value: impl std::fmt::Display, de: String, en: String) {
        if self.out.remarks.len() < REMARKS_MAX {
            let remark = Remarked::on_line(line, Remark::Differs, Some(&value.to_string()));
            self.out.remarks.push(remark.saying(Bilingual { de, en }));
        }
    }

    pub(super) fn refuse(&self, code: Code, de: String, en: String) -> Vec<Mistake> {
        let at = Where { line: 0, form: Form::None };
        vec![Mistake::at(&at.field(""), "", None, Fault::say(code, de, en))]
    }

    /// Returns the day of the edition.
    pub(super) fn day(&self) -> Day {
        self.on.counts_from(self.taking.today)
    }

    /// Refuses an edition that lies in the future.
    pub(super) fn check_past(&self) -> Result<(), Vec<Mistake>> {
        let today = self.taking.today;
        if self.on.first() > today {
            return Err(self.refuse(
                Code::FutureDate,
                format!("Der Stand {} liegt in der Zukunft (heute ist {today})", self.on),
                format!("The edition of {} lies in the future (today is {today})", self.on),
            ));
        }
        Ok(())
    }

    /// Lists the days of the editions of the same things that were recorded, by an office or by any.
    pub(super) fn recorded(&self, office: Option<&str>) -> Vec<Day> {
        let editions = self.state.editions_like(self.edition.covers, office);
        editions.into_iter().map(|said| said.day(self.taking.today)).collect()
    }

    /// An edition that has news must not be older than another one that was recorded. Statements that were recorded by hand
    /// do not stand in its way.
    pub(super) fn check_order(&self, recorded: &[Day]) -> Result<(), Vec<Mistake>> {
        let day = self.day();
        match recorded.iter().max().filter(|latest| **latest > day && !self.out.drafts.is_empty()) {
            Some(latest) => Err(self.refuse(
                Code::EndBeforeStart,
                format!("Der Stand {day} ist älter als der Stand {latest}, der schon eingelesen ist; Stände der Reihe nach einlesen"),
                format!("The edition of {day} is older than that of {latest}, which was imported already; import editions in order"),
            )),
            None => Ok(()),
        }
    }

    /// Tells whether so many of the standing things are more than is credible.
    fn is_jump(&self, count: usize) -> bool {
        !self.out.is_first && count * 100 > self.out.stood * JUMP_PERCENT_MAX
    }

    /// Refuses an edition that would begin or end too much at once.
    fn check_jump(&mut self) -> Result<(), Vec<Mistake>> {
        let Difference { began, ended, stood, .. } = self.out;
        let by_hand = self.listed_by_hand().filter(|_| self.is_jump(began));
        if self.taking.accept_jump || !(self.is_jump(began) || self.is_jump(ended)) {
            if let Some(Bilingual { de, en }) = by_hand {
                self.remark(0, stood, de, en);
            }
            return Ok(());
        }
        let (mut de, mut en) = (
            format!(
                "Von {stood} endeten {ended} und {began} kämen hinzu, mehr als {JUMP_PERCENT_MAX} %: meist ist das eine beschädigte oder unvollständige Datei. Ist es richtig, mit --accept-jump (accept_jump=true) wiederholen"
            ),
            format!(
                "Of {stood}, {ended} would end and {began} would be added, more than {JUMP_PERCENT_MAX} %: that is nearly always a broken or incomplete file. If it is right, repeat with --accept-jump (accept_jump=true)"
            ),
        );
        if let Some(by_hand) = by_hand {
            de = format!("{de}. {}", by_hand.de);
            en = format!("{en}. {}", by_hand.en);
        }
        Err(self.refuse(Code::Jump, de, en))
    }

    /// Explains what a catalogue does to services that the office listed by hand before its first catalogue; none for
    /// other editions.
    fn listed_by_hand(&self) -> Option<Bilingual> {
        let Covers::Services(_) = self.edition.covers else { return None };
        let (stood, on) = (self.out.stood, self.on);
        Some(Bilingual::new(
            format!(
                "Hat die Stelle die {stood} Leistungen vor ihrem ersten Katalog von Hand eingetragen, gilt dieser Katalog als späterer: Leistungen, die er anders beschreibt, ändern sich zum {on}; Leistungen, die ihm fehlen, enden dann; neue gelten erst ab dann. Soll er seit jeher gelten, zuerst die eigenen Einträge zurückziehen (entry-withdrawn). Sonst mit --on den Tag nennen, ab dem er gilt"
            ),
            format!(
                "If the office listed the {stood} services by hand before its first catalogue, this catalogue counts as a later one: services that it describes differently change on {on}, services that it lacks end then, and new services hold only from then on. If it shall have always held, first withdraw your own entries (entry-withdrawn). Otherwise name with --on the day from which it holds"
            ),
        ))
    }

    /// Compares authorities: new ones, and changes of name, key and population. A missing authority gets a remark,
    /// since a register does not name its successor.
    fn registry(&mut self, kinds: KindSet) -> Result<(), Vec<Mistake>> {
        let (state, day) = (self.state, self.day());
        let editions = self.recorded(None);
        // The import of a first edition that broke off is completed as a first edition.
        let mut known = editions.iter().copied().chain(state.first_registers(kinds));
        self.out.is_first = known.all(|known| known == day);
        self.check_past()?;
        let known: BTreeSet<&AuthorityId> =
            state.authorities().filter(|authority| kinds.contains(authority.kind())).collect();
        let standing: BTreeMap<&AuthorityId, Registration> = known
            .iter()
            .filter_map(|authority| Some((*authority, state.now().registration_on(authority, day)?.1)))
            .collect();
        self.out.stood = standing.len();
        let mut named: BTreeSet<&AuthorityId> = BTreeSet::new();
        for EditionRow { at, states } in &self.edition.rows {
            let Stated::Authority(authority, described) = states else { continue };
            named.insert(authority);
            match standing.get(authority) {
                Some(standing) if standing == described => self.out.unchanged += 1,
                Some(standing) => self.change(at, authority, standing, described),
                None => {
                    let on = (!self.out.is_first).then_some(self.on);
                    self.turn(at.line, Turn::Began, authority, described.name.to_string());
                    self.say(at, Body::AuthorityListed(authority.clone(), described.clone(), on), None);
                    self.date_what_always_held(on);
                }
            }
        }
        for (authority, described) in standing.iter().filter(|(authority, _)| !named.contains(*authority)) {
            self.turn(0, Turn::Ended, authority, described.name.to_string());
            let (name, on) = (described.name.as_str(), self.on);
            self.remark(
                0,
                authority,
                format!("{name} ({authority}) steht nicht mehr im Stand {on}. Wer nachfolgt, sagt er nicht: mit einer Nachfolger-Tabelle (predecessor,successor,on,kind) auflösen"),
                format!("{name} ({authority}) is no longer in the edition of {on}. It does not say who takes over: dissolve it with a sheet of successors (predecessor,successor,on,kind)"),
            );
        }
        self.check_order(&editions)
    }

    fn change(&mut self, at: &Where, authority: &AuthorityId, before: &Registration, after: &Registration) {
        let changed = |differs: bool| differs.then_some(());
        let change = RegistrationChange {
            name: changed(before.name != after.name).map(|()| after.name.clone()),
            ars: changed(before.ars != after.ars).and_then(|()| after.ars.clone()),
            population: changed(before.population != after.population).and(after.population),
        };
        // A field that an edition lacks stays as it is.
        if change == (RegistrationChange { name: None, ars: None, population: None }) {
            self.out.unchanged += 1;
            return;
        }
        self.turn(at.line, Turn::Changed, authority, detail(before, &change));
        self.say(at, Body::AuthorityChanged(authority.clone(), change, self.on), None);
    }
}

/// Describes the changes of an authority, from the old to the new values.
fn detail(before: &Registration, change: &RegistrationChange) -> String {
    let name = change.name.as_ref().map(|name| format!("{} → {name}", before.name));
    let ars = change
        .ars
        .as_ref()
        .map(|ars| format!("{} → {ars}", before.ars.as_ref().map_or("–", |before| before.as_str())));
    let population = change.population.map(|population| {
        let before = before.population.map_or("–".to_owned(), |before| before.to_string());
        format!("{before} → {population}")
    });
    [name, ars, population].into_iter().flatten().collect::<Vec<_>>().join("; ")
}
