//! A campaign: one source reports the progress of one service at several places.

use super::random::Random;
use super::world::{World, text};
use ozg_core::words::{Day, PartialDate, Source};

/// Longest campaign, in entries.
const ENTRIES_MAX: u32 = 24;
/// The day before which nothing happened.
const FIRST_YEAR: i32 = 2017;

/// A run of entries about one service from one source.
pub(super) struct Campaign {
    pub(super) service: usize,
    pub(super) source: Source,
    /// The day around which things happened.
    pub(super) around: Day,
    /// Number of the report, and of the line in it.
    pub(super) report: u32,
    pub(super) line: u32,
    left: u32,
    batch: u32,
}

impl Campaign {
    /// Begins a campaign in a batch that is recorded today.
    pub(super) fn new(world: &World, random: &mut Random, batch: u32, today: Day) -> Campaign {
        // Software is rolled out most; it comes last in the list.
        let from_last = random.skewed(world.services.len());
        let service = world.services.len() - 1 - from_last;
        let report = random.below(90_000) + 10_000;
        let around = earlier(today, lag_days(random));
        let published = around.max(earlier(today, random.below(20)));
        let date = published.date();
        let key = world.services[service].id.to_string();
        let name = format!("Rollout-Bericht {} {}", world.services[service].name, date.format("%m/%Y"));
        let url = format!(
            "https://{}.example.org/berichte/{}/{}-{report}",
            random.pick(&["ozg", "efa", "digital", "rollout", "kommunal", "fitko"]),
            date.format("%Y-%m"),
            key.split(':').next_back().unwrap_or_default(),
        );
        let source = Source {
            name: text(&name),
            url: Source::read_url(&url).ok(),
            published: Some(PartialDate::Day(published)),
        };
        let left = 1 + random.below(ENTRIES_MAX);
        Campaign { service, source, around, report, line: 0, left, batch }
    }

    /// Returns the number of the batch that it is recorded in.
    pub(super) fn batch(&self) -> u32 {
        self.batch
    }

    /// Takes one of the entries that are left; a campaign ends with its batch, since later ones know more.
    pub(super) fn goes_on(&mut self, batch: u32) -> bool {
        let goes_on = self.left > 0 && self.batch == batch;
        self.left = self.left.saturating_sub(1);
        self.line += 1;
        goes_on
    }
}

/// Most is recorded within weeks, some after months, a little after years.
fn lag_days(random: &mut Random) -> u32 {
    match random.below(100) {
        0..70 => random.below(45),
        70..92 => 45 + random.below(355),
        _ => 400 + random.below(700),
    }
}

/// Returns the day so many days before, but none before the first year.
pub(super) fn earlier(day: Day, days: u32) -> Day {
    let first = Day::from_ymd(FIRST_YEAR, 1, 1).unwrap_or(Day::EVER);
    Day(day.0.saturating_sub(u16::try_from(days).unwrap_or(u16::MAX))).max(first)
}
