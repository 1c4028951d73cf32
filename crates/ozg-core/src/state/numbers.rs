//! Numbers of things: each kind of thing is numbered by itself, in the order in which its things first appeared.

use crate::words::Area;
use serde::{Deserialize, Serialize};

/// The number of a thing among those of its kind.
pub(crate) trait Number: Copy {
    /// Makes the number of the thing at an index.
    fn of_index(index: usize) -> Self;
    /// Returns the index of the thing.
    fn index(self) -> usize;
}

/// Makes a type for the numbers of each kind of thing, so that one is never taken for another.
macro_rules! numbers {
    ($($(#[$about:meta])* $name:ident)*) => {$(
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub(crate) struct $name(u32);

        impl Number for $name {
            fn of_index(index: usize) -> $name {
                match u32::try_from(index) {
                    Ok(number) => $name(number),
                    Err(_) => unreachable!("no more things than entries"),
                }
            }

            fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

numbers! {
    /// A service.
    ServiceNo
    /// An authority.
    AuthorityNo
    /// A service at a place of which reuses were reported.
    ReportNo
    /// What figures were claimed about.
    FigureNo
    /// A milestone for which there are plans.
    PlanNo
    /// What targets were set for.
    TargetNo
    /// What was assessed.
    AssessmentNo
    /// A region.
    RegionNo
    /// A list of services.
    ListNo
    /// A catalogue, or the register of a kind in an area.
    RegisterNo
    /// An entry that somebody objects to.
    ObjectionNo
    /// A service in an area: what was said of its places there.
    SaidNo
}

impl SaidNo {
    /// Returns the number of a service in an area.
    pub(crate) fn of(service: ServiceNo, area: Area) -> SaidNo {
        SaidNo::of_index(service.index() * Area::COUNT + area.index())
    }

    /// Returns the service.
    pub(crate) fn service(self) -> ServiceNo {
        ServiceNo::of_index(self.index() / Area::COUNT)
    }

    /// Returns the area.
    pub(crate) fn area(self) -> Area {
        match Area::from_index(self.index() % Area::COUNT) {
            Some(area) => area,
            None => unreachable!("the rest is an index of an area"),
        }
    }
}
