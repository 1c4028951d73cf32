//! Stages of a milestone. They never imply each other; a rank says which of those of an authority is furthest
//! (rule 8).

use super::table::{self, Word, words};
use super::{Label, word_as_text};
use crate::mistake::{Code, Fault};

/// Where a stage exists and what it means there.
#[derive(Debug)]
pub struct Reach {
    /// Whether it exists at Länder and DE only.
    areas_only: bool,
    /// Whether a service that holds it is available at the place.
    is_available: bool,
    /// The higher, the further; no two are equal. Between two there is room for another.
    rank: u8,
}

const fn on_the_way(rank: u8) -> Reach {
    Reach { areas_only: false, is_available: false, rank }
}

const fn available(rank: u8) -> Reach {
    Reach { areas_only: false, is_available: true, rank }
}

const fn available_in_areas(rank: u8) -> Reach {
    Reach { areas_only: true, is_available: true, rank }
}

words! {
    /// A stage of a service at a place.
    Stage with Reach;
    0 Interested "interested" "Interesse bekundet" "interest expressed" ["interesse"] = on_the_way(10);
    1 Agreed "agreed" "Nachnutzung vereinbart" "reuse agreed" ["vereinbart"] = on_the_way(20);
    2 Ready "ready" "bereit" "ready" = on_the_way(30);
    3 Connected "connected" "angeschlossen" "connected" ["angebunden"] = on_the_way(40);
    /// No stage of the tracker: it stands in the middle so that `make test` reads the frozen samples of the log with a
    /// table that has a row more.
    #[cfg(feature = "another-stage")]
    9 Tested "tested" "getestet" "tested" = on_the_way(45);
    4 Pilot "pilot" "Pilot" "pilot" ["pilotierung", "im pilot"] = on_the_way(50);
    5 RollingOut "rolling_out" "im Roll-out" "rolling out" ["im rollout", "roll-out"] = on_the_way(60);
    6 Live "live" "im Einsatz" "live" ["ausgerollt", "nutzen", "produktiv"] = available(70);
    7 Launched "launched" "Go-live" "launched" ["golive", "gestartet"] = available_in_areas(80);
    8 RolledOut "rolled_out" "flächendeckend" "rolled out" ["flaechendeckend"] = available_in_areas(90);
}

impl Stage {
    /// Lists the stages that an authority can be in.
    pub fn of_authorities() -> impl Iterator<Item = Stage> + Clone {
        Stage::all().filter(|stage| !stage.is_for_areas_only())
    }

    /// Tells whether the stage exists at Länder and DE only.
    #[must_use]
    pub fn is_for_areas_only(self) -> bool {
        self.word_row().columns.areas_only
    }

    /// Reads the id, the word in either language or another spelling (`angeschlossen`, `im Einsatz`, `produktiv`).
    ///
    /// # Errors
    /// `unknown_stage` for anything else.
    pub fn read(text: &str) -> Result<Stage, Fault> {
        table::read(text, Code::UnknownStage, Label { de: "Die Stufe", en: "The stage" })
    }
}

word_as_text!(Stage);

/// The stages that a service holds at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct StageSet(u16);

const _: () = assert!(Stage::COUNT <= u16::BITS as usize);

impl StageSet {
    /// The stages by which a service is available at a place in the sense of `services_launched`.
    pub const AVAILABLE: StageSet = {
        let (mut bits, mut index) = (0, 0);
        while index < Stage::COUNT {
            if Stage::TABLE[index].columns.is_available {
                bits |= 1 << index;
            }
            index += 1;
        }
        StageSet(bits)
    };

    /// Makes the set of one stage.
    #[must_use]
    pub fn only(stage: Stage) -> StageSet {
        StageSet(1 << stage.index())
    }

    /// Adds or removes a stage.
    pub fn set(&mut self, stage: Stage, holds: bool) {
        let bit = 1 << stage.index();
        self.0 = if holds { self.0 | bit } else { self.0 & !bit };
    }

    /// Tells whether the stage is held.
    #[must_use]
    pub fn contains(self, stage: Stage) -> bool {
        self.0 & (1 << stage.index()) != 0
    }

    /// Tells whether the two sets share a stage.
    #[must_use]
    pub fn meets(self, other: StageSet) -> bool {
        self.0 & other.0 != 0
    }

    /// Returns what both sets hold.
    #[must_use]
    pub fn both(self, other: StageSet) -> StageSet {
        StageSet(self.0 & other.0)
    }

    /// Returns what either set holds.
    #[must_use]
    pub fn either(self, other: StageSet) -> StageSet {
        StageSet(self.0 | other.0)
    }

    /// Tells whether no stage is held.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Returns the furthest stage that an authority can be in.
    #[must_use]
    pub fn furthest(self) -> Option<Stage> {
        let of_authorities = self.iter().filter(|stage| !stage.is_for_areas_only());
        of_authorities.max_by_key(|stage| stage.word_row().columns.rank)
    }

    /// Lists the stages held, in the order of every list.
    pub fn iter(self) -> impl Iterator<Item = Stage> {
        let mut bits = self.0;
        std::iter::from_fn(move || {
            let index = (bits != 0).then(|| bits.trailing_zeros() as usize)?;
            bits &= bits - 1;
            Stage::from_index(index)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_ids_and_words() {
        assert_eq!(Stage::read("Angeschlossen"), Ok(Stage::Connected));
        assert_eq!(Stage::read("rollingout").unwrap_err().hint.as_deref(), Some("rolling_out"));
    }

    #[test]
    fn the_furthest_stage_is_one_of_an_authority() {
        let mut stages = StageSet::default();
        assert_eq!(stages.furthest(), None);
        stages.set(Stage::RolledOut, true);
        assert_eq!(stages.furthest(), None);
        stages.set(Stage::Interested, true);
        stages.set(Stage::Connected, true);
        assert_eq!(stages.furthest(), Some(Stage::Connected));
        stages.set(Stage::Live, true);
        assert_eq!(stages.furthest(), Some(Stage::Live));
    }
}
