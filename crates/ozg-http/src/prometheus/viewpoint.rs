//! Reads a data state from a path or a label: `2027-01-31` or `p1042`.

use ozg_core::query::Viewpoint;
use ozg_core::words::{PartialDate, Position};

/// Reads a data state.
pub(super) fn read(text: &str) -> Result<Viewpoint, String> {
    let position = text.strip_prefix('p').and_then(|digits| digits.parse::<Position>().ok());
    let viewpoint = match position {
        Some(position) => Some(Viewpoint::Position(position)),
        None => PartialDate::read(text).ok().map(|date| Viewpoint::Day(date.last())),
    };
    viewpoint.ok_or_else(|| {
        format!(
            "{text:?} is no data state: a day such as 2027-01-31, up to 2079, or a position such as p1042"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_data_state_is_a_day_or_a_position() {
        assert_eq!(read("p1042"), Ok(Viewpoint::Position(Position::new(1042))));
        assert!(matches!(read("2027-01-31"), Ok(Viewpoint::Day(_))));
        assert!(read("1042").is_err() && read("p").is_err() && read("yesterday").is_err());
    }
}
