//! Decodes bytes into text: UTF-8 with or without a byte order mark, UTF-16, Windows-1252 as Excel writes it, and MacRoman
//! where the letters leave no doubt.

use super::foreign;
use super::sink::line_number;
use encoding_rs::{Encoding, MACINTOSH, UTF_16BE, UTF_16LE, WINDOWS_1252};
use ozg_core::mistake::{Bilingual, Code, Fault, Mistake, Origin};
use ozg_core::remarked::Remarked;
use ozg_core::words::Remark;
use std::borrow::Cow;

/// A text, and whether its encoding had to be assumed.
#[derive(Debug)]
pub(crate) struct Decoded<'a> {
    /// The text, without a byte order mark.
    pub(crate) text: Cow<'a, str>,
    /// If the bytes are not UTF-8 and were read as Windows-1252 or MacRoman, the mistake for formats that must be UTF-8.
    pub(crate) assumed: Option<Box<Mistake>>,
    /// What is to be said of the reading.
    pub(crate) remark: Option<Remarked>,
}

/// The byte with which DOS ended a text.
const END_OF_FILE: u8 = 0x1a;

/// Decodes the bytes of an input.
///
/// # Errors
/// `unreadable` for files of another kind; `wrong_encoding` for bytes that are not text, with the reason.
pub(crate) fn decode(bytes: &[u8]) -> Result<Decoded<'_>, Box<Mistake>> {
    if let Some(mistake) = foreign::of_bytes(bytes) {
        return Err(mistake);
    }
    let end = bytes.iter().rposition(|byte| *byte != END_OF_FILE).map_or(0, |last| last + 1);
    let bytes = &bytes[..end];
    let decoded = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) if encoding == UTF_16LE || encoding == UTF_16BE => {
            utf_16(encoding, &bytes[mark..])?
        }
        Some((_, mark)) => utf_8(&bytes[mark..])?,
        None => match looks_like_utf_16(bytes) {
            Some(encoding) => utf_16(encoding, bytes)?,
            None => utf_8(bytes)?,
        },
    };
    foreign::of_text(&decoded.text).map_or(Ok(decoded), Err)
}

/// Returns the order of bytes of a text in UTF-16 without a mark: nearly every other byte is zero, as in all Western texts.
fn looks_like_utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let zeros = |first: usize| bytes.iter().skip(first).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, most) = (zeros(0), zeros(1), bytes.len() / 2 * 4 / 5);
    match (bytes.len() >= 8 && bytes.len().is_multiple_of(2), even, odd) {
        (true, 0, odd) if odd > most => Some(UTF_16LE),
        (true, even, 0) if even > most => Some(UTF_16BE),
        _ => None,
    }
}

fn utf_16(encoding: &'static Encoding, bytes: &[u8]) -> Result<Decoded<'static>, Box<Mistake>> {
    match encoding.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) if !text.contains('\0') => {
            Ok(Decoded { text: Cow::Owned(text.into_owned()), assumed: None, remark: None })
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
        Ok(text) => Ok(Decoded { text: Cow::Borrowed(text), assumed: None, remark: encoded_twice(text) }),
        Err(error) => one_byte_a_letter(bytes, error.valid_up_to()),
    }
}

/// The letters that UTF-8 becomes which was taken for Windows-1252 and written as UTF-8 once more.
const ENCODED_TWICE: [&str; 11] = ["Ã¤", "Ã¶", "Ã¼", "ÃŸ", "Ã„", "Ã–", "Ãœ", "â€“", "â€ž", "â€œ", "Ã©"];

/// Remarks on a text that was encoded twice. It is read as it stands.
fn encoded_twice(text: &str) -> Option<Remarked> {
    if !text.contains(['Ã', 'â']) {
        return None;
    }
    let (at, found) =
        ENCODED_TWICE.iter().filter_map(|letters| Some((text.find(letters)?, letters))).min()?;
    let message = Bilingual::new(
        format!(
            "Der Text ist doppelt kodiert („{found}“) und wird gelesen, wie er dasteht; aus der Quelle neu als „CSV UTF-8“ speichern"
        ),
        format!(
            "The text is encoded twice (\"{found}\") and is read as it stands; save it again from its source as \"CSV UTF-8\""
        ),
    );
    let line = line_of(text.as_bytes(), at);
    Some(Remarked::on_line(line, Remark::EncodedTwice, Some(found)).saying(message))
}

