//! `/v1/measures/{id}.atom`: one entry for each batch that changed a value, for people who follow a measure in an area,
//! of a topic or of a service.

use super::atom::{ATOM, Entry, FEED, Feed, id_of, last_change};
use super::{language, text};
use crate::app::{Door, Site};
use crate::caching::{Asking, Freshness};
use crate::limits::{FEED_ENTRIES, FEED_REVISIONS};
use crate::params::{Query, Reading};
use crate::problem::Problem;
use crate::streaming::blocking;
use axum::body::Body;
use axum::http::Response;
use ozg_core::measure::{Dimension, Measure};
use ozg_core::mistake::{Code, Fault};
use ozg_core::query::{Query as Question, Viewpoint};
use ozg_core::series::{Header, News, Row};
use ozg_core::words::{Area, Language, Place, ServiceId, Topic};
use ozg_formats::series::cells;

/// The parameters of the feed.
const PARAMETERS: [&str; 4] = ["area", "topic", "service", "lang"];
/// The number of columns after the date that say what a row is about.
const DIMENSIONS: usize = 9;

/// Answers with the feed of a measure.
pub(crate) async fn answer(
    door: &Door,
    measure: Measure,
    query: &Query,
    asking: &Asking,
) -> Result<Response<Body>, Problem> {
    let mut reading = Reading::new(query, &PARAMETERS);
    let area = reading.read("area", |text| has(measure, Dimension::Area).and_then(|()| Place::read(text)));
    let topic = reading.read("topic", |text| has(measure, Dimension::Topic).and_then(|()| Topic::read(text)));
    let service =
        reading.read("service", |text| has(measure, Dimension::Service).and_then(|()| ServiceId::read(text)));
    let language = reading.read("lang", language).unwrap_or_default();
    reading.finish()?;
    let question = Question {
        areas: Some(vec![area.unwrap_or(Place::Area(Area::DE))]),
        topics: topic.map(|topic| vec![Some(topic)]),
        services: service.map(|service| vec![service]),
        language: Some(language),
        ..Question::new(measure)
    };
    let freshness = Freshness::of_query(door, &question);
    if let Some(response) = freshness.not_modified(asking) {
        return Ok(response);
    }
    if asking.is_head {
        return text(&freshness, asking, ATOM, || Ok(String::new()));
    }
    let (site, turn) = (door.share(), door.turn().await?);
    let feed = blocking(move || {
        let feed = feed(&site, &question, language);
        drop(turn);
        feed
    });
    let feed = feed.await??;
    text(&freshness, asking, ATOM, || Ok(feed.xml()))
}

fn has(measure: Measure, dimension: Dimension) -> Result<(), Fault> {
    if measure.has(dimension) {
        return Ok(());
    }
    let id = dimension.id();
    Err(Fault::say(
        Code::DimensionNotHere,
        format!("{measure} hat keine Dimension „{id}“"),
        format!("{measure} has no dimension \"{id}\""),
    ))
}

fn feed(site: &Site, question: &Question, language: Language) -> Result<Feed, Problem> {
    let news = site.state().news(question, FEED_ENTRIES, FEED_REVISIONS)?;
    let base = &site.config.public_url;
    let filter: Vec<String> = question
        .parameters()
        .into_iter()
        .filter(|(name, _)| PARAMETERS.contains(name))
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let address = format!("{base}/v1/measures/{}.atom?{}", question.measure, filter.join("&"));
    let label = question.measure.name().in_language(language);
    Ok(Feed {
        key: address.clone(),
        title: format!("OZG-Tracker: {label}"),
        author: site.config.operator.clone(),
        rights: site.config.licence.clone(),
        language,
        links: vec![
            ("self", FEED, address.clone()),
            ("alternate", "application/json", format!("{base}/v1/measures/{}", question.measure)),
        ],
        is_archive: false,
        updated_ms: last_change(site),
        entries: news.iter().map(|news| entry(site, question, &address, news, language)).collect(),
    })
}

fn entry(site: &Site, question: &Question, feed: &str, news: &News, language: Language) -> Entry {
    let value = |row: &Option<Row>| {
        let number = row.as_ref().and_then(|row| row.value.or(row.share));
        number.map_or_else(|| "–".to_owned(), |number| number.to_string())
    };
    let label = question.measure.name().in_language(language);
    let change = format!("{} → {}", value(&news.before), value(&news.after));
    let (measure, query, position) = (question.measure, question.clone(), news.position);
    let header = Header { measure, query, position, recorded_at_ms: None, simulated: false };
    let about = news.after.as_ref().or(news.before.as_ref()).map(|row| {
        let cells = cells(row, &header, Some(language));
        let said = cells[1..DIMENSIONS].iter().filter(|cell| !cell.is_empty()).map(ToString::to_string);
        said.collect::<Vec<_>>().join(" · ")
    });
    let about = about.unwrap_or_default();
    let on =
        Question { on: Some(news.day), viewpoint: Viewpoint::Position(news.position), ..question.clone() };
    let base = &site.config.public_url;
    let compared =
        format!("{base}/v1/compare/{}.csv?{}&against={}", question.measure, on.query_string(), news.previous);
    Entry {
        id: id_of(&format!("{feed}#{}-{about}", news.position)),
        title: format!("{label}: {change} ({about})"),
        updated_ms: news.recorded_at_ms,
        author: news.office.clone(),
        link: ("text/csv", compared),
        category: question.measure.id().to_owned(),
        summary: format!("{about}: {change}, {}", news.day),
    }
}
