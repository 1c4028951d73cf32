//! The series of data states, computed at the first query for a data state and kept for the states that were used last.

use crate::families::{self, FamilyContent, HeldDays, LabelledLine, MeasureLines};
use crate::limits::DATA_STATES_MAX;
use ozg_core::held::Held;
use ozg_core::measure::Measure;
use ozg_core::query::Viewpoint;
use ozg_core::series::SeriesError;
use ozg_core::state::State;
use ozg_core::words::{Day, Position, ServiceId};
use ozg_promql::{Change, Labels, NAME, Series};
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

/// Computed series, or why they could not be computed.
pub(super) type Computed = Result<Arc<Vec<Series>>, SeriesError>;

/// The stores of the data states that were used last, the latest at the end.
#[derive(Default)]
pub(crate) struct Stores(Held<Vec<Arc<Store>>>);

/// The series of one data state, up to one day.
pub(super) struct Store {
    state: Arc<State>,
    position: Position,
    pub(super) today: Day,
    /// The series of the scraped measures.
    measures: Vec<(Measure, OnceLock<Result<Measured, SeriesError>>)>,
    names: OnceLock<[Arc<Vec<Series>>; 2]>,
    service_names: OnceLock<Computed>,
    claims: OnceLock<Computed>,
    services: Held<HashMap<(Measure, ServiceId), Computed>>,
}

/// The series of one measure, in the order of [`MeasureLines`].
type Measured = [Arc<Vec<Series>>; 4];

impl Stores {
    /// Returns the store of a data state, which it makes if there is none.
    pub(super) fn of(
        &self,
        state: &Arc<State>,
        viewpoint: Viewpoint,
        today: Day,
    ) -> Result<Arc<Store>, SeriesError> {
        let position = state.data_state(viewpoint)?.position;
        let mut stores = self.0.hold();
        let known = stores.iter().position(|store| (store.position, store.today) == (position, today));
        let store = known.map(|index| stores.remove(index)).unwrap_or_else(|| {
            Arc::new(Store {
                state: Arc::clone(state),
                position,
                today,
                measures: families::scraped().map(|measure| (measure, OnceLock::new())).collect(),
                names: OnceLock::new(),
                service_names: OnceLock::new(),
                claims: OnceLock::new(),
                services: Held::default(),
            })
        });
        stores.push(Arc::clone(&store));
        let excess = stores.len().saturating_sub(DATA_STATES_MAX);
        stores.drain(..excess);
        Ok(store)
    }
}

impl Store {
    /// Returns the series of a family other than those of services.
    pub(super) fn family(&self, made: FamilyContent) -> Result<Vec<Arc<Vec<Series>>>, SeriesError> {
        match made {
            FamilyContent::Values(measure) => Ok(vec![Arc::clone(&self.measured(measure)?[0])]),
            FamilyContent::Denominators(measure) => Ok(vec![Arc::clone(&self.measured(measure)?[1])]),
            FamilyContent::Conflicts => self.of_all(2),
            FamilyContent::Timestamps => self.of_all(3),
            FamilyContent::Areas => Ok(vec![Arc::clone(&self.names()[0])]),
            FamilyContent::Topics => Ok(vec![Arc::clone(&self.names()[1])]),
            FamilyContent::ServiceNames => Ok(vec![self.service_names()?]),
            FamilyContent::Claims => Ok(vec![self.claims()?]),
            FamilyContent::Services(measure) => {
                self.service_ids().iter().map(|id| self.service(measure, id)).collect()
            }
        }
    }

    fn of_all(&self, which: usize) -> Result<Vec<Arc<Vec<Series>>>, SeriesError> {
        families::scraped().map(|measure| Ok(Arc::clone(&self.measured(measure)?[which]))).collect()
    }

    fn measured(&self, measure: Measure) -> Result<&Measured, SeriesError> {
        let kept = self.measures.iter().find(|(scraped, _)| *scraped == measure);
        let (_, kept) = kept.unwrap_or_else(|| unreachable!("{measure} has a family only if it is scraped"));
        let compute = || {
            let mut told = families::tell(&self.state, measure, self.viewpoint(), self.span())?;
            let (position, viewpoint) = (self.position, self.viewpoint());
            told.append(families::tell_regions(&self.state, measure, position, viewpoint, self.span())?);
            Ok(self.measured_of(measure, told))
        };
        kept.get_or_init(compute).as_ref().map_err(Clone::clone)
    }

