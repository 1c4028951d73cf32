//! The narrowing of a query in words, for titles and citations: every dimension that the query fixes at one value.

use super::cell;
use super::lines::Names;
use ozg_core::measure::Dimension;
use ozg_core::query::Query;
use ozg_core::series::Header;
use ozg_core::words::{Area, Basis, Day, Label, Language, Place, Stage, Unit};

/// Lists the values at which a query fixes its dimensions, except the defaults: all topics, the stage `live`, the unit
/// `ozg`. What has a name is called by it.
pub(crate) fn narrowing(header: &Header, names: &Names, language: Language) -> Vec<String> {
    let (query, named) = (&header.query, Some(language));
    let called = |key: String| names.get(&key).cloned().unwrap_or(key);
    let service = only(query.services.as_deref()).map(|service| called(service.to_string()));
    let germany = [Place::Area(Area::DE)];
    let areas = query.areas.as_deref().or((!query.spreads(Dimension::Area)).then_some(&germany));
    let area = only(areas).map(|place| called(cell::area(place, named).into_owned()));
    let topic = only(query.topics.as_deref()).copied().flatten();
    let topic = topic.map(|topic| topic.name().in_language(language).to_owned());
    let stage = only(query.stages.as_deref()).filter(|stage| **stage != Stage::Live);
    let stage = stage.map(|stage| stage.name().in_language(language).to_owned());
    let level = only(query.levels.as_deref()).map(ToString::to_string);
    let unit = only(query.units.as_deref()).copied().flatten().filter(|unit| *unit != Unit::Ozg);
    let unit = unit.map(|unit| unit.name().in_language(language).to_owned());
    let list = query.list.as_ref().map(|list| {
        format!("{} {}", Label { de: "Liste", en: "list" }.in_language(language), called(list.to_string()))
    });
    let territory = query.territory.map(|day| {
        let of = Label { de: "Behörden vom", en: "authorities of" }.in_language(language);
        format!("{of} {}", date(day, language))
    });
    let had = |dimension: Dimension, part: Option<String>| part.filter(|_| header.measure.has(dimension));
    let parts = [
        had(Dimension::Service, service),
        had(Dimension::Area, area),
        had(Dimension::Topic, topic),
        had(Dimension::Stage, stage),
        had(Dimension::Level, level),
        had(Dimension::Unit, unit),
        list,
        territory,
        basis(query).map(|basis| basis.name().in_language(language).to_owned()),
    ];
    parts.into_iter().flatten().collect()
}

/// Writes a day as people of a language do.
pub(crate) fn date(day: Day, language: Language) -> String {
    let form = match language {
        Language::German => "%-d.%-m.%Y",
        Language::English => "%-d %B %Y",
    };
    day.date().format(form).to_string()
}

/// Returns the basis of a query that has only one.
fn basis(query: &Query) -> Option<Basis> {
    only(Some(&query.bases)).copied()
}

/// Returns the value of a list with one value.
fn only<T>(values: Option<&[T]>) -> Option<&T> {
    match values {
        Some([value]) => Some(value),
        _ => None,
    }
}
