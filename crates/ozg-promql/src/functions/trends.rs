//! Trends of a window: regression and smoothing.

use crate::errors::Error;
use crate::kahan::Sum;
use crate::ranges::Window;

type Computed = Result<Option<f64>, Error>;

pub(super) fn slope(window: &Window<'_>, _: &[f64]) -> Computed {
    if window.values.len() < 2 {
        return Ok(None);
    }
    Ok(Some(regression(window, window.times[0]).0))
}

pub(super) fn predicted(window: &Window<'_>, beside: &[f64]) -> Computed {
    if window.values.len() < 2 {
        return Ok(None);
    }
    let (slope, intercept) = regression(window, window.at);
    Ok(Some(slope * beside[0] + intercept))
}

/// Returns slope and intercept of the least squares line; instants are seconds since a given instant.
#[expect(clippy::cast_precision_loss, reason = "milliseconds of centuries are exact")]
fn regression(window: &Window<'_>, origin: i64) -> (f64, f64) {
    let first = window.values[0];
    if window.values.iter().all(|value| *value == first) {
        return if first.is_infinite() { (f64::NAN, f64::NAN) } else { (0.0, first) };
    }
    let (mut xs, mut ys, mut products, mut squares) =
        (Sum::default(), Sum::default(), Sum::default(), Sum::default());
    for (at, y) in window.times.iter().zip(window.values) {
        let x = (at - origin) as f64 / 1_000.0;
        xs.add(x);
        ys.add(*y);
        products.add(x * y);
        squares.add(x * x);
    }
    let count = window.values.len() as f64;
    let covariance = products.total() - xs.total() * ys.total() / count;
    let variance = squares.total() - xs.total() * xs.total() / count;
    let slope = covariance / variance;
    (slope, ys.total() / count - slope * xs.total() / count)
}

/// Smooths level and trend exponentially (Holt's linear method); both factors lie between 0 and 1.
pub(super) fn smoothed(window: &Window<'_>, beside: &[f64]) -> Computed {
    let (smoothing, trending) = (beside[0], beside[1]);
    for (name, factor) in [("smoothing", smoothing), ("trend", trending)] {
        if !(factor > 0.0 && factor < 1.0) {
            return Err(Error::execution(format!(
                "invalid {name} factor. Expected: 0 < factor < 1, got: {factor}"
            )));
        }
    }
    let [first, second, rest @ ..] = window.values else { return Ok(None) };
    let mut trend = second - first;
    let (mut before, mut level) = (*first, smoothing * second + (1.0 - smoothing) * (first + trend));
    for value in rest {
        trend = trending * (level - before) + (1.0 - trending) * trend;
        (before, level) = (level, smoothing * value + (1.0 - smoothing) * (level + trend));
    }
    Ok(Some(level))
}
