//! Which statements move a measure.

use crate::state::What;
use crate::words::{Level, Stage};

/// Which statements move a measure.
#[derive(Clone, Copy)]
pub(crate) enum Moved {
    /// Statements about a service at a place that the function accepts.
    By(fn(&Statement) -> bool),
    /// Such statements about the service or one of its descendants: a LeiKa-Leistung below it, a Dienst below that.
    ByFamily(fn(&Statement) -> bool),
    /// Descriptions in the catalogue.
    ByCatalogue,
    /// Plans, and where it says so the statements about their milestones.
    ByPlans {
        /// Whether reaching the milestone moves it, too.
        milestones: bool,
    },
    /// None.
    ByNothing,
}

/// A statement about a service at a place, as a line sees it: `here` is true if the place ever lies in the area of the line.
pub(crate) struct Statement {
    /// What it says.
    pub(crate) what: What,
    /// Whether it is about an authority.
    pub(crate) at_authority: bool,
    /// Whether its place ever lies here.
    pub(crate) here: bool,
    /// Whether it is about the place itself, or about an area as a whole that a region touches.
    pub(crate) around: bool,
    /// Whether it is about Germany as a whole.
    pub(crate) nationwide: bool,
    /// The stage that the line asks about.
    pub(crate) stage: Stage,
    /// The level that the line asks about.
    pub(crate) level: Option<Level>,
}

impl Statement {
    /// Returns the stage that it speaks of.
    pub(super) fn of_stage(&self) -> Option<Stage> {
        self.what.stage()
    }

    /// Returns the level that it speaks of.
    pub(super) fn of_level(&self) -> Option<Level> {
        match self.what {
            What::Level(level) => Some(level),
            What::Reached(_) | What::Observed(_) | What::Ended(_) => None,
        }
    }

    /// Tells whether it says that an authority here is live, or no longer.
    pub(super) fn is_live_here(&self) -> bool {
        self.here && self.at_authority && self.of_stage() == Some(Stage::Live)
    }
}
