//! What was ever said, whether or not it stands: where there is anything to look for.

use crate::state::{AuthorityNo, Flavor, ServiceNo, Slot, State};
use crate::words::Area;

/// How far the inheritance of dissolved authorities is followed; longer chains end there.
pub(super) const INHERITANCE_DEPTH_MAX: usize = 16;

impl State {
    /// Lists the places in an area of which anything was ever said or inherited about a service.
    pub(crate) fn slots(&self, service: ServiceNo, area: Area) -> Vec<Slot> {
        let all = self.said_in(service, area);
        let mut slots: Vec<Slot> = all.iter().map(|known| known.what.slot).collect();
        // Successors hold by inheritance what was never said about themselves. They may lie in any area.
        if self.has_inheritance() {
            slots.extend(self.inheritors(service, area));
            slots.sort_unstable();
        }
        slots.dedup();
        slots
    }

    fn has_inheritance(&self) -> bool {
        self.inheriting
    }

    fn inheritors(&self, service: ServiceNo, area: Area) -> Vec<Slot> {
        let mut found: Vec<AuthorityNo> = Vec::new();
        let mut next: Vec<AuthorityNo> = Area::all()
            .flat_map(|area| {
                self.said_in(service, area).iter().filter_map(|known| known.what.slot.authority())
            })
            .collect();
        for _ in 0..INHERITANCE_DEPTH_MAX {
            next.sort_unstable();
            next.dedup();
            let successors: Vec<AuthorityNo> =
                next.iter().flat_map(|authority| self.successors(*authority)).collect();
            found.extend(&successors);
            next = successors;
        }
        found.retain(|authority| self.authorities.key(*authority).is_some_and(|id| id.area() == area));
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(Slot::of_authority).collect()
    }

    /// Lists the authorities that were ever said to inherit from one.
    pub(crate) fn successors(&self, authority: AuthorityNo) -> Vec<AuthorityNo> {
        let said = self.authorities.value(authority).map_or(&[][..], |history| &history.said);
        let inherited = said.iter().filter_map(|known| match &known.what.said.how {
            Flavor::Dissolved { successors, inherits: true } => Some(successors),
            Flavor::Dissolved { inherits: false, .. } | Flavor::Listed(_) | Flavor::Changed(_) => None,
        });
        inherited.flatten().copied().collect()
    }
}
