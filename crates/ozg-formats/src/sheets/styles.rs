//! The look of cells, and the set-up of a column for the values that it takes.

use super::kinds::SheetColumn;
use ozg_core::event::Kind;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// The heading of a column.
pub(super) fn heading(is_needed: bool) -> Format {
    let color = if is_needed { Color::RGB(0x001F_4E79) } else { Color::RGB(0x005B_7F9E) };
    Format::new().set_bold().set_font_color(Color::White).set_background_color(color)
}

/// A cell with a mistake.
pub(super) fn wrong() -> Format {
    Format::new().set_background_color(Color::RGB(0x00FF_C7CE)).set_border(FormatBorder::Thin)
}

/// A text that may be long.
pub(super) fn wrapped() -> Format {
    Format::new().set_text_wrap().set_align(FormatAlign::Top)
}

/// Text; only here do spreadsheet programs keep leading zeros and long keys.
pub(super) fn text() -> Format {
    Format::new().set_num_format_index(49)
}

/// The format of a whole column; none for numbers, so that `83 %` is kept as it is typed. Dates are texts: a program would make
/// a day of `2024-06` and the year 1905 of `2024`.
pub(super) fn column(column: SheetColumn) -> Option<Format> {
    match column.map(|field| field.kind) {
        Some(Kind::Figure | Kind::Count) => None,
        _ => Some(text()),
    }
}

/// The width of a column, in characters.
pub(super) fn width(column: SheetColumn) -> u32 {
    match column.map(|field| field.kind) {
        Some(Kind::Id | Kind::Entry | Kind::EntryOrStanding) => 38,
        Some(Kind::Service | Kind::Services | Kind::Measure | Kind::Source | Kind::Url) => 26,
        Some(Kind::Text | Kind::Topics | Kind::AuthorityKinds) => 30,
        _ => 16,
    }
}
