//! The Länder where they lie, as tiles of five columns and five rows.

use super::parts::share_of;
use super::same;
use crate::model::{Panel, Thresholds, Visual};
use ozg_core::words::{Area, Label};

/// The Länder, roughly as they lie; a map with borders would fetch pictures of others.
const ROWS: [&str; 5] =
    ["-- -- SH -- --", "-- HB HH MV --", "NW NI ST BE BB", "RP HE TH SN --", "SL BW BY -- --"];
const TILE: (u32, u32) = (3, 3);
/// Grey where nothing is known; else the fuller, the darker; of each the text stands out in both themes.
const SHADES: Thresholds = &[
    (None, "#d0d0d0"),
    (Some(0.0), "#dbe9fa"),
    (Some(0.3), "#bcd6f5"),
    (Some(0.4), "#97bfee"),
    (Some(0.5), "#3274d9"),
    (Some(0.75), "#1f60c4"),
    (Some(0.9), "#14418a"),
];
/// The width of five tiles.
pub(super) const WIDTH: u32 = 15;

/// Makes the tiles with the share of a published measure. They fit beside a panel that leaves their width free.
pub(super) fn tiles(measure: &str, selector: &str) -> Vec<Panel> {
    let places = ROWS.iter().flat_map(|row| row.split(' '));
    let place = |code: &str| {
        let area = Area::all().find(|area| area.id() == code);
        area.map_or_else(gap, |area| tile(area, measure, selector))
    };
    places.map(place).collect()
}

fn gap() -> Panel {
    Panel::new(Visual::Gap, same(""), same("")).size(TILE.0, TILE.1)
}

fn tile(area: Area, measure: &str, selector: &str) -> Panel {
    let id = area.id();
    Panel::new(Visual::Tile, same(id), same(""))
        .size(TILE.0, TILE.1)
        .unit("percentunit")
        .thresholds(SHADES)
        .or_nothing(Label { de: "k. A.", en: "n/a" })
        .ask(share_of(measure, &format!("area=\"{id}\",{selector}")), area.name())
}
