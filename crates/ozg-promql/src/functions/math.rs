//! Calculations with single numbers where Go's rules for NaN and zeros differ from Rust's.

/// Returns the smaller of two numbers; NaN where either is.
pub(super) fn smaller(left: f64, right: f64) -> f64 {
    if left == f64::NEG_INFINITY || right == f64::NEG_INFINITY {
        f64::NEG_INFINITY
    } else if left.is_nan() || right.is_nan() {
        f64::NAN
    } else if left == 0.0 && right == 0.0 {
        if left.is_sign_negative() { left } else { right }
    } else {
        left.min(right)
    }
}

/// Returns the larger of two numbers; NaN where either is.
pub(super) fn larger(left: f64, right: f64) -> f64 {
    if left == f64::INFINITY || right == f64::INFINITY {
        f64::INFINITY
    } else if left.is_nan() || right.is_nan() {
        f64::NAN
    } else if left == 0.0 && right == 0.0 {
        if left.is_sign_negative() { right } else { left }
    } else {
        left.max(right)
    }
}

/// Rounds to a multiple of the parameter, which is 1 if it is not given; halves go up.
pub(super) fn round(value: f64, beside: &[f64]) -> f64 {
    let inverse = 1.0 / beside.first().copied().unwrap_or(1.0);
    (value * inverse + 0.5).floor() / inverse
}

/// Returns 1 or -1 by the sign of the value; 0 and NaN are returned as they are.
pub(super) fn sign(value: f64) -> f64 {
    if value < 0.0 {
        -1.0
    } else if value > 0.0 {
        1.0
    } else {
        value
    }
}

/// Returns a quantile of numbers that are sorted with NaN first.
pub(crate) fn quantile_of_sorted(quantile: f64, sorted: &[f64]) -> f64 {
    if sorted.is_empty() || quantile.is_nan() {
        return f64::NAN;
    }
    if quantile < 0.0 {
        return f64::NEG_INFINITY;
    }
    if quantile > 1.0 {
        return f64::INFINITY;
    }
    #[expect(clippy::cast_precision_loss, reason = "counts of samples are small")]
    let rank = quantile * (sorted.len() - 1) as f64;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and the count")]
    let lower = rank.floor().max(0.0) as usize;
    let upper = (lower + 1).min(sorted.len() - 1);
    let weight = rank - rank.floor();
    sorted[lower] * (1.0 - weight) + sorted[upper] * weight
}

/// Sorts numbers, NaN first.
pub(crate) fn sort_nan_first(values: &mut [f64]) {
    values.sort_by(|left, right| match (left.is_nan(), right.is_nan()) {
        (true, true) => std::cmp::Ordering::Equal,
        (true, false) => std::cmp::Ordering::Less,
        (false, true) => std::cmp::Ordering::Greater,
        (false, false) => left.total_cmp(right),
    });
}
