//! Nothing is described or claimed twice for the same day by the same source, in a batch or beside what stands (rules 3, 10, 11).

use super::check::Trial;
use super::facts::{same_source, standing};
use super::foreign::mended;
use crate::event::Draft;
use crate::mistake::{Code, Fault, Standing};
use crate::state::{Dated, Known, Question, Said, State, Statement, Thing, What};
use crate::words::{PartialDate, Position, Source};
use std::borrow::Cow;

impl Trial<'_> {
    /// Refuses two levels of one model on one day.
    pub(super) fn check_levels(&mut self, drafts: &[Option<Cow<'_, Draft>>], said: &[Known<Said>]) {
        let mut levels: Vec<(&Known<Said>, crate::words::Level)> = said
            .iter()
            .filter_map(|known| match known.what.what() {
                What::Level(level) => Some((known, level)),
                What::Reached(_) | What::Ended(_) | What::Observed(_) => None,
            })
            .collect();
        levels.sort_by_key(|(known, level)| (level.model(), known.what.day, known.entry));
        let pairs: Vec<_> = levels
            .windows(2)
            .filter(|pair| pair[0].1.model() == pair[1].1.model() && pair[0].0.what.day == pair[1].0.what.day)
            .map(|pair| (*pair[0].0, *pair[1].0))
            .collect();
        for (first, second) in pairs {
            self.twice(drafts, "level", (first.entry, Some(first.what.on())), second.entry);
        }
    }

    /// Refuses two standing statements about the same thing for the same day by the same source.
    pub(super) fn check_thing(&mut self, drafts: &[Option<Cow<'_, Draft>>], thing: Thing) {
        let mut entries = same_thing(&self.state, thing);
        entries.sort_by_key(|same| same.entry);
        let head = self.head;
        for (index, later) in entries.iter().enumerate().filter(|(_, same)| same.entry > head) {
            let earlier = entries[..index].iter().find(|earlier| self.contradict(thing, earlier, later));
            if let Some(earlier) = earlier {
                let field = if matches!(thing, Thing::Plan(_)) { "due" } else { "on" };
                self.twice(drafts, field, (earlier.entry, earlier.on), later.entry);
            }
        }
        self.check_reopened(drafts, thing, &entries);
    }

    /// Checks the statements that a withdrawal lets stand again against those that were made meanwhile.
    fn check_reopened(&mut self, drafts: &[Option<Cow<'_, Draft>>], thing: Thing, entries: &[Same]) {
        let head = self.head;
        for (index, later) in
            entries.iter().enumerate().filter(|(_, same)| same.entry <= head && same.from > head)
        {
            let other = entries.iter().enumerate().find(|(at, other)| {
                *at != index && other.entry <= head && self.contradict(thing, other, later)
            });
            if let Some((_, other)) = other {
                self.twice(drafts, "entry", (other.entry, other.on), later.from);
            }
        }
    }

    /// Returns the first standing entry that another office may not overrule, with its office.
    pub(super) fn foreign_of<'s>(&'s self, standing: &'s [Standing]) -> Option<(&'s Standing, &'s str)> {
        let foreign = |named: &'s Standing| Some((named, self.foreign(named.position?)?));
        standing.iter().find_map(foreign)
    }

    /// Tells whether two statements about a thing answer the same question otherwise, where the source is part of the thing for
    /// the same source. Claims that were published on different days are revisions (rule 7a).
    fn contradict(&self, thing: Thing, one: &Same, other: &Same) -> bool {
        let is_sourced = self.state.type_at(one.entry).is_some_and(|said| said.row().is_sourced);
        let published = |same: &Same| same.source.as_ref().and_then(|source| source.published);
        let is_claimed = matches!(thing, Thing::Report(_) | Thing::Figure(_));
        let dates = published(one).zip(published(other)).filter(|_| is_claimed);
        one.question == other.question
            && dates.is_none_or(|(one, other)| one.last() == other.last())
            && (!is_sourced || self.are_of_one_source(one, other))
    }

    fn are_of_one_source(&self, left: &Same, right: &Same) -> bool {
        let (first, second) = (self.office_behind(left.entry), self.office_behind(right.entry));
        same_source((left.source.as_ref(), first), (right.source.as_ref(), second))
    }

    fn twice(
        &mut self,
        drafts: &[Option<Cow<'_, Draft>>],
        field: &str,
        earlier: (Position, Option<PartialDate>),
        later: Position,
    ) {
        let in_batch = earlier.0 > self.head;
        let named = vec![self.state.name(earlier.0, self.head, earlier.1)];
        let fault = if in_batch {
            contradicts(self.line_of(drafts, earlier.0))
        } else {
            already_said(self.foreign_of(&named))
        };
        self.blame(drafts, later, field, None, fault, named);
    }
}

/// Says that two lines of one batch contradict each other; `replaces` would not help.
pub(super) fn contradicts(line: u32) -> Fault {
    Fault::say(
        Code::Contradiction,
        format!(
            "Zeile {line} dieser Eingabe sagt zur selben Sache, für denselben Tag und aus derselben Quelle etwas anderes; eine der beiden weglassen"
        ),
        format!(
            "Line {line} of this input says something else about the same thing, for the same day and from the same source; leave one of them out"
        ),
    )
}

fn already_said(foreign: Option<(&Standing, &str)>) -> Fault {
    let fault = Fault::say(
        Code::AlreadySaid,
        "Zur selben Sache, für denselben Tag und aus derselben Quelle ist schon etwas anderes aufgezeichnet",
        "Another statement about the same thing stands, for the same day and from the same source",
    );
    mended(fault, foreign, ("; zum Ändern „ersetzt“ (replaces) angeben", "; to change it, give \"replaces\""))
}

/// A standing statement, as far as it matters here.
struct Same {
    entry: Position,
    from: Position,
    question: Question,
    /// The day that it is about, as written.
    on: Option<PartialDate>,
    source: Option<Source>,
}

/// Lists what stands about a thing that is described or claimed; nothing of milestones, which alternate instead.
fn same_thing(state: &State, thing: Thing) -> Vec<Same> {
    match thing {
        Thing::Said(_) => Vec::new(),
        Thing::Report(number) => same(state.reuse_reports.value(number)),
        Thing::Figure(number) => same(state.figures.value(number)),
        Thing::Plan(number) => same(state.plans.value(number)),
        Thing::Target(number) => same(state.targets.value(number)),
        Thing::Assessment(number) => same(state.assessments.value(number)),
        Thing::Service(number) => same(state.services.value(number).map(|history| &history.said)),
        Thing::Authority(number) => same(state.authorities.value(number).map(|history| &history.said)),
        Thing::Region(number) => same(state.regions.value(number)),
        Thing::List(number) => same(state.lists.value(number)),
        Thing::Register(number) => same(state.registers.value(number)),
        Thing::Objection(number) => same(state.objections.value(number)),
    }
}

fn same<T: Statement>(history: Option<&Vec<Known<Dated<T>>>>) -> Vec<Same> {
    let standing = history.into_iter().flat_map(|history| standing(history));
    let same = standing.map(|known| Same {
        entry: known.entry,
        from: known.from,
        question: T::question(&known.what),
        on: T::shown(&known.what),
        source: known.what.source.as_deref().cloned(),
    });
    same.collect()
}
