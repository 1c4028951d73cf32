//! `ozg import` checks all files, then sends each as one request, which is recorded whole or not at all.

use super::remarks::{tell_entries, tell_reading};
use super::simulate::bar;
use super::{difference, mapping};
use crate::answer;
use crate::cli::Import;
use crate::connection::{Connection, request};
use crate::failure::{Failure, tell};
use crate::language::{of_terminal, say};
use crate::written;
use indicatif::ProgressBar;
use ozg_core::mistake::Code;
use ozg_core::query::escape;
use ozg_core::words::Language;
use ozg_formats::input::InputKind;
use ozg_formats::sheets::write_report;
use ozg_http::message::header::CONTENT_TYPE;
use ozg_http::message::{Body, Bytes, HeaderValue, Method, Response, to_bytes};
use serde_json::Value;
use std::io::Read;
use std::path::Path;

/// Bytes of a file that are sent at once; after each chunk the progress bar moves.
const CHUNK_BYTES: usize = 256 << 10;
/// Largest problem that is read back into a report, in bytes.
const PROBLEM_BYTES_MAX: usize = 64 << 20;
/// The mistakes that a file may have only because the file before it is not recorded yet.
const DEPENDENT: [Code; 5] =
    [Code::UnknownService, Code::UnknownPlace, Code::UnknownEntry, Code::NotReached, Code::StandingUnclear];

pub(crate) async fn run(connection: &Connection, arguments: &Import) -> Result<(), Failure> {
    if let (Some(out), Some(sheet)) = (&arguments.map_draft, arguments.files.first()) {
        let bytes = read(sheet).map_err(|error| Failure::said(format!("{}: {error}", shown(sheet))))?;
        return mapping::draft(connection, arguments, out, (sheet.as_path(), &bytes[..])).await;
    }
    check_report(arguments)?;
    let mapping = mapping::parameter(connection, arguments).await?;
    let mut files = Vec::new();
    for file in &arguments.files {
        files.push(Sending::read(connection, arguments, file, &mapping)?);
    }
    if files.len() > 1 && !arguments.dry_run {
        check_all(&files).await?;
    }
    let mut refused = Vec::new();
    for file in &files {
        match file.record().await {
            // A check names the mistakes of all files.
            Err(failure) if arguments.dry_run && !failure.is_closed_pipe() => refused.push(failure),
            recorded => recorded?,
        }
    }
    if refused.is_empty() { Ok(()) } else { Err(Failure::all(refused)) }
}

/// Checks every file, so that none is recorded if one of them cannot be.
async fn check_all(files: &[Sending<'_>]) -> Result<(), Failure> {
    let mut refused = Vec::new();
    for (index, file) in files.iter().enumerate() {
        let response = file.request(true).await?;
        if response.status().is_success() {
            continue;
        }
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, PROBLEM_BYTES_MAX).await.map_err(Failure::said)?;
        let mistakes = answer::mistakes(&serde_json::from_slice(&body).unwrap_or_default());
        let depends = |code: &Code| DEPENDENT.contains(code);
        if index == 0 || mistakes.is_empty() || !mistakes.iter().all(|mistake| depends(&mistake.code)) {
            refused.push(answer::refused(parts.status, &body, Some(&file.name)));
        }
    }
    if refused.is_empty() {
        return Ok(());
    }
    let none = say("keine der Dateien wurde aufgezeichnet", "none of the files was recorded");
    refused.push(Failure::said(none));
    Err(Failure::all(refused))
}

/// Checks that a report can be written, before anything is sent.
fn check_report(arguments: &Import) -> Result<(), Failure> {
    let Some(report) = &arguments.report else { return Ok(()) };
    let refused = |why: &str| Err(Failure::said(format!("{}: {why}", report.display())));
    let real = |path: &Path| path.canonicalize().ok();
    if arguments.files.len() > 1 {
        return refused(say("--report ist für eine einzige Datei", "--report is for a single file"));
    }
    if arguments.sheets.len() > 1 || arguments.sheets.iter().any(|sheet| sheet.eq_ignore_ascii_case("all")) {
        return refused(say("--report ist für ein einziges Tabellenblatt", "--report is for a single sheet"));
    }
    if arguments
        .files
        .iter()
        .any(|file| file == report || (real(file).is_some() && real(file) == real(report)))
    {
        return refused(say(
            "der Bericht würde die Eingabe ersetzen; eine andere Datei nennen",
            "the report would replace its input; name another file",
        ));
    }
    if !report.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx")) {
        return refused(say(
            "ein Bericht ist XLSX; die Datei .xlsx nennen",
            "a report is XLSX; name the file .xlsx",
        ));
    }
    if report.exists() && !arguments.force {
        return Err(written::exists(report));
    }
    Ok(())
}

