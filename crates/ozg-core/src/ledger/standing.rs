//! What `standing` means: the standing statements of one type about one thing, narrowed in turn to the same source, day and
//! publication (rule 2).

use super::check::Trial;
use super::facts::{same_source, standing};
use super::same::last;
use crate::event::{Draft, Matter, Milestone};
use crate::state::{Dated, Known, Statement, What};
use crate::words::{Day, PartialDate, Place, Position, ServiceId, Source};

/// A standing statement that a correction may mean.
pub(super) struct Candidate {
    pub(super) entry: Position,
    /// The date that people know it by.
    pub(super) on: Option<PartialDate>,
    /// The last day of its date, by which it is narrowed.
    day: Option<Day>,
    /// Its source, where the source is part of what it is about.
    source: Option<Source>,
}

impl Trial<'_> {
    /// Lists the standing statements of the type of a draft about the same thing, narrowed by its source, day and publication
    /// as far as these differ.
    pub(super) fn standing_about(&self, draft: &Draft) -> Vec<Candidate> {
        let mut found = self.all_about(draft);
        if draft.body.event_type().row().is_sourced {
            let own = (draft.source.as_ref(), self.office());
            keep(&mut found, |one| same_source((one.source.as_ref(), self.office_behind(one.entry)), own));
        }
        keep(&mut found, |one| one.day == last(draft.body.on()));
        if draft.body.event_type().row().is_sourced {
            let published = |source: Option<&Source>| last(source.and_then(|source| source.published));
            keep(&mut found, |one| published(one.source.as_ref()) == published(draft.source.as_ref()));
        }
        found
    }

    fn all_about(&self, draft: &Draft) -> Vec<Candidate> {
        let state = &self.state;
        match draft.body.matter() {
            Matter::Milestone(Milestone { service, place, stage }) => {
                self.said_about(draft, service, place, |what| what.stage() == Some(*stage))
            }
            Matter::Maturity(maturity) => {
                let model = maturity.level.model();
                let same = |what| matches!(what, What::Level(level) if level.model() == model);
                self.said_about(draft, &maturity.service, &maturity.place, same)
            }
            Matter::Report(report) => {
                let history = state.reuse_reports.get(&(report.service.clone(), report.place.clone()));
                self.stated_about(draft, history)
            }
            Matter::Figure(claim) => {
                // Another period is another thing.
                let mut found = Vec::new();
                for known in state.figures.get(&claim.scope).into_iter().flatten() {
                    if known.what.said.period().0 == claim.period().0 {
                        found.extend(self.candidate(draft, known));
                    }
                }
                found
            }
            Matter::Assessment(assessment) => {
                self.stated_about(draft, state.assessments.get(&assessment.subject))
            }
            Matter::Plan(plan) => self.stated_about(draft, state.plans.get(&plan.milestone)),
            Matter::Target(target) => {
                let mut found = self.stated_about(draft, state.targets.get(&target.scope));
                // A target is known by the day for which it is set.
                keep(&mut found, |one| last(one.on) == Some(target.due.last()));
                found
            }
            Matter::Service(service, _) => {
                self.stated_about(draft, state.services.get(service).map(|history| &history.said))
            }
            Matter::Authority(authority, ..) => {
                self.stated_about(draft, state.authorities.get(authority).map(|history| &history.said))
            }
            Matter::Region(region, _) => self.stated_about(draft, state.regions.get(region)),
            Matter::List(list, _) => self.stated_about(draft, state.lists.get(list)),
            Matter::Register(register) => self.stated_about(draft, state.registers.get(&register)),
            Matter::Objection(objection) => {
                // Each office has its own.
                let mut found = self.stated_about(draft, state.objections.get(&objection.entry));
                found.retain(|one| self.office_behind(one.entry) == self.office());
                found
            }
            Matter::Entry => Vec::new(),
        }
    }

    /// Lists the standing statements of the type of a draft about a service at a place.
    fn said_about(
        &self,
        draft: &Draft,
        service: &ServiceId,
        place: &Place,
        same: impl Fn(What) -> bool,
    ) -> Vec<Candidate> {
        let state = &self.state;
        let Some(number) = state.services.number(service) else { return Vec::new() };
        let (Some(slot), area) = (state.slot(place), place.area()) else { return Vec::new() };
        let is_of_type = |entry| state.type_at(entry) == Some(draft.body.event_type());
        let said = standing(state.said_at(number, area, slot));
        let said = said.filter(|known| same(known.what.what()) && is_of_type(known.entry));
        let candidate = |known: &Known<_>| {
            let on = Some(crate::state::Said::on(known.what));
            Candidate { entry: known.entry, on, day: last(on), source: None }
        };
        said.map(candidate).collect()
    }

    fn stated_about<T: Statement>(
        &self,
        draft: &Draft,
        history: Option<&Vec<Known<Dated<T>>>>,
    ) -> Vec<Candidate> {
        let all = history.into_iter().flatten();
        all.filter_map(|known| self.candidate(draft, known)).collect()
    }

    /// Takes a statement of a history if it stands and is of the type of the draft.
    fn candidate<T: Statement>(&self, draft: &Draft, known: &Known<Dated<T>>) -> Option<Candidate> {
        let is_of_type = self.state.type_at(known.entry) == Some(draft.body.event_type());
        let Dated { on, source, .. } = &known.what;
        (known.stands() && is_of_type).then(|| Candidate {
            entry: known.entry,
            on: T::shown(&known.what),
            day: last(*on),
            source: source.as_deref().cloned(),
        })
    }
}

/// Keeps what fits, or everything where nothing does.
fn keep(found: &mut Vec<Candidate>, fits: impl Fn(&Candidate) -> bool) {
    if found.iter().any(&fits) {
        found.retain(|one| fits(one));
    }
}
