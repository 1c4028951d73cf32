//! `/v1/events.atom`: the newest entries of the log as a feed. Older entries are in pages of a fixed size, counted from
//! the first entry, which never change once they are full (RFC 5005).

use super::answer::text;
use super::atom::{ATOM, FEED, Feed, FeedEntry, last_change};
use crate::app::{Door, Site};
use crate::caching::{Conditions, Freshness};
use crate::limits::FEED_ENTRIES;
use crate::log::{self, FEED as PARAMETERS, LogQuestion};
use crate::parameters::Given;
use crate::problem::{Problem, ProblemKind};
use crate::streaming::blocking;
use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use ozg_core::event::Body as Said;
use ozg_core::words::{Language, Position};
use ozg_tracker::Entry;

/// Answers with the feed.
pub(crate) async fn answer(
    State(door): State<Door>,
    given: Given,
    conditions: Conditions,
) -> Result<Response<Body>, Problem> {
    let question = given.read(LogQuestion::default(), &PARAMETERS)?;
    log::check(&question.filter, &door)?;
    let (freshness, is_page) = (Freshness::of_head(&door), question.page.is_some());
    if !is_page && let Some(response) = freshness.not_modified(&conditions) {
        return Ok(response);
    }
    let (site, turn) = (door.share(), door.turn().await?);
    let feed = blocking(move || {
        let feed = feed(&site, &question);
        drop(turn);
        feed
    });
    let (feed, newest) = feed.await??;
    let freshness = if feed.is_archive { Freshness::immutable(&door, newest) } else { freshness };
    text(&freshness, &conditions, ATOM, || Ok(feed.xml()))
}

/// Writes the address of a page; without a page, that of the feed.
fn address(question: &LogQuestion, site: &Site, page: Option<u32>) -> String {
    format!("{}/v1/events.atom?{}", site.config.public_url, question.feed_page(page))
}

/// Makes the feed or one of its pages, and returns it with the position of its newest entry. A full page never changes, and
/// neither does its link to the next page. That is why the page after the last full one exists, too, though it still grows.
fn feed(site: &Site, question: &LogQuestion) -> Result<(Feed, Position), Problem> {
    let positions = site.tracker.positions(&question.filter);
    let size = FEED_ENTRIES;
    let full = u32::try_from(positions.len() / size).unwrap_or(u32::MAX);
    let shown = match question.page {
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
        entries
            .extend(site.tracker.entry(*position)?.map(|recorded| entry(site, &recorded, question.language)));
    }
    let previous = match question.page {
        Some(page) => page.checked_sub(1),
        None => Some(full),
    };
    let mut links = vec![("self", FEED, address(question, site, question.page))];
    links.extend(
        previous
            .filter(|page| *page > 0)
            .map(|page| ("prev-archive", FEED, address(question, site, Some(page)))),
    );
    if question.page.is_some() {
        links.push(("current", FEED, address(question, site, None)));
    }
    let archive = question.page.filter(|page| *page <= full);
    links.extend(archive.map(|page| ("next-archive", FEED, address(question, site, Some(page + 1)))));
    let (german, english) = ("OZG-Tracker: neue Einträge", "OZG tracker: new entries");
    let newest = shown.last().copied().unwrap_or_default();
    let feed = Feed {
        key: address(question, site, None),
        title: if question.language == Language::German { german } else { english }.to_owned(),
        author: site.config.operator.clone(),
        rights: site.config.licence.clone(),
        language: question.language,
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
        ProblemKind::UnknownThing,
        format!("Die Seite {page} gibt es noch nicht: die letzte ist Seite {last}, sie wächst noch"),
        format!("There is no page {page} yet: the last is page {last}, which still grows"),
    )
}

fn entry(site: &Site, recorded: &Entry, language: Language) -> FeedEntry {
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
    FeedEntry {
        id: format!("urn:uuid:{}", event.id),
        title: if about.is_empty() { name.to_owned() } else { format!("{name}: {about}") },
        updated_ms: recorded.recorded_at_ms,
        author: recorded.office.clone(),
        link: ("application/json", format!("{}/v1/events/{}", site.config.public_url, recorded.position)),
        category: event.event_type().id().to_owned(),
        summary,
    }
}
