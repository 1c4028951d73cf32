//! What a line is about: one combination of what was asked for.

use super::begins::Begins;
use super::rules::rule;
use crate::measure::Measure;
use crate::words::{AuthorityKind, Level, Place, ServiceId, Slug, Stage, Topic, Unit};
use std::borrow::Cow;

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

    /// Returns what is counted: in a Kreis all that lies in it, as in the region of that one Kreis; its maturity is its own (rules
    /// 11, 21d).
    pub(crate) fn as_counted(&self, measure: Measure) -> Cow<'_, About> {
        match &self.place {
            Place::Authority(kreis)
                if kreis.kind() == AuthorityKind::Kreis && rule(measure).begins != Begins::Level =>
            {
                Cow::Owned(About { place: Place::Region(Slug::of_kreis(kreis)), ..self.clone() })
            }
            Place::Area(_) | Place::Authority(_) | Place::Region(_) => Cow::Borrowed(self),
        }
    }
}
