//! Changes within a window: differences, rates, resets.

use crate::errors::Error;
use crate::ranges::Window;

type Computed = Result<Option<f64>, Error>;

/// A window is extrapolated up to its end if less than this lies between the end and a sample, in mean distances between
/// samples.
const REACH: f64 = 1.1;

pub(super) fn rate(window: &Window<'_>, _: &[f64]) -> Computed {
    Ok(extrapolated(window, true, true))
}

pub(super) fn increase(window: &Window<'_>, _: &[f64]) -> Computed {
    Ok(extrapolated(window, true, false))
}

pub(super) fn delta(window: &Window<'_>, _: &[f64]) -> Computed {
    Ok(extrapolated(window, false, false))
}

pub(super) fn irate(window: &Window<'_>, _: &[f64]) -> Computed {
    Ok(last_two(window).and_then(|(before, last, seconds)| {
        let change = if last < before { last } else { last - before };
        (seconds != 0.0).then(|| change / seconds)
    }))
}

pub(super) fn idelta(window: &Window<'_>, _: &[f64]) -> Computed {
    Ok(last_two(window).map(|(before, last, _)| last - before))
}

pub(super) fn changes(window: &Window<'_>, _: &[f64]) -> Computed {
    Ok(Some(pairs(window, |before, value| value != before && !(value.is_nan() && before.is_nan()))))
}

pub(super) fn resets(window: &Window<'_>, _: &[f64]) -> Computed {
    Ok(Some(pairs(window, |before, value| value < before)))
}

#[expect(clippy::cast_precision_loss, reason = "counts of samples are small")]
fn pairs(window: &Window<'_>, counts: impl Fn(f64, f64) -> bool) -> f64 {
    window.values.windows(2).filter(|pair| counts(pair[0], pair[1])).count() as f64
}

/// Returns the last two values and the seconds between them.
fn last_two(window: &Window<'_>) -> Option<(f64, f64, f64)> {
    let [.., before, last] = window.values else { return None };
    let [.., before_at, last_at] = window.times else { return None };
    Some((*before, *last, seconds(last_at - before_at)))
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds of centuries are exact")]
fn seconds(ms: i64) -> f64 {
    ms as f64 / 1_000.0
}

/// Extrapolates the change between the first and the last sample to the whole window. A window that ends far from a sample
/// is extrapolated by half the mean distance of samples there; a counter is never extrapolated below zero.
fn extrapolated(window: &Window<'_>, is_counter: bool, is_rate: bool) -> Option<f64> {
    let ([first, .., last], [first_at, .., last_at]) = (window.values, window.times) else { return None };
    let resets = window.values.windows(2).filter(|pair| is_counter && pair[1] < pair[0]);
    let change = resets.fold(last - first, |change, pair| change + pair[0]);
    let sampled = seconds(last_at - first_at);
    #[expect(clippy::cast_precision_loss, reason = "counts of samples are small")]
    let distance = sampled / (window.values.len() - 1) as f64;
    let mut to_start = seconds(first_at - window.start);
    let to_end = seconds(window.end - last_at);
    if is_counter && change > 0.0 && *first >= 0.0 {
        to_start = to_start.min(sampled * (first / change));
    }
    let reach = |gap: f64| if gap < distance * REACH { gap } else { distance / 2.0 };
    let mut factor = (sampled + reach(to_start) + reach(to_end)) / sampled;
    if is_rate {
        factor /= seconds(window.end - window.start);
    }
    Some(change * factor)
}
