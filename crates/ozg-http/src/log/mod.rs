//! `GET /v1/events`: the log, forward, as pages, as NDJSON, or as server-sent events.

mod entry;
mod page;
mod stream;
mod subscribe;

pub(crate) use entry::one;

use crate::app::{Door, Site};
use crate::caching::Asking;
use crate::limits::{PAGE_ENTRIES_DEFAULT, PAGE_ENTRIES_MAX};
use crate::params::{Query, Reading, read_area, whole};
use crate::problem::Problem;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::ACCEPT;
use axum::http::{HeaderMap, Response};
use ozg_core::event::EventType;
use ozg_core::mistake::{Code, Fault};
use ozg_core::words::{Position, ServiceId, Slug};
use ozg_formats::events::{EntryHead, entry_json};
use ozg_tracker::{Entry, Filter};
use serde_json::Value;

/// The parameters of a reading of the log.
pub(crate) const PARAMETERS: [&str; 6] = ["after", "limit", "service", "area", "type", "office"];

/// The part of the log that a request asks for.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    after: Position,
    limit: Option<usize>,
    filter: Filter,
}

/// Answers with the log in the form that `Accept` names; in pages of JSON if it names none of the forms.
pub(crate) async fn list(
    State(door): State<Door>,
    query: Query,
    asking: Asking,
) -> Result<Response<Body>, Problem> {
    let asked = Asked::read(&query)?;
    check(&asked.filter, &door)?;
    match form(&asking.headers) {
        Form::Pages => page::answer(&door, asked, &asking).await,
        Form::Lines => stream::answer(&door, asked),
        Form::Events => subscribe::answer(&door, asked, &asking.headers),
    }
}

/// The forms of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Pages,
    Lines,
    Events,
}

/// Chooses the first form that `Accept` names.
fn form(headers: &HeaderMap) -> Form {
    let accepts = headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok());
    let mut names = accepts
        .flat_map(|value| value.split(','))
        .map(|range| range.split(';').next().unwrap_or_default().trim().to_ascii_lowercase());
    let known = names.find_map(|name| match name.as_str() {
        "application/json" | "*/*" | "application/*" => Some(Form::Pages),
        "application/x-ndjson" | "application/ndjson" | "application/jsonl" => Some(Form::Lines),
        "text/event-stream" => Some(Form::Events),
        _ => None,
    });
    known.unwrap_or(Form::Pages)
}

impl Asked {
    fn read(query: &Query) -> Result<Asked, Problem> {
        let mut reading = Reading::new(query, &PARAMETERS);
        let page_max = u32::try_from(PAGE_ENTRIES_MAX).unwrap_or(u32::MAX);
        let after =
            reading.read("after", |text| whole(text, 0, u32::MAX).map(Position::new)).unwrap_or_default();
        let limit = reading.read("limit", |text| whole(text, 1, page_max));
        let filter = Filter {
            service: reading.read("service", ServiceId::read),
            area: reading.read("area", read_area),
            event_type: reading.read("type", EventType::read),
            office: reading.read("office", office),
        };
        reading.finish()?;
        Ok(Asked { after, limit: limit.and_then(|limit| usize::try_from(limit).ok()), filter })
    }

    fn page_entries(&self) -> usize {
        self.limit.unwrap_or(PAGE_ENTRIES_DEFAULT)
    }

    /// Writes the parameters of the page that begins after a position.
    fn query_string(&self, after: Position) -> String {
        let mut pairs = vec![format!("after={after}")];
        let mut put =
            |name: &str, value: Option<String>| pairs.extend(value.map(|value| format!("{name}={value}")));
        put("limit", self.limit.map(|limit| limit.to_string()));
        put("service", self.filter.service.as_ref().map(ToString::to_string));
        put("area", self.filter.area.as_ref().map(ToString::to_string));
        put("type", self.filter.event_type.map(|event_type| event_type.id().to_owned()));
        put("office", self.filter.office.clone());
        pairs.join("&")
    }
}

/// Checks that the region of a filter is defined.
pub(crate) fn check(filter: &Filter, site: &Site) -> Result<(), Problem> {
    let state = site.state();
    filter.area.iter().try_for_each(|area| state.now().check_region(area))?;
    Ok(())
}

/// Reads the id of an office. An office that does not exist is no mistake, so that nobody can find out which exist.
pub(crate) fn office(text: &str) -> Result<String, Fault> {
    Slug::read(text)
        .map(|slug| slug.as_str().to_owned())
        .map_err(|fault| Fault { code: Code::BadText, ..fault })
}

/// Writes an entry as JSON.
fn as_json(entry: &Entry) -> Value {
    let head = head_of(entry);
    let mut value = entry_json(&head, &entry.event);
    if let (true, Value::Object(object)) = (entry.simulated, &mut value) {
        object.insert("simulated".to_owned(), true.into());
    }
    value
}

/// Returns what the tracker adds to an event.
pub(crate) fn head_of(entry: &Entry) -> EntryHead {
    EntryHead { position: entry.position, recorded_at_ms: entry.recorded_at_ms, office: entry.office.clone() }
}
