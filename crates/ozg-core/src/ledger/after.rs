//! What must hold after the whole batch: milestones alternate between reached and ended, and nothing is described twice
//! (rules 1, 3, 10).

use super::check::Trial;
use super::facts::standing;
use super::foreign::mended;
use super::twice::contradicts;
use crate::event::Draft;
use crate::mistake::{Bilingual, Code, Fault, Mistake, Standing};
use crate::state::{AuthorityNo, Dated, Flavor, Known, Registered, Said, ServiceNo, Slot, What};
use crate::words::{Area, Day, PartialDate, Position, Stage, StageSet, Word};
use std::borrow::Cow;
use std::collections::BTreeSet;

impl Trial<'_> {
    /// Checks everything that the batch has touched.
    pub(super) fn check_after(&mut self, drafts: &[Option<Cow<'_, Draft>>]) {
        let mut slots = self.touched_slots();
        slots.extend(self.slots_of_heirs(&slots));
        for (service, area, slot) in slots {
            let said = self.state.said_at(service, area, slot);
            if is_plain(said) || self.spoilt.has_slot((service, area, slot)) {
                continue;
            }
            let said: Vec<Known<Said>> = standing(said).copied().collect();
            for stage in Stage::all() {
                self.check_alternation(drafts, (service, slot), stage, &said);
            }
            self.check_levels(drafts, &said);
            self.check_ends(drafts, (service, slot), &said);
        }
        for thing in self.touched_things() {
            // What a log has accepted is not judged again by rules that came later (rule 6d).
            if !self.request().was_accepted && !self.spoilt.has(thing) {
                self.check_thing(drafts, thing);
            }
        }
        self.check_succession(drafts);
        self.check_described(drafts);
    }

    /// Lists the places whose inherited stages the batch may have changed: the successors, near and far, of the authorities
    /// that it touched.
    fn slots_of_heirs(&self, touched: &BTreeSet<(ServiceNo, Area, Slot)>) -> Vec<(ServiceNo, Area, Slot)> {
        let state = &self.state;
        if !state.inheriting {
            return Vec::new();
        }
        let of_slots = touched.iter().filter_map(|(_, _, slot)| slot.authority());
        let mut heirs: Vec<AuthorityNo> = Vec::new();
        let mut next: BTreeSet<AuthorityNo> = of_slots.chain(self.dissolved_here()).collect();
        while let Some(authority) = next.pop_first() {
            let more = state.successors(authority).into_iter().filter(|heir| !heirs.contains(heir));
            let more: Vec<AuthorityNo> = more.collect();
            heirs.extend(&more);
            next.extend(more);
        }
        let slots = heirs.into_iter().filter_map(|heir| {
            let (id, history) = (state.authorities.key(heir)?, state.authorities.value(heir)?);
            let (area, slot) = (id.area(), Slot::of_authority(heir));
            Some(history.services.iter().map(move |service| (*service, area, slot)))
        });
        slots.flatten().collect()
    }

    /// Lists the authorities whose dissolution the batch states or takes back.
    pub(super) fn dissolved_here(&self) -> Vec<AuthorityNo> {
        let is_of_batch = |position: Position| position > self.head && position != Position::NEVER;
        let is_new = |known: &Known<Dated<Registered>>| {
            matches!(known.what.said.how, Flavor::Dissolved { .. })
                && [known.entry, known.from, known.until].into_iter().any(is_of_batch)
        };
        let dissolved = |number: &AuthorityNo| {
            self.state.authorities.value(*number).is_some_and(|history| history.said.iter().any(is_new))
        };
        let authorities: BTreeSet<AuthorityNo> = self.touched_authorities().collect();
        authorities.into_iter().filter(dissolved).collect()
    }

    /// Refuses a description that repeats what was in force before, if the same batch describes the thing differently for the
    /// same day.
    fn check_described(&mut self, drafts: &[Option<Cow<'_, Draft>>]) {
        for index in std::mem::take(&mut self.described_already) {
            let Some(Some(draft)) = drafts.get(index) else { continue };
            if self.state.says_already(draft, self.recorded, self.office()).is_some() {
                continue;
            }
            let news = self.state.described_on_the_day_of(draft, self.recorded);
            if let Some((entry, on)) = news.filter(|(entry, _)| *entry > self.head) {
                let named = self.state.name(entry, self.head, on);
                let fault = contradicts(self.line_of(drafts, entry));
                let mistake = Mistake::at(&draft.at.field("on"), "on", None, fault);
                self.mistakes.push((index, mistake.standing(vec![named])));
            }
        }
    }

    /// Walks the standing statements about one milestone by day; they must alternate, beginning with one that reached it.
    fn check_alternation(
        &mut self,
        drafts: &[Option<Cow<'_, Draft>>],
        (service, slot): (ServiceNo, Slot),
        stage: Stage,
        said: &[Known<Said>],
    ) {
        let of_stage = |known: &&Known<Said>| matches!(known.what.what(), What::Reached(s) | What::Ended(s) if s == stage);
        let mut line: Vec<&Known<Said>> = said.iter().filter(of_stage).collect();
        if line.len() < 2 && line.iter().all(|known| matches!(known.what.what(), What::Reached(_))) {
            return;
        }
        let inherited = slot
            .authority()
            .map(|authority| self.state.now().inherits_on(service, authority, stage))
            .unwrap_or_default();
        let observed = said.iter().filter(|known| known.what.what() == What::Observed(stage));
        let found: Vec<Day> = inherited.into_iter().chain(observed.map(|known| known.what.day)).collect();
        line.sort_by_key(|known| known.what.day);
        let holds = |before: &[&Known<Said>]| {
            matches!(before.last().map(|known| known.what.what()), Some(What::Reached(_)))
        };
        for index in 0..line.len() {
            let is_reached = |known: &Known<Said>| matches!(known.what.what(), What::Reached(_));
            if is_reached(line[index]) == holds(&line[..index]) {
                let same_day = line[index + 1..].iter().position(|next| {
                    next.what.day == line[index].what.day && is_reached(next) != is_reached(line[index])
                });
                if let Some(offset) = same_day {
                    line.swap(index, index + 1 + offset);
                }
            }
            let wrong = is_reached(line[index]) == holds(&line[..index]);
            // A stage that was taken over from predecessors or observed since the last statement may end without having
            // been reached.
            let since = index.checked_sub(1).map_or(Day::EVER, |before| line[before].what.day);
            let span = since..=line[index].what.day;
            let was_found = !is_reached(line[index]) && found.iter().any(|day| span.contains(day));
            if wrong && !was_found {
                let before = index.checked_sub(1).map(|before| *line[before]);
                self.report(drafts, *line[index], before, line.get(index + 1).map(|next| **next), stage);
                return;
            }
        }
    }

    fn report(
        &mut self,
        drafts: &[Option<Cow<'_, Draft>>],
        at: Known<Said>,
        before: Option<Known<Said>>,
        after: Option<Known<Said>>,
        stage: Stage,
    ) {
        let is_reached = matches!(at.what.what(), What::Reached(_));
        let neighbour = if is_reached { before } else { after.or(before) };
        // The newer of the two statements is the mistake; the message names the other one.
        let (culprit, other) = match neighbour {
            Some(other) if other.entry > at.entry => (other, Some(at)),
            other => (at, other),
        };
        let on = at.what.on();
        let other_on = other.map(|other| other.what.on().to_string()).unwrap_or_default();
        let in_batch = other.is_some_and(|other| other.entry > self.head);
        let culprit_on = culprit.what.on();
        let code = match (is_reached, in_batch) {
            (true, true) => Code::Contradiction,
            (true, false) => Code::AlreadyReached,
            (false, true) => Code::EndBeforeStart,
            (false, false) => Code::NotReached,
        };
        let imprecise = on.is_partial() || neighbour.is_some_and(|n| n.what.on().is_partial());
        let standing: Vec<Standing> = other
            .map(|other| self.state.name(other.entry, self.head, Some(other.what.on())))
            .into_iter()
            .collect();
        let line = other.map_or(0, |other| self.line_of(drafts, other.entry));
        let (said, day) = (stage.word_row().said(), at.what.day);
        let fault = if is_reached && in_batch {
            reached_twice(stage, &other_on, line)
        } else if is_reached {
            let fault = Fault::say(
                code,
                format!("Die Stufe „{}“ gilt hier schon seit {other_on}", said.de),
                format!("The stage {} has held here since {other_on}", said.en),
            );
            let mend = (
                "; für ein anderes Datum „ersetzt“ (replaces) angeben",
                "; to change the date, give \"replaces\"",
            );
            mended(fault, self.foreign_of(&standing), mend)
        } else {
            Fault::say(
                code,
                format!("Die Stufe „{}“ gilt am {day} hier nicht und kann deshalb nicht enden", said.de),
                format!("The stage {} does not hold here on {day}, so it cannot end", said.en),
            )
        };
        let fault = if !is_reached && imprecise {
            fault.hint(Bilingual::new(
                "Ein ungenaues Datum zählt ab seinem letzten Tag: das genaue Datum angeben",
                "A partial date counts from its last day: give the exact day",
            ))
        } else {
            fault
        };
        self.blame(drafts, culprit.entry, "on", Some(culprit_on), fault, standing);
    }

    /// Returns the line of the draft behind an entry of the batch; 0 for an entry that stood before.
    pub(super) fn line_of(&self, drafts: &[Option<Cow<'_, Draft>>], entry: Position) -> u32 {
        let draft = self.draft_behind(entry).and_then(|index| drafts.get(index)?.as_ref());
        draft.map_or(0, |draft| draft.at.line)
    }

    /// Returns the draft behind an entry of the batch; none for an entry that stood before.
    pub(super) fn draft_behind(&self, entry: Position) -> Option<usize> {
        let index = entry.since(self.head).checked_sub(1)?;
        self.draft_of.get(index as usize).copied()
    }

    /// Reports a mistake at the draft behind an entry, or at the last draft where the entry is not of this batch.
    pub(super) fn blame(
        &mut self,
        drafts: &[Option<Cow<'_, Draft>>],
        entry: Position,
        field: &str,
        value: Option<PartialDate>,
        fault: Fault,
        mut standing: Vec<Standing>,
    ) {
        let own = self.draft_behind(entry);
        if own.is_none() {
            standing.push(self.state.name(entry, self.head, value));
        }
        let Some(index) = own.or_else(|| self.draft_of.last().copied()) else { return };
        let Some(Some(draft)) = drafts.get(index) else { return };
        let value = value.map(|value| value.to_string());
        let mistake = Mistake::at(&draft.at.field(field), field, value.as_deref(), fault).standing(standing);
        if !self.mistakes.iter().any(|(_, known)| *known == mistake) {
            self.mistakes.push((index, mistake));
        }
    }
}

fn reached_twice(stage: Stage, on: &str, line: u32) -> Fault {
    let said = stage.word_row().said();
    Fault::say(
        Code::Contradiction,
        format!(
            "Nach Zeile {line} dieser Eingabe gilt die Stufe „{}“ hier schon seit {on}; eine der beiden weglassen",
            said.de
        ),
        format!(
            "By line {line} of this input the stage {} has held here since {on}; leave one of them out",
            said.en
        ),
    )
}

/// Tells whether each stage was reached at most once and there are no other statements; then nothing can contradict.
fn is_plain(said: &[Known<Said>]) -> bool {
    let mut reached = StageSet::default();
    standing(said).all(|known| match known.what.what() {
        What::Reached(stage) if !reached.contains(stage) => {
            reached.set(stage, true);
            true
        }
        What::Reached(_) | What::Ended(_) | What::Observed(_) | What::Level(_) => false,
    })
}
