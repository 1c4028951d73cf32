//! Shared by the fuzz targets: reads an input to its end and writes its mistakes into a report.

use ozg_core::words::Language;
use ozg_formats::input::{InputKind, read_each};
use ozg_formats::sheets::write_report;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

/// Reads bytes as one kind of input, or as what they are guessed to be; neither may panic, hang or take much memory.
pub fn read(bytes: &[u8], kind: Option<InputKind>) {
    let read = read_each(bytes, kind, None, 10_000, &mut |event| event.read(None).map(|_| ()));
    if let Err(mistakes) = read {
        assert!(!mistakes.is_empty(), "an input is refused without a reason");
        assert!(mistakes.len() <= 1_001, "more mistakes than are listed");
        if matches!(kind, None | Some(InputKind::Csv)) && is_chosen(bytes) {
            write_report(bytes, None, &mistakes, Language::German).expect("a report can be written");
        }
    }
}

/// Chooses one input in 64: a report costs a hundred times what reading does.
fn is_chosen(bytes: &[u8]) -> bool {
    bytes.iter().fold(0_u8, |sum, byte| sum.wrapping_mul(31).wrapping_add(*byte)).is_multiple_of(64)
}

/// Packs XML as the rows of the only sheet of a workbook, so that the fuzzer need not guess checksums.
pub fn workbook(rows: &[u8], strings: &[u8]) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    let book = format!(
        "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONS}\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
    );
    let of_package = format!(
        "<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"r1\" Type=\"{RELATIONS}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let of_book = format!(
        "<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"r1\" Type=\"{RELATIONS}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
    );
    let sheet =
        [format!("<worksheet xmlns=\"{MAIN}\"><sheetData>").as_bytes(), rows, b"</sheetData></worksheet>"]
            .concat();
    let shared = [format!("<sst xmlns=\"{MAIN}\">").as_bytes(), strings, b"</sst>"].concat();
    packed(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", of_package.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", of_book.as_bytes()),
        ("xl/worksheets/sheet1.xml", &sheet),
        ("xl/sharedStrings.xml", &shared),
    ])
}

/// Packs XML as the tables and the styles of a spreadsheet in OpenDocument.
pub fn open_document(tables: &[u8], styles: &[u8]) -> Vec<u8> {
    let content = [
        &b"<office:document-content><office:automatic-styles>"[..],
        styles,
        b"</office:automatic-styles><office:body><office:spreadsheet>",
        tables,
        b"</office:spreadsheet></office:body></office:document-content>",
    ];
    packed(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", &content.concat()),
    ])
}

/// Packs files into a zip without compressing them.
pub fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in files {
        zip.start_file(*name, stored).expect("a file can be packed");
        zip.write_all(bytes).expect("a file can be packed");
    }
    zip.finish().expect("a zip can be written").into_inner()
}
