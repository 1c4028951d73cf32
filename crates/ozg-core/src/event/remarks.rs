//! Remarks on entries: those that follow from what an entry says, and the fact beside an entry that keeps all of them (rule
//! 6c).

use super::about::Matter;
use super::beside::Facts;
use super::body::{Amount, Claim, Draft, Event, ReuseReport};
use super::types::Body;
use crate::words::{Figure, Number, PartialDate, Remark, Source, Word};

/// The code of the fact beside an entry that holds the remarks on it.
const CODE: u32 = 1;
/// The form of the fact; another one is of a newer tracker.
const VERSION: u8 = 1;

/// Makes the fact beside an entry that holds the remarks on it; nothing where there are none.
#[must_use]
pub fn remarks_fact(remarks: &[Remark]) -> Facts {
    if remarks.is_empty() {
        return Facts::default();
    }
    let codes = remarks.iter().map(|remark| remark.word_row().code);
    Facts::from([(CODE, std::iter::once(VERSION).chain(codes).collect())])
}

/// Reads the remarks from the facts beside an entry, without those that this tracker does not know.
#[must_use]
pub fn remarks_of_facts(facts: &Facts) -> Vec<Remark> {
    match facts.get(&CODE).and_then(|bytes| bytes.split_first()) {
        Some((&VERSION, codes)) => {
            codes.iter().filter_map(|code| Remark::with_code(u64::from(*code))).collect()
        }
        _ => Vec::new(),
    }
}

impl Draft {
    /// Lists the remarks that follow from what the draft says, whatever stands.
    #[must_use]
    pub fn remarks(&self) -> Vec<Remark> {
        self.body.remarks(self.source.as_ref())
    }
}

impl Event {
    /// Lists the remarks that follow from what the event says, whatever stands.
    #[must_use]
    pub fn remarks(&self) -> Vec<Remark> {
        self.body.remarks(self.source.as_ref())
    }
}

impl Body {
    fn remarks(&self, source: Option<&Source>) -> Vec<Remark> {
        match self.matter() {
            Matter::Figure(claim) => of_claim(claim, source),
            Matter::Report(report) => of_report(report, source),
            Matter::Milestone(_)
            | Matter::Maturity(_)
            | Matter::Plan(_)
            | Matter::Target(_)
            | Matter::Assessment(_)
            | Matter::Service(..)
            | Matter::Authority(..)
            | Matter::Region(..)
            | Matter::List(..)
            | Matter::Register(_)
            | Matter::Objection(_)
            | Matter::Entry => Vec::new(),
        }
    }
}

/// Lists the remarks that follow from a claim.
pub(crate) fn of_claim(claim: &Claim, source: Option<&Source>) -> Vec<Remark> {
    let is_above = match claim.amount {
        Amount::Value(value) => exceeds(Some(value), claim.of),
        Amount::Percent(percent) => percent.number > Number::from(100),
    };
    list([(is_above, Remark::ShareAboveOne), (is_early(claim.on, source), Remark::PublishedEarly)])
}

/// Lists the remarks that follow from "reused by N authorities".
pub(crate) fn of_report(report: &ReuseReport, source: Option<&Source>) -> Vec<Remark> {
    let is_above = exceeds(report.live, report.of);
    list([(is_above, Remark::LiveAboveOf), (is_early(report.on, source), Remark::PublishedEarly)])
}

fn list(remarks: [(bool, Remark); 2]) -> Vec<Remark> {
    remarks.into_iter().filter(|(applies, _)| *applies).map(|(_, remark)| remark).collect()
}

fn exceeds(part: Option<Figure>, of: Option<Figure>) -> bool {
    part.zip(of).is_some_and(|(part, of)| part.number > of.number)
}

/// Tells whether a source was published before the first day that a figure can be about.
fn is_early(on: PartialDate, source: Option<&Source>) -> bool {
    source.and_then(|source| source.published).is_some_and(|published| published.last() < on.first())
}
