//! `/v1/events.atom`: the newest entries of the log as a feed. Older entries are in pages of a fixed size, counted from
//! the first entry, which never change once they are full (RFC 5005).

use super::answer::text;
use super::atom::{ATOM, FEED, Feed, FeedEntry, last_change};
use super::said;
use crate::app::{Door, Site};
use crate::caching::{Conditions, Freshness};
use crate::limits::FEED_ENTRIES;
use crate::lists::entry_row::{Figures, Scope};
use crate::lists::shown::place_name;
use crate::log::{self, FEED as PARAMETERS, LogQuestion};
use crate::parameters::Given;
use crate::problem::{Problem, ProblemKind};
use crate::streaming::blocking;
use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use ozg_core::event::Body as Said;
use ozg_core::time::berlin_day;
use ozg_core::words::{Label, Language, Position, Unit};
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
        if let Some(recorded) = site.tracker.entry(*position)? {
            entries.push(entry(site, &recorded, question.language)?);
        }
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

fn entry(site: &Site, recorded: &Entry, language: Language) -> Result<FeedEntry, Problem> {
    let event = &recorded.event;
    let entry_of = |id| -> Result<Option<Entry>, Problem> {
        match site.state().position_of(id) {
            Some(position) => Ok(site.tracker.entry(position)?),
            None => Ok(None),
        }
    };
    // A withdrawal or an objection shows the content of the entry that it is about.
    let acts_on = match &event.body {
        Said::EntryWithdrawn(id) => entry_of(*id)?,
        Said::ObjectionMade(objection) => entry_of(objection.entry)?,
        _ => None,
    };
    let name = event.event_type().name().in_language(language);
    let about = about(site, acts_on.as_ref().unwrap_or(recorded), recorded.position, language);
    let replaced = event.replaces.map(entry_of).transpose()?.flatten();
    let instead = replaced.and_then(|replaced| instead_of(&replaced.event.body, &event.body, language));
    let title = if about.is_empty() { name.to_owned() } else { format!("{name}: {about}") };
    let texts = [event.reason.as_ref(), event.note.as_ref()];
    let summary = texts.into_iter().flatten().map(ToString::to_string).collect::<Vec<_>>().join(" · ");
    Ok(FeedEntry {
        id: format!("urn:uuid:{}", event.id),
        title: instead.map_or(title.clone(), |instead| format!("{title} ({instead})")),
        updated_ms: recorded.recorded_at_ms,
        author: recorded.office.clone(),
        link: ("application/json", format!("{}/v1/events/{}", site.config.public_url, recorded.position)),
        category: event.event_type().id().to_owned(),
        summary,
    })
}

/// Says what an entry is about, with the names that were known at a position: measure, service, place, stage, figure, day.
fn about(site: &Site, entry: &Entry, known: Position, language: Language) -> String {
    let (state, body) = (site.state(), &entry.event.body);
    let at = state.as_of(known);
    let day = at.day_of(entry.position).unwrap_or_else(|| berlin_day(entry.recorded_at_ms));
    let scope = Scope::of(body);
    let service = body.service().map(|service| {
        at.service_called(service, day).map_or_else(|| service.to_string(), |name| name.to_string())
    });
    let place = body
        .place()
        .map(|place| place_name(at, &place, day, Some(language)).unwrap_or_else(|| place.to_string()));
    let parts = [
        scope.measure.map(|measure| measure.name().in_language(language).to_owned()),
        service,
        place,
        scope.topic.map(|topic| topic.name().in_language(language).to_owned()),
        body.stage().map(|stage| stage.name().in_language(language).to_owned()),
        scope.level,
        // What a service's key says already is not said again.
        scope
            .unit
            .filter(|unit| *unit != Unit::Ozg && body.service().is_none())
            .map(|unit| unit.name().in_language(language).to_owned()),
        scope.words,
        figures(&Figures::of(body), language),
        scope.since.map(|since| {
            format!(
                "{} {}",
                Label { de: "seit", en: "since" }.in_language(language),
                said::date(since, language)
            )
        }),
        scope.due.map(|due| {
            format!(
                "{} {}",
                Label { de: "fällig", en: "due" }.in_language(language),
                said::date(due, language)
            )
        }),
        body.on().map(|on| said::date(on, language)),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Writes the figures of a statement: `290 von 575`, `12,5 %`, `130 + 40 im Roll-out von 500`.
fn figures(figures: &Figures, language: Language) -> Option<String> {
    let say = |de, en| Label { de, en }.in_language(language);
    let said = |figure| said::figure(figure, language);
    let value = figures.value.map(|value| said(value) + if figures.is_percent { " %" } else { "" });
    let rolling_out =
        figures.rolling_out.map(|one| format!("{} {}", said(one), say("im Roll-out", "rolling out")));
    let of = figures.of.map(|of| format!("{} {}", say("von", "of"), said(of)));
    let counted: Vec<String> = value.into_iter().chain(rolling_out).collect();
    let parts: Vec<String> =
        Some(counted.join(" + ")).filter(|text| !text.is_empty()).into_iter().chain(of).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// Says what a correction corrects: another figure, another day; none where neither differs.
fn instead_of(replaced: &Said, by: &Said, language: Language) -> Option<String> {
    let (before, after) = (Figures::of(replaced), Figures::of(by));
    let figure = Some(before).filter(|before| *before != after).and_then(|before| figures(&before, language));
    let day = replaced.on().filter(|on| Some(*on) != by.on()).map(|on| said::date(on, language));
    let parts: Vec<String> = figure.into_iter().chain(day).collect();
    let said = Label { de: "Korrektur, vorher", en: "correction, before" }.in_language(language);
    (!parts.is_empty()).then(|| format!("{said} {}", parts.join(" · ")))
}
