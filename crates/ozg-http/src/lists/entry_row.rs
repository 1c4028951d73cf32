//! The row of an entry: what it says with names, and what became of it.

use super::selection::Selection;
use super::shown::{name_of_service, number, place_name, word};
use crate::log::head_of;
use ozg_core::asof::AsOf;
use ozg_core::event::{Amount, Body, ClaimScope, EventType, Register, ReuseReport};
use ozg_core::measure::Measure;
use ozg_core::state::State;
use ozg_core::time::berlin_day;
use ozg_core::words::{Figure, Label, Language, PartialDate, Position, Qualifier, Topic, Unit};
use ozg_formats::events::EntryRow;
use ozg_tracker::{Entry, Tracker};
use serde_json::{Value, json};
use std::io;
use std::sync::Arc;

/// The columns of the rows.
pub(super) const COLUMNS: [&str; 34] = [
    "position",
    "recorded_at",
    "office",
    "type",
    "service",
    "service_name",
    "place",
    "place_name",
    "subject",
    "stage",
    "level",
    "measure",
    "topic",
    "unit",
    "scope",
    "on",
    "since",
    "due",
    "value",
    "percent",
    "qualifier",
    "upper",
    "rolling_out",
    "of",
    "status",
    "ended_by",
    "reason",
    "source",
    "source_url",
    "published",
    "note",
    "on_behalf_of",
    "remarks",
    "id",
];

/// Reads entries from the log and shows each.
pub(super) struct Reader {
    pub(super) tracker: Tracker,
    pub(super) state: Arc<State>,
    /// The data state.
    pub(super) position: Position,
    pub(super) language: Option<Language>,
}

impl Reader {
    /// Makes a reader for what is asked for.
    pub(super) fn of(tracker: &Tracker, state: &Arc<State>, selection: &Selection) -> Reader {
        Reader {
            tracker: tracker.clone(),
            state: Arc::clone(state),
            position: selection.position,
            language: selection.language,
        }
    }

    /// Returns the cells of an entry, in the order of the columns.
    pub(super) fn row(&self, position: Position) -> io::Result<Vec<Value>> {
        let entry = self.tracker.entry(position).map_err(io::Error::other)?;
        entry
            .map(|entry| self.shown(&entry))
            .ok_or_else(|| io::Error::other(format!("entry {position} is not in the log")))
    }

    fn shown(&self, entry: &Entry) -> Vec<Value> {
        let (head, body) = (head_of(entry), &entry.event.body);
        let row = EntryRow::new(&head, &entry.event, None);
        let at = self.state.as_of(self.position);
        let day = at.day_of(entry.position).unwrap_or_else(|| berlin_day(entry.recorded_at_ms));
        // A withdrawal is about what the entry is about that it withdraws.
        let service = self.state.about(entry.position).0;
        let place = self.state.place_at(entry.position);
        let scope = Scope::of(body);
        let (figures, source) = (Figures::of(body), entry.event.source.as_ref());
        let (status, ended_by) = self.status(at, entry.position);
        let remarks: Vec<&str> =
            head.remarks.iter().map(|remark| self.word(remark.id(), remark.name())).collect();
        vec![
            entry.position.get().into(),
            row.recorded_at.into(),
            row.office.into(),
            self.word(entry.event.event_type().id(), entry.event.event_type().name()).into(),
            json!(service.map(ToString::to_string)),
            json!(service.map(|service| name_of_service(at, service, day))),
            json!(place.as_ref().map(ToString::to_string)),
            json!(place.as_ref().and_then(|place| place_name(at, place, day, self.language))),
            json!(self.subject(body)),
            json!(body.stage().map(|stage| self.word(stage.id(), stage.name()))),
            json!(scope.level),
            json!(scope.measure.map(|measure| self.word(measure.id(), measure.name()))),
            json!(scope.topic.map(|topic| self.word(topic.id(), topic.name()))),
            json!(scope.unit.map(|unit| self.word(unit.id(), unit.name()))),
            json!(scope.words),
            text(row.on),
            json!(scope.since.map(|since| since.to_string())),
            json!(scope.due.map(|due| due.to_string())),
            number(figures.value.filter(|_| !figures.is_percent).map(|figure| figure.number)),
            number(figures.value.filter(|_| figures.is_percent).map(|figure| figure.number)),
            json!(
                figures
                    .value
                    .map(|figure| figure.qualifier)
                    .filter(|one| *one != Qualifier::Exact)
                    .map(Qualifier::id)
            ),
            number(figures.value.and_then(|figure| figure.upper)),
            json!(figures.rolling_out.map(|figure| figure.to_string())),
            json!(figures.of.map(|figure| figure.to_string())),
            status.into(),
            json!(ended_by.map(Position::get)),
            text(row.reason),
            text(row.source),
            json!(source.and_then(|source| source.url.as_ref()).map(ToString::to_string)),
            json!(source.and_then(|source| source.published).map(|published| published.to_string())),
            text(row.note),
            text(row.on_behalf_of),
            json!((!remarks.is_empty()).then_some(remarks)),
            row.id.into(),
        ]
    }

