//! Claims one by one, each with its entry: those that contradict each other, those that hold on a day, and all.

use super::reported::{Claims, Shown, holding, row};
use super::{Header, Line, Point, Row};
use crate::count::About;
use crate::words::{Basis, Day, Position};

/// A claim that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    /// What it says, as a series shows it on the day that it is about.
    pub row: Row,
    /// Its entry.
    pub entry: Position,
}

impl Claims {
    /// Lists the claims that contradict others of the same scope about the same day or period, up to a day.
    pub(crate) fn conflicts(&self, header: &Header, until: Day) -> Vec<Claimed> {
        let mut found = Vec::new();
        self.each(|about, _, shown| {
            for of_day in shown.chunk_by(|one, other| one.day == other.day) {
                if of_day[0].day <= until {
                    let all: Vec<&Shown> = of_day.iter().collect();
                    let contradicting = all.iter().filter(|one| is_contradicted(one, &all));
                    found.extend(contradicting.map(|one| claimed(header, about, one, &all)));
                }
            }
        });
        found
    }

    /// Lists the claims that hold on a day: of each line and scope the latest stocks.
    pub(crate) fn holding(&self, header: &Header, on: Day) -> Vec<Claimed> {
        let mut found = Vec::new();
        self.each(|about, is_flow, shown| {
            let held = if is_flow { Vec::new() } else { holding(shown, on) };
            found.extend(held.iter().map(|one| claimed(header, about, one, &held)));
        });
        found
    }

    /// Calls with each line and scope and its claims, by day.
    fn each(&self, mut take: impl FnMut(&About, bool, &[Shown])) {
        for (about, tracks) in self.abouts() {
            tracks.iter().for_each(|((_, is_flow), shown)| take(about, *is_flow, shown));
        }
    }
}

/// Tells whether another claim about the same day or period says otherwise.
fn is_contradicted(one: &Shown, all: &[&Shown]) -> bool {
    all.iter().any(|other| other.of_period() == one.of_period() && !other.says_same(one))
}

fn claimed(header: &Header, about: &About, one: &Shown, all: &[&Shown]) -> Claimed {
    let line = Line { about: about.clone(), basis: Basis::Reported, start: one.day };
    let point = Point { day: one.day, from: one.day, running: false };
    let row = row(header, &line, &point, &[one], is_contradicted(one, all));
    Claimed { row, entry: one.entry() }
}
