//! Random histories of a small world: late entries, corrections, withdrawals, endings, mergers, re-plans, claims.

use crate::model::{Model, World, counts};
use ozg_core::event::{
    Amount, Body, Claim, ClaimScope, Draft, Event, EventId, Form, Listing, Maturity, Milestone, Plan,
    Registration, RegistrationChange, Replaces, ReuseReport, Target, Where,
};
use ozg_core::ledger::{Accepted, OnConflict, Request};
use ozg_core::measure::Measure;
use ozg_core::mistake::{Code, Mistake};
use ozg_core::state::State;
use ozg_core::time::berlin_day;
use ozg_core::words::{
    Area, AreaSet, AuthorityId, AuthorityKind, Day, Figure, KindSet, Level, PartialDate, Place, Qualifier,
    ServiceId, Source, Stage, Text, Topic, TopicSet, Unit,
};

/// SplitMix64: small, seeded, the same everywhere.
#[derive(Debug, Clone)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(bound.max(1)).unwrap()).unwrap()
    }

    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for index in (1..items.len()).rev() {
            items.swap(index, self.below(index + 1));
        }
    }
}

/// A batch as it was recorded.
#[derive(Debug, Clone)]
pub(crate) struct Recorded {
    pub(crate) office: &'static str,
    pub(crate) at_ms: i64,
    /// The drafts that were accepted, whether or not they were news.
    pub(crate) drafts: Vec<Draft>,
    pub(crate) events: Vec<Event>,
    /// Position of the last entry.
    pub(crate) last: u32,
}

/// A history: the batches, the state after all of them, and the model of the same.
#[derive(Debug, Clone)]
pub(crate) struct History {
    pub(crate) batches: Vec<Recorded>,
    pub(crate) state: State,
    pub(crate) model: Model,
    next_id: u128,
}

pub(crate) const LAENDER: [Area; 4] = [Area::BW, Area::SH, Area::BB, Area::HH];
pub(crate) const TOPICS: [Topic; 4] = [Topic::Building, Topic::Family, Topic::Law, Topic::None];
const OFFICES: [&str; 2] = ["office-a", "office-b"];
const MS_A_DAY: i64 = 86_400_000;

pub(crate) fn day(text: &str) -> Day {
    Day::read(text).unwrap()
}

pub(crate) fn services() -> Vec<ServiceId> {
    let texts = [
        "ozg:10001",
        "ozg:10002",
        "ozg:10003",
        "ozg:10004",
        "leika:99000000000001",
        "leika:99000000000002",
        "leika:99000000000003",
        "dienst:eins",
        "dienst:zwei",
    ];
    texts.iter().map(|text| ServiceId::read(text).unwrap()).collect()
}

pub(crate) fn authorities() -> Vec<AuthorityId> {
    let texts = [
        "ags:08000001",
        "ags:08000002",
        "ags:08000003",
        "ags:01000001",
        "ags:01000002",
        "ags:12000001",
        "abh:08001",
        "abh:01001",
        "abh:12001",
        "abh:02000",
        "kreis:01051",
        "bund:bamf",
    ];
    texts.iter().map(|text| AuthorityId::read(text).unwrap()).collect()
}

fn text(text: &str) -> Text {
    Text::read(text).unwrap()
}

pub(crate) fn draft(body: Body) -> Draft {
    let at = Where { line: 0, form: Form::None };
    Draft { at, id: None, body, source: None, note: None, reason: None, replaces: None }
}

pub(crate) fn request(office: &str, now_ms: i64) -> Request<'_> {
    let (areas, topics) = (AreaSet::default(), TopicSet::default());
    Request { office, areas, topics, now_ms, on_conflict: OnConflict::Reject }
}

/// Rolls a history of some batches.
pub(crate) fn history(seed: u64) -> History {
    let mut dice = Dice::new(seed);
    let mut history =
        History { batches: Vec::new(), state: State::default(), model: Model::default(), next_id: 1 };
    let mut at_ms = day("2024-01-10").date().and_hms_opt(9, 0, 0).unwrap().and_utc().timestamp_millis();
    let count = 4 + dice.below(6);
    for number in 0..count {
        at_ms += i64::try_from(dice.below(18)).unwrap() * MS_A_DAY
            + i64::try_from(dice.below(50_000_000)).unwrap();
        let office = if dice.chance(80) { OFFICES[0] } else { OFFICES[1] };
        let drafts = if number == 0 { founding(&mut dice) } else { roll_batch(&mut dice, &history, at_ms) };
        history.record(drafts, office, at_ms);
    }
    history
}

