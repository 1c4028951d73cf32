//! `ozg series`: a question, answered as a table, a chart, CSV or JSON.

use super::rows::Answer;
use crate::answer;
use crate::cli::{Series, SeriesForm};
use crate::connection::Connection;
use crate::failure::Failure;
use crate::language::of_terminal;
use ozg_formats::series::{Lines, Publication, write_chart, write_table};
use std::io::{IsTerminal, Write};

/// Size of a chart, in characters and lines, without its labels.
const CHART_WIDTH: usize = 64;
const CHART_HEIGHT: usize = 10;

pub(crate) async fn run(connection: &Connection, arguments: &Series) -> Result<(), Failure> {
    let ending = if arguments.format == Some(SeriesForm::Csv) { "csv" } else { "json" };
    let pairs = arguments.parameters.0.iter().map(|(name, value)| format!("{name}={}", escape(value)));
    let query: Vec<String> = pairs.collect();
    let path = format!("/v1/series/{}.{ending}?{}", escape(&arguments.measure), query.join("&"));
    let response = connection.get(path.trim_end_matches('?')).await?;
    let form = match arguments.format {
        Some(SeriesForm::Csv | SeriesForm::Json) => return answer::copy(response, None).await,
        other => other,
    };
    let mut answer = Answer::read(&answer::json(response, None).await?)?;
    if answer.header.query.language.is_none() {
        // The server cites in German where no language is asked for; here it is that of the terminal.
        let Answer { header, publication, .. } = &mut answer;
        publication.operator = Publication::operator_of(&publication.citation, header);
        publication.citation = publication.citation_in(header, of_terminal());
    }
    let mut out = Vec::new();
    let on_terminal = std::io::stdout().is_terminal();
    if form != Some(SeriesForm::Chart) {
        write_table(&answer.header, &answer.publication, &mut answer.rows.iter().cloned(), &mut out)?;
    }
    if form == Some(SeriesForm::Chart) || (form.is_none() && on_terminal) {
        let lines = Lines::of(&answer.header, answer.rows.iter().cloned());
        write_chart(&lines, CHART_WIDTH, CHART_HEIGHT, &mut out)?;
    }
    let mut stdout = std::io::stdout().lock();
    stdout.write_all(&out)?;
    Ok(stdout.flush()?)
}

/// Escapes what may not stand in a path or query (RFC 3986).
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b',' | b':' => {
                escaped.push(char::from(byte));
            }
            _ => escaped.push_str(&format!("%{byte:02X}")),
        }
    }
    escaped
}
