//! The contents of the dashboards, one file each.

mod land;
mod operations;
mod overview;
mod service;
mod then_and_now;
mod topic;

use crate::model::{Annotation, Dashboard, Thresholds, Variable};
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

/// The beginning of 2017, the year of the law.
pub(crate) const FROM_2017: &str = "2017-01-01T00:00:00.000Z";

/// Colours of a share of all services.
pub(crate) const SHARE: Thresholds = &[(None, "red"), (Some(0.25), "orange"), (Some(0.5), "green")];
/// Colours of a change: red below zero, where something was taken back.
pub(crate) const CHANGE: Thresholds = &[(None, "red"), (Some(0.0), "transparent")];

/// Chooses a Land by its name.
pub(crate) fn land() -> Variable {
    Variable {
        name: "area",
        label: Label { de: "Land", en: "Land" },
        query: "query_result(ozg_area_info{area!=\"DE\"})",
        regex: "/area=\"(?<value>[^\"]+)\".*name=\"(?<text>[^\"]+)\"/",
        text: "Bayern",
        value: "BY",
    }
}

/// Wraps a label that is the same in both languages, such as a template of Grafana.
pub(crate) const fn same(text: &'static str) -> Label {
    Label { de: text, en: text }
}
