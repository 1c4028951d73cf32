//! The row of a claim: what it is about, its figure, and who says so.

use super::narrowing;
use super::selection::Selection;
use super::shown::{area, name_of_service, number, place_name, word};
use ozg_core::asof::AsOf;
use ozg_core::measure::Measure;
use ozg_core::query::{Parameter, Takes, put};
use ozg_core::series::{Claimed, Observed, Row};
use ozg_core::words::{Label, Language};
use serde_json::{Value, json};

/// The columns of the row.
pub(super) const COLUMNS: [&str; 22] = [
    "measure",
    "area",
    "place",
    "place_name",
    "topic",
    "service",
    "service_name",
    "stage",
    "level",
    "unit",
    "scope",
    "since",
    "on",
    "value",
    "percent",
    "qualifier",
    "upper",
    "of",
    "source",
    "office",
    "published",
    "entry",
];

/// Returns the columns of the row behind one more.
pub(super) const fn led_by(first: &'static str) -> [&'static str; COLUMNS.len() + 1] {
    let mut columns = [first; COLUMNS.len() + 1];
    let mut at = 0;
    while at < COLUMNS.len() {
        columns[at + 1] = COLUMNS[at];
        at += 1;
    }
    columns
}

pub(super) const PLACE: Parameter<Selection> =
    narrowing::place("only figures about this area or region and authorities in it, or about this authority");
pub(super) const TOPIC: Parameter<Selection> =
    narrowing::topic("only figures about services of this topic, or about the topic itself");
pub(super) const SERVICE: Parameter<Selection> = narrowing::service("only figures about this service");

pub(super) const MEASURE: Parameter<Selection> = Parameter::new(
    ("measure", "only this measure"),
    Takes::Word(|| Measure::all().map(|measure| measure.id().to_owned()).collect()),
    |selection, text| put(&mut selection.measure, Measure::read(text).map(Some)),
    |selection| selection.measure.map(|measure| measure.id().to_owned()),
);

/// Lists the measures that a selection asks about.
pub(super) fn measures(selection: &Selection) -> impl Iterator<Item = Measure> + use<> {
    let wanted = selection.measure;
    Measure::all().filter(move |measure| wanted.is_none_or(|wanted| wanted == *measure))
}

/// Tells whether a claim is about what is asked for.
pub(super) fn is_asked(selection: &Selection, at: AsOf<'_>, claimed: &Claimed) -> bool {
    let filter = &selection.filter;
    filter.area.as_ref().is_none_or(|wanted| at.is_about(claimed.entry, wanted))
        && filter.topic.is_none_or(|wanted| at.is_of_topic(claimed.entry, wanted))
        && filter.service.as_ref().is_none_or(|wanted| claimed.row.service.as_ref() == Some(wanted))
}

/// Returns the cells of the row.
pub(super) fn cells(
    at: AsOf<'_>,
    measure: Measure,
    claimed: &Claimed,
    language: Option<Language>,
) -> impl Iterator<Item = Value> + use<> {
    let Claimed { row, .. } = claimed;
    about(at, measure, row, language).into_iter().chain(figure(row)).chain(said_by(at, claimed))
}

/// Returns the cells of what a claim is about: `measure,area,place,place_name,topic,service,service_name,stage,level,unit,scope`.
fn about(at: AsOf<'_>, measure: Measure, row: &Row, language: Option<Language>) -> [Value; 11] {
    let text = |id: &'static str, name: Label| word(id, name, language);
    let service = row.service.as_ref();
    [
        text(measure.id(), measure.name()).into(),
        area(row.area.area(), language),
        row.area.to_string().into(),
        json!(place_name(at, &row.area, row.date, language)),
        json!(row.topic.map(|topic| text(topic.id(), topic.name()))),
        json!(service.map(ToString::to_string)),
        json!(service.map(|service| name_of_service(at, service, row.date))),
        json!(row.stage.map(|stage| text(stage.id(), stage.name()))),
        json!(row.level.map(|level| level.to_string())),
        json!(row.unit.map(|unit| text(unit.id(), unit.name()))),
        json!(row.scope),
    ]
}

/// Returns the cells of a figure: `since,on,value,percent,qualifier,upper,of`.
fn figure(row: &Row) -> [Value; 7] {
    let (since, on) = match row.observed {
        Some(Observed::On(on)) => (None, Some(on)),
        Some(Observed::Between(since, on)) => (Some(since), Some(on)),
        None => (None, None),
    };
    let percent = row.share_figure().filter(|_| row.value.is_none());
    let figure = row.figure().or(percent.map(|share| share.hundredfold()));
    [
        json!(since.map(|since| since.to_string())),
        json!(on.map(|on| on.to_string())),
        number(row.value),
        number(figure.filter(|_| percent.is_some()).map(|figure| figure.number)),
        json!(row.qualifier.or(row.share_qualifier.filter(|_| percent.is_some())).map(|one| one.id())),
        number(figure.and_then(|figure| figure.upper)),
        json!(row.denominator_figure().map(|of| of.to_string())),
    ]
}

/// Returns the cells of who says so: `source,office,published,entry`.
fn said_by(at: AsOf<'_>, claimed: &Claimed) -> [Value; 4] {
    let row = &claimed.row;
    [
        row.source.as_str().into(),
        json!(at.state().office_of(claimed.entry)),
        json!(row.published.map(|published| published.to_string())),
        claimed.entry.get().into(),
    ]
}
