//! The axes of a chart: numbers at the left, years or months below.

use super::frame::Frame;
use super::look::{Canvas, Letters};
use super::text::{date, month, width_of};
use ozg_core::words::{Day, Language};

/// Size of the letters of an axis.
pub(super) const TICK: f64 = 13.0;
/// Up to so many days between first and last, single days are named.
const DAYS_NAMED_MAX: i32 = 45;
/// Up to so many days, months are named.
const MONTHS_NAMED_MAX: i32 = 900;
/// Steps between months that are named.
const MONTH_STEPS: [i32; 5] = [1, 2, 3, 6, 12];

/// Draws the numbers, each with a line across.
pub(super) fn draw_numbers(canvas: &mut Canvas, frame: &Frame<'_>, language: Language) {
    let (left, right) = frame.sides;
    let letters = Letters::new(TICK, canvas.look.muted).at("end");
    for (number, text) in frame.scale.ticks(language) {
        let y = frame.y_shown(number);
        if number == 0.0 {
            canvas.line((left, y), (right, y), canvas.look.axis, 1.2);
        } else {
            canvas.grid((left, y), (right, y));
        }
        canvas.text(letters, (left - 8.0, y + 4.5), &text);
    }
}

/// Draws the days below the drawing: years in the middle of each, months or single days where there are few.
pub(super) fn draw_days(canvas: &mut Canvas, frame: &Frame<'_>, language: Language) {
    let (first, last) = frame.days;
    let passed = last.days_since(first);
    if passed <= DAYS_NAMED_MAX {
        draw_ends(canvas, frame, language);
    } else if passed <= MONTHS_NAMED_MAX {
        draw_months(canvas, frame, language);
    } else {
        draw_years(canvas, frame);
    }
}

/// Names the first and the last day.
pub(super) fn draw_ends(canvas: &mut Canvas, frame: &Frame<'_>, language: Language) {
    let ((first, last), (left, right), bottom) = (frame.days, frame.sides, frame.ends.1);
    let letters = Letters::new(TICK, canvas.look.muted);
    if first == last {
        let middle = f64::midpoint(left, right);
        canvas.text(letters.at("middle"), (middle, bottom + 20.0), &date(first, language));
        return;
    }
    canvas.text(letters, (left, bottom + 20.0), &date(first, language));
    canvas.text(letters.at("end"), (right, bottom + 20.0), &date(last, language));
}

/// Names the first and the last year, in a drawing too small for more.
pub(super) fn draw_end_years(canvas: &mut Canvas, frame: &Frame<'_>) {
    let ((first, last), (left, right), bottom) = (frame.days, frame.sides, frame.ends.1);
    let letters = Letters::new(11.5, canvas.look.muted);
    canvas.text(letters, (left, bottom + 14.0), &year_of(first).to_string());
    if year_of(first) != year_of(last) {
        canvas.text(letters.at("end"), (right, bottom + 14.0), &year_of(last).to_string());
    }
}

fn tick(canvas: &mut Canvas, frame: &Frame<'_>, day: Day) {
    let (x, bottom) = (frame.x(day), frame.ends.1);
    canvas.line((x, bottom), (x, bottom + 5.0), canvas.look.axis, 1.2);
}

fn draw_years(canvas: &mut Canvas, frame: &Frame<'_>) {
    let ((first, last), bottom) = (frame.days, frame.ends.1);
    let letters = Letters::new(TICK, canvas.look.muted).at("middle");
    let part_of = |year: i32| {
        let from = first_of(year * 12).map_or(first, |day| day.max(first));
        let to = first_of((year + 1) * 12).map_or(last, |day| day.min(last));
        (frame.x(from), frame.x(to))
    };
    let years = year_of(first)..=year_of(last);
    let widest = years.clone().map(part_of).map(|(from, to)| to - from).fold(1.0, f64::max);
    let each = [1, 2, 5, 10, 20].into_iter().find(|each| f64::from(*each) * widest >= 44.0).unwrap_or(50);
    for year in years {
        if let Some(day) = first_of(year * 12).filter(|day| *day >= first) {
            tick(canvas, frame, day);
        }
        let (from, to) = part_of(year);
        if (year - year_of(last)) % each == 0 && (each > 1 || to - from >= 34.0) {
            canvas.text(letters, (f64::midpoint(from, to), bottom + 20.0), &year.to_string());
        }
    }
}

fn draw_months(canvas: &mut Canvas, frame: &Frame<'_>, language: Language) {
    let ((first, last), (left, right), bottom) = (frame.days, frame.sides, frame.ends.1);
    let letters = Letters::new(TICK, canvas.look.muted).at("middle");
    let named = |step: i32| -> Vec<(i32, Day)> {
        let all = (month_of(first)..=month_of(last)).filter(|at| at % step == 0);
        let days = all.filter_map(|at| Some((at, first_of(at)?)));
        days.filter(|(_, day)| (first..=last).contains(day)).collect()
    };
    let fits = |step: &i32| {
        let count = u32::try_from(named(*step).len()).unwrap_or(u32::MAX);
        f64::from(count) * (width_of("Sep. ", TICK) + 6.0) <= right - left
    };
    let step = MONTH_STEPS.into_iter().find(fits).unwrap_or(12);
    for (index, (at, day)) in named(step).into_iter().enumerate() {
        tick(canvas, frame, day);
        let x = frame.x(day);
        let name = month(usize::try_from(at % 12).unwrap_or_default(), language);
        canvas.text(letters, (x, bottom + 20.0), name);
        if index == 0 || at % 12 < step {
            canvas.text(letters, (x, bottom + 36.0), &(at / 12).to_string());
        }
    }
}

fn year_of(day: Day) -> i32 {
    month_of(day).div_euclid(12)
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
