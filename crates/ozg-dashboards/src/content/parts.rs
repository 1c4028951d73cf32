//! Expressions and panels that several dashboards have.

use super::same;
use crate::model::{Choice, Look, Panel, Variable, Visual};
use ozg_core::words::Label;

/// The last day of a published value, in milliseconds, as Grafana reads a day. At noon, since midnight in Berlin is the
/// day before in UTC.
pub(super) fn day_of(measure: &str, selector: &str) -> String {
    format!("1000 * (ozg_reported_timestamp_seconds{{measure=\"{measure}\",{selector}}} + 43200)")
}

/// The months since the day of a published value.
pub(super) fn age_of(measure: &str, selector: &str) -> String {
    format!("(time() - ozg_reported_timestamp_seconds{{measure=\"{measure}\",{selector}}}) / 2629746")
}

/// Published values that are less than a year old on the day, or more.
pub(super) fn aged(expression: &str, measure: &str, selector: &str, is_old: bool) -> String {
    let compared = if is_old { ">" } else { "<=" };
    format!(
        "{expression} and on (area) time() - ozg_reported_timestamp_seconds{{measure=\"{measure}\",{selector}}} {compared} 31622400"
    )
}

/// A counted value. A zero stands only where the catalogue is complete: elsewhere it may be that nobody has said anything.
pub(super) fn counted(measure: &str, selector: &str) -> String {
    let value = format!("ozg_{measure}{{{selector}}}");
    format!("({value} > 0 or {value} and ozg_{measure}_denominator{{{selector}}})")
}

/// A share; there is none where the denominator is unknown.
pub(super) fn share_of(measure: &str, selector: &str) -> String {
    format!("ozg_{measure}{{{selector}}} / ozg_{measure}_denominator{{{selector}}}")
}

/// How a day looks.
pub(super) const AS_DAY: Look =
    Look { unit: Some(Label { de: "time:DD.MM.YYYY", en: "time:YYYY-MM-DD" }), color: Some("text"), ..PLAIN };
/// How an age looks.
pub(super) const AS_AGE: Look = Look { unit: Some(same("none")), color: Some("text"), ..PLAIN };
/// How a share looks.
pub(super) const AS_SHARE: Look = Look { unit: Some(same("percentunit")), ..PLAIN };
/// How a share looks in a table.
pub(super) const AS_BAR: Look = Look { unit: Some(same("percentunit")), is_bar: true, ..PLAIN };
/// How a number looks that others are compared with.
pub(super) const QUIET: Look = Look { color: Some("text"), ..PLAIN };
/// How a column looks that only says which rows there are.
pub(super) const HIDDEN: Look = Look { is_hidden: true, ..PLAIN };
/// How a line looks.
pub(super) const fn line(color: &'static str, is_dashed: bool) -> Look {
    Look { color: Some(color), is_dashed, ..PLAIN }
}

/// How an earlier value looks beside the later.
pub(super) const DASHED: Look = Look { color: Some("orange"), is_dashed: true, ..PLAIN };
const PLAIN: Look = Look { unit: None, color: None, is_dashed: false, is_bar: false, is_hidden: false };

pub(super) const OF: Label = Label { de: "von", en: "of" };
pub(super) const SHARE: Label = Label { de: "Anteil", en: "share" };
pub(super) const AS_OF_DAY: Label = Label { de: "Stand", en: "as of" };
pub(super) const AGE: Label = Label { de: "Alter in Monaten", en: "age in months" };

/// A published figure of an area with all that it takes to read it: its denominator, its share, its day, its age.
pub(super) fn published(
    title: Label,
    description: Label,
    value: Label,
    measure: &str,
    selector: &str,
) -> Panel {
    let reported = format!("{selector},basis=\"reported\"");
    Panel::new(Visual::Stat, title, description)
        .size(24, 4)
        .ask(format!("ozg_{measure}{{{reported}}}"), value)
        .ask(format!("ozg_{measure}_denominator{{{reported}}}"), OF)
        .looking(QUIET)
        .ask(share_of(measure, &reported), SHARE)
        .looking(AS_SHARE)
        .ask(day_of(measure, selector), AS_OF_DAY)
        .looking(AS_DAY)
        .ask(age_of(measure, selector), AGE)
        .looking(AS_AGE)
}

/// Chooses Länder by their names.
pub(super) fn laender(choice: Choice) -> Variable {
    Variable {
        name: "area",
        label: Label { de: "Land", en: "Land" },
        query: "query_result(ozg_area_info{area!=\"DE\"})",
        regex: "/area=\"(?<value>[A-Z]{2})\".*name=\"(?<text>[^\"]+)\"/",
        choice,
    }
}
