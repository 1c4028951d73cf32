//! Maturity levels (Reifegrade) with the model that they belong to (SEMANTICS 11).

use super::word_as_text;
use crate::mistake::{Code, Fault};
use serde::{Deserialize, Serialize};

/// A model of maturity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Model {
    /// Model 1.1 of the OZG: levels 0 to 4, OZG-konform from 3.
    V1_1,
    /// Model 2.0: levels 0 to 7.
    V2_0,
}

impl Model {
    /// Returns the id, `1.1` or `2.0`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Model::V1_1 => "1.1",
            Model::V2_0 => "2.0",
        }
    }

    /// Returns the highest level.
    #[must_use]
    pub fn highest(self) -> u8 {
        match self {
            Model::V1_1 => 4,
            Model::V2_0 => 7,
        }
    }
}

/// A level of maturity, written with its model: `1.1:3`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Level {
    model: Model,
    level: u8,
}

impl Level {
    /// How many levels there are in all models.
    pub const COUNT: usize = 13;

    /// Lists the levels of all models.
    pub fn all() -> impl Iterator<Item = Level> + Clone {
        [Model::V1_1, Model::V2_0]
            .into_iter()
            .flat_map(|model| (0..=model.highest()).map(move |level| Level { model, level }))
    }

    /// Returns its place in the list of all levels.
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.level) + if self.model == Model::V2_0 { 5 } else { 0 }
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

    /// Tells whether it makes a service OZG-konform: 3 or more in model 1.1; model 2.0 has no such rule yet.
    #[must_use]
    pub fn is_compliant(self) -> bool {
        self.model == Model::V1_1 && self.level >= 3
    }

    /// Reads `1.1:3` or `2.0:5`.
    ///
    /// # Errors
    /// `bad_level` for another model or a level that it does not have.
    pub fn read(text: &str) -> Result<Level, Fault> {
        let found = text.trim().split_once(':').and_then(|(model, level)| {
            let model = [Model::V1_1, Model::V2_0].into_iter().find(|known| known.id() == model.trim())?;
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
        assert_eq!(Level::read("3").unwrap_err().hint.as_deref(), Some("1.1:3"));
    }
}
