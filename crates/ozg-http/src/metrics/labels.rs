//! The labels of the domain's values: closed sets all, so that a scrape stays bounded whatever is recorded.

use ozg_core::series::Row;
use ozg_core::words::Place;

/// What a value is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Labels {
    area: &'static str,
    topic: &'static str,
    unit: &'static str,
    stage: &'static str,
    level: String,
    basis: &'static str,
}

impl Labels {
    /// Takes the labels of a row; none for rows that are no current value of an area: narrowed by words, or about one
    /// service or authority.
    pub(super) fn of(row: &Row) -> Option<Labels> {
        let Place::Area(area) = &row.area else { return None };
        if row.scope.is_some() || row.service.is_some() {
            return None;
        }
        Some(Labels {
            area: area.id(),
            topic: row.topic.map_or("all", |topic| topic.id()),
            unit: row.unit.map_or("", |unit| unit.id()),
            stage: row.stage.map_or("", |stage| stage.id()),
            level: row.level.map(|level| level.to_string()).unwrap_or_default(),
            basis: row.basis.id(),
        })
    }

    /// Lists the labels of a value of a measure.
    pub(super) fn of_value(&self) -> [(&str, &str); 6] {
        [
            ("area", self.area),
            ("topic", self.topic),
            ("unit", self.unit),
            ("stage", self.stage),
            ("level", &self.level),
            ("basis", self.basis),
        ]
    }

    /// Lists the labels of what is said about published values, of whichever measure.
    pub(super) fn of_claim<'a>(&'a self, measure: &'a str) -> [(&'a str, &'a str); 6] {
        [
            ("measure", measure),
            ("area", self.area),
            ("topic", self.topic),
            ("unit", self.unit),
            ("stage", self.stage),
            ("level", &self.level),
        ]
    }
}
