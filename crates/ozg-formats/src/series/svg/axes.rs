//! The axes of a chart: the place of each day and value, and the round numbers and days beside them.

use super::super::lines::DrawnLine;
use super::text::{date, grouped, month};
use super::{MARGIN, WIDTH};
use ozg_core::query::Show;
use ozg_core::words::{Day, Language};
use std::fmt::Write as _;

/// Room for the numbers at the left.
const LEFT: f64 = 58.0;
/// Room for the names at the right.
const RIGHT: f64 = 206.0;
/// Most steps of numbers on the axis.
const STEPS_MAX: f64 = 6.0;
/// Most days on the axis.
const DATES_MAX: usize = 8;
/// Steps between days on the axis, in months.
const MONTH_STEPS: [i32; 9] = [1, 2, 3, 6, 12, 24, 60, 120, 240];
/// Up to so many days between first and last, single days are named.
const DAYS_NAMED_MAX: i32 = 45;

/// Where days and values stand in the drawing.
pub(super) struct Frame {
    first: Day,
    last: Day,
    lowest: f64,
    highest: f64,
    step: f64,
    decimals: usize,
    top: f64,
    height: f64,
    /// Whether values are shares, shown in per cent.
    pub(super) is_share: bool,
}

impl Frame {
    /// Fits the frame to lines; none where they have no value.
    pub(super) fn around(lines: &[DrawnLine], show: Show, (top, height): (f64, f64)) -> Option<Frame> {
        let days = || lines.iter().flat_map(|line| line.values.keys().copied());
        let (first, last) = (days().min()?, days().max()?);
        let values = || lines.iter().flat_map(|line| line.values.values());
        let is_share = show == Show::Share;
        let scale = if is_share { 100.0 } else { 1.0 };
        let all = || {
            values()
                .flat_map(|value| [Some(value.number), value.highest, value.upper])
                .flatten()
                .map(|n| n.to_f64() * scale)
        };
        let (lowest, highest) = (all().fold(0.0, f64::min), all().fold(0.0, f64::max));
        let (step, decimals) = step((highest - lowest).max(if is_share { 1.0 } else { 4.0 }));
        let (lowest, mut highest) = ((lowest / step).floor() * step, (highest / step).ceil() * step);
        if highest <= lowest {
            highest = lowest + step;
        }
        Some(Frame { first, last, lowest, highest, step, decimals, top, height, is_share })
    }

    /// Returns where the drawing begins and ends, from left to right.
    pub(super) fn sides(&self) -> (f64, f64) {
        (MARGIN + LEFT, WIDTH - MARGIN - RIGHT)
    }

    /// Returns where the drawing begins and ends, from top to bottom.
    pub(super) fn ends(&self) -> (f64, f64) {
        (self.top, self.top + self.height)
    }

    /// Returns where a day stands; a single one stands in the middle.
    pub(super) fn x(&self, day: Day) -> f64 {
        let (left, right) = self.sides();
        let days = self.last.days_since(self.first);
        let part = if days == 0 { 0.5 } else { f64::from(day.days_since(self.first)) / f64::from(days) };
        left + part * (right - left)
    }

    /// Returns where a value stands.
    pub(super) fn y(&self, value: f64) -> f64 {
        let scale = if self.is_share { 100.0 } else { 1.0 };
        self.height_of(value * scale)
    }

    fn height_of(&self, shown: f64) -> f64 {
        let (top, bottom) = self.ends();
        bottom - (shown - self.lowest) / (self.highest - self.lowest) * (bottom - top)
    }
}

/// Returns a round step for a range, and how many digits behind the point it needs.
fn step(range: f64) -> (f64, usize) {
    // Shares of a per cent up to 10^12, the largest number that is believed.
    let decades = [(0.01, 2), (0.1, 1)]
        .into_iter()
        .chain(std::iter::successors(Some((1.0, 0)), |(ten, _)| (*ten < 1e12).then_some((*ten * 10.0, 0))));
    let mut steps = decades.flat_map(|(ten, decimals)| [1.0, 2.0, 5.0].map(|one| (one * ten, decimals)));
    steps.find(|(step, _)| range / step <= STEPS_MAX).unwrap_or((1e12, 0))
}

