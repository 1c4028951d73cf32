//! Themenfeld: one topic in Germany and in the Länder.

use super::{FROM_2017, SHARE, same};
use crate::model::{Dashboard, Panel, Variable, Visual};
use ozg_core::words::Label;

const GERMANY: &str = "area=\"DE\",topic=\"$topic\",unit=\"ozg\",basis=\"counted\"";
const LAENDER: &str = "area!=\"DE\",topic=\"$topic\",unit=\"ozg\",basis=\"counted\"";
const NAMED: &str = "* on (area) group_left (name) ozg_area_info";

pub(super) fn dashboard() -> Dashboard {
    Dashboard {
        file: Label { de: "themenfeld", en: "topic" },
        title: Label { de: "OZG · Themenfeld", en: "OZG · Topic" },
        description: Label {
            de: "Ein Themenfeld: wie viele Leistungen im Katalog stehen, wie viele davon online sind, und wo.",
            en: "One topic: how many services the catalogue lists, how many of them are online, and where.",
        },
        from: FROM_2017,
        variables: vec![Variable {
            name: "topic",
            label: Label { de: "Themenfeld", en: "Topic" },
            query: "query_result(ozg_topic_info{topic!=\"all\"})",
            regex: "/name=\"(?<text>[^\"]+)\".*topic=\"(?<value>[^\"]+)\"/",
            text: "Ein- & Auswanderung",
            value: "ein_auswanderung",
        }],
        panels: [germany(), laender()].concat(),
        is_about_progress: true,
    }
}

fn germany() -> Vec<Panel> {
    vec![
        Panel::new(
            Visual::Stat,
            Label { de: "Stand in Deutschland", en: "Germany today" },
            Label {
                de: "OZG-Leistungen des Themenfelds: im Katalog, in mindestens einer Behörde, flächendeckend; ausgezählt.",
                en: "OZG services of the topic: listed, launched, rolled out; counted.",
            },
        )
        .size(12, 6)
        .ask(format!("ozg_services_listed{{{GERMANY}}}"), Label { de: "im Katalog", en: "listed" })
        .ask(format!("ozg_services_launched{{{GERMANY}}}"), Label { de: "in mindestens einer Behörde", en: "launched" })
        .ask(format!("ozg_services_rolled_out{{{GERMANY}}}"), Label { de: "flächendeckend", en: "rolled out" })
        .csv("/v1/series/services_launched.csv?area=DE&topic=${topic}&basis=counted"),
        Panel::new(
            Visual::Stat,
            Label { de: "Anteil in mindestens einer Behörde", en: "Share launched" },
            Label {
                de: "OZG-Leistungen des Themenfelds, die in mindestens einer Behörde online sind, je Leistungen im Katalog.",
                en: "OZG services of the topic that are launched, as a share of those in the catalogue.",
            },
        )
        .size(12, 6)
        .unit("percentunit")
        .thresholds(SHARE)
        .ask(
            format!("ozg_services_launched{{{GERMANY}}} / ozg_services_launched_denominator{{{GERMANY}}}"),
            Label { de: "Anteil", en: "share" },
        )
        .csv("/v1/series/services_launched.csv?area=DE&topic=${topic}&basis=counted&shape=wide&show=share"),
        Panel::new(
            Visual::Steps,
            Label { de: "Verlauf in Deutschland", en: "History in Germany" },
            Label {
                de: "Ausgezählte OZG-Leistungen des Themenfelds.",
                en: "Counted OZG services of the topic.",
            },
        )
        .ask(format!("ozg_services_launched{{{GERMANY}}}"), Label { de: "in mindestens einer Behörde", en: "launched" })
        .ask(format!("ozg_services_rolled_out{{{GERMANY}}}"), Label { de: "flächendeckend", en: "rolled out" })
        .csv("/v1/series/services_launched.csv?area=DE&topic=${topic}&basis=counted&from=${__from:date:YYYY-MM-DD}&to=${__to:date:YYYY-MM-DD}"),
    ]
}

fn laender() -> Vec<Panel> {
    vec![
        Panel::new(
            Visual::Steps,
            Label { de: "Verlauf nach Ländern", en: "History by Land" },
            Label {
                de: "OZG-Leistungen des Themenfelds, die in einem Land in mindestens einer Behörde online sind. Länder addieren sich nicht.",
                en: "OZG services of the topic that are launched in a Land. The Länder do not add up.",
            },
        )
        .ask(format!("ozg_services_launched{{{LAENDER}}} {NAMED}"), same("{{name}}"))
        .csv("/v1/series/services_launched.csv?by=area&topic=${topic}&basis=counted"),
        Panel::new(
            Visual::Bars,
            Label { de: "Länder: in mindestens einer Behörde", en: "Länder: launched" },
            Label {
                de: "OZG-Leistungen des Themenfelds nach Ländern, die meisten zuerst.",
                en: "OZG services of the topic by Land, the most first.",
            },
        )
        .ask(format!("sort_desc(ozg_services_launched{{{LAENDER}}} {NAMED})"), same("{{name}}"))
        .csv("/v1/series/services_launched.csv?by=area&topic=${topic}&basis=counted"),
        Panel::new(
            Visual::Table,
            Label { de: "Nachnutzungen nach Land und Stufe", en: "Reuses by Land and stage" },
            Label {
                de: "Paare aus Onlinedienst und Behörde nach ihrer weitesten Stufe, ausgezählt. Sie addieren sich über Länder und Stufen.",
                en: "Pairs of online service and authority by their furthest stage, counted. They add up over Länder and stages.",
            },
        )
        .ask(
            "sum by (area, name, stage) (ozg_reuses_current{area!=\"DE\",topic=\"$topic\",unit=\"dienst\",basis=\"counted\"} * on (area) group_left (name) ozg_area_info)",
            Label { de: "Nachnutzungen", en: "reuses" },
        )
        .csv("/v1/series/reuses_current.csv?by=area,stage&topic=${topic}&unit=dienst&basis=counted"),
    ]
}