    fn measured_of(&self, measure: Measure, told: MeasureLines) -> Measured {
        [
            (FamilyContent::Values(measure), told.values),
            (FamilyContent::Denominators(measure), told.denominators),
            (FamilyContent::Conflicts, told.conflicts),
            (FamilyContent::Timestamps, told.timestamps),
        ]
        .map(|(made, lines)| Arc::new(series(made, lines)))
    }

    fn names(&self) -> &[Arc<Vec<Series>>; 2] {
        self.names.get_or_init(|| {
            let from = self.state.as_of(self.position).first_day().unwrap_or(self.today);
            let mut areas = families::areas(from);
            areas.extend(families::regions(&self.state.as_of(self.position).regions(), from));
            let families = [(FamilyContent::Areas, areas), (FamilyContent::Topics, families::topics(from))];
            families.map(|(made, lines)| Arc::new(series(made, lines)))
        })
    }

    /// Returns the names of the services that have anything to show; one that is in no catalogue any more has its key.
    fn service_names(&self) -> Computed {
        let compute = || {
            let claims = self.claims()?;
            let claimed: BTreeSet<&str> = claims.iter().map(|claim| claim.labels.get("service")).collect();
            let state = self.state.as_of(self.position);
            let mut named = Vec::new();
            for id in self.service_ids() {
                let key = id.to_string();
                if claimed.contains(&*key) || !self.service(Measure::Reuses, &id)?.is_empty() {
                    let listing = state.listing_on(&id, self.today);
                    named.push((id, listing.map_or(key, |(_, listing)| listing.name.to_string())));
                }
            }
            let from = state.first_day().unwrap_or(self.today);
            Ok(Arc::new(series(FamilyContent::ServiceNames, families::services(&named, from))))
        };
        self.service_names.get_or_init(compute).clone()
    }

    fn claims(&self) -> Computed {
        let compute = || {
            let lines = families::claims(&self.state, self.viewpoint(), self.today)?;
            Ok(Arc::new(series(FamilyContent::Claims, lines)))
        };
        self.claims.get_or_init(compute).clone()
    }

    /// Lists all services that the catalogue has ever described.
    pub(super) fn service_ids(&self) -> Vec<ServiceId> {
        self.state.services().cloned().collect()
    }

    /// Returns the series of a measure for one service.
    pub(super) fn service(&self, measure: Measure, service: &ServiceId) -> Computed {
        debug_assert!(measure.row().metrics.are_of_services());
        let key = (measure, service.clone());
        if let Some(known) = self.services.hold().get(&key) {
            return known.clone();
        }
        let told = families::tell_service(
            &self.state,
            measure,
            service,
            self.position,
            self.viewpoint(),
            self.span(),
        );
        let computed = told.map(|told| Arc::new(series(FamilyContent::Services(measure), told.values)));
        self.services.hold().insert(key, computed.clone());
        computed
    }

    /// The viewpoint of the store's queries: its position, or the head of an empty log.
    fn viewpoint(&self) -> Viewpoint {
        if self.position.is_start() { Viewpoint::Head } else { Viewpoint::Position(self.position) }
    }

    fn span(&self) -> HeldDays {
        HeldDays::Until(self.today)
    }
}

/// Turns lines into series, sorted by labels.
fn series(made: FamilyContent, lines: Vec<LabelledLine>) -> Vec<Series> {
    let name: Arc<str> = Arc::from(&*families::family(made).name);
    let of_line = |line: LabelledLine| {
        let labels = line.labels.iter().map(|(label, value)| (Arc::from(*label), Arc::from(&**value)));
        let labels = labels.chain([(Arc::from(NAME), Arc::clone(&name))]);
        let change = |(day, value): &(Day, Option<f64>)| Change { day: since_1970(*day), value: *value };
        Series {
            labels: Labels::new::<Arc<str>, Arc<str>>(labels),
            changes: line.changes.iter().map(change).collect(),
        }
    };
    let mut all: Vec<Series> = lines.into_iter().filter(|line| !line.is_empty()).map(of_line).collect();
    all.sort_by(|left, right| left.labels.cmp(&right.labels));
    all
}

/// Returns the number of a day since 1970, as Prometheus counts.
pub(super) fn since_1970(day: Day) -> i32 {
    day.days_since(Day::from_ymd(1970, 1, 1).unwrap_or(Day::EVER))
}
