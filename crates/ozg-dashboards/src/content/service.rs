//! EfA-Dienst: one service, the stages of its reuse over time, and published figures beside counted ones.

use super::{FROM_2017, same};
use crate::model::{Dashboard, Panel, Variable, Visual};
use ozg_core::words::Label;

/// The published values of the measure to which the links lead.
const CLAIMS: &str = "ozg_claim{service=\"$service\",measure=\"reuses\"}";
/// The labels that say what a published value is about. Two values with different labels cannot contradict each other.
const ABOUT: &str = "measure, area, topic, unit, stage, level, scope";

pub(super) fn dashboard() -> Dashboard {
    Dashboard {
        file: Label { de: "efa-dienst", en: "efa-service" },
        title: Label { de: "OZG · EfA-Dienst", en: "OZG · EfA service" },
        description: Label {
            de: "Eine Leistung oder ein Onlinedienst: Stufen der Nachnutzung über die Zeit, Gezähltes neben Veröffentlichtem, Widersprüche. Die Werte kommen aus der Abfrageschnittstelle des Trackers; in /metrics stehen sie nicht.",
            en: "One service: stages of reuse over time, what is counted beside what was published, contradictions. The values come from the query API of the tracker; /metrics does not have them.",
        },
        from: FROM_2017,
        variables: vec![Variable {
            name: "service",
            label: Label { de: "Leistung", en: "Service" },
            query: "label_values(ozg_service_reuses, service)",
            regex: "",
            text: "ozg:10255",
            value: "ozg:10255",
        }],
        panels: panels(),
        is_about_progress: true,
    }
}

fn panels() -> Vec<Panel> {
    vec![
        Panel::new(
            Visual::Steps,
            Label { de: "Nachnutzungen in Deutschland", en: "Reuses in Germany" },
            Label {
                de: "Behörden, in denen die Leistung eine Stufe erreicht hat: ausgezählt (counted) und veröffentlicht (reported). Wo Angaben sich widersprechen, steht die niedrigste.",
                en: "Authorities at which the service has reached a stage: counted, and published (reported). Where published values contradict each other, the lowest is shown.",
            },
        )
        .size(14, 11)
        .ask("ozg_service_reuses{service=\"$service\",area=\"DE\"}", same("{{stage}} ({{basis}})"))
        .csv("/v1/series/reuses.csv?service=${service}&by=stage&every=change"),
        Panel::new(
            Visual::Table,
            Label { de: "Was veröffentlicht wurde", en: "What was published" },
            Label {
                de: "Jede Angabe zu Nachnutzungen, die heute gilt, mit Quelle und Genauigkeit. Mehrere Zeilen zur selben Größe widersprechen sich.",
                en: "Each published value of reuses that holds today, with source and qualifier. Several rows about the same thing contradict each other.",
            },
        )
        .size(10, 11)
        .ask(
            format!("sum by ({ABOUT}, qualifier, source) ({CLAIMS})"),
            Label { de: "Wert", en: "Value" },
        )
        .csv("/v1/series/reuses.csv?service=${service}&by=area,stage&basis=reported&every=change"),
        Panel::new(
            Visual::Steps,
            Label { de: "Widersprüche zwischen Angaben", en: "Contradictions between published values" },
            Label {
                de: "Höchste minus niedrigste Angabe zu denselben Nachnutzungen; null heißt: die Quellen stimmen überein.",
                en: "Highest minus lowest published value of the same reuses; zero means that the sources agree.",
            },
        )
        .thresholds(&[(None, "transparent"), (Some(1.0), "orange")])
        .ask(
            format!("max by ({ABOUT}) ({CLAIMS}) - min by ({ABOUT}) ({CLAIMS})"),
            same("{{area}} {{stage}} {{unit}} {{topic}} {{level}} {{scope}}"),
        )
        .csv("/v1/series/reuses.csv?service=${service}&by=area,stage&basis=reported&every=change"),
        Panel::new(
            Visual::Steps,
            Label { de: "Im Einsatz nach Ländern", en: "Live by Land" },
            Label {
                de: "Behörden mit der Leistung im Einsatz, nach Ländern, ausgezählt und veröffentlicht.",
                en: "Authorities at which the service is live, by Land, counted and published.",
            },
        )
        .ask(
            "ozg_service_reuses{service=\"$service\",stage=\"live\",area!=\"DE\"} * on (area) group_left (name) ozg_area_info",
            same("{{name}} ({{basis}})"),
        )
        .csv("/v1/series/reuses.csv?service=${service}&by=area&stage=live&every=change"),
    ]
}
