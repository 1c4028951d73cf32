//! `/v1/measures/{id}.atom`: an entry for each batch that changed what is known of a line, today's value or one of the past,
//! for people who follow a measure in an area, of a topic or of a service.

use super::answer::text;
use super::atom::{ATOM, FEED, Feed, FeedEntry, id_of, last_change};
use super::said;
use crate::app::{Door, Site};
use crate::caching::{Conditions, Freshness};
use crate::limits::{FEED_ENTRIES, FEED_REVISIONS};
use crate::naming;
use crate::parameters::{Given, LANGUAGES, read_language};
use crate::problem::Problem;
use crate::streaming::blocking;
use axum::body::Body;
use axum::http::Response;
use ozg_core::event::EventType;
use ozg_core::measure::{Dimension, Measure};
use ozg_core::mistake::{Code, Fault};
use ozg_core::query::{Parameter, Query as Question, Takes, Viewpoint, put, query_string, write_parameters};
use ozg_core::series::{Change, Header, News, Row};
use ozg_core::time::berlin_day;
use ozg_core::words::{Area, Basis, ClaimKind, Label, Language, Place, ServiceId, Topic, Unit};
use ozg_formats::series::said_about;
use ozg_tracker::Entry;

/// The parameters of the feed.
pub(crate) static PARAMETERS: [Parameter<Question>; 5] = [
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
        (
            "unit",
            "of the feed: services counted in this unit; that of the service, of pairs and plans each, else `ozg` where it is not given",
        ),
        Takes::Word(|| Unit::all().map(|unit| unit.id().to_owned()).collect()),
        |question, text| {
            let read = |text: &str| Unit::read(text).map(Some);
            put(&mut question.units, one(question.measure, Dimension::Unit, text, read))
        },
        |question| question.units.as_ref()?.first()?.map(|unit| unit.id().to_owned()),
    ),
    Parameter::<Question>::new(
        ("lang", "of the feed: its language"),
        LANGUAGES,
        |question, text| put(&mut question.language, read_language(text).map(Some)),
        |question| question.language.map(|language| language.tag().to_owned()),
    ),
];

/// Most entries that one of the feed names.
const EXPLAINED_MAX: usize = 20;
/// Most other days that one of the feed names.
const DAYS_MAX: usize = 20;

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
        kinds: ClaimKind::all().collect(),
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
    let entries = news.iter().filter_map(|news| {
        let newest = news.newest()?;
        Some((news, newest, newest.about()?))
    });
    let entries = entries
        .map(|(news, newest, about)| Told { site, question, news, newest, about, language }.entry(&address));
    let entries = entries.collect::<Result<Vec<FeedEntry>, Problem>>()?;
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
        entries,
    })
}

/// One item of news, with all that its title and its text show.
struct Told<'a> {
    site: &'a Site,
    question: &'a Question,
    news: &'a News,
    newest: &'a Change,
    /// A row of the newest change.
    about: &'a Row,
    language: Language,
}

/// What the entries that explain news say.
struct Explained {
    /// Whether one takes something back.
    is_withdrawal: bool,
    /// Whether one replaces another.
    is_correction: bool,
    /// The reasons that they give.
    reasons: Vec<String>,
}

