//! The source of the series of a query: the store of the data state that the path or the label `as_of` names.

use super::refusal::Refusal;
use super::store::{Store, since_1970};
use super::viewpoint;
use crate::app::Site;
use crate::families::{FAMILIES, FamilyContent};
use ozg_core::query::Viewpoint;
use ozg_core::series::SeriesError;
use ozg_core::state::State;
use ozg_core::words::{Day, same_text};
use ozg_promql::{Comparison, Error, Matcher, NAME, SERIES_MAX, Series, Source};
use std::sync::Arc;
use std::time::Instant;

/// The label that chooses a data state inside an expression; no series has it.
pub(super) const AS_OF: &str = "as_of";

/// The labels whose values are texts that somebody wrote.
const SPELLED: [&str; 2] = ["source", "scope"];

/// The series of a site as one query sees them.
pub(super) struct SeenSeries {
    site: Arc<Site>,
    state: Arc<State>,
    today: Day,
    viewpoint: Viewpoint,
    deadline: Instant,
}

impl SeenSeries {
    /// Makes the view of a site from a viewpoint; the query must be answered by the deadline.
    pub(super) fn new(
        site: Arc<Site>,
        viewpoint: Viewpoint,
        deadline: Instant,
    ) -> Result<SeenSeries, Refusal> {
        let (state, today) = (site.state(), site.today());
        state.data_state(viewpoint)?;
        Ok(SeenSeries { site, state, today, viewpoint, deadline })
    }

    /// Tells whether time is up.
    pub(super) fn is_late(&self) -> bool {
        Instant::now() >= self.deadline
    }

    /// Visits the series that [`Source::select`] returns, family by family.
    pub(super) fn each(
        &self,
        matchers: &[Matcher],
        mut take: impl FnMut(&Series) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let (as_of, others): (Vec<&Matcher>, Vec<&Matcher>) =
            matchers.iter().partition(|matcher| matcher.label == AS_OF && !accepts_none(matcher));
        let store = self.store(&as_of)?;
        let (names, labels): (Vec<&Matcher>, Vec<&Matcher>) =
            others.into_iter().partition(|matcher| matcher.label == NAME);
        let is_wanted = |name: &str| names.iter().all(|matcher| matcher.accepts(name));
        for family in FAMILIES.iter().filter(|family| is_wanted(&family.name)) {
            for part in self.parts(&store, family.made, &labels)? {
                let accepted = |series: &&Series| labels.iter().all(|matcher| accepts(matcher, series));
                part.iter().filter(accepted).try_for_each(&mut take)?;
            }
        }
        Ok(())
    }

    /// Returns the parts of a family that can contain wanted series. A family of services has one part per service; only the
    /// services that the matchers of `service` accept are computed.
    fn parts(
        &self,
        store: &Store,
        made: FamilyContent,
        labels: &[&Matcher],
    ) -> Result<Vec<Arc<Vec<Series>>>, Error> {
        let failed = |error: ozg_core::series::SeriesError| Error::execution(error.to_string());
        let FamilyContent::Services(measure) = made else { return store.family(made).map_err(failed) };
        let of_service: Vec<&&Matcher> = labels.iter().filter(|matcher| matcher.label == "service").collect();
        let mut parts = Vec::new();
        for id in store.service_ids() {
            let text = id.to_string();
            if of_service.iter().all(|matcher| matcher.accepts(&text)) {
                if self.is_late() {
                    return Err(Error::Timeout);
                }
                parts.push(store.service(measure, &id).map_err(failed)?);
            }
        }
        Ok(parts)
    }

    fn store(&self, as_of: &[&Matcher]) -> Result<Arc<Store>, Error> {
        let viewpoint = match as_of {
            [] => self.viewpoint,
            [Matcher { comparison: Comparison::Equal, value, .. }] => {
                viewpoint::read(value).map_err(Error::BadData)?
            }
            _ => return Err(Error::bad("the label as_of takes one data state, as in as_of=\"2027-01-31\"")),
        };
        let store = self.site.stores.of(&self.state, viewpoint, self.today);
        store.map_err(|error| match error {
            SeriesError::BeyondHead { .. } => Error::NotFound(error.to_string()),
            other => Error::bad(other.to_string()),
        })
    }
}

/// Tells whether a matcher accepts a series. A source and a scope are the same in any spelling (rule 6d); patterns see the
/// spelling of the label.
fn accepts(matcher: &Matcher, series: &Series) -> bool {
    let (is_spelled, value) = (SPELLED.contains(&matcher.label.as_str()), series.labels.get(&matcher.label));
    match &matcher.comparison {
        Comparison::Equal if is_spelled => same_text(&matcher.value, value),
        Comparison::NotEqual if is_spelled => !same_text(&matcher.value, value),
        _ => matcher.accepts(value),
    }
}

/// Tells whether a matcher only demands that its label is absent (`label=""`).
fn accepts_none(matcher: &Matcher) -> bool {
    matches!(matcher.comparison, Comparison::Equal) && matcher.value.is_empty()
}

impl Source for SeenSeries {
    fn select(&self, matchers: &[Matcher]) -> Result<Vec<Series>, Error> {
        let mut found = Vec::new();
        self.each(matchers, |series| {
            found.push(series.clone());
            if found.len() > SERIES_MAX {
                return Err(Error::execution(format!(
                    "a selector finds more than {SERIES_MAX} series: add labels"
                )));
            }
            Ok(())
        })?;
        found.sort_by(|left: &Series, right| left.labels.cmp(&right.labels));
        Ok(found)
    }

    fn last_day(&self) -> i32 {
        since_1970(self.today)
    }

    fn is_apart(&self, label: &str) -> bool {
        label == AS_OF
    }
}
