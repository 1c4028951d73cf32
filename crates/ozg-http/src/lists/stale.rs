//! The published figures that hold on a day, by age: what charts and tables carry forward, and since when.

use super::claim_row::{MEASURE, PLACE, SERVICE, TOPIC, cells, is_asked, led_by, measures};
use super::list::{Answered, Asked, List, Rows};
use super::selection::{AS_OF, LANGUAGE, ON, POSITION, Selection};
use crate::parameters::whole;
use crate::problem::Problem;
use ozg_core::mistake::{Code, Fault};
use ozg_core::query::{Parameter, Takes, put};
use ozg_core::words::Label;
use serde_json::Value;

pub(super) const LIST: List = List {
    name: "stale",
    schema: "Stale",
    doc: "the published figures that hold on a day, the oldest first, with their age in days",
    columns: &led_by("age_days"),
    parameters: &PARAMETERS,
    rows: Rows::Question { check: None, rows },
    one: None,
};

static PARAMETERS: [Parameter<Selection>; 10] =
    [MEASURE, PLACE, TOPIC, SERVICE, MIN_AGE, ORDER, ON, POSITION, AS_OF, LANGUAGE];

const MIN_AGE: Parameter<Selection> = Parameter::new(
    ("min_age", "only figures that are at least so many days old"),
    Takes::Whole(0, u32::MAX),
    |selection, text| put(&mut selection.min_age, whole(text, 0, u32::MAX).map(Some)),
    |selection| selection.min_age.map(|days| days.to_string()),
);

/// The orders of the rows; the first is the one that is not asked for.
const ORDERS: [&str; 2] = ["oldest", "newest"];

const ORDER: Parameter<Selection> = Parameter::new(
    ("order", "`oldest` or `newest` first; the oldest where it is not given"),
    Takes::Word(|| ORDERS.map(str::to_owned).to_vec()),
    |selection, text| put(&mut selection.is_newest_first, read_order(text)),
    |selection| Some(ORDERS[usize::from(selection.is_newest_first)].to_owned()),
);

fn read_order(text: &str) -> Result<bool, Fault> {
    let what = Label { de: "Die Reihenfolge", en: "The order" };
    let known = ORDERS.iter().position(|order| *order == text);
    known
        .map(|order| order == 1)
        .ok_or_else(|| Fault::unknown(Code::UnknownWord, what, text, ORDERS.into_iter()))
}

fn rows(asked: &Asked) -> Result<Answered, Problem> {
    let Asked { state, selection, .. } = asked;
    let (at, on, language) = (state.as_of(selection.position), selection.on(), selection.language);
    let mut rows: Vec<(i64, Vec<Value>)> = Vec::new();
    for measure in measures(selection) {
        let found = at.holding(measure, on);
        for claimed in found.iter().filter(|claimed| is_asked(selection, at, claimed)) {
            let age = i64::from(on.days_since(claimed.row.date));
            let cells = std::iter::once(Value::from(age)).chain(cells(at, measure, claimed, language));
            rows.push((age, cells.collect()));
        }
    }
    rows.retain(|(age, _)| selection.min_age.is_none_or(|least| *age >= i64::from(least)));
    rows.sort_by_key(|(age, _)| if selection.is_newest_first { *age } else { -*age });
    Ok(Answered::whole(rows.into_iter().map(|(_, row)| row).collect()))
}
