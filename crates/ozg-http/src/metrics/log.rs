//! What is known of the log: its head, how much of it was verified, its entries by type, and how fresh each office is.

use super::family::{Family, Kind};
use crate::limits::OFFICE_LABELS_MAX;
use ozg_core::event::EventType;
use ozg_core::state::State;
use ozg_tracker::TokenRow;
use std::collections::BTreeMap;

/// What has been counted of the log; each scrape goes on where the one before ended.
#[derive(Debug, Default)]
pub(super) struct Tally {
    position: u32,
    batches: usize,
    by_type: BTreeMap<EventType, u64>,
    last_by_office: BTreeMap<String, i64>,
}

impl Tally {
    /// Counts what has been recorded since.
    pub(super) fn take_in(&mut self, state: &State) {
        if state.head() < self.position {
            *self = Tally::default();
        }
        for position in self.position + 1..=state.head() {
            if let Some(event_type) = state.type_at(position) {
                *self.by_type.entry(event_type).or_default() += 1;
            }
        }
        while let Some(batch) = state.batch(self.batches) {
            self.last_by_office.insert(batch.office, batch.recorded_at_ms);
            self.batches += 1;
        }
        self.position = state.head();
    }
}

/// Writes the families.
pub(super) fn text(tally: &Tally, state: &State, verified: u32, rows: &[TokenRow]) -> String {
    let mut head =
        Family::new("ozg_log_head_position", Kind::Gauge, "Position of the last entry of the log.");
    head.put(&[], state.head());
    let help = "Position up to which the log was verified since it was opened.";
    let mut sound = Family::new("ozg_log_verified_position", Kind::Gauge, help);
    sound.put(&[], verified);
    let mut types = Family::new("ozg_log_entries_total", Kind::Counter, "Entries of the log by type.");
    for event_type in EventType::all() {
        let count = tally.by_type.get(&event_type).copied().unwrap_or(0);
        types.put(&[("type", event_type.name())], count);
    }
    let mut simulated =
        Family::new("ozg_log_simulated", Kind::Gauge, "1 where the log holds generated entries.");
    if state.is_simulated() {
        simulated.put(&[], 1);
    }
    head.text() + &sound.text() + &types.text() + &simulated.text() + &freshness(tally, rows)
}

/// Writes when each office recorded last; one that never has, when it was made, so that silence shows.
fn freshness(tally: &Tally, rows: &[TokenRow]) -> String {
    let help =
        "When an office recorded something last, or was made where it never has, as seconds since 1970.";
    let mut family = Family::new("ozg_log_last_recorded_timestamp_seconds", Kind::Gauge, help);
    let mut last: BTreeMap<&str, i64> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.revoked_at_ms.is_none()) {
        let made = last.entry(&row.id).or_insert(row.created_at_ms);
        *made = row.created_at_ms.min(*made);
    }
    last.extend(tally.last_by_office.iter().map(|(office, at)| (office.as_str(), *at)));
    for (office, at) in last.into_iter().take(OFFICE_LABELS_MAX) {
        family.put(&[("office", office)], format!("{}.{:03}", at.div_euclid(1_000), at.rem_euclid(1_000)));
    }
    family.text()
}
