//! The addresses of the operator, over the socket file in the data folder: offices, backup, verification.

use crate::about::{hex, json_answer};
use crate::app::Door;
use crate::limits::{CHUNK_ENTRIES, CHUNKS_WAITING_MAX};
use crate::log::head_of;
use crate::parameters::Given;
use crate::problem::{Problem, ProblemKind};
use crate::streaming::{blocking, written};
use crate::write::upload;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, ETAG};
use axum::http::{HeaderValue, Response, StatusCode};
use futures_util::stream;
use ozg_core::held::Held;
use ozg_core::ledger::Rights;
use ozg_core::mistake::{Code, Fault, Mistake, Origin};
use ozg_core::time::{end_of_berlin_day, read_rfc3339, rfc3339};
use ozg_core::words::{PartialDate, Place, Position, Topic, TopicSet};
use ozg_formats::events::{DumpEntry, write_dump_entry};
use ozg_tracker::{AuthError, BackupError, Filter, Head, OfficeError, TokenRow, Tracker, Verified};
use serde_json::{Map, Value, json};
use std::convert::Infallible;
use std::fs::File;
use tokio::sync::mpsc;

/// Name of an unfinished copy of the log, in the data folder.
const COPY_NAME: &str = "log.copy";

/// Lists the offices and their tokens, without the tokens.
pub(crate) async fn offices(State(door): State<Door>, given: Given) -> Result<Response<Body>, Problem> {
    given.none()?;
    let rows = door.tracker.offices().list()?;
    let now_ms = door.now_ms();
    let row = |row: &TokenRow| {
        let status = match row.check(now_ms) {
            Ok(()) => "valid",
            Err(AuthError::Expired) => "expired",
            Err(AuthError::Revoked | AuthError::Unknown | AuthError::Unreadable) => "revoked",
        };
        json!({
            "id": row.id,
            "areas": row.areas,
            "topics": row.topics,
            "coordinates": row.coordinates,
            "status": status,
            "created": rfc3339(row.created_at_ms),
            "expires": row.expires_at_ms.map(rfc3339),
            "revoked": row.revoked_at_ms.map(rfc3339),
        })
    };
    Ok(json_answer(&json!({ "offices": rows.iter().map(row).collect::<Vec<_>>() })))
}

/// Gives an office a token. Only this answer shows it.
pub(crate) async fn add(
    State(door): State<Door>,
    given: Given,
    request: Request,
) -> Result<Response<Body>, Problem> {
    given.none()?;
    let mut fields = JsonMembers::read(request, &["id", "areas", "topics", "coordinates", "expires"]).await?;
    let id = fields.take("id", |value| value.as_str().map(str::to_owned).ok_or_else(not_text));
    let areas: Vec<Place> = fields.take("areas", |value| words(value, Rights::read_area)).unwrap_or_default();
    let topics: TopicSet = fields.take("topics", |value| words(value, Topic::read)).unwrap_or_default();
    let coordinates: Option<Vec<Place>> = fields.take("coordinates", |value| words(value, Rights::read_area));
    let expires = fields.take("expires", |value| value.as_str().ok_or_else(not_text).and_then(instant));
    fields.require("id", id.is_some());
    fields.finish()?;
    let (id, rights) = (id.unwrap_or_default(), Rights { areas, topics, coordinates });
    let (tracker, now_ms, office, given) = (door.tracker.clone(), door.now_ms(), id.clone(), rights.clone());
    let token = blocking(move || tracker.offices().add(&office, &given, now_ms, expires)).await??;
    let texts = |places: &Vec<Place>| places.iter().map(Place::to_string).collect::<Vec<_>>();
    let mut response = json_answer(&json!({
        "id": id,
        "areas": texts(&rights.areas),
        "topics": rights.topics.iter().map(Topic::id).collect::<Vec<_>>(),
        "coordinates": rights.coordinates.as_ref().map(texts),
        "expires": expires.map(rfc3339),
        "token": token,
    }));
    *response.status_mut() = StatusCode::CREATED;
    Ok(response)
}

/// Revokes all tokens of an office.
pub(crate) async fn revoke(
    State(door): State<Door>,
    Path(id): Path<String>,
    given: Given,
) -> Result<Response<Body>, Problem> {
    given.none()?;
    let (tracker, now_ms, office) = (door.tracker.clone(), door.now_ms(), id.clone());
    let revoked = blocking(move || tracker.offices().revoke(&office, now_ms)).await??;
    Ok(json_answer(&json!({ "id": id, "revoked": revoked })))
}

/// Believes the clock as it is now.
pub(crate) async fn accept_clock(State(door): State<Door>, given: Given) -> Result<Response<Body>, Problem> {
    given.none()?;
    door.tracker.accept_clock();
    Ok(json_answer(&json!({ "now": rfc3339(door.tracker.now_ms()) })))
}