impl History {
    /// Records drafts, dropping those that are refused; tells what was refused.
    pub(crate) fn record(&mut self, mut drafts: Vec<Draft>, office: &'static str, at_ms: i64) {
        for (index, draft) in drafts.iter_mut().enumerate() {
            draft.at.line = u32::try_from(index + 1).unwrap();
        }
        while !drafts.is_empty() {
            match self.accept(&drafts, office, at_ms) {
                Ok(accepted) => return self.take(drafts, accepted, office, at_ms),
                Err(mistakes) => {
                    self.check_refusal(&drafts, &mistakes, at_ms);
                    let lines: Vec<u32> = mistakes.iter().map(|mistake| mistake.origin.line).collect();
                    let before = drafts.len();
                    drafts.retain(|draft| !lines.contains(&draft.at.line));
                    assert!(drafts.len() < before, "a refusal names a draft: {mistakes:?}");
                }
            }
        }
    }

    pub(crate) fn accept(
        &self,
        drafts: &[Draft],
        office: &str,
        at_ms: i64,
    ) -> Result<Accepted, Vec<Mistake>> {
        let mut next = self.next_id;
        let mut new_id = || {
            next += 1;
            EventId::from_u128(next)
        };
        self.state.accept(drafts, &request(office, at_ms), &mut new_id)
    }

    fn take(&mut self, drafts: Vec<Draft>, accepted: Accepted, office: &'static str, at_ms: i64) {
        if accepted.is_empty() {
            return;
        }
        let events = accepted.events.clone();
        self.next_id += u128::try_from(events.len()).unwrap();
        self.state = accepted.into_state(&request(office, at_ms), at_ms, false);
        for event in &events {
            self.model.push(event.clone(), berlin_day(at_ms), office);
        }
        let last = self.state.head();
        self.check_alternation(last);
        self.batches.push(Recorded { office, at_ms, drafts, events, last });
    }

    /// What was accepted alternates, for every milestone that cannot be inherited.
    fn check_alternation(&self, last: u32) {
        let world = self.model.world(last);
        let heirs: Vec<&AuthorityId> = world
            .entries
            .iter()
            .filter_map(|entry| match &entry.event.body {
                Body::AuthorityDissolved { successors, inherits: true, .. } => Some(successors),
                _ => None,
            })
            .flatten()
            .collect();
        for milestone in world.milestones() {
            if milestone.place.authority().is_some_and(|authority| heirs.contains(&authority)) {
                continue;
            }
            let said = world.milestone(milestone);
            assert!(World::alternates(&said), "as of {last} {milestone:?} does not alternate: {said:?}");
        }
    }

    /// A single milestone that is refused as a conflict would not have alternated.
    fn check_refusal(&self, drafts: &[Draft], mistakes: &[Mistake], at_ms: i64) {
        let [draft] = drafts else { return };
        let (milestone, on, reached) = match &draft.body {
            Body::MilestoneReached(milestone, on) => (milestone, on, true),
            Body::MilestoneEnded(milestone, on) => (milestone, on, false),
            _ => return,
        };
        let conflict = mistakes.iter().all(|m| matches!(m.code, Code::AlreadyReached | Code::NotReached));
        if draft.replaces.is_none() && conflict {
            let mut said = self.model.world(self.state.head()).milestone(milestone);
            said.push((counts(*on, berlin_day(at_ms)), reached));
            assert!(!World::alternates(&said), "refused, but it alternates: {draft:?} {said:?}");
        }
    }

    /// Returns the drafts of a batch as they would be sent again with the ids that they were given.
    pub(crate) fn as_sent(batch: &Recorded) -> Vec<Draft> {
        batch.events.iter().map(|event| event.clone().into_draft()).collect()
    }

