//! Compares a snapshot of the federal dashboard with the one before it: which services became available, and which
//! disappeared.

use super::difference::{Gathering, Turn};
use super::{EditionRow, Stated};
use crate::event::{Body, Form, Milestone, Where};
use crate::mistake::{Bilingual, Mistake};
use crate::state::{Number, SaidNo, Slot, State, What};
use crate::words::{Area, AreaSet, Day, PartialDate, Place, Position, ServiceId, Stage, Unit};
use std::collections::{BTreeMap, BTreeSet};

impl Gathering<'_> {
    /// Compares the milestones of LeiKa-Leistungen in the areas of the snapshot. The first snapshot of an area records
    /// the stages that it found on its day, never a day of going live. Later ones record which services became
    /// available or disappeared since.
    pub(super) fn availability(&mut self, areas: AreaSet) -> Result<(), Vec<Mistake>> {
        let state = self.state;
        let all = state.said_begun(areas, self.taking.office);
        let said: Vec<&SaidBegun> = all.iter().filter(|said| said.is_own).collect();
        self.check_past()?;
        // The import of a first snapshot that broke off is completed as a first snapshot.
        let recorded = self.recorded(Some(self.taking.office));
        // Logs that know no edition yet take what was found for an older one.
        let is_of_snapshot = |entry| recorded.is_empty() || state.said_with(entry).is_some();
        let before =
            |said: &&&SaidBegun| said.is_found() && said.day < self.day() && is_of_snapshot(said.entry);
        let snapshots: AreaSet = said.iter().filter(before).map(|said| said.milestone.place.area()).collect();
        // A snapshot ends only milestones that an earlier snapshot could have begun. A milestone of Germany ends only
        // with a snapshot about Germany.
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
                Stated::NotCounted(_) | Stated::Service(..) | Stated::Authority(..) => {}
            }
        }
        let later = self.said_next(&all);
        for (milestone, at) in &named {
            if standing.contains(*milestone) || state.holds_on(milestone, self.day()) {
                self.out.unchanged += 1;
                continue;
            }
            let is_first_of_area = !snapshots.contains(milestone.place.area());
            if !is_first_of_area {
                self.turn(at.line, Turn::Began, shown(milestone), String::new());
            }
            let reached_later = later.get(*milestone).filter(|next| matches!(next.what, What::Reached(_)));
            if let Some(next) = reached_later {
                self.tell_next(at.line, next);
            }
            let milestone = (*milestone).clone();
            let body = if is_first_of_area || reached_later.is_some() {
                Body::MilestoneObserved(milestone, self.on)
            } else {
                Body::MilestoneReached(milestone, self.on)
            };
            self.say(at, body, None);
        }
        for milestone in standing.iter().filter(|milestone| !named.contains_key(*milestone)) {
            if let Some(next) = later.get(milestone).filter(|next| matches!(next.what, What::Ended(_))) {
                self.tell_next(0, next);
                continue;
            }
            self.turn(0, Turn::Ended, shown(milestone), String::new());
            let at = Where { line: 0, form: Form::None };
            self.say(&at, Body::MilestoneEnded(milestone.clone(), self.on), Some(&gone(self.on)));
        }
        self.check_order(&recorded)
    }

    /// Finds the first statement about each milestone after the day of the snapshot.
    fn said_next<'s>(&self, all: &'s [SaidBegun]) -> BTreeMap<&'s Milestone, &'s SaidBegun> {
        let mut next: BTreeMap<&Milestone, &SaidBegun> = BTreeMap::new();
        for said in all.iter().filter(|said| said.day > self.day() && !said.is_found()) {
            let earliest = next.entry(&said.milestone).or_insert(said);
            if said.day < earliest.day {
                *earliest = said;
            }
        }
        next
    }

    /// Adds a remark that a snapshot and a later statement contradict each other; both are kept.
    fn tell_next(&mut self, line: u32, next: &SaidBegun) {
        let (thing, on, day) = (shown(&next.milestone), next.on, self.on);
        let (de, en) = match next.what {
            What::Ended(_) => (
                format!(
                    "{thing} fehlt im Export vom {day}, endet aber laut Eintrag erst am {on}; der Eintrag bleibt"
                ),
                format!(
                    "{thing} is missing in the export of {day}, but ends only on {on} by an entry; the entry stays"
                ),
            ),
            What::Reached(_) | What::Observed(_) | What::Level(_) => (
                format!(
                    "{thing} steht im Export vom {day}, ist aber laut Eintrag erst am {on} erreicht; er wird als vorgefunden aufgezeichnet"
                ),
                format!(
                    "{thing} is in the export of {day}, but was reached only on {on} by an entry; it is recorded as observed"
                ),
            ),
        };
        self.remark(line, thing, de, en);
    }

    /// Lists a service again, as it was listed before, that an earlier snapshot left out of the count and this one
    /// names.
    fn count_again(&mut self) {
        let mut seen: BTreeSet<&ServiceId> = BTreeSet::new();
        let left_out: BTreeSet<&ServiceId> = self
            .edition
            .rows
            .iter()
            .filter_map(|row| match &row.states {
                Stated::NotCounted(service) => Some(service),
                Stated::Holds(_) | Stated::Service(..) | Stated::Authority(..) => None,
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

    /// Removes a service that is not counted from the catalogue, and so from the denominator.
    fn leave_count(&mut self, at: &Where, service: &ServiceId) {
        if self.state.now().listing_on(service, self.day()).is_none() {
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

/// Returns the reason for the end of a milestone that a snapshot lacks.
fn gone(on: PartialDate) -> Bilingual {
    Bilingual::new(
        format!("im Export vom {on} nicht mehr enthalten"),
        format!("no longer in the export of {on}"),
    )
}

/// A statement that a milestone began, was found or ended, with its day.
struct SaidBegun {
    milestone: Milestone,
    what: What,
    on: PartialDate,
    day: Day,
    entry: Position,
    /// Whether the office that imports said it.
    is_own: bool,
}

impl SaidBegun {
    /// Tells whether it was found rather than reached.
    fn is_found(&self) -> bool {
        matches!(self.what, What::Observed(_))
    }
}

impl State {
    /// Lists the statements about LeiKa-Leistungen in some areas, of the types that snapshots make.
    fn said_begun(&self, areas: AreaSet, office: &str) -> Vec<SaidBegun> {
        let mut found = Vec::new();
        for (index, said) in self.said.iter().enumerate() {
            let number = SaidNo::of_index(index);
            let (area, Some(service)) = (number.area(), self.services.key(number.service())) else {
                continue;
            };
            if service.unit() != Unit::Leika || !areas.contains(area) {
                continue;
            }
            for known in said.all().iter().filter(|known| known.at(self.head())) {
                let what = known.what.what();
                let (What::Reached(stage) | What::Observed(stage) | What::Ended(stage)) = what else {
                    continue;
                };
                let Some(place) = self.place_of(area, known.what.slot) else { continue };
                let speaks = matches!(
                    (&place, stage),
                    (Place::Area(_), Stage::RolledOut | Stage::Launched) | (Place::Authority(_), Stage::Live)
                );
                if speaks {
                    let milestone = Milestone { service: service.clone(), place, stage };
                    let (on, day, entry) = (known.what.on(), known.what.day, known.entry);
                    let is_own = self.office_of(entry) == Some(office);
                    found.push(SaidBegun { milestone, what, on, day, entry, is_own });
                }
            }
        }
        found
    }

    /// Returns which of some milestones hold on a day.
    fn holding_on(&self, said: &[&SaidBegun], day: Day) -> BTreeSet<Milestone> {
        said.iter()
            .map(|said| &said.milestone)
            .filter(|milestone| self.holds_on(milestone, day))
            .cloned()
            .collect()
    }

    /// Tells whether a milestone holds on a day, as everything stands.
    fn holds_on(&self, milestone: &Milestone, day: Day) -> bool {
        let Some(service) = self.services.number(&milestone.service) else { return false };
        let slot = match &milestone.place {
            Place::Authority(authority) => match self.authorities.number(authority) {
                Some(number) => Slot::of_authority(number),
                None => return false,
            },
            Place::Area(_) | Place::Region(_) => Slot::AREA,
        };
        let area = milestone.place.area();
        self.now().stages(service, area, slot).on(day).contains(milestone.stage)
    }

    fn place_of(&self, area: Area, slot: Slot) -> Option<Place> {
        match slot.authority() {
            None => Some(Place::Area(area)),
            Some(number) => self.authorities.key(number).cloned().map(Place::Authority),
        }
    }
}
