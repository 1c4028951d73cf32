//! A draft of a mapping: what is understood of a sheet, and a question mark for each thing that is not.

use super::archive::Unpacked;
use super::choice::ALL;
use super::content::Content;
use super::finding::Finding;
use super::header;
use super::headings::{self, HeadingMeaning, needed};
use super::mapping::{IGNORE, Mapping, OPEN, Shape};
use super::opening::{self, Opened};
use super::{InputKind, turned, unpack};
use ozg_core::event::EventType;
use ozg_core::mistake::{Code, Mistake};
use ozg_core::words::{Stage, same_text};

/// Codes of mistakes that a word in a mapping mends, and of those that a name mends.
const OF_WORDS: [Code; 4] = [Code::UnknownStage, Code::UnknownWord, Code::UnknownType, Code::BadDate];
/// See [`OF_WORDS`].
const OF_NAMES: [Code; 4] = [Code::UnknownPlace, Code::UnknownService, Code::BadKey, Code::LostLeadingZero];

/// The members of a draft in their order: what stands for a text or a number, or a member with members of its own.
#[derive(Default)]
struct DraftLines {
    sheet: Option<String>,
    /// The line with the headings, where all sheets have them in one.
    header_row: Option<usize>,
    shape: Option<Shape>,
    columns: Vec<(String, String)>,
    constants: Vec<(String, String)>,
    words: Vec<(String, String)>,
    names: Vec<(String, String)>,
}

impl DraftLines {
    /// Adds what another sheet of the workbook has. What the sheets do not share stays to be found in each.
    fn with(mut self, other: DraftLines) -> DraftLines {
        self.header_row = self.header_row.filter(|row| other.header_row == Some(*row));
        self.shape = self.shape.filter(|shape| other.shape == Some(*shape));
        let pairs = [(&mut self.columns, other.columns), (&mut self.constants, other.constants)];
        for (own, more) in pairs {
            for (name, means) in more {
                match own.iter_mut().find(|(known, _)| same_text(known, &name)) {
                    // What one sheet leaves open another may tell.
                    Some((_, known)) if known == OPEN => *known = means,
                    Some(_) => {}
                    None => own.push((name, means)),
                }
            }
        }
        self
    }
}

/// Writes a mapping for a sheet, as far as its form is understood, or for all sheets of a workbook that are `asked` for (see
/// [`Asked::sheet`](super::Asked::sheet)), else look like data; `given` is what is known already. What is open has a question mark.
/// `mistakes` are those of the rows, once every column is known: each unknown word and name is asked for.
///
/// # Errors
/// The bytes are no sheet.
pub fn map_draft(
    (bytes, asked): (&[u8], Option<&str>),
    kind: InputKind,
    given: Option<&Mapping>,
    mistakes: &[Mistake],
) -> Result<String, Vec<Mistake>> {
    let unpacked = unpack(bytes).map_err(|mistake| vec![*mistake])?;
    let asked = asked.or(given.and_then(|given| given.sheet.as_deref()));
    let all = matches!(unpacked, Unpacked::Workbook(_) | Unpacked::OpenDocument { .. }).then_some(ALL);
    let mut content = Content::of(&unpacked, asked.or(all)).map_err(|mistake| vec![*mistake])?;
    let are_several = content.sheet_of_several().is_some();
    let event_type = (kind == InputKind::Milestones).then_some(EventType::MilestoneReached);
    let mut lines = DraftLines::default();
    for index in 0.. {
        let of_sheet = content.rows(|source| {
            let sheet = opening::open(source, &headings::is_of_events, given.and_then(Mapping::header_row))?;
            match turned::mistake(&sheet).filter(|_| given.is_none()) {
                Some(mistake) => Err(Box::new(mistake)),
                None => Ok(columns(&sheet, event_type, given)),
            }
        });
        let of_sheet = of_sheet
            .and_then(|lines: Result<DraftLines, Box<Mistake>>| lines)
            .map_err(|mistake| vec![*mistake])?;
        lines = if index == 0 { of_sheet } else { lines.with(of_sheet) };
        if !content.next_sheet() {
            break;
        }
    }
    lines.sheet = asked.or(all.filter(|_| are_several)).map(str::to_owned);
    if let Some(given) = given {
        lines.words = given.words().map(|(word, means)| (word.to_owned(), means.to_owned())).collect();
        lines.names = given.names().map(|(name, key)| (name.to_owned(), key.to_owned())).collect();
    }
    for mistake in mistakes {
        let Some(value) = &mistake.value else { continue };
        let list = match mistake.code {
            code if OF_NAMES.contains(&code) => &mut lines.names,
            code if OF_WORDS.contains(&code) => &mut lines.words,
            _ => continue,
        };
        if list.iter().all(|(known, _)| known != value) {
            list.push((value.clone(), mistake.hint_in_english().unwrap_or(OPEN).to_owned()));
        }
    }
    Ok(written(&lines))
}

