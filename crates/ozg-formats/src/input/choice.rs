//! Which sheets of a workbook are read: those that were asked for, else the one that looks most like data. The others are
//! named as not read.

use super::archive::whole;
use super::headings;
use super::opening::HEADER_ROWS_MAX;
use super::sink::Sink;
use crate::sheets::Downloaded;
use crate::sheets::downloaded::SHEET_NAME;
use ozg_core::mistake::{Bilingual, Code, Fault, Mistake};
use ozg_core::remarked::Remarked;
use ozg_core::words::{Label, Remark};

/// Rows at the beginning of a sheet that are looked at: those that may be headings, and one below.
pub(crate) const ROWS_LOOKED_AT: usize = HEADER_ROWS_MAX + 1;
/// The most sheets that are named as not read.
const NAMED_MAX: usize = 20;
/// Names of sheets that are preferred.
const WANTED: [&str; 10] = [
    "meilensteine",
    "milestones",
    "zahlen",
    "figures",
    "behörden",
    "authorities",
    "leistungen",
    "services",
    "nachfolger",
    "successors",
];
/// Words in the names of sheets that only explain.
const EXPLAINING: [&str; 17] = [
    "anleitung",
    "instruction",
    "legende",
    "legend",
    "hinweis",
    "notes",
    "readme",
    "lies",
    "fehler",
    "mistakes",
    "beispiel",
    "example",
    "erläuterung",
    "deckblatt",
    "cover",
    "übersicht",
    "overview",
];
/// The sheets that the tracker's own templates explain themselves with.
const OWN: [&str; 2] = ["anleitung", "instructions"];

/// A sheet of a workbook, before it is read.
#[derive(Debug)]
pub(crate) struct SheetOffered {
    pub(crate) name: String,
    pub(crate) is_hidden: bool,
    /// Its first rows that are not empty.
    pub(crate) top: Vec<Vec<String>>,
}

/// The sheets to read, and the others with what is to be said of them.
#[derive(Debug)]
pub(crate) struct SheetChosen {
    /// The one that is read now.
    pub(crate) name: String,
    /// Those that are read after it, the next one last.
    next: Vec<String>,
    /// Whether several are read.
    pub(crate) are_several: bool,
    /// What the workbook was downloaded as.
    pub(crate) downloaded: Option<Downloaded>,
    unread: Vec<Bilingual>,
}

/// How much a sheet looks like data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Looks {
    Empty,
    Text,
    /// Rows of several cells.
    Table,
    /// Headings that are known, and rows below them.
    Data,
}

/// Asks for all sheets that look like data, unless one is called so.
pub(super) const ALL: &str = "all";
/// Stands between the names of several sheets; no spreadsheet program allows it in a name.
const BETWEEN: char = '/';

/// Tells whether several sheets are asked for.
pub(super) fn are_several(asked: &str) -> bool {
    asked.trim().eq_ignore_ascii_case(ALL) || asked.contains(BETWEEN)
}

/// Chooses the sheets to read.
///
/// # Errors
/// `unknown_word` if there is none with a name that was asked for, `unreadable` if none is visible.
pub(crate) fn choose(sheets: &[SheetOffered], asked: Option<&str>) -> Result<SheetChosen, Box<Mistake>> {
    let downloaded = sheets.iter().find(|sheet| sheet.name == SHEET_NAME);
    let downloaded = downloaded.and_then(|sheet| Downloaded::read(&sheet.top));
    if let Some(asked) = asked {
        let all: Vec<&SheetOffered> = match named(sheets, asked) {
            Err(_) if asked.trim().eq_ignore_ascii_case(ALL) => {
                sheets.iter().filter(|one| is_data(one)).collect()
            }
            Ok(one) => vec![one],
            Err(unknown) if !asked.contains(BETWEEN) => return Err(unknown),
            Err(_) => asked.split(BETWEEN).map(|one| named(sheets, one)).collect::<Result<_, _>>()?,
        };
        let is_all = asked.trim().eq_ignore_ascii_case(ALL);
        let others = sheets.iter().filter(|sheet| is_all && all.iter().all(|one| one.name != sheet.name));
        let read: Vec<&str> = all.iter().map(|one| one.name.as_str()).collect();
        let unread = others.filter_map(|sheet| unread(sheet, &read)).take(NAMED_MAX).collect();
        let mut next: Vec<String> = all.iter().rev().map(|one| one.name.clone()).collect();
        next.dedup();
        if let Some(name) = next.pop() {
            return Ok(SheetChosen { name, are_several: !next.is_empty(), next, downloaded, unread });
        }
    }
    let visible = sheets.iter().enumerate().filter(|(_, sheet)| !sheet.is_hidden);
    let best = visible.max_by_key(|(index, sheet)| (rank(sheet), usize::MAX - index));
    let (_, best) = best.ok_or_else(|| whole(no_sheet()))?;
    let others = sheets.iter().filter(|sheet| sheet.name != best.name);
    let unread = others.filter_map(|sheet| unread(sheet, &[&best.name])).take(NAMED_MAX).collect();
    let (name, next, are_several) = (best.name.clone(), Vec::new(), false);
    Ok(SheetChosen { name, next, are_several, downloaded, unread })
}

