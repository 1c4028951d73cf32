//! When a line is drawn and how: from each value until the next, carried after the last observation, cut at a break, and not at
//! all where nothing is known.

use super::super::lines::DrawnLine;
use ozg_core::words::{Basis, Day, Unit};

/// Days without a gap: the values, each from its day on, and the day on which they end.
#[derive(Debug, PartialEq)]
pub(super) struct Run {
    pub(super) steps: Vec<(Day, f64)>,
    pub(super) end: Day,
    /// Whether it shows the last observation carried on.
    pub(super) is_carried: bool,
}

/// The day from which on another unit is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Break {
    pub(super) day: Day,
    pub(super) unit: Unit,
}

impl Break {
    /// Finds the unit that was published only after all figures of the others.
    pub(super) fn of(lines: &[DrawnLine]) -> Option<Break> {
        let published = || lines.iter().filter(|line| line.holds_on() && line.unit.is_some());
        let days = |line: &DrawnLine| -> Vec<Day> {
            line.values.iter().filter(|(_, value)| !value.is_carried).map(|(day, _)| *day).collect()
        };
        let breaks = published().filter_map(|line| {
            let unit = line.unit?;
            let own = published().filter(|other| other.unit == Some(unit));
            let day = own.flat_map(days).min()?;
            let before = published().filter(|other| other.unit != Some(unit)).flat_map(days).max()?;
            (before < day).then_some(Break { day, unit })
        });
        breaks.max_by_key(|broken| broken.day)
    }

    /// Returns the last day of a line that it ends.
    fn end_of(self, line: &DrawnLine) -> Option<Day> {
        (line.holds_on() && line.unit != Some(self.unit)).then_some(self.day)
    }
}

/// Returns how a line is drawn in a chart that ends on a day. Periods and targets stand for themselves.
pub(super) fn runs(line: &DrawnLine, last: Day, broken: Option<Break>) -> Vec<Run> {
    let Some((last_day, _)) = line.values.last_key_value() else { return Vec::new() };
    if line.period.is_some() || line.basis == Basis::Target {
        return Vec::new();
    }
    let own = if line.basis == Basis::Counted { last } else { line.ends.unwrap_or(*last_day).min(last) };
    let end = broken.and_then(|broken| broken.end_of(line)).map_or(own, |cut| cut.min(own));
    let carried = line.holds_on().then(|| line.carried_behind().unwrap_or(*last_day));
    let mut runs: Vec<Run> = Vec::new();
    let mut values = line.values.range(..=end).peekable();
    while let Some((day, value)) = values.next() {
        let until = values.peek().map_or(end, |(next, _)| **next);
        let gap = line.gaps.iter().find(|gap| (day..&until).contains(gap)).copied();
        let (step, is_carried) = ((*day, value.number.to_f64()), carried.is_some_and(|from| *day >= from));
        let stop = gap.unwrap_or(until);
        match runs.last_mut().filter(|run| run.end == *day) {
            Some(run) if run.is_carried == is_carried => {
                run.steps.push(step);
                run.end = stop;
                continue;
            }
            // The step up to an observation belongs to what came before it.
            Some(run) => run.steps.push(step),
            None => {}
        }
        runs.push(Run { steps: vec![step], end: stop, is_carried });
    }
    runs
}

/// Lists the spans in which no line says anything. Lines that hold no values, such as targets, are never silent.
pub(super) fn silences(
    lines: &[&DrawnLine],
    (first, last): (Day, Day),
    broken: Option<Break>,
) -> Vec<(Day, Day)> {
    let mut spoken: Vec<(Day, Day)> = Vec::new();
    for line in lines {
        let runs = runs(line, last, broken);
        if runs.is_empty() {
            return Vec::new();
        }
        spoken.extend(runs.iter().filter_map(|run| Some((run.steps.first()?.0, run.end))));
    }
    spoken.sort();
    spoken.push((last, last));
    let mut silent = Vec::new();
    let mut known = first;
    for (from, to) in spoken {
        if from > known {
            silent.push((known, from));
        }
        known = known.max(to);
    }
    silent
}
