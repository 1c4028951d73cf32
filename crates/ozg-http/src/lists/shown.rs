//! Cells that several lists have: words and names in a language, and what is due when.

use ozg_core::asof::AsOf;
use ozg_core::series::OpenPlan;
use ozg_core::words::{Area, Day, Label, Language, Number, Place, ServiceId};
use serde_json::{Value, json};

/// Returns the id or the name of a word.
pub(crate) fn word(id: &'static str, name: Label, language: Option<Language>) -> &'static str {
    language.map_or(id, |language| name.in_language(language))
}

/// Returns the id or the name of an area.
pub(crate) fn area(area: Area, language: Option<Language>) -> Value {
    word(area.id(), area.name(), language).into()
}

/// Returns the name of a service on a day.
pub(crate) fn name_of_service(at: AsOf<'_>, service: &ServiceId, on: Day) -> Value {
    json!(at.service_called(service, on).map(|name| name.to_string()))
}

/// Returns the name of a place on a day; areas are called in German where no language is asked for.
pub(crate) fn place_name(
    at: AsOf<'_>,
    place: &Place,
    day: Day,
    language: Option<Language>,
) -> Option<String> {
    match place {
        Place::Area(area) => Some(area.name().in_language(language.unwrap_or_default()).to_owned()),
        _ => at.place_called(place, day).map(|name| name.to_string()),
    }
}

/// Returns when a plan is due: as it was written, its last day, and by how many days it is overdue on a day, if it is.
pub(crate) fn due(plan: Option<&OpenPlan>, on: Day) -> [Value; 3] {
    [
        json!(plan.map(|plan| plan.due.to_string())),
        json!(plan.map(|plan| plan.due.last().to_string())),
        json!(plan.and_then(|plan| plan.days_overdue(on))),
    ]
}

/// Returns a number as it is written.
pub(crate) fn number(number: Option<Number>) -> Value {
    number
        .and_then(|number| number.to_string().parse::<serde_json::Number>().ok())
        .map_or(Value::Null, Value::Number)
}
