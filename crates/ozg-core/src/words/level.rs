//! Maturity levels (Reifegrade) with the model that they belong to (rule 11).

use super::table::{Word, words};
use super::word_as_text;
use crate::mistake::{Code, Fault};
use serde::{Deserialize, Serialize};

/// How many levels a model has and what they mean.
#[derive(Debug)]
pub struct Levels {
    /// The highest level; the lowest is 0.
    highest: u8,
    /// The level from which a service is OZG-konform; none where the model has no such rule yet.
    compliant_from: Option<u8>,
}

words! {
    /// A model of maturity.
    Model with Levels;
    /// Model 1.1 of the OZG.
    0 V1_1 "1.1" "Modell 1.1" "model 1.1" = Levels { highest: 4, compliant_from: Some(3) };
    /// Model 2.0.
    1 V2_0 "2.0" "Modell 2.0" "model 2.0" = Levels { highest: 7, compliant_from: None };
}

impl Model {
    /// Returns the highest level; the lowest is 0.
    #[must_use]
    pub fn highest(self) -> u8 {
        self.word_row().columns.highest
    }
}

/// A level of maturity, written with its model: `1.1:3`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "(Model, u8)", try_from = "(Model, u8)")]
pub struct Level {
    model: Model,
    level: u8,
}

impl From<Level> for (Model, u8) {
    fn from(level: Level) -> (Model, u8) {
        (level.model, level.level)
    }
}

impl TryFrom<(Model, u8)> for Level {
    type Error = String;

    fn try_from((model, level): (Model, u8)) -> Result<Level, String> {
        if level > model.highest() {
            return Err(format!("model {model} has no level {level}"));
        }
        Ok(Level { model, level })
    }
}

impl Level {
    /// How many levels there are in all models.
    pub const COUNT: usize = {
        let (mut count, mut index) = (0, 0);
        while index < Model::COUNT {
            count += Model::TABLE[index].columns.highest as usize + 1;
            index += 1;
        }
        count
    };

    /// Lists the levels of all models.
    pub fn all() -> impl Iterator<Item = Level> + Clone {
        Model::all().flat_map(|model| (0..=model.highest()).map(move |level| Level { model, level }))
    }

    /// Returns its place in the list of all levels.
    #[must_use]
    pub fn index(self) -> usize {
        let before = Model::all().take_while(|model| *model != self.model);
        before.map(|model| usize::from(model.highest()) + 1).sum::<usize>() + usize::from(self.level)
    }

    /// Returns the level at a place of the list.
    #[must_use]
    pub fn from_index(index: usize) -> Option<Level> {
        Level::all().nth(index)
    }

    /// Returns the model.
    #[must_use]
    pub fn model(self) -> Model {
        self.model
    }

    /// Tells whether it makes a service OZG-konform, such as `1.1:3`.
    #[must_use]
    pub fn is_compliant(self) -> bool {
        self.model.word_row().columns.compliant_from.is_some_and(|from| self.level >= from)
    }

    /// Reads `1.1:3` or `2.0:5`.
    ///
    /// # Errors
    /// `bad_level` for another model or a level that it does not have.
    pub fn read(text: &str) -> Result<Level, Fault> {
        let found = text.trim().split_once(':').and_then(|(model, level)| {
            let model = Model::all().find(|known| known.id() == model.trim())?;
            let level: u8 = level.trim().parse().ok()?;
            (level <= model.highest()).then_some(Level { model, level })
        });
        found.ok_or_else(|| {
            let fault = Fault::say(
                Code::BadLevel,
                format!("„{text}“ ist kein Reifegrad. Erlaubt: Modell und Stufe, 1.1:0 bis 1.1:4 oder 2.0:0 bis 2.0:7"),
                format!("\"{text}\" is not a level. Allowed: model and level, 1.1:0 to 1.1:4 or 2.0:0 to 2.0:7"),
            );
            match text.trim().parse::<u8>() {
                Ok(level @ 0..=4) => fault.hint(format!("1.1:{level}")),
                _ => fault,
            }
        })
    }
}

word_as_text!(Level);

impl std::fmt::Display for Level {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.model.id(), self.level)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_levels_with_their_model() {
        assert_eq!(Level::all().count(), Level::COUNT);
        for (index, level) in Level::all().enumerate() {
            assert_eq!(level.index(), index);
            assert_eq!(Level::from_index(index), Some(level));
            assert_eq!(Level::read(&level.to_string()), Ok(level));
        }
        assert!(Level::read("1.1:3").unwrap().is_compliant());
        assert!(!Level::read("1.1:2").unwrap().is_compliant());
        assert!(!Level::read("2.0:7").unwrap().is_compliant());
    }

    #[test]
    fn refuses_levels_that_a_model_does_not_have() {
        for text in ["1.1:5", "2.0:8", "1.0:1", "3", "", "1.1:-1"] {
            assert_eq!(Level::read(text).unwrap_err().code, Code::BadLevel, "{text}");
        }
        assert_eq!(Level::read("3").unwrap_err().hint_in_english(), Some("1.1:3"));
    }
}