/// Answers with a verified copy of the log, while everything goes on; `ETag` holds its head. The copy is made beside the
/// log, since this process may not see the folder where the operator wants it. Its file is deleted before it is sent, and
/// stays readable until then.
pub(crate) async fn backup(State(door): State<Door>, given: Given) -> Result<Response<Body>, Problem> {
    given.none()?;
    let tracker = door.tracker.clone();
    let (head, mut copy) = blocking(move || copy_of(&tracker)).await?.map_err(|error| told(&error))?;
    let bytes = copy.metadata().map_err(|error| told(&error))?.len();
    let body = written(door.turn().await?, move |out| std::io::copy(&mut copy, out).map(drop)).await?;
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    headers.insert(CONTENT_LENGTH, bytes.into());
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{}\"", head.position)) {
        headers.insert(ETAG, tag);
    }
    Ok(response)
}

fn copy_of(tracker: &Tracker) -> Result<(Head, File), BackupError> {
    // Copies are made one after the other under one name, so that the next copy replaces what a crash left behind.
    static COPYING: Held<()> = Held::new(());
    let copying = COPYING.hold();
    let path = tracker.folder().join(COPY_NAME);
    // The file exists only after a crash.
    let _ = std::fs::remove_file(&path);
    let head = tracker.backup(&path, &mut |_| {})?;
    let opened = File::open(&path);
    let removed = std::fs::remove_file(&path);
    drop(copying);
    let failed = |error: std::io::Error| BackupError::Write(error.into());
    removed.map_err(failed)?;
    opened.map(|copy| (head, copy)).map_err(failed)
}

/// Answers with the whole log up to its present head, one entry per line. Unlike the log over TCP it tells where batches
/// end.
pub(crate) async fn dump(State(door): State<Door>, given: Given) -> Result<Response<Body>, Problem> {
    given.none()?;
    let tracker = door.tracker.clone();
    let body =
        written(door.turn().await?, move |out| write_dump_until(&tracker, tracker.state().head(), out))
            .await?;
    let mut response = Response::new(body);
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/x-ndjson"));
    Ok(response)
}

/// Writes all entries up to a position, one per line.
pub(crate) fn write_dump_until(
    tracker: &Tracker,
    head: Position,
    out: &mut dyn std::io::Write,
) -> std::io::Result<()> {
    let mut after = Position::START;
    while after < head {
        let page =
            tracker.entries(after, CHUNK_ENTRIES, &Filter::default()).map_err(std::io::Error::other)?;
        let Some(last) = page.entries.last() else {
            return Err(std::io::Error::other("the log ends before its head"));
        };
        after = last.position;
        for entry in page.entries.iter().take_while(|entry| entry.position <= head) {
            let at = head_of(entry);
            let line = DumpEntry {
                head: &at,
                batch_last: entry.batch_last,
                simulated: entry.simulated,
                identity: (entry.position.get() == 1).then(|| tracker.identity()),
                batch_facts: entry.begins_batch().then_some(&entry.batch_facts),
                event: &entry.event,
                beside: &entry.beside,
            };
            write_dump_entry(&line, out)?;
        }
    }
    Ok(())
}

/// Verifies the chain of the log and every entry. A long log takes long, so each line of the answer tells the progress; the
/// last line has the head, or the damage.
pub(crate) async fn verify(State(door): State<Door>, given: Given) -> Result<Response<Body>, Problem> {
    given.none()?;
    let tracker = door.tracker.clone();
    let (tell, told) = mpsc::channel::<Value>(CHUNKS_WAITING_MAX);
    tokio::task::spawn_blocking(move || {
        let of = tracker.state().head();
        // A slow reader misses some of these lines.
        let mut progress = |verified| drop(tell.try_send(json!({ "verified": verified, "of": of })));
        let last = match tracker.verify(&mut progress) {
            Ok(verified) => verified_json(&tracker, &verified),
            Err(error) => {
                tracing::error!(%error, "the log is damaged");
                json!({ "error": error.to_string() })
            }
        };
        // A client that has gone needs no last line.
        let _ = tell.blocking_send(last);
    });
    let lines = stream::unfold(told, |mut told| async move {
        let line = told.recv().await?;
        Some((Ok::<String, Infallible>(format!("{line}\n")), told))
    });
    let mut response = Response::new(Body::from_stream(lines));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/x-ndjson"));
    Ok(response)
}

fn verified_json(tracker: &Tracker, verified: &Verified) -> Value {
    let head = &verified.head;
    json!({
        "position": head.position,
        "batches": head.batches,
        "recorded_at": (head.position > 0).then(|| rfc3339(head.recorded_at_ms)),
        "chain": hex(&head.chain),
        "log": hex(&tracker.identity()),
        "texts_removed": verified.texts_removed,
    })
}

