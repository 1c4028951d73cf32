//! One draft against everything that is known: what it names must exist, its dates must be past, its office must be
//! allowed to say it, and what it replaces must stand.

use super::facts::{fingerprint_of, same_source, standing};
use super::{Accepted, MISTAKES_MAX, Outcome, OutcomeKind, Request};
use crate::event::{Body, Draft, Event, EventId, EventType, Replaces};
use crate::mistake::{Code, Fault, Mistake, Standing};
use crate::state::{Known, STANDS, State, Touched, What};
use crate::time::berlin_day;
use crate::words::{Area, AuthorityId, Day, PartialDate, Place, ServiceId, Source, Stage, TopicSet};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// A batch that is being tried on a clone of the state.
pub(super) struct Trial<'a> {
    pub(super) state: State,
    pub(super) head: u32,
    pub(super) recorded: Day,
    request: &'a Request<'a>,
    touched: Touched,
    /// What the batch itself lists and registers.
    listed_here: BTreeSet<ServiceId>,
    registered_here: BTreeSet<AuthorityId>,
    events: Vec<Event>,
    outcomes: Vec<Option<Outcome>>,
    /// The draft behind each entry of the batch.
    pub(super) draft_of: Vec<usize>,
    /// Mistakes, each with the draft that made it.
    pub(super) mistakes: Vec<(usize, Mistake)>,
}

type Refused = (Vec<Mistake>, Vec<usize>);

