//! A service at a place: the stage that it may reach next, and when.

use super::campaign::earlier;
use super::random::Random;
use ozg_core::words::{Day, PartialDate, Stage};

/// A service at a place.
#[derive(Clone, Copy)]
pub(super) struct Pair {
    pub(super) service: u32,
    /// Authority by its number, then the 17 areas.
    pub(super) place: u32,
    /// The last stage that it reached.
    pub(super) stage: Option<Stage>,
    /// Whether that stage has ended.
    pub(super) ended: bool,
    /// The day from which the last statement counts.
    pub(super) last: Day,
}

impl Pair {
    /// Returns the pair after its next statement, which counts from a day.
    pub(super) fn next(self, authorities: usize, last: Day, random: &mut Random) -> Pair {
        let is_area = self.place as usize >= authorities;
        let next = match self.stage {
            Some(Stage::Live | Stage::RolledOut) => return Pair { ended: !self.ended, last, ..self },
            None if is_area => Stage::Launched,
            Some(_) if is_area => Stage::RolledOut,
            stage => {
                let from = stage.map_or(0, |stage| stage.index() + 1);
                let steps = Stage::Live.index() - from + 1;
                Stage::from_index(from + random.index(steps)).unwrap_or(Stage::Live)
            }
        };
        Pair { stage: Some(next), last, ..self }
    }
}

/// Chooses the date of the next statement about a pair: after the last one, not in the future, and less precise than a day
/// only where the pair reaches a stage for the first time (two starts in "2024" would say the same twice).
pub(super) fn date(before: Pair, around: Day, random: &mut Random, today: Day) -> Option<(PartialDate, Day)> {
    let last = before.last;
    let day = earlier(around, random.below(14)).max(last.after()).min(today);
    if day <= last {
        return None;
    }
    let again = matches!(before.stage, Some(Stage::Live | Stage::RolledOut));
    let partial = match random.below(100) {
        83..97 if !again => PartialDate::read(&day.date().format("%Y-%m").to_string()),
        97.. if !again => PartialDate::read(&day.date().format("%Y").to_string()),
        _ => return Some((PartialDate::Day(day), day)),
    };
    let partial =
        partial.ok().filter(|partial| partial.first() <= today && partial.counts_from(today) > last);
    let on = partial.unwrap_or(PartialDate::Day(day));
    Some((on, on.counts_from(today)))
}
