//! The styles of a spreadsheet in OpenDocument: how each shows numbers and dates, and whether its text is struck through.

use super::shown::{CellFormat, DateParts};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::{HashMap, HashSet};

/// The most styles that a document may have.
const STYLES_MAX: usize = 65_536;
/// The most styles that a style may follow, each the parent of the one before.
const PARENTS_MAX: usize = 10;

/// How a style shows a cell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct CellLook {
    pub(super) format: CellFormat,
    pub(super) is_struck: bool,
}

/// A style of cells as it is written.
#[derive(Debug, Default)]
struct CellStyle {
    parent: Option<String>,
    data: Option<String>,
    is_struck: Option<bool>,
}

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    cells: HashMap<String, CellStyle>,
    formats: HashMap<String, CellFormat>,
    hidden_tables: HashSet<String>,
}

impl Styles {
    /// Adds the styles of a part of the document; none if it is damaged or has too many.
    pub(super) fn add(&mut self, xml: &str) -> Option<()> {
        let mut reader = Reader::from_str(xml);
        reader.config_mut().expand_empty_elements = true;
        let mut open = Open::default();
        loop {
            match reader.read_event().ok()? {
                Event::Start(tag) if tag.name().as_ref() == "office:body" => return Some(()),
                Event::Start(tag) => self.start(&tag, &mut open)?,
                Event::End(tag) if tag.name().as_ref() == "style:style" => open.style = None,
                Event::End(tag) if tag.name().as_ref() == "number:date-style" => open.format = None,
                Event::Eof => return Some(()),
                _ => {}
            }
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>, open: &mut Open) -> Option<()> {
        let count = self.cells.len() + self.formats.len() + self.hidden_tables.len();
        match tag.name().as_ref() {
            "style:style" => {
                let name = attribute(tag, "style:name")?;
                let is_of_cells = attribute(tag, "style:family").as_deref() == Some("table-cell");
                if is_of_cells {
                    let style = CellStyle {
                        parent: attribute(tag, "style:parent-style-name"),
                        data: attribute(tag, "style:data-style-name"),
                        is_struck: None,
                    };
                    self.cells.insert(name.clone(), style);
                }
                open.style = Some(name);
            }
            "style:text-properties" => {
                let line = attribute(tag, "style:text-line-through-style").map(|line| line != "none");
                let style = open.style.as_ref().and_then(|name| self.cells.get_mut(name));
                if let (Some(style), Some(line)) = (style, line) {
                    style.is_struck = Some(line);
                }
            }
            "style:table-properties" if attribute(tag, "table:display").as_deref() == Some("false") => {
                self.hidden_tables.extend(open.style.clone());
            }
            "number:percentage-style" => {
                let format = CellFormat { percent: [true; 3], ..CellFormat::default() };
                self.formats.insert(attribute(tag, "style:name")?, format);
            }
            "number:date-style" => {
                let name = attribute(tag, "style:name")?;
                self.formats.insert(name.clone(), CellFormat::default());
                open.format = Some(name);
            }
            part => {
                let format = open.format.as_ref().and_then(|name| self.formats.get_mut(name));
                format.into_iter().for_each(|format| shows(&mut format.date, part));
            }
        }
        (count <= STYLES_MAX).then_some(())
    }

    /// Returns how a style shows a cell; what it does not say itself its parents say.
    pub(super) fn look(&self, name: &str) -> CellLook {
        let (mut data, mut is_struck, mut next) = (None, None, Some(name));
        for _ in 0..PARENTS_MAX {
            let Some(style) = next.and_then(|name| self.cells.get(name)) else { break };
            data = data.or(style.data.as_ref());
            is_struck = is_struck.or(style.is_struck);
            next = style.parent.as_deref();
        }
        let format = data.and_then(|name| self.formats.get(name)).copied().unwrap_or_default();
        CellLook { format, is_struck: is_struck.unwrap_or(false) }
    }

    /// Tells whether a style hides its table.
    pub(super) fn hides(&self, name: &str) -> bool {
        self.hidden_tables.contains(name)
    }
}

/// The style and the format that are being read.
#[derive(Default)]
struct Open {
    style: Option<String>,
    format: Option<String>,
}

fn shows(parts: &mut DateParts, part: &str) {
    match part {
        "number:day" | "number:day-of-week" => parts.day = true,
        "number:month" => parts.month = true,
        "number:quarter" => parts.quarter = true,
        "number:year" => parts.year = true,
        "number:hours" | "number:minutes" | "number:seconds" => parts.time = true,
        _ => {}
    }
}

/// Returns an attribute of a tag.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.try_get_attribute(name).ok()??;
    found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}
