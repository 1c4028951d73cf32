//! The rules: one row a measure. A row says what the measure counts, which stored cells hold its value, what begins its series
//! and which statements move it. The projection keeps the sums by this row, and the fold counts by it. A measure without a row
//! does not compile.

use super::begins::{Begins, JudgedAs};
use super::ground::{Amounts, Ground};
use super::moved::{Moved, Statement};
use super::sums::{Sub, Sum};
use crate::asof::AsOf;
use crate::measure::{Counting, Denominator, Measure};
use crate::state::{Count, Judgement, ServiceNo, What};
use crate::steps::Steps;
use crate::words::{Area, AuthorityKind, KindSet, Level, Model, Stage, StageSet};

/// The rule of a measure.
#[derive(Clone, Copy)]
pub(crate) struct Rule {
    measure: Measure,
    /// What it counts (services, pairs, authorities …), and when one of them counts.
    pub(crate) counts: Counts,
    /// The stored sum that holds its value; `None` where the value is folded on demand.
    pub(crate) stored: Option<Sum>,
    /// What begins its series (rule 17).
    pub(crate) begins: Begins,
    /// When a line of it has a value.
    pub(crate) holds: Holds,
    /// The statements that move it.
    pub(crate) moved_by: Moved,
}

impl Rule {
    /// Tells which registers and catalogues it rests on.
    pub(crate) fn rests_on(&self) -> RestsOn {
        match (self.measure.row().denominator, self.stored) {
            (Denominator::ServicesListed, _) | (_, Some(Sum::OfGermany(Count::Listed))) => RestsOn::Catalogue,
            (Denominator::ReusesPossible | Denominator::PopulationResponsible, _)
            | (_, Some(Sum::Possible)) => RestsOn::Executing,
            (Denominator::AuthoritiesRegistered, _) => RestsOn::Registered,
            (Denominator::None | Denominator::Laender | Denominator::MilestonesPlanned, _) => {
                RestsOn::Nothing
            }
        }
    }
}

/// Which catalogues and registers must be complete before the denominator is known (rule 10b).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RestsOn {
    /// Nothing.
    Nothing,
    /// The catalogue of the unit.
    Catalogue,
    /// The registers of the kinds that execute the services.
    Executing,
    /// The registers of all kinds of which any authority is registered.
    Registered,
}

/// When a line has a value, whose series has begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    /// Always.
    Always,
    /// While any of its services can be judged as to whether it covers the place.
    WhileJudged,
    /// While it is known who executes its services and the registers of all of them are complete.
    WhileExecutingComplete,
}

/// What a measure counts (services, pairs, authorities …), and when one of them counts.
#[derive(Clone, Copy)]
pub(crate) enum Counts {
    /// Services in the catalogue, one each while this holds.
    Services(fn(&dyn Ground) -> Steps<bool>),
    /// Services in the catalogue, one each while their level of maturity counts; the second level is the one asked for.
    Levels(fn(Level, Option<Level>) -> bool),
    /// Pairs of a service in the catalogue and an authority. A pair counts once for each stage that it holds and that the rule
    /// chooses.
    Pairs(Pairs),
    /// An amount of each service in the catalogue, at the stage asked for.
    Amounts(fn(&dyn Amounts, Stage) -> Steps<i64>),
    /// Authorities at which any service in the catalogue is live.
    Authorities,
    /// Milestones whose plan was due, or was due and is not reached.
    Plans {
        /// Whether only those count that are not reached.
        overdue: bool,
    },
    /// Days from the first of two stages of an area to the second; the value is their median.
    LeadTime,
    /// Days from a statement to its record; the value is their median.
    Lag,
    /// Nothing: there are claims only.
    Claims,
}

/// Which stages of a pair count, and which cells count the pairs without a denominator.
#[derive(Clone, Copy)]
pub(crate) struct Pairs {
    /// Chooses among the stages that a pair holds those that it counts in.
    pub(crate) stages: fn(StageSet) -> StageSet,
    /// Pairs with authorities of a kind that does not execute the service.
    pub(crate) outside: Count,
}

/// Returns the rule of a measure.
pub(crate) fn rule(measure: Measure) -> Rule {
    RULES[measure.index()]
}

