//! `/v1/measures/{id}.atom`: one entry for each batch that changed a value, for people who follow a measure in an area,
//! of a topic or of a service.

use super::answer::text;
use super::atom::{ATOM, FEED, Feed, FeedEntry, id_of, last_change};
use crate::app::{Door, Site};
use crate::caching::{Conditions, Freshness};
use crate::limits::{FEED_ENTRIES, FEED_REVISIONS};
use crate::naming;
use crate::parameters::{Given, LANGUAGES, read_language};
use crate::problem::Problem;
use crate::streaming::blocking;
use axum::body::Body;
use axum::http::Response;
use ozg_core::measure::{Dimension, Measure};
use ozg_core::mistake::{Code, Fault};
use ozg_core::query::{Parameter, Query as Question, Takes, Viewpoint, put, query_string, write_parameters};
use ozg_core::series::{Header, News, Row};
use ozg_core::words::{Area, ClaimKind, Language, Place, ServiceId, Topic};
use ozg_formats::series::said_about;

/// The parameters of the feed.
pub(crate) static PARAMETERS: [Parameter<Question>; 4] = [
    Parameter::<Question>::new(
        ("area", "of the feed: only the value of this area or authority"),
        Takes::Place,
        |question, text| put(&mut question.areas, one(question.measure, Dimension::Area, text, Place::read)),
        |question| question.areas.as_ref()?.first().map(ToString::to_string),
    ),
    Parameter::<Question>::new(
        ("topic", "of the feed: only the value of this topic"),
        Takes::Word(|| Topic::all().map(|topic| topic.id().to_owned()).collect()),
        |question, text| {
            let read = |text: &str| Topic::read(text).map(Some);
            put(&mut question.topics, one(question.measure, Dimension::Topic, text, read))
        },
        |question| question.topics.as_ref()?.first()?.map(|topic| topic.id().to_owned()),
    ),
    Parameter::<Question>::new(
        ("service", "of the feed: only the value of this service"),
        Takes::Service,
        |question, text| {
            put(&mut question.services, one(question.measure, Dimension::Service, text, ServiceId::read))
        },
        |question| question.services.as_ref()?.first().map(ToString::to_string),
    ),
    Parameter::<Question>::new(
        ("lang", "of the feed: its language"),
        LANGUAGES,
        |question, text| put(&mut question.language, read_language(text).map(Some)),
        |question| question.language.map(|language| language.tag().to_owned()),
    ),
];
/// Answers with the feed of a measure.
pub(crate) async fn answer(
    door: &Door,
    measure: Measure,
    given: &Given,
    conditions: &Conditions,
) -> Result<Response<Body>, Problem> {
    let of_germany = Question {
        areas: Some(vec![Place::Area(Area::DE)]),
        language: Some(Language::default()),
        kinds: vec![ClaimKind::Stock],
        ..Question::new(measure)
    };
    let question = naming::read(door, given, of_germany, &PARAMETERS)?;
    let language = question.language.unwrap_or_default();
    let freshness = Freshness::of_query(door, &question);
    if let Some(response) = freshness.not_modified(conditions) {
        return Ok(response);
    }
    if conditions.is_head {
        return text(&freshness, conditions, ATOM, || Ok(String::new()));
    }
    let (site, turn) = (door.share(), door.turn().await?);
    let feed = blocking(move || {
        let feed = feed(&site, &question, language);
        drop(turn);
        feed
    });
    let feed = feed.await??;
    text(&freshness, conditions, ATOM, || Ok(feed.xml()))
}

/// Reads the one value of a dimension that the measure must have.
fn one<T>(
    measure: Measure,
    dimension: Dimension,
    text: &str,
    read: impl Fn(&str) -> Result<T, Fault>,
) -> Result<Option<Vec<T>>, Fault> {
    if measure.has(dimension) {
        return read(text).map(|value| Some(vec![value]));
    }
    let id = dimension.id();
    Err(Fault::say(
        Code::DimensionNotHere,
        format!("{} hat keine Dimension „{id}“", measure.in_german()),
        format!("{measure} has no dimension \"{id}\""),
    ))
}

fn feed(site: &Site, question: &Question, language: Language) -> Result<Feed, Problem> {
    let news = site.state().news(question, FEED_ENTRIES, FEED_REVISIONS)?;
    let base = &site.config.public_url;
    let filter = query_string(&write_parameters(question, &PARAMETERS));
    let address = format!("{base}/v1/measures/{}.atom?{filter}", question.measure);
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

fn entry(site: &Site, question: &Question, feed: &str, news: &News, language: Language) -> FeedEntry {
    let value = |row: &Option<Row>| {
        let number = row.as_ref().and_then(|row| row.value.or(row.share));
        number.map_or_else(|| "–".to_owned(), |number| number.to_string())
    };
    let label = question.measure.name().in_language(language);
    let change = format!("{} → {}", value(&news.before), value(&news.after));
    let (measure, query, position) = (question.measure, question.clone(), news.position);
    let header = Header { measure, query, position, recorded_at_ms: None, simulated: false };
    let about = news.after.as_ref().or(news.before.as_ref()).map(|row| said_about(row, &header));
    let about = about.unwrap_or_default();
    let on =
        Question { on: Some(news.day), viewpoint: Viewpoint::Position(news.position), ..question.clone() };
    let base = &site.config.public_url;
    let compared =
        format!("{base}/v1/compare/{}.csv?{}&against={}", question.measure, on.query_string(), news.previous);
    FeedEntry {
        id: id_of(&format!("{feed}#{}-{about}", news.position)),
        title: format!("{label}: {change} ({about})"),
        updated_ms: news.recorded_at_ms,
        author: news.office.clone(),
        link: ("text/csv", compared),
        category: question.measure.id().to_owned(),
        summary: format!("{about}: {change}, {}", news.day),
    }
}
