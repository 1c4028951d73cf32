//! `/v1/mappings`: the mappings of sheets that an office keeps by name, so that its next sheet of the same form is read
//! without questions.

use crate::app::Door;
use crate::auth;
use crate::parameters::Given;
use crate::problem::{Problem, ProblemKind};
use crate::streaming::blocking;
use crate::write::upload;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode};
use ozg_core::mistake::{Code, Fault, Mistake, Origin};
use ozg_formats::input::{MAPPING_BYTES_MAX, Mapping};
use ozg_tracker::{MAPPINGS_MAX, MappingError, Mappings};
use serde_json::json;

/// Lists the names of the mappings of the office.
pub(crate) async fn list(
    State(door): State<Door>,
    given: Given,
    headers: HeaderMap,
) -> Result<Response<Body>, Problem> {
    given.none()?;
    let office = auth::office(&door, &headers)?;
    let names = of(&door, move |mappings| mappings.names(&office.id)).await?;
    Ok(as_it_is(format!("{}\n", json!({ "mappings": names }))))
}

/// Answers with a mapping, as it was sent.
pub(crate) async fn one(
    State(door): State<Door>,
    Path(name): Path<String>,
    given: Given,
    headers: HeaderMap,
) -> Result<Response<Body>, Problem> {
    given.none()?;
    let office = auth::office(&door, &headers)?;
    Ok(as_it_is(text(&door, &office.id, &name).await?))
}

/// Keeps a mapping by a name.
pub(crate) async fn keep(
    State(door): State<Door>,
    Path(name): Path<String>,
    given: Given,
    request: Request,
) -> Result<Response<Body>, Problem> {
    given.none()?;
    let office = auth::office(&door, request.headers())?;
    let body = upload::read(request, door.is_local).await?;
    let text = String::from_utf8(body).map_err(|_| Problem::batch(vec![no_text()]))?;
    read(&text)?;
    let kept = text.clone();
    let is_new = of(&door, move |mappings| mappings.put(&office.id, &name, &kept)).await?;
    let mut response = as_it_is(text);
    *response.status_mut() = if is_new { StatusCode::CREATED } else { StatusCode::OK };
    Ok(response)
}

/// Forgets a mapping; answers with the names of the others.
pub(crate) async fn forget(
    State(door): State<Door>,
    Path(name): Path<String>,
    given: Given,
    headers: HeaderMap,
) -> Result<Response<Body>, Problem> {
    given.none()?;
    let office = auth::office(&door, &headers)?.id;
    let (id, wanted) = (office.clone(), name.clone());
    if !of(&door, move |mappings| mappings.remove(&id, &wanted)).await? {
        return Err(unknown(&door, &office, &name).await);
    }
    let names = of(&door, move |mappings| mappings.names(&office)).await?;
    Ok(as_it_is(format!("{}\n", json!({ "mappings": names }))))
}

/// Reads a mapping that an office keeps.
pub(crate) async fn kept(door: &Door, office: &str, name: &str) -> Result<Mapping, Problem> {
    read(&text(door, office, name).await?)
}

/// Reads a mapping.
pub(crate) fn read(text: &str) -> Result<Mapping, Problem> {
    if text.len() > MAPPING_BYTES_MAX {
        let kibibytes = MAPPING_BYTES_MAX >> 10;
        return Err(Problem::say(
            ProblemKind::TooLarge,
            format!("Eine Zuordnung hat höchstens {kibibytes} KiB"),
            format!("A mapping has at most {kibibytes} KiB"),
        ));
    }
    Mapping::read(text).map_err(Problem::batch)
}

async fn text(door: &Door, office: &str, name: &str) -> Result<String, Problem> {
    let (id, wanted) = (office.to_owned(), name.to_owned());
    match of(door, move |mappings| mappings.get(&id, &wanted)).await? {
        Some(text) => Ok(text),
        None => Err(unknown(door, office, name).await),
    }
}

/// Makes the problem of a name that the office has no mapping by.
async fn unknown(door: &Door, office: &str, name: &str) -> Problem {
    let office = office.to_owned();
    let names = of(door, move |mappings| mappings.names(&office)).await.unwrap_or_default();
    let problem = Problem::say(
        ProblemKind::UnknownThing,
        format!("Eine Zuordnung „{name}“ hat diese Stelle nicht; /v1/mappings nennt alle"),
        format!("This office has no mapping \"{name}\"; /v1/mappings lists all"),
    );
    problem.near(name, names.iter().map(String::as_str))
}

async fn of<T: Send + 'static>(
    door: &Door,
    ask: impl FnOnce(Mappings) -> Result<T, MappingError> + Send + 'static,
) -> Result<T, Problem> {
    let mappings = door.tracker.mappings();
    Ok(blocking(move || ask(mappings)).await??)
}

fn as_it_is(text: String) -> Response<Body> {
    let mut response = Response::new(Body::from(text));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn no_text() -> Mistake {
    let fault = Fault::say(Code::WrongEncoding, "Eine Zuordnung ist UTF-8", "A mapping is UTF-8");
    Mistake::at(&Origin::default(), "", None, fault)
}

impl From<MappingError> for Problem {
    fn from(error: MappingError) -> Problem {
        let mistake = |field: &str, value: Option<&str>, code: Code, de: String| {
            let fault = Fault::say(code, de, error.to_string());
            Problem::batch(vec![Mistake::at(&Origin::default(), field, value, fault)])
        };
        match &error {
            MappingError::BadName(name) => mistake(
                "name",
                Some(name),
                Code::BadKey,
                format!("„{name}“: erlaubt sind 1 bis 64 Kleinbuchstaben, Ziffern, - und _"),
            ),
            MappingError::TooMany => mistake(
                "name",
                None,
                Code::TooMany,
                format!("Eine Stelle hat höchstens {MAPPINGS_MAX} Zuordnungen"),
            ),
            MappingError::Io { .. } => Problem::internal(&error),
        }
    }
}