impl<'a> Trial<'a> {
    /// Tries a batch: first what others may be about, then statements, then corrections, then withdrawals; so the order
    /// in which they stood never matters.
    pub(super) fn run(
        state: &State,
        drafts: &[Option<Cow<'_, Draft>>],
        request: &'a Request<'a>,
        new_id: &mut dyn FnMut() -> EventId,
    ) -> Result<Accepted, Refused> {
        let mut trial = Trial {
            state: state.clone(),
            head: state.head(),
            recorded: berlin_day(request.now_ms),
            request,
            touched: Touched::default(),
            listed_here: BTreeSet::new(),
            registered_here: BTreeSet::new(),
            events: Vec::with_capacity(drafts.len()),
            outcomes: vec![None; drafts.len()],
            draft_of: Vec::new(),
            mistakes: Vec::new(),
        };
        let mut waiting: Vec<(usize, &Draft)> =
            drafts.iter().enumerate().filter_map(|(index, draft)| Some((index, draft.as_deref()?))).collect();
        for draft in waiting.iter().map(|(_, draft)| draft).filter(|draft| draft.replaces.is_none()) {
            match &draft.body {
                Body::ServiceListed(service, ..) => drop(trial.listed_here.insert(service.clone())),
                Body::AuthorityListed(authority, ..) => drop(trial.registered_here.insert(authority.clone())),
                _ => {}
            }
        }
        let recorded = trial.recorded;
        waiting.sort_by_key(|(_, draft)| rank(draft, recorded));
        trial.take_all(&waiting, new_id);
        if trial.mistakes.is_empty() {
            trial.check_after(drafts);
        }
        trial.end()
    }

    /// Takes drafts in order; a correction of another draft of the batch waits until that one has been taken.
    fn take_all(&mut self, drafts: &[(usize, &Draft)], new_id: &mut dyn FnMut() -> EventId) {
        let mut waiting: Vec<(usize, &Draft)> = drafts.to_vec();
        while !waiting.is_empty() {
            let coming: Vec<EventId> = waiting.iter().filter_map(|(_, draft)| draft.id).collect();
            let count = waiting.len();
            let mut later = Vec::new();
            for (index, draft) in waiting {
                let target = target_id(draft);
                let comes_later = target.is_some_and(|target| {
                    self.state.position_of(target).is_none()
                        && coming.contains(&target)
                        && draft.id != Some(target)
                });
                if comes_later {
                    later.push((index, draft));
                } else {
                    self.take(index, draft, new_id);
                }
                if self.mistakes.len() >= MISTAKES_MAX {
                    return;
                }
            }
            if later.len() == count {
                for (index, draft) in later {
                    let fault = Fault::say(
                        Code::Contradiction,
                        "Korrekturen verweisen im Kreis aufeinander",
                        "Corrections refer to each other in a circle",
                    );
                    self.wrong(index, draft, "replaces", None, fault);
                }
                return;
            }
            waiting = later;
        }
    }

    fn take(&mut self, index: usize, draft: &Draft, new_id: &mut dyn FnMut() -> EventId) {
        if let Some(position) = draft.id.and_then(|id| self.state.position_of(id)) {
            return self.take_known(index, draft, position);
        }
        if let Some(position) = self.state.says_already(draft, self.recorded, self.request.office) {
            return self.unchanged(index, draft, position);
        }
        let before = self.mistakes.len();
        self.check_body(index, draft);
        self.check_scope(index, draft);
        let replaces = self.target(index, draft);
        if self.mistakes.len() > before {
            return;
        }
        let event = Event {
            id: draft.id.unwrap_or_else(new_id),
            body: draft.body.clone(),
            source: draft.source.clone(),
            note: draft.note.clone(),
            reason: draft.reason.clone(),
            replaces: replaces.and_then(|position| self.state.id_at(position)),
        };
        let position =
            self.state.ingest(&event, fingerprint_of_draft(draft), self.recorded, &mut self.touched);
        let kind = match (&event.body, event.replaces) {
            (Body::EntryWithdrawn(_), _) => OutcomeKind::Withdrawn,
            (_, Some(_)) => OutcomeKind::Corrected,
            (_, None) => OutcomeKind::Recorded,
        };
        let counts_from =
            draft.body.on().filter(|on| on.is_partial()).map(|on| on.counts_from(self.recorded));
        let outcome =
            Outcome { line: draft.at.line, kind, id: Some(event.id), position: Some(position), counts_from };
        self.outcomes[index] = Some(outcome);
        self.draft_of.push(index);
        self.events.push(event);
    }

    /// A known id with the same content is no news; with other content it is taken.
    fn take_known(&mut self, index: usize, draft: &Draft, position: u32) {
        let known = self.state.entry(position).map(|mark| mark.fingerprint);
        if known == Some(fingerprint_of_draft(draft)) {
            return self.unchanged(index, draft, position);
        }
        let fault = Fault::say(
            Code::IdTaken,
            "Unter dieser Kennung steht schon etwas anderes; eine neue Kennung geben oder die Kennung weglassen",
            "Something else stands under this id; give a new id or leave it out",
        );
        let named = self.state.name(position, self.head, None);
        let id = draft.id.map(|id| id.to_string());
        let mistake = Mistake::at(&draft.at.field("id"), "id", id.as_deref(), fault).standing(vec![named]);
        self.mistakes.push((index, mistake));
    }

    fn unchanged(&mut self, index: usize, draft: &Draft, position: u32) {
        self.outcomes[index] = Some(Outcome {
            line: draft.at.line,
            kind: OutcomeKind::Unchanged,
            id: self.state.id_at(position),
            position: Some(position),
            counts_from: None,
        });
    }

    pub(super) fn touched_slots(&self) -> BTreeSet<(usize, Area, crate::state::Slot)> {
        self.touched.slots.iter().copied().collect()
    }

    pub(super) fn touched_things(&self) -> BTreeSet<(EventType, usize)> {
        self.touched.things.iter().copied().collect()
    }

    pub(super) fn office(&self) -> &str {
        self.request.office
    }

    pub(super) fn wrong(
        &mut self,
        index: usize,
        draft: &Draft,
        field: &str,
        value: Option<&str>,
        fault: Fault,
    ) {
        self.mistakes.push((index, Mistake::at(&draft.at.field(field), field, value, fault)));
    }

    fn check_body(&mut self, index: usize, draft: &Draft) {
        self.check_dates(index, draft);
        match &draft.body {
            Body::MilestoneReached(about, on) | Body::MilestoneEnded(about, on) => {
                let known = self.check_service(index, draft, &about.service)
                    & self.check_place(index, draft, &about.place);
                self.check_stage(index, draft, about.stage, &about.place);
                if known {
                    self.check_kind(index, draft, &about.service, &about.place, *on);
                }
            }
            Body::MilestonePlanned(plan) => {
                let about = &plan.milestone;
                let known = self.check_service(index, draft, &about.service)
                    & self.check_place(index, draft, &about.place);
                self.check_stage(index, draft, about.stage, &about.place);
                if known {
                    self.check_kind(index, draft, &about.service, &about.place, plan.due);
                }
            }
            Body::MaturityAssessed(maturity) => {
                self.check_service(index, draft, &maturity.service);
                self.check_place(index, draft, &maturity.place);
            }
            Body::ReuseReported(report) => {
                self.check_service(index, draft, &report.service);
                self.check_place(index, draft, &report.place);
            }
            Body::FigureReported(crate::event::Claim { scope, .. })
            | Body::TargetSet(crate::event::Target { scope, .. }) => {
                if let Some(service) = &scope.service {
                    self.check_service(index, draft, service);
                }
                self.check_place(index, draft, &scope.place);
            }
            Body::ServiceListed(service, listing, _) => {
                self.check_parents(index, draft, service, &listing.parents)
            }
            Body::ServiceDelisted(service, _) => {
                self.check_service(index, draft, service);
            }
            Body::AuthorityChanged(authority, ..) => {
                self.check_authority(index, draft, "authority", authority);
            }
            Body::AuthorityDissolved { authority, successors, .. } => {
                self.check_authority(index, draft, "authority", authority);
                for successor in successors {
                    self.check_authority(index, draft, "successors", successor);
                }
            }
            Body::AuthorityListed(..) | Body::AssessmentMade(_) | Body::EntryWithdrawn(_) => {}
        }
    }

    /// Nothing but plans, targets and outlooks may lie in the future (in Berlin); a partial date does if its first day does.
    fn check_dates(&mut self, index: usize, draft: &Draft) {
        let since = match &draft.body {
            Body::FigureReported(claim) => claim.since,
            _ => None,
        };
        let published = draft.source.as_ref().and_then(|source| source.published);
        for (field, date) in [("on", draft.body.on()), ("since", since), ("published", published)] {
            let Some(date) = date.filter(|date| date.first() > self.recorded) else { continue };
            let today = self.recorded;
            let fault = Fault::say(
                Code::FutureDate,
                format!(
                    "{date} liegt in der Zukunft (heute ist {today}); für Pläne gibt es milestone-planned und target-set"
                ),
                format!(
                    "{date} lies in the future (today is {today}); for plans there are milestone-planned and target-set"
                ),
            );
            self.wrong(index, draft, field, Some(&date.to_string()), fault);
        }
    }

    fn check_service(&mut self, index: usize, draft: &Draft, service: &ServiceId) -> bool {
        let listed = self.state.services.get(service).is_some_and(|history| {
            history.said.iter().any(|known| known.until == STANDS && known.what.listing.is_some())
        }) || self.listed_here.contains(service);
        if !listed {
            let fault = Fault::say(
                Code::UnknownService,
                format!("{service} steht nicht im Katalog; zuerst mit service-listed aufnehmen"),
                format!("{service} is not in the catalogue; list it first with service-listed"),
            );
            self.wrong(index, draft, "service", Some(&service.to_string()), fault);
        }
        listed
    }

    fn check_place(&mut self, index: usize, draft: &Draft, place: &Place) -> bool {
        match place {
            Place::Area(_) => true,
            Place::Authority(authority) => self.check_authority(index, draft, "place", authority),
        }
    }

    fn check_authority(&mut self, index: usize, draft: &Draft, field: &str, authority: &AuthorityId) -> bool {
        let listed = self.is_registered(authority);
        if !listed {
            let fault = Fault::say(
                Code::UnknownPlace,
                format!("{authority} ist nicht eingetragen; zuerst mit authority-listed eintragen"),
                format!("{authority} is not registered; register it first with authority-listed"),
            );
            self.wrong(index, draft, field, Some(&authority.to_string()), fault);
        }
        listed
    }

    fn is_registered(&self, authority: &AuthorityId) -> bool {
        self.state.authorities.get(authority).is_some_and(|history| {
            standing(&history.said).any(|known| matches!(known.what.how, crate::state::Flavor::Listed(_)))
        }) || self.registered_here.contains(authority)
    }

    fn check_stage(&mut self, index: usize, draft: &Draft, stage: Stage, place: &Place) {
        if stage.is_for_areas_only() && matches!(place, Place::Authority(_)) {
            let fault = Fault::say(
                Code::StageNotHere,
                format!("Die Stufe {stage} gibt es nur für Länder und DE; für eine Behörde: live"),
                format!("The stage {stage} exists for Länder and DE only; for an authority: live"),
            )
            .hint("live");
            self.wrong(index, draft, "stage", Some(stage.id()), fault);
        }
    }

    /// An authority must be of a kind that executes the service on the day; else its sister of the right kind is named.
    fn check_kind(
        &mut self,
        index: usize,
        draft: &Draft,
        service: &ServiceId,
        place: &Place,
        on: PartialDate,
    ) {
        let (Place::Authority(authority), Some(number)) = (place, self.state.services.number(service)) else {
            return;
        };
        let in_force =
            self.state.in_force(number, on.counts_from(self.recorded)).map(|listing| listing.executed_by);
        let kinds = in_force.filter(|kinds| !kinds.is_empty()).unwrap_or_else(|| {
            let executed_by = self.state.executed_by(number, u32::MAX - 1);
            executed_by.iter().next().map(|(_, kinds)| *kinds).unwrap_or_default()
        });
        if kinds.is_empty() || kinds.contains(authority.kind()) {
            return;
        }
        let names: Vec<&str> = kinds.iter().map(crate::words::AuthorityKind::id).collect();
        let names = names.join(", ");
        let sister =
            kinds.iter().map(|kind| authority.sister(kind)).find(|sister| self.is_registered(sister));
        let kind = authority.kind();
        let fault = Fault::say(
            Code::KindDoesNotExecute,
            format!("{service} wird von {names} ausgeführt, {authority} ist aber {kind}"),
            format!("{service} is executed by {names}, but {authority} is {kind}"),
        );
        let fault = match sister {
            Some(sister) => fault.hint(sister.to_string()),
            None => fault,
        };
        self.wrong(index, draft, "place", Some(&authority.to_string()), fault);
    }

    fn check_parents(&mut self, index: usize, draft: &Draft, service: &ServiceId, parents: &[ServiceId]) {
        for parent in parents.iter().filter(|parent| parent.unit() >= service.unit()) {
            let fault = Fault::say(
                Code::BadParent,
                format!(
                    "{parent} kann {service} nicht übergeordnet sein; Dienste gehören zu leika oder ozg, leika zu ozg"
                ),
                format!(
                    "{parent} cannot be the parent of {service}; a dienst belongs to leika or ozg, a leika to ozg"
                ),
            );
            self.wrong(index, draft, "parents", Some(&parent.to_string()), fault);
        }
    }

    /// An office with areas or topics may only write about them.
    fn check_scope(&mut self, index: usize, draft: &Draft) {
        let Request { areas, topics, office, .. } = *self.request;
        if matches!(draft.body, Body::EntryWithdrawn(_)) {
            return;
        }
        let area = draft.body.place().map(|place| place.area());
        if !areas.is_empty() && !area.is_some_and(|area| areas.contains(area)) {
            let allowed: Vec<&str> = areas.iter().map(Area::id).collect();
            let allowed = allowed.join(", ");
            let fault = Fault::say(
                Code::OutOfScope,
                format!("Die Stelle {office} darf nur über {allowed} schreiben"),
                format!("The office {office} may write about {allowed} only"),
            );
            let field = if area.is_some() { "place" } else { "" };
            self.wrong(index, draft, field, area.map(Area::id), fault);
        }
        if !topics.is_empty() && !self.topics_of(&draft.body).meets(topics) {
            let allowed: Vec<&str> = topics.iter().map(crate::words::Topic::id).collect();
            let allowed = allowed.join(", ");
            let fault = Fault::say(
                Code::OutOfScope,
                format!("Die Stelle {office} darf nur über {allowed} schreiben"),
                format!("The office {office} may write about {allowed} only"),
            );
            self.wrong(index, draft, "service", None, fault);
        }
    }

    fn topics_of(&self, body: &Body) -> TopicSet {
        let mut topics = match body {
            Body::ServiceListed(_, listing, _) => listing.topics.or_none(),
            Body::AssessmentMade(crate::event::Assessment {
                subject: crate::words::Subject::Topic(topic),
                ..
            }) => TopicSet::from_iter([*topic]),
            Body::FigureReported(crate::event::Claim { scope, .. })
            | Body::TargetSet(crate::event::Target { scope, .. }) => scope.topic.into_iter().collect(),
            _ => TopicSet::default(),
        };
        if let Some(service) = body.service().and_then(|service| self.state.services.number(service)) {
            let listings = self.state.topics(service, u32::MAX - 1);
            listings.iter().flat_map(|(_, topics)| topics.iter()).for_each(|topic| topics.insert(topic));
        }
        topics
    }

    /// Finds the entry that a draft replaces or withdraws, which must stand, be of the same type and of the same office.
    fn target(&mut self, index: usize, draft: &Draft) -> Option<u32> {
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
                "Ein Zurückziehen ist endgültig; sagen Sie es neu",
                "Withdrawing is final; say it anew instead",
            );
            self.wrong(index, draft, field, Some(&text), fault);
            return None;
        }
        if field == "replaces" && target != Some(draft.body.event_type()) {
            let found = target.map_or("", EventType::name);
            let fault = Fault::say(
                Code::OtherType,
                format!("Der Eintrag ist {found}, eine Korrektur behält den Typ"),
                format!("The entry is {found}; a correction keeps the type"),
            );
            self.wrong(index, draft, field, Some(&text), fault);
            return None;
        }
        self.check_office(index, draft, field, position);
        if !self.state.stands(position) {
            let fault = Fault::say(
                Code::NotStanding,
                "Der Eintrag steht nicht mehr: er wurde ersetzt oder zurückgezogen",
                "The entry no longer stands: it was replaced or withdrawn",
            );
            let actor = self.state.entry(position).map_or(0, |mark| mark.acted_by);
            let named = self.state.name(actor, self.head, None);
            let mistake =
                Mistake::at(&draft.at.field(field), field, Some(&text), fault).standing(vec![named]);
            self.mistakes.push((index, mistake));
            return None;
        }
        Some(position)
    }

    fn check_office(&mut self, index: usize, draft: &Draft, field: &str, position: u32) {
        if position > self.head {
            return;
        }
        let owner = self.state.office_of(position).unwrap_or_default().to_owned();
        if owner != self.request.office {
            let fault = Fault::say(
                Code::ForeignEntry,
                format!("Der Eintrag ist von der Stelle {owner}; jede Stelle ändert nur ihre eigenen"),
                format!("The entry is of the office {owner}; an office touches its own entries only"),
            );
            self.wrong(index, draft, field, None, fault);
        }
    }

    /// Finds the one standing statement about the same thing.
    fn standing_target(&mut self, index: usize, draft: &Draft) -> Option<u32> {
        let found = self.standing_about(draft);
        if let [(position, on)] = found.as_slice() {
            if *position > self.head && self.state.entry(*position).is_some_and(|mark| mark.acts_on > 0) {
                let fault = Fault::say(
                    Code::Contradiction,
                    "Zwei Korrekturen derselben Sache in einem Stapel; welche gilt, darf nicht die Reihenfolge entscheiden",
                    "Two corrections of the same thing in one batch; their order must not decide which one holds",
                );
                let named = self.state.name(*position, self.head, *on);
                let mistake = Mistake::at(&draft.at.field("replaces"), "replaces", Some("standing"), fault);
                self.mistakes.push((index, mistake.standing(vec![named])));
                return None;
            }
            self.check_office(index, draft, "replaces", *position);
            return Some(*position);
        }
        let named: Vec<Standing> =
            found.iter().map(|(position, on)| self.state.name(*position, self.head, *on)).collect();
        let fault = Fault::say(
            Code::StandingUnclear,
            format!(
                "Es stehen {} Einträge zur selben Sache; nennen Sie den einen mit seiner Kennung",
                found.len()
            ),
            format!("{} entries about the same thing stand; name the one by its id", found.len()),
        );
        let mistake =
            Mistake::at(&draft.at.field("replaces"), "replaces", Some("standing"), fault).standing(named);
        self.mistakes.push((index, mistake));
        None
    }

    fn standing_about(&self, draft: &Draft) -> Vec<(u32, Option<PartialDate>)> {
        let state = &self.state;
        let own = |source: Option<&Source>, entry: u32| {
            let office = if entry > self.head { Some(self.request.office) } else { state.office_of(entry) };
            same_source((source, office.unwrap_or_default()), (draft.source.as_ref(), self.request.office))
        };
        let said = |service: &ServiceId,
                    place: &Place,
                    same: &dyn Fn(What) -> bool|
         -> Vec<(u32, Option<PartialDate>)> {
            let Some(number) = state.services.number(service) else { return Vec::new() };
            let (Some(slot), area) = (state.slot(place), place.area()) else { return Vec::new() };
            let Some(said) = state.said.get(number * Area::COUNT + area.index()) else { return Vec::new() };
            let said = standing(said.of_slot(slot)).filter(|known| same(known.what.what()));
            said.map(|known| (known.entry, Some(known.what.on()))).collect()
        };
        match &draft.body {
            Body::MilestoneReached(about, _) => {
                said(&about.service, &about.place, &|what| what == What::Reached(about.stage))
            }
            Body::MilestoneEnded(about, _) => {
                said(&about.service, &about.place, &|what| what == What::Ended(about.stage))
            }
            Body::MaturityAssessed(maturity) => said(
                &maturity.service,
                &maturity.place,
                &|what| matches!(what, What::Level(level) if level.model() == maturity.level.model()),
            ),
            Body::ReuseReported(report) => {
                let history = state.reuse_reports.get(&(report.service.clone(), report.place.clone()));
                narrow(history, |known| {
                    (
                        known.what.claim.on == report.on,
                        own(known.what.source.as_ref(), known.entry),
                        known.what.claim.on,
                    )
                })
            }
            Body::FigureReported(claim) => narrow(state.figures.get(&claim.scope), |known| {
                let same_period = (known.what.claim.on, known.what.claim.since) == (claim.on, claim.since);
                (same_period, own(known.what.source.as_ref(), known.entry), known.what.claim.on)
            }),
            Body::AssessmentMade(assessment) => narrow(state.assessments.get(&assessment.subject), |known| {
                (
                    known.what.claim.on == assessment.on,
                    own(known.what.source.as_ref(), known.entry),
                    known.what.claim.on,
                )
            }),
            Body::MilestonePlanned(plan) => narrow(state.plans.get(&plan.milestone), |known| {
                (known.what.on == plan.on, own(known.what.source.as_ref(), known.entry), known.what.due)
            }),
            Body::TargetSet(target) => narrow(state.targets.get(&target.scope), |known| {
                let same = (known.what.on, known.what.due) == (target.on, target.due);
                (same, own(known.what.source.as_ref(), known.entry), known.what.due)
            }),
            Body::ServiceListed(service, _, on) => {
                let history = state.services.get(service).map(|history| &history.said);
                narrow(history, |known| {
                    (known.what.on == *on, known.what.listing.is_some(), fallback(known.what.on))
                })
            }
            Body::ServiceDelisted(service, on) => {
                let history = state.services.get(service).map(|history| &history.said);
                narrow(history, |known| (known.what.on == Some(*on), known.what.listing.is_none(), *on))
            }
            Body::AuthorityListed(authority, ..)
            | Body::AuthorityChanged(authority, ..)
            | Body::AuthorityDissolved { authority, .. } => {
                let event_type = draft.body.event_type();
                let history = state.authorities.get(authority).map(|history| &history.said);
                narrow(history, |known| {
                    let same_type = state.type_at(known.entry) == Some(event_type);
                    (known.what.on == draft.body.on(), same_type, fallback(known.what.on))
                })
            }
            Body::EntryWithdrawn(_) => Vec::new(),
        }
    }

    fn end(self) -> Result<Accepted, Refused> {
        if !self.mistakes.is_empty() {
            let mut mistakes = self.mistakes;
            mistakes.sort_by_key(|(index, mistake)| (mistake.origin.line, *index));
            mistakes.truncate(MISTAKES_MAX);
            let (culprits, mistakes) = mistakes.into_iter().unzip();
            return Err((mistakes, culprits));
        }
        let skipped =
            Outcome { line: 0, kind: OutcomeKind::Skipped, id: None, position: None, counts_from: None };
        Ok(Accepted {
            events: self.events,
            outcomes: self
                .outcomes
                .into_iter()
                .map(|outcome| outcome.unwrap_or_else(|| skipped.clone()))
                .collect(),
            recorded: self.recorded,
            trial: self.state,
            touched: self.touched,
            before: self.head,
        })
    }
}

