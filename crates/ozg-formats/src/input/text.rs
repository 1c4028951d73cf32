//! Decodes bytes into text: UTF-8 with or without a byte order mark, UTF-16 with one, and Windows-1252 as Excel writes
//! it.

use super::sink::line_number;
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};
use ozg_core::mistake::{Code, Fault, Mistake, Origin};
use std::borrow::Cow;

/// A text, and whether its encoding had to be assumed.
#[derive(Debug)]
pub(crate) struct Decoded<'a> {
    /// The text, without a byte order mark.
    pub(crate) text: Cow<'a, str>,
    /// If the bytes are not UTF-8 and were read as Windows-1252, the mistake for formats that must be UTF-8.
    pub(crate) assumed: Option<Box<Mistake>>,
}

/// The first bytes of other kinds of files, and the names of those kinds.
const OTHER_FILES: [(&[u8], &str); 4] =
    [(b"\xd0\xcf\x11\xe0", "XLS"), (b"%PDF", "PDF"), (b"\x1f\x8b", "gzip"), (b"\x28\xb5\x2f\xfd", "zstd")];

/// Decodes the bytes of an input.
///
/// # Errors
/// `unreadable` for files of another kind; `wrong_encoding` for bytes that are not text, with the reason.
pub(crate) fn decode(bytes: &[u8]) -> Result<Decoded<'_>, Box<Mistake>> {
    if let Some((_, name)) = OTHER_FILES.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(other_file(name));
    }
    match Encoding::for_bom(bytes) {
        Some((encoding, mark)) if encoding == UTF_16LE || encoding == UTF_16BE => {
            utf_16(encoding, &bytes[mark..])
        }
        Some((_, mark)) => utf_8(&bytes[mark..]),
        None => utf_8(bytes),
    }
}

fn utf_16(encoding: &'static Encoding, bytes: &[u8]) -> Result<Decoded<'static>, Box<Mistake>> {
    match encoding.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) if !text.contains('\0') => {
            Ok(Decoded { text: Cow::Owned(text.into_owned()), assumed: None })
        }
        _ => Err(at_line(
            0,
            Fault::say(
                Code::WrongEncoding,
                format!("Die Datei beginnt wie {}, ist aber keine solche Datei", encoding.name()),
                format!("The file starts like {} but is not such a file", encoding.name()),
            ),
        )),
    }
}

fn utf_8(bytes: &[u8]) -> Result<Decoded<'_>, Box<Mistake>> {
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        return Err(at_line(line_of(bytes, at), binary()));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Decoded { text: Cow::Borrowed(text), assumed: None }),
        Err(error) => windows_1252(bytes, error.valid_up_to()),
    }
}

/// Decodes bytes as Windows-1252, unless they have control characters or UTF-8 sequences.
fn windows_1252(bytes: &[u8], wrong_at: usize) -> Result<Decoded<'_>, Box<Mistake>> {
    let line = line_of(bytes, wrong_at);
    let byte = bytes.get(wrong_at).copied().unwrap_or_default();
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    let control = text.chars().find(|c| c.is_control() && !matches!(c, '\t' | '\r' | '\n'));
    if let Some(control) = control {
        let code = u32::from(control);
        return Err(at_line(
            line,
            Fault::say(
                Code::WrongEncoding,
                format!("Das Byte 0x{byte:02X} ist kein UTF-8, und in Windows-1252 wäre es das Steuerzeichen U+{code:04X}"),
                format!("The byte 0x{byte:02X} is not UTF-8, and in Windows-1252 it would be the control character U+{code:04X}"),
            )
            .hint("UTF-8"),
        ));
    }
    let broken = Fault::say(
        Code::WrongEncoding,
        format!("Das Byte 0x{byte:02X} ist kein UTF-8"),
        format!("The byte 0x{byte:02X} is not UTF-8"),
    )
    .hint("UTF-8");
    if has_utf_8_sequence(bytes) {
        return Err(at_line(line, broken));
    }
    Ok(Decoded { text, assumed: Some(at_line(line, broken)) })
}

/// Tells whether the bytes have an umlaut or a dash in UTF-8 (ä is C3 A4, – is E2 80 93). No word in Windows-1252 has such
/// pairs, so the file is broken UTF-8.
fn has_utf_8_sequence(bytes: &[u8]) -> bool {
    bytes.windows(2).any(|pair| matches!(pair, [0xc3, 0x80..=0xbf] | [0xe2, 0x80]))
}

/// Returns the line of a byte, counted from 1.
fn line_of(bytes: &[u8], at: usize) -> u32 {
    line_number(bytes[..at].iter().filter(|byte| **byte == b'\n').count() + 1)
}

fn at_line(line: u32, fault: Fault) -> Box<Mistake> {
    Box::new(Mistake::at(&Origin { line, ..Origin::default() }, "", None, fault))
}

fn binary() -> Fault {
    Fault::say(
        Code::WrongEncoding,
        "Das ist kein Text, sondern eine Binärdatei (oder UTF-16 ohne Kennung am Anfang); Tabellen als CSV speichern",
        "This is not text but a binary file (or UTF-16 without a byte order mark); save sheets as CSV",
    )
    .hint("CSV UTF-8")
}

fn other_file(name: &str) -> Box<Mistake> {
    let fault = Fault::say(
        Code::Unreadable,
        format!("{name}-Dateien werden nicht gelesen; Tabellen als XLSX oder „CSV UTF-8“ speichern"),
        format!("{name} files are not read; save sheets as XLSX or \"CSV UTF-8\""),
    );
    at_line(0, fault.hint("CSV UTF-8"))
}