/// Tells what each column is, and what no column says.
fn columns(sheet: &Opened<'_>, asked: Option<EventType>, given: Option<&Mapping>) -> DraftLines {
    let texts: Vec<&str> = sheet.headings().into_iter().map(header::short).collect();
    let (finding, near) = header::find(sheet, &texts, asked, given);
    let event_type = finding.default_type.unwrap_or(EventType::MilestoneReached);
    let is_there = |field: &str| {
        let mut columns = finding.columns.iter().zip(&near);
        columns.any(|(column, near)| column.field() == Some(field) && near.is_none())
    };
    let open: Vec<&str> = needed(event_type)
        .map(|field| field.name)
        .filter(|field| !is_there(field) && !finding.says_across(field))
        .collect();
    let mut lines = DraftLines { header_row: Some(sheet.header.line), ..DraftLines::default() };
    lines.shape =
        Some(match finding.columns.iter().find(|column| matches!(column, HeadingMeaning::Across(_))) {
            Some(HeadingMeaning::Across("stage")) => Shape::StageColumns,
            Some(_) => Shape::Matrix,
            None => Shape::Rows,
        });
    for (index, heading) in texts.iter().enumerate() {
        let means = match finding.columns[index] {
            HeadingMeaning::Field(_) if near[index].is_some() => OPEN.to_owned(),
            HeadingMeaning::Field(field) => field.to_owned(),
            HeadingMeaning::Type => "type".to_owned(),
            HeadingMeaning::Across(field) => across(&finding, field, index),
            HeadingMeaning::Own if near[index].is_some() || !open.is_empty() => OPEN.to_owned(),
            HeadingMeaning::Own => IGNORE.to_owned(),
            HeadingMeaning::Unnamed | HeadingMeaning::Ignored => continue,
        };
        lines.columns.push((heading.trim().to_owned(), means));
    }
    let known = given.into_iter().flat_map(|given| &given.constants);
    lines.constants = known.map(|(field, text)| ((*field).to_owned(), text.clone())).collect();
    let more = open.into_iter().filter(|field| finding.constant(field).is_none());
    lines.constants.extend(more.map(|field| (field.to_owned(), OPEN.to_owned())));
    lines
}

fn across(finding: &Finding<'_>, field: &str, index: usize) -> String {
    let value = finding.values[index].as_deref().unwrap_or_default();
    match Stage::read(value) {
        Ok(stage) if field == "stage" => format!("stage:{}", stage.id()),
        _ => format!("{field}:{value}"),
    }
}

/// Writes the draft as JSON, in the order of the sheet.
fn written(lines: &DraftLines) -> String {
    let mut members: Vec<String> =
        lines.sheet.iter().map(|sheet| format!("  \"sheet\": {}", quoted(sheet))).collect();
    members.extend(lines.header_row.map(|row| format!("  \"header_row\": {row}")));
    let shape = lines.shape.and_then(|shape| Shape::ALL.iter().find(|(known, _)| *known == shape));
    members.extend(shape.map(|(_, word)| format!("  \"shape\": {}", quoted(word))));
    let objects = [
        ("columns", &lines.columns),
        ("constants", &lines.constants),
        ("words", &lines.words),
        ("names", &lines.names),
    ];
    for (name, list) in objects {
        if !list.is_empty() {
            let one = |(key, value): &(String, String)| format!("    {}: {}", quoted(key), quoted(value));
            let list: Vec<String> = list.iter().map(one).collect();
            members.push(format!("  \"{name}\": {{\n{}\n  }}", list.join(",\n")));
        }
    }
    format!("{{\n{}\n}}\n", members.join(",\n"))
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
