//! Commands that show a list: as a table on a terminal, or as the server writes it.

use crate::answer;
use crate::cli::{Listing, TABLE, XLSX};
use crate::connection::Connection;
use crate::failure::Failure;
use crate::language::{of_terminal, say};
use crate::listed::Listed;
use crate::written;
use ozg_core::query::query_string;
use ozg_core::words::Language;
use ozg_formats::lists::{heading, write_list_table};
use serde_json::Value;
use std::io::{IsTerminal, Write};

/// Rows of a table where no other number is asked for, of a list that is read in pages.
const TABLE_ROWS: usize = 100;
/// Columns that a table leaves out: positions name entries, and addresses are too long for a terminal.
const LEFT_OUT: [&str; 2] = ["id", "source_url"];

pub(crate) async fn run<L: Listed>(connection: &Connection, arguments: &Listing<L>) -> Result<(), Failure> {
    let (form, file) = (arguments.format.as_deref().unwrap_or(TABLE), arguments.out.as_deref());
    if let Some(file) = file.filter(|file| !arguments.force && file.exists()) {
        return Err(written::exists(file));
    }
    if form == XLSX && file.is_none() && std::io::stdout().is_terminal() {
        return Err(Failure::Said(written::not_for_terminals(form, L::NAME)));
    }
    if form == TABLE {
        return written::put(&table(connection, arguments).await?, file, arguments.force);
    }
    let path = format!("/v1/{}.{form}?{}", L::NAME, query_string(&arguments.parameters.0));
    answer::put(connection.get(path.trim_end_matches('?')).await?, file, arguments.force).await
}

/// Makes the table, with words and headings in the language that was asked for, else that of the terminal.
async fn table<L: Listed>(connection: &Connection, arguments: &Listing<L>) -> Result<Vec<u8>, Failure> {
    let mut parameters = arguments.parameters.0.clone();
    let given = |name: &str| arguments.parameters.0.iter().find(|(known, _)| *known == name);
    let is_known = |name: &str| ozg_http::list_parameters(L::NAME).any(|known| known.name == name);
    let language = match given("lang") {
        Some((_, tag)) => Language::read(tag),
        None => Some(of_terminal()).filter(|language| *language == Language::German),
    };
    if let (Some(language), None, true) = (language, given("lang"), is_known("lang")) {
        parameters.push(("lang", language.tag().to_owned()));
    }
    if is_known("limit") && given("limit").is_none() {
        parameters.push(("limit", TABLE_ROWS.to_string()));
    }
    let path = format!("/v1/{}.json?{}", L::NAME, query_string(&parameters));
    let list = answer::json(connection.get(path.trim_end_matches('?')).await?, None).await?;
    let rows: Vec<&Value> = list[L::NAME].as_array().into_iter().flatten().collect();
    let columns = ozg_http::list_columns(L::NAME).iter().filter(|column| !LEFT_OUT.contains(column));
    let headings: Vec<&str> = columns.clone().map(|column| heading(column, language)).collect();
    let cell = |row: &Value, column: &str| row[column].clone();
    let cells: Vec<Vec<Value>> =
        rows.iter().map(|row| columns.clone().map(|column| cell(row, column)).collect()).collect();
    let mut out = Vec::new();
    match cells.is_empty() {
        true => writeln!(out, "{}", say("nichts gefunden", "nothing found"))?,
        false => write_list_table(&headings, &cells, &mut out)?,
    }
    if let Some(before) = list["next"].as_str().and_then(before) {
        writeln!(out, "{} --before {before}", say("weiter mit", "more with"))?;
    }
    writeln!(out, "{}", list["permalink"].as_str().unwrap_or_default())?;
    Ok(out)
}

/// Returns the position before which the next page begins.
fn before(address: &str) -> Option<&str> {
    let (_, query) = address.split_once('?')?;
    query.split('&').find_map(|pair| pair.strip_prefix("before="))
}
