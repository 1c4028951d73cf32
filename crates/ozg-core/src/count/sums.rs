//! Stored sums: timelines of the cells of the cube, as of a position.

use crate::asof::AsOf;
use crate::state::{CellId, Count};
use crate::steps::{Net, Steps};
use crate::words::{Area, AuthorityKind, Topic, Unit};
use std::borrow::Cow;

/// Timelines of cells, as of a position.
pub(crate) struct Sums<'a>(pub(crate) AsOf<'a>);

impl AsOf<'_> {
    /// Returns the dated changes of a cell.
    pub(crate) fn cell(&self, cell: CellId) -> Cow<'_, Net> {
        self.state.cube.at(cell, self.position)
    }
}

impl Sums<'_> {
    pub(crate) fn steps(
        &self,
        count: Count,
        area: Area,
        topic: Option<Topic>,
        unit: Unit,
        sub: usize,
    ) -> Steps<i64> {
        self.0.cell(CellId::new(count, area, topic, unit, sub)).steps()
    }

    /// DE is the sum of the Länder and of the authorities without one.
    pub(crate) fn summed(
        &self,
        count: Count,
        area: Area,
        topic: Option<Topic>,
        unit: Unit,
        sub: usize,
    ) -> Steps<i64> {
        if area != Area::DE {
            return self.steps(count, area, topic, unit, sub);
        }
        let cells: Vec<Cow<'_, Net>> =
            Area::all().map(|area| self.0.cell(CellId::new(count, area, topic, unit, sub))).collect();
        Net::sum_of(&cells).steps()
    }

    /// Returns how many authorities of a kind exist.
    pub(crate) fn of_kind(&self, area: Area, kind: AuthorityKind) -> Steps<i64> {
        self.summed(Count::Registered, area, None, Unit::Ozg, kind.index())
    }

    pub(crate) fn registered(&self, area: Area) -> Steps<i64> {
        AuthorityKind::all().fold(Steps::default(), |sum, kind| sum.plus(&self.of_kind(area, kind)))
    }

    /// Pairs of services and authorities of the kinds that execute them: a product, taken last.
    pub(crate) fn possible(&self, area: Area, topic: Option<Topic>, unit: Unit) -> Steps<i64> {
        let mut sum = Steps::default();
        for kind in AuthorityKind::all() {
            let services = self.steps(Count::Executing, Area::DE, topic, unit, kind.index());
            if !services.is_empty() {
                sum = sum.plus(&services.times(&self.of_kind(area, kind)));
            }
        }
        sum
    }
}
