//! Compares a catalogue with the listed services: those that are new, described differently, or gone.

use super::difference::{Gathering, Turn};
use super::{EditionRow, SaidWith, Stated};
use crate::event::{Body, Form, Listing, Where};
use crate::mistake::{Bilingual, Mistake};
use crate::words::{ServiceId, TopicSet, Unit};
use std::collections::{BTreeMap, BTreeSet};

impl Gathering<'_> {
    /// Compares services: new ones, those that the edition describes differently, and those that the office itself
    /// listed and the edition no longer names.
    pub(super) fn catalogue(&mut self, unit: Unit) -> Result<(), Vec<Mistake>> {
        self.check_past()?;
        let (state, day) = (self.state, self.day());
        let known: BTreeSet<&ServiceId> = state.services().filter(|service| service.unit() == unit).collect();
        let own: BTreeSet<&ServiceId> =
            known.iter().filter(|service| state.listed_by(service, self.taking.office)).copied().collect();
        let dated = self.taking.on.or(self.edition.on).map(|_| self.on);
        self.out.is_first = own.is_empty() || self.has_begun();
        let standing: BTreeMap<&ServiceId, Listing> = known
            .iter()
            .filter_map(|service| Some((*service, state.now().listing_on(service, day)?.1.as_ref().clone())))
            .collect();
        self.out.stood = standing.keys().filter(|service| own.contains(*service)).count();
        let on = if self.out.is_first { dated } else { Some(self.on) };
        self.out.on = on;
        let (mut named, mut unlisted) = (BTreeSet::new(), BTreeSet::new());
        for EditionRow { at, states } in &self.edition.rows {
            let Stated::Service(service, described) = states else { continue };
            named.insert(service);
            let described = self.with_topics_of_parents(service, described);
            let says_nothing_new = standing.get(service).is_some_and(|standing| same(standing, &described));
            let described =
                if says_nothing_new { described } else { self.with_listed_parents(described, &mut unlisted) };
            match standing.get(service) {
                Some(standing) if same(standing, &described) => self.out.unchanged += 1,
                Some(standing) => {
                    let described = keeping(standing, described);
                    self.turn(at.line, Turn::Changed, service, described.name.to_string());
                    self.say(at, Body::ServiceListed(service.clone(), described, Some(self.on)), None);
                }
                None => {
                    self.turn(at.line, Turn::Began, service, described.name.to_string());
                    self.say(at, Body::ServiceListed(service.clone(), described, on), None);
                }
            }
        }
        self.tell_unlisted(&unlisted);
        let gone = standing.iter().filter(|(service, _)| own.contains(*service) && !named.contains(*service));
        for (service, listing) in gone {
            self.turn(0, Turn::Ended, service, listing.name.to_string());
            let reason = Bilingual::new(
                format!("steht nicht mehr im Katalog, Stand {}", self.on),
                format!("is no longer in the catalogue of {}", self.on),
            );
            let at = Where { line: 0, form: Form::None };
            self.say(&at, Body::ServiceDelisted((*service).clone(), self.on), Some(&reason));
        }
        self.check_order(&self.recorded(Some(self.taking.office)))
    }

    /// Tells whether this very file was begun as the first edition and broke off: it is completed as one.
    fn has_begun(&self) -> bool {
        let recorded = self.state.editions_like(self.edition.covers, Some(self.taking.office));
        let is_begun = |said: &&SaidWith| said.file == self.taking.file && !said.is_complete;
        !recorded.is_empty() && recorded.iter().all(is_begun)
    }

    /// Copies the topics of the parents to a service that names none itself (rule 10).
    fn with_topics_of_parents(&self, service: &ServiceId, described: &Listing) -> Listing {
        let mut described = described.clone();
        if service.unit() == Unit::Ozg || !described.topics.is_empty() {
            return described;
        }
        let of_parents =
            described.parents.iter().filter_map(|parent| self.state.now().listing_on(parent, self.day()));
        let topics = of_parents.flat_map(|(_, parent)| parent.topics.iter().collect::<Vec<_>>());
        described.topics = topics.collect::<TopicSet>();
        described
    }

    /// Leaves out the parents that are in no catalogue, and notes them: a service is listed below what is listed (rule 10).
    fn with_listed_parents(&self, described: Listing, unlisted: &mut BTreeSet<ServiceId>) -> Listing {
        let is_listed = |parent: &ServiceId| self.state.now().is_listed(parent);
        let (parents, others): (Vec<ServiceId>, Vec<ServiceId>) =
            described.parents.into_iter().partition(is_listed);
        unlisted.extend(others);
        Listing { parents, ..described }
    }

    /// Tells which parents were left out.
    fn tell_unlisted(&mut self, unlisted: &BTreeSet<ServiceId>) {
        let Some(first) = unlisted.first() else { return };
        let count = unlisted.len();
        self.remark(
            0,
            first,
            format!("{count} übergeordnete Leistungen stehen in keinem Katalog und werden ausgelassen, z. B. {first}: zuerst deren Katalog einlesen, dann diesen noch einmal"),
            format!("{count} parents are in no catalogue and are left out, e.g. {first}: import their catalogue first, then this one again"),
        );
    }
}

/// Tells whether a catalogue says nothing new about a service. Fields that the catalogue lacks (topics, executing
/// kinds, lead) stay as they are.
fn same(standing: &Listing, described: &Listing) -> bool {
    keeping(standing, described.clone()) == *standing
}

fn keeping(standing: &Listing, described: Listing) -> Listing {
    let executed_by =
        if described.executed_by.is_empty() { standing.executed_by } else { described.executed_by };
    let topics = if described.topics.is_empty() { standing.topics } else { described.topics };
    Listing { topics, executed_by, lead: described.lead.or(standing.lead), ..described }
}
