//! Themenfeld: one topic in Germany and in the Länder.

use super::parts::{AS_SHARE, OF, QUIET, SHARE, counted, laender as choose_laender, share_of};
use super::{FROM_2020, OZG, PLAIN, TOPIC, same};
use crate::model::{Choice, Codes, Dashboard, Panel, Variable, Visual};
use ozg_core::words::Label;

const GERMANY: &str = "area=\"DE\",topic=\"$topic\",unit=\"ozg\",basis=\"counted\"";
const LAENDER: &str = "area=~\"$area\",topic=\"$topic\",unit=\"ozg\",basis=\"counted\"";
const LISTED: Label = Label { de: "im Katalog", en: "listed" };
const LAUNCHED: Label = Label { de: "in mindestens einer Behörde", en: "launched" };
const ROLLED_OUT: Label = Label { de: "flächendeckend", en: "rolled out" };
const NOBODY: Label =
    Label { de: "Dazu hat niemand etwas gemeldet", en: "Nobody has recorded anything about this" };

pub(super) fn dashboard() -> Dashboard {
    Dashboard {
        file: TOPIC,
        title: Label { de: "OZG · Themenfeld", en: "OZG · Topic" },
        description: Label {
            de: "Ein Themenfeld: wie viele Leistungen im Katalog stehen, wie viele davon online sind, und wo.",
            en: "One topic: how many services the catalogue lists, how many of them are online, and where.",
        },
        from: FROM_2020,
        variables: vec![
            Variable {
                name: "topic",
                label: Label { de: "Themenfeld", en: "Topic" },
                query: "query_result(ozg_topic_info{topic!=\"all\"})",
                regex: "/name=\"(?<text>[^\"]+)\".*topic=\"(?<value>[^\"]+)\"/",
                choice: Choice::One("Ein- & Auswanderung", "ein_auswanderung"),
            },
            choose_laender(Choice::All),
        ],
        panels: [germany(), laender()].concat(),
        is_about_progress: true,
    }
}

fn germany() -> Vec<Panel> {
    vec![
        Panel::new(
            Visual::Stat,
            Label { de: "Stand in Deutschland: OZG-Leistungen, gezählt", en: "Germany today: OZG services, counted" },
            Label {
                de: "OZG-Leistungen des Themenfelds: im Katalog, in mindestens einer Behörde, flächendeckend; aus den Meldungen gezählt. Der Anteil fehlt, solange der Katalog unvollständig ist.",
                en: "OZG services of the topic: listed, launched, rolled out; counted from milestones. There is no share while the catalogue is incomplete.",
            },
        )
        .size(14, 6)
        .thresholds(PLAIN)
        .or_nothing(NOBODY)
        .ask(format!("ozg_services_listed{{{GERMANY}}}"), LISTED)
        .looking(QUIET)
        .ask(counted("services_launched", GERMANY), LAUNCHED)
        .ask(counted("services_rolled_out", GERMANY), ROLLED_OUT)
        .ask(format!("ozg_services_launched_denominator{{{GERMANY}}}"), OF)
        .looking(QUIET)
        .ask(share_of("services_launched", GERMANY), SHARE)
        .looking(AS_SHARE)
        .csv_of(LAUNCHED, "/v1/series/services_launched.csv?area=DE&topic=${topic}&basis=counted")
        .csv_of(LISTED, "/v1/series/services_listed.csv?area=DE&topic=${topic}"),
        Panel::new(
            Visual::Words,
            Label { de: "So liest man diese Seite", en: "How to read this page" },
            Label {
                de: "Alles hier ist aus den Meldungen der Behörden **gezählt**; veröffentlichte Zahlen gibt es nur über alle Themenfelder. Was niemand gemeldet hat, fehlt: es ist nicht null. Solange der **Katalog unvollständig** ist, gibt es keine Anteile. Eine Leistung in zwei Themenfeldern zählt in beiden.",
                en: "Everything here is **counted** from milestones of authorities; published figures are about all topics only. What nobody recorded is missing: it is not zero. While the **catalogue is incomplete**, there are no shares. A service in two topics counts in both.",
            },
        )
        .size(10, 6),
        Panel::new(
            Visual::Steps,
            Label { de: "Verlauf in Deutschland", en: "History in Germany" },
            Label {
                de: "Gezählte OZG-Leistungen des Themenfelds. Solange der Katalog unvollständig ist, beginnt eine Linie mit der ersten Meldung.",
                en: "Counted OZG services of the topic. While the catalogue is incomplete, a line begins with the first milestone.",
            },
        )
        .axis(OZG)
        .or_nothing(NOBODY)
        .ask(format!("ozg_services_listed{{{GERMANY}}}"), LISTED)
        .looking(QUIET)
        .ask(counted("services_launched", GERMANY), LAUNCHED)
        .ask(counted("services_rolled_out", GERMANY), ROLLED_OUT)
        .csv_of(LAUNCHED, "/v1/series/services_launched.csv?area=DE&topic=${topic}&basis=counted&from=${__from:date:YYYY-MM-DD}&to=${__to:date:YYYY-MM-DD}")
        .csv_of(LISTED, "/v1/series/services_listed.csv?area=DE&topic=${topic}&from=${__from:date:YYYY-MM-DD}&to=${__to:date:YYYY-MM-DD}"),
    ]
}

