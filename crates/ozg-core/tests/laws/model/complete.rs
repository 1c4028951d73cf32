//! Rules 10a, 10b: which catalogues and registers are complete, and what is missing where they are not.

use super::{About, OnDay, World, counts};
use ozg_core::event::{Body, Register, Registration};
use ozg_core::measure::Measure;
use ozg_core::words::{Area, AuthorityKind, Day, Place, Position, Stage, Unit};
use std::collections::BTreeSet;

/// Whether what a number rests on is complete, and whether a first edition stands for the time before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Known {
    pub(crate) partial: bool,
    pub(crate) early: bool,
}

impl Known {
    fn and(self, other: Known) -> Known {
        Known { partial: self.partial || other.partial, early: self.early || other.early }
    }
}

impl World {
    /// Lists what was declared of a register: the day, whether it was said of the Land itself, and what.
    fn declared(&self, register: Register) -> Vec<(Day, bool, Position, bool)> {
        let said = self.entries.iter().filter_map(|entry| {
            let Body::RegisterDeclared(of, complete, on) = &entry.event.body else { return None };
            let is_own = *of == register;
            let for_all = match (of, register) {
                (Register::Authorities(kind, Area::DE), Register::Authorities(asked, _)) => *kind == asked,
                _ => false,
            };
            let day = on.map_or(Day::EVER, |on| counts(on, entry.recorded));
            (is_own || for_all).then_some((day, is_own, entry.position, *complete))
        });
        said.collect()
    }

    fn declared_on(&self, register: Register, day: Day) -> bool {
        let by_then = self.declared(register).into_iter().filter(|(on, ..)| *on <= day);
        by_then.max().is_some_and(|(.., complete)| complete)
    }

    /// Returns the first day on which a register was declared complete.
    fn first_edition(&self, register: Register) -> Option<Day> {
        let days: BTreeSet<Day> = self.declared(register).into_iter().map(|(day, ..)| day).collect();
        days.into_iter().find(|day| self.declared_on(register, *day))
    }

    /// Returns the day whose state stands for a day.
    pub(super) fn edition(&self, register: Register, day: Day) -> Day {
        self.first_edition(register).map_or(day, |first| first.max(day))
    }

    pub(super) fn known(&self, register: Register, day: Day) -> Known {
        let Some(first) = self.first_edition(register) else { return Known { partial: true, early: false } };
        let early = day < first;
        Known { partial: !early && !self.declared_on(register, day), early }
    }
}

