//! Files of kinds that are not read: each is named rightly, with the way out.

use super::archive::whole;
use ozg_core::mistake::{Code, Fault, Mistake};
use ozg_core::words::Label;

/// How a file becomes one that is read.
#[derive(Clone, Copy)]
enum WayOut {
    /// A spreadsheet program opens it.
    SaveAsWorkbook,
    /// It was made from a sheet.
    SendTheSheet,
    /// It holds other files.
    Unpack,
}

const fn same(name: &'static str) -> Label {
    Label { de: name, en: name }
}

/// The first bytes of files of other kinds.
const BEGINNINGS: [(&[u8], Label, WayOut); 11] = [
    (b"%PDF", same("PDF"), WayOut::SendTheSheet),
    (b"{\\rtf", Label { de: "Text von Word (RTF)", en: "text of Word (RTF)" }, WayOut::SendTheSheet),
    (b"\x89PNG", Label { de: "Bild (PNG)", en: "picture (PNG)" }, WayOut::SendTheSheet),
    (b"\xff\xd8\xff", Label { de: "Bild (JPEG)", en: "picture (JPEG)" }, WayOut::SendTheSheet),
    (b"MIME-Version:", Label { de: "Webarchiv (MHT)", en: "web archive (MHT)" }, WayOut::SaveAsWorkbook),
    (b"PAR1", same("Parquet"), WayOut::SaveAsWorkbook),
    (b"\x1f\x8b", same("gzip"), WayOut::Unpack),
    (b"\x28\xb5\x2f\xfd", same("zstd"), WayOut::Unpack),
    (b"BZh", same("bzip2"), WayOut::Unpack),
    (b"7z\xbc\xaf\x27\x1c", same("7-Zip"), WayOut::Unpack),
    (b"Rar!\x1a\x07", same("RAR"), WayOut::Unpack),
];

/// The first bytes of a compound file: an old file of Office, or a file that is protected by a password.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0";
/// Characters at the beginning of a text in which the marks of HTML and XML are searched.
const BEGINNING_BYTES: usize = 1_024;

/// Names a file that is not read, by its first bytes.
pub(crate) fn of_bytes(bytes: &[u8]) -> Option<Box<Mistake>> {
    if bytes.starts_with(COMPOUND) {
        return Some(whole(compound(bytes)));
    }
    let (_, name, way_out) = BEGINNINGS.iter().find(|(beginning, ..)| bytes.starts_with(beginning))?;
    Some(named(*name, *way_out))
}

/// Names a text that is not read: HTML, which some programs save under a name of Excel, and XML.
pub(crate) fn of_text(text: &str) -> Option<Box<Mistake>> {
    let text = text.trim_start();
    if !text.starts_with('<') {
        return None;
    }
    let end = (0..=BEGINNING_BYTES.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    let beginning = text[..end.unwrap_or(0)].to_lowercase();
    let name = if beginning.contains("urn:schemas-microsoft-com:office:spreadsheet") {
        Label { de: "Tabelle im alten XML von Excel (2003)", en: "sheet in the old XML of Excel (2003)" }
    } else if ["<html", "<!doctype html", "<table", "<body"].iter().any(|tag| beginning.contains(tag)) {
        Label { de: "Webseite (HTML)", en: "web page (HTML)" }
    } else {
        same("XML")
    };
    Some(named(name, WayOut::SaveAsWorkbook))
}

/// Names a package (zip) of a program, by the names of its files.
pub(crate) fn of_package(has: impl Fn(&str) -> bool) -> Option<Box<Mistake>> {
    let kinds = [
        (
            "xl/workbook.bin",
            Label { de: "binäre Arbeitsmappe (XLSB)", en: "binary workbook (XLSB)" },
            WayOut::SaveAsWorkbook,
        ),
        (
            "word/document.xml",
            Label { de: "Textdokument (Word)", en: "text document (Word)" },
            WayOut::SendTheSheet,
        ),
        (
            "ppt/presentation.xml",
            Label { de: "Präsentation (PowerPoint)", en: "presentation (PowerPoint)" },
            WayOut::SendTheSheet,
        ),
        ("Index/Document.iwa", same("Numbers"), WayOut::SaveAsWorkbook),
        ("Index.zip", same("Numbers"), WayOut::SaveAsWorkbook),
    ];
    let (_, name, way_out) = kinds.iter().find(|(part, ..)| has(part))?;
    Some(named(*name, *way_out))
}

/// Names a document of OpenDocument that is no spreadsheet, by its media type.
pub(crate) fn of_open_document(kind: &str) -> Box<Mistake> {
    let kind = kind.rsplit('.').next().unwrap_or(kind);
    let text = format!("OpenDocument ({kind})");
    say(&text, &text, WayOut::SendTheSheet)
}

fn named(name: Label, way_out: WayOut) -> Box<Mistake> {
    say(name.de, name.en, way_out)
}

fn say(de: &str, en: &str, way_out: WayOut) -> Box<Mistake> {
    let (out_de, out_en, hint) = match way_out {
        WayOut::SaveAsWorkbook => (
            "in einem Tabellenprogramm öffnen und als XLSX oder „CSV UTF-8“ speichern",
            "open it in a spreadsheet program and save it as XLSX or \"CSV UTF-8\"",
            "XLSX",
        ),
        WayOut::SendTheSheet => (
            "die Tabelle, aus der die Datei entstand, als XLSX oder „CSV UTF-8“ senden",
            "send the sheet that the file was made from, as XLSX or \"CSV UTF-8\"",
            "XLSX",
        ),
        WayOut::Unpack => {
            ("entpacken und die Datei darin senden", "unpack it and send the file in it", "CSV UTF-8")
        }
    };
    let fault = Fault::say(
        Code::Unreadable,
        format!("Gelesen wird nicht: {de}; {out_de}"),
        format!("Not read: {en}; {out_en}"),
    );
    whole(fault.hint(hint))
}

/// Tells what a compound file is, by the names of its streams in UTF-16.
fn compound(bytes: &[u8]) -> Fault {
    let has = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(name.len()).any(|window| window == name)
    };
    if has("EncryptedPackage") {
        return protected();
    }
    let (de, en) = if has("WordDocument") {
        (
            "Die Datei ist ein altes Textdokument von Word (DOC)",
            "The file is an old text document of Word (DOC)",
        )
    } else if has("Workbook") || has("Book") {
        (
            "Die Datei ist eine alte Arbeitsmappe (XLS), deren Formate nicht zu erkennen sind",
            "The file is an old workbook (XLS), whose formats cannot be told",
        )
    } else {
        (
            "Die Datei ist mit einem Kennwort geschützt oder eine alte Arbeitsmappe (XLS)",
            "The file is protected by a password, or an old workbook (XLS)",
        )
    };
    Fault::say(
        Code::Unreadable,
        format!("{de}; ohne Kennwort als XLSX oder „CSV UTF-8“ speichern"),
        format!("{en}; save it without a password as XLSX or \"CSV UTF-8\""),
    )
    .hint("XLSX")
}

/// Makes the fault of a file that is protected by a password.
pub(crate) fn protected() -> Fault {
    Fault::say(
        Code::Unreadable,
        "Die Datei ist mit einem Kennwort geschützt; ohne Kennwort speichern",
        "The file is protected by a password; save it without one",
    )
}
