//! docs/questions.md against the program: each address of its tables is asked of the demo, and the second cell of the row says
//! what is answered. `UPDATE_DOCS=1` rewrites that cell.

use super::marks::check_rows;
use crate::binary::Server;
use ozg_core::time::berlin_day;
use ozg_tracker::system_clock;
use serde_json::Value;

const PAGE: &str = "docs/questions.md";
/// The most lines of an answer that are shown.
const SHOWN: usize = 12;

#[test]
fn every_address_answers_what_its_row_says() {
    let server = Server::demo();
    check_rows(PAGE, &["address", "answers"], |first| {
        let (address, columns) = first.trim_start_matches('`').split_once('`').expect("an address as code");
        let columns: Vec<&str> = columns.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
        answer(&server, address, &columns)
    });
}

/// Asks for an address and writes the answer in one cell: the lines of a table, or the message and the hint of a refusal.
fn answer(server: &Server, address: &str, columns: &[&str]) -> String {
    let (status, body) = server.ask("GET", address, &[], b"");
    let lines = if status == 200 { table(&body, columns) } else { vec![refused(status, &body)] };
    let today = berlin_day(system_clock()).to_string();
    let lines: Vec<String> = lines.iter().map(|line| line.replace(&today, "<today>")).collect();
    let more = lines.len().saturating_sub(SHOWN);
    let shown = lines.iter().take(SHOWN).map(|line| format!("`{}`", line.trim_end().replace('|', "\\|")));
    let more = (more > 0).then(|| format!("… and {more} more"));
    shown.chain(more).collect::<Vec<_>>().join("<br>")
}

/// Reads a table and keeps these columns; all without any.
fn table(body: &str, columns: &[&str]) -> Vec<String> {
    let mut reader = csv::Reader::from_reader(body.as_bytes());
    let headings = reader.headers().expect("headings").clone();
    let places: Vec<usize> = match columns {
        [] => (0..headings.len()).collect(),
        columns => columns.iter().map(|name| place(&headings, name)).collect(),
    };
    let line = |record: &csv::StringRecord| {
        let cells: Vec<&str> = places.iter().filter_map(|at| record.get(*at)).collect();
        cells.join(" · ")
    };
    let rows: Vec<String> = reader.records().map(|record| line(&record.expect("a row"))).collect();
    if rows.is_empty() {
        return vec!["no rows".to_owned()];
    }
    let heading = columns.is_empty().then(|| line(&headings));
    heading.into_iter().chain(rows).collect()
}

fn place(headings: &csv::StringRecord, name: &str) -> usize {
    let found = headings.iter().position(|heading| heading == name);
    found.unwrap_or_else(|| panic!("there is no column {name} among {headings:?}"))
}

fn refused(status: u16, body: &str) -> String {
    let problem: Value = serde_json::from_str(body).expect("a problem in JSON");
    let error = &problem["errors"][0];
    let message = error["message"].as_str().or(problem["detail"].as_str()).unwrap_or_default();
    let hint = error["hint"].as_str().map(|hint| format!(" → {hint}")).unwrap_or_default();
    format!("{status}: {message}{hint}")
}
