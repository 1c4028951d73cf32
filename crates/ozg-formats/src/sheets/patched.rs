//! A workbook (XLSX) as it was sent, with its mistakes beside their cells. Only the parts that change are written anew, so that
//! widths, formats and other sheets stay.

use super::report::{FoundMistakes, ReportColumn, WHOLE, address, cut};
use crate::input::headings::REPORT_HEADING;
use crate::input::xlsx_parts::{Package, attribute};
use crate::xml::escape;
use ozg_core::event::column_letters;
use ozg_core::words::Language;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const STYLES: &str = "xl/styles.xml";
/// The colour of a wrong cell.
const FILL: &str = "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFFFC7CE\"/><bgColor indexed=\"64\"/></patternFill></fill>";
/// The style of the column with the mistakes.
const WRAPPED: &str = "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/></xf>";
/// The width of that column, in characters.
const WIDTH: usize = 80;

/// Writes the mistakes into a sheet of a workbook; none if its package has an unusual form.
pub(super) fn patched(
    bytes: &[u8],
    sheet: &str,
    place: &ReportColumn,
    found: &FoundMistakes,
    language: Language,
) -> Option<Vec<u8>> {
    let mut package = Package::open(bytes)?;
    let part = package.sheet(sheet)?;
    let xml = package.text(&part)?;
    let used = used_styles(&xml, found)?;
    let styles = package.text(STYLES).and_then(|xml| with_styles(&xml, &used));
    let (styles, numbers) = styles.unwrap_or_default();
    let heading = REPORT_HEADING.in_language(language);
    let wraps = numbers.values().max().map(|last| last + 1);
    let (xml, written) = Patch { place, found, heading, numbers: &numbers, wraps }.sheet(&xml)?;
    let mut changed = BTreeMap::from([(part, xml)]);
    if !styles.is_empty() {
        changed.insert(STYLES.to_owned(), styles);
    }
    let whole = found.whole_without(&written);
    if !whole.is_empty() {
        changed.extend(another_sheet(&mut package, WHOLE.in_language(language), &whole)?);
    }
    packed(&mut package, &changed)
}

/// The part of the sheet with the mistakes of the whole file.
const ANOTHER: &str = "xl/worksheets/ozg-mistakes.xml";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Makes a sheet with a text in each row, and the parts that name it.
fn another_sheet(package: &mut Package<'_>, name: &str, texts: &[String]) -> Option<[(String, String); 4]> {
    let mut with = |part: &str, end: &str, more: String| {
        let xml = package.text(part)?;
        let at = xml.rfind(end)?;
        Some((part.to_owned(), [&xml[..at], &more, &xml[at..]].concat()))
    };
    let book = with(
        "xl/workbook.xml",
        "</sheets>",
        format!("<sheet xmlns:ozg=\"{RELATION}\" name=\"{name}\" sheetId=\"60000\" ozg:id=\"ozgMistakes\"/>"),
    )?;
    // An earlier report has this sheet already.
    if book.1.matches(&format!("name=\"{name}\"")).count() > 1 {
        return None;
    }
    let relations = with(
        "xl/_rels/workbook.xml.rels",
        "</Relationships>",
        format!(
            "<Relationship Id=\"ozgMistakes\" Type=\"{RELATION}/worksheet\" Target=\"worksheets/ozg-mistakes.xml\"/>"
        ),
    )?;
    let types = with(
        "[Content_Types].xml",
        "</Types>",
        format!(
            "<Override PartName=\"/{ANOTHER}\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"
        ),
    )?;
    let row = |(number, text): (usize, &String)| {
        let text = escape(&cut(text));
        format!(
            "<row r=\"{number}\"><c r=\"A{number}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c></row>"
        )
    };
    let rows: String = (1..).zip(texts).map(row).collect();
    let width = "<cols><col min=\"1\" max=\"1\" width=\"120\" customWidth=\"1\"/></cols>";
    let sheet = format!("<worksheet xmlns=\"{MAIN}\">{width}<sheetData>{rows}</sheetData></worksheet>");
    Some([book, relations, types, (ANOTHER.to_owned(), sheet)])
}

/// Packs the parts again; those that did not change are copied as they are.
fn packed(package: &mut Package<'_>, changed: &BTreeMap<String, String>) -> Option<Vec<u8>> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..package.0.len() {
        let file = package.0.by_index_raw(index).ok()?;
        let name = file.name().ok()?.to_string();
        match changed.get(&name) {
            None => out.raw_copy_file(file).ok()?,
            Some(text) => {
                drop(file);
                out.start_file(name, SimpleFileOptions::default()).ok()?;
                out.write_all(text.as_bytes()).ok()?;
            }
        }
    }
    if let Some(text) = changed.get(ANOTHER) {
        out.start_file(ANOTHER, SimpleFileOptions::default()).ok()?;
        out.write_all(text.as_bytes()).ok()?;
    }
    Some(out.finish().ok()?.into_inner())
}

