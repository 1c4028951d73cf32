//! No news: whether what is said stands already. This comes before every other check (rule 3).

use super::facts::standing;
use crate::event::{Body, Dissolution, Draft, EventType, Listing, Milestone};
use crate::state::{AuthorityNo, Dated, Flavor, Known, Slot, State, Statement, What, in_force};
use crate::words::{AuthorityId, Day, PartialDate, Place, Position, ServiceId, Source};

impl State {
    /// Finds the standing entry that says the same as a draft which corrects nothing.
    pub(super) fn says_already(&self, draft: &Draft, recorded: Day, office: &str) -> Option<Position> {
        let source = draft.source.as_ref();
        // A statement without a source has its office as its source; an entry of this batch has no office yet.
        let is_own = |entry: Position| self.office_of(entry).is_none_or(|other| other == office);
        let said_by = |entry: Position, said: Option<&Source>| match (said, source) {
            (Some(said), Some(source)) => said.is_same(source) && said.published == source.published,
            (said, source) => said.is_none() && source.is_none() && is_own(entry),
        };
        match &draft.body {
            Body::MilestoneReached(about, on) => self.same_said(about, What::Reached(about.stage), *on),
            Body::MilestoneEnded(about, on) => self.same_said(about, What::Ended(about.stage), *on),
            Body::MilestoneObserved(about, on) => self.same_observed(about, *on, recorded),
            Body::MaturityAssessed(maturity) => {
                self.find_said(&maturity.service, &maturity.place, What::Level(maturity.level), maturity.on)
            }
            Body::ReuseReported(report) => {
                let key = (report.service.clone(), report.place.clone());
                same_claim(self.reuse_reports.get(&key)?, report, said_by)
            }
            Body::FigureReported(claim) => same_claim(self.figures.get(&claim.scope)?, claim, said_by),
            Body::AssessmentMade(assessment) => {
                same_claim(self.assessments.get(&assessment.subject)?, assessment, said_by)
            }
            Body::MilestonePlanned(plan) => {
                let all = standing(self.plans.get(&plan.milestone)?);
                let own = all.filter(|known| said_by(known.entry, known.what.source.as_deref()));
                already(own, plan.on, recorded, |due| *due == plan.due)
            }
            Body::TargetSet(target) => {
                let all = standing(self.targets.get(&target.scope)?);
                let own = all.filter(|known| said_by(known.entry, known.what.source.as_deref()));
                let own = own.filter(|known| known.what.said.due == target.due);
                already(own, target.on, recorded, |goal| (goal.amount, goal.of) == (target.amount, target.of))
            }
            Body::ServiceListed(service, listing, on) => {
                self.same_listing(service, Some(listing), (*on, recorded))
            }
            Body::ServiceDelisted(service, on) => self.same_listing(service, None, (Some(*on), recorded)),
            Body::AuthorityListed(authority, registration, on) => {
                let how = Flavor::Listed(registration.clone());
                self.same_registration(authority, &how, (*on, recorded))
            }
            Body::AuthorityChanged(authority, change, on) => {
                let how = Flavor::Changed(change.clone());
                self.same_registration(authority, &how, (Some(*on), recorded))
            }
            Body::AuthorityDissolved(Dissolution { authority, successors, inherits, on }) => {
                let successors: Option<Vec<AuthorityNo>> =
                    successors.iter().map(|successor| self.authorities.number(successor)).collect();
                let how = Flavor::Dissolved { successors: successors?, inherits: *inherits };
                self.same_registration(authority, &how, (Some(*on), recorded))
            }
            Body::RegionDefined(region, defined, on) => {
                let history = self.regions.get(region)?;
                same_definition(history, |said| **said == *defined, (*on, recorded))
            }
            Body::ListDefined(list, defined, on) => {
                let history = self.lists.get(list)?;
                same_definition(history, |said| **said == *defined, (*on, recorded))
            }
            Body::RegisterDeclared(register, complete, on) => {
                let history = self.registers.get(register)?;
                same_definition(history, |said| said == complete, (*on, recorded))
            }
            Body::ObjectionMade(objection) => {
                same_claim(self.objections.get(&objection.entry)?, objection, |entry, _| is_own(entry))
            }
            Body::EntryWithdrawn(entry) => self.withdrawn_by(self.ids.position(*entry)?),
        }
    }