    /// Replays some batches into a fresh state.
    pub(crate) fn replayed(&self, batches: usize) -> State {
        let mut state = State::default();
        for batch in &self.batches[..batches] {
            state.replay(batch.office, batch.at_ms, false, &batch.events);
        }
        state
    }
}

/// The first batch: most of the catalogue and the registry.
fn founding(dice: &mut Dice) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for service in services() {
        if dice.chance(85) {
            let on = dice.chance(40).then(|| early(dice));
            let listing = listing(dice, &service);
            drafts.push(draft(Body::ServiceListed(service, listing, on)));
        }
    }
    for authority in authorities() {
        if dice.chance(85) {
            let on = dice.chance(40).then(|| early(dice));
            let registration = registration(dice, &authority);
            drafts.push(draft(Body::AuthorityListed(authority, registration, on)));
        }
    }
    drafts
}

fn roll_batch(dice: &mut Dice, history: &History, at_ms: i64) -> Vec<Draft> {
    let recorded = berlin_day(at_ms);
    let count = 1 + dice.below(20);
    let mut drafts: Vec<Draft> = (0..count).map(|_| roll(dice, history, recorded)).collect();
    // Some corrections and withdrawals are about the same batch.
    for index in 0..drafts.len() {
        if dice.chance(4) {
            let id = EventId::from_u128(0xb000_0000 + u128::from(dice.next() >> 8));
            drafts[index].id = Some(id);
            let again = match dice.below(3) {
                0 => draft(Body::EntryWithdrawn(id)),
                _ => Draft {
                    replaces: Some(Replaces::Entry(id)),
                    id: None,
                    body: moved(dice, &drafts[index].body, recorded),
                    ..drafts[index].clone()
                },
            };
            drafts.push(again);
        }
    }
    if dice.chance(12) {
        drafts.extend(merger(dice));
    }
    dice.shuffle(&mut drafts);
    drafts
}

/// Two municipalities become one, which inherits; one or both of them had a service live.
fn merger(dice: &mut Dice) -> Vec<Draft> {
    let all = authorities();
    let service = services()[dice.below(2) * 3].clone();
    let on = PartialDate::Day(*dice.pick(&[day("2024-01-05"), day("2024-01-20")]));
    let mut drafts = Vec::new();
    for predecessor in &all[..2] {
        if dice.chance(85) {
            let place = Place::Authority(predecessor.clone());
            let milestone = Milestone { service: service.clone(), place, stage: Stage::Live };
            drafts.push(draft(Body::MilestoneReached(milestone, early(dice))));
        }
        let (authority, successors) = (predecessor.clone(), vec![all[2].clone()]);
        drafts.push(draft(Body::AuthorityDissolved { authority, successors, inherits: true, on }));
    }
    drafts
}

/// Ends something that holds, or lets something that has ended come back.
fn turn(dice: &mut Dice, history: &History, recorded: Day) -> Body {
    let world = history.model.world(history.state.head());
    let known: Vec<&Milestone> = world.milestones().collect();
    if known.is_empty() {
        return milestone_body(dice, recorded);
    }
    let ended = |about: &Milestone| world.milestone(about).iter().max().is_some_and(|(_, reached)| !reached);
    let (gone, held): (Vec<&Milestone>, Vec<&Milestone>) = known.into_iter().partition(|about| ended(about));
    let from = if gone.is_empty() || (!held.is_empty() && dice.chance(60)) { held } else { gone };
    let about = (*dice.pick(&from)).clone();
    let (since, reached) = world.milestone(&about).into_iter().max().unwrap_or((recorded, false));
    let on = Day(since.0 + u16::try_from(1 + dice.below(30)).unwrap()).min(recorded);
    let on = PartialDate::Day(on);
    if reached { Body::MilestoneEnded(about, on) } else { Body::MilestoneReached(about, on) }
}

