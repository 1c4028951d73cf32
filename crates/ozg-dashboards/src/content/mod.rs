//! The contents of the dashboards, one file each.

mod land;
mod map;
mod operations;
mod overview;
mod parts;
mod service;
mod then_and_now;
mod topic;

use crate::model::{Annotation, Dashboard, Thresholds};
use ozg_core::words::Label;

/// Lists all dashboards.
pub(crate) fn all() -> Vec<Dashboard> {
    vec![
        overview::dashboard(),
        land::dashboard(),
        topic::dashboard(),
        service::dashboard(),
        then_and_now::dashboard(),
        operations::dashboard(),
    ]
}

/// The file of the dashboard of a Land, to which rows lead.
pub(crate) const LAND: Label = Label { de: "land", en: "land" };
/// The file of the dashboard of a topic, to which rows lead.
pub(crate) const TOPIC: Label = Label { de: "themenfeld", en: "topic" };

/// Dates of the law, and days on which the unit of counting changed: a step in a line on such a day is no progress.
pub(crate) const ANNOTATIONS: &[Annotation] = &[
    Annotation {
        title: Label { de: "Onlinezugangsgesetz in Kraft", en: "Online access law in force" },
        at_seconds: 1_503_014_400,
        color: "blue",
    },
    Annotation {
        title: Label { de: "Frist des OZG", en: "Deadline of the law" },
        at_seconds: 1_672_444_800,
        color: "red",
    },
    Annotation {
        title: Label { de: "OZG-Änderungsgesetz in Kraft", en: "Amending law in force" },
        at_seconds: 1_721_779_200,
        color: "blue",
    },
    Annotation {
        title: Label {
            de: "Reihenbruch: gezählt werden LeiKa-Leistungen statt OZG-Leistungen",
            en: "Break of series: LeiKa services are counted instead of OZG services",
        },
        at_seconds: 1_767_225_600,
        color: "orange",
    },
];

/// The beginning of the first year with figures of the law; the law itself is of 2017.
pub(crate) const FROM_2020: &str = "2020-01-01T00:00:00.000Z";

/// The one colour of figures that are neither good nor bad by themselves.
pub(crate) const PLAIN: Thresholds = &[(None, "blue")];

pub(crate) const OZG: Label = Label { de: "OZG-Leistungen", en: "OZG services" };
pub(crate) const LEIKA: Label = Label { de: "LeiKa-Leistungen", en: "LeiKa services" };

/// Wraps a label that is the same in both languages, such as a template of Grafana.
pub(crate) const fn same(text: &'static str) -> Label {
    Label { de: text, en: text }
}
