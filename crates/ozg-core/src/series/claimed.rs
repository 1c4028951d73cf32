//! Questions about claims one by one: which contradict each other, which hold and how old they are; and where anything was said
//! of a measure at all.

use crate::asof::AsOf;
use crate::lines::{Claimed, Claims, Header, SeriesError};
use crate::measure::{Counting, Dimension, Measure};
use crate::query::{Every, Query, Viewpoint, default_areas};
use crate::words::{Area, Basis, ClaimKind, Day, Place, Unit};
use std::collections::BTreeMap;

/// What was said of a measure in an area, on a basis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Covered {
    /// The area.
    pub area: Area,
    /// Whether milestones are counted or claims are looked up.
    pub basis: Basis,
    /// The first and the last day that the statements are about; `None` without any statement.
    pub days: Option<(Day, Day)>,
}

impl AsOf<'_> {
    /// Lists the claims about a measure, up to a day, that contradict each other: other figures for the same line and scope and
    /// the same day or period (rule 7). Those of one contradiction stand together.
    #[must_use]
    pub fn conflicts(self, measure: Measure, until: Day) -> Vec<Claimed> {
        let (claims, header) = self.claims(measure, ClaimKind::all().collect());
        claims.conflicts(&header, until)
    }

    /// Lists the claims about a measure that hold on a day: of each line and scope the latest. No period holds until the next.
    #[must_use]
    pub fn holding(self, measure: Measure, on: Day) -> Vec<Claimed> {
        let (claims, header) = self.claims(measure, vec![ClaimKind::Stock]);
        claims.holding(&header, on)
    }

    /// Tells for Germany and each Land since when anything was said of a measure up to a day, and when last, on each basis that it
    /// has.
    ///
    /// # Errors
    /// Those of a series.
    pub fn coverage(self, measure: Measure, on: Day) -> Result<Vec<Covered>, SeriesError> {
        let mut found = Vec::new();
        if !matches!(measure.row().counting, Counting::ReportedOnly | Counting::PerService) {
            found.extend(covered(Basis::Counted, self.counted_days(measure, on)?));
        }
        let (claims, _) = self.claims(measure, ClaimKind::all().collect());
        let said = claims.days().filter(|(_, day)| *day <= on);
        found.extend(covered(Basis::Reported, said.collect()));
        Ok(found)
    }

    fn claims(self, measure: Measure, kinds: Vec<ClaimKind>) -> (Claims, Header) {
        let query = Query { bases: vec![Basis::Reported], kinds, ..Query::new(measure) };
        let claims = Claims::gather(self, &query);
        let (position, simulated) = (self.position, self.state.simulated);
        (claims, Header { measure, query, position, recorded_at_ms: None, simulated })
    }

    /// Lists the days on which counted values of a measure begin or change, with their areas.
    fn counted_days(self, measure: Measure, on: Day) -> Result<Vec<(Place, Day)>, SeriesError> {
        let query = Query {
            areas: Some(default_areas()),
            units: measure.has(Dimension::Unit).then(|| Unit::all().map(Some).collect()),
            bases: vec![Basis::Counted],
            kinds: vec![ClaimKind::Stock],
            every: Every::Change,
            to: Some(on),
            viewpoint: Viewpoint::Position(self.position),
            ..Query::new(measure)
        };
        let series = self.state.series(&query, on)?;
        Ok(series.rows().filter(|row| row.value.is_some()).map(|row| (row.area, row.date)).collect())
    }
}

/// Makes a row for Germany and each Land of the days on which something is said there.
fn covered(basis: Basis, said: Vec<(Place, Day)>) -> impl Iterator<Item = Covered> {
    let mut days: BTreeMap<Area, (Day, Day)> = BTreeMap::new();
    for (place, day) in said {
        if let Place::Area(area) = place {
            let (first, last) = days.entry(area).or_insert((day, day));
            (*first, *last) = ((*first).min(day), (*last).max(day));
        }
    }
    Area::all().map(move |area| Covered { area, basis, days: days.get(&area).copied() })
}
