//! Who is registered where a line asks: the authorities of a kind and their inhabitants, and whether their registers are
//! complete. For the time before its first complete edition a register is as on that day (rule 10a).

use super::sums::{authorities, parts};
use super::whose::Whose;
use crate::asof::Complete;
use crate::state::{AuthorityNo, Slot};
use crate::steps::Steps;
use crate::words::{Area, AuthorityId, AuthorityKind, KindSet};
use std::cell::OnceCell;

/// The authorities of a kind where a line asks, each part computed on first use.
#[derive(Debug, Default)]
pub(crate) struct OfKind {
    count: OnceCell<Steps<i64>>,
    people: OnceCell<Steps<i64>>,
    unpeopled: OnceCell<Steps<bool>>,
    complete: OnceCell<Completeness>,
}

/// When the registers that a line rests on are complete.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Completeness {
    /// When all of them are.
    pub(crate) holds: Steps<bool>,
    /// When the first edition of one of them stands for the time before it.
    pub(crate) early: Steps<bool>,
}

impl Whose<'_> {
    /// Returns how many authorities of a kind belong here.
    pub(crate) fn of_kind(&self, kind: AuthorityKind) -> &Steps<i64> {
        self.of_kind[kind.index()].count.get_or_init(|| {
            if self.is_plain() {
                return authorities(self.at, self.area, kind);
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
            let mut all = Completeness { holds: Steps::always(true), early: Steps::default() };
            for (area, touched) in self.areas_of_registers() {
                let Complete { holds, early } = self.at.register(kind, area);
                let (holds, early) = (self.of_territory(holds), self.of_territory(early));
                all.holds = all.holds.and(&touched.not().or(&holds));
                all.early = all.early.or(&early.and(&touched));
            }
            all
        })
    }

    /// Lists the areas whose registers say who is here, each with its time: of Germany all Länder and itself.
    fn areas_of_registers(&self) -> Vec<(Area, Steps<bool>)> {
        match self.region() {
            Some(_) => self.touched().to_vec(),
            None => parts(self.area).map(|area| (area, Steps::always(true))).collect(),
        }
    }

    /// Returns when the registers of all kinds are complete that are named.
    pub(crate) fn all_complete(&self, kinds: &Steps<KindSet>) -> Completeness {
        let ever: KindSet = kinds.iter().flat_map(|(_, kinds)| kinds.iter()).collect();
        let named = |kind: AuthorityKind| (kind, kinds.map(|kinds| kinds.contains(kind)));
        self.complete_while(ever.iter().map(named))
    }

    /// Returns when the registers of kinds are complete, each as long as it is needed.
    pub(crate) fn complete_while(
        &self,
        needed: impl Iterator<Item = (AuthorityKind, Steps<bool>)>,
    ) -> Completeness {
        let all = Completeness { holds: Steps::always(true), early: Steps::default() };
        needed.filter(|(_, needed)| !needed.is_empty()).fold(all, |all, (kind, needed)| {
            let complete = self.complete(kind);
            Completeness {
                holds: all.holds.and(&needed.not().or(&complete.holds)),
                early: all.early.or(&complete.early.and(&needed)),
            }
        })
    }

    /// Returns the inhabitants of the place of an authority, none while they are unknown or it does not exist.
    pub(crate) fn population(&self, number: AuthorityNo) -> Steps<Option<i64>> {
        let described = self.at.registration(number);
        described
            .map(|described| described.as_ref().and_then(|described| described.population).map(i64::from))
    }

    /// Keeps what is registered of an authority while it lies here, of the time before the first edition that edition.
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
