//! The parts of a workbook (XLSX) that the reader of cells does not tell: where the XML of a sheet stands, and which of its rows
//! and columns are hidden.

use super::headings::COLUMNS_MAX;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeSet;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// The folder of the parts of a workbook.
const FOLDER: &str = "xl/";

/// An open package, known to be within the limits.
pub(crate) struct Package<'a>(pub(crate) ZipArchive<Cursor<&'a [u8]>>);

impl<'a> Package<'a> {
    pub(crate) fn open(bytes: &'a [u8]) -> Option<Package<'a>> {
        ZipArchive::new(Cursor::new(bytes)).ok().map(Package)
    }

    /// Returns a part as text; none if it is not there or not in UTF-8.
    pub(crate) fn text(&mut self, name: &str) -> Option<String> {
        let mut text = String::new();
        self.0.by_name(name).ok()?.read_to_string(&mut text).ok()?;
        Some(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
    }

    /// Returns the name of the part with the XML of a sheet.
    pub(crate) fn sheet(&mut self, name: &str) -> Option<String> {
        let book = self.text("xl/workbook.xml")?;
        let relations = self.text("xl/_rels/workbook.xml.rels")?;
        let is_meant = |tag: &BytesStart<'_>| attribute(tag, "name").as_deref() == Some(name);
        let sheet = find(&book, "sheet", is_meant)?;
        let id = sheet
            .attributes()
            .flatten()
            .find(|one| one.key.local_name().as_ref() == "id" && one.key.prefix().is_some())?;
        let id = id.value.into_owned();
        let relation = find(&relations, "Relationship", |tag| attribute(tag, "Id").as_deref() == Some(&id))?;
        let target = attribute(&relation, "Target")?;
        Some(match target.strip_prefix('/') {
            Some(whole) => whole.to_owned(),
            None => format!("{FOLDER}{target}"),
        })
    }
}

/// Finds the first element with a name that is meant.
fn find<'x>(xml: &'x str, name: &str, is_meant: impl Fn(&BytesStart<'x>) -> bool) -> Option<BytesStart<'x>> {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == name && is_meant(&tag) => {
                return Some(tag);
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}

/// Returns an attribute of a tag, by its name without a prefix.
pub(crate) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.try_get_attribute(name).ok()??;
    found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}

/// The rows and columns of a sheet that are hidden; rows are counted from 0.
#[derive(Debug, Default)]
pub(crate) struct Hidden {
    pub(crate) rows: Vec<u32>,
    pub(crate) columns: BTreeSet<usize>,
}

impl Hidden {
    /// Finds what is hidden in a sheet. Nothing is found in a package of unusual form.
    pub(crate) fn of(bytes: &[u8], sheet: &str) -> Hidden {
        let found = || {
            let mut package = Package::open(bytes)?;
            let part = package.sheet(sheet)?;
            Some(Hidden::read(&package.text(&part)?))
        };
        found().unwrap_or_default()
    }

    fn read(xml: &str) -> Hidden {
        let (mut hidden, mut row, mut reader) = (Hidden::default(), 0_u32, Reader::from_str(xml));
        while let Ok(event) = reader.read_event() {
            match event {
                Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                    "col" if is_hidden(&tag) => hidden.columns.extend(columns(&tag)),
                    "row" => {
                        row = attribute(&tag, "r").and_then(|row| row.parse().ok()).unwrap_or(row + 1);
                        if is_hidden(&tag) {
                            hidden.rows.extend(row.checked_sub(1));
                        }
                    }
                    _ => {}
                },
                Event::End(tag) if tag.local_name().as_ref() == "sheetData" => break,
                Event::Eof => break,
                _ => {}
            }
        }
        hidden.rows.sort_unstable();
        hidden
    }
}

fn is_hidden(tag: &BytesStart<'_>) -> bool {
    attribute(tag, "hidden").is_some_and(|hidden| hidden == "1" || hidden == "true")
}

/// Returns the columns that an element speaks of, counted from 0.
fn columns(tag: &BytesStart<'_>) -> std::ops::Range<usize> {
    let number =
        |name: &str| attribute(tag, name).and_then(|number| number.parse::<usize>().ok()).unwrap_or(0);
    number("min").saturating_sub(1)..number("max").min(COLUMNS_MAX)
}