fn laender() -> Vec<Panel> {
    vec![
        Panel::new(
            Visual::Steps,
            Label { de: "Verlauf nach Ländern: gestartet", en: "History by Land: launched" },
            Label {
                de: "OZG-Leistungen des Themenfelds, die in einem Land in mindestens einer Behörde online sind, gezählt. Länder addieren sich nicht.",
                en: "OZG services of the topic that are launched in a Land, counted. The Länder do not add up.",
            },
        )
        .axis(OZG)
        .codes(&[Codes::Areas])
        .or_nothing(NOBODY)
        .ask(format!("ozg_services_launched{{{LAENDER}}} > 0"), same("{{area}}"))
        .csv("/v1/series/services_launched.csv?area=${area:csv}&topic=${topic}&basis=counted"),
        Panel::new(
            Visual::Bars,
            Label { de: "Länder: gestartet", en: "Länder: launched" },
            Label {
                de: "OZG-Leistungen des Themenfelds nach Ländern, gezählt, die meisten zuerst. Länder ohne Meldung fehlen.",
                en: "OZG services of the topic by Land, counted, the most first. Länder without a milestone are left out.",
            },
        )
        .size(24, 12)
        .codes(&[Codes::Areas])
        .or_nothing(NOBODY)
        .ask(format!("sort_desc(ozg_services_launched{{{LAENDER}}} > 0)"), same("{{area}}"))
        .csv("/v1/series/services_launched.csv?area=${area:csv}&topic=${topic}&basis=counted"),
        Panel::new(
            Visual::Table,
            Label { de: "Nachnutzungen nach Land und Stufe", en: "Reuses by Land and stage" },
            Label {
                de: "Paare aus Leistung und Behörde nach ihrer weitesten Stufe, gezählt. Sie addieren sich über Länder und Stufen, nie über Zähleinheiten. Stufen ohne Nachnutzung fehlen.",
                en: "Pairs of service and authority by their furthest stage, counted. They add up over Länder and stages, never over units. Stages without a reuse are left out.",
            },
        )
        .size(24, 9)
        .or_nothing(NOBODY)
        .ask(
            "sum by (area, unit, stage) (ozg_reuses_current{area=~\"$area\",topic=\"$topic\",basis=\"counted\"}) > 0",
            Label { de: "Nachnutzungen", en: "reuses" },
        )
        .csv("/v1/series/reuses_current.csv?area=${area:csv}&by=stage&topic=${topic}&unit=ozg,leika,dienst&basis=counted"),
    ]
}