impl OnDay<'_> {
    /// Rule 10b: whether the catalogue and the registers that a number needs are known as a whole.
    pub(super) fn known(&self, measure: Measure, about: &About, services: &[usize]) -> Known {
        let within = &about.place;
        let of_levels = [Measure::ServicesCompliant, Measure::ServicesAtMaturity].contains(&measure);
        if within.authority().is_some() && !of_levels {
            return Known::default();
        }
        match measure {
            Measure::ServicesListed
            | Measure::ServicesLaunched
            | Measure::ServicesRolledOut
            | Measure::ServicesCompliant
            | Measure::ServicesAtMaturity => self.catalogue(about),
            Measure::ServicesCoveringAll => {
                let (catalogue, registers) = (self.catalogue(about), self.executing_known(services, within));
                let some_cannot = services.iter().any(|s| !self.can_be_judged(*s, within));
                Known { partial: catalogue.partial || some_cannot, early: catalogue.early || registers.early }
            }
            Measure::ReusesPossible => self.executing_known(services, within),
            Measure::Reuses | Measure::ReusesCurrent => self.executing_told(services, within),
            Measure::AuthoritiesActive => self.registered_known(within),
            Measure::PopulationCovered => {
                let registers = self.executing_told(services, within);
                let unknown = |registration: &Option<Registration>| {
                    registration.as_ref().is_some_and(|described| described.population.is_none())
                };
                let unpeopled = services.iter().any(|s| {
                    let responsible = self.responsible(*s, within);
                    let live =
                        self.authorities(within).into_iter().filter(|p| self.is_held(*s, *p, Stage::Live));
                    responsible.into_iter().any(|p| unknown(&self.editions[p]))
                        || live.into_iter().any(|p| unknown(&self.registrations[p]))
                });
                Known { partial: registers.partial || unpeopled, ..registers }
            }
            Measure::AreasReusing
            | Measure::MilestonesPlanned
            | Measure::MilestonesOverdue
            | Measure::LeadTimeDays
            | Measure::ReportingLagDays
            | Measure::Applications
            | Measure::Other => Known::default(),
        }
    }

    /// Tells what is known of the authorities of a kind in a place: of Germany those of all Länder and of none.
    fn register(&self, kind: AuthorityKind, within: &Place) -> Known {
        let areas: Vec<Area> = match within {
            Place::Area(Area::DE) => Area::all().collect(),
            within => self.around(within).into_iter().collect(),
        };
        let known =
            areas.into_iter().map(|area| self.world.known(Register::Authorities(kind, area), self.day));
        known.fold(Known::default(), Known::and)
    }

    pub(super) fn catalogue(&self, about: &About) -> Known {
        match about.service {
            Some(_) => Known::default(),
            None => self.world.known(Register::Catalogue(about.unit.unwrap_or(Unit::Ozg)), self.day),
        }
    }

    /// Tells what is known of those who execute services.
    pub(super) fn executing_known(&self, services: &[usize], within: &Place) -> Known {
        let kinds: BTreeSet<AuthorityKind> =
            services.iter().flat_map(|s| self.executing(*s).iter().collect::<Vec<_>>()).collect();
        kinds.into_iter().map(|kind| self.register(kind, within)).fold(Known::default(), Known::and)
    }

    /// Tells the same, where a service that does not say who executes it is not known either.
    pub(super) fn executing_told(&self, services: &[usize], within: &Place) -> Known {
        let known = self.executing_known(services, within);
        let some_untold = services.iter().any(|s| self.executing(*s).is_empty());
        Known { partial: known.partial || some_untold, ..known }
    }

    /// Tells what is known of all authorities of a place.
    pub(super) fn registered_known(&self, within: &Place) -> Known {
        let kinds: BTreeSet<AuthorityKind> = self
            .of_edition(within)
            .into_iter()
            .filter_map(|p| self.world.places[p].authority().map(ozg_core::words::AuthorityId::kind))
            .collect();
        kinds.into_iter().map(|kind| self.register(kind, within)).fold(Known::default(), Known::and)
    }

    /// Tells whether it can be judged if a service covers a place: kinds known, complete.
    pub(super) fn can_be_judged(&self, s: usize, within: &Place) -> bool {
        !self.executing(s).is_empty() && !self.executing_known(&[s], within).partial
    }

    /// Lists the authorities that exist in a place; before a first edition those of that edition.
    pub(super) fn of_edition(&self, within: &Place) -> Vec<usize> {
        let all = 0..self.world.places.len();
        all.filter(|p| self.editions[*p].is_some() && self.lies(&self.world.places[*p], within)).collect()
    }

    /// Counts the services of a line in the catalogue; before its first edition those of that edition.
    pub(super) fn listed(&self, about: &About) -> i64 {
        let unit = about.unit.unwrap_or(Unit::Ozg);
        let day = match about.service {
            Some(_) => self.day,
            None => self.world.edition(Register::Catalogue(unit), self.day),
        };
        let is_listed = |id: &&ozg_core::words::ServiceId| {
            let is_meant = about.service.as_ref().map_or(id.unit() == unit, |service| service == *id);
            let listing = self.world.listing(id, day);
            is_meant
                && listing.is_some_and(|listing| {
                    about.topic.is_none_or(|topic| listing.topics.or_none().contains(topic))
                })
        };
        i64::try_from(self.world.services.iter().filter(is_listed).count()).unwrap()
    }
}