/// The rules, in the order of the measures.
const RULES: [Rule; Measure::COUNT] = [
    row(
        Measure::ServicesListed,
        Counts::Services(|_| Steps::always(true)),
        Some(Sum::OfGermany(Count::Listed)),
        Begins::Listed,
        Holds::Always,
        Moved::ByCatalogue,
    ),
    row(
        Measure::ServicesLaunched,
        Counts::Services(launched),
        own(Count::Launched),
        Begins::Value,
        Holds::Always,
        Moved::ByFamily(|said| {
            let stage = said.of_stage();
            let rolled_out = stage == Some(Stage::RolledOut) && (said.around || said.nationwide);
            rolled_out || (said.here && stage.is_some_and(|stage| StageSet::AVAILABLE.contains(stage)))
        }),
    ),
    row(
        Measure::ServicesRolledOut,
        Counts::Services(|ground| ground.throughout(&rolled_out)),
        own(Count::RolledOut),
        Begins::ValueOfEach,
        Holds::Always,
        Moved::By(|said| {
            let concerns = said.here || said.around || said.nationwide;
            concerns && !said.at_authority && said.of_stage() == Some(Stage::RolledOut)
        }),
    ),
    row(
        Measure::ServicesCoveringAll,
        Counts::Services(|ground| judgement(ground).map(|judged| judged.is_covering)),
        own(Count::CoveringAll),
        Begins::Judged(JudgedAs::Live),
        Holds::WhileJudged,
        Moved::By(Statement::is_live_here),
    ),
    row(
        Measure::ServicesCompliant,
        Counts::Levels(|level, _| level.is_compliant()),
        own(Count::Compliant),
        Begins::Level,
        Holds::Always,
        Moved::By(|said| said.around && said.of_level().is_some_and(|level| level.model() == Model::V1_1)),
    ),
    row(
        Measure::ServicesAtMaturity,
        Counts::Levels(|level, asked| asked == Some(level)),
        Some(Sum::OfArea(Count::AtMaturity, Sub::Level)),
        Begins::Level,
        Holds::Always,
        Moved::By(|said| {
            let fits = |level: Level| said.level.is_none_or(|asked| asked.model() == level.model());
            said.around && said.of_level().is_some_and(fits)
        }),
    ),
    row(
        Measure::Reuses,
        Counts::Pairs(Pairs { stages: |held| held, outside: Count::ReusesOutside }),
        Some(Sum::OfLaender(Count::Reuses, Sub::Stage)),
        Begins::Pair,
        Holds::Always,
        Moved::By(|said| said.here && said.at_authority && said.of_stage() == Some(said.stage)),
    ),
    row(
        Measure::ReusesCurrent,
        Counts::Pairs(Pairs {
            stages: |held| held.furthest().map_or_else(StageSet::default, StageSet::only),
            outside: Count::ReusesCurrentOutside,
        }),
        Some(Sum::OfLaender(Count::ReusesCurrent, Sub::Stage)),
        Begins::Pair,
        Holds::Always,
        Moved::By(|said| said.here && said.at_authority && said.of_stage().is_some()),
    ),
    row(
        Measure::ReusesPossible,
        Counts::Amounts(|ground, _| ground.responsible()),
        Some(Sum::Possible),
        Begins::Judged(JudgedAs::Possible),
        Holds::WhileExecutingComplete,
        Moved::ByNothing,
    ),
    row(
        Measure::AuthoritiesActive,
        Counts::Authorities,
        Some(Sum::OfLaender(Count::AuthoritiesActive, Sub::None)),
        Begins::Value,
        Holds::Always,
        Moved::By(Statement::is_live_here),
    ),
    row(
        Measure::PopulationCovered,
        Counts::Amounts(|ground, _| ground.people_live()),
        None,
        Begins::Value,
        Holds::Always,
        Moved::By(Statement::is_live_here),
    ),
    row(
        Measure::AreasReusing,
        Counts::Amounts(|ground, stage| ground.laender_holding(stage)),
        None,
        Begins::Held,
        Holds::Always,
        Moved::By(|said| (said.here || said.around) && said.of_stage() == Some(said.stage)),
    ),
    row(
        Measure::MilestonesPlanned,
        Counts::Plans { overdue: false },
        None,
        Begins::Plan,
        Holds::Always,
        Moved::ByPlans { milestones: false },
    ),
    row(
        Measure::MilestonesOverdue,
        Counts::Plans { overdue: true },
        None,
        Begins::Plan,
        Holds::Always,
        Moved::ByPlans { milestones: true },
    ),
    row(Measure::Applications, Counts::Claims, None, Begins::Value, Holds::Always, Moved::ByNothing),
    row(Measure::Other, Counts::Claims, None, Begins::Value, Holds::Always, Moved::ByNothing),
    row(
        Measure::LeadTimeDays,
        Counts::LeadTime,
        None,
        Begins::Value,
        Holds::Always,
        Moved::By(|said| said.around && matches!(said.of_stage(), Some(Stage::Launched | Stage::RolledOut))),
    ),
    row(
        Measure::ReportingLagDays,
        Counts::Lag,
        None,
        Begins::Value,
        Holds::Always,
        Moved::By(|said| said.here && matches!(said.what, What::Reached(_) | What::Ended(_))),
    ),
];

