//! Remarks on what a batch says: implausible but possible, and recorded all the same (rule 6c). They are judged after the whole
//! batch, so that its order never matters.

use super::check::Trial;
use super::facts::{same_source, standing};
use super::same::last;
use crate::event::{Amount, Body, ClaimScope, Event, EventId};
use crate::measure::{Measure, Reports};
use crate::state::{Dated, Known, State, Statement, Thing};
use crate::words::{Day, Number, Place, Position, Remark, ServiceId, Source, Stage, same_text};
use std::collections::BTreeMap;

/// By how much a stock must at least differ from the one before to be a jump, besides by more than half of it.
const JUMP_MIN: i64 = 10;

/// The remarks on the entries of a batch that have any.
pub(super) type Remarks = BTreeMap<EventId, Vec<Remark>>;

impl Trial<'_> {
    /// Lists the remarks on the entries of the batch. What a log has accepted has the remarks that it was given then.
    pub(super) fn remarks(&self, events: &[Event]) -> Remarks {
        if self.request().was_accepted {
            return Remarks::new();
        }
        let positions = self.head.up_to(self.state.latest());
        let all = events
            .iter()
            .zip(positions)
            .map(|(event, position)| (event.id, self.remarks_on(event, position)));
        all.filter(|(_, remarks)| !remarks.is_empty()).collect()
    }

    fn remarks_on(&self, event: &Event, position: Position) -> Vec<Remark> {
        let mut remarks = event.remarks();
        let accepted = [
            (Remark::Jump, self.jumps(event, position)),
            (Remark::NotListed, self.is_outside_listing(event)),
            (Remark::WithdrawnBefore, self.state.was_withdrawn(&event.body, position)),
            (Remark::ReplacedRevision, self.replaces_revision(event, position)),
        ];
        remarks.extend(accepted.into_iter().filter(|(_, applies)| *applies).map(|(remark, _)| remark));
        remarks
    }

    /// Tells whether a stock is far off the one before it on its line; where sources differ there, off all of them.
    fn jumps(&self, event: &Event, position: Position) -> bool {
        let Some(on) = event.body.on() else { return false };
        let day = on.counts_from(self.recorded);
        stocks(&event.body).iter().any(|(scope, amount)| {
            let mut before = self.state.stocks_on_line(scope, position);
            before.retain(|(other, _)| *other < day);
            let latest = before.iter().map(|(day, _)| *day).max();
            let mut held = before.iter().filter(|(day, _)| Some(*day) == latest).peekable();
            held.peek().is_some() && held.all(|(_, other)| is_far_off(*amount, *other))
        })
    }

    /// Tells whether a milestone was reached or observed on a day on which its service is not listed.
    fn is_outside_listing(&self, event: &Event) -> bool {
        let (Body::MilestoneReached(about, on) | Body::MilestoneObserved(about, on)) = &event.body else {
            return false;
        };
        let number = self.state.services.number(&about.service);
        number
            .is_some_and(|number| self.state.now().in_force(number, on.counts_from(self.recorded)).is_none())
    }

    /// Tells whether a correction has a later publication of the source whose figure it replaces: a revision, which is said
    /// without `replaces`.
    fn replaces_revision(&self, event: &Event, position: Position) -> bool {
        let published = |source: Option<&Source>| source.and_then(|source| source.published);
        let Some(now) = event.source.as_ref().filter(|_| event.replaces.is_some()) else { return false };
        let replaced = self.state.entry(position).map(|mark| mark.acts_on);
        let before = replaced.and_then(|entry| self.state.claimed_by(entry));
        before.is_some_and(|before| {
            let is_later = published(Some(now)).zip(before.published);
            same_text(before.name.as_str(), now.name.as_str())
                && is_later.is_some_and(|(now, before)| now.last() > before.last())
        })
    }
}

/// Lists the stocks that a statement gives, each with its line.
fn stocks(body: &Body) -> Vec<(ClaimScope, Amount)> {
    if let Body::FigureReported(claim) = body {
        return claim.since.is_none().then(|| (claim.scope.clone(), claim.amount)).into_iter().collect();
    }
    let Body::ReuseReported(report) = body else { return Vec::new() };
    let figures = [report.live, report.rolling_out, report.of];
    let lines = reported(&report.service, &report.place);
    lines.filter_map(|(index, line)| Some((line, Amount::Value(figures[index]?)))).collect()
}

/// The measures and stages about which the fields `live`, `rolling_out` and `of` of a report make a claim, in this order
/// (rule 8).
const REPORTED: [(Reports, Option<Stage>); 3] = [
    (Reports::Live, Some(Stage::Live)),
    (Reports::ByStage, Some(Stage::RollingOut)),
    (Reports::Possible, None),
];

/// Lists the lines about which a report makes a claim, each with the index of its figure: 0 `live`, 1 `rolling_out`, 2 `of`.
fn reported(service: &ServiceId, place: &Place) -> impl Iterator<Item = (usize, ClaimScope)> {
    REPORTED.into_iter().enumerate().flat_map(move |(index, (reports, stage))| {
        let measures = Measure::all().filter(move |measure| measure.row().reports == reports);
        measures.map(move |measure| (index, line(service, place, measure, stage)))
    })
}