fn roll(dice: &mut Dice, history: &History, recorded: Day) -> Draft {
    let mut rolled = match dice.below(100) {
        0..38 => draft(milestone_body(dice, recorded)),
        38..48 => draft(turn(dice, history, recorded)),
        48..60 => return correction(dice, history, recorded),
        60..68 => return withdrawal(dice, history),
        68..73 => draft(catalogue(dice, recorded)),
        73..80 => draft(registry(dice, recorded)),
        80..84 => draft(maturity(dice, recorded)),
        84..91 => draft(plan(dice, recorded)),
        91..93 => draft(target(dice, recorded)),
        93..96 => draft(report(dice, recorded)),
        _ => draft(figure(dice, recorded)),
    };
    if dice.chance(30) {
        let name = *dice.pick(&["Dashboard", "Bericht", "Zeitung"]);
        let published = dice.chance(30).then(|| date(dice, recorded));
        rolled.source = Some(Source { name: text(name), url: None, published });
    }
    if dice.chance(5) {
        rolled.replaces = Some(Replaces::Standing);
    }
    rolled
}

/// A day in the weeks before today, sometimes years ago, sometimes less precise than a day.
fn date(dice: &mut Dice, recorded: Day) -> PartialDate {
    let text = match dice.below(30) {
        0 => "2024-01",
        1 => "2023-Q4",
        2 => "2023",
        3 => "2024",
        _ => {
            let back = u16::try_from(dice.below(60)).unwrap();
            return PartialDate::Day(Day(recorded.0 - back));
        }
    };
    PartialDate::read(text).unwrap()
}

fn early(dice: &mut Dice) -> PartialDate {
    PartialDate::Day(Day(day("2023-11-01").0 + u16::try_from(dice.below(60)).unwrap()))
}

fn place(dice: &mut Dice) -> Place {
    match dice.below(100) {
        0..8 => Place::Area(Area::DE),
        8..28 => Place::Area(*dice.pick(&LAENDER)),
        28..31 => Place::Area(Area::TH),
        _ => Place::Authority(dice.pick(&authorities()).clone()),
    }
}

fn milestone(dice: &mut Dice) -> Milestone {
    let place = place(dice);
    let of_areas = [Stage::Launched, Stage::RolledOut, Stage::RolledOut, Stage::Live, Stage::RollingOut];
    let of_authorities =
        [Stage::Live, Stage::Live, Stage::Live, Stage::RollingOut, Stage::Connected, Stage::Interested];
    let stage = if place.authority().is_some() { *dice.pick(&of_authorities) } else { *dice.pick(&of_areas) };
    // Few things, so that statements about them meet.
    let all = services();
    let service = if dice.chance(60) { all[dice.below(3) * 3].clone() } else { dice.pick(&all).clone() };
    Milestone { service, place, stage }
}

fn milestone_body(dice: &mut Dice, recorded: Day) -> Body {
    let milestone = milestone(dice);
    let on = date(dice, recorded);
    if dice.chance(72) { Body::MilestoneReached(milestone, on) } else { Body::MilestoneEnded(milestone, on) }
}

fn listing(dice: &mut Dice, service: &ServiceId) -> Listing {
    let mut topics = TopicSet::default();
    (0..dice.below(3)).for_each(|_| topics.insert(TOPICS[dice.below(3)]));
    let mut parents: Vec<ServiceId> = Vec::new();
    for candidate in services() {
        if candidate.unit() < service.unit() && dice.chance(25) {
            parents.push(candidate);
        }
    }
    parents.sort();
    let mut executed_by = KindSet::default();
    let kinds = [AuthorityKind::Gemeinde, AuthorityKind::Auslaenderbehoerde, AuthorityKind::Bund];
    (0..dice.below(3)).for_each(|_| executed_by.insert(*dice.pick(&kinds)));
    if dice.chance(15) {
        executed_by = kinds.into_iter().chain([AuthorityKind::Kreis]).collect();
    }
    let lead = dice.chance(20).then_some(Area::BW);
    Listing { name: text(dice.pick::<&str>(&["Wohngeld", "Bauantrag"])), topics, parents, executed_by, lead }
}

fn registration(dice: &mut Dice, authority: &AuthorityId) -> Registration {
    let population = dice.chance(80).then(|| u32::try_from(100 * (1 + dice.below(9))).unwrap());
    Registration { name: text(&format!("Behörde {authority}")), ars: None, population }
}

fn catalogue(dice: &mut Dice, recorded: Day) -> Body {
    let service = dice.pick(&services()).clone();
    if dice.chance(25) {
        return Body::ServiceDelisted(service, date(dice, recorded));
    }
    let listing = listing(dice, &service);
    let on = dice.chance(90).then(|| date(dice, recorded));
    Body::ServiceListed(service, listing, on)
}

