//! docs/inputs.md against the program: each input of its tables is sent to a tracker of its own that holds the world of
//! tests/inputs/world.ndjson, and the second column of the row tells what became of it. `UPDATE_DOCS=1` rewrites that column.

use super::books;
use super::marks::{cells, check_rows};
use super::{read, root};
use crate::german::bare_ids;
use crate::semantics::world::{Answer, World};
use ozg_formats::input::InputKind;
use serde_json::Value;

const PAGE: &str = "docs/inputs.md";
/// The headings of the tables that are checked.
const HEADINGS: [&str; 2] = ["input", "becomes"];
/// The most statements and mistakes of an input that are shown.
const SHOWN: usize = 3;

/// An input as the first cell of a row writes it.
struct Input {
    /// Name of the file, whose ending says what it is.
    name: String,
    bytes: Vec<u8>,
    /// Further parameters of the request.
    query: String,
}

impl Input {
    /// Returns it with further parameters.
    fn asking(&self, more: &str) -> Input {
        let Input { name, bytes, query } = self;
        Input { name: name.clone(), bytes: bytes.clone(), query: format!("{query}{more}") }
    }
}

#[test]
fn every_input_becomes_what_its_row_says() {
    check_rows(PAGE, &HEADINGS, |first| becomes(&input(first)));
}

/// A hint never leads to the next refusal: each one of the tables, followed, is taken at its cell.
#[test]
fn following_a_hint_is_not_refused_at_its_cell() {
    let (mut refused_again, mut count) = (Vec::new(), 0);
    for cell in inputs_of(&read(PAGE)) {
        let (found, wrong) = followed_all(&cell, &input(&cell), followed);
        count += found;
        refused_again.extend(wrong);
    }
    assert!(count > 15, "only {count} hints were followed");
    assert!(refused_again.is_empty(), "{}", refused_again.join("\n"));
}

/// The same in workbooks: those of the tables, and each sheet of the tables as a workbook, in both kinds.
#[test]
fn following_a_hint_in_a_workbook_is_not_refused_at_its_cell() {
    let (mut refused_again, mut count) = (Vec::new(), 0);
    for cell in inputs_of(&read(PAGE)) {
        let input = input(&cell);
        let books = match String::from_utf8(input.bytes.clone()) {
            Ok(text) if input.name.ends_with(".csv") && text.contains(';') => vec![
                Input { name: "a.xlsx".to_owned(), bytes: books::xlsx(&text), query: input.query.clone() },
                Input { name: "a.ods".to_owned(), bytes: books::ods(&text), query: input.query },
            ],
            _ => vec![input],
        };
        for book in books {
            let (found, wrong) = followed_all(&cell, &book, |book: &Input, error: &Value| {
                if let Some(day) = error["hint"].as_str()?.strip_prefix("--on ") {
                    return Some(book.asking(&format!("&on={day}")));
                }
                let bytes = books::written(&book.bytes, error["cell"].as_str()?, error["hint"].as_str()?)?;
                Some(Input { bytes, ..book.asking("") })
            });
            count += found;
            refused_again.extend(wrong);
        }
    }
    assert!(count > 30, "only {count} hints were followed");
    assert!(refused_again.is_empty(), "{}", refused_again.join("\n"));
}

/// Follows each hint of an input; returns how many there are, and those that are refused again at their cell.
fn followed_all(
    cell: &str,
    input: &Input,
    follow: impl Fn(&Input, &Value) -> Option<Input>,
) -> (usize, Vec<String>) {
    let (_, answer) = sent(input);
    let errors = answer.json()["errors"].as_array().cloned().unwrap_or_default();
    let (mut count, mut wrong) = (0, Vec::new());
    for error in errors {
        let Some(followed) = follow(input, &error) else { continue };
        count += 1;
        let (_, again) = sent(&followed);
        let place = |error: &Value| ["cell", "pointer"].map(|name| error[name].clone());
        let errors = again.json()["errors"].as_array().cloned().unwrap_or_default();
        let same = errors.iter().find(|next| place(next) == place(&error));
        let name = &input.name;
        wrong.extend(same.map(|next| format!("{cell} as {name}\n  hint: {}\n  then: {next}", error["hint"])));
    }
    (count, wrong)
}

/// German answers call stages, kinds, measures and types by their German words.
#[test]
fn german_answers_have_german_words() {
    let mut english = Vec::new();
    for cell in inputs_of(&read(PAGE)) {
        let (_, answer) = sent_in("de", &input(&cell));
        let answer = answer.json();
        let list = |name: &str| answer[name].as_array().cloned().unwrap_or_default();
        let texts = list("errors").into_iter().map(|error| error["message"].clone());
        for text in texts.chain(list("remarks").into_iter().map(|remark| remark["de"].clone())) {
            let text = text.as_str().unwrap_or_default();
            let ids = bare_ids(text);
            if !ids.is_empty() {
                english.push(format!("{cell}\n  {text}\n  {ids:?}"));
            }
        }
    }
    assert!(english.is_empty(), "{}", english.join("\n"));
}

