//! `GET /v1/templates/{file}`: sheets to fill in, either empty or with the statements that stand, to be edited and sent
//! back.

use crate::app::Door;
use crate::caching::{Conditions, Freshness};
use crate::limits::TEMPLATE_ENTRIES_MAX;
use crate::naming;
use crate::parameters::{Given, LANGUAGES, flag, read_area, read_language};
use crate::problem::{Problem, ProblemKind};
use crate::streaming::blocking;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, Response};
use ozg_core::event::{Event, EventType};
use ozg_core::query::{Parameter, Takes, put};
use ozg_core::words::{Language, Position, ServiceId};
use ozg_formats::sheets::{Downloaded, SheetKind, write_downloaded, write_template};
use ozg_tracker::{Filter, ReadError, Tracker};

/// Media type of XLSX.
pub(crate) const XLSX_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// What a sheet is asked for.
#[derive(Debug, Clone, Default)]
pub(crate) struct TemplateQuestion {
    language: Language,
    is_filled: bool,
    filter: Filter,
}

/// The parameters of a template.
pub(crate) static PARAMETERS: [Parameter<TemplateQuestion>; 4] = [
    Parameter::<TemplateQuestion>::new(
        ("lang", "language of headings and words"),
        LANGUAGES,
        |question, text| put(&mut question.language, read_language(text)),
        |question| Some(question.language.tag().to_owned()),
    ),
    Parameter::<TemplateQuestion>::new(
        ("filled", "with the statements that stand"),
        Takes::Flag,
        |question, text| put(&mut question.is_filled, flag(text)),
        |question| Some(question.is_filled.to_string()),
    ),
    Parameter::<TemplateQuestion>::new(
        ("area", "filled: only about this area or region"),
        Takes::AreaOrRegion,
        |question, text| put(&mut question.filter.area, read_area(text).map(Some)),
        |question| question.filter.area.as_ref().map(ToString::to_string),
    ),
    Parameter::<TemplateQuestion>::new(
        ("service", "filled: only about this service"),
        Takes::Service,
        |question, text| put(&mut question.filter.service, ServiceId::read(text).map(Some)),
        |question| question.filter.service.as_ref().map(ToString::to_string),
    ),
];

/// Answers with a sheet.
pub(crate) async fn answer(
    State(door): State<Door>,
    Path(file): Path<String>,
    given: Given,
    conditions: Conditions,
) -> Result<Response<Body>, Problem> {
    let kind = kind(&file)?;
    let TemplateQuestion { language, is_filled, filter } =
        naming::read(&door, &given, TemplateQuestion::default(), &PARAMETERS)?;
    let freshness = Freshness::of_head(&door);
    if let Some(response) = freshness.not_modified(&conditions) {
        return Ok(response);
    }
    let turn = door.turn().await?;
    let tracker = door.tracker.clone();
    let made = blocking(move || {
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

fn kind(file: &str) -> Result<SheetKind, Problem> {
    let name = file.strip_suffix(".xlsx").unwrap_or(file);
    SheetKind::named(name).filter(|_| file.ends_with(".xlsx")).ok_or_else(|| {
        let known: Vec<String> =
            SheetKind::all().map(|kind| format!("/v1/templates/{}.xlsx", kind.id())).collect();
        let list = known.join(", ");
        let problem = Problem::say(
            ProblemKind::UnknownAddress,
            format!("Die Vorlage „{file}“ gibt es nicht. Erlaubt: {list}"),
            format!("There is no template \"{file}\". Allowed: {list}"),
        );
        problem.near(&format!("/v1/templates/{name}.xlsx"), known.iter().map(String::as_str))
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
            && filter.area.as_ref().is_none_or(|area| state.now().is_about(*position, area))
    };
    let positions: Vec<Position> =
        Position::START.up_to(state.head()).filter(wanted).take(TEMPLATE_ENTRIES_MAX + 1).collect();
    if positions.len() > TEMPLATE_ENTRIES_MAX {
        return Err(Problem::say(
            ProblemKind::BadParameters,
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
    let downloaded = Downloaded {
        kind,
        position: state.head().get(),
        area: filter.area.as_ref().map(ToString::to_string),
        service: filter.service.as_ref().map(ToString::to_string),
    };
    write_downloaded(kind, &events?, Some(&downloaded), language).map_err(|error| Problem::internal(&error))
}