/// Finds the sheet with a name.
fn named<'s>(sheets: &'s [SheetOffered], asked: &str) -> Result<&'s SheetOffered, Box<Mistake>> {
    let is_meant = |sheet: &&SheetOffered| sheet.name.trim().to_lowercase() == asked.trim().to_lowercase();
    sheets.iter().find(is_meant).ok_or_else(|| {
        let what = Label { de: "Das Tabellenblatt", en: "The sheet" };
        let names = sheets.iter().map(|sheet| sheet.name.as_str());
        whole(Fault::unknown(Code::UnknownWord, what, asked, names))
    })
}

/// Tells whether a sheet is one of data, for everybody to see.
fn is_data(sheet: &SheetOffered) -> bool {
    !sheet.is_hidden && looks(sheet) == Looks::Data && !explains(&sheet.name)
}

/// Makes the mistake of a register or a catalogue among several sheets.
pub(crate) fn edition_of_several() -> Mistake {
    *whole(Fault::say(
        Code::FieldsExclude,
        "Das Tabellenblatt ist ein Verzeichnis oder Katalog; ein solches wird allein eingelesen (--sheet, sheet=)",
        "The sheet is a register or a catalogue; it is imported by itself (--sheet, sheet=)",
    ))
}

impl SheetChosen {
    /// Goes on to the next sheet; tells whether there is one.
    pub(crate) fn go_on(&mut self) -> bool {
        let next = self.next.pop();
        let has_next = next.is_some();
        self.name = next.unwrap_or_else(|| std::mem::take(&mut self.name));
        has_next
    }

    /// Names the sheets that are not read.
    pub(crate) fn remark(&self, sink: &mut Sink<'_>) {
        for message in &self.unread {
            sink.remark(Remarked::on_line(0, Remark::SheetsIgnored, None).saying(message.clone()));
        }
    }
}

/// Ranks a sheet by its content and its name; data stand before everything else.
fn rank(sheet: &SheetOffered) -> (u8, bool) {
    let is_wanted = WANTED.contains(&sheet.name.trim().to_lowercase().as_str());
    let rank = match (looks(sheet), explains(&sheet.name)) {
        (Looks::Data, false) => 6,
        _ if is_wanted => 5,
        (Looks::Data, true) => 4,
        (Looks::Table, false) => 3,
        (Looks::Text, false) => 2,
        (Looks::Empty, false) => 1,
        (Looks::Table | Looks::Text | Looks::Empty, true) => 0,
    };
    (rank, is_wanted)
}

fn explains(name: &str) -> bool {
    let name = name.to_lowercase();
    EXPLAINING.iter().any(|word| name.contains(word))
}

fn looks(sheet: &SheetOffered) -> Looks {
    let filled = |row: &Vec<String>| row.iter().filter(|cell| !cell.trim().is_empty()).count();
    let known = |row: &Vec<String>| row.iter().filter(|cell| headings::is_known(cell)).count();
    let has_headings = sheet.top.iter().rev().skip(1).any(|row| known(row) > 1);
    if has_headings {
        Looks::Data
    } else if sheet.top.iter().filter(|row| filled(row) > 1).count() > 1 {
        Looks::Table
    } else if sheet.top.iter().any(|row| filled(row) > 0) {
        Looks::Text
    } else {
        Looks::Empty
    }
}

/// Says why a sheet is not read. Nothing is said of empty ones, of hidden ones without data, and of the tracker's own.
fn unread(sheet: &SheetOffered, read: &[&str]) -> Option<Bilingual> {
    let (name, looks) = (&sheet.name, looks(sheet));
    let Bilingual { de, en } = named_as_read(read);
    let is_own = OWN.contains(&name.trim().to_lowercase().as_str());
    let is_data = looks == Looks::Data && !explains(name);
    if is_data {
        let (what_de, what_en) = if sheet.is_hidden {
            ("ausgeblendete Tabellenblatt", "hidden sheet")
        } else {
            ("Tabellenblatt", "sheet")
        };
        return Some(Bilingual::new(
            format!(
                "Das {what_de} „{name}“ hat auch Überschriften von Daten; gelesen {de}. Mit --sheet \"{name}\" (sheet=) wird es gelesen"
            ),
            format!(
                "The {what_en} \"{name}\" has headings of data, too; only {en}. --sheet \"{name}\" (sheet=) reads it"
            ),
        ));
    }
    if looks == Looks::Empty || sheet.is_hidden || is_own {
        return None;
    }
    Some(if explains(name) {
        Bilingual::new(
            format!(
                "Das Tabellenblatt „{name}“ erläutert seinem Namen nach und wird nicht gelesen; gelesen {de}"
            ),
            format!("The sheet \"{name}\" explains, by its name, and is not read; {en}"),
        )
    } else {
        Bilingual::new(
            format!(
                "Das Tabellenblatt „{name}“ hat keine Überschriften von Daten und wird nicht gelesen; gelesen {de}"
            ),
            format!("The sheet \"{name}\" has no headings of data and is not read; {en}"),
        )
    })
}

/// Names the sheets that are read: `"2024" is read`.
fn named_as_read(read: &[&str]) -> Bilingual {
    let list = |open: char, close: char| {
        read.iter().map(|name| format!("{open}{name}{close}")).collect::<Vec<_>>().join(", ")
    };
    let (de, en) = (list('„', '“'), list('"', '"'));
    match read {
        [_] => Bilingual::new(format!("wird {de}"), format!("{en} is read")),
        _ => Bilingual::new(format!("werden {de}"), format!("{en} are read")),
    }
}

fn no_sheet() -> Fault {
    Fault::say(
        Code::Unreadable,
        "Die Arbeitsmappe hat kein sichtbares Tabellenblatt",
        "The workbook has no visible sheet",
    )
}
