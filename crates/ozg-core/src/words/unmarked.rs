//! Texts without what stands around them only for a spreadsheet program or a keyboard: full-width letters, and marks that say that
//! a cell is text. Keys, words, dates and figures are read so; notes and names stay as they are written.

use std::borrow::Cow;

/// How far the full-width forms lie from the characters of ASCII that they stand for.
const FULL_WIDTH: u32 = 0xfee0;
/// Marks that stand before a text, and perhaps behind it, and are no part of it.
const MARKS: [char; 14] = ['\'', '’', '‘', '‚', '‛', '′', '`', '´', '"', '“', '”', '„', '«', '»'];

/// Returns a text as it is read where a key, a word, a date or a figure stands: `１２３` is `123`, and `'196`, `="196"` and
/// `„196“` are `196`.
#[must_use]
pub fn unmarked(text: &str) -> Cow<'_, str> {
    let text = match text.contains(is_full_width) {
        true => Cow::Owned(text.chars().map(narrow).collect()),
        false => Cow::Borrowed(text),
    };
    match &text {
        Cow::Borrowed(text) => Cow::Borrowed(bare(text)),
        Cow::Owned(owned) if bare(owned).len() < owned.len() => Cow::Owned(bare(owned).to_owned()),
        Cow::Owned(_) => text,
    }
}

fn is_full_width(c: char) -> bool {
    matches!(c, '\u{ff01}'..='\u{ff5e}')
}

fn narrow(c: char) -> char {
    let ascii = u32::from(c).checked_sub(FULL_WIDTH).filter(|_| is_full_width(c));
    ascii.and_then(char::from_u32).unwrap_or(c)
}

/// Returns a text without its marks; one that has nothing else stays.
fn bare(text: &str) -> &str {
    let trimmed = text.trim_start();
    // By `="0123"` a spreadsheet program is told in a CSV that the digits are text.
    let marked = trimmed.strip_prefix('=').filter(|rest| rest.starts_with('"')).unwrap_or(trimmed);
    let Some(rest) = marked.strip_prefix(MARKS) else { return text };
    let rest = rest.trim_end();
    let rest = rest.strip_suffix(MARKS).unwrap_or(rest).trim();
    if rest.is_empty() { text } else { rest }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_full_width_forms_are_no_part_of_a_value() {
        for (text, meant) in [
            ("１２３", "123"),
            ("３０．０６．２０２４", "30.06.2024"),
            ("ＡＢＨ：１２０５４", "ABH:12054"),
            ("'196", "196"),
            (" '196 ", "196"),
            ("’196", "196"),
            ("`196", "196"),
            ("'-5", "-5"),
            ("'１９６", "196"),
            ("＇１９６", "196"),
            ("=\"0196\"", "0196"),
            ("„Potsdam, Stadt“", "Potsdam, Stadt"),
            ("\"BB\"", "BB"),
            ("1'234", "1'234"),
            ("196", "196"),
            ("'", "'"),
            ("''", "''"),
            ("=A1", "=A1"),
            ("", ""),
        ] {
            assert_eq!(unmarked(text), meant, "{text}");
        }
    }
}
