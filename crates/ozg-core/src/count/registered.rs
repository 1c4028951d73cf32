//! The registered authorities of a kind in the place of a line, their inhabitants, and whether their registers are complete.
//! Before its first complete edition a register counts as it is in that edition (rule 10a).

use super::sums::{authorities, parts};
use super::whose::Whose;
use crate::asof::Complete;
use crate::state::{AuthorityNo, Completeness, Slot};
use crate::steps::Steps;
use crate::words::{Area, AuthorityId, AuthorityKind, KindSet};
use std::cell::OnceCell;
use std::sync::Arc;

/// The authorities of a kind where a line asks, each part computed on first use.
#[derive(Debug, Default)]
pub(crate) struct OfKind {
    count: OnceCell<Steps<i64>>,
    people: OnceCell<Steps<i64>>,
    unpeopled: OnceCell<Steps<bool>>,
    complete: OnceCell<Arc<Completeness>>,
}

impl Whose<'_> {
    /// Returns how many authorities of a kind belong here.
    pub(crate) fn of_kind(&self, kind: AuthorityKind) -> &Steps<i64> {
        self.of_kind[kind.index()].count.get_or_init(|| {
            if self.is_plain() {
                return Steps::clone(&authorities(self.at, self.area, kind));
            }
            let registered = |number| self.while_here(number, self.at.registered(number));
            let all = self.numbers(kind).map(registered);
            super::fold::running(all.flat_map(|holds| super::fold::steps_of(&holds)).collect())
        })
    }

    /// Returns the inhabitants of the places of the authorities of a kind.
    pub(crate) fn people_of_kind(&self, kind: AuthorityKind) -> &Steps<i64> {
        self.of_kind[kind.index()].people.get_or_init(|| {
            let mut changes = Vec::new();
            for number in self.numbers(kind) {
                let people =
                    self.while_here(number, self.population(number)).map(|people| people.unwrap_or(0));
                super::fold::differences(&people, &mut changes);
            }
            super::fold::running(changes)
        })
    }

    /// Returns when the inhabitants of the place of any authority of a kind are unknown.
    pub(crate) fn unpeopled(&self, kind: AuthorityKind) -> &Steps<bool> {
        self.of_kind[kind.index()].unpeopled.get_or_init(|| {
            self.numbers(kind).fold(Steps::default(), |any: Steps<bool>, number| {
                let exists = self.while_here(number, self.at.registered(number));
                let people = self.while_here(number, self.population(number));
                any.or(&exists.zip(&people, |exists, people| *exists && people.is_none()))
            })
        })
    }

    /// Returns when the registers of a kind are complete here.
    pub(crate) fn complete(&self, kind: AuthorityKind) -> &Completeness {
        self.of_kind[kind.index()].complete.get_or_init(|| {
            let compute = || Arc::new(self.is_complete(kind));
            match self.is_plain() {
                true => self.at.state.asked.complete.of((kind, self.area, self.at.position), compute),
                false => compute(),
            }
        })
    }

    fn is_complete(&self, kind: AuthorityKind) -> Completeness {
        let of_territory = |Complete { holds, early }| Completeness {
            holds: self.of_territory(holds),
            early: self.of_territory(early),
        };
        // What is said of Germany is said of most Länder; it is computed once and, where no Land comes and goes, taken in once.
        let of_germany = of_territory(self.at.register(kind, Area::DE));
        let mut took_germany = false;
        let mut all = Completeness { holds: Steps::always(true), early: Steps::default() };
        for (area, touched) in self.areas_of_registers() {
            let own = self.at.has_own_register(kind, area);
            if !own && self.region().is_none() && std::mem::replace(&mut took_germany, true) {
                continue;
            }
            let own = own.then(|| of_territory(self.at.register(kind, area)));
            let Completeness { holds, early } = own.as_ref().unwrap_or(&of_germany);
            all.holds = all.holds.and(&touched.not().or(holds));
            all.early = all.early.or(&early.and(&touched));
        }
        all
    }

    /// Lists the areas whose registers name the authorities here, each with the days for which it does. Germany has its own
    /// register and those of all Länder.
    fn areas_of_registers(&self) -> Vec<(Area, Steps<bool>)> {
        match self.region() {
            Some(_) => self.touched().to_vec(),
            None => parts(self.area).map(|area| (area, Steps::always(true))).collect(),
        }
    }

    /// Returns when the registers of all kinds named on the day are complete.
    pub(crate) fn all_complete(&self, kinds: &Steps<KindSet>) -> Completeness {
        let ever: KindSet = kinds.iter().flat_map(|(_, kinds)| kinds.iter()).collect();
        let named = |kind: AuthorityKind| (kind, kinds.map(|kinds| kinds.contains(kind)));
        self.complete_while(ever.iter().map(named))
    }

    /// Returns when all registers needed on the day are complete. Each kind comes with the days on which its register is
    /// needed.
    pub(crate) fn complete_while(
        &self,
        needed: impl Iterator<Item = (AuthorityKind, Steps<bool>)>,
    ) -> Completeness {
        let all = Completeness { holds: Steps::always(true), early: Steps::default() };
        needed.filter(|(_, needed)| !needed.is_empty()).fold(all, |mut all, (kind, needed)| {
            let complete = self.complete(kind);
            // Most registers are complete for ever, or have no first edition that stands for the time before.
            if complete.holds != Steps::always(true) {
                all.holds = all.holds.and(&needed.not().or(&complete.holds));
            }
            if !complete.early.is_empty() {
                all.early = all.early.or(&complete.early.and(&needed));
            }
            all
        })
    }

    /// Returns the inhabitants of the place of an authority, none while they are unknown or it does not exist.
    pub(crate) fn population(&self, number: AuthorityNo) -> Steps<Option<i64>> {
        let described = self.at.registration(number);
        described
            .map(|described| described.as_ref().and_then(|described| described.population).map(i64::from))
    }

    /// Keeps a registered value of an authority while the authority lies here. Before the first edition of its register the
    /// value of that edition holds.
    fn while_here<T: Clone + PartialEq + Default>(&self, number: AuthorityNo, said: Steps<T>) -> Steps<T> {
        let Some(id) = self.at.state.authorities.key(number) else { return Steps::default() };
        let lies = self.lies(id.area(), Slot::of_authority(number));
        if lies.is_empty() || said.is_empty() {
            return Steps::default();
        }
        let of_edition = self.of_territory(self.at.register(id.kind(), id.area()).with_first(said));
        of_edition.zip(lies, |said, lies| if *lies { said.clone() } else { T::default() })
    }

    /// Lists the authorities of a kind that may lie here.
    fn numbers(&self, kind: AuthorityKind) -> impl Iterator<Item = AuthorityNo> + '_ {
        let may_lie = |id: &AuthorityId| self.area == Area::DE || id.area() == self.area;
        let all = self.at.state.authorities.numbered();
        all.filter(move |(_, id, _)| id.kind() == kind && may_lie(id)).map(|(number, ..)| number)
    }
}
