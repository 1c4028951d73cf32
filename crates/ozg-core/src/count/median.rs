//! Medians of days: from launch to roll-out, and from the event to its record (rule 16). The lower median is read
//! from how many there are of each number of days.

use super::whose::Whose;
use super::{About, Counted};
use crate::asof::AsOf;
use crate::query::Query;
use crate::state::{ServiceNo, Slot, What};
use crate::steps::Steps;
use crate::time::berlin_day;
use crate::words::{Area, Day, Stage};
use std::collections::BTreeMap;

/// One number of days that enters or leaves the median on a day.
pub(crate) type Change = (Day, i64, i64);

/// What gathers the numbers of days of a service.
pub(crate) type Gather = fn(&Whose<'_>, ServiceNo, &Steps<bool>, &mut Vec<Change>);

/// Computes a median of days as a timeline.
pub(crate) fn counted(at: AsOf<'_>, query: &Query, about: &About, gather: Gather) -> Counted {
    let whose = Whose::of(at, query, about);
    let mut changes: Vec<Change> = Vec::new();
    for (number, service, _) in at.state.services.numbered() {
        if about.unit.is_some_and(|unit| service.unit() != unit) {
            continue;
        }
        let listed = whose.listed(number, about.topic);
        if !listed.is_empty() {
            gather(&whose, number, &listed, &mut changes);
        }
    }
    medians(changes)
}

/// Adds how long each area here took from launch to roll-out of a service.
pub(crate) fn lead_times(
    whose: &Whose<'_>,
    service: ServiceNo,
    listed: &Steps<bool>,
    changes: &mut Vec<Change>,
) {
    for (area, touched) in whose.touched() {
        if let Some((from, days)) = lead_time(whose.at(), service, *area) {
            add(changes, &listed.and(touched), from, days);
        }
    }
}

/// Adds a number of days that counts from a day on, while its service is listed and its place lies here.
fn add(changes: &mut Vec<Change>, while_here: &Steps<bool>, from: Day, days: i64) {
    let mut since = Steps::default();
    since.push(from, true);
    let counts = while_here.and(&since);
    changes.extend(counts.iter().map(|(day, holds)| (*day, days, if *holds { 1 } else { -1 })));
}

fn lead_time(at: AsOf<'_>, service: ServiceNo, area: Area) -> Option<(Day, i64)> {
    let first = |stage: Stage| {
        let holds = at.area_holds(service, area, stage);
        holds.iter().find(|(_, holds)| *holds).map(|(day, _)| *day)
    };
    let (launched, rolled_out) = (first(Stage::Launched)?, first(Stage::RolledOut)?);
    // A stage that was only observed began on an unknown day.
    if is_observed(at, service, area, (Stage::Launched, launched))
        || is_observed(at, service, area, (Stage::RolledOut, rolled_out))
    {
        return None;
    }
    (rolled_out >= launched).then(|| (rolled_out, i64::from(rolled_out.days_since(launched))))
}

/// Tells whether a stage was observed on a day, so that nobody knows when it began.
fn is_observed(at: AsOf<'_>, service: ServiceNo, area: Area, (stage, day): (Stage, Day)) -> bool {
    let said = at.state.said_at(service, area, Slot::AREA);
    let of_day = |what: What| {
        said.iter().any(|known| known.at(at.position) && known.what.day == day && known.what.what() == what)
    };
    of_day(What::Observed(stage)) && !of_day(What::Reached(stage))
}

/// Adds the days between the day of each statement about a service and its recording, while its place lies here.
pub(crate) fn lags(whose: &Whose<'_>, service: ServiceNo, listed: &Steps<bool>, changes: &mut Vec<Change>) {
    let at = whose.at();
    for area in Area::all() {
        for of_place in
            at.state.said_in(service, area).chunk_by(|left, right| left.what.slot == right.what.slot)
        {
            let lies = whose.lies(area, of_place[0].what.slot);
            if lies.is_empty() {
                continue;
            }
            let while_here = listed.and(lies);
            for known in of_place.iter().filter(|known| known.at(at.position)) {
                if matches!(known.what.what(), What::Level(_) | What::Observed(_)) {
                    continue;
                }
                let Some(batch) = at.state.batch_of(known.entry) else { continue };
                let days = berlin_day(batch.recorded_at_ms).days_since(known.what.day);
                add(changes, &while_here, known.what.day, i64::from(days.max(0)));
            }
        }
    }
}

fn medians(mut changes: Vec<Change>) -> Counted {
    changes.sort_unstable_by_key(|(day, ..)| *day);
    let mut counts: BTreeMap<i64, i64> = BTreeMap::new();
    let (mut value, mut holds) = (Steps::default(), Steps::default());
    for of_day in changes.chunk_by(|left, right| left.0 == right.0) {
        for (_, days, change) in of_day {
            let count = counts.entry(*days).or_default();
            *count += change;
            if *count == 0 {
                counts.remove(days);
            }
        }
        let total: i64 = counts.values().sum();
        holds.push(of_day[0].0, total > 0);
        value.push(of_day[0].0, lower_median(&counts, total));
    }
    Counted { value, holds: Some(holds), ..Counted::default() }
}

fn lower_median(counts: &BTreeMap<i64, i64>, total: i64) -> i64 {
    let mut before = 0;
    for (days, count) in counts {
        before += count;
        if before * 2 >= total {
            return *days;
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lower_median_of_an_even_number_is_the_smaller_middle_one() {
        let counts: BTreeMap<i64, i64> = [(1, 1), (2, 1), (5, 2)].into();
        assert_eq!(lower_median(&counts, 4), 2);
        let counts: BTreeMap<i64, i64> = [(1, 1), (2, 1), (5, 3)].into();
        assert_eq!(lower_median(&counts, 5), 5);
    }
}
