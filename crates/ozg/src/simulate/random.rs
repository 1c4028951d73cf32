//! A small generator of pseudo-random numbers (wyrand): the same seed gives the same log on every machine.

/// A sequence that follows from its seed.
#[derive(Debug, Clone)]
pub(super) struct Random {
    state: u64,
}

impl Random {
    pub(super) fn new(seed: u64) -> Random {
        let mut random = Random { state: seed };
        // Neighbouring seeds shall not begin alike.
        let _ = random.next();
        random
    }

    /// Returns the next 64 bits.
    pub(super) fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0xa076_1d64_78bd_642f);
        let product = u128::from(self.state) * u128::from(self.state ^ 0xe703_7ed1_a0b4_28db);
        let [high, low] = [(product >> 64) & u128::from(u64::MAX), product & u128::from(u64::MAX)];
        u64::try_from(high ^ low).unwrap_or(0)
    }

    /// Returns a number below `bound`, which is at least 1.
    pub(super) fn below(&mut self, bound: u32) -> u32 {
        let scaled = (self.next() >> 32) * u64::from(bound.max(1));
        u32::try_from(scaled >> 32).unwrap_or(0)
    }

    /// Returns an index into something of this length.
    pub(super) fn index(&mut self, length: usize) -> usize {
        self.below(u32::try_from(length).unwrap_or(u32::MAX)) as usize
    }

    /// Tells whether something happens that happens so often in a thousand times.
    pub(super) fn chance(&mut self, in_thousand: u32) -> bool {
        self.below(1_000) < in_thousand
    }

    /// Returns an index below `length`, small ones far more often than large ones.
    pub(super) fn skewed(&mut self, length: usize) -> usize {
        let unit = f64::from(self.below(u32::MAX)) / f64::from(u32::MAX);
        let scaled = unit * unit * unit * f64::from(u32::try_from(length).unwrap_or(u32::MAX));
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it lies between 0 and length"
        )]
        let index = scaled as usize;
        index.min(length.saturating_sub(1))
    }

    /// Returns one of some things.
    pub(super) fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.index(from.len())]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_follow_from_the_seed_and_stay_below_their_bound() {
        let (mut one, mut same, mut other) = (Random::new(1), Random::new(1), Random::new(2));
        let first: Vec<u64> = (0..100).map(|_| one.next()).collect();
        assert_eq!(first, (0..100).map(|_| same.next()).collect::<Vec<_>>());
        assert_ne!(first, (0..100).map(|_| other.next()).collect::<Vec<_>>());
        assert!((0..10_000).all(|_| one.below(7) < 7 && one.skewed(7) < 7));
        let small = (0..10_000).filter(|_| one.skewed(100) < 10).count();
        assert!((4_000..5_500).contains(&small), "{small}");
    }
}
