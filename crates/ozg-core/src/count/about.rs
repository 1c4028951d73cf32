//! What a line is about: one combination of what was asked for.

use crate::words::{Level, Place, ServiceId, Stage, Topic, Unit};

/// What a line is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct About {
    pub(crate) place: Place,
    pub(crate) topic: Option<Topic>,
    pub(crate) service: Option<ServiceId>,
    pub(crate) stage: Option<Stage>,
    pub(crate) level: Option<Level>,
    pub(crate) unit: Option<Unit>,
}

impl About {
    /// Makes what a line is about that asks for a place only.
    pub(crate) fn new(place: Place) -> About {
        About { place, topic: None, service: None, stage: None, level: None, unit: None }
    }
}