/// Lists the first cells of the rows that are checked.
fn inputs_of(page: &str) -> Vec<String> {
    let (mut is_checked, mut inputs) = (false, Vec::new());
    for row in page.lines().map(cells) {
        let is_heading = row.as_ref().is_some_and(|row| row.iter().map(String::as_str).eq(HEADINGS));
        is_checked = is_heading || (is_checked && row.is_some());
        let first = row.filter(|_| is_checked && !is_heading).and_then(|row| row.into_iter().next());
        inputs.extend(first.filter(|first| !first.starts_with("--")));
    }
    inputs
}

/// Writes the hint of a mistake into the cell or the value that was refused, or as the mistake says; none where the hint is no
/// text to write, or the input is a workbook.
fn followed(input: &Input, error: &Value) -> Option<Input> {
    let text = String::from_utf8(input.bytes.clone()).ok()?;
    let hint = error["hint"].as_str()?;
    let (name, query) = (input.name.clone(), input.query.clone());
    if let Some(day) = hint.strip_prefix("--on ") {
        return Some(input.asking(&format!("&on={day}")));
    }
    if let Some(pointer) = error["pointer"].as_str() {
        let mut value: Value = serde_json::from_str(&text).ok()?;
        let place = pointer.strip_prefix("/0").unwrap_or(pointer);
        *value.pointer_mut(place)? = hint.into();
        return Some(Input { name, bytes: value.to_string().into_bytes(), query });
    }
    let mut rows: Vec<Vec<String>> =
        text.lines().map(|line| line.split(';').map(str::to_owned).collect()).collect();
    let cell = error["cell"].as_str()?;
    let column = usize::from(cell.bytes().next()?.checked_sub(b'A')?);
    let row = cell.get(1..)?.parse::<usize>().ok()?.checked_sub(1)?;
    if let Some(entry) = hint.strip_prefix("replaces: ") {
        rows.first_mut()?.push("ersetzt".to_owned());
        rows.get_mut(row)?.push(entry.to_owned());
    } else {
        *rows.get_mut(row)?.get_mut(column)? = hint.to_owned();
    }
    let lines: Vec<String> = rows.iter().map(|row| row.join(";")).collect();
    Some(Input { name, bytes: lines.join("\n").into_bytes(), query })
}

/// Reads the first cell of a row: a link to a file, or the text itself as code with ⏎ between its lines and ⇥ for a tab;
/// behind it perhaps parameters as code that begins with a question mark.
fn input(cell: &str) -> Input {
    let mut codes = cell.split('`').skip(1).step_by(2).map(|code| code.replace("\\|", "|"));
    if let Some((name, rest)) = cell.strip_prefix('[').and_then(|cell| cell.split_once("](../tests/inputs/"))
    {
        let path = root().join("tests/inputs").join(rest.split(')').next().unwrap_or_default());
        let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
        let query = codes.next().unwrap_or_default().replace('?', "&");
        return Input { name: path.display().to_string(), bytes, query };
    }
    let text = codes.next().unwrap_or_else(|| panic!("{cell}: neither a file nor a text"));
    let name = if text.starts_with(['{', '[']) { "a.json" } else { "a.csv" };
    let bytes = text.replace('⏎', "\n").replace('⇥', "\t").into_bytes();
    Input { name: name.to_owned(), bytes, query: codes.next().unwrap_or_default().replace('?', "&") }
}

/// Sends an input and tells what became of it.
fn becomes(input: &Input) -> String {
    let ((world, head), answer) = sent(input);
    let lines = if answer.status < 300 { recorded(&world, head, &answer) } else { refused(&answer) };
    lines.join("<br>")
}

/// Sends an input to a tracker of its own; returns it with its head before, and its answer.
fn sent(input: &Input) -> ((World, u64), Answer) {
    sent_in("en", input)
}

fn sent_in(language: &str, input: &Input) -> ((World, u64), Answer) {
    let mut world = World::new();
    let made = world.upload(
        "/v1/events?as=ndjson",
        &std::fs::read(root().join("tests/inputs/world.ndjson")).expect("a world"),
    );
    assert!(made.status < 300, "the world is refused: {}", made.text);
    let head = made.json()["head"].as_u64().unwrap_or_default();
    let sheet = input.query.strip_prefix("&sheet=");
    let kind = InputKind::of_file(&input.name, &input.bytes, sheet).row().id;
    let path = format!("/v1/events?as={kind}{}", input.query.replace(' ', "%20"));
    let answer = world.upload_in(language, &path, &input.bytes);
    ((world, head), answer)
}

