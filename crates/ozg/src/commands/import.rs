//! `ozg import`: each file is one request, recorded whole or not at all.

use super::simulate::bar;
use crate::answer;
use crate::cli::Import;
use crate::connection::{Connection, request};
use crate::failure::{Failure, tell};
use crate::language::of_terminal;
use axum::body::{Body, Bytes};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, Method};
use indicatif::ProgressBar;
use ozg_core::words::Language;
use ozg_formats::input::InputKind;
use serde_json::Value;
use std::io::Read;
use std::path::Path;

/// How a file is sent: so many bytes at once, so that progress can be shown.
const CHUNK_BYTES: usize = 256 << 10;

pub(crate) async fn run(connection: &Connection, arguments: &Import) -> Result<(), Failure> {
    for file in &arguments.files {
        let name = shown(file);
        let bytes = read(file).map_err(|error| Failure::said(format!("{name}: {error}")))?;
        let receipt = send(connection, arguments, &name, bytes).await?;
        tell(format!("{name}: {}", summary(&receipt)))?;
    }
    Ok(())
}

fn shown(file: &Path) -> String {
    if file.as_os_str() == "-" { "stdin".to_owned() } else { file.display().to_string() }
}

fn read(file: &Path) -> std::io::Result<Bytes> {
    if file.as_os_str() != "-" {
        return std::fs::read(file).map(Bytes::from);
    }
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes.into())
}

async fn send(
    connection: &Connection,
    arguments: &Import,
    name: &str,
    bytes: Bytes,
) -> Result<Value, Failure> {
    let mut path = format!("/v1/events?on_conflict={}&dry_run={}", arguments.on_conflict, arguments.dry_run);
    let mut content_type = "application/octet-stream";
    match &arguments.kind {
        Some(kind) => {
            InputKind::read(kind).map_err(|fault| Failure::said(fault.message.in_language(of_terminal())))?;
            path.push_str(&format!("&as={kind}"));
        }
        None => content_type = InputKind::of_file(name, &bytes).row().content_types[0],
    }
    let progress = bar(bytes.len() as u64).with_message("Bytes");
    let mut request = request(Method::POST, &path, counted(bytes, progress.clone()))?;
    request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    connection.sign(&mut request).await?;
    let response = connection.send(request).await;
    progress.finish_and_clear();
    answer::json(response?, Some(name)).await
}

/// Sends bytes in chunks and tells how many have gone.
fn counted(bytes: Bytes, progress: ProgressBar) -> Body {
    let chunks = futures_util::stream::unfold(bytes, move |mut rest| {
        let progress = progress.clone();
        async move {
            if rest.is_empty() {
                return None;
            }
            let chunk = rest.split_to(rest.len().min(CHUNK_BYTES));
            progress.inc(chunk.len() as u64);
            Some((Ok::<Bytes, std::io::Error>(chunk), rest))
        }
    });
    Body::from_stream(chunks)
}

/// Says what a receipt says, in one line.
pub(crate) fn summary(receipt: &Value) -> String {
    let number = |name: &str| receipt[name].as_u64().unwrap_or(0);
    let (recorded, unchanged, skipped) = (number("recorded"), number("unchanged"), number("skipped"));
    let (head, dry_run) = (number("head"), receipt["dry_run"] == Value::Bool(true));
    match (of_terminal(), dry_run) {
        (Language::German, false) => {
            format!(
                "{recorded} aufgezeichnet, {unchanged} unverändert, {skipped} ausgelassen; letzte Position {head}"
            )
        }
        (Language::German, true) => {
            format!(
                "{recorded} würden aufgezeichnet, {unchanged} unverändert, {skipped} ausgelassen; nichts wurde aufgezeichnet"
            )
        }
        (Language::English, false) => {
            format!("{recorded} recorded, {unchanged} unchanged, {skipped} skipped; last position {head}")
        }
        (Language::English, true) => {
            format!(
                "{recorded} would be recorded, {unchanged} unchanged, {skipped} skipped; nothing was recorded"
            )
        }
    }
}
