//! How a sheet comes out on paper, and how high its rows are: programs other than Excel do not work out the height of wrapped text.

use rust_xlsxwriter::{Worksheet, XlsxError};

/// The number of A4 among the sizes of paper.
const A4: u8 = 9;
/// What fits a page that lies across, at three fifths of its size, below which letters are hard to read; and the width of a character and
/// of what stands around the text of a cell. All in pixels.
const PAGE: usize = 1_500;
const CHARACTER: usize = 7;
const PADDING: usize = 5;
/// Height of a row with one line, in points.
const LINE_HEIGHT: f64 = 15.0;
/// Most lines of a row; a row is at most 409 points high.
const LINES_MAX: u16 = 27;

/// How a sheet lies on paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Paper {
    /// A table: across, on so many pages side by side, with its first row on every page, and with so many columns of those that say
    /// what a row is about.
    Table { pages: u16, repeated: u16 },
    /// Text to read: upright.
    Text,
}

/// Sets a sheet up for printing: as wide as its pages of A4, with its name and the number of the page below.
///
/// # Errors
/// Those of the library.
pub(crate) fn on_paper(sheet: &mut Worksheet, paper: Paper) -> Result<(), XlsxError> {
    sheet.set_margins(0.4, 0.4, 0.5, 0.7, 0.3, 0.3).set_paper_size(A4).set_footer("&L&A&R&P / &N");
    match paper {
        Paper::Table { pages, repeated } => {
            sheet
                .set_landscape()
                .set_print_fit_to_pages(pages, 0)
                .set_page_order(false)
                .set_repeat_rows(0, 0)?;
            if pages > 1 && repeated > 0 {
                sheet.set_repeat_columns(0, repeated - 1)?;
            }
        }
        Paper::Text => {
            sheet.set_portrait().set_print_fit_to_pages(1, 0);
        }
    }
    Ok(())
}

/// Returns on how many pages side by side columns are legible, of the widths of all in characters; the first ones stand on each.
pub(crate) fn pages_of(widths: &[usize], repeated: u16) -> u16 {
    let of = |widths: &[usize]| widths.iter().map(|width| width * CHARACTER + PADDING).sum::<usize>();
    let on_each = of(&widths[..widths.len().min(repeated.into())]);
    let (rest, room) = (of(widths).saturating_sub(on_each), PAGE.saturating_sub(on_each).max(PAGE / 4));
    u16::try_from(rest.div_ceil(room)).unwrap_or(u16::MAX).max(1)
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
    fn wide_tables_take_several_pages_side_by_side() {
        let pages = |columns: usize, width: usize| pages_of(&vec![width; columns], 1);
        assert_eq!((pages(1, 8), pages(10, 16), pages(12, 16)), (1, 1, 1));
        assert_eq!((pages(15, 16), pages(27, 16), pages(28, 16), pages(200, 32)), (2, 3, 3, 36));
        assert_eq!((pages_of(&[], 2), pages_of(&[400], 1), pages_of(&[400, 10], 1)), (1, 1, 1));
    }

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
