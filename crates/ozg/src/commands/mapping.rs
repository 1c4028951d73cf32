//! Mappings of sheets: read from a file and sent with each sheet, kept by a name, and drafted from a sheet.

use crate::answer;
use crate::cli::Import;
use crate::connection::{Connection, request};
use crate::failure::{Failure, tell};
use crate::language::{of_terminal, say};
use crate::written;
use ozg_core::mistake::Mistake;
use ozg_core::query::{escape, escape_part};
use ozg_formats::input::{InputKind, Mapping, map_draft};
use ozg_formats::problem::mistake_line;
use ozg_http::message::header::CONTENT_TYPE;
use ozg_http::message::{Body, HeaderValue, Method};
use std::path::Path;

/// The longest mapping that is sent with a sheet, in bytes of an address; a longer one is kept by a name first.
const ADDRESS_BYTES_MAX: usize = 48 << 10;

/// Returns the parameter of an import that names or holds its mapping; keeps the mapping, where both a file and a name are
/// given.
pub(crate) async fn parameter(connection: &Connection, arguments: &Import) -> Result<String, Failure> {
    match (&arguments.map, &arguments.map_name) {
        (None, None) => Ok(String::new()),
        (None, Some(name)) => Ok(format!("&map={}", escape(name))),
        (Some(file), Some(name)) => {
            keep(connection, name, read(file)?).await?;
            Ok(format!("&map={}", escape(name)))
        }
        (Some(file), None) => {
            let parameter = format!("&mapping={}", escape(&read(file)?));
            if parameter.len() > ADDRESS_BYTES_MAX {
                return Err(Failure::said(format!(
                    "{}: {}",
                    file.display(),
                    say(
                        "die Zuordnung ist zu lang für eine Anfrage; mit --map-name NAME behalten",
                        "the mapping is too long for a request; keep it with --map-name NAME"
                    )
                )));
            }
            Ok(parameter)
        }
    }
}

/// Reads a mapping from a file; its mistakes name the file and the key.
fn read(file: &Path) -> Result<String, Failure> {
    let name = file.display().to_string();
    let text = std::fs::read_to_string(file).map_err(|error| Failure::said(format!("{name}: {error}")))?;
    match Mapping::read(&text) {
        Ok(_) => Ok(text),
        Err(mistakes) => Err(Failure::Mistakes(lines(&name, &mistakes))),
    }
}

fn lines(name: &str, mistakes: &[Mistake]) -> Vec<String> {
    mistakes.iter().map(|mistake| mistake_line(name, mistake, of_terminal())).collect()
}

async fn keep(connection: &Connection, name: &str, text: String) -> Result<(), Failure> {
    let path = format!("/v1/mappings/{}", escape_part(name));
    let mut request = request(Method::PUT, &path, Body::from(text))?;
    request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    connection.sign(&mut request).await?;
    answer::json(connection.send(request).await?, None).await.map(drop)
}

/// Writes a mapping for a sheet, as far as it is understood. Once every column is, a check of the sheet tells which words and
/// names are not.
pub(crate) async fn draft(
    connection: &Connection,
    arguments: &Import,
    out: &Path,
    (sheet, bytes): (&Path, &[u8]),
) -> Result<(), Failure> {
    let name = sheet.display().to_string();
    let kind = InputKind::of_file(&name, bytes, arguments.sheet().as_deref());
    let given = arguments.map.as_ref().map(|file| read(file)).transpose()?;
    let given = given.and_then(|text| Mapping::read(&text).ok());
    let of_sheet = |mistakes: Vec<Mistake>| Failure::Mistakes(lines(&name, &mistakes));
    let asked = arguments.sheet();
    let read = (bytes, asked.as_deref());
    let mut text = map_draft(read, kind, given.as_ref(), &[]).map_err(of_sheet)?;
    if let Ok(mapping) = Mapping::read(&text) {
        let path = format!("/v1/events?as={}&dry_run=true&mapping={}", kind.row().id, escape(&text));
        let path = arguments.on.iter().fold(path, |path, on| format!("{path}&on={}", escape(on)));
        let path =
            arguments.sheet().iter().fold(path, |path, sheet| format!("{path}&sheet={}", escape(sheet)));
        let mut request = request(Method::POST, &path, Body::from(bytes.to_vec()))?;
        connection.sign(&mut request).await?;
        let mistakes = answer::problem(connection.send(request).await?).await?;
        text = map_draft(read, kind, Some(&mapping), &mistakes).map_err(of_sheet)?;
    }
    written::write(out, text.as_bytes(), false)?;
    tell(out.display())
}