/// Finds the styles of the wrong cells.
fn used_styles(xml: &str, found: &FoundMistakes) -> Option<BTreeSet<usize>> {
    let mut styles = BTreeSet::new();
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "c" => {
                let address = attribute(&tag, "r").as_deref().and_then(address);
                if address.is_some_and(|address| found.cells.contains_key(&address)) {
                    styles.insert(style_of(&tag));
                }
            }
            Event::Eof => return Some(styles),
            _ => {}
        }
    }
}

fn style_of(tag: &BytesStart<'_>) -> usize {
    attribute(tag, "s").and_then(|style| style.parse().ok()).unwrap_or(0)
}

/// Adds a coloured copy of each used style, and the style of the column with the mistakes behind them; returns the number of each
/// copy. None for styles of an unusual form.
fn with_styles(xml: &str, used: &BTreeSet<usize>) -> Option<(String, BTreeMap<usize, usize>)> {
    let fills = children(xml, "fills")?;
    let formats = children(xml, "cellXfs")?;
    let (mut numbers, mut more) = (BTreeMap::new(), String::new());
    for style in used {
        let Some(format) = formats.elements.get(*style) else { continue };
        numbers.insert(*style, formats.elements.len() + numbers.len());
        let (name, rest) = format.split_at(format.find([' ', '/', '>'])?);
        let rest = without(&without(rest, "fillId"), "applyFill");
        let _ = write!(more, "{name} fillId=\"{}\" applyFill=\"1\"{rest}", fills.elements.len());
    }
    more.push_str(WRAPPED);
    if numbers.is_empty() {
        numbers.insert(usize::MAX, formats.elements.len().checked_sub(1)?);
    }
    let (first, second) = if fills.end < formats.end { (&fills, &formats) } else { (&formats, &fills) };
    let text = |one: &Children<'_>| if one.end == fills.end { FILL.to_owned() } else { more.clone() };
    let new =
        [&xml[..first.end], &text(first), &xml[first.end..second.end], &text(second), &xml[second.end..]]
            .concat();
    // The counts are hints that programs do not need; wrong ones would be worse than none.
    Some((without_count(&without_count(&new, "fills"), "cellXfs"), numbers))
}

/// The elements within an element, as they are written, and where its end begins.
struct Children<'x> {
    elements: Vec<&'x str>,
    end: usize,
}

/// Returns the elements within the first element with a name.
fn children<'x>(xml: &'x str, name: &str) -> Option<Children<'x>> {
    let mut reader = Reader::from_str(xml);
    let (mut elements, mut is_within) = (Vec::new(), false);
    loop {
        let before = usize::try_from(reader.buffer_position()).ok()?;
        match reader.read_event().ok()? {
            Event::Start(tag) if !is_within => is_within = tag.name().as_ref() == name,
            Event::Start(tag) => {
                reader.read_to_end(tag.name()).ok()?;
                elements.push(&xml[before..usize::try_from(reader.buffer_position()).ok()?]);
            }
            Event::Empty(_) if is_within => {
                elements.push(&xml[before..usize::try_from(reader.buffer_position()).ok()?]);
            }
            Event::End(tag) if is_within && tag.name().as_ref() == name => {
                return Some(Children { elements, end: before });
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}

/// Takes an attribute off a tag.
fn without(tag: &str, name: &str) -> String {
    let Some(begin) = tag.find(&format!(" {name}=\"")) else { return tag.to_owned() };
    let value = begin + name.len() + 3;
    let Some(end) = tag[value..].find('"') else { return tag.to_owned() };
    [&tag[..begin], &tag[value + end + 1..]].concat()
}

fn without_count(xml: &str, name: &str) -> String {
    let Some(begin) = xml.find(&format!("<{name} ")) else { return xml.to_owned() };
    let end = begin + xml[begin..].find('>').unwrap_or(0);
    [&xml[..begin], &without(&xml[begin..end], "count"), &xml[end..]].concat()
}

/// What is written into the XML of a sheet.
struct Patch<'p> {
    place: &'p ReportColumn,
    found: &'p FoundMistakes,
    heading: &'p str,
    /// The coloured copy of each style.
    numbers: &'p BTreeMap<usize, usize>,
    /// The style of the column with the mistakes.
    wraps: Option<usize>,
}

/// The XML of a sheet on its way into a report.
struct SheetCopy<'x> {
    xml: &'x str,
    reader: Reader<&'x [u8]>,
    out: String,
    /// Up to where the XML was copied or left out.
    copied: usize,
    line: u32,
    column: usize,
    /// The lines whose mistakes were written.
    written: BTreeSet<u32>,
    /// The last column that has a width; none if no column has.
    widths_to: Option<usize>,
}

impl<'x> SheetCopy<'x> {
    fn at(&self) -> Option<usize> {
        usize::try_from(self.reader.buffer_position()).ok()
    }

