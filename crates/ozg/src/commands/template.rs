//! `ozg template` writes an XLSX sheet to fill in.

use crate::answer;
use crate::cli::Template;
use crate::connection::Connection;
use crate::failure::{Failure, tell};
use crate::language::of_terminal;
use crate::written;
use ozg_core::query::escape;
use ozg_core::words::Language;
use ozg_formats::sheets::{SheetKind, write_template};
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

pub(crate) fn run(arguments: &Template) -> Result<(), Failure> {
    let Some(kind) = SheetKind::named(&arguments.kind) else { return Ok(()) };
    let language = match arguments.lang.as_deref() {
        Some("de") => Language::German,
        Some(_) => Language::English,
        None => of_terminal(),
    };
    save(arguments, kind, &write_template(kind, language)?)
}

/// Writes the sheet with what stands.
pub(crate) async fn filled(connection: &Connection, arguments: &Template) -> Result<(), Failure> {
    let Some(kind) = SheetKind::named(&arguments.kind) else { return Ok(()) };
    let lang = arguments.lang.as_deref().unwrap_or(of_terminal().tag());
    let mut path = format!("/v1/templates/{}.xlsx?filled=true&lang={lang}", kind.id());
    for (name, value) in [("area", &arguments.area), ("service", &arguments.service)] {
        value.iter().for_each(|value| path.push_str(&format!("&{name}={}", escape(value))));
    }
    save(arguments, kind, &answer::bytes(connection.get(&path).await?, None).await?)
}

fn save(arguments: &Template, kind: SheetKind, bytes: &[u8]) -> Result<(), Failure> {
    let file = arguments.out.clone().unwrap_or_else(|| PathBuf::from(format!("{}.xlsx", kind.id())));
    if file == Path::new("-") {
        return to_output(bytes);
    }
    written::write(&file, bytes, arguments.force)?;
    tell(file.display())
}

/// Writes bytes that no terminal can show to standard output.
pub(crate) fn to_output(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    if out.is_terminal() {
        return Err(Failure::said(crate::language::say(
            "die Ausgabe ist kein Text; mit --out FILE in eine Datei schreiben",
            "the output is no text; write it to a file with --out FILE",
        )));
    }
    Ok(out.write_all(bytes)?)
}