/// The encodings that have one byte for each letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum OneByte {
    Windows,
    Macintosh,
    /// CP850, as DOS and some exports of old procedures write it.
    Dos,
}

/// Decodes bytes with one byte for each letter, unless they have control characters or UTF-8 sequences.
fn one_byte_a_letter(bytes: &[u8], wrong_at: usize) -> Result<Decoded<'_>, Box<Mistake>> {
    let line = line_of(bytes, wrong_at);
    let byte = bytes.get(wrong_at).copied().unwrap_or_default();
    let broken = Fault::say(
        Code::WrongEncoding,
        format!("Das Byte 0x{byte:02X} ist kein UTF-8"),
        format!("The byte 0x{byte:02X} is not UTF-8"),
    )
    .hint("UTF-8");
    if has_utf_8_sequence(bytes) {
        return Err(at_line(line, broken));
    }
    let letters = letters_of(bytes);
    let (encoding, remark) = match letters {
        OneByte::Dos => return Err(at_line(line, dos())),
        OneByte::Windows => (WINDOWS_1252, None),
        OneByte::Macintosh => (MACINTOSH, Some(read_as_macintosh())),
    };
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    if text.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\r' | '\n')) {
        return Err(at_line(line, unknown_encoding()));
    }
    Ok(Decoded { text, assumed: Some(at_line(line, broken)), remark })
}

/// Tells the encoding by the German letters within words: „ü“ is FC in Windows-1252, 9F in MacRoman, 81 in CP850, and each of
/// these bytes is no letter of a word in the others.
fn letters_of(bytes: &[u8]) -> OneByte {
    let (mut windows, mut macintosh, mut dos) = (0, 0, 0);
    for (at, byte) in bytes.iter().enumerate().filter(|(_, byte)| !byte.is_ascii()) {
        let is_letter =
            |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_alphabetic);
        let is_lower = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_lowercase);
        let (before, behind) = (is_letter(at.checked_sub(1)), is_letter(Some(at + 1)));
        match byte {
            0xe4 | 0xf6 | 0xfc | 0xdf if before || behind => windows += 1,
            0xc4 | 0xd6 | 0xdc if is_lower(at + 1) => windows += 1,
            0x8a | 0x9a | 0x9f | 0xa7 if before && behind => macintosh += 1,
            0x81 | 0x84 | 0x94 if before && behind => dos += 1,
            _ => {}
        }
    }
    match (windows, macintosh, dos) {
        (0, macintosh, dos) if dos > macintosh => OneByte::Dos,
        (0, 1.., _) => OneByte::Macintosh,
        _ => OneByte::Windows,
    }
}

fn read_as_macintosh() -> Remarked {
    Remarked::on_line(0, Remark::ReadAs, None).saying(Bilingual::new(
        "Die Datei ist kein UTF-8; ihre Umlaute stehen da wie in MacRoman, und so wurde sie gelesen",
        "The file is not UTF-8; its umlauts are those of MacRoman, and so it was read",
    ))
}

fn dos() -> Fault {
    Fault::say(
        Code::WrongEncoding,
        "Die Umlaute der Datei stehen da wie in CP850 (DOS), was nicht gelesen wird; als „CSV UTF-8“ speichern",
        "The umlauts of the file are those of CP850 (DOS), which is not read; save it as \"CSV UTF-8\"",
    )
    .hint("CSV UTF-8")
}

fn unknown_encoding() -> Fault {
    Fault::say(
        Code::WrongEncoding,
        "Die Datei ist kein Text in UTF-8, UTF-16, Windows-1252 oder MacRoman (vielleicht CP850 oder eine Binärdatei); Tabellen als „CSV UTF-8“ speichern",
        "The file is no text in UTF-8, UTF-16, Windows-1252 or MacRoman (perhaps CP850, or a binary file); save sheets as \"CSV UTF-8\"",
    )
    .hint("CSV UTF-8")
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
        "Das ist kein Text, sondern eine Binärdatei; Tabellen als XLSX oder „CSV UTF-8“ speichern",
        "This is not text but a binary file; save sheets as XLSX or \"CSV UTF-8\"",
    )
    .hint("CSV UTF-8")
}
