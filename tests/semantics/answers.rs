//! What an answer must be: a refusal, a table with these columns and rows, JSON with these members, text with these lines.

use super::form::{Batch, Question};
use super::world::Answer;

/// Says how the answer to a batch differs from what its example says became of it; nothing where it does not.
pub(super) fn outcome_differs(batch: &Batch, answer: &Answer) -> Option<String> {
    let found = if answer.status < 300 {
        let receipt = answer.json();
        let entries = receipt["entries"].as_array().into_iter().flatten();
        let outcome = |entry: &serde_json::Value| {
            let outcome = entry["outcome"].as_str().unwrap_or_default();
            let remarks = entry["remarks"].as_array().into_iter().flatten();
            remarks
                .filter_map(|remark| remark.as_str())
                .fold(outcome.to_owned(), |text, remark| text + "+" + remark)
        };
        entries.map(outcome).collect()
    } else {
        answer.codes()
    };
    let is_right = match batch.outcome.split_once(' ') {
        None => answer.status == 201,
        Some((status, words)) => {
            let (mut expected, mut found): (Vec<&str>, Vec<&str>) =
                (words.split(' ').collect(), found.iter().map(String::as_str).collect());
            if answer.status >= 300 {
                expected.sort_unstable();
                found.sort_unstable();
            }
            answer.status.to_string() == status && expected == found
        }
    };
    let expected = if batch.outcome.is_empty() { "201" } else { &batch.outcome };
    let said = || format!("=> {} {}, not {expected}", answer.status, found.join(" "));
    (!is_right).then(said)
}

/// Says how the answer to a question differs from the one below it; nothing where it does not.
pub(super) fn differs(question: &Question, answer: &Answer) -> Option<String> {
    if !question.refusal.is_empty() {
        return refusal_differs(&question.refusal, answer);
    }
    if answer.status != 200 {
        return Some(format!("! {} {}", answer.status, answer.codes().join(" ")));
    }
    let content_type = answer.header("content-type");
    if content_type.contains("csv;") {
        table_differs(&question.answer, &answer.text)
    } else if content_type.contains("json") {
        question.answer.iter().find_map(|line| member_differs(line, answer))
    } else {
        let has_line = |expected: &&String| !answer.text.lines().any(|line| line == *expected);
        question.answer.iter().find(has_line).map(|line| format!("there is no line {line}"))
    }
}

/// Compares status and, where they are named, the code of every mistake or the address that the answer leads to.
fn refusal_differs(expected: &str, answer: &Answer) -> Option<String> {
    let (status, word) = expected.split_once(' ').unwrap_or((expected, ""));
    let codes = answer.codes();
    let has_word = word.is_empty()
        || answer.header("location") == word
        || (!codes.is_empty() && codes.iter().all(|code| code == word));
    let is_right = answer.status.to_string() == status && has_word;
    (!is_right).then(|| format!("! {} {}, not {expected}", answer.status, codes.join(" ")))
}

/// Compares the columns that are named, and all rows in any order.
fn table_differs(expected: &[String], text: &str) -> Option<String> {
    let (columns, mut expected) = table(&expected.join("\n"));
    let (headings, found) = table(text);
    let mut indexes = Vec::new();
    for column in &columns {
        match headings.iter().position(|heading| heading == column) {
            Some(index) => indexes.push(index),
            None => return Some(format!("there is no column {column}")),
        }
    }
    let of_row = |row: Vec<String>| indexes.iter().map(|index| row[*index].clone()).collect::<Vec<_>>();
    let mut found: Vec<Vec<String>> = found.into_iter().map(of_row).collect();
    expected.sort();
    found.sort();
    let lines =
        |rows: &[Vec<String>]| rows.iter().map(|row| format!("\n  {}", row.join(","))).collect::<String>();
    (expected != found).then(|| format!("rows are{}\nnot{}", lines(&found), lines(&expected)))
}

/// Reads the headings and the rows of a table.
fn table(text: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let mut rows =
        reader.records().map(|row| row.expect("a row of a table").iter().map(str::to_owned).collect());
    (rows.next().expect("headings"), rows.collect())
}

/// Compares a member of JSON: `/office "land"`, or `/also -` where there must be none.
fn member_differs(line: &str, answer: &Answer) -> Option<String> {
    let (pointer, expected) = line.split_once(' ').expect("a pointer and a value");
    let json = answer.json();
    let found = json.pointer(pointer).map_or_else(|| "-".to_owned(), ToString::to_string);
    (found != expected).then(|| format!("{pointer} is {found}, not {expected}"))
}
