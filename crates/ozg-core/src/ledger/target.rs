//! Finds the entry that a correction or a withdrawal acts on. It must stand, have the same type, and be the office's
//! own.

use super::check::Trial;
use super::facts::{same_source, standing};
use crate::event::{Body, Dissolution, Draft, EventType, Replaces};
use crate::mistake::{Code, Fault, Mistake, Standing};
use crate::state::{Dated, Known, Statement, What};
use crate::words::{Day, PartialDate, Place, Position, ServiceId};

impl Trial<'_> {
    /// Finds the entry that a draft replaces or withdraws, which must stand, be of the same type and of the same office.
    pub(super) fn target(&mut self, index: usize, draft: &Draft) -> Option<Position> {
        let (field, id) = match (&draft.body, draft.replaces) {
            (Body::EntryWithdrawn(entry), _) => ("entry", *entry),
            (_, Some(Replaces::Entry(entry))) => ("replaces", entry),
            (_, Some(Replaces::Standing)) => return self.standing_target(index, draft),
            (_, None) => return None,
        };
        let text = id.to_string();
        let Some(position) = self.state.position_of(id) else {
            let fault = Fault::say(
                Code::UnknownEntry,
                format!("Einen Eintrag {id} gibt es nicht"),
                format!("There is no entry {id}"),
            );
            self.wrong(index, draft, field, Some(&text), fault);
            return None;
        };
        let target = self.state.entry(position).map(|mark| mark.event_type);
        if field == "entry" && target == Some(EventType::EntryWithdrawn) {
            let fault = Fault::say(
                Code::NotStanding,
                "Ein Zurückziehen ist endgültig; die Angabe neu melden",
                "Withdrawing is final; record the statement again instead",
            );
            self.wrong(index, draft, field, Some(&text), fault);
            return None;
        }
        if field == "replaces" && target != Some(draft.body.event_type()) {
            let found = target.map_or("", EventType::id);
            let fault = Fault::say(
                Code::OtherType,
                format!("Der Eintrag ist {found}; eine Korrektur muss denselben Typ haben"),
                format!("The entry is {found}; a correction must have the same type"),
            );
            self.wrong(index, draft, field, Some(&text), fault);
            return None;
        }
        self.check_owner(index, draft, field, position);
        if !self.state.stands(position) {
            let fault = Fault::say(
                Code::NotStanding,
                "Der Eintrag steht nicht mehr: er wurde ersetzt oder zurückgezogen",
                "The entry no longer stands: it was replaced or withdrawn",
            );
            let actor = self.state.entry(position).map_or(Position::START, |mark| mark.acted_by);
            let named = self.state.name(actor, self.head, None);
            let mistake =
                Mistake::at(&draft.at.field(field), field, Some(&text), fault).standing(vec![named]);
            self.mistakes.push((index, mistake));
            return None;
        }
        Some(position)
    }

    /// Finds the one standing statement about the same thing.
    fn standing_target(&mut self, index: usize, draft: &Draft) -> Option<Position> {
        let found = self.standing_about(draft);
        if let [(position, on)] = found.as_slice() {
            if *position > self.head
                && self.state.entry(*position).is_some_and(|mark| !mark.acts_on.is_start())
            {
                let fault = Fault::say(
                    Code::Contradiction,
                    "Der Stapel korrigiert dieselbe Sache zweimal, und die Reihenfolge darf nicht entscheiden, welche Korrektur gilt; eine weglassen",
                    "The batch corrects the same thing twice, and the order must not decide which correction holds; leave one out",
                );
                let named = self.state.name(*position, self.head, *on);
                let mistake = Mistake::at(&draft.at.field("replaces"), "replaces", Some("standing"), fault);
                self.mistakes.push((index, mistake.standing(vec![named])));
                return None;
            }
            self.check_owner(index, draft, "replaces", *position);
            return Some(*position);
        }
        let named: Vec<Standing> =
            found.iter().map(|(position, on)| self.state.name(*position, self.head, *on)).collect();
        let fault = Fault::say(
            Code::StandingUnclear,
            format!("Es stehen {} Einträge zur selben Sache; einen mit seiner Kennung nennen", found.len()),
            format!("{} entries about the same thing stand; name one by its id", found.len()),
        );
        let mistake =
            Mistake::at(&draft.at.field("replaces"), "replaces", Some("standing"), fault).standing(named);
        self.mistakes.push((index, mistake));
        None
    }

    fn standing_about(&self, draft: &Draft) -> Found {
        let state = &self.state;
        match &draft.body {
            Body::MilestoneReached(about, _) => {
                self.said_about(&about.service, &about.place, |what| what == What::Reached(about.stage))
            }
            Body::MilestoneEnded(about, _) => {
                self.said_about(&about.service, &about.place, |what| what == What::Ended(about.stage))
            }
            Body::MilestoneObserved(about, _) => {
                self.said_about(&about.service, &about.place, |what| what == What::Observed(about.stage))
            }
            Body::MaturityAssessed(maturity) => {
                let model = maturity.level.model();
                let same = |what| matches!(what, What::Level(level) if level.model() == model);
                self.said_about(&maturity.service, &maturity.place, same)
            }
            Body::ReuseReported(report) => {
                let history = state.reuse_reports.get(&(report.service.clone(), report.place.clone()));
                self.stated_about(draft, history, |_| true)
            }
            Body::FigureReported(claim) => {
                self.stated_about(draft, state.figures.get(&claim.scope), |said| said.since == claim.since)
            }
            Body::AssessmentMade(assessment) => {
                self.stated_about(draft, state.assessments.get(&assessment.subject), |_| true)
            }
            Body::MilestonePlanned(plan) => {
                self.stated_about(draft, state.plans.get(&plan.milestone), |_| true)
            }
            Body::TargetSet(target) => {
                self.stated_about(draft, state.targets.get(&target.scope), |goal| goal.due == target.due)
            }
            Body::ServiceListed(service, ..) | Body::ServiceDelisted(service, _) => {
                let history = state.services.get(service).map(|history| &history.said);
                self.stated_about(draft, history, |_| true)
            }
            Body::AuthorityListed(authority, ..)
            | Body::AuthorityChanged(authority, ..)
            | Body::AuthorityDissolved(Dissolution { authority, .. }) => {
                let history = state.authorities.get(authority).map(|history| &history.said);
                self.stated_about(draft, history, |_| true)
            }
            Body::RegionDefined(region, ..) => self.stated_about(draft, state.regions.get(region), |_| true),
            Body::ListDefined(list, ..) => self.stated_about(draft, state.lists.get(list), |_| true),
            Body::RegisterDeclared(register, ..) => {
                self.stated_about(draft, state.registers.get(register), |_| true)
            }
            Body::ObjectionMade(objection) => {
                let history = state.objections.get(&objection.entry).into_iter().flatten();
                let own = history
                    .filter(|known| known.stands() && self.office_behind(known.entry) == self.office());
                own.map(|known| (known.entry, known.what.on)).collect()
            }
            Body::EntryWithdrawn(_) => Vec::new(),
        }
    }

    fn said_about(&self, service: &ServiceId, place: &Place, same: impl Fn(What) -> bool) -> Found {
        let state = &self.state;
        let Some(number) = state.services.number(service) else { return Vec::new() };
        let (Some(slot), area) = (state.slot(place), place.area()) else { return Vec::new() };
        let said = standing(state.said_at(number, area, slot)).filter(|known| same(known.what.what()));
        said.map(|known| (known.entry, Some(known.what.on()))).collect()
    }

    /// Lists what stands in a history. Of one date is what has the date of the draft and is `also` the same; of one kind what
    /// has its source, or where the source is no part of what a statement is about, its type.
    fn stated_about<T: Statement>(
        &self,
        draft: &Draft,
        history: Option<&Vec<Known<Dated<T>>>>,
        also: impl Fn(&T) -> bool,
    ) -> Found {
        let (event_type, on) = (draft.body.event_type(), draft.body.on());
        narrow(history, |known| {
            let of_kind = if event_type.row().is_sourced {
                let said_by = (known.what.source.as_deref(), self.office_behind(known.entry));
                same_source(said_by, (draft.source.as_ref(), self.office()))
            } else {
                self.state.type_at(known.entry) == Some(event_type)
            };
            let of_date = known.what.on == on && also(&known.what.said);
            (of_date, of_kind, T::shown(&known.what).unwrap_or(PartialDate::Day(Day::EVER)))
        })
    }
}

/// Standing entries, each with the date it is about.
type Found = Vec<(Position, Option<PartialDate>)>;

/// Of what stands, prefers what is of the same date and kind, then of the same kind, then of the same date.
fn narrow<T>(
    history: Option<&Vec<Known<T>>>,
    judge: impl Fn(&Known<T>) -> (bool, bool, PartialDate),
) -> Found {
    let judged: Vec<(Position, (bool, bool, PartialDate))> = history
        .into_iter()
        .flat_map(|history| standing(history))
        .map(|known| (known.entry, judge(known)))
        .collect();
    type Preference = fn(&(bool, bool, PartialDate)) -> bool;
    let preferences: [Preference; 3] = [|j| j.0 && j.1, |j| j.1, |j| j.0];
    for prefers in preferences {
        let found: Vec<_> = judged
            .iter()
            .filter(|(_, j)| prefers(j))
            .map(|(entry, (_, _, on))| (*entry, Some(*on)))
            .collect();
        if !found.is_empty() {
            return found;
        }
    }
    judged.into_iter().map(|(entry, (_, _, on))| (entry, Some(on))).collect()
}
