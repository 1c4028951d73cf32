//! A value that threads change one after the other.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// A value behind a lock that a panic of its holder does not close: each change leaves the value whole, so that the next holder
/// can go on with it.
#[derive(Debug, Default)]
pub struct Held<T>(Mutex<T>);

impl<T> Held<T> {
    /// Puts a value behind a lock.
    pub const fn new(value: T) -> Held<T> {
        Held(Mutex::new(value))
    }

    /// Waits for the value and holds it.
    pub fn hold(&self) -> MutexGuard<'_, T> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_of_a_holder_does_not_close_it() {
        let held = Held::new(1);
        let ended = std::panic::catch_unwind(|| {
            let mut value = held.hold();
            *value = 2;
            panic!("while it is held");
        });
        assert!(ended.is_err());
        assert_eq!(*held.hold(), 2);
    }
}