/// Tells what was recorded, and every remark.
fn recorded(world: &World, head: u64, answer: &Answer) -> Vec<String> {
    let page = world.get(&format!("/v1/events?after={head}&limit=1000")).json();
    let entries = page["entries"].as_array().cloned().unwrap_or_default();
    let mut lines: Vec<String> = entries.iter().take(SHOWN).map(statement).collect();
    lines.extend(more(entries.len()));
    let receipt = answer.json();
    if entries.is_empty() {
        lines.push(format!("nothing new, {} unchanged", receipt["unchanged"]));
    }
    let of_entries = receipt["entries"].as_array().into_iter().flatten().flat_map(|entry| {
        let remarks = entry["remarks"].as_array().cloned().unwrap_or_default();
        remarks.into_iter().map(move |remark| (entry["line"].clone(), remark))
    });
    let of_file = receipt["remarks"].as_array().cloned().unwrap_or_default();
    let of_file = of_file.into_iter().map(|remark| (remark["line"].clone(), remark));
    let remarks: Vec<String> = of_entries.chain(of_file).map(|(line, remark)| said(&line, &remark)).collect();
    lines.extend(remarks.iter().take(SHOWN).cloned());
    lines.extend(more(remarks.len()));
    lines
}

/// Writes a remark: its code or its sentence in English, behind the line where it has one.
fn said(line: &Value, remark: &Value) -> String {
    let text = ["en", "code", "message"].iter().find_map(|name| remark[*name].as_str()).or(remark.as_str());
    let line = line.as_u64().filter(|line| *line > 0).map(|line| format!("{line}: ")).unwrap_or_default();
    format!("remark: {line}{}", safe(text.unwrap_or_default()))
}

/// Writes an entry in one line: its type and its fields.
fn statement(entry: &Value) -> String {
    let own = ["position", "recorded_at", "office", "type", "id", "remarks", "reads_as", "stands"];
    let fields = entry.as_object().into_iter().flatten().filter(|(name, _)| !own.contains(&name.as_str()));
    let fields = fields.map(|(name, value)| match value {
        Value::String(text) => format!("{name}={text}"),
        value => format!("{name}={value}"),
    });
    let fields: Vec<String> = fields.collect();
    format!("`{}`", safe(&format!("{} {}", entry["type"].as_str().unwrap_or_default(), fields.join(" "))))
}

/// Tells every mistake: its place, its code, the value and the hint.
fn refused(answer: &Answer) -> Vec<String> {
    let problem = answer.json();
    let errors = problem["errors"].as_array().cloned().unwrap_or_default();
    let mistake = |error: &Value| {
        let text = |name: &str| error[name].as_str().map(safe);
        let line = error["line"].as_u64().filter(|line| *line > 0).map(|line| format!("line {line} "));
        let place = text("cell").map(|cell| format!("{cell} ")).or(line).unwrap_or_default();
        let place = text("sheet").map_or_else(|| place.clone(), |sheet| format!("{sheet}: {place}"));
        let code = text("code").unwrap_or_default();
        // What is wrong with a whole file, and what a name may mean, only its sentence says.
        let code = match (code.as_str(), text("message")) {
            ("unreadable" | "wrong_encoding" | "ambiguous_name", Some(message)) => {
                format!("{code}: {message}")
            }
            _ => code,
        };
        let value = text("value").map(|value| format!(" `{value}`")).unwrap_or_default();
        let hint = text("hint").map(|hint| format!(" → `{hint}`")).unwrap_or_default();
        format!("refused: {place}{code}{value}{hint}")
    };
    let mut lines: Vec<String> = errors.iter().take(SHOWN).map(mistake).collect();
    lines.extend(more(errors.len()));
    let remarks = problem["remarks"].as_array().cloned().unwrap_or_default();
    lines.extend(remarks.iter().take(SHOWN).map(|remark| said(&remark["line"], remark)));
    lines.extend(more(remarks.len()));
    if errors.is_empty() {
        lines.push(format!(
            "refused: {} {}",
            answer.status,
            safe(problem["detail"].as_str().unwrap_or_default())
        ));
    }
    lines
}

fn more(count: usize) -> Option<String> {
    count.checked_sub(SHOWN).filter(|more| *more > 0).map(|more| format!("… {more} more"))
}

/// Writes a text so that it stays within its cell.
fn safe(text: &str) -> String {
    text.replace('|', "\\|").replace('`', "'").replace('\n', "⏎").replace('\t', "⇥")
}
