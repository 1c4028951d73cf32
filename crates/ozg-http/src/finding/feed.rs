//! `/v1/events.atom`: the newest entries of the log as a feed. Older entries are in pages of a fixed size, counted from
//! the first entry, which never change once they are full (RFC 5005).

use super::atom::{ATOM, Entry, FEED, Feed, last_change};
use super::{language, text};
use crate::app::{Door, Site};
use crate::caching::{Asking, Freshness};
use crate::limits::FEED_ENTRIES;
use crate::params::{Query, Reading, read_area, whole};
use crate::problem::{Kind, Problem};
use crate::streaming::blocking;
use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use ozg_core::event::{Body as Said, EventType};
use ozg_core::words::{Language, Position, ServiceId};
use ozg_tracker::{Entry as Recorded, Filter};

const PARAMETERS: [&str; 6] = ["service", "area", "type", "office", "lang", "page"];

/// The parameters of the feed.
struct Asked {
    filter: Filter,
    language: Language,
    /// The archived page, counted from 1.
    page: Option<u32>,
}

/// Answers with the feed.
pub(crate) async fn answer(
    State(door): State<Door>,
    query: Query,
    asking: Asking,
) -> Result<Response<Body>, Problem> {
    let asked = Asked::read(&query)?;
    crate::log::check(&asked.filter, &door)?;
    let (freshness, is_page) = (Freshness::of_head(&door), asked.page.is_some());
    if !is_page && let Some(response) = freshness.not_modified(&asking) {
        return Ok(response);
    }
    let (site, turn) = (door.share(), door.turn().await?);
    let feed = blocking(move || {
        let feed = feed(&site, &asked);
        drop(turn);
        feed
    });
    let (feed, newest) = feed.await??;
    let freshness = if feed.is_archive { Freshness::immutable(&door, newest) } else { freshness };
    text(&freshness, &asking, ATOM, || Ok(feed.xml()))
}

impl Asked {
    fn read(query: &Query) -> Result<Asked, Problem> {
        let mut reading = Reading::new(query, &PARAMETERS);
        let filter = Filter {
            service: reading.read("service", ServiceId::read),
            area: reading.read("area", read_area),
            event_type: reading.read("type", EventType::read),
            office: reading.read("office", crate::log::office),
        };
        let language = reading.read("lang", language).unwrap_or_default();
        let page = reading.read("page", |text| whole(text, 1, u32::MAX));
        reading.finish()?;
        Ok(Asked { filter, language, page })
    }

    /// Writes the address of a page; without a page, that of the feed.
    fn address(&self, site: &Site, page: Option<u32>) -> String {
        let mut pairs = Vec::new();
        let mut put =
            |name: &str, value: Option<String>| pairs.extend(value.map(|value| format!("{name}={value}")));
        put("service", self.filter.service.as_ref().map(ToString::to_string));
        put("area", self.filter.area.as_ref().map(ToString::to_string));
        put("type", self.filter.event_type.map(|event_type| event_type.id().to_owned()));
        put("office", self.filter.office.clone());
        put("lang", Some(self.language.tag().to_owned()));
        put("page", page.map(|page| page.to_string()));
        format!("{}/v1/events.atom?{}", site.config.public_url, pairs.join("&"))
    }
}

/// Makes the feed or one of its pages, and returns it with the position of its newest entry. A full page never changes, and
/// neither does its link to the next page. That is why the page after the last full one exists, too, though it still grows.
fn feed(site: &Site, asked: &Asked) -> Result<(Feed, Position), Problem> {
    let positions = site.tracker.positions(&asked.filter);
    let size = FEED_ENTRIES;
    let full = u32::try_from(positions.len() / size).unwrap_or(u32::MAX);
    let shown = match asked.page {
        Some(page) if page <= full => {
            let end = size * usize::try_from(page).unwrap_or(usize::MAX);
            &positions[end - size..end]
        }
        Some(page) if page == full.saturating_add(1) => &positions[size * full as usize..],
        Some(page) => return Err(no_page(page, full)),
        None => &positions[positions.len().saturating_sub(size)..],
    };
    let mut entries = Vec::with_capacity(shown.len());
    for position in shown.iter().rev() {
        entries.extend(site.tracker.entry(*position)?.map(|recorded| entry(site, &recorded, asked.language)));
    }
    let previous = match asked.page {
        Some(page) => page.checked_sub(1),
        None => Some(full),
    };
    let mut links = vec![("self", FEED, asked.address(site, asked.page))];
    links.extend(
        previous.filter(|page| *page > 0).map(|page| ("prev-archive", FEED, asked.address(site, Some(page)))),
    );
    if asked.page.is_some() {
        links.push(("current", FEED, asked.address(site, None)));
    }
    let archive = asked.page.filter(|page| *page <= full);
    links.extend(archive.map(|page| ("next-archive", FEED, asked.address(site, Some(page + 1)))));
    let (german, english) = ("OZG-Tracker: neue Einträge", "OZG tracker: new entries");
    let newest = shown.last().copied().unwrap_or_default();
    let feed = Feed {
        key: asked.address(site, None),
        title: if asked.language == Language::German { german } else { english }.to_owned(),
        author: site.config.operator.clone(),
        rights: site.config.licence.clone(),
        language: asked.language,
        links,
        is_archive: archive.is_some(),
        updated_ms: last_change(site),
        entries,
    };
    Ok((feed, newest))
}

fn no_page(page: u32, full: u32) -> Problem {
    let last = full.saturating_add(1);
    Problem::say(
        Kind::UnknownThing,
        format!("Die Seite {page} gibt es noch nicht: die letzte ist Seite {last}, sie wächst noch"),
        format!("There is no page {page} yet: the last is page {last}, which still grows"),
    )
}

fn entry(site: &Site, recorded: &Recorded, language: Language) -> Entry {
    let event = &recorded.event;
    let name = event.event_type().name().in_language(language);
    let stage = match &event.body {
        Said::MilestoneReached(milestone, _) | Said::MilestoneEnded(milestone, _) => Some(milestone.stage),
        Said::MilestonePlanned(plan) => Some(plan.milestone.stage),
        _ => None,
    };
    let parts = [
        event.body.service().map(ToString::to_string),
        event.body.place().map(|place| place.to_string()),
        stage.map(|stage| stage.name().in_language(language).to_owned()),
        event.body.on().map(|on| on.to_string()),
    ];
    let about = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let texts = [event.reason.as_ref(), event.note.as_ref()];
    let summary = texts.into_iter().flatten().map(ToString::to_string).collect::<Vec<_>>().join(" · ");
    Entry {
        id: format!("urn:uuid:{}", event.id),
        title: if about.is_empty() { name.to_owned() } else { format!("{name}: {about}") },
        updated_ms: recorded.recorded_at_ms,
        author: recorded.office.clone(),
        link: ("application/json", format!("{}/v1/events/{}", site.config.public_url, recorded.position)),
        category: event.event_type().id().to_owned(),
        summary,
    }
}
