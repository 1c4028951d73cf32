//! Aggregations over the samples of a window.

use super::constants::seconds;
use super::math::{quantile_of_sorted, sort_nan_first};
use crate::errors::Error;
use crate::kahan;
use crate::ranges::Window;

type Computed = Result<Option<f64>, Error>;

pub(super) fn sum(window: &Window<'_>, _: &[f64]) -> Computed {
    Ok(Some(kahan::sum(window.values.iter().copied())))
}

pub(super) fn mean(window: &Window<'_>, _: &[f64]) -> Computed {
    Ok(Some(kahan::mean(window.values.iter().copied())))
}

#[expect(
    clippy::cast_precision_loss,
    clippy::unnecessary_wraps,
    reason = "a row of the table; counts are small"
)]
pub(super) fn count(window: &Window<'_>, _: &[f64]) -> Computed {
    Ok(Some(window.values.len() as f64))
}

pub(super) fn first(window: &Window<'_>, _: &[f64]) -> Computed {
    Ok(window.values.first().copied())
}

pub(super) fn last(window: &Window<'_>, _: &[f64]) -> Computed {
    Ok(window.values.last().copied())
}

pub(super) fn smallest(window: &Window<'_>, _: &[f64]) -> Computed {
    let all = window.values.iter().copied();
    Ok(all.reduce(|least, value| if value < least || least.is_nan() { value } else { least }))
}

pub(super) fn largest(window: &Window<'_>, _: &[f64]) -> Computed {
    let all = window.values.iter().copied();
    Ok(all.reduce(|most, value| if value > most || most.is_nan() { value } else { most }))
}

pub(super) fn variance(window: &Window<'_>, _: &[f64]) -> Computed {
    Ok(Some(kahan::variance(window.values.iter().copied())))
}

pub(super) fn deviation(window: &Window<'_>, _: &[f64]) -> Computed {
    Ok(Some(kahan::variance(window.values.iter().copied()).sqrt()))
}

pub(super) fn quantile(window: &Window<'_>, beside: &[f64]) -> Computed {
    let mut sorted = window.values.to_vec();
    sort_nan_first(&mut sorted);
    Ok(Some(quantile_of_sorted(beside[0], &sorted)))
}

/// Returns the median of the distances from the median; NaN if a value is NaN.
pub(super) fn median_deviation(window: &Window<'_>, _: &[f64]) -> Computed {
    if window.values.iter().any(|value| value.is_nan()) {
        return Ok(Some(f64::NAN));
    }
    let mut values = window.values.to_vec();
    sort_nan_first(&mut values);
    let median = quantile_of_sorted(0.5, &values);
    values.iter_mut().for_each(|value| *value = (*value - median).abs());
    sort_nan_first(&mut values);
    Ok(Some(quantile_of_sorted(0.5, &values)))
}

pub(super) fn time_of_first(window: &Window<'_>, _: &[f64]) -> Computed {
    Ok(window.times.first().copied().map(seconds))
}

pub(super) fn time_of_last(window: &Window<'_>, _: &[f64]) -> Computed {
    Ok(window.times.last().copied().map(seconds))
}

pub(super) fn time_of_largest(window: &Window<'_>, _: &[f64]) -> Computed {
    Ok(time_of(window, |value, best| value >= best))
}

pub(super) fn time_of_smallest(window: &Window<'_>, _: &[f64]) -> Computed {
    Ok(time_of(window, |value, best| value <= best))
}

/// Returns the time of the last sample that is as good as the best.
fn time_of(window: &Window<'_>, is_as_good: impl Fn(f64, f64) -> bool) -> Option<f64> {
    let all = window.times.iter().zip(window.values);
    let best =
        all.reduce(|best, one| if is_as_good(*one.1, *best.1) || best.1.is_nan() { one } else { best });
    best.map(|(at, _)| seconds(*at))
}
