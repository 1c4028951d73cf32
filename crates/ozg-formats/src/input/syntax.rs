//! Explains in both languages why a text is not JSON, with line and column.

use super::sink::{line_number, unreadable};
use ozg_core::mistake::Mistake;

/// Makes the mistake of a text that is not JSON; `lines_before` is the number of lines before this text.
pub(crate) fn syntax(error: &serde_json::Error, lines_before: usize) -> Mistake {
    let (line, column) = (error.line() + lines_before, error.column());
    let (de, en) = reason(error);
    unreadable(
        line_number(line),
        format!("Kein JSON ab Zeile {line}, Spalte {column}: {de}"),
        format!("No JSON from line {line}, column {column}: {en}"),
    )
}

/// Returns the reason of the parser in both languages.
pub(crate) fn reason(error: &serde_json::Error) -> (String, String) {
    let english = error.to_string();
    let english = english.split(" at line ").next().unwrap_or_default().to_owned();
    if error.is_eof() {
        return ("der Text bricht ab".to_owned(), format!("the text breaks off ({english})"));
    }
    let known = REASONS.iter().find(|(start, _)| english.starts_with(start));
    let german = known.map_or("ungültig", |(_, german)| german);
    (german.to_owned(), english.replace("expected ident", "expected value"))
}

/// The reasons of the parser, in English and in German.
const REASONS: [(&str, &str); 14] = [
    ("expected value", "ein Wert wird erwartet"),
    ("expected ident", "ein Wert wird erwartet"),
    ("expected `:`", "ein Doppelpunkt wird erwartet"),
    ("expected `,` or `}`", "ein Komma oder } wird erwartet"),
    ("expected `,` or `]`", "ein Komma oder ] wird erwartet"),
    ("trailing comma", "ein Komma ist zu viel"),
    ("trailing characters", "hinter dem Ende steht noch etwas"),
    ("key must be a string", "ein Schlüssel steht nicht in Anführungszeichen"),
    ("control character", "ein Steuerzeichen (etwa ein Zeilenumbruch) steht in einem Text"),
    ("invalid escape", "hinter \\ steht ein falsches Zeichen"),
    ("invalid number", "das ist keine Zahl"),
    ("unexpected end of hex escape", "\\u bezeichnet kein ganzes Zeichen"),
    ("lone leading surrogate", "\\u bezeichnet kein ganzes Zeichen"),
    ("recursion limit", "zu tief geschachtelt"),
];
