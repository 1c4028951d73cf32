//! A generated log: services, authorities, and milestones over the months of 2017 to 2026, with late entries, re-launches,
//! endings, corrections and withdrawals. The same seed gives the same log, and every batch is valid.
//!
//! A generated log stays marked as simulated for ever.

mod campaign;
mod pair;
mod progress;
mod random;
mod world;

use campaign::Campaign;
use ozg_core::event::{Body, Draft, Form, Where};
use ozg_core::time::{berlin_day, start_of_berlin_day};
use ozg_core::words::{Day, Source};
use progress::Progress;
use random::Random;
use world::World;

/// The office of all generated entries.
pub const OFFICE: &str = "simulation";
/// First and last day on which something is recorded.
const FIRST_DAY: (i32, u32, u32) = (2017, 1, 16);
const LAST_DAY: (i32, u32, u32) = (2026, 10, 30);
/// Entries of a log that has a world of full size; a shorter one has a smaller world.
const FULL_WORLD_ENTRIES: usize = 60_000;
const DAY_MS: i64 = 86_400_000;
const HOUR_MS: i64 = 3_600_000;

/// Size and seed of a generated log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Entries, catalogue and registry included.
    pub entries: usize,
    /// The same seed gives the same log.
    pub seed: u64,
    /// Entries of a batch.
    pub batch_entries: usize,
}

/// A batch, with the time at which it is recorded.
#[derive(Debug, Clone)]
pub struct Batch {
    /// When it is recorded, in milliseconds since 1970 UTC.
    pub recorded_at_ms: i64,
    /// What it says.
    pub drafts: Vec<Draft>,
}

/// A log that is being generated, batch by batch.
pub struct Simulation {
    settings: Settings,
    random: Random,
    world: World,
    progress: Progress,
    campaign: Option<Campaign>,
    /// Statements of the catalogue and the registry that are still to come, the next one last.
    listings: Vec<Body>,
    said: usize,
    milestones_from: usize,
    batch: u32,
}

impl Simulation {
    /// Prepares a log; nothing of it exists yet.
    #[must_use]
    pub fn new(settings: Settings) -> Simulation {
        let mut random = Random::new(settings.seed);
        let parts = (settings.entries.saturating_mul(1_000) / FULL_WORLD_ENTRIES).clamp(1, 1_000);
        let world = World::new(&mut random, parts);
        let mut listings: Vec<Body> = world.listings().collect();
        listings.truncate(settings.entries);
        let milestones_from = listings.len();
        listings.reverse();
        let progress = Progress::new(&world, &mut random);
        Simulation {
            settings,
            random,
            world,
            progress,
            campaign: None,
            listings,
            said: 0,
            milestones_from,
            batch: 0,
        }
    }

    /// Returns how many of the entries are catalogue and registry; they come first.
    #[must_use]
    pub fn listings(&self) -> usize {
        self.milestones_from
    }

    /// Returns when the batch that begins now is recorded: early batches lie further apart than late ones.
    fn recorded_at_ms(&self) -> i64 {
        let day = |(year, month, day)| Day::from_ymd(year, month, day).unwrap_or(Day::EVER);
        let (first, last) = (start_of_berlin_day(day(FIRST_DAY)), start_of_berlin_day(day(LAST_DAY)));
        if self.said < self.milestones_from {
            return first + 9 * HOUR_MS;
        }
        let number = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
        let milestones = number((self.settings.entries - self.milestones_from).max(1));
        let share = (number(self.said - self.milestones_from) / milestones).powf(0.6);
        let days = share * f64::from(berlin_day(last).days_since(berlin_day(first)) - 1);
        #[expect(clippy::cast_possible_truncation, reason = "some ten years in milliseconds")]
        let passed = (days * 86_400_000.0) as i64;
        first + DAY_MS + passed
    }

    fn listing(&mut self, line: u32) -> Option<Draft> {
        let body = self.listings.pop()?;
        let source = Source { name: world::text("Simulierter Katalog"), url: None, published: None };
        let at = Where { line, form: Form::None };
        Some(Draft { at, id: None, body, source: Some(source), note: None, reason: None, replaces: None })
    }

    fn milestone(&mut self, line: u32, recorded_at_ms: i64, today: Day) -> Draft {
        loop {
            let settles = self.random.chance(progress::SETTLED_IN_THOUSAND);
            if settles
                && let Some(draft) = self.progress.settle(&self.world, &mut self.random, self.batch, today)
            {
                return Draft { at: Where { line, form: Form::None }, ..draft };
            }
            if !self.campaign.as_mut().is_some_and(|campaign| campaign.goes_on(self.batch)) {
                self.campaign = Some(Campaign::new(&self.world, &mut self.random, self.batch, today));
            }
            let Some(campaign) = &self.campaign else { continue };
            let next =
                self.progress.advance(campaign, &self.world, &mut self.random, (recorded_at_ms, today));
            match next {
                Some(draft) => return Draft { at: Where { line, form: Form::None }, ..draft },
                None => self.campaign = None,
            }
        }
    }
}

impl Iterator for Simulation {
    type Item = Batch;

    fn next(&mut self) -> Option<Batch> {
        let left = self.settings.entries - self.said;
        let count = left.min(self.settings.batch_entries.max(1));
        if count == 0 {
            return None;
        }
        let recorded_at_ms = self.recorded_at_ms();
        let today = berlin_day(recorded_at_ms);
        self.batch += 1;
        self.progress.begin();
        let mut drafts = Vec::with_capacity(count);
        for line in 1..=u32::try_from(count).unwrap_or(u32::MAX) {
            let is_listing = self.said < self.milestones_from;
            let draft = if is_listing { self.listing(line) } else { None };
            // A batch holds either listings or milestones: they are recorded at different times.
            if !is_listing && self.said == self.milestones_from && line > 1 {
                break;
            }
            drafts.push(match draft {
                Some(draft) => draft,
                None => self.milestone(line, recorded_at_ms, today),
            });
            self.said += 1;
        }
        Some(Batch { recorded_at_ms, drafts })
    }
}

#[cfg(test)]
mod tests;
