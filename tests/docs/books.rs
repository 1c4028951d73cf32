//! Workbooks for tests: a sheet of texts as XLSX and as ODS, and one cell of a workbook written anew.

use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const CONTENT_TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"#;
const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const WORKBOOK: &str = r#"<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Tabelle1" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const WORKBOOK_RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
const SHEET: &str = r#"<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>"#;
const CONTENT: &str = r#"<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3"><office:body><office:spreadsheet><table:table table:name="Tabelle1">"#;
const END_OF_CONTENT: &str = "</table:table></office:spreadsheet></office:body></office:document-content>";

/// The cells of a text in which semicolons separate them.
fn rows(text: &str) -> Vec<Vec<String>> {
    text.lines().map(|line| line.split(';').map(str::to_owned).collect()).collect()
}

/// Makes an XLSX of a text in which semicolons separate cells.
pub(crate) fn xlsx(text: &str) -> Vec<u8> {
    let mut sheet = SHEET.to_owned();
    for (index, row) in rows(text).iter().enumerate() {
        let row_number = index + 1;
        let cells = (b'A'..).zip(row).filter(|(_, text)| !text.is_empty());
        let cells = cells
            .map(|(letter, text)| format!("<c r=\"{}{row_number}\" {}", char::from(letter), inline(text)));
        sheet.push_str(&format!("<row r=\"{row_number}\">{}</row>", cells.collect::<String>()));
    }
    sheet.push_str("</sheetData></worksheet>");
    zipped(&[
        ("[Content_Types].xml", CONTENT_TYPES.as_bytes()),
        ("_rels/.rels", RELATIONS.as_bytes()),
        ("xl/workbook.xml", WORKBOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", WORKBOOK_RELATIONS.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

/// Makes an ODS of a text in which semicolons separate cells.
pub(crate) fn ods(text: &str) -> Vec<u8> {
    of_rows(&rows(text))
}

fn of_rows(rows: &[Vec<String>]) -> Vec<u8> {
    let cell = |text: &String| match text.as_str() {
        "" => "<table:table-cell/>".to_owned(),
        text => format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{}</text:p></table:table-cell>",
            escaped(text)
        ),
    };
    let row = |row: &Vec<String>| {
        format!("<table:table-row>{}</table:table-row>", row.iter().map(cell).collect::<String>())
    };
    let content = format!("{CONTENT}{}{END_OF_CONTENT}", rows.iter().map(row).collect::<String>());
    zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_bytes()),
    ])
}

/// Writes a hint into a cell of a workbook: the text itself, or of `replaces: standing` the word under a heading of its own. None
/// where the workbook is no file of cells, or does not have the cell.
pub(crate) fn written(workbook: &[u8], cell: &str, hint: &str) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(workbook)).ok()?;
    let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).ok()?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).ok()?;
        parts.push((file.name().ok()?.into_owned(), bytes));
    }
    let row: usize = cell.trim_start_matches(|letter: char| letter.is_ascii_uppercase()).parse().ok()?;
    let mut is_found = false;
    for (name, bytes) in &mut parts {
        let Ok(text) = String::from_utf8(bytes.clone()) else { continue };
        let text = match name.as_str() {
            "content.xml" if text.starts_with(CONTENT) => return written_in_ods(&text, (cell, row), hint),
            name if name.starts_with("xl/worksheets/sheet") => match hint.strip_prefix("replaces: ") {
                Some(entry) => [("ersetzt", 1), (entry, row)]
                    .into_iter()
                    .try_fold(text, |text, (word, row)| put(&text, &format!("ZZ{row}"), row, word)),
                None => put(&text, cell, row, hint),
            },
            _ => continue,
        };
        if let Some(text) = text {
            (is_found, *bytes) = (true, text.into_bytes());
        }
    }
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, bytes)| (name.as_str(), &bytes[..])).collect();
    is_found.then(|| zipped(&parts))
}

/// Puts a text into a cell of a sheet: in the place of what stands there, else at the end of its row.
fn put(sheet: &str, cell: &str, row: usize, text: &str) -> Option<String> {
    let new = format!("<c r=\"{cell}\" {}", inline(text));
    if let Some(at) = sheet.find(&format!("<c r=\"{cell}\"")) {
        let rest = &sheet[at..];
        let end = rest.find('>')? + 1;
        let end = if rest[..end].ends_with("/>") { end } else { rest.find("</c>")? + 4 };
        return Some(format!("{}{new}{}", &sheet[..at], &rest[end..]));
    }
    let of_row = sheet.find(&format!("<row r=\"{row}\""))?;
    let end = of_row + sheet[of_row..].find("</row>")?;
    Some(format!("{}{new}{}", &sheet[..end], &sheet[end..]))
}

fn written_in_ods(content: &str, (cell, row): (&str, usize), hint: &str) -> Option<Vec<u8>> {
    let texts = content.strip_prefix(CONTENT)?.strip_suffix(END_OF_CONTENT)?;
    let of_row = |row: &str| -> Vec<String> {
        let cells = row.split("<table:table-cell").skip(1);
        let text = |cell: &str| {
            let text = cell.split_once("<text:p>").and_then(|(_, rest)| rest.split_once("</text:p>"));
            text.map_or("", |(text, _)| text).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        };
        cells.map(text).collect()
    };
    let mut rows: Vec<Vec<String>> = texts.split("<table:table-row>").skip(1).map(of_row).collect();
    let column = usize::from(cell.bytes().next()?.checked_sub(b'A')?);
    match hint.strip_prefix("replaces: ") {
        Some(entry) => {
            rows.first_mut()?.push("ersetzt".to_owned());
            rows.get_mut(row.checked_sub(1)?)?.push(entry.to_owned());
        }
        None => *rows.get_mut(row.checked_sub(1)?)?.get_mut(column)? = hint.to_owned(),
    }
    Some(of_rows(&rows))
}

fn inline(text: &str) -> String {
    format!("t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>", escaped(text))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        out.start_file(*name, SimpleFileOptions::default()).expect("a part");
        out.write_all(bytes).expect("its bytes");
    }
    out.finish().expect("an archive").into_inner()
}
