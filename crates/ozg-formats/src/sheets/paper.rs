//! How a sheet comes out on paper, and how high its rows are: programs other than Excel do not work out the height of wrapped text.

use rust_xlsxwriter::{Worksheet, XlsxError};

/// The number of A4 among the sizes of paper.
const A4: u8 = 9;
/// Height of a row with one line, in points.
const LINE_HEIGHT: f64 = 15.0;
/// Most lines of a row; a row is at most 409 points high.
const LINES_MAX: u16 = 27;

/// How a sheet lies on paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Paper {
    /// A table: across, with its first row on every page.
    Table,
    /// Text to read: upright.
    Text,
}

/// Sets a sheet up for printing: as wide as a page of A4, with its name and the number of the page below.
///
/// # Errors
/// Those of the library.
pub(crate) fn on_paper(sheet: &mut Worksheet, paper: Paper) -> Result<(), XlsxError> {
    sheet
        .set_margins(0.4, 0.4, 0.5, 0.7, 0.3, 0.3)
        .set_paper_size(A4)
        .set_print_fit_to_pages(1, 0)
        .set_footer("&L&A&R&P / &N");
    match paper {
        Paper::Table => {
            sheet.set_landscape().set_repeat_rows(0, 0)?;
        }
        Paper::Text => {
            sheet.set_portrait();
        }
    }
    Ok(())
}

/// Returns how high a row is whose texts are wrapped, each with the width of its column in characters.
pub(crate) fn height<'a>(texts: impl IntoIterator<Item = (&'a str, usize)>) -> f64 {
    let lines = texts.into_iter().map(|(text, width)| lines(text, width)).max().unwrap_or_default();
    f64::from(lines.clamp(1, LINES_MAX)) * LINE_HEIGHT
}

/// Counts the lines of a text that is wrapped between words.
fn lines(text: &str, width: usize) -> u16 {
    let (mut lines, mut used) = (1_u16, 0);
    for word in text.split(' ') {
        let length = word.chars().count();
        if used > 0 && used + 1 + length > width {
            (lines, used) = (lines.saturating_add(1), 0);
        }
        used += length + usize::from(used > 0);
        // A word that is longer than a line is broken.
        while used > width.max(1) {
            (lines, used) = (lines.saturating_add(1), used - width.max(1));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_as_high_as_their_highest_text() {
        let cases = [
            ("", 10, 1),
            ("short", 10, 1),
            ("two words", 9, 1),
            ("two words", 8, 2),
            ("one two three four", 8, 3),
            ("https://ozg.example.org/", 10, 3),
        ];
        for (text, width, wanted) in cases {
            assert_eq!(lines(text, width), wanted, "{text} at {width}");
        }
        let near = |found: f64, wanted: f64| (found - wanted).abs() < 0.01;
        assert!(near(height([("a", 9), ("two words", 8)]), 30.0) && near(height([]), 15.0));
        assert!(near(height([("a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d", 1)]), 405.0));
    }
}