/// Makes the problem of an internal error. The operator sees its cause; clients over TCP do not.
fn told(error: &dyn std::fmt::Display) -> Problem {
    tracing::error!(%error, "a command of the operator failed");
    Problem::say(ProblemKind::Internal, error.to_string(), error.to_string())
}

impl From<OfficeError> for Problem {
    fn from(error: OfficeError) -> Problem {
        match &error {
            OfficeError::BadId(id) => {
                let fault = Fault::say(
                    Code::BadKey,
                    format!("„{id}“: erlaubt sind 1 bis 64 Kleinbuchstaben, Ziffern, - und _"),
                    error.to_string(),
                );
                Problem::batch(vec![Mistake::at(&Origin::default(), "id", Some(id), fault)])
            }
            OfficeError::ExpiredAlready => {
                let fault = Fault::say(
                    Code::EndBeforeStart,
                    "Das Token wäre schon abgelaufen; einen Tag oder eine Zeit in der Zukunft nennen oder „expires“ weglassen",
                    "The token would have expired already; name a day or a time in the future, or leave \"expires\" out",
                );
                Problem::batch(vec![Mistake::at(&Origin::default(), "expires", None, fault)])
            }
            OfficeError::NoSuchOffice(id) => Problem::say(
                ProblemKind::UnknownThing,
                format!("Eine Stelle „{id}“ mit gültigem Token gibt es nicht"),
                error.to_string(),
            ),
            OfficeError::Io { .. } | OfficeError::Unreadable { .. } | OfficeError::NoRandomness => {
                told(&error)
            }
        }
    }
}

/// Reads the members of a JSON object one by one and collects the mistakes.
struct JsonMembers {
    members: Map<String, Value>,
    mistakes: Vec<Mistake>,
}

impl JsonMembers {
    async fn read(request: Request, known: &[&str]) -> Result<JsonMembers, Problem> {
        let body = upload::read(request, true).await?;
        let members = match serde_json::from_slice(&body) {
            Ok(Value::Object(members)) => members,
            Ok(_) | Err(_) => {
                let fault = Fault::say(
                    Code::Unreadable,
                    "Erwartet wird ein JSON-Objekt",
                    "A JSON object is expected",
                );
                return Err(Problem::batch(vec![Mistake::at(&Origin::default(), "", None, fault)]));
            }
        };
        let mut fields = JsonMembers { members, mistakes: Vec::new() };
        let unknown: Vec<String> =
            fields.members.keys().filter(|name| !known.contains(&name.as_str())).cloned().collect();
        for name in unknown {
            let allowed = known.join(", ");
            let fault = Fault::say(
                Code::UnknownField,
                format!("Das Feld „{name}“ gibt es nicht. Erlaubt: {allowed}"),
                format!("There is no field \"{name}\". Allowed: {allowed}"),
            );
            fields.mistake(&name, fault.near(&name, known.iter().copied()));
        }
        Ok(fields)
    }

    fn take<T>(&mut self, name: &str, read: impl Fn(&Value) -> Result<T, Fault>) -> Option<T> {
        let value = self.members.get(name).filter(|value| !value.is_null())?;
        match read(value) {
            Ok(read) => Some(read),
            Err(fault) => {
                self.mistake(name, fault);
                None
            }
        }
    }

    fn require(&mut self, name: &str, is_there: bool) {
        if !is_there && self.mistakes.iter().all(|mistake| mistake.field != name) {
            let fault =
                Fault::say(Code::MissingField, format!("„{name}“ fehlt"), format!("\"{name}\" is missing"));
            self.mistake(name, fault);
        }
    }

    fn mistake(&mut self, name: &str, fault: Fault) {
        self.mistakes.push(Mistake::at(&Origin::default(), name, None, fault));
    }

    fn finish(self) -> Result<(), Problem> {
        if self.mistakes.is_empty() { Ok(()) } else { Err(Problem::batch(self.mistakes)) }
    }
}

fn not_text() -> Fault {
    Fault::say(Code::WrongType, "Erwartet wird ein Text", "A text is expected")
}

/// Reads a list of words.
fn words<T, S: FromIterator<T>>(value: &Value, read: impl Fn(&str) -> Result<T, Fault>) -> Result<S, Fault> {
    let Value::Array(items) = value else {
        return Err(Fault::say(Code::WrongType, "Erwartet wird eine Liste", "A list is expected"));
    };
    items.iter().map(|item| item.as_str().ok_or_else(not_text).and_then(&read)).collect()
}

/// Reads the instant from which a token is no longer valid: RFC 3339, or a date whose last day is the last valid one.
fn instant(text: &str) -> Result<i64, Fault> {
    match read_rfc3339(text) {
        Some(instant) => Ok(instant),
        None => PartialDate::read(text).map(|date| end_of_berlin_day(date.last())),
    }
}
