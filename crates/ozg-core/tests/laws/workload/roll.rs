//! What a batch of a random history is made of.

use super::said::{amount, figure, maturity, plan, report, target};
use super::{Dice, History, LAENDER, TOPICS, authorities, day, draft, services, text};
use ozg_core::event::{
    Body, Claim, Dissolution, Draft, EventId, Listing, Maturity, Milestone, Objection, Plan, Region,
    Register, Registration, RegistrationChange, Replaces, ReuseReport, ServiceList, Target,
};
use ozg_core::time::berlin_day;
use ozg_core::words::{
    Area, AuthorityId, AuthorityKind, Day, Figure, KindSet, PartialDate, Place, ServiceId, Slug, Source,
    Stage, TopicSet, Unit,
};

/// The first batch: most of the catalogue and the registry.
pub(super) fn founding(dice: &mut Dice) -> Vec<Draft> {
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
    if dice.chance(50) {
        drafts.push(draft(definition(dice, day("2024-01-10"))));
    }
    drafts
}

pub(super) fn roll_batch(dice: &mut Dice, history: &History, at_ms: i64) -> Vec<Draft> {
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
    if dice.chance(17) {
        drafts.extend(merger(dice));
    }
    if dice.chance(20) {
        drafts.extend(revision(dice, recorded));
    }
    dice.shuffle(&mut drafts);
    drafts
}

/// A source publishes a figure, and later perhaps another one about the same.
fn revision(dice: &mut Dice, recorded: Day) -> Vec<Draft> {
    let first = if dice.chance(70) { figure(dice, recorded) } else { report(dice, recorded) };
    let second = moved(dice, &first, recorded);
    let published = [recorded.0 - 20, recorded.0 - u16::try_from(dice.below(3) * 10).unwrap()];
    let source = |day: u16| {
        let published = Some(PartialDate::Day(Day(day)));
        Some(Source { name: text("Bericht"), url: None, published })
    };
    let drafts = [first, second].into_iter().zip(published);
    drafts.map(|(body, day)| Draft { source: source(day), ..draft(body) }).collect()
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
        drafts.push(draft(Body::AuthorityDissolved(Dissolution {
            authority,
            successors,
            inherits: true,
            on,
        })));
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
        73..79 => draft(registry(dice, recorded)),
        79 if dice.chance(50) => draft(declaration(dice, recorded)),
        79 => draft(definition(dice, recorded)),
        80..84 => draft(maturity(dice, recorded)),
        84..91 => draft(plan(dice, recorded)),
        91..93 => draft(target(dice, recorded)),
        93..95 => draft(report(dice, recorded)),
        95 => draft(objection(dice, history, recorded)),
        _ => draft(figure(dice, recorded)),
    };
    if dice.chance(30) {
        let name = *dice.pick(&["Dashboard", "Bericht", "Zeitung"]);
        let published = dice.chance(50).then(|| date(dice, recorded));
        let url = dice.chance(20).then(|| text("https://example.org/bericht"));
        rolled.source = Some(Source { name: text(name), url, published });
    }
    if dice.chance(5) {
        rolled.replaces = Some(Replaces::Standing);
    }
    rolled
}

/// A day in the weeks before today, sometimes years ago, sometimes less precise than a day.
pub(super) fn date(dice: &mut Dice, recorded: Day) -> PartialDate {
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

pub(super) fn milestone(dice: &mut Dice) -> Milestone {
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
    match dice.below(100) {
        0..62 => Body::MilestoneReached(milestone, on),
        62..72 => Body::MilestoneObserved(milestone, on),
        _ => Body::MilestoneEnded(milestone, on),
    }
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

/// A region or a list of services.
fn definition(dice: &mut Dice, recorded: Day) -> Body {
    let on = dice.chance(60).then(|| date(dice, recorded));
    if dice.chance(50) {
        let all = ["BW", "SH", "BB", "kreis:01000", "kreis:01051", "kreis:08000"];
        let members = all.iter().filter(|_| dice.chance(40)).map(|text| Place::read(text).unwrap()).collect();
        let region = Region { name: text("Mitte"), members };
        return Body::RegionDefined(Slug::read("mitte").unwrap(), region, on);
    }
    let list = ServiceList {
        name: text("Fokus"),
        services: services().into_iter().filter(|_| dice.chance(50)).collect(),
    };
    Body::ListDefined(Slug::read("fokus").unwrap(), list, on)
}

/// An objection to something that was said, by whoever says it.
fn objection(dice: &mut Dice, history: &History, recorded: Day) -> Body {
    let world = history.model.world(history.state.head());
    let others: Vec<EventId> = world.entries.iter().map(|entry| entry.event.id).collect();
    let entry = if others.is_empty() { EventId::from_u128(7) } else { *dice.pick(&others) };
    let says = text(dice.pick::<&str>(&["später", "nie"]));
    Body::ObjectionMade(Objection { entry, on: dice.chance(50).then(|| date(dice, recorded)), says })
}

/// A catalogue or a register is complete, or no longer.
fn declaration(dice: &mut Dice, recorded: Day) -> Body {
    let kinds = [AuthorityKind::Gemeinde, AuthorityKind::Auslaenderbehoerde];
    let register = match dice.below(3) {
        0 => Register::Catalogue(Unit::Ozg),
        1 => Register::Authorities(*dice.pick(&kinds), Area::DE),
        _ => Register::Authorities(*dice.pick(&kinds), *dice.pick(&LAENDER)),
    };
    Body::RegisterDeclared(register, dice.chance(70), dice.chance(60).then(|| date(dice, recorded)))
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
            Body::AuthorityDissolved(Dissolution { authority, successors, inherits: dice.chance(70), on })
        }
    }
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
        Body::MilestoneObserved(about, _) => Body::MilestoneObserved(about, on),
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
        Body::AuthorityDissolved(Dissolution { authority, successors, inherits, .. }) => {
            Body::AuthorityDissolved(Dissolution { authority, successors, inherits, on })
        }
        Body::RegisterDeclared(register, complete, _) => {
            Body::RegisterDeclared(register, !complete, Some(on))
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
