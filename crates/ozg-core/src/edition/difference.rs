//! What an edition says beyond what stands: the differences as drafts, and what is told to the person who imports it.

use super::{Covers, Edition, EditionRow, Remark, SaidWith, Stated};
use crate::event::{Body, Draft, Form, Registration, RegistrationChange, Where};
use crate::mistake::{Bilingual, Code, Fault, Mistake};
use crate::state::State;
use crate::words::{AuthorityId, Day, KindSet, PartialDate, Text};
use std::collections::{BTreeMap, BTreeSet};

/// Of what stood, so many of a hundred may end or begin with one edition; more is nearly always a broken file.
pub const JUMP_PERCENT_MAX: usize = 20;
/// Most remarks of one kind that are told one by one.
pub(super) const REMARKS_MAX: usize = 1_000;

/// How an edition is taken.
#[derive(Debug, Clone, Copy)]
pub struct Taking<'a> {
    /// The office that imports it; what others said is left alone.
    pub office: &'a str,
    /// Today in Berlin.
    pub today: Day,
    /// The day for which the edition holds, where it names none itself.
    pub on: Option<PartialDate>,
    /// Whether more may end or begin than is credible.
    pub accept_jump: bool,
    /// The hash of the file (blake3).
    pub file: [u8; 32],
}

/// The differences between an edition and what stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    /// What is to be recorded.
    pub drafts: Vec<Draft>,
    /// What the person who imports it should know.
    pub remarks: Vec<Remark>,
    /// How many of what the edition states stand so already.
    pub unchanged: usize,
    /// How many things begin, change and end with it.
    pub began: usize,
    /// How many change.
    pub changed: usize,
    /// How many end.
    pub ended: usize,
    /// How many stood before, of what the edition covers.
    pub stood: usize,
    /// Whether nothing stood before, so that the edition is the first.
    pub is_first: bool,
    /// What the edition describes wholly.
    pub covers: Option<Covers>,
    /// The day for which the edition holds.
    pub on: Option<PartialDate>,
    /// What is recorded of the edition beside its batches.
    pub said_with: Option<SaidWith>,
    /// What begins, changes and ends, line by line: the first [`CHANGES_MAX`].
    pub changes: Vec<Change>,
}

/// Most differences that are told one by one.
pub const CHANGES_MAX: usize = 1_000;

/// One difference, for the person who imports the edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Line of the file; 0 for what is not in it.
    pub line: u32,
    /// Which way it goes.
    pub turn: Turn,
    /// The service, authority or milestone.
    pub thing: String,
    /// What was there and what is now, where that can be said shortly.
    pub detail: String,
}

/// Which way a thing goes with an edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// It begins.
    Began,
    /// It goes on, otherwise described.
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

/// What a comparison gathers.
pub(super) struct Gathering<'a> {
    pub(super) edition: &'a Edition,
    pub(super) taking: &'a Taking<'a>,
    pub(super) state: &'a State,
    pub(super) on: PartialDate,
    pub(super) out: Difference,
}

impl Edition {
    /// Compares the edition with what stands.
    ///
    /// # Errors
    /// An edition that is older than what stands, lies in the future, or would begin or end more than is credible.
    pub fn against(&self, state: &State, taking: &Taking<'_>) -> Result<Difference, Vec<Mistake>> {
        let on = self.on.or(taking.on).unwrap_or(PartialDate::Day(taking.today));
        let out = Difference {
            remarks: self.remarks.clone(),
            on: Some(on),
            covers: Some(self.covers),
            ..Difference::default()
        };
        let mut gathering = Gathering { edition: self, taking, state, on, out };
        match self.covers {
            Covers::Authorities(kinds) => gathering.registry(kinds)?,
            Covers::Services(unit) => gathering.catalogue(unit)?,
            Covers::Availability(areas) => gathering.availability(areas)?,
        }
        gathering.check_jump()?;
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

    /// The source of what always held was published with the edition, so that it is known from when on it is told.
    fn date_what_always_held(&mut self, on: Option<PartialDate>) {
        let draft = self.out.drafts.last_mut().filter(|_| on.is_none());
        if let Some(source) = draft.and_then(|draft| draft.source.as_mut()) {
            source.published = source.published.or(Some(self.on));
        }
    }

    pub(super) fn remark(&mut self, line: u32, value: impl std::fmt::Display, de: String, en: String) {
        if self.out.remarks.len() < REMARKS_MAX {
            let message = Bilingual { de, en };
            self.out.remarks.push(Remark { line, value: Some(value.to_string()), message });
        }
    }

    pub(super) fn refuse(&self, code: Code, de: String, en: String) -> Vec<Mistake> {
        let at = Where { line: 0, form: Form::None };
        vec![Mistake::at(&at.field(""), "", None, Fault::say(code, de, en))]
    }

    /// The day for which the edition holds, as a day.
    pub(super) fn day(&self) -> Day {
        self.on.counts_from(self.taking.today)
    }

    /// An edition must not lie in the future.
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

    /// Tells whether so many are more than is credible of what stood.
    fn is_jump(&self, count: usize) -> bool {
        !self.out.is_first && count * 100 > self.out.stood * JUMP_PERCENT_MAX
    }

    /// Refuses what would begin or end too much at once.
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

    /// Says what becomes of services that the office had listed itself before its first catalogue; of a catalogue only.
    fn listed_by_hand(&self) -> Option<Bilingual> {
        let Covers::Services(_) = self.edition.covers else { return None };
        let (stood, on) = (self.out.stood, self.on);
        Some(Bilingual::new(
            format!(
                "Hat die Stelle die {stood} vor ihrem ersten Katalog von Hand eingetragen, gilt er als späterer: was er anders beschreibt, ändert sich zum {on}, was ihm fehlt, endet dann, und Neues gilt erst ab dann. Soll er seit jeher gelten, die eigenen Einträge zuerst zurückziehen (entry-withdrawn); sonst mit --on den Tag nennen, ab dem er gilt"
            ),
            format!(
                "If the office listed the {stood} by hand before its first catalogue, this one counts as a later one: what it describes otherwise changes on {on}, what it lacks ends then, and what is new holds only from then on. If it is to have always held, first withdraw your own entries (entry-withdrawn); else name with --on the day from which it holds"
            ),
        ))
    }

    /// Authorities: new ones, changes of name, key and population; who is missing is told, since nobody knows who takes
    /// over.
    fn registry(&mut self, kinds: KindSet) -> Result<(), Vec<Mistake>> {
        let (state, day) = (self.state, self.day());
        let editions = self.recorded(None);
        // What was begun with a first edition and broke off is completed as one.
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
        // What an edition does not tell, it does not take away.
        if change == (RegistrationChange { name: None, ars: None, population: None }) {
            self.out.unchanged += 1;
            return;
        }
        self.turn(at.line, Turn::Changed, authority, detail(before, &change));
        self.say(at, Body::AuthorityChanged(authority.clone(), change, self.on), None);
    }
}

/// Says what of an authority changes, from what to what.
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
