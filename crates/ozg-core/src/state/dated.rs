//! Dated statements of one thing: what is said holds from its day on, until the next one.

use super::AuthorityNo;
use super::known::Known;
use crate::event::{
    Amount, Assessment, Claim, Event, Listing, Objection, Region, Registration, RegistrationChange,
    ReuseReport, ServiceList,
};
use crate::steps::Steps;
use crate::words::{Day, Figure, PartialDate, Position, Source};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A statement that holds from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Dated<T> {
    /// The day from which it holds.
    pub(crate) day: Day,
    /// The date as it was given. Without one a description has always held, and a statement of a source holds from the day of
    /// its record.
    pub(crate) on: Option<PartialDate>,
    /// The source. It is kept for claims, plans, targets and assessments, on which sources may differ.
    pub(crate) source: Option<Box<Source>>,
    /// What it says.
    pub(crate) said: T,
}

impl<T> Dated<T> {
    /// Makes a description of a thing. Without a date it has always held.
    pub(super) fn described(on: Option<PartialDate>, recorded: Day, said: T) -> Dated<T> {
        let day = on.map_or(Day::EVER, |on| on.counts_from(recorded));
        Dated { day, on, source: None, said }
    }

    /// Makes a statement of a source. Without a date it holds from the day of its record.
    pub(super) fn sourced(event: &Event, recorded: Day, said: T) -> Dated<T> {
        let on = event.body.on();
        let day = on.map_or(recorded, |on| on.counts_from(recorded));
        Dated { day, on, source: event.source.clone().map(Box::new), said }
    }
}

impl Dated<Registered> {
    /// Makes a statement of the registry. An undated description belongs to the edition that its source was published with.
    pub(super) fn registered(
        event: &Event,
        on: Option<PartialDate>,
        recorded: Day,
        how: Flavor,
    ) -> Dated<Registered> {
        let published = event.source.as_ref().and_then(|source| source.published);
        let edition = published.filter(|_| on.is_none()).map(PartialDate::last);
        Dated::described(on, recorded, Registered { edition, how })
    }
}

/// What the registry says of an authority.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Registered {
    /// The day of the edition from which an undated description was taken.
    pub(crate) edition: Option<Day>,
    pub(crate) how: Flavor,
}

/// How the registry changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Flavor {
    /// The full description.
    Listed(Registration),
    /// A change of the fields that it names.
    Changed(RegistrationChange),
    /// It no longer exists.
    Dissolved { successors: Vec<AuthorityNo>, inherits: bool },
}

/// What is to be reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Goal {
    /// When.
    pub(crate) due: PartialDate,
    pub(crate) amount: Amount,
    /// Of how many.
    pub(crate) of: Option<Figure>,
}

/// The question that a statement answers. Two statements about one thing with the same question contradict or repeat each
/// other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Question {
    /// How it was on a day, or in a period. Dates count by their last day: `2024` and `2024-12-31` are one question.
    Period { until: Day, since: Option<Day> },
    /// How it is from a day on; the number tells kinds of descriptions apart, which stand beside each other.
    From(Day, u8),
    /// What is aimed at from a day on for a date.
    Due(Day, PartialDate),
}

/// What can be said of a thing from a day on.
pub(crate) trait Statement: Sized + PartialEq {
    /// Tells whether the two say the same; two spellings of one day are one day (rule 3).
    fn says_same(&self, other: &Self) -> bool {
        self == other
    }

    /// Returns the kind of description, which is its place among those for one day: the last one holds.
    fn kind(&self) -> u8 {
        0
    }

    /// Returns the question that a statement answers.
    fn question(dated: &Dated<Self>) -> Question {
        Question::From(dated.day, dated.said.kind())
    }

    /// Returns the date that people know the statement by.
    fn shown(dated: &Dated<Self>) -> Option<PartialDate> {
        dated.on
    }
}

/// A listing in the catalogue; none: not listed.
impl Statement for Option<Arc<Listing>> {}
impl Statement for Arc<Region> {}
impl Statement for Arc<ServiceList> {}
/// Whether a catalogue or a register is complete.
impl Statement for bool {}

impl Statement for Registered {
    fn says_same(&self, other: &Registered) -> bool {
        self.how == other.how
    }

    /// A full description comes first, what changes of it second, the end last.
    fn kind(&self) -> u8 {
        match self.how {
            Flavor::Listed(_) => 0,
            Flavor::Changed(_) => 1,
            Flavor::Dissolved { .. } => 2,
        }
    }
}

/// The date for which a milestone is planned.
impl Statement for PartialDate {
    fn shown(dated: &Dated<PartialDate>) -> Option<PartialDate> {
        Some(dated.said)
    }
}

impl Statement for Goal {
    fn question(dated: &Dated<Goal>) -> Question {
        Question::Due(dated.day, dated.said.due)
    }

    fn shown(dated: &Dated<Goal>) -> Option<PartialDate> {
        Some(dated.said.due)
    }
}

impl Statement for ReuseReport {
    fn says_same(&self, other: &ReuseReport) -> bool {
        (self.live, self.rolling_out, self.of) == (other.live, other.rolling_out, other.of)
            && self.on.last() == other.on.last()
    }

    fn question(dated: &Dated<ReuseReport>) -> Question {
        Question::Period { until: dated.said.on.last(), since: None }
    }
}

impl Statement for Claim {
    fn says_same(&self, other: &Claim) -> bool {
        (self.amount, self.of) == (other.amount, other.of) && self.period() == other.period()
    }

    fn question(dated: &Dated<Claim>) -> Question {
        let (since, until) = dated.said.period();
        Question::Period { until, since }
    }
}

impl Statement for Assessment {
    fn says_same(&self, other: &Assessment) -> bool {
        let on = if self.on.last() == other.on.last() { other.on } else { self.on };
        Assessment { on, ..self.clone() } == *other
    }

    fn question(dated: &Dated<Assessment>) -> Question {
        Question::Period { until: dated.said.on.last(), since: None }
    }
}

/// An office has one objection to an entry at a time.
impl Statement for Objection {
    fn question(_: &Dated<Objection>) -> Question {
        Question::Period { until: Day::EVER, since: None }
    }
}

/// Returns the statement that is in force on a day: the latest of those up to it, of one day the newest.
pub(crate) fn in_force<'a, T>(
    statements: impl Iterator<Item = &'a Known<Dated<T>>>,
    day: Day,
) -> Option<&'a Known<Dated<T>>> {
    statements.filter(|known| known.what.day <= day).max_by_key(|known| (known.what.day, known.entry))
}

/// Lists the statements that stand as of a position by day, those of one day by kind, of one kind the newest last.
pub(crate) fn by_day<T: Statement>(history: &[Known<Dated<T>>], position: Position) -> Vec<&Known<Dated<T>>> {
    let mut standing: Vec<&Known<Dated<T>>> = history.iter().filter(|known| known.at(position)).collect();
    standing.sort_by_key(|known| (known.what.day, known.what.said.kind(), known.entry));
    standing
}

/// Returns what holds from each day on as of a position, as it is read off the statement in force.
pub(crate) fn steps<T: Statement, V: Clone + PartialEq + Default>(
    history: &[Known<Dated<T>>],
    position: Position,
    read: impl Fn(&T) -> V,
) -> Steps<V> {
    let mut steps = Steps::default();
    by_day(history, position)
        .into_iter()
        .for_each(|known| steps.push(known.what.day, read(&known.what.said)));
    steps
}
