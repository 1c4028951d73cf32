//! The current values: those of the families that are scraped, on one day.

use super::family::{Family, MetricKind};
use crate::families::{self, FamilyContent, HeldDays, LabelledLine, family};
use crate::problem::Problem;
use ozg_core::query::Viewpoint;
use ozg_core::state::State;
use ozg_core::words::Day;

/// Writes all families of the domain.
pub(super) fn text(state: &State, today: Day) -> Result<String, Problem> {
    let mut out = String::new();
    let (mut conflicts, mut timestamps) = (Vec::new(), Vec::new());
    for measure in families::scraped() {
        let told = families::tell(state, measure, Viewpoint::Head, HeldDays::On(today))?;
        out.push_str(&written(FamilyContent::Values(measure), &told.values));
        out.push_str(&written(FamilyContent::Denominators(measure), &told.denominators));
        conflicts.extend(told.conflicts);
        timestamps.extend(told.timestamps);
    }
    out.push_str(&written(FamilyContent::Conflicts, &conflicts));
    out.push_str(&written(FamilyContent::Timestamps, &timestamps));
    out.push_str(&written(FamilyContent::Areas, &families::areas(today)));
    out.push_str(&written(FamilyContent::Topics, &families::topics(today)));
    Ok(out)
}

fn written(made: FamilyContent, lines: &[LabelledLine]) -> String {
    let row = family(made);
    let mut family = Family::new(&row.name, MetricKind::Gauge, &row.help);
    for line in lines {
        let labels: Vec<(&str, &str)> = line.labels.iter().map(|(name, value)| (*name, &**value)).collect();
        line.last().into_iter().for_each(|value| family.put(&labels, value));
    }
    family.text()
}