impl Told<'_> {
    fn entry(&self, feed: &str) -> Result<FeedEntry, Problem> {
        let Told { news, newest, question, language, .. } = *self;
        let state = self.site.state();
        let about = said::about(self.about, state.as_of(news.position), language);
        let (explained, measure) = (self.explained()?, question.measure);
        let on = Question {
            on: Some(newest.day),
            viewpoint: Viewpoint::Position(news.position),
            ..question.clone()
        };
        let against = format!("{}&against={}", on.query_string(), news.previous);
        let base = &self.site.config.public_url;
        let title = format!(
            "{} · {about}: {} ({})",
            measure.name().in_language(language),
            said::change(newest, language),
            self.beside(&explained).join(", ")
        );
        Ok(FeedEntry {
            id: id_of(&format!("{feed}#{}", self.identity())),
            summary: self.summary(&title, &explained),
            title,
            updated_ms: news.recorded_at_ms,
            author: news.office.clone(),
            link: ("text/csv", format!("{base}/v1/compare/{measure}.csv?{against}")),
            category: measure.id().to_owned(),
        })
    }

    /// Tells an entry of the feed from all others: the batch, and what tells its line from others, by ids.
    fn identity(&self) -> String {
        let Told { news, question, about, .. } = *self;
        let query = Question { language: None, ..question.clone() };
        let (measure, position) = (question.measure, news.position);
        let header = Header { measure, query, position, recorded_at_ms: None, simulated: false };
        let scope = about.scope_looked_up().unwrap_or_default();
        let ids = said_about(&Row { scope: Some(scope), ..about.clone() }, &header);
        let period = about.period().map(|(since, until)| format!("{since}/{until}"));
        format!("{position}-{ids}-{}", period.unwrap_or_default())
    }

    /// Lists what stands in brackets: the day or the period, and what kind of news it is.
    fn beside(&self, explained: &Explained) -> Vec<String> {
        let Told { news, newest, about, language, .. } = *self;
        let say = |de, en| Label { de, en }.in_language(language);
        let is_ahead = newest.day > berlin_day(news.recorded_at_ms);
        let stand = match (about.period().is_some(), is_ahead) {
            (true, _) => say("Zeitraum", "period"),
            (false, true) => say("bis", "by"),
            (false, false) => say("Stand", "as at"),
        };
        let mut beside = vec![format!("{stand} {}", said::as_observed(newest, language))];
        let mut put = |applies: bool, de, en| beside.extend(applies.then(|| say(de, en).to_owned()));
        let is_first = newest.before.is_empty();
        let is_silent = !explained.is_withdrawal && !explained.is_correction;
        put(explained.is_withdrawal, "zurückgezogen", "withdrawn");
        put(explained.is_correction, "Korrektur", "correction");
        put(is_silent && self.is_revision(), "Revision", "revision");
        let is_late = news.is_of_past && about.period().is_none() && about.basis == Basis::Reported;
        put(is_silent && !self.is_revision() && is_late, "nachgetragen", "added later");
        put(is_silent && is_first && !is_late && about.basis == Basis::Reported, "neu", "new");
        let has = |of: fn(&Row) -> bool| newest.after.iter().any(of);
        put(has(|row| row.status.conflict), "Widerspruch", "contradiction");
        put(has(|row| row.status.partial), "unvollständig", "partial");
        beside
    }

    /// Tells whether the source gives another figure for the same day, without a correction (rule 7a).
    fn is_revision(&self) -> bool {
        let (before, after) = (&self.newest.before, &self.newest.after);
        let figures = |row: &Row| (row.figure(), row.denominator_figure(), row.share_figure());
        let revises = |row: &Row, other: &Row| {
            row.observed == other.observed && row.source == other.source && figures(row) != figures(other)
        };
        after.iter().any(|row| row.basis == Basis::Reported && before.iter().any(|other| revises(row, other)))
    }

    /// Reads the entries that explain the news.
    fn explained(&self) -> Result<Explained, Problem> {
        let mut explained = Explained { is_withdrawal: false, is_correction: false, reasons: Vec::new() };
        for position in self.news.entries.iter().rev().take(EXPLAINED_MAX).rev() {
            let Some(Entry { event, .. }) = self.site.tracker.entry(*position)? else { continue };
            explained.is_withdrawal |= event.event_type() == EventType::EntryWithdrawn;
            explained.is_correction |= event.replaces.is_some();
            let reason = event.reason.as_ref().map(ToString::to_string);
            explained.reasons.extend(reason.filter(|reason| !explained.reasons.contains(reason)));
        }
        Ok(explained)
    }

    /// Writes a line each: the title, the reasons, sources, other days that changed, and the entries.
    fn summary(&self, title: &str, explained: &Explained) -> String {
        let Told { news, newest, language, .. } = *self;
        let say = |de, en| Label { de, en }.in_language(language);
        let named =
            |name: &str, of: &[String]| (!of.is_empty()).then(|| format!("{name}: {}", of.join("; ")));
        let rows = newest.after.iter().chain(&newest.before);
        let mut sources: Vec<String> = Vec::new();
        for row in rows.filter(|row| !row.source.is_empty()) {
            if !sources.contains(&row.source) {
                sources.push(row.source.clone());
            }
        }
        let others = news.changes.iter().rev().skip(1);
        let other = |change: &Change| {
            format!("{}: {}", said::as_observed(change, language), said::change(change, language))
        };
        let mut earlier: Vec<String> = others.clone().take(DAYS_MAX).map(other).collect();
        let more = others.count().saturating_sub(DAYS_MAX);
        earlier.extend((more > 0).then(|| format!("… +{more}")));
        let entries: Vec<String> =
            news.entries.iter().take(EXPLAINED_MAX).map(|entry| format!("#{entry}")).collect();
        let lines = [
            Some(title.to_owned()),
            named(say("Grund", "Reason"), &explained.reasons),
            named(say("Quelle", "Source"), &sources),
            named(say("Weitere Tage", "Other days"), &earlier),
            named(say("Einträge", "Entries"), &entries),
        ];
        lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
    }
}
