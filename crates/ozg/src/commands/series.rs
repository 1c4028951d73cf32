//! `ozg series` answers a question as a table, as a chart, or in any format of series.

use super::rows::Answer;
use crate::answer;
use crate::cli::{CHART, Series, TABLE};
use crate::connection::Connection;
use crate::failure::Failure;
use crate::language::of_terminal;
use crate::written;
use ozg_core::query::{Query, Shape, escape_part, query_string};
use ozg_core::words::Language;
use ozg_formats::series::{DrawnLines, Format, write_chart, write_table};
use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::Path;

/// Size of a chart, in characters and lines, without its labels.
const CHART_WIDTH: usize = 64;
const CHART_HEIGHT: usize = 10;

pub(crate) async fn run(connection: &Connection, arguments: &Series) -> Result<(), Failure> {
    let form = arguments.format.as_deref();
    let file = arguments.out.as_deref();
    if let Some(file) = file.filter(|file| !arguments.force && file.exists()) {
        return Err(written::exists(file));
    }
    let format = form.and_then(|form| Format::read(form).ok());
    if file.is_none() && format.is_some_and(|format| format.is_binary) && std::io::stdout().is_terminal() {
        return Err(Failure::Said(written::not_for_terminals(form.unwrap_or_default(), "series")));
    }
    // The server makes, or refuses, every format but the two that are made here.
    let ending = form.filter(|form| !is_made_here(form));
    // What is made here needs all columns, and shows those that are asked for.
    let given = arguments.parameters.0.iter().cloned();
    let (columns, others): (Vec<_>, Vec<_>) =
        given.partition(|(name, _)| ending.is_none() && *name == "columns");
    let columns = columns.first().map(|(_, columns)| columns.as_str());
    let query = query_string(&others);
    let measure = escape_part(&arguments.measure);
    let path = format!("/v1/series/{measure}.{}?{}", ending.unwrap_or("json"), query);
    let response = connection.get(path.trim_end_matches('?')).await?;
    if ending.is_none() {
        let answer = Answer::read(&answer::json(response, None).await?, columns)?;
        let shown = shown(&answer, (form, file));
        return written::put(&shown?, file, arguments.force);
    }
    answer::put(response, file, arguments.force).await
}

fn is_made_here(form: &str) -> bool {
    form == TABLE || form == CHART
}

/// Makes a table or a chart; on a terminal, without `--format`, both.
fn shown(of: &Answer, (form, file): (Option<&str>, Option<&Path>)) -> Result<Vec<u8>, Failure> {
    let Answer { header, rows, publication } = of;
    let (mut header, mut publication) = (header.clone(), publication.clone());
    if header.query.language.is_none() {
        // The server cites in German where no language is asked for; here it is that of the terminal.
        publication.citation = publication.citation_in(&header, of_terminal());
        header.query.language = Some(of_terminal()).filter(|language| *language == Language::German);
    }
    if form == Some(CHART) {
        let drawn = Query { shape: Shape::Wide, ..header.query.clone() };
        drawn.check_adapted(&[]).map_err(|mistakes| answer::mistaken(&mistakes))?;
    }
    let mut out = Vec::new();
    let on_terminal = file.is_none() && std::io::stdout().is_terminal();
    if form != Some(CHART) {
        write_table(&header, &publication, &mut rows.iter().cloned(), &mut out)?;
    }
    if form == Some(CHART) || (form.is_none() && on_terminal) {
        write_chart(
            &DrawnLines::of_chart(&header, &BTreeMap::new(), rows.iter().cloned()),
            CHART_WIDTH,
            CHART_HEIGHT,
            &mut out,
        )?;
    }
    Ok(out)
}
