//! What only the operator may do, over the socket file in the data folder: offices, backup, verification.

use crate::about::json_answer;
use crate::app::Door;
use crate::params::{Query, Reading};
use crate::problem::{Kind, Problem};
use crate::streaming::blocking;
use crate::write::upload;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{Response, StatusCode};
use ozg_core::mistake::{Code, Fault, Mistake, Origin};
use ozg_core::time::{end_of_berlin_day, read_rfc3339, rfc3339};
use ozg_core::words::{Area, AreaSet, PartialDate, Topic, TopicSet, nearest};
use ozg_tracker::{BackupError, Head, OfficeError, TokenRow};
use serde_json::{Map, Value, json};

/// Lists the offices and their tokens, without the tokens.
pub(crate) async fn offices(State(door): State<Door>, query: Query) -> Result<Response<Body>, Problem> {
    Reading::new(&query, &[]).finish()?;
    let rows = door.tracker.offices().list()?;
    let now_ms = door.now_ms();
    let row = |row: &TokenRow| {
        let status = match (row.revoked_at_ms, row.expires_at_ms) {
            (Some(_), _) => "revoked",
            (None, Some(expires)) if expires <= now_ms => "expired",
            (None, _) => "valid",
        };
        json!({
            "id": row.id,
            "areas": row.areas,
            "topics": row.topics,
            "status": status,
            "created": rfc3339(row.created_at_ms),
            "expires": row.expires_at_ms.map(rfc3339),
            "revoked": row.revoked_at_ms.map(rfc3339),
        })
    };
    Ok(json_answer(&json!({ "offices": rows.iter().map(row).collect::<Vec<_>>() })))
}