    /// Returns the entry that has withdrawn one.
    pub(super) fn withdrawn_by(&self, position: Position) -> Option<Position> {
        let actor = self.entry(position)?.acted_by;
        (self.entry(actor)?.event_type == EventType::EntryWithdrawn).then_some(actor)
    }

    fn same_said(&self, about: &Milestone, what: What, on: PartialDate) -> Option<Position> {
        self.find_said(&about.service, &about.place, what, on)
    }

    fn find_said(&self, service: &ServiceId, place: &Place, what: What, on: PartialDate) -> Option<Position> {
        let service = self.services.number(service)?;
        let slot = self.slot(place)?;
        let said = self.said_at(service, place.area(), slot);
        said.iter()
            .find(|known| known.stands() && known.what.what() == what && known.what.on().last() == on.last())
            .map(|known| known.entry)
    }

    /// Finds the entry that an observation repeats: the same observation of that day, or the latest entry about the stage by
    /// that day, unless it ended the stage.
    fn same_observed(&self, about: &Milestone, on: PartialDate, recorded: Day) -> Option<Position> {
        let same = self.same_said(about, What::Observed(about.stage), on);
        if same.is_some() {
            return same;
        }
        let day = on.counts_from(recorded);
        let (service, slot) = (self.services.number(&about.service)?, self.slot(&about.place)?);
        let said = self.said_at(service, about.place.area(), slot);
        let of_stage = |known: &&Known<crate::state::Said>| {
            let what = known.what.what();
            let stages = [What::Reached(about.stage), What::Ended(about.stage), What::Observed(about.stage)];
            known.stands() && known.what.day <= day && stages.contains(&what)
        };
        let latest = said.iter().filter(of_stage).max_by_key(|known| (known.what.day, known.entry))?;
        (latest.what.what() != What::Ended(about.stage)).then_some(latest.entry)
    }

    /// Returns the slot of a place, none for an authority that nothing was ever said about.
    pub(super) fn slot(&self, place: &Place) -> Option<Slot> {
        match place {
            Place::Area(_) | Place::Region(_) => Some(Slot::AREA),
            Place::Authority(authority) => self.authorities.number(authority).map(Slot::of_authority),
        }
    }

    /// Finds the entry that makes a listing no news: the one in force on its day, if it says the same.
    fn same_listing(
        &self,
        service: &ServiceId,
        listing: Option<&Listing>,
        (on, recorded): (Option<PartialDate>, Day),
    ) -> Option<Position> {
        let number = self.services.number(service)?;
        let day = on.map_or(Day::EVER, |on| on.counts_from(recorded));
        let history = &self.services.value(number)?.said;
        let latest = in_force(standing(history), day)?;
        (latest.what.said.as_deref() == listing).then_some(latest.entry)
    }

    /// Returns the newest standing entry that describes the service or authority of a draft for the same day in the same
    /// way, each with its date as written.
    pub(super) fn described_on_the_day_of(
        &self,
        draft: &Draft,
        recorded: Day,
    ) -> Option<(Position, Option<PartialDate>)> {
        let day = draft.body.on().map_or(Day::EVER, |on| on.counts_from(recorded));
        match &draft.body {
            Body::ServiceListed(service, ..) | Body::ServiceDelisted(service, _) => {
                newest_on(&self.services.get(service)?.said, day)
            }
            Body::AuthorityListed(authority, ..) | Body::AuthorityChanged(authority, ..) => {
                let event_type = draft.body.event_type();
                let said = standing(&self.authorities.get(authority)?.said);
                let same = said
                    .filter(|known| known.what.day == day && self.type_at(known.entry) == Some(event_type));
                same.max_by_key(|known| known.entry).map(|known| (known.entry, known.what.on))
            }
            Body::RegionDefined(region, ..) => newest_on(self.regions.get(region)?, day),
            Body::ListDefined(list, ..) => newest_on(self.lists.get(list)?, day),
            Body::RegisterDeclared(register, ..) => newest_on(self.registers.get(register)?, day),
            Body::MilestoneReached(..)
            | Body::MilestoneEnded(..)
            | Body::MilestoneObserved(..)
            | Body::MaturityAssessed(_)
            | Body::ReuseReported(_)
            | Body::FigureReported(_)
            | Body::MilestonePlanned(_)
            | Body::TargetSet(_)
            | Body::AssessmentMade(_)
            | Body::AuthorityDissolved(_)
            | Body::ObjectionMade(_)
            | Body::EntryWithdrawn(_) => None,
        }
    }

