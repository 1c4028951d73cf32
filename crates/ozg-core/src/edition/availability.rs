//! Availability: what a snapshot of the federal dashboard says beyond the one before it.

use super::difference::{Gathering, Turn};
use super::{EditionRow, Stated};
use crate::event::{Body, Form, Milestone, Where};
use crate::mistake::{Bilingual, Mistake};
use crate::state::{Slot, State};
use crate::words::{Area, AreaSet, Day, Place, ServiceId, Stage, Unit};
use std::collections::{BTreeMap, BTreeSet};

impl Gathering<'_> {
    /// Milestones of LeiKa-Leistungen in the areas of the snapshot. The first one of an area states what was found on its
    /// day and no day of going live; later ones say what became available since, and what disappeared.
    pub(super) fn availability(&mut self, areas: AreaSet) -> Result<(), Vec<Mistake>> {
        let (state, office) = (self.state, self.taking.office);
        let said = state.said_by(office, areas);
        self.check_past()?;
        // What was begun with a first snapshot and broke off is completed as one.
        let before = |said: &&SaidBegun| said.is_snapshot && said.day < self.day();
        let snapshots: AreaSet = said.iter().filter(before).map(|said| said.milestone.place.area()).collect();
        // A snapshot ends only what one before it could have begun; what is said of Germany ends with one about Germany.
        let mut standing: BTreeSet<Milestone> = state.holding_on(&said, self.day());
        standing.retain(|milestone| snapshots.contains(milestone.place.area()));
        self.out.is_first = snapshots.is_empty();
        self.out.stood = standing.len();
        self.count_again();
        let mut named: BTreeMap<&Milestone, &Where> = BTreeMap::new();
        let mut not_counted: BTreeSet<&ServiceId> = BTreeSet::new();
        for EditionRow { at, states } in &self.edition.rows {
            match states {
                Stated::Holds(milestone) => drop(named.insert(milestone, at)),
                Stated::NotCounted(service) if not_counted.insert(service) => self.leave_count(at, service),
                _ => {}
            }
        }
        for (milestone, at) in &named {
            if standing.contains(*milestone) || state.holds_on(milestone, self.day()) {
                self.out.unchanged += 1;
                continue;
            }
            let is_first_of_area = !snapshots.contains(milestone.place.area());
            let milestone = (*milestone).clone();
            let thing = shown(&milestone);
            let body = if is_first_of_area {
                Body::MilestoneObserved(milestone, self.on)
            } else {
                self.turn(at.line, Turn::Began, thing, String::new());
                Body::MilestoneReached(milestone, self.on)
            };
            self.say(at, body, None);
        }
        for milestone in standing.iter().filter(|milestone| !named.contains_key(*milestone)) {
            self.turn(0, Turn::Ended, shown(milestone), String::new());
            let reason = Bilingual::new(
                format!("im Export vom {} nicht mehr enthalten", self.on),
                format!("no longer in the export of {}", self.on),
            );
            let at = Where { line: 0, form: Form::None };
            self.say(&at, Body::MilestoneEnded(milestone.clone(), self.on), Some(&reason));
        }
        // Where there was a snapshot, what the office said later came from another one.
        let has_snapshot = said.iter().any(|said| said.is_snapshot);
        self.check_order(said.iter().map(|said| said.day).max().filter(|_| has_snapshot))
    }

    /// A service that an earlier snapshot left out of the count and this one names comes back as it was listed.
    fn count_again(&mut self) {
        let mut seen: BTreeSet<&ServiceId> = BTreeSet::new();
        let left_out: BTreeSet<&ServiceId> = self
            .edition
            .rows
            .iter()
            .filter_map(|row| match &row.states {
                Stated::NotCounted(service) => Some(service),
                _ => None,
            })
            .collect();
        for EditionRow { at, states } in &self.edition.rows {
            let Stated::Holds(Milestone { service, .. }) = states else { continue };
            if left_out.contains(service) || !seen.insert(service) {
                continue;
            }
            if let Some(listing) =
                self.state.listing_before_delisting(service, self.taking.office, self.day())
            {
                self.turn(at.line, Turn::Began, service, listing.name.to_string());
                self.say(at, Body::ServiceListed(service.clone(), listing, Some(self.on)), None);
            }
        }
    }

    /// A service that is not counted leaves the catalogue, and so the denominator.
    fn leave_count(&mut self, at: &Where, service: &ServiceId) {
        if self.state.listing_on(service, self.day()).is_none() {
            self.out.unchanged += 1;
            return;
        }
        self.turn(at.line, Turn::Ended, service, "nicht berücksichtigt / not considered".to_owned());
        let reason = Bilingual::new(
            "nicht in Auswertung berücksichtigt (Dashboard Digitale Verwaltung)",
            "not considered in the evaluation (Dashboard Digitale Verwaltung)",
        );
        self.say(at, Body::ServiceDelisted(service.clone(), self.on), Some(&reason));
    }
}