/// One file on its way.
struct Sending<'a> {
    connection: &'a Connection,
    arguments: &'a Import,
    name: String,
    bytes: Bytes,
    kind: InputKind,
    /// The parameter of its mapping.
    mapping: &'a str,
}

impl<'a> Sending<'a> {
    fn read(
        connection: &'a Connection,
        arguments: &'a Import,
        file: &Path,
        mapping: &'a str,
    ) -> Result<Sending<'a>, Failure> {
        let name = shown(file);
        let bytes = read(file).map_err(|error| Failure::said(format!("{name}: {error}")))?;
        let kind = match &arguments.kind {
            Some(id) => InputKind::read(id)
                .map_err(|fault| Failure::said(fault.message.in_language(of_terminal())))?,
            None => InputKind::of_file(&name, &bytes, arguments.sheet().as_deref()),
        };
        Ok(Sending { connection, arguments, name, bytes, kind, mapping })
    }

    /// Records the file and tells what became of it.
    async fn record(&self) -> Result<(), Failure> {
        let Import { dry_run, verbose, .. } = *self.arguments;
        // What an edition changes is shown before it is recorded.
        if self.kind.row().is_edition {
            difference::tell_all(&self.name, &self.send(true).await?, verbose)?;
        }
        let receipt = self.send(dry_run).await?;
        if !self.kind.row().is_edition {
            tell_reading(&self.name, &receipt, verbose)?;
        }
        tell_entries(&self.name, &receipt, verbose)?;
        tell(format!("{}: {}", self.name, summary(&receipt)))
    }

    /// Sends the file and returns the receipt; mistakes go into the file of `--report`, if it is named.
    async fn send(&self, dry_run: bool) -> Result<Value, Failure> {
        let response = self.request(dry_run).await?;
        let Some(report) = self.arguments.report.as_ref().filter(|_| !response.status().is_success()) else {
            return answer::json(response, Some(&self.name)).await;
        };
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, PROBLEM_BYTES_MAX).await.map_err(Failure::said)?;
        let problem: Value = serde_json::from_slice(&body).unwrap_or_default();
        let sheet = self.arguments.sheet();
        let sheet = write_report(&self.bytes, sheet.as_deref(), &answer::mistakes(&problem), of_terminal())?;
        written::write(report, &sheet, self.arguments.force)?;
        tell(report.display())?;
        Err(answer::refused(parts.status, &body, Some(&self.name)))
    }

    async fn request(&self, dry_run: bool) -> Result<Response<Body>, Failure> {
        let mut request = request(Method::POST, &self.path(dry_run), Body::empty())?;
        let progress = bar(self.bytes.len() as u64).with_message("Bytes");
        *request.body_mut() = counted(self.bytes.clone(), progress.clone());
        let content_type = HeaderValue::from_static(self.kind.row().content_types[0]);
        request.headers_mut().insert(CONTENT_TYPE, content_type);
        self.connection.sign(&mut request).await?;
        let response = self.connection.send(request).await;
        progress.finish_and_clear();
        response
    }

    fn path(&self, dry_run: bool) -> String {
        let Import { on_conflict, on, accept_jump, reason, .. } = self.arguments;
        let kind = self.kind.row().id;
        let mut path = format!("/v1/events?as={kind}&on_conflict={on_conflict}&dry_run={dry_run}");
        on.iter().for_each(|on| path.push_str(&format!("&on={}", escape(on))));
        let sheet = self.arguments.sheet();
        sheet.iter().for_each(|sheet| path.push_str(&format!("&sheet={}", escape(sheet))));
        path.push_str(self.mapping);
        let reason = reason.iter().map(|reason| format!("&withdraw_missing={}", escape(reason)));
        reason.for_each(|reason| path.push_str(&reason));
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