fn registry(dice: &mut Dice, recorded: Day) -> Body {
    let all = authorities();
    let authority = dice.pick(&all).clone();
    match dice.below(10) {
        0..3 => {
            let registration = registration(dice, &authority);
            let on = dice.chance(80).then(|| date(dice, recorded));
            Body::AuthorityListed(authority, registration, on)
        }
        3..6 => {
            let population = Some(u32::try_from(100 * (1 + dice.below(9))).unwrap());
            let change = RegistrationChange { name: None, ars: None, population };
            Body::AuthorityChanged(authority, change, date(dice, recorded))
        }
        _ => {
            // Mergers of the same kind on few days, so that one successor may have several predecessors.
            let kin: Vec<AuthorityId> = all
                .into_iter()
                .filter(|other| other.kind() == authority.kind() && *other != authority)
                .collect();
            let successors =
                if kin.is_empty() { Vec::new() } else { vec![kin[dice.below(2).min(kin.len() - 1)].clone()] };
            let on = if dice.chance(60) { PartialDate::Day(day("2024-01-05")) } else { date(dice, recorded) };
            Body::AuthorityDissolved { authority, successors, inherits: dice.chance(70), on }
        }
    }
}

fn maturity(dice: &mut Dice, recorded: Day) -> Body {
    let level = Level::read(dice.pick::<&str>(&["1.1:2", "1.1:3", "1.1:4", "2.0:5"])).unwrap();
    let Milestone { service, place, .. } = milestone(dice);
    Body::MaturityAssessed(Maturity { service, place, level, on: date(dice, recorded) })
}

fn plan(dice: &mut Dice, recorded: Day) -> Body {
    let made = dice.chance(50).then(|| date(dice, recorded));
    let due = PartialDate::Day(Day(recorded.0 + u16::try_from(dice.below(60)).unwrap() - 40));
    let due = if dice.chance(10) { PartialDate::Year(2024) } else { due };
    Body::MilestonePlanned(Plan { milestone: milestone(dice), due, on: made })
}

fn amount(dice: &mut Dice) -> Amount {
    let qualifier = *dice.pick(&[Qualifier::Exact, Qualifier::Exact, Qualifier::MoreThan, Qualifier::About]);
    let figure = Figure { number: i64::try_from(dice.below(4)).unwrap().into(), qualifier };
    if dice.chance(10) { Amount::Percent(figure) } else { Amount::Value(figure) }
}

fn claim_scope(dice: &mut Dice) -> ClaimScope {
    let place = Place::Area(*dice.pick(&[Area::DE, Area::DE, Area::BW, Area::SH]));
    let scope = dice.chance(15).then(|| text("nur Bund"));
    let (all, topic) = (services(), dice.chance(20).then_some(Topic::Building));
    let base = ClaimScope {
        measure: Measure::ServicesLaunched,
        place,
        topic,
        service: None,
        stage: None,
        level: None,
        unit: Some(Unit::Ozg),
        scope,
    };
    match dice.below(4) {
        0 => base,
        1 => ClaimScope { measure: Measure::Applications, unit: None, topic: None, ..base },
        _ => {
            let service = all[dice.below(2)].clone();
            let (unit, stage) = (Some(service.unit()), Some(Stage::Live));
            ClaimScope { measure: Measure::Reuses, service: Some(service), unit, stage, topic: None, ..base }
        }
    }
}

fn figure(dice: &mut Dice, recorded: Day) -> Body {
    let of = dice.chance(30).then(|| Figure::exact(5));
    let on = claim_date(dice, recorded);
    let since = dice.chance(15).then(|| PartialDate::Day(Day(on.first().0 - 30)));
    Body::FigureReported(Claim { scope: claim_scope(dice), amount: amount(dice), of, on, since })
}

/// Few days, so that claims compete.
fn claim_date(dice: &mut Dice, recorded: Day) -> PartialDate {
    if dice.chance(70) { PartialDate::Day(Day(recorded.0 / 30 * 30)) } else { date(dice, recorded) }
}