    fn word(&self, id: &'static str, name: Label) -> &'static str {
        word(id, name, self.language)
    }

    /// Returns what became of an entry, and the entry that ended it.
    fn status(&self, at: AsOf<'_>, entry: Position) -> (&'static str, Option<Position>) {
        let ended_by = at.ended_by(entry);
        let status = match ended_by.map(|by| self.state.type_at(by) == Some(EventType::EntryWithdrawn)) {
            None => self.word("stands", Label { de: "steht", en: "stands" }),
            Some(false) => self.word("replaced", Label { de: "ersetzt", en: "replaced" }),
            Some(true) => self.word("withdrawn", Label { de: "zurückgezogen", en: "withdrawn" }),
        };
        (status, ended_by)
    }

    /// Names what an entry is about beside a service and a place: another entry, a list, a catalogue, what was assessed.
    fn subject(&self, body: &Body) -> Option<String> {
        let entry = |id| self.state.position_of(id).map(|position| format!("#{position}"));
        match body {
            Body::EntryWithdrawn(id) => entry(*id),
            Body::ObjectionMade(objection) => entry(objection.entry),
            Body::AssessmentMade(assessment) => Some(assessment.subject.to_string()),
            Body::ListDefined(list, ..) => Some(list.to_string()),
            Body::RegisterDeclared(Register::Catalogue(unit), ..) => Some(unit.id().to_owned()),
            Body::RegisterDeclared(Register::Authorities(kind, _), ..) => {
                Some(self.word(kind.id(), kind.name()).to_owned())
            }
            _ => None,
        }
    }
}

/// What a statement names beside service, place and stage.
#[derive(Default)]
pub(crate) struct Scope {
    pub(crate) measure: Option<Measure>,
    pub(crate) topic: Option<Topic>,
    pub(crate) unit: Option<Unit>,
    pub(crate) level: Option<String>,
    /// Words that narrow it.
    pub(crate) words: Option<String>,
    pub(crate) since: Option<PartialDate>,
    pub(crate) due: Option<PartialDate>,
}

impl Scope {
    pub(crate) fn of(body: &Body) -> Scope {
        let of_claim = |scope: &ClaimScope| Scope {
            measure: Some(scope.measure),
            topic: scope.topic,
            unit: scope.unit,
            level: scope.level.map(|level| level.to_string()),
            words: scope.scope.as_ref().map(ToString::to_string),
            ..Scope::default()
        };
        match body {
            Body::FigureReported(claim) => Scope { since: claim.since, ..of_claim(&claim.scope) },
            Body::TargetSet(target) => Scope { due: Some(target.due), ..of_claim(&target.scope) },
            Body::MilestonePlanned(plan) => Scope { due: Some(plan.due), ..Scope::default() },
            Body::MaturityAssessed(assessed) => {
                Scope { level: Some(assessed.level.to_string()), ..Scope::default() }
            }
            _ => Scope::default(),
        }
    }
}

/// The figures of a statement.
#[derive(Default, PartialEq, Eq)]
pub(crate) struct Figures {
    pub(crate) value: Option<Figure>,
    pub(crate) is_percent: bool,
    pub(crate) rolling_out: Option<Figure>,
    pub(crate) of: Option<Figure>,
}

impl Figures {
    pub(crate) fn of(body: &Body) -> Figures {
        let (amount, of) = match body {
            Body::FigureReported(claim) => (claim.amount, claim.of),
            Body::TargetSet(target) => (target.amount, target.of),
            Body::ReuseReported(report) => {
                let ReuseReport { live, rolling_out, of, .. } = report;
                return Figures { value: *live, rolling_out: *rolling_out, of: *of, is_percent: false };
            }
            _ => return Figures::default(),
        };
        let (value, is_percent) = match amount {
            Amount::Value(figure) => (figure, false),
            Amount::Percent(figure) => (figure, true),
        };
        Figures { value: Some(value), is_percent, rolling_out: None, of }
    }
}

fn text(text: String) -> Value {
    if text.is_empty() { Value::Null } else { text.into() }
}