/// Gives an office a token, which is told this once.
pub(crate) async fn add(
    State(door): State<Door>,
    query: Query,
    request: Request,
) -> Result<Response<Body>, Problem> {
    Reading::new(&query, &[]).finish()?;
    let mut fields = Fields::read(request, &["id", "areas", "topics", "expires"]).await?;
    let id = fields.take("id", |value| value.as_str().map(str::to_owned).ok_or_else(not_text));
    let areas: Option<AreaSet> = fields.take("areas", |value| words(value, Area::read));
    let topics: Option<TopicSet> = fields.take("topics", |value| words(value, Topic::read));
    let expires = fields.take("expires", |value| value.as_str().ok_or_else(not_text).and_then(instant));
    fields.require("id", id.is_some());
    fields.finish()?;
    let (id, areas, topics) = (id.unwrap_or_default(), areas.unwrap_or_default(), topics.unwrap_or_default());
    let token = door.tracker.offices().add(&id, areas, topics, door.now_ms(), expires)?;
    let mut response = json_answer(&json!({
        "id": id,
        "areas": areas.iter().map(Area::id).collect::<Vec<_>>(),
        "topics": topics.iter().map(Topic::id).collect::<Vec<_>>(),
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
    query: Query,
) -> Result<Response<Body>, Problem> {
    Reading::new(&query, &[]).finish()?;
    let revoked = door.tracker.offices().revoke(&id, door.now_ms())?;
    Ok(json_answer(&json!({ "id": id, "revoked": revoked })))
}

/// Copies the log into a new file, verifying it, while everything goes on.
pub(crate) async fn backup(
    State(door): State<Door>,
    query: Query,
    request: Request,
) -> Result<Response<Body>, Problem> {
    Reading::new(&query, &[]).finish()?;
    let mut fields = Fields::read(request, &["to"]).await?;
    let to = fields.take("to", |value| match value.as_str() {
        Some(path) if path.starts_with('/') => Ok(std::path::PathBuf::from(path)),
        Some(_) => Err(Fault::say(
            Code::BadText,
            "Der Pfad beginnt mit /: der Server hat einen anderen Ordner als der Befehl",
            "The path starts with /: the server is in another folder than the command",
        )),
        None => Err(not_text()),
    });
    fields.require("to", to.is_some());
    fields.finish()?;
    let (tracker, to) = (door.tracker.clone(), to.unwrap_or_default());
    let path = to.display().to_string();
    let head = blocking(move || tracker.backup(&to, &mut |_| {})).await?.map_err(|error| match error {
        BackupError::Exists(_) | BackupError::InUse(_) => Problem::say(
            Kind::Conflict,
            format!("Die Datei {path} gibt es schon; eine andere nennen"),
            error.to_string(),
        ),
        BackupError::Read(_) | BackupError::Write(_) => told(&error),
    })?;
    let mut response = json_answer(&head_json(&head, json!({ "to": path })));
    *response.status_mut() = StatusCode::CREATED;
    Ok(response)
}

/// Verifies the chain of the log and every entry.
pub(crate) async fn verify(State(door): State<Door>, query: Query) -> Result<Response<Body>, Problem> {
    Reading::new(&query, &[]).finish()?;
    let tracker = door.tracker.clone();
    let head = blocking(move || tracker.verify(&mut |_| {})).await?.map_err(|error| told(&error))?;
    Ok(json_answer(&head_json(&head, json!({}))))
}

fn head_json(head: &Head, mut object: Value) -> Value {
    object["position"] = head.position.into();
    object["batches"] = head.batches.into();
    object["recorded_at"] = json!((head.position > 0).then(|| rfc3339(head.recorded_at_ms)));
    object["chain"] = head.chain.iter().map(|byte| format!("{byte:02x}")).collect::<String>().into();
    object
}

/// Tells the operator what went wrong inside, unlike others.
fn told(error: &dyn std::fmt::Display) -> Problem {
    tracing::error!(%error, "a command of the operator failed");
    Problem::say(Kind::Internal, error.to_string(), error.to_string())
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
            OfficeError::NoSuchOffice(id) => Problem::say(
                Kind::UnknownThing,
                format!("Eine Stelle „{id}“ mit gültigem Token gibt es nicht"),
                error.to_string(),
            ),
            OfficeError::Io { .. } | OfficeError::Unreadable { .. } | OfficeError::NoRandomness => {
                told(&error)
            }
        }
    }
}

/// The members of a JSON object, read one by one; what is wrong is collected.
struct Fields {
    members: Map<String, Value>,
    mistakes: Vec<Mistake>,
}

impl Fields {
    async fn read(request: Request, known: &[&str]) -> Result<Fields, Problem> {
        let body = upload::read(request, true).await?;
        let members = match serde_json::from_slice(&body) {
            Ok(Value::Object(members)) => members,
            Ok(_) | Err(_) => {
                let fault =
                    Fault::say(Code::Unreadable, "Gelesen wird ein JSON-Objekt", "A JSON object is read");
                return Err(Problem::batch(vec![Mistake::at(&Origin::default(), "", None, fault)]));
            }
        };
        let mut fields = Fields { members, mistakes: Vec::new() };
        let unknown: Vec<String> =
            fields.members.keys().filter(|name| !known.contains(&name.as_str())).cloned().collect();
        for name in unknown {
            let allowed = known.join(", ");
            let fault = Fault::say(
                Code::UnknownField,
                format!("Das Feld „{name}“ gibt es nicht. Erlaubt: {allowed}"),
                format!("There is no field \"{name}\". Allowed: {allowed}"),
            );
            let near = nearest(&name, known.iter().copied());
            fields.mistake(&name, near.into_iter().fold(fault, Fault::hint));
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
    Fault::say(Code::WrongType, "Hier steht ein Text", "This is a text")
}

/// Reads a list of words.
fn words<T, S: FromIterator<T>>(value: &Value, read: impl Fn(&str) -> Result<T, Fault>) -> Result<S, Fault> {
    let Value::Array(items) = value else {
        return Err(Fault::say(Code::WrongType, "Hier steht eine Liste", "This is a list"));
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
