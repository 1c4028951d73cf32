//! Entries of the log, newest first: who recorded what in a span, about which days, and what became of it.

use super::entry_row::{COLUMNS, Reader};
use super::list::{Answered, Asked, List, Rows};
use super::narrowing;
use super::selection::{AS_OF, LANGUAGE, POSITION, Selection};
use crate::parameters::whole;
use crate::problem::Problem;
use ozg_core::event::EventType;
use ozg_core::mistake::Fault;
use ozg_core::query::{Parameter, Takes, Viewpoint, put, read_as_of};
use ozg_core::state::State;
use ozg_core::words::{PartialDate, Position};

pub(super) const LIST: List = List {
    name: "entries",
    schema: "Entries",
    doc: "the entries of the log, newest first, with names and with what became of each",
    columns: &COLUMNS,
    parameters: &PARAMETERS,
    rows: Rows::Question { check: None, rows: entries },
    one: None,
};

/// The parameters of entries.
pub(crate) static PARAMETERS: [Parameter<Selection>; 14] = [
    narrowing::office("only entries of this office"),
    RECORDED_FROM,
    RECORDED_TO,
    FROM,
    TO,
    narrowing::place("only entries about this area or region and authorities in it, or about this authority"),
    narrowing::topic("only entries about services of this topic, or about the topic itself"),
    narrowing::service("only entries about this service"),
    TYPE,
    BEFORE,
    LIMIT,
    POSITION,
    AS_OF,
    LANGUAGE,
];

/// Lists the entries that pass.
fn entries(asked: &Asked) -> Result<Answered, Problem> {
    let Asked { tracker, state, selection } = asked;
    let (positions, next) = page(state, selection, |_| true)?;
    let reader = Reader::of(tracker, state, selection);
    let rows = positions.into_iter().map(move |position| reader.row(position));
    Ok(Answered { rows: Box::new(rows), next })
}

/// Lists the positions of the entries of a span of recording that pass, and the position before which the next page begins. Those
/// of the span are found by time; entries before it are never looked at.
pub(super) fn page(
    state: &State,
    selection: &Selection,
    is_asked: impl Fn(Position) -> bool,
) -> Result<(Vec<Position>, Option<Position>), Problem> {
    let (from, to) = selection.recorded;
    let after = match from {
        Some(Viewpoint::Day(day)) => state.position_at(Viewpoint::Day(day.before()))?,
        Some(Viewpoint::Instant(instant)) => state.position_at(Viewpoint::Instant(instant - 1))?,
        Some(Viewpoint::Head | Viewpoint::Position(_)) | None => Position::START,
    };
    let last = state.position_at(to.unwrap_or(Viewpoint::Head))?;
    let last = selection.before.map_or(last, |before| last.min(before.previous().unwrap_or_default()));
    let at = state.as_of(selection.position);
    let all = selection.filter.newest(at, (after, last)).filter(|position| is_asked(*position));
    let mut positions: Vec<Position> = match selection.limit {
        Some(limit) => all.take(limit.saturating_add(1)).collect(),
        None => all.collect(),
    };
    let has_more = selection.limit.is_some_and(|limit| positions.len() > limit);
    if let (true, Some(limit)) = (has_more, selection.limit) {
        positions.truncate(limit);
    }
    let next = positions.last().copied().filter(|_| has_more);
    Ok((positions, next))
}

pub(super) const RECORDED_FROM: Parameter<Selection> = Parameter::new(
    (
        "recorded_from",
        "only entries recorded on this day in Berlin or later, or at this instant (RFC 3339) or later",
    ),
    Takes::Moment,
    |selection, text| put(&mut selection.recorded.0, first_moment(text).map(Some)),
    |selection| selection.recorded.0.and_then(Viewpoint::as_moment),
);

pub(super) const RECORDED_TO: Parameter<Selection> = Parameter::new(
    ("recorded_to", "only entries recorded by the end of this day in Berlin, or by this instant"),
    Takes::Moment,
    |selection, text| put(&mut selection.recorded.1, read_as_of(text).map(Some)),
    |selection| selection.recorded.1.and_then(Viewpoint::as_moment),
);

const FROM: Parameter<Selection> = Parameter::new(
    ("from", "only entries about this day or a later one; a partial date means its first day"),
    Takes::Date,
    |selection, text| put(&mut selection.filter.from, PartialDate::read(text).map(|date| Some(date.first()))),
    |selection| selection.filter.from.map(|day| day.to_string()),
);

const TO: Parameter<Selection> = Parameter::new(
    ("to", "only entries about this day or an earlier one; a partial date means its last day"),
    Takes::Date,
    |selection, text| put(&mut selection.filter.to, PartialDate::read(text).map(|date| Some(date.last()))),
    |selection| selection.filter.to.map(|day| day.to_string()),
);

const TYPE: Parameter<Selection> = Parameter::new(
    ("type", "only entries of this type"),
    Takes::Word(|| EventType::all().map(|event_type| event_type.id().to_owned()).collect()),
    |selection, text| put(&mut selection.filter.event_type, EventType::read(text).map(Some)),
    |selection| selection.filter.event_type.map(|event_type| event_type.id().to_owned()),
);

pub(super) const BEFORE: Parameter<Selection> = Parameter::new(
    ("before", "only entries before this position, as the next page has them"),
    Takes::Whole(1, u32::MAX),
    |selection, text| {
        put(&mut selection.before, whole(text, 1, u32::MAX).map(|before| Some(Position::new(before))))
    },
    |selection| selection.before.map(|before| before.to_string()),
);

pub(super) const LIMIT: Parameter<Selection> = Parameter::new(
    ("limit", "most entries of the answer; all where it is not given"),
    Takes::Whole(1, u32::MAX),
    |selection, text| put(&mut selection.limit, whole(text, 1, u32::MAX).map(|limit| Some(limit as usize))),
    |selection| selection.limit.map(|limit| limit.to_string()),
);

/// Reads a day or an instant from which on something is asked for; a partial date means its first day.
fn first_moment(text: &str) -> Result<Viewpoint, Fault> {
    match text.contains('T') {
        true => read_as_of(text),
        false => PartialDate::read(text).map(|date| Viewpoint::Day(date.first())),
    }
}