fn line(service: &ServiceId, place: &Place, measure: Measure, stage: Option<Stage>) -> ClaimScope {
    ClaimScope {
        measure,
        place: place.clone(),
        topic: None,
        service: Some(service.clone()),
        stage,
        level: None,
        unit: Some(service.unit()),
        scope: None,
    }
}

fn is_far_off(now: Amount, before: Amount) -> bool {
    let (now, before) = match (now, before) {
        (Amount::Value(now), Amount::Value(before)) | (Amount::Percent(now), Amount::Percent(before)) => {
            (now, before)
        }
        _ => return false,
    };
    let difference = now.number.plus(before.number.negated());
    let difference = if difference.is_negative() { difference.negated() } else { difference };
    difference > Number::from(JUMP_MIN) && difference.plus(difference) > before.number
}

/// Lists what does not stand of what was said before an entry.
fn earlier<T>(history: &[Known<T>], entry: Position) -> impl Iterator<Item = &Known<T>> {
    history.iter().filter(move |known| known.entry < entry && !known.stands())
}

impl State {
    /// Lists the stocks that stand on a line beside that of an entry, each with its day.
    fn stocks_on_line(&self, scope: &ClaimScope, but: Position) -> Vec<(Day, Amount)> {
        let figures = self.figures.get(scope).into_iter().flat_map(|history| standing(history));
        let figures = figures.filter(|known| known.entry != but && known.what.said.since.is_none());
        let mut found: Vec<(Day, Amount)> =
            figures.map(|known| (known.what.day, known.what.said.amount)).collect();
        let Some(service) = &scope.service else { return found };
        let Some((index, _)) = reported(service, &scope.place).find(|(_, line)| line == scope) else {
            return found;
        };
        let reports = self.reuse_reports.get(&(service.clone(), scope.place.clone()));
        for known in
            reports.into_iter().flat_map(|history| standing(history)).filter(|known| known.entry != but)
        {
            let report = &known.what.said;
            let figure = [report.live, report.rolling_out, report.of][index];
            found.extend(figure.map(|figure| (known.what.day, Amount::Value(figure))));
        }
        found
    }

    /// Returns the source of the claim that an entry makes.
    fn claimed_by(&self, entry: Position) -> Option<&Source> {
        fn source<T>(history: Option<&Vec<Known<Dated<T>>>>, entry: Position) -> Option<&Source> {
            history?.iter().find(|known| known.entry == entry)?.what.source.as_deref()
        }
        match self.thing_at(entry)? {
            Thing::Report(number) => source(self.reuse_reports.value(number), entry),
            Thing::Figure(number) => source(self.figures.value(number), entry),
            Thing::Said(_)
            | Thing::Plan(_)
            | Thing::Target(_)
            | Thing::Assessment(_)
            | Thing::Service(_)
            | Thing::Authority(_)
            | Thing::Region(_)
            | Thing::List(_)
            | Thing::Register(_)
            | Thing::Objection(_) => None,
        }
    }

    /// Tells whether an earlier entry that said the same as one was withdrawn.
    fn was_withdrawn(&self, body: &Body, entry: Position) -> bool {
        let Some(thing) = self.entry(entry).and_then(|mark| mark.thing()) else { return false };
        match thing {
            Thing::Said(number) => {
                let Some(slot) = body.place().and_then(|place| self.slot(&place)) else { return false };
                let said = self.said_at(number.service(), number.area(), slot);
                let Some(own) = said.iter().find(|known| known.entry == entry).map(|known| known.what) else {
                    return false;
                };
                earlier(said, entry).any(|known| {
                    let other = known.what;
                    (other.what(), other.on().last()) == (own.what(), own.on().last())
                        && self.is_withdrawn(known.entry)
                })
            }
            Thing::Report(number) => self.is_said_again(self.reuse_reports.value(number), entry),
            Thing::Figure(number) => self.is_said_again(self.figures.value(number), entry),
            Thing::Plan(number) => self.is_said_again(self.plans.value(number), entry),
            Thing::Target(number) => self.is_said_again(self.targets.value(number), entry),
            Thing::Assessment(number) => self.is_said_again(self.assessments.value(number), entry),
            Thing::Service(number) => {
                self.is_said_again(self.services.value(number).map(|history| &history.said), entry)
            }
            Thing::Authority(number) => {
                self.is_said_again(self.authorities.value(number).map(|history| &history.said), entry)
            }
            Thing::Region(number) => self.is_said_again(self.regions.value(number), entry),
            Thing::List(number) => self.is_said_again(self.lists.value(number), entry),
            Thing::Register(number) => self.is_said_again(self.registers.value(number), entry),
            Thing::Objection(number) => self.is_said_again(self.objections.value(number), entry),
        }
    }

    fn is_said_again<T: Statement>(&self, history: Option<&Vec<Known<Dated<T>>>>, entry: Position) -> bool {
        let Some(history) = history else { return false };
        let Some(own) = history.iter().find(|known| known.entry == entry).map(|known| &known.what) else {
            return false;
        };
        earlier(history, entry).any(|known| {
            let other = &known.what;
            // The office is not compared, since an office withdraws its own entries, as a rule.
            other.said.says_same(&own.said)
                && last(other.on) == last(own.on)
                && same_source((other.source.as_deref(), ""), (own.source.as_deref(), ""))
                && self.is_withdrawn(known.entry)
        })
    }

    fn is_withdrawn(&self, entry: Position) -> bool {
        self.withdrawn_by(entry).is_some()
    }
}
