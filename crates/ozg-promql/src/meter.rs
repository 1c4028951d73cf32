//! The limits of one query: samples, work and time.

use crate::errors::Error;
use std::cell::Cell;

/// Most points of a series in one answer.
pub const POINTS_MAX: usize = 11_000;
/// Most values that one query may have in memory, over all its parts.
pub const SAMPLES_MAX: usize = 50_000_000;
/// Most series that one selector may find.
pub const SERIES_MAX: usize = 200_000;

/// Most points of one answer of the query API, of one instant as of a span.
pub const ANSWER_POINTS_MAX: usize = 10_000_000;

/// Most steps of work of one query. A value that is looked at twice counts twice.
const WORK_MAX: usize = 4_000_000_000;

/// The limits of one query, and whether there is time left.
pub struct Limits<'a> {
    /// Most values in memory.
    pub samples: usize,
    /// Most series of a selector.
    pub series: usize,
    /// Most points of the answer.
    pub points: usize,
    /// Tells whether time is up.
    pub is_late: &'a (dyn Fn() -> bool + 'a),
}

impl std::fmt::Debug for Limits<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Limits")
            .field("samples", &self.samples)
            .field("series", &self.series)
            .field("points", &self.points)
            .finish()
    }
}

/// Counts the values and the work of one query.
pub(crate) struct Meter<'a> {
    limits: &'a Limits<'a>,
    taken: Cell<usize>,
    worked: Cell<usize>,
}

impl<'a> Meter<'a> {
    pub(crate) fn new(limits: &'a Limits<'a>) -> Meter<'a> {
        Meter { limits, taken: Cell::new(0), worked: Cell::new(0) }
    }

    /// Counts values that are put into memory.
    pub(crate) fn take(&self, samples: usize) -> Result<(), Error> {
        let taken = self.taken.get().saturating_add(samples);
        self.taken.set(taken);
        if taken > self.limits.samples {
            let text = "query processing would load too many samples into memory in query execution";
            return Err(Error::execution(text));
        }
        self.tick()
    }

    /// Counts work before it is done. Folding takes time without taking memory, so `take` does not see it.
    pub(crate) fn work(&self, steps: usize) -> Result<(), Error> {
        let worked = self.worked.get().saturating_add(steps);
        self.worked.set(worked);
        if worked > WORK_MAX {
            return Err(Error::execution(
                "query processing would take too much work: ask for fewer series, fewer steps or shorter windows",
            ));
        }
        self.tick()
    }

    /// Refuses to go on once time is up.
    pub(crate) fn tick(&self) -> Result<(), Error> {
        if (self.limits.is_late)() { Err(Error::Timeout) } else { Ok(()) }
    }

    /// Refuses an answer with too many points, as soon as it has them.
    pub(crate) fn answered(&self, points: usize) -> Result<(), Error> {
        if points > self.limits.points {
            let most = self.limits.points;
            return Err(Error::execution(format!(
                "the answer has more than {most} points: ask for fewer series, fewer steps or a shorter window"
            )));
        }
        self.tick()
    }

    /// Refuses a selector that found too many series.
    pub(crate) fn found(&self, series: usize) -> Result<(), Error> {
        if series > self.limits.series {
            let most = self.limits.series;
            return Err(Error::execution(format!(
                "a selector finds {series} series, at most {most}: add labels"
            )));
        }
        self.tick()
    }
}
