//! Stored sums: which cells of the cube a value is read from, and their timeline as of a position.

use super::About;
use super::begins::JudgedAs;
use crate::asof::{AsOf, Complete};
use crate::measure::Denominator;
use crate::state::{CellId, Count};
use crate::steps::{Net, Steps};
use crate::words::{Area, AuthorityKind, Level, Stage, Unit};
use std::borrow::Cow;
use std::sync::Arc;

/// A sum that is kept in cells of the cube.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Sum {
    /// The cell of the area.
    OfArea(Count, Sub),
    /// The cell of Germany, whatever the area.
    OfGermany(Count),
    /// The cell of a Land; of Germany the sum of all Länder and of the authorities without one.
    OfLaender(Count, Sub),
    /// Authorities registered in the area.
    Registered,
    /// Pairs of services and authorities of the kinds that execute them: a product, taken last.
    Possible,
}

/// What a count is kept by besides area, topic and unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sub {
    /// Nothing.
    None,
    /// The stage.
    Stage,
    /// The level.
    Level,
}

impl Sub {
    fn of(self, about: &About) -> usize {
        match self {
            Sub::None => 0,
            Sub::Stage => about.stage.unwrap_or(Stage::Live).index(),
            Sub::Level => about.level.map_or(0, Level::index),
        }
    }
}

impl Sum {
    /// Returns the sum that stands below the line; none where there is no denominator or none is stored.
    pub(crate) fn below(denominator: Denominator) -> Option<Sum> {
        match denominator {
            Denominator::ServicesListed => Some(Sum::OfGermany(Count::Listed)),
            Denominator::ReusesPossible => Some(Sum::Possible),
            Denominator::AuthoritiesRegistered => Some(Sum::Registered),
            Denominator::None
            | Denominator::PopulationResponsible
            | Denominator::Laender
            | Denominator::MilestonesPlanned => None,
        }
    }

    /// Computes the sum of a line in an area.
    pub(crate) fn steps(self, at: AsOf<'_>, area: Area, about: &About) -> Steps<i64> {
        match self {
            Sum::Registered => {
                let all = AuthorityKind::all().map(|kind| authorities(at, area, kind));
                all.fold(Steps::default(), |sum, of_kind| sum.plus(&of_kind))
            }
            Sum::Possible => {
                let of_kind = |sum: Steps<i64>, kind: AuthorityKind| {
                    let services = at.cell(executing(about, kind)).steps();
                    if services.is_empty() {
                        sum
                    } else {
                        sum.plus(&services.times(&authorities(at, area, kind)))
                    }
                };
                AuthorityKind::all().fold(Steps::default(), of_kind)
            }
            Sum::OfArea(..) | Sum::OfGermany(..) | Sum::OfLaender(..) => summed(at, &self.cells(area, about)),
        }
    }

    /// Lists the cells that the sum is made of.
    pub(crate) fn cells(self, area: Area, about: &About) -> Vec<CellId> {
        let one = |count: Count, area: Area, sub: usize| {
            CellId::new(count, area, about.topic, about.unit.unwrap_or(Unit::Ozg), sub)
        };
        match self {
            Sum::OfArea(count, sub) => vec![one(count, area, sub.of(about))],
            Sum::OfGermany(count) => vec![one(count, Area::DE, 0)],
            Sum::OfLaender(count, sub) => parts(area).map(|area| one(count, area, sub.of(about))).collect(),
            Sum::Registered => AuthorityKind::all().flat_map(|kind| registered(area, kind)).collect(),
            Sum::Possible => {
                let executing = AuthorityKind::all().map(|kind| executing(about, kind));
                executing.chain(Sum::Registered.cells(area, about)).collect()
            }
        }
    }
}

/// Lists the areas whose cells make the sum of an area.
pub(crate) fn parts(area: Area) -> impl Iterator<Item = Area> {
    Area::all().filter(move |part| area == Area::DE || *part == area)
}

/// Addresses the cells that say how many authorities of a kind exist.
fn registered(area: Area, kind: AuthorityKind) -> impl Iterator<Item = CellId> {
    parts(area).map(move |area| CellId::new(Count::Registered, area, None, Unit::Ozg, kind.index()))
}

/// Returns how many authorities of a kind exist; before the first edition of a register as many as in that edition.
pub(crate) fn authorities(at: AsOf<'_>, area: Area, kind: AuthorityKind) -> Arc<Steps<i64>> {
    at.state.asked.authorities.of((kind, area, at.position), || Arc::new(count_authorities(at, area, kind)))
}

fn count_authorities(at: AsOf<'_>, area: Area, kind: AuthorityKind) -> Steps<i64> {
    let of_parts: Vec<(CellId, Complete)> =
        registered(area, kind).zip(parts(area).map(|area| at.register(kind, area))).collect();
    if of_parts.iter().all(|(_, register)| register.early.is_empty()) {
        return summed(at, &of_parts.iter().map(|(cell, _)| *cell).collect::<Vec<_>>());
    }
    of_parts.into_iter().fold(Steps::default(), |sum: Steps<i64>, (cell, register)| {
        sum.plus(&register.with_first(at.cell(cell).steps()))
    })
}

/// Addresses the cell that says how many services are executed by a kind of authority.
pub(crate) fn executing(about: &About, kind: AuthorityKind) -> CellId {
    CellId::new(Count::Executing, Area::DE, about.topic, about.unit.unwrap_or(Unit::Ozg), kind.index())
}

/// Addresses the cell that says of how many services can be judged, and how far, whether they cover an area.
pub(crate) fn judged(area: Area, about: &About, how_far: JudgedAs) -> CellId {
    CellId::new(Count::Judged, area, about.topic, about.unit.unwrap_or(Unit::Ozg), how_far as usize)
}

pub(crate) fn summed(at: AsOf<'_>, cells: &[CellId]) -> Steps<i64> {
    match cells {
        [one] => at.cell(*one).steps(),
        all => Net::sum_of(&all.iter().map(|cell| at.cell(*cell)).collect::<Vec<_>>()).steps(),
    }
}

impl<'a> AsOf<'a> {
    /// Returns the dated changes of a cell.
    pub(crate) fn cell(self, cell: CellId) -> Cow<'a, Net> {
        self.state.cube.at(cell, self.position)
    }
}
