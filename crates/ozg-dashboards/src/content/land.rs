//! Land: one Land, its topics, its stages, its pace.

use super::{CHANGE, FROM_2017, land, same};
use crate::model::{Dashboard, Panel, Visual};
use ozg_core::words::Label;

const HERE: &str = "area=\"$area\",topic=\"all\",unit=\"ozg\"";
const TOPICS: &str = "area=\"$area\",topic!=\"all\",unit=\"ozg\",basis=\"counted\"";

pub(super) fn dashboard() -> Dashboard {
    Dashboard {
        file: Label { de: "land", en: "land" },
        title: Label { de: "OZG · Land", en: "OZG · Land" },
        description: Label {
            de: "Ein Land: Stand und Verlauf, nach Themenfeldern und Stufen, und was sich in den letzten 90 Tagen geändert hat.",
            en: "One Land: where it stands and how it got there, by topic and stage, and what changed within 90 days.",
        },
        from: FROM_2017,
        variables: vec![land()],
        panels: [state(), history(), topics()].concat(),
        is_about_progress: true,
    }
}

fn state() -> Vec<Panel> {
    let stat = |title, description| Panel::new(Visual::Stat, title, description).size(8, 5);
    vec![
        stat(
            Label { de: "Flächendeckend verfügbar", en: "Rolled out" },
            Label {
                de: "OZG-Leistungen, die im Land flächendeckend verfügbar sind: veröffentlicht und ausgezählt.",
                en: "OZG services that are rolled out in the Land: published and counted.",
            },
        )
        .ask(format!("ozg_services_rolled_out{{{HERE}}}"), same("{{basis}}"))
        .csv("/v1/series/services_rolled_out.csv?area=${area}&every=change"),
        stat(
            Label { de: "Grundgesamtheit", en: "Denominator" },
            Label {
                de: "Wie viele OZG-Leistungen es nach der Quelle und nach dem Katalog gibt.",
                en: "How many OZG services there are, according to the source and to the catalogue.",
            },
        )
        .ask(format!("ozg_services_rolled_out_denominator{{{HERE}}}"), same("{{basis}}"))
        .csv("/v1/series/services_listed.csv?area=${area}&every=change"),
        stat(
            Label { de: "In mindestens einer Behörde", en: "Launched somewhere" },
            Label {
                de: "OZG-Leistungen, die in mindestens einer Behörde des Landes online sind.",
                en: "OZG services that are online at one authority of the Land at least.",
            },
        )
        .ask(format!("ozg_services_launched{{{HERE}}}"), same("{{basis}}"))
        .csv("/v1/series/services_launched.csv?area=${area}&every=change"),
    ]
}

fn history() -> Vec<Panel> {
    vec![
        Panel::new(
            Visual::Steps,
            Label { de: "Verlauf", en: "History" },
            Label {
                de: "OZG-Leistungen in mindestens einer Behörde und flächendeckend, veröffentlicht (reported) und ausgezählt (counted).",
                en: "OZG services launched and rolled out, published (reported) and counted.",
            },
        )
        .ask(format!("ozg_services_launched{{{HERE}}}"), Label { de: "in mindestens einer Behörde ({{basis}})", en: "launched ({{basis}})" })
        .ask(format!("ozg_services_rolled_out{{{HERE}}}"), Label { de: "flächendeckend ({{basis}})", en: "rolled out ({{basis}})" })
        .csv("/v1/series/services_rolled_out.csv?area=${area}&from=${__from:date:YYYY-MM-DD}&to=${__to:date:YYYY-MM-DD}"),
        Panel::new(
            Visual::Steps,
            Label { de: "Tempo: Veränderung in 90 Tagen", en: "Pace: change within 90 days" },
            Label {
                de: "Stand gegenüber dem Stand 90 Tage zuvor.",
                en: "The value compared with that of 90 days before.",
            },
        )
        .thresholds(CHANGE)
        .ask(
            format!("ozg_services_launched{{{HERE}}} - ozg_services_launched{{{HERE}}} offset 90d"),
            Label { de: "in mindestens einer Behörde ({{basis}})", en: "launched ({{basis}})" },
        )
        .ask(
            format!("ozg_services_rolled_out{{{HERE}}} - ozg_services_rolled_out{{{HERE}}} offset 90d"),
            Label { de: "flächendeckend ({{basis}})", en: "rolled out ({{basis}})" },
        )
        .csv("/v1/series/services_launched.csv?area=${area}&shape=wide&show=change"),
    ]
}

fn topics() -> Vec<Panel> {
    vec![
        Panel::new(
            Visual::Table,
            Label { de: "Themenfelder", en: "Topics" },
            Label {
                de: "Ausgezählte OZG-Leistungen nach Themenfeld. Eine Leistung in zwei Themenfeldern zählt in beiden und im Ganzen einmal.",
                en: "Counted OZG services by topic. A service in two topics counts in both, and once in the total.",
            },
        )
        .size(12, 12)
        .ask(
            format!("ozg_services_listed{{{TOPICS}}} * on (topic) group_left (name) ozg_topic_info"),
            Label { de: "im Katalog", en: "listed" },
        )
        .ask(
            format!("ozg_services_launched{{{TOPICS}}} * on (topic) group_left (name) ozg_topic_info"),
            Label { de: "in mindestens einer Behörde", en: "launched" },
        )
        .ask(
            format!("ozg_services_rolled_out{{{TOPICS}}} * on (topic) group_left (name) ozg_topic_info"),
            Label { de: "flächendeckend", en: "rolled out" },
        )
        .csv("/v1/series/services_launched.csv?area=${area}&by=topic&basis=counted"),
        Panel::new(
            Visual::Steps,
            Label { de: "Nachnutzungen nach Stufe", en: "Reuses by stage" },
            Label {
                de: "Paare aus Onlinedienst und Behörde nach ihrer weitesten Stufe, ausgezählt.",
                en: "Pairs of online service and authority by their furthest stage, counted.",
            },
        )
        .size(12, 12)
        .ask(
            "ozg_reuses_current{area=\"$area\",topic=\"all\",unit=\"dienst\",basis=\"counted\"}",
            same("{{stage}}"),
        )
        .csv("/v1/series/reuses_current.csv?area=${area}&unit=dienst&basis=counted"),
        Panel::new(
            Visual::Steps,
            Label { de: "Was sich in 90 Tagen geändert hat", en: "What changed within 90 days" },
            Label {
                de: "Themenfelder, deren ausgezählte Leistungen sich gegenüber dem Stand 90 Tage zuvor geändert haben; die übrigen fehlen.",
                en: "Topics whose counted services differ from those of 90 days before; the other topics are left out.",
            },
        )
        .size(24, 8)
        .thresholds(CHANGE)
        .ask(
            format!(
                "((ozg_services_launched{{{TOPICS}}} - ozg_services_launched{{{TOPICS}}} offset 90d) != 0) * on (topic) group_left (name) ozg_topic_info"
            ),
            same("{{name}}"),
        )
        .csv("/v1/series/services_launched.csv?area=${area}&by=topic&basis=counted&shape=wide&show=change"),
    ]
}
