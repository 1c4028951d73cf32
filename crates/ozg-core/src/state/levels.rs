//! The middle levels of the projection: counts of the places of a service in an area, and of the services of an
//! authority. Only the writer needs them, and only those of the newest state, so they are kept once and changed in place;
//! a state that finds the levels of another one folds its own anew.

use super::numbers::{AuthorityNo, Number, SaidNo, ServiceNo};
use crate::held::Held;
use crate::steps::{Net, Steps};
use crate::words::{Area, Topic, Unit};
use std::sync::{Arc, MutexGuard};

/// The middle levels of one state.
#[derive(Debug, Default)]
pub(crate) struct Levels {
    /// By service and area: index `service * 17 + area`.
    services: Vec<Option<Box<InArea>>>,
    /// By authority: dated counts of live services, by unit and topic.
    authorities: Vec<Vec<(ActiveKey, Net)>>,
}

/// A unit and a topic; no topic means all.
pub(crate) type ActiveKey = (Unit, Option<Topic>);

/// Counts of the places of a service in an area, and what follows from them.
#[derive(Debug, Default)]
pub(crate) struct InArea {
    /// Places at which it is available: launched, live or rolled out.
    pub(crate) available: Net,
    /// When there is any such place.
    pub(crate) own: Steps<bool>,
    /// Responsible authorities at which it is live.
    pub(crate) live: Net,
    /// Whether it counts as launched, through children too.
    pub(crate) launched: Steps<bool>,
    /// Whether it is live at all responsible authorities, as far as that can be judged.
    pub(crate) judged: Steps<Judgement>,
}

/// What can be said of a service as to whether it covers an area; nothing where that cannot be judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Judgement {
    /// It is known who executes it, and all of them are registered.
    pub(crate) is_judged: bool,
    /// There is any responsible authority.
    pub(crate) is_possible: bool,
    /// It is live at any responsible authority.
    pub(crate) is_live: bool,
    /// It is live at all responsible authorities.
    pub(crate) is_covering: bool,
}

impl Levels {
    pub(crate) fn in_area(&self, service: ServiceNo, area: Area) -> Option<&InArea> {
        self.services.get(SaidNo::of(service, area).index())?.as_deref()
    }

    pub(crate) fn in_area_mut(&mut self, service: ServiceNo, area: Area) -> &mut InArea {
        let index = SaidNo::of(service, area).index();
        if self.services.len() <= index {
            self.services.resize_with(index + 1, || None);
        }
        self.services[index].get_or_insert_default()
    }

    pub(crate) fn of_authority_mut(&mut self, authority: AuthorityNo) -> &mut Vec<(ActiveKey, Net)> {
        let index = authority.index();
        if self.authorities.len() <= index {
            self.authorities.resize_with(index + 1, Vec::new);
        }
        &mut self.authorities[index]
    }
}

/// Which state levels belong to: the same mark, the same state.
type Mark = Arc<()>;

/// A state's claim to the levels that all its relatives share. Cloning a state clones the claim, not the levels.
#[derive(Debug, Clone, Default)]
pub(crate) struct LevelsClaim {
    mark: Mark,
    shared: Arc<Held<(Option<Mark>, Levels)>>,
}

impl LevelsClaim {
    /// Takes the levels for a change, if they are this state's; none if they must be folded anew.
    pub(crate) fn take(&self) -> Option<Levels> {
        let mut shared = self.lock();
        let own = shared.0.as_ref().is_some_and(|mark| Arc::ptr_eq(mark, &self.mark));
        shared.0 = None;
        let levels = std::mem::take(&mut shared.1);
        own.then_some(levels)
    }

    /// Gives the levels back as those of the state as it is now.
    pub(crate) fn give(&mut self, levels: Levels) {
        self.mark = Mark::default();
        *self.lock() = (Some(Arc::clone(&self.mark)), levels);
    }

    fn lock(&self) -> MutexGuard<'_, (Option<Mark>, Levels)> {
        self.shared.hold()
    }
}