    /// Copies the XML up to a place, and puts a text there.
    fn put(&mut self, place: usize, text: &str) {
        self.out.push_str(&self.xml[self.copied..place]);
        self.out.push_str(text);
        self.copied = place;
    }

    /// Puts a text in the place of an element or a tag.
    fn replace(&mut self, begin: usize, end: usize, text: &str) {
        self.put(begin, text);
        self.copied = end;
    }
}

impl Patch<'_> {
    /// Returns the XML with the mistakes, and the lines whose mistakes it has.
    fn sheet(&self, xml: &str) -> Option<(String, BTreeSet<u32>)> {
        let mut copy = SheetCopy {
            xml,
            reader: Reader::from_str(xml),
            out: String::new(),
            copied: 0,
            line: 0,
            column: 0,
            written: BTreeSet::new(),
            widths_to: None,
        };
        loop {
            let begin = copy.at()?;
            let event = copy.reader.read_event().ok()?;
            match &event {
                Event::Start(tag) | Event::Empty(tag) => {
                    self.begin(&mut copy, begin, tag, matches!(event, Event::Start(_)))?;
                }
                Event::End(tag) => match tag.local_name().as_ref() {
                    "cols" if copy.widths_to.is_some_and(|last| last <= self.place.column) => {
                        copy.put(begin, &self.width(tag.name().as_ref()));
                    }
                    "row" => {
                        let name = tag.name().as_ref().replace("row", "c");
                        if let Some(text) = self.text(copy.line, &mut copy.written) {
                            copy.put(begin, &self.cell(&name, copy.line, &text));
                        }
                    }
                    _ => {}
                },
                Event::Eof => {
                    copy.put(xml.len(), "");
                    return Some((copy.out, copy.written));
                }
                _ => {}
            }
        }
    }

    /// Takes the beginning of an element.
    fn begin(
        &self,
        copy: &mut SheetCopy<'_>,
        begin: usize,
        tag: &BytesStart<'_>,
        is_open: bool,
    ) -> Option<()> {
        match tag.local_name().as_ref() {
            "col" => copy.widths_to = attribute(tag, "max")?.parse().ok(),
            "sheetData" if is_open && copy.widths_to.is_none() => {
                let name = tag.name().as_ref().replace("sheetData", "cols");
                copy.put(begin, &format!("<{name}>{}</{name}>", self.width(&name)));
            }
            "row" => {
                let next = copy.line + 1;
                copy.line = attribute(tag, "r").and_then(|row| row.parse().ok()).unwrap_or(next);
                copy.column = 0;
                let end = copy.at()?;
                copy.replace(begin, end, &without(&copy.xml[begin..end], "spans"));
            }
            "c" => {
                let address = attribute(tag, "r").as_deref().and_then(address);
                let column = address.map_or(copy.column, |(_, column)| usize::from(column));
                copy.column = column + 1;
                if column == self.place.column {
                    if is_open {
                        copy.reader.read_to_end(tag.name()).ok()?;
                    }
                    let end = copy.at()?;
                    copy.replace(begin, end, "");
                } else if let Some(style) = self.coloured(copy.line, column, tag) {
                    let end = copy.at()?;
                    let whole = without(&copy.xml[begin..end], "s");
                    let (name, rest) = whole.split_at(whole.find([' ', '/', '>'])?);
                    copy.replace(begin, end, &format!("{name} s=\"{style}\"{rest}"));
                }
            }
            _ => {}
        }
        Some(())
    }

    fn coloured(&self, line: u32, column: usize, tag: &BytesStart<'_>) -> Option<usize> {
        let at = (line.checked_sub(1)?, u16::try_from(column).ok()?);
        self.found.cells.get(&at)?;
        self.numbers.get(&style_of(tag)).copied()
    }

    /// Returns the text of a line in the column with the mistakes.
    fn text(&self, line: u32, written: &mut BTreeSet<u32>) -> Option<String> {
        if usize::try_from(line).is_ok_and(|line| line == self.place.header_line) {
            return Some(self.heading.to_owned());
        }
        let mistakes = self.found.lines.get(&line)?;
        written.insert(line);
        Some(cut(&mistakes.join("\n")))
    }

    fn cell(&self, name: &str, line: u32, text: &str) -> String {
        let prefix = name.strip_suffix('c').unwrap_or_default();
        let style = self.wraps.map(|style| format!(" s=\"{style}\"")).unwrap_or_default();
        let address = format!("{}{line}", column_letters(self.place.column));
        let text = escape(text);
        format!(
            "<{name} r=\"{address}\"{style} t=\"inlineStr\"><{prefix}is><{prefix}t xml:space=\"preserve\">{text}</{prefix}t></{prefix}is></{name}>"
        )
    }

    fn width(&self, cols: &str) -> String {
        let name = cols.strip_suffix('s').unwrap_or("col");
        let number = self.place.column + 1;
        format!("<{name} min=\"{number}\" max=\"{number}\" width=\"{WIDTH}\" customWidth=\"1\"/>")
    }
}
