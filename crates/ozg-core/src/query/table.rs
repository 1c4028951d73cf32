//! The parameters of a series, a row each, in the order of the canonical address.

use super::columns::{COLUMNS, read_column};
use super::parameter::{Parameter, Scope, Takes, put};
use super::read::{
    RULES, read_as_of, read_basis, read_count, read_data_state, read_definition, read_dimension,
    read_position, read_rules, read_topic, read_unit, read_word, several,
};
use super::write::joined;
use super::{Every, Query, Shape, Show, Theme, Viewpoint, Vintages};
use crate::measure::{Dimension, Measure};
use crate::mistake::{Code, Fault};
use crate::time::berlin_day;
use crate::words::{
    Basis, ClaimKind, Language, Level, PartialDate, Place, ServiceId, Slug, Stage, Topic, Unit,
};

/// The parameters of a series.
pub static PARAMETERS: [Parameter<Query>; 29] = [
    Parameter::<Query>::new(
        ("by", "dimensions that are spread out, separated by commas: area, topic, service, stage, level, unit"),
        Takes::Several(&Takes::Word(|| Dimension::all().map(|one| one.id().to_owned()).collect())),
        |query, text| put(&mut query.by, several(text, read_dimension)),
        |query| {
            let by = query.by.iter().filter(|dimension| query.measure.has(**dimension));
            let by: Vec<&str> = by.map(|dimension| dimension.id()).collect();
            Some(by.join(",")).filter(|by| !by.is_empty())
        },
    )
    .without("`area`: Germany and the 16 Länder. With `by=topic`: Germany by topic"),
    Parameter::<Query>::new(
        ("area", "areas, authorities or regions, separated by commas"),
        Takes::Several(&Takes::Place),
        |query, text| put(&mut query.areas, several(text, Place::read).map(Some)),
        |query| joined(query.areas.as_deref()),
    )
    .without("all 17 with `by=area`, else `DE`"),
    Parameter::<Query>::new(
        ("topic", "topics, separated by commas; `all` for the total"),
        Takes::Several(&Takes::Word(|| {
            std::iter::once("all").chain(Topic::all().map(Topic::id)).map(str::to_owned).collect()
        })),
        |query, text| put(&mut query.topics, several(text, read_topic).map(Some)),
        |query| {
            let topics = query.topics.as_ref()?.iter().map(|topic| topic.map_or("all", Topic::id));
            Some(topics.collect::<Vec<_>>().join(","))
        },
    )
    .without("all with `by=topic`, else the total"),
    Parameter::<Query>::new(
        ("service", "services, separated by commas"),
        Takes::Several(&Takes::Service),
        |query, text| put(&mut query.services, several(text, ServiceId::read).map(Some)),
        |query| joined(query.services.as_deref()),
    )
    .without("none: all services together"),
    Parameter::<Query>::new(
        ("list", "only the services on this list"),
        Takes::Slug(Some("efa-fokus")),
        |query, text| put(&mut query.list, Slug::read(text).map(Some)),
        |query| query.list.as_ref().map(ToString::to_string),
    )
    .without("all"),
    Parameter::<Query>::new(
        ("territory", "a day: the authorities that existed then stand for those of every day"),
        Takes::Date,
        |query, text| put(&mut query.territory, PartialDate::read(text).map(|date| Some(date.last()))),
        |query| query.territory.map(|day| day.to_string()),
    )
    .without("those of each day"),
    Parameter::<Query>::new(
        ("stage", "stages, separated by commas"),
        Takes::Several(&Takes::Word(|| Stage::all().map(|one| one.id().to_owned()).collect())),
        |query, text| put(&mut query.stages, several(text, Stage::read).map(Some)),
        |query| joined(query.stages.as_deref()),
    )
    .without("`live`; for `reuses_current` each stage in a row of its own"),
    Parameter::<Query>::new(
        ("level", "levels of maturity, separated by commas"),
        Takes::Several(&Takes::Word(|| Level::all().map(|level| level.to_string()).collect())),
        |query, text| put(&mut query.levels, several(text, Level::read).map(Some)),
        |query| joined(query.levels.as_deref()),
    )
    .without("each level in a row of its own"),
    Parameter::<Query>::new(
        ("unit", "units, separated by commas: ozg, leika, dienst; none for figures that count in no unit"),
        Takes::Several(&Takes::Word(|| {
            Unit::all().map(Unit::id).chain(["none"]).map(str::to_owned).collect()
        })),
        |query, text| put(&mut query.units, several(text, read_unit).map(Some)),
        |query| {
            let units = query.units.as_ref()?.iter().map(|unit| unit.map_or("none", Unit::id));
            Some(units.collect::<Vec<_>>().join(","))
        },
    )
    .without("that of the `service`; of pairs and plans each that has lines, of `applications` and `other` also none; else `ozg`"),
    Parameter::<Query>::new(
        ("basis", "counted, reported, target; summed for the sum of claims"),
        Takes::Several(&Takes::Word(|| Basis::all().map(|one| one.id().to_owned()).collect())),
        |query, text| put(&mut query.bases, several(text, read_basis)),
        |query| Some(query.bases.iter().map(|basis| basis.id()).collect::<Vec<_>>().join(",")),
    )
    .without("`counted,reported`; `reported` with `published_until` or `kind=period` alone"),
    Parameter::<Query>::new(
        (
            "kind",
            "of published figures: stock, what there is on a day; period, what came about from a day to another",
        ),
        Takes::Several(&Takes::Word(|| ClaimKind::all().map(|one| one.id().to_owned()).collect())),
        |query, text| {
            let read = |text: &str| read_word(text, ClaimKind::all(), ClaimKind::id);
            put(&mut query.kinds, several(text, read))
        },
        |query| Some(query.kinds.iter().map(|kind| kind.id()).collect::<Vec<_>>().join(",")),
    )
    .without("`stock`; of `applications` and `other` both"),
    Parameter::<Query>::new(
        ("every", "day, week, month, quarter, year or change"),
        Takes::Word(|| Every::all().map(|one| one.id().to_owned()).collect()),
        |query, text| put(&mut query.every, Every::read(text)),
        |query| query.on.is_none().then(|| query.every.id().to_owned()),
    )
    .without("`month`"),
    Parameter::<Query>::new(
        ("from", "first day; a partial date means its first day"),
        Takes::Date,
        |query, text| put(&mut query.from, PartialDate::read(text).map(|date| Some(date.first()))),
        |query| query.from.filter(|_| query.on.is_none()).map(|day| day.to_string()),
    )
    .without("the first value"),
    Parameter::<Query>::new(
        ("to", "last day; a partial date means its last day"),
        Takes::Date,
        |query, text| put(&mut query.to, PartialDate::read(text).map(|date| Some(date.last()))),
        |query| query.to.filter(|_| query.on.is_none()).map(|day| day.to_string()),
    )
    .without("today; where the data state is pinned, the day on which it was recorded; of targets the last day due"),
    Parameter::<Query>::new(
        ("on", "one day instead of from, to, every and last"),
        Takes::Date,
        |query, text| query.read_last("on", text).map(|day| query.on = Some(day)),
        |query| query.on.map(|day| day.to_string()),
    )
    .without("not one day but a span"),
    Parameter::<Query>::new(
        ("last", "only the last so many points of each line"),
        Takes::Whole(1, u32::MAX),
        |query, text| put(&mut query.last, read_count(text).map(Some)),
        |query| query.last.filter(|_| query.on.is_none()).map(|count| count.to_string()),
    )
    .without("all points"),
    Parameter::<Query>::new(
        ("position", "data state: the last batch that ends at or before this position"),
        Takes::Whole(0, u32::MAX),
        |query, text| put(&mut query.viewpoint, read_position(text).map(Viewpoint::Position)),
        |query| query.viewpoint.as_position(),
    )
    .without("everything known"),
    Parameter::<Query>::new(
        ("as_of", "data state: the end of a day in Berlin, or an instant (RFC 3339)"),
        Takes::Moment,
        |query, text| {
            query.viewpoint = read_as_of(text)?;
            let first = match query.viewpoint {
                Viewpoint::Instant(instant) => berlin_day(instant),
                Viewpoint::Head | Viewpoint::Position(_) | Viewpoint::Day(_) => PartialDate::read(text)?.first(),
            };
            query.begins.push(("as_of", first));
            Ok(())
        },
        |query| query.viewpoint.as_moment(),
    )
    .without("everything known"),
    Parameter::<Query>::new(
        (
            "vintages",
            "latest, first, all or changed: which of the values that were ever known, with two columns that say when",
        ),
        Takes::Word(|| Vintages::all().map(|one| one.id().to_owned()).collect()),
        |query, text| put(&mut query.vintages, read_word(text, Vintages::all(), Vintages::id).map(Some)),
        |query| query.vintages.map(|vintages| vintages.id().to_owned()),
    )
    .without("what is known at the data state, without the two columns")
    .only(Scope::OneState),
    Parameter::<Query>::new(
        (
            "updated_after",
            "only what differs from what was known at a data state: a position such as 1042, a day or an instant",
        ),
        Takes::DataState,
        |query, text| put(&mut query.updated_after, read_data_state(text).map(Some)),
        |query| query.updated_after.and_then(Viewpoint::written),
    )
    .without("everything")
    .only(Scope::OneState),
    Parameter::<Query>::new(
        ("published_until", "only claims published by this day: what people could read then"),
        Takes::Date,
        |query, text| query.read_last("published_until", text).map(|day| query.published_until = Some(day)),
        |query| query.published_until.map(|day| day.to_string()),
    )
    .without("all claims"),
    Parameter::<Query>::new(
        ("definition", "the definition of the measure, such as services_rolled_out/1"),
        Takes::Word(|| Measure::all().map(Measure::definition_id).collect()),
        |query, text| read_definition(query.measure, text),
        |query| Some(query.measure.definition_id()),
    )
    .without("the newest"),
    Parameter::<Query>::new(
        ("rules", "the edition of the rules that it is answered by: 2. Bytes are promised for an edition"),
        Takes::Word(|| RULES.map(|edition| edition.to_string()).to_vec()),
        |query, text| put(&mut query.rules, read_rules(text).map(Some)),
        |query| query.rules.map(|edition| edition.to_string()),
    )
    .without("the newest"),
    Parameter::<Query>::new(
        ("shape", "long or wide"),
        Takes::Word(|| Shape::all().map(|one| one.id().to_owned()).collect()),
        |query, text| put(&mut query.shape, read_word(text, Shape::all(), Shape::id)),
        |query| (query.shape == Shape::Wide).then(|| query.shape.id().to_owned()),
    )
    .without("`long`")
    .only(Scope::Tables),
    Parameter::<Query>::new(
        ("show", "value, share or change, in a wide table"),
        Takes::Word(|| Show::all().map(|one| one.id().to_owned()).collect()),
        |query, text| put(&mut query.show, read_word(text, Show::all(), Show::id)),
        |query| (query.shape == Shape::Wide).then(|| query.show.id().to_owned()),
    )
    .without("`value`")
    .only(Scope::Tables),
    Parameter::<Query>::new(
        ("columns", "columns of the long form, separated by commas, in this order"),
        Takes::Several(&Takes::Word(|| COLUMNS.map(str::to_owned).to_vec())),
        |query, text| put(&mut query.columns, several(text, read_column).map(Some)),
        |query| {
            let columns = query.columns.as_ref()?.iter().map(|at| COLUMNS[*at]);
            Some(columns.collect::<Vec<_>>().join(","))
        },
    )
    .without("all; without `vintages` all but `known_from` and `known_until`")
    .only(Scope::Tables),
    Parameter::<Query>::new(
        ("lang", "de or en: names and headings in that language; without it ids"),
        Takes::Word(|| Language::all().map(|one| one.tag().to_owned()).collect()),
        |query, text| put(&mut query.language, read_word(text, Language::all(), Language::tag).map(Some)),
        |query| query.language.map(|language| language.tag().to_owned()),
    )
    .without("ids, no names"),
    Parameter::<Query>::new(
        ("theme", "light or dark: the colours of a chart"),
        Takes::Word(|| Theme::all().map(|one| one.id().to_owned()).collect()),
        |query, text| put(&mut query.theme, read_word(text, Theme::all(), Theme::id)),
        |query| (query.theme != Theme::Light).then(|| query.theme.id().to_owned()),
    )
    .without("`light`")
    .only(Scope::Charts),
    Parameter::<Query>::new(
        ("width", "width of a chart in pixels; up to 600 it is laid out for a narrow column"),
        Takes::Whole(WIDTHS.0, WIDTHS.1),
        |query, text| put(&mut query.width, read_width(text).map(Some)),
        |query| query.width.map(|width| width.to_string()),
    )
    .without("960")
    .only(Scope::Charts),
];

/// Widths of a chart, from and to.
const WIDTHS: (u32, u32) = (320, 2400);

fn read_width(text: &str) -> Result<u32, Fault> {
    let (least, most) = WIDTHS;
    let read = text.trim().parse().ok().filter(|width| (least..=most).contains(width));
    read.ok_or_else(|| {
        Fault::say(
            Code::BadNumber,
            format!("„{text}“ ist keine Breite: eine ganze Zahl von {least} bis {most}"),
            format!("\"{text}\" is not a width: a whole number from {least} to {most}"),
        )
    })
}