/// Every measure has its rule, and where its table says that sums are stored, the rule says in which cells.
const _: () = {
    let mut index = 0;
    while index < Measure::COUNT {
        let is_stored =
            matches!(<Measure as crate::words::Word>::TABLE[index].columns.counting, Counting::Stored);
        assert!(RULES[index].measure as usize == index && RULES[index].stored.is_some() == is_stored);
        index += 1;
    }
};

const fn row(
    measure: Measure,
    counts: Counts,
    stored: Option<Sum>,
    begins: Begins,
    holds: Holds,
    moved_by: Moved,
) -> Rule {
    Rule { measure, counts, stored, begins, holds, moved_by }
}

/// The cells of each area.
const fn own(count: Count) -> Option<Sum> {
    Some(Sum::OfArea(count, Sub::None))
}

/// A service is launched while it is available at any place here, rolled out around it, or launched through a child.
pub(crate) fn launched(ground: &dyn Ground) -> Steps<bool> {
    ground.available().or(&ground.rolled_out_around()).or(&ground.launched_child())
}

/// A service is rolled out in an area where that is said of the area or of Germany; in Germany also where it is said of all
/// 16 Länder.
pub(crate) fn rolled_out(at: AsOf<'_>, service: ServiceNo, area: Area) -> Steps<bool> {
    let said_of = |area: Area| at.area_holds(service, area, Stage::RolledOut);
    let nationwide = said_of(Area::DE);
    if area != Area::DE {
        return said_of(area).or(&nationwide);
    }
    let mut everywhere = Steps::always(true);
    for land in Area::laender() {
        everywhere = everywhere.and(&said_of(land));
        if everywhere.is_empty() {
            break;
        }
    }
    nationwide.or(&everywhere)
}

/// A service covers an area while it can be judged there, at least one authority is responsible, and it is live at all that
/// are: 3 live of 3 responsible.
pub(crate) fn judgement(ground: &dyn Ground) -> Steps<Judgement> {
    let can_be_judged = ground.can_be_judged();
    if can_be_judged.is_empty() {
        return Steps::default();
    }
    let (live, responsible) = (ground.live(), ground.responsible());
    let counts = responsible.zip(&live, |responsible, live| (*responsible, *live));
    can_be_judged.zip(&counts, |is_judged, (responsible, live)| Judgement {
        is_judged: *is_judged,
        is_possible: *is_judged && *responsible > 0,
        is_live: *is_judged && *live > 0,
        is_covering: *is_judged && *responsible > 0 && responsible == live,
    })
}

/// It is known who executes a service while it is listed and names any kind of authority.
pub(crate) fn known_kinds(executed_by: &Steps<KindSet>) -> Steps<bool> {
    executed_by.map(|kinds| !kinds.is_empty())
}

/// A pair lies outside what is possible while the authority is of a kind that does not execute the service.
pub(crate) fn outside(held: StageSet, executing: KindSet, kind: AuthorityKind) -> StageSet {
    if executing.contains(kind) { StageSet::default() } else { held }
}

/// An authority is active while a listed service is live there, whichever kind executes it.
pub(crate) fn is_active(held: StageSet) -> bool {
    held.contains(Stage::Live)
}

/// An authority counts as live for a service while the service is live there and executed by authorities of its kind.
pub(crate) fn is_live(held: StageSet, executing: KindSet, kind: AuthorityKind) -> bool {
    held.contains(Stage::Live) && executing.contains(kind)
}
