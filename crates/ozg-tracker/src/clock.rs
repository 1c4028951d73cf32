//! The clock of the machine, and what shows that it is wrong: it runs ahead of the time that passes, or the log is ahead of it.

use crate::{Shared, Tracker};
use rustix::time::{ClockId, clock_gettime};
use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::UNIX_EPOCH;

/// Milliseconds by which a clock may go further than time passes before writes are refused: a day.
const JUMP_MAX_MS: i64 = 86_400_000;
/// Milliseconds by which the last entry must be ahead of the clock before it is said: a minute.
const AHEAD_MIN_MS: i64 = 60_000;

/// Where a tracker takes the time from.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    /// Returns now, in milliseconds since 1970 UTC.
    pub now_ms: fn() -> i64,
    /// Returns the time that has passed since some instant, in milliseconds; nobody can set it.
    pub passed_ms: fn() -> i64,
}

impl Clock {
    /// The clock of the system. The time that passes includes that of a suspended machine.
    pub const SYSTEM: Clock = Clock { now_ms: system_clock, passed_ms: since_boot };

    /// Returns a clock that is always believed, such as that of a simulation.
    #[must_use]
    pub const fn believed(now_ms: fn() -> i64) -> Clock {
        Clock { now_ms, passed_ms: now_ms }
    }

    /// Returns the time of the clock less the time that has passed: it changes where the clock is set.
    fn offset_ms(self) -> i64 {
        (self.now_ms)() - (self.passed_ms)()
    }
}

/// Returns now by the clock of the system, in milliseconds since 1970 UTC.
#[must_use]
pub fn system_clock() -> i64 {
    let since = std::time::SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

fn since_boot() -> i64 {
    let time = clock_gettime(ClockId::Boottime);
    time.tv_sec * 1_000 + time.tv_nsec / 1_000_000
}

/// A clock, and the offset at which it is believed.
pub(crate) struct Watched {
    clock: Clock,
    offset_ms: AtomicI64,
}

impl Watched {
    pub(crate) fn new(clock: Clock) -> Watched {
        Watched { clock, offset_ms: AtomicI64::new(clock.offset_ms()) }
    }

    pub(crate) fn now_ms(&self) -> i64 {
        (self.clock.now_ms)()
    }

    /// Returns the milliseconds by which the clock has gone further than time has passed, if they are more than a day.
    pub(crate) fn jump_ms(&self) -> Option<i64> {
        let ahead = self.clock.offset_ms() - self.offset_ms.load(Ordering::Acquire);
        (ahead > JUMP_MAX_MS).then_some(ahead)
    }

    /// Believes the clock as it is now.
    pub(crate) fn accept(&self) {
        self.offset_ms.store(self.clock.offset_ms(), Ordering::Release);
    }
}

impl Tracker {
    /// Returns now by the tracker's clock, in milliseconds since 1970 UTC.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        self.shared.clock.now_ms()
    }

    /// Believes the clock as it is now: the operator's word that it is right although it jumped.
    pub fn accept_clock(&self) {
        self.shared.clock.accept();
        tracing::warn!(now_ms = self.now_ms(), "the operator accepts the clock");
    }

    /// Returns the milliseconds by which the last entry is ahead of the clock, if they are more than a minute: what is recorded now
    /// gets the time of that entry until the clock has caught up.
    #[must_use]
    pub fn log_ahead_ms(&self) -> Option<i64> {
        self.shared.log_ahead_ms()
    }
}

impl Shared {
    fn log_ahead_ms(&self) -> Option<i64> {
        let ahead = self.last_recorded_ms()? - self.clock.now_ms();
        (ahead > AHEAD_MIN_MS).then_some(ahead)
    }

    fn last_recorded_ms(&self) -> Option<i64> {
        let state = self.state.load();
        state.batch_until(state.head()).map(|batch| batch.recorded_at_ms)
    }

    /// Warns of a clock that looks wrong at start: it is behind the last entry, or more than a day past both that entry and the
    /// last change of the file.
    pub(crate) fn warn_of_clock(&self, log: &Path) {
        let Some(last) = self.last_recorded_ms() else { return };
        if let Some(ahead_ms) = self.log_ahead_ms() {
            tracing::warn!(
                ahead_seconds = ahead_ms / 1_000,
                "the last entry is ahead of the clock; what is recorded gets its time until the clock has caught up"
            );
        }
        let changed = std::fs::metadata(log).and_then(|file| file.modified());
        let changed = changed.ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
        let changed = changed.map_or(last, |since| i64::try_from(since.as_millis()).unwrap_or(last));
        let past_ms = self.clock.now_ms() - last.max(changed);
        if past_ms > JUMP_MAX_MS {
            tracing::warn!(
                days = past_ms / JUMP_MAX_MS,
                "the clock is more than a day past the last entry and the last change of the log; check it before anything is recorded"
            );
        }
    }
}
