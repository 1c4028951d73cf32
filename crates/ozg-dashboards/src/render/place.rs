//! Places panels on the page.

use super::panel::picture;
use crate::model::{Dashboard, Settings};
use ozg_core::words::Language;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const PAGE_WIDTH: u32 = 24;

/// Writes the panels of a dashboard, each at the first free place in reading order.
pub(super) fn panels(dashboard: &Dashboard, settings: &Settings, language: Language) -> Vec<Value> {
    let mut taken = BTreeSet::new();
    let placed = (1..).zip(&dashboard.panels).map(|(number, panel)| {
        let (width, height) = panel.size;
        let (x, y) = first_free(&taken, panel.size);
        taken.extend(cells(x, y, panel.size));
        let place = json!({ "x": x, "y": y, "w": width, "h": height });
        picture(panel, number, &place, settings, language)
    });
    placed.collect()
}

fn cells(x: u32, y: u32, (width, height): (u32, u32)) -> impl Iterator<Item = (u32, u32)> {
    (y..y + height).flat_map(move |row| (x..x + width).map(move |column| (column, row)))
}

fn first_free(taken: &BTreeSet<(u32, u32)>, size: (u32, u32)) -> (u32, u32) {
    let last = PAGE_WIDTH.saturating_sub(size.0);
    let mut places = (0..).flat_map(|y| (0..=last).map(move |x| (x, y)));
    // A page has no end, so there is a free place.
    places.find(|(x, y)| cells(*x, *y, size).all(|cell| !taken.contains(&cell))).unwrap_or_default()
}
