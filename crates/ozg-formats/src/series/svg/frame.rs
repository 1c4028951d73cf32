//! The place of each day and value in a drawing.

use super::super::lines::DrawnLine;
use super::text::grouped;
use ozg_core::query::Show;
use ozg_core::words::{Day, Language};

/// The values along the axis, from round number to round number.
pub(super) struct Scale {
    lowest: f64,
    highest: f64,
    step: f64,
    decimals: usize,
    /// Whether values are shares, shown in per cent.
    pub(super) is_share: bool,
}

impl Scale {
    /// Fits the scale to lines in at most so many steps; none where they have no value.
    pub(super) fn of(lines: &[DrawnLine], show: Show, steps: f64) -> Option<Scale> {
        let is_share = show == Show::Share;
        let values = lines.iter().flat_map(|line| line.values.values());
        let all = values.flat_map(|value| [Some(value.number), value.highest, value.upper]).flatten();
        let all: Vec<f64> = all.map(|number| shown(number.to_f64(), is_share)).collect();
        if all.is_empty() {
            return None;
        }
        let ends = |from: f64, pick: fn(f64, f64) -> f64| all.iter().copied().fold(from, pick);
        let (lowest, highest) = (ends(0.0, f64::min), ends(0.0, f64::max));
        let (step, decimals) = step((highest - lowest).max(if is_share { 1.0 } else { 4.0 }), steps);
        let (lowest, mut highest) = ((lowest / step).floor() * step, (highest / step).ceil() * step);
        if highest <= lowest {
            highest = lowest + step;
        }
        Some(Scale { lowest, highest, step, decimals, is_share })
    }

    /// Lists the round numbers, each with its text.
    pub(super) fn ticks(&self, language: Language) -> Vec<(f64, String)> {
        let mut ticks = Vec::new();
        let mut at = self.lowest;
        while at <= self.highest + self.step / 2.0 {
            let is_zero = at.abs() < self.step / 2.0;
            let plain = if is_zero { "0".to_owned() } else { format!("{at:.*}", self.decimals) };
            let unit = if self.is_share { "\u{a0}%" } else { "" };
            ticks.push((if is_zero { 0.0 } else { at }, format!("{}{unit}", grouped(&plain, language))));
            at += self.step;
        }
        ticks
    }
}

/// Where days and values stand in the drawing.
pub(super) struct Frame<'a> {
    pub(super) scale: &'a Scale,
    /// The first and the last day.
    pub(super) days: (Day, Day),
    /// Where it begins and ends, from left to right.
    pub(super) sides: (f64, f64),
    /// Where it begins and ends, from top to bottom.
    pub(super) ends: (f64, f64),
}

impl Frame<'_> {
    /// Returns where a day stands; a single one stands in the middle.
    pub(super) fn x(&self, day: Day) -> f64 {
        let ((first, last), (left, right)) = (self.days, self.sides);
        let days = last.days_since(first);
        let part = if days == 0 { 0.5 } else { f64::from(day.days_since(first)) / f64::from(days) };
        left + part.clamp(0.0, 1.0) * (right - left)
    }

    /// Returns where a value stands.
    pub(super) fn y(&self, value: f64) -> f64 {
        self.y_shown(shown(value, self.scale.is_share))
    }

    /// Returns where a number of the axis stands.
    pub(super) fn y_shown(&self, number: f64) -> f64 {
        let ((top, bottom), scale) = (self.ends, self.scale);
        bottom - (number - scale.lowest) / (scale.highest - scale.lowest) * (bottom - top)
    }
}

fn shown(value: f64, is_share: bool) -> f64 {
    if is_share { value * 100.0 } else { value }
}

/// Returns a round step for a range, and how many digits behind the point it needs.
fn step(range: f64, steps: f64) -> (f64, usize) {
    // Shares of a per cent up to 10^12, the largest number that is believed.
    let decades = [(0.01, 2), (0.1, 1)]
        .into_iter()
        .chain(std::iter::successors(Some((1.0, 0)), |(ten, _)| (*ten < 1e12).then_some((*ten * 10.0, 0))));
    let mut all = decades.flat_map(|(ten, decimals)| [1.0, 2.0, 5.0].map(|one| (one * ten, decimals)));
    all.find(|(step, _)| range / step <= steps).unwrap_or((1e12, 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round() {
        for (range, expected) in [(4.0, 1.0), (75.0, 20.0), (575.0, 100.0), (1.0, 0.2), (7e11, 2e11)] {
            assert!((step(range, 6.0).0 - expected).abs() < expected / 1e6, "{range}");
        }
    }
}