/// Draws both axes.
pub(super) fn draw_axes(frame: &Frame, language: Language, out: &mut String) {
    let (left, right) = frame.sides();
    let mut at = frame.lowest;
    while at <= frame.highest + frame.step / 2.0 {
        let y = frame.height_of(at);
        let is_zero = at.abs() < frame.step / 2.0;
        let class = if is_zero { "zero" } else { "grid" };
        let _ = writeln!(
            out,
            "<line class=\"{class}\" x1=\"{left:.1}\" y1=\"{y:.1}\" x2=\"{right:.1}\" y2=\"{y:.1}\"/>"
        );
        let plain = if is_zero { "0".to_owned() } else { format!("{at:.*}", frame.decimals) };
        let number = grouped(&plain, language);
        let unit = if frame.is_share { " %" } else { "" };
        let _ = writeln!(
            out,
            "<text class=\"tick\" text-anchor=\"end\" x=\"{:.1}\" y=\"{:.1}\">{number}{unit}</text>",
            left - 10.0,
            y + 4.0
        );
        at += frame.step;
    }
    draw_days(frame, language, out);
}

fn draw_days(frame: &Frame, language: Language, out: &mut String) {
    let (_, bottom) = frame.ends();
    for (day, names) in days(frame, language) {
        let x = frame.x(day);
        let _ = writeln!(
            out,
            "<line class=\"zero\" x1=\"{x:.1}\" y1=\"{bottom:.1}\" x2=\"{x:.1}\" y2=\"{:.1}\"/>",
            bottom + 5.0
        );
        for (name, below) in names.iter().zip([20.0, 36.0]) {
            let _ = writeln!(
                out,
                "<text class=\"tick\" text-anchor=\"middle\" x=\"{x:.1}\" y=\"{:.1}\">{name}</text>",
                bottom + below
            );
        }
    }
}

/// Lists the days that are named, each with one or two lines of text.
fn days(frame: &Frame, language: Language) -> Vec<(Day, Vec<String>)> {
    let passed = frame.last.days_since(frame.first);
    if passed <= DAYS_NAMED_MAX {
        let ends = [frame.first, frame.last];
        let ends = &ends[..if passed == 0 { 1 } else { 2 }];
        return ends.iter().map(|day| (*day, vec![date(*day, language)])).collect();
    }
    let named = |step: i32| -> Vec<i32> {
        let (first, last) = (month_of(frame.first), month_of(frame.last));
        let is_in = |at: &i32| first_of(*at).is_some_and(|day| (frame.first..=frame.last).contains(&day));
        (first..=last).filter(|at| at % step == 0).filter(is_in).collect()
    };
    let step = MONTH_STEPS.into_iter().find(|step| named(*step).len() <= DATES_MAX).unwrap_or(MONTH_STEPS[8]);
    let named = named(step);
    let names = |(index, at): (usize, &i32)| {
        let year = (at / 12).to_string();
        if step % 12 == 0 {
            return vec![year];
        }
        let month = month(usize::try_from(at % 12).unwrap_or_default(), language).to_owned();
        if index == 0 || at % 12 < step { vec![month, year] } else { vec![month] }
    };
    let days = named.iter().enumerate();
    days.filter_map(|(index, at)| Some((first_of(*at)?, names((index, at))))).collect()
}

/// Returns the month of a day, counted from the year 0.
fn month_of(day: Day) -> i32 {
    let text = day.to_string();
    let part = |range: std::ops::Range<usize>| text.get(range).and_then(|part| part.parse::<i32>().ok());
    part(0..4).unwrap_or_default() * 12 + part(5..7).unwrap_or(1) - 1
}

fn first_of(month: i32) -> Option<Day> {
    Day::from_ymd(month / 12, u32::try_from(month % 12).ok()? + 1, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round() {
        for (range, expected) in [(4.0, 1.0), (75.0, 20.0), (575.0, 100.0), (1.0, 0.2), (7e11, 2e11)] {
            assert!((step(range).0 - expected).abs() < expected / 1e6, "{range}");
        }
    }
}
