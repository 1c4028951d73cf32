//! Which services a line may speak of: those on a list while they are on it, or all.

use super::AsOf;
use crate::event::ServiceList;
use crate::steps::Steps;
use crate::words::{Day, ServiceId, Slug};
use std::sync::Arc;

/// A list of services as of a position; where none is asked for, every service is on it.
pub(crate) struct OnList(Option<Steps<Option<Arc<ServiceList>>>>);

impl AsOf<'_> {
    /// Returns the list that is asked for.
    pub(crate) fn on_list(self, list: Option<&Slug>) -> OnList {
        OnList(list.map(|list| self.list(list)))
    }
}

impl OnList {
    /// Tells whether a service is ever on it.
    pub(crate) fn ever(&self, service: &ServiceId) -> bool {
        self.0.as_ref().is_none_or(|list| list.iter().any(|(_, list)| names(list, service)))
    }

    /// Tells whether a service is on it on a day.
    pub(crate) fn on(&self, service: &ServiceId, day: Day) -> bool {
        self.0.as_ref().is_none_or(|list| list.step_on(day).is_some_and(|(_, list)| names(list, service)))
    }

    /// Returns when both something holds and a service is on it.
    pub(crate) fn while_on(&self, service: &ServiceId, holds: Steps<bool>) -> Steps<bool> {
        match &self.0 {
            Some(list) => holds.zip(list, |holds, list| *holds && names(list, service)),
            None => holds,
        }
    }
}

fn names(list: &Option<Arc<ServiceList>>, service: &ServiceId) -> bool {
    list.as_ref().is_some_and(|list| list.services.contains(service))
}