fn target(dice: &mut Dice, recorded: Day) -> Body {
    let due = PartialDate::Day(Day(recorded.0 + 10));
    Body::TargetSet(Target { scope: claim_scope(dice), amount: amount(dice), of: None, due, on: None })
}

fn report(dice: &mut Dice, recorded: Day) -> Body {
    let figure = |dice: &mut Dice| match amount(dice) {
        Amount::Value(figure) | Amount::Percent(figure) => figure,
    };
    let service = services()[dice.below(2)].clone();
    let place = Place::Area(*dice.pick(&[Area::DE, Area::BW, Area::SH, Area::HH]));
    let (live, rolling_out) = (Some(figure(dice)), dice.chance(50).then(|| figure(dice)));
    let of = dice.chance(30).then(|| figure(dice));
    Body::ReuseReported(ReuseReport { service, place, live, rolling_out, of, on: claim_date(dice, recorded) })
}

/// A correction of what somebody said: the same with another date or figure.
fn correction(dice: &mut Dice, history: &History, recorded: Day) -> Draft {
    let world = history.model.world(history.state.head());
    if world.entries.is_empty() {
        return draft(milestone_body(dice, recorded));
    }
    let entry = dice.pick(&world.entries).clone();
    let by_id = dice.chance(75);
    Draft {
        id: None,
        body: moved(dice, &entry.event.body, recorded),
        reason: Some(text("Tippfehler")),
        replaces: Some(if by_id { Replaces::Entry(entry.event.id) } else { Replaces::Standing }),
        ..entry.event.into_draft()
    }
}

/// Changes something of a statement; its type stays.
fn moved(dice: &mut Dice, body: &Body, recorded: Day) -> Body {
    let on = date(dice, recorded);
    match body.clone() {
        Body::MilestoneReached(_, _) if dice.chance(15) => Body::MilestoneReached(milestone(dice), on),
        Body::MilestoneReached(about, _) => Body::MilestoneReached(about, on),
        Body::MilestoneEnded(about, _) => Body::MilestoneEnded(about, on),
        Body::MaturityAssessed(said) => Body::MaturityAssessed(Maturity { on, ..said }),
        Body::ReuseReported(said) => {
            Body::ReuseReported(ReuseReport { live: Some(Figure::exact(9)), ..said })
        }
        Body::FigureReported(said) => Body::FigureReported(Claim { amount: amount(dice), ..said }),
        Body::MilestonePlanned(said) => Body::MilestonePlanned(Plan { due: on, on: None, ..said }),
        Body::TargetSet(said) => Body::TargetSet(Target { amount: amount(dice), ..said }),
        Body::ServiceListed(id, _, on) if dice.chance(50) => {
            let listing = listing(dice, &id);
            Body::ServiceListed(id, listing, on)
        }
        Body::ServiceListed(id, listing, _) => Body::ServiceListed(id, listing, Some(on)),
        Body::ServiceDelisted(id, _) => Body::ServiceDelisted(id, on),
        Body::AuthorityListed(id, said, _) => Body::AuthorityListed(id, said, Some(on)),
        Body::AuthorityChanged(id, said, _) => Body::AuthorityChanged(id, said, on),
        Body::AuthorityDissolved { authority, successors, inherits, .. } => {
            Body::AuthorityDissolved { authority, successors, inherits, on }
        }
        other => other,
    }
}

fn withdrawal(dice: &mut Dice, history: &History) -> Draft {
    let entries = &history.model.entries;
    if entries.is_empty() {
        return draft(Body::EntryWithdrawn(EventId::from_u128(7)));
    }
    // Rather what is young, and corrections more often than there are.
    let from = entries.len().saturating_sub(25);
    let corrections: Vec<EventId> =
        entries.iter().filter(|entry| entry.event.replaces.is_some()).map(|entry| entry.event.id).collect();
    let id = match dice.below(10) {
        0..3 if !corrections.is_empty() => *dice.pick(&corrections),
        0..8 => entries[from + dice.below(entries.len() - from)].event.id,
        _ => dice.pick(entries).event.id,
    };
    Draft { reason: Some(text("war ein Irrtum")), ..draft(Body::EntryWithdrawn(id)) }
}
