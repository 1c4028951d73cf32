//! `GET /v1/templates/{file}`: sheets to fill in, either empty or with the statements that stand, to be edited and sent
//! back.

use crate::app::Door;
use crate::caching::{Asking, Freshness};
use crate::limits::TEMPLATE_ENTRIES_MAX;
use crate::params::{Query, Reading, flag, read_area};
use crate::problem::{Kind, Problem};
use crate::streaming::blocking;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, Response};
use ozg_core::event::{Event, EventType};
use ozg_core::mistake::{Code, Fault};
use ozg_core::words::{Label, Language, Position, ServiceId, unknown};
use ozg_formats::sheets::{SheetKind, write_sheet, write_template};
use ozg_tracker::{Filter, ReadError, Tracker};

/// Media type of XLSX.
pub(crate) const XLSX_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// The parameters of a template.
pub(crate) const PARAMETERS: [&str; 4] = ["lang", "filled", "area", "service"];

/// Answers with a sheet.
pub(crate) async fn answer(
    State(door): State<Door>,
    Path(file): Path<String>,
    query: Query,
    asking: Asking,
) -> Result<Response<Body>, Problem> {
    let kind = kind(&file)?;
    let mut reading = Reading::new(&query, &PARAMETERS);
    let language = reading.read("lang", language).unwrap_or_default();
    let is_filled = reading.read("filled", flag).unwrap_or(false);
    let area = reading.read("area", read_area);
    let service = reading.read("service", ServiceId::read);
    reading.finish()?;
    let freshness = Freshness::of_head(&door);
    if let Some(response) = freshness.not_modified(&asking) {
        return Ok(response);
    }
    let turn = door.turn().await?;
    let tracker = door.tracker.clone();
    let made = blocking(move || {
        let filter = Filter { area, service, ..Filter::default() };
        let sheet = match is_filled {
            true => filled(&tracker, kind, &filter, language),
            false => write_template(kind, language).map_err(|error| Problem::internal(&error)),
        };
        drop(turn);
        sheet
    });
    let mut response = Response::new(Body::from(made.await??));
    let name = format!("attachment; filename=\"{}.xlsx\"", kind.id());
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(XLSX_TYPE));
    response.headers_mut().extend(HeaderValue::from_str(&name).ok().map(|name| (CONTENT_DISPOSITION, name)));
    freshness.put(response.headers_mut());
    Ok(response)
}

fn language(text: &str) -> Result<Language, Fault> {
    [Language::German, Language::English].into_iter().find(|language| language.tag() == text).ok_or_else(
        || {
            let what = Label { de: "Die Sprache", en: "The language" };
            unknown(Code::UnknownWord, what, text, ["de", "en"].into_iter())
        },
    )
}

fn kind(file: &str) -> Result<SheetKind, Problem> {
    let name = file.strip_suffix(".xlsx").unwrap_or(file);
    SheetKind::named(name).filter(|_| file.ends_with(".xlsx")).ok_or_else(|| {
        let known: Vec<String> =
            SheetKind::all().map(|kind| format!("/v1/templates/{}.xlsx", kind.id())).collect();
        let list = known.join(", ");
        Problem::say(
            Kind::UnknownAddress,
            format!("Die Vorlage „{file}“ gibt es nicht. Erlaubt: {list}"),
            format!("There is no template \"{file}\". Allowed: {list}"),
        )
        .with("hint", known[0].clone())
    })
}

/// Writes the statements that stand of the kind of a sheet.
fn filled(
    tracker: &Tracker,
    kind: SheetKind,
    filter: &Filter,
    language: Language,
) -> Result<Vec<u8>, Problem> {
    let state = tracker.state();
    let types: Vec<EventType> = kind.types().to_vec();
    let wanted = |position: &Position| {
        state.type_at(*position).is_some_and(|found| types.contains(&found))
            && state.fate(*position).is_some_and(|fate| fate.stands)
            && filter.service.as_ref().is_none_or(|service| state.about(*position).0 == Some(service))
            && filter.area.as_ref().is_none_or(|area| state.is_about(*position, area))
    };
    let positions: Vec<Position> =
        Position::START.up_to(state.head()).filter(wanted).take(TEMPLATE_ENTRIES_MAX + 1).collect();
    if positions.len() > TEMPLATE_ENTRIES_MAX {
        return Err(Problem::say(
            Kind::BadParameters,
            format!("Mehr als {TEMPLATE_ENTRIES_MAX} Zeilen; mit area oder service eingrenzen"),
            format!("More than {TEMPLATE_ENTRIES_MAX} rows; narrow them with area or service"),
        )
        .with("limit", TEMPLATE_ENTRIES_MAX));
    }
    let events: Result<Vec<Event>, ReadError> = positions
        .into_iter()
        .filter_map(|position| {
            tracker.entry(position).map(|entry| entry.map(|entry| entry.event)).transpose()
        })
        .collect();
    write_sheet(kind, &events?, language).map_err(|error| Problem::internal(&error))
}
