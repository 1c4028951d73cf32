//! `ozg import` sends each file as one request, which is recorded whole or not at all.

use super::difference;
use super::simulate::bar;
use crate::answer;
use crate::cli::Import;
use crate::connection::{Connection, request};
use crate::failure::{Failure, tell};
use crate::language::of_terminal;
use indicatif::ProgressBar;
use ozg_core::words::Language;
use ozg_formats::input::InputKind;
use ozg_formats::sheets::write_report;
use ozg_http::message::header::CONTENT_TYPE;
use ozg_http::message::{Body, Bytes, HeaderValue, Method, to_bytes};
use serde_json::Value;
use std::io::Read;
use std::path::Path;

/// Bytes of a file that are sent at once; after each chunk the progress bar moves.
const CHUNK_BYTES: usize = 256 << 10;
/// Largest problem that is read back into a report, in bytes.
const PROBLEM_BYTES_MAX: usize = 64 << 20;

pub(crate) async fn run(connection: &Connection, arguments: &Import) -> Result<(), Failure> {
    for file in &arguments.files {
        let name = shown(file);
        let bytes = read(file).map_err(|error| Failure::said(format!("{name}: {error}")))?;
        let kind = match &arguments.kind {
            Some(id) => InputKind::read(id)
                .map_err(|fault| Failure::said(fault.message.in_language(of_terminal())))?,
            None => InputKind::of_file(&name, &bytes),
        };
        let sending = Sending { connection, arguments, name: &name, kind };
        // What an edition changes is shown before it is recorded.
        if kind.row().is_edition {
            let receipt = sending.send(bytes.clone(), true).await?;
            difference::tell_all(&name, &receipt, arguments.verbose)?;
        }
        let receipt = sending.send(bytes, arguments.dry_run).await?;
        tell(format!("{name}: {}", summary(&receipt)))?;
    }
    Ok(())
}

/// One file on its way.
struct Sending<'a> {
    connection: &'a Connection,
    arguments: &'a Import,
    name: &'a str,
    kind: InputKind,
}

impl Sending<'_> {
    /// Sends the file and returns the receipt; mistakes go into the file of `--report`, if it is named.
    async fn send(&self, bytes: Bytes, dry_run: bool) -> Result<Value, Failure> {
        let mut request = request(Method::POST, &self.path(dry_run), Body::empty())?;
        let progress = bar(bytes.len() as u64).with_message("Bytes");
        *request.body_mut() = counted(bytes.clone(), progress.clone());
        let content_type = HeaderValue::from_static(self.kind.row().content_types[0]);
        request.headers_mut().insert(CONTENT_TYPE, content_type);
        self.connection.sign(&mut request).await?;
        let response = self.connection.send(request).await;
        progress.finish_and_clear();
        let response = response?;
        let Some(report) = self.arguments.report.as_ref().filter(|_| !response.status().is_success()) else {
            return answer::json(response, Some(self.name)).await;
        };
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, PROBLEM_BYTES_MAX).await.map_err(Failure::said)?;
        let problem: Value = serde_json::from_slice(&body).unwrap_or_default();
        let sheet = write_report(&bytes, &answer::mistakes(&problem), of_terminal())?;
        std::fs::write(report, sheet)
            .map_err(|error| Failure::said(format!("{}: {error}", report.display())))?;
        tell(report.display())?;
        Err(answer::refused(parts.status, &body, Some(self.name)))
    }

    fn path(&self, dry_run: bool) -> String {
        let Import { on_conflict, on, accept_jump, .. } = self.arguments;
        let kind = self.kind.row().id;
        let mut path = format!("/v1/events?as={kind}&on_conflict={on_conflict}&dry_run={dry_run}");
        on.iter().for_each(|on| path.push_str(&format!("&on={on}")));
        if *accept_jump {
            path.push_str("&accept_jump=true");
        }
        path
    }
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

/// Makes a body of chunks that moves the progress bar.
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

/// Sums a receipt up in one line.
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