fn shown(milestone: &Milestone) -> String {
    format!("{} {} {}", milestone.service, milestone.place, milestone.stage)
}

/// A milestone that an office said began, was found or ended, with the day.
pub(super) struct SaidBegun {
    pub(super) milestone: Milestone,
    pub(super) day: Day,
    /// Whether it was found rather than reached: only snapshots say that.
    pub(super) is_snapshot: bool,
}

impl State {
    /// Lists what an office said of LeiKa-Leistungen in some areas, as far as snapshots speak of it.
    pub(super) fn said_by(&self, office: &str, areas: AreaSet) -> Vec<SaidBegun> {
        use crate::state::What;
        let mut found = Vec::new();
        for (index, said) in self.said.iter().enumerate() {
            let area = Area::from_index(index % Area::COUNT).unwrap_or(Area::DE);
            let Some(service) = self.services.key(index / Area::COUNT) else { continue };
            if service.unit() != Unit::Leika || !areas.contains(area) {
                continue;
            }
            for known in said.all().iter().filter(|known| known.at(self.head())) {
                let (stage, is_snapshot) = match known.what.what() {
                    What::Reached(stage) => (stage, false),
                    What::Observed(stage) => (stage, true),
                    What::Ended(stage) => (stage, false),
                    What::Level(_) => continue,
                };
                let Some(place) = self.place_of(area, known.what.slot) else { continue };
                let speaks = matches!(
                    (&place, stage),
                    (Place::Area(_), Stage::RolledOut | Stage::Launched) | (Place::Authority(_), Stage::Live)
                );
                if speaks && self.office_of(known.entry) == Some(office) {
                    let milestone = Milestone { service: service.clone(), place, stage };
                    found.push(SaidBegun { milestone, day: known.what.day, is_snapshot });
                }
            }
        }
        found
    }

    /// Returns which of some milestones hold on a day.
    pub(super) fn holding_on(&self, said: &[SaidBegun], day: Day) -> BTreeSet<Milestone> {
        said.iter()
            .map(|said| &said.milestone)
            .filter(|milestone| self.holds_on(milestone, day))
            .cloned()
            .collect()
    }

    /// Tells whether a milestone holds on a day, as everything stands.
    pub(super) fn holds_on(&self, milestone: &Milestone, day: Day) -> bool {
        let Some(service) = self.services.number(&milestone.service) else { return false };
        let slot = match &milestone.place {
            Place::Authority(authority) => match self.authorities.number(authority) {
                Some(number) => Slot::of_authority(number),
                None => return false,
            },
            Place::Area(_) | Place::Region(_) => Slot::AREA,
        };
        let area = milestone.place.area();
        self.stages(service, area, slot, self.head()).on(day).contains(milestone.stage)
    }

    fn place_of(&self, area: Area, slot: Slot) -> Option<Place> {
        match slot.authority() {
            None => Some(Place::Area(area)),
            Some(number) => self.authorities.key(number).cloned().map(Place::Authority),
        }
    }
}
