//! Sums that keep what rounding would lose (Neumaier's form of Kahan's sum).

/// A running sum, and the amount that rounding has lost so far.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Sum {
    sum: f64,
    lost: f64,
}

impl Sum {
    /// Adds a value.
    #[inline]
    pub(crate) fn add(&mut self, value: f64) {
        let next = self.sum + value;
        let lost =
            if self.sum.abs() >= value.abs() { (self.sum - next) + value } else { (value - next) + self.sum };
        // An infinite sum has nothing to compensate.
        self.lost = if next.is_infinite() { 0.0 } else { self.lost + lost };
        self.sum = next;
    }

    /// Returns the sum.
    #[inline]
    pub(crate) fn total(self) -> f64 {
        self.sum + self.lost
    }
}

/// Returns the sum of values.
pub(crate) fn sum(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut sum = Sum::default();
    values.into_iter().for_each(|value| sum.add(value));
    sum.total()
}

/// Returns the mean of values. If their sum is too large for a number, the mean is approached value by value.
pub(crate) fn mean(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let mut total = Sum::default();
    let mut count = 0.0;
    for value in values.clone() {
        total.add(value);
        count += 1.0;
    }
    if total.total().is_finite() || count == 0.0 {
        return total.total() / count;
    }
    let (mut mean, mut seen) = (0.0f64, 0.0f64);
    for value in values {
        seen += 1.0;
        let settled = mean.is_infinite()
            && ((value.is_infinite() && (value > 0.0) == (mean > 0.0)) || value.is_finite());
        if !settled {
            mean += value / seen - mean / seen;
        }
    }
    mean
}

/// Returns the variance of all values, by Welford's running mean.
pub(crate) fn variance(values: impl Iterator<Item = f64>) -> f64 {
    let (mut count, mut mean, mut squares) = (0.0, Sum::default(), Sum::default());
    for value in values {
        count += 1.0;
        let delta = value - mean.total();
        mean.add(delta / count);
        squares.add(delta * (value - mean.total()));
    }
    squares.total() / count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_lost_and_nothing_overflows() {
        assert_eq!(sum([1.0, 1e100, 1.0, -1e100]), 2.0);
        assert_eq!(sum([f64::INFINITY, 1.0]), f64::INFINITY);
        assert_eq!(mean([f64::MAX, f64::MAX].into_iter()), f64::MAX);
        assert_eq!(variance([2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0].into_iter()), 4.0);
    }
}
