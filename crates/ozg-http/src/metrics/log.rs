//! Metrics of the log: its head, the position up to which it was verified, its entries by type, and the time of the
//! last entry of each office.

use super::family::{Family, MetricKind};
use crate::limits::OFFICE_LABELS_MAX;
use ozg_core::event::EventType;
use ozg_core::state::State;
use ozg_core::words::{Area, Position};
use ozg_tracker::{Status, TokenRow, Tracker};
use std::collections::BTreeMap;

/// Counts of the entries of the log. Each scrape continues where the previous one ended.
#[derive(Debug, Default)]
pub(super) struct Tally {
    position: Position,
    batches: usize,
    by_type: BTreeMap<EventType, u64>,
    last_by_office: BTreeMap<String, i64>,
}

impl Tally {
    /// Counts the entries since the previous scrape.
    pub(super) fn take_in(&mut self, state: &State) {
        if state.head() < self.position {
            *self = Tally::default();
        }
        for position in self.position.up_to(state.head()) {
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
pub(super) fn text(tally: &Tally, state: &State, tracker: &Tracker, rows: &[TokenRow]) -> String {
    let help = "1 if the log takes writes, 0 while it does not.";
    let mut writable = Family::new("ozg_log_writable", MetricKind::Gauge, help);
    writable.put(&[], u8::from(tracker.status() == Status::Ready));
    let help = "Seconds by which the last entry is ahead of the clock; 0 where it is not.";
    let mut ahead = Family::new("ozg_log_ahead_seconds", MetricKind::Gauge, help);
    ahead.put(&[], tracker.log_ahead_ms().unwrap_or(0) / 1_000);
    let mut head =
        Family::new("ozg_log_head_position", MetricKind::Gauge, "Position of the last entry of the log.");
    head.put(&[], state.head());
    let help = "Position up to which the log was verified since it was opened.";
    let mut sound = Family::new("ozg_log_verified_position", MetricKind::Gauge, help);
    sound.put(&[], tracker.verified_position());
    let mut types = Family::new("ozg_log_entries_total", MetricKind::Counter, "Entries of the log by type.");
    for event_type in EventType::all() {
        let count = tally.by_type.get(&event_type).copied().unwrap_or(0);
        types.put(&[("type", event_type.id())], count);
    }
    let mut simulated =
        Family::new("ozg_log_simulated", MetricKind::Gauge, "1 if the log holds generated entries.");
    if state.is_simulated() {
        simulated.put(&[], 1);
    }
    let help = "Objections that are open, by the area that their entries are about.";
    let mut objections = Family::new("ozg_objections_open", MetricKind::Gauge, help);
    for (area, count) in state.open_objections() {
        objections.put(&[("area", area.map_or("", Area::id))], count);
    }
    let log =
        writable.text() + &ahead.text() + &head.text() + &sound.text() + &types.text() + &simulated.text();
    log + &objections.text() + &freshness(tally, rows)
}

/// Writes the instant of the last entry of each office. An office that never recorded anything has the instant at which it
/// was added, so that silence shows. Offices whose tokens are all revoked are left out. If there are too many offices, those
/// that have been silent longest are written.
fn freshness(tally: &Tally, rows: &[TokenRow]) -> String {
    let help =
        "When an office last recorded something, as seconds since 1970; when it was added, if it never did.";
    let mut family = Family::new("ozg_log_last_recorded_timestamp_seconds", MetricKind::Gauge, help);
    let mut made: BTreeMap<&str, i64> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.revoked_at_ms.is_none()) {
        let first = made.entry(&row.id).or_insert(row.created_at_ms);
        *first = row.created_at_ms.min(*first);
    }
    let last = |(office, made)| (tally.last_by_office.get(office).copied().unwrap_or(made), office);
    let mut last: Vec<(i64, &str)> = made.into_iter().map(last).collect();
    last.sort_unstable();
    for (at, office) in last.into_iter().take(OFFICE_LABELS_MAX) {
        family.put(&[("office", office)], format!("{}.{:03}", at.div_euclid(1_000), at.rem_euclid(1_000)));
    }
    family.text()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: &str, created_at_ms: i64, revoked_at_ms: Option<i64>) -> TokenRow {
        TokenRow {
            id: id.to_owned(),
            areas: Vec::new(),
            topics: Vec::new(),
            coordinates: None,
            token_hash: String::new(),
            created_at_ms,
            expires_at_ms: None,
            revoked_at_ms,
        }
    }

    fn offices(text: &str) -> Vec<&str> {
        text.lines().filter_map(|line| line.split('"').nth(1)).collect()
    }

    #[test]
    fn offices_that_left_are_not_told_and_the_most_silent_come_first() {
        let last = [("gone", 1), ("no-token", 2), ("back", 3_000), ("busy", 9_000)];
        let last_by_office = last.map(|(office, at)| (office.to_owned(), at)).into();
        let tally = Tally { last_by_office, ..Tally::default() };
        let rows = [
            row("busy", 1, None),
            row("gone", 1, Some(5)),
            row("back", 1, Some(5)),
            row("back", 6, None),
            row("never", 4_000, None),
        ];
        let text = freshness(&tally, &rows);
        assert_eq!(offices(&text), ["back", "never", "busy"], "{text}");
        assert!(text.contains("{office=\"never\"} 4.000\n"), "{text}");
    }

    #[test]
    fn labels_of_offices_are_bounded() {
        let count = i64::try_from(OFFICE_LABELS_MAX).unwrap() + 5;
        let rows: Vec<TokenRow> =
            (0..count).map(|at| row(&format!("o{:05}", count - at), at, None)).collect();
        let text = freshness(&Tally::default(), &rows);
        let told = offices(&text);
        assert_eq!((told.len(), told[0]), (OFFICE_LABELS_MAX, &*format!("o{count:05}")));
    }
}
