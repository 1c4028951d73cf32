//! EfA-Dienst: one service, the stages of its reuse over time, and published figures beside counted ones.

use super::parts::AS_DAY;
use super::{FROM_2020, same};
use crate::model::{Choice, Codes, Dashboard, Panel, Variable, Visual};
use ozg_core::words::Label;

/// The published values of the measure to which the links lead.
const CLAIMS: &str = "ozg_claim{service=\"$service\",measure=\"reuses\"}";
/// The labels that say what a published value is about. Two values with different labels cannot contradict each other.
const ABOUT: &str = "measure, area, topic, unit, stage, level, scope";
const AUTHORITIES: Label = Label { de: "Behörden", en: "authorities" };

pub(super) fn dashboard() -> Dashboard {
    Dashboard {
        file: Label { de: "efa-dienst", en: "efa-service" },
        title: Label { de: "OZG · EfA-Dienst", en: "OZG · EfA service" },
        description: Label {
            de: "Eine Leistung oder ein Onlinedienst: Stufen der Nachnutzung über die Zeit, Gezähltes neben Veröffentlichtem, Widersprüche. Die Werte kommen aus der Abfrageschnittstelle des Trackers; in /metrics stehen sie nicht.",
            en: "One service: stages of reuse over time, what is counted beside what was published, contradictions. The values come from the query API of the tracker; /metrics does not have them.",
        },
        from: FROM_2020,
        variables: vec![Variable {
            name: "service",
            label: Label { de: "Leistung", en: "Service" },
            query: "query_result(ozg_service_info)",
            regex: "/name=\"(?<text>[^\"]+)\".*service=\"(?<value>[^\"]+)\"/",
            choice: Choice::One("Aufenthaltstitel", "ozg:10255"),
        }],
        panels: [over_time(), claims()].concat(),
        is_about_progress: true,
    }
}

fn over_time() -> Vec<Panel> {
    let germany =
        |basis: &str| format!("ozg_service_reuses{{service=\"$service\",area=\"DE\",basis=\"{basis}\"}}");
    vec![
        Panel::new(
            Visual::Steps,
            Label { de: "Nachnutzungen in Deutschland", en: "Reuses in Germany" },
            Label {
                de: "Behörden, in denen die Leistung eine Stufe erreicht hat, veröffentlicht und gezählt. Wo Angaben sich widersprechen, steht die niedrigste. Gezählte Stufen ohne Behörde fehlen.",
                en: "Authorities at which the service has reached a stage, published and counted. Where published values contradict each other, the lowest is shown. Counted stages without an authority are left out.",
            },
        )
        .size(24, 9)
        .axis(AUTHORITIES)
        .codes(&[Codes::Stages])
        .ask(germany("reported"), Label { de: "{{stage}}, veröffentlicht", en: "{{stage}}, published" })
        .ask(format!("{} > 0", germany("counted")), Label { de: "{{stage}}, gezählt", en: "{{stage}}, counted" })
        .csv("/v1/series/reuses.csv?service=${service}&by=stage&every=change"),
        Panel::new(
            Visual::Steps,
            Label { de: "Angaben nach Quelle in Deutschland", en: "Published values by source in Germany" },
            Label {
                de: "Jede veröffentlichte Angabe zu Nachnutzungen in Deutschland, solange sie gilt, nach Quelle und Stufe. Zwei Linien derselben Stufe nebeneinander sind ein Widerspruch.",
                en: "Each published value of reuses in Germany while it holds, by source and stage. Two lines of the same stage side by side are a contradiction.",
            },
        )
        .size(24, 10)
        .axis(AUTHORITIES)
        .codes(&[Codes::Stages])
        .ask(
            "sum by (source, stage, scope) (ozg_claim{service=\"$service\",measure=\"reuses\",area=\"DE\"})",
            same("{{stage}} · {{source}}"),
        )
        .csv("/v1/series/reuses.csv?service=${service}&by=stage&basis=reported&every=change"),
    ]
}

/// The day since which a published value holds: the last on which it was new, in milliseconds as [`AS_DAY`] reads them.
fn held_since() -> String {
    let new = format!("{CLAIMS} unless {CLAIMS} offset 1d or {CLAIMS} != {CLAIMS} offset 1d");
    format!("1000 * (max_over_time(timestamp({new})[12y:1d]) + 43200)")
}

fn claims() -> Vec<Panel> {
    let live = "service=\"$service\",stage=\"live\",area=~\"[A-Z][A-Z]\",area!=\"DE\"";
    vec![
        Panel::new(
            Visual::Table,
            Label { de: "Was veröffentlicht wurde und heute gilt", en: "What was published and holds today" },
            Label {
                de: "Jede Angabe zu Nachnutzungen, die heute gilt, mit Quelle, Genauigkeit und dem Tag, ab dem sie gilt. Mehrere Zeilen zur selben Größe widersprechen sich.",
                en: "Each published value of reuses that holds today, with source, qualifier and the day since which it holds. Several rows about the same thing contradict each other.",
            },
        )
        .size(24, 7)
        .without(&["measure", "topic", "unit"])
        .ask(
            format!("sum by ({ABOUT}, qualifier, source) ({CLAIMS})"),
            Label { de: "Wert", en: "value" },
        )
        .ask(
            format!("sum by ({ABOUT}, qualifier, source) ({} and {CLAIMS})", held_since()),
            Label { de: "gilt seit", en: "holds since" },
        )
        .looking(AS_DAY)
        .csv("/v1/series/reuses.csv?service=${service}&by=area,stage&basis=reported&every=change"),
        Panel::new(
            Visual::Stat,
            Label { de: "Widersprüche", en: "Contradictions" },
            Label {
                de: "Zahl der Größen dieser Leistung, zu denen heute einander widersprechende Angaben gelten.",
                en: "The number of figures of this service for which published values that hold today contradict each other.",
            },
        )
        .size(8, 7)
        .thresholds(&[(None, "text"), (Some(1.0), "orange")])
        .words_for(&[("0", Label { de: "keine", en: "none" }, "text")])
        .ask(
            format!("count((max by ({ABOUT}) ({CLAIMS}) - min by ({ABOUT}) ({CLAIMS})) > 0) or 0 * count({CLAIMS})"),
            Label { de: "zwischen Quellen", en: "between sources" },
        )
        .csv("/v1/series/reuses.csv?service=${service}&by=area,stage&basis=reported&every=change"),
        Panel::new(
            Visual::Table,
            Label { de: "Im Einsatz nach Ländern", en: "Live by Land" },
            Label {
                de: "Behörden mit der Leistung im Einsatz, nach Ländern, gezählt und veröffentlicht. Länder ohne Behörde im Einsatz fehlen.",
                en: "Authorities at which the service is live, by Land, counted and published. Länder without an authority that is live are left out.",
            },
        )
        .size(16, 7)
        .ordered_by(Label { de: "gezählt", en: "counted" })
        .or_nothing(Label { de: "In keinem Land gemeldet", en: "Recorded in no Land" })
        .ask(
            format!("sum by (area) (ozg_service_reuses{{{live},basis=\"counted\"}}) > 0"),
            Label { de: "gezählt", en: "counted" },
        )
        .ask(
            format!("sum by (area) (ozg_service_reuses{{{live},basis=\"reported\"}})"),
            Label { de: "veröffentlicht", en: "published" },
        )
        .csv("/v1/series/reuses.csv?service=${service}&by=area&stage=live&every=change"),
    ]
}