    /// What the registry says is no news where it was said in the same words for the same day; a description or a change
    /// also where the registry describes the authority so on that day.
    fn same_registration(
        &self,
        authority: &AuthorityId,
        how: &Flavor,
        (on, recorded): (Option<PartialDate>, Day),
    ) -> Option<Position> {
        let number = self.authorities.number(authority)?;
        let history = &self.authorities.value(number)?.said;
        let exact = find(history, |dated| last(dated.on) == last(on) && dated.said.how == *how);
        if exact.is_some() {
            return exact;
        }
        let day = on.map_or(Day::EVER, |on| on.counts_from(recorded));
        let described = self.now().registration(number).on(day);
        let same = match how {
            Flavor::Listed(registration) => described.as_ref() == Some(registration),
            Flavor::Changed(change) => {
                let now = described?;
                change.name.as_ref().is_none_or(|name| *name == now.name)
                    && change.ars.as_ref().is_none_or(|ars| now.ars.as_ref() == Some(ars))
                    && change.population.is_none_or(|population| now.population == Some(population))
            }
            Flavor::Dissolved { .. } => false,
        };
        if same { in_force(standing(history), day).map(|known| known.entry) } else { None }
    }
}

/// Finds the entry that makes a definition no news: the one in force on its day, if it says the same.
fn same_definition<T>(
    history: &[Known<Dated<T>>],
    same: impl Fn(&T) -> bool,
    (on, recorded): (Option<PartialDate>, Day),
) -> Option<Position> {
    let day = on.map_or(Day::EVER, |on| on.counts_from(recorded));
    let latest = in_force(standing(history), day)?;
    same(&latest.what.said).then_some(latest.entry)
}

/// Returns the last day of a date, which is the same in all its spellings.
pub(super) fn last(on: Option<PartialDate>) -> Option<Day> {
    on.map(PartialDate::last)
}

/// Finds the newest statement for a day.
fn newest_on<T>(history: &[Known<Dated<T>>], day: Day) -> Option<(Position, Option<PartialDate>)> {
    let said = standing(history).filter(|known| known.what.day == day);
    said.max_by_key(|known| known.entry).map(|known| (known.entry, known.what.on))
}

fn find<T>(history: &[Known<T>], same: impl Fn(&T) -> bool) -> Option<Position> {
    standing(history).find(|known| same(&known.what)).map(|known| known.entry)
}

fn same_claim<T: Statement>(
    history: &[Known<Dated<T>>],
    claim: &T,
    said_by: impl Fn(Position, Option<&Source>) -> bool,
) -> Option<Position> {
    let same = |known: &&Known<Dated<T>>| {
        known.what.said.says_same(claim) && said_by(known.entry, known.what.source.as_deref())
    };
    standing(history).find(same).map(|known| known.entry)
}

/// Finds the plan or target that a statement repeats, among those of its source. A dated statement is compared with the one of
/// its date, an undated one with the one in force today: whoever goes back to an earlier plan says something new.
fn already<'a, T: 'a>(
    own: impl Iterator<Item = &'a Known<Dated<T>>>,
    on: Option<PartialDate>,
    recorded: Day,
    same: impl Fn(&T) -> bool,
) -> Option<Position> {
    let of_date = own.filter(|known| on.is_none() || last(known.what.on) == last(on));
    let latest = in_force(of_date, if on.is_some() { Day::LAST } else { recorded })?;
    same(&latest.what.said).then_some(latest.entry)
}