/// Of what stands, prefers what has the same date and source, then the same source, then the same date.
fn narrow<T>(
    history: Option<&Vec<Known<T>>>,
    judge: impl Fn(&Known<T>) -> (bool, bool, PartialDate),
) -> Vec<(u32, Option<PartialDate>)> {
    let judged: Vec<(u32, (bool, bool, PartialDate))> = history
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

fn fallback(on: Option<PartialDate>) -> PartialDate {
    on.unwrap_or(PartialDate::Day(Day::EVER))
}

fn target_id(draft: &Draft) -> Option<EventId> {
    match (&draft.body, draft.replaces) {
        (Body::EntryWithdrawn(entry), _) => Some(*entry),
        (_, Some(Replaces::Entry(entry))) => Some(entry),
        _ => None,
    }
}

/// Catalogue and registry first, by day, since what is in force decides what is news; then statements, then
/// corrections, then withdrawals.
fn rank(draft: &Draft, recorded: Day) -> (u8, Day, u8) {
    let by_day = |order: u8| (0, draft.body.on().map_or(Day::EVER, |on| on.counts_from(recorded)), order);
    match (&draft.body, draft.replaces) {
        (Body::EntryWithdrawn(_), _) => (3, Day::EVER, 0),
        (_, Some(_)) => (2, Day::EVER, 0),
        (Body::ServiceListed(..) | Body::ServiceDelisted(..) | Body::AuthorityListed(..), None) => by_day(0),
        (Body::AuthorityChanged(..), None) => by_day(1),
        (Body::AuthorityDissolved { .. }, None) => by_day(2),
        (_, None) => (1, Day::EVER, 0),
    }
}

fn fingerprint_of_draft(draft: &Draft) -> u64 {
    fingerprint_of(&draft.body, draft.source.as_ref(), draft.note.as_ref(), draft.reason.as_ref())
}
