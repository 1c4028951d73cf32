//! Reads the body of a write, within its limits.

use crate::limits::{BODY_BYTES_MAX, BODY_BYTES_MAX_LOCAL, BODY_STALL_TIMEOUT};
use crate::problem::{Problem, ProblemKind};
use axum::extract::Request;
use axum::http::header::{ACCEPT, ACCEPT_ENCODING, CONNECTION, CONTENT_LENGTH};
use futures_util::StreamExt;
use ozg_formats::input::INPUTS;
use serde_json::Value;

/// Reads the whole body.
///
/// # Errors
/// 413 for a body beyond the limit, as soon as its size is known; 400 for one that breaks off or stalls.
pub(crate) async fn read(request: Request, is_local: bool) -> Result<Vec<u8>, Problem> {
    let limit = if is_local { BODY_BYTES_MAX_LOCAL } else { BODY_BYTES_MAX };
    let announced =
        request.headers().get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|announced| announced > limit) {
        return Err(too_large(limit));
    }
    let mut body = Vec::with_capacity(announced.unwrap_or(0).min(limit));
    let mut frames = request.into_body().into_data_stream();
    loop {
        match tokio::time::timeout(BODY_STALL_TIMEOUT, frames.next()).await {
            Ok(None) => return Ok(body),
            Ok(Some(Ok(frame))) if body.len() + frame.len() > limit => return Err(too_large(limit)),
            Ok(Some(Ok(frame))) => body.extend_from_slice(&frame),
            Ok(Some(Err(_))) | Err(_) => {
                return Err(Problem::say(
                    ProblemKind::Unreadable,
                    "Die Anfrage bricht ab, bevor sie vollständig ist",
                    "The request breaks off before it is complete",
                ));
            }
        }
    }
}

/// Makes the problem of a body beyond the limit, which it names. The connection ends, since the rest is not read.
fn too_large(limit: usize) -> Problem {
    let mebibytes = limit >> 20;
    Problem::say(
        ProblemKind::TooLarge,
        format!("Höchstens {mebibytes} MiB auf einmal; die Datei teilen"),
        format!("At most {mebibytes} MiB at once; split the file"),
    )
    .with("limit", limit)
    .header(CONNECTION, "close")
}

pub(crate) fn wrong_media_type(named: Option<&str>) -> Problem {
    let mut allowed: Vec<&str> = INPUTS.iter().flat_map(|input| input.content_types).copied().collect();
    let mut seen = std::collections::BTreeSet::new();
    allowed.retain(|name| seen.insert(*name));
    let list = allowed.join(", ");
    let (de, en) = match named {
        Some(named) => (format!("„{named}“ wird nicht gelesen"), format!("\"{named}\" is not read")),
        None => ("Der Kopf Content-Type fehlt".to_owned(), "The header Content-Type is missing".to_owned()),
    };
    Problem::say(
        ProblemKind::WrongMediaType,
        format!("{de}. Erlaubt: {list}"),
        format!("{en}. Allowed: {list}"),
    )
    .with("allowed", allowed.iter().map(|name| Value::from(*name)).collect::<Value>())
    .header(ACCEPT, &list)
}

pub(crate) fn wrong_coding(coding: &str) -> Problem {
    Problem::say(
        ProblemKind::WrongMediaType,
        format!("Die Kodierung „{coding}“ wird nicht gelesen; den Inhalt unkomprimiert senden"),
        format!("The coding \"{coding}\" is not read; send the content uncompressed"),
    )
    .header(ACCEPT_ENCODING, "identity")
}
