//! Stages of a milestone. They never imply each other; the order says which is furthest (SEMANTICS 8).

use super::{Label, unknown, word_as_text};
use crate::mistake::{Code, Fault};
use serde::{Deserialize, Serialize};

/// How far a service is at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "names in both languages stand in the table below")]
pub enum Stage {
    Interested,
    Agreed,
    Ready,
    Connected,
    Pilot,
    RollingOut,
    Live,
    Launched,
    RolledOut,
}

struct Row {
    stage: Stage,
    id: &'static str,
    name: Label,
    /// Other words that people write for it.
    also: &'static [&'static str],
}

const fn row(
    stage: Stage,
    id: &'static str,
    de: &'static str,
    en: &'static str,
    also: &'static [&'static str],
) -> Row {
    Row { stage, id, name: Label { de, en }, also }
}

/// From the first to the furthest; `launched` and `rolled_out` exist at Länder and DE only.
const TABLE: [Row; 9] = [
    row(Stage::Interested, "interested", "Interesse bekundet", "interest expressed", &["interesse"]),
    row(Stage::Agreed, "agreed", "Nachnutzung vereinbart", "reuse agreed", &["vereinbart"]),
    row(Stage::Ready, "ready", "bereit", "ready", &[]),
    row(Stage::Connected, "connected", "angeschlossen", "connected", &["angebunden"]),
    row(Stage::Pilot, "pilot", "Pilot", "pilot", &["pilotierung", "im pilot"]),
    row(Stage::RollingOut, "rolling_out", "im Roll-out", "rolling out", &["im rollout", "roll-out"]),
    row(Stage::Live, "live", "im Einsatz", "live", &["ausgerollt", "nutzen", "produktiv"]),
    row(Stage::Launched, "launched", "Go-live", "launched", &["golive", "gestartet"]),
    row(Stage::RolledOut, "rolled_out", "flächendeckend", "rolled out", &["flaechendeckend"]),
];

impl Stage {
    /// How many stages there are.
    pub const COUNT: usize = TABLE.len();

    /// Lists all stages, from the first to the furthest.
    pub fn all() -> impl ExactSizeIterator<Item = Stage> + Clone {
        TABLE.iter().map(|row| row.stage)
    }

    /// Lists the stages that an authority can be in.
    pub fn of_authorities() -> impl Iterator<Item = Stage> + Clone {
        Stage::all().filter(|stage| !stage.is_for_areas_only())
    }

    /// Returns its place in the list.
    #[must_use]
    pub fn index(self) -> usize {
        self as usize
    }

    /// Returns the stage at a place of the list.
    #[must_use]
    pub fn from_index(index: usize) -> Option<Stage> {
        TABLE.get(index).map(|row| row.stage)
    }

    /// Returns the id, such as `rolling_out`.
    #[must_use]
    pub fn id(self) -> &'static str {
        TABLE[self.index()].id
    }

    /// Returns the name in both languages.
    #[must_use]
    pub fn name(self) -> Label {
        TABLE[self.index()].name
    }

    /// Tells whether the stage exists at Länder and DE only.
    #[must_use]
    pub fn is_for_areas_only(self) -> bool {
        matches!(self, Stage::Launched | Stage::RolledOut)
    }

    /// Reads the id or the word in either language (`angeschlossen`, `im Einsatz`).
    ///
    /// # Errors
    /// `unknown_stage` for anything else.
    pub fn read(text: &str) -> Result<Stage, Fault> {
        let word = text.trim().to_lowercase();
        TABLE
            .iter()
            .find(|row| {
                row.id == word
                    || row.name.de.to_lowercase() == word
                    || row.name.en == word
                    || row.also.contains(&word.as_str())
            })
            .map(|row| row.stage)
            .ok_or_else(|| {
                let what = Label { de: "Die Stufe", en: "The stage" };
                unknown(Code::UnknownStage, what, text, TABLE.iter().map(|row| row.id))
            })
    }
}

word_as_text!(Stage);

impl std::fmt::Display for Stage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id())
    }
}

/// The stages that a service holds at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
pub struct StageSet(u16);

impl StageSet {
    /// The stages by which a service is available at a place in the sense of `services_launched`.
    pub const AVAILABLE: StageSet =
        StageSet(1 << Stage::Live as u16 | 1 << Stage::Launched as u16 | 1 << Stage::RolledOut as u16);

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
        let of_authorities = self.0 & ((1 << Stage::Launched as u16) - 1);
        Stage::from_index((u16::BITS - 1).checked_sub(of_authorities.leading_zeros())? as usize)
    }

    /// Lists the stages held.
    pub fn iter(self) -> impl Iterator<Item = Stage> {
        Stage::all().filter(move |stage| self.contains(*stage))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_ids_and_words() {
        for (index, stage) in Stage::all().enumerate() {
            assert_eq!(stage.index(), index);
            assert_eq!(Stage::read(stage.id()), Ok(stage));
            assert_eq!(Stage::read(stage.name().de), Ok(stage));
        }
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
