//! Aggregations over the samples of a window.

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
