//! Land: one Land or several, their topics, their stages, what changed.

use super::parts::{AS_DAY, AS_SHARE, aged, counted, day_of, laender, share_of};
use super::{FROM_2020, LAND, LEIKA, OZG, same};
use crate::model::{Choice, Codes, Dashboard, Panel, Visual};
use ozg_core::words::Label;

const HERE: &str = "area=~\"$area\",topic=\"all\"";
const TOPICS: &str = "area=~\"$area\",topic!=\"all\",unit=\"ozg\",basis=\"counted\"";
const NOTHING: Label = Label { de: "k. A.", en: "n/a" };
const NOBODY: Label =
    Label { de: "Dazu hat niemand etwas gemeldet", en: "Nobody has recorded anything about this" };

pub(super) fn dashboard() -> Dashboard {
    Dashboard {
        file: LAND,
        title: Label { de: "OZG · Land", en: "OZG · Land" },
        description: Label {
            de: "Ein Land oder mehrere: Stand und Verlauf, nach Themenfeldern und Stufen, und was sich in einem Jahr geändert hat.",
            en: "One Land or several: where they stand and how they got there, by topic and stage, and what changed within a year.",
        },
        from: FROM_2020,
        variables: vec![laender(Choice::Several("Bayern", "BY"))],
        panels: [state(), history(), topics()].concat(),
        is_about_progress: true,
    }
}

fn of(unit: &str, basis: &str) -> String {
    format!("{HERE},unit=\"{unit}\",basis=\"{basis}\"")
}

fn stat(title: Label, description: Label) -> Panel {
    Panel::new(Visual::Stat, title, description).size(8, 4).codes(&[Codes::Areas]).or_nothing(NOTHING)
}

fn state() -> Vec<Panel> {
    let area = same("{{area}}");
    let day = |unit: &str| day_of("services_rolled_out", &format!("{HERE},unit=\"{unit}\""));
    vec![
        stat(
            Label { de: "LeiKa flächendeckend", en: "LeiKa rolled out" },
            Label {
                de: "LeiKa-Leistungen, die im Land flächendeckend verfügbar sind, wie veröffentlicht (Zählung seit 2026).",
                en: "LeiKa services that are rolled out in the Land, as published (counted since 2026).",
            },
        )
        .ask(format!("ozg_services_rolled_out{{{}}}", of("leika", "reported")), area)
        .csv("/v1/series/services_rolled_out.csv?area=${area:csv}&unit=leika&basis=reported&every=change"),
        stat(
            Label { de: "Stand LeiKa", en: "LeiKa as of" },
            Label {
                de: "Der Tag, von dem die veröffentlichte Zahl der LeiKa-Leistungen ist.",
                en: "The day that the published number of LeiKa services is about.",
            },
        )
        .ask(day("leika"), area)
        .looking(AS_DAY)
        .csv("/v1/series/services_rolled_out.csv?area=${area:csv}&unit=leika&basis=reported&every=change"),
        stat(
            Label { de: "OZG gestartet, gezählt", en: "OZG launched, counted" },
            Label {
                de: "OZG-Leistungen, die in mindestens einer Behörde des Landes online sind, aus den Meldungen gezählt, Stand heute. Solange der Katalog unvollständig ist, sind es mindestens so viele.",
                en: "OZG services that are online at one authority of the Land at least, counted from milestones, as of today. While the catalogue is incomplete, there are at least so many.",
            },
        )
        .ask(format!("ozg_services_launched{{{}}}", of("ozg", "counted")), area)
        .csv("/v1/series/services_launched.csv?area=${area:csv}&basis=counted&every=change"),
        stat(
            Label { de: "OZG flächendeckend", en: "OZG rolled out" },
            Label {
                de: "OZG-Leistungen, die im Land flächendeckend verfügbar sind, wie veröffentlicht (Zählung bis 2025).",
                en: "OZG services that are rolled out in the Land, as published (counted until 2025).",
            },
        )
        .ask(format!("ozg_services_rolled_out{{{}}}", of("ozg", "reported")), area)
        .csv("/v1/series/services_rolled_out.csv?area=${area:csv}&basis=reported&every=change"),
        stat(
            Label { de: "Anteil OZG", en: "OZG share" },
            Label {
                de: "Flächendeckend verfügbare OZG-Leistungen je Grundgesamtheit, die die Quelle nennt.",
                en: "OZG services rolled out, as a share of the denominator that the source names.",
            },
        )
        .ask(share_of("services_rolled_out", &of("ozg", "reported")), area)
        .looking(AS_SHARE)
        .csv("/v1/series/services_rolled_out.csv?area=${area:csv}&basis=reported&shape=wide&show=share"),
        stat(
            Label { de: "Stand OZG", en: "OZG as of" },
            Label {
                de: "Der Tag, von dem die veröffentlichte Zahl der OZG-Leistungen ist.",
                en: "The day that the published number of OZG services is about.",
            },
        )
        .ask(day("ozg"), area)
        .looking(AS_DAY)
        .csv("/v1/series/services_rolled_out.csv?area=${area:csv}&basis=reported&every=change"),
    ]
}

fn lines(title: Label, description: Label) -> Panel {
    Panel::new(Visual::Steps, title, description).size(8, 9).codes(&[Codes::Areas]).or_nothing(NOBODY)
}

/// What was published, up to a year after its day.
fn fresh(unit: &str) -> String {
    let value = format!("ozg_services_rolled_out{{{}}}", of(unit, "reported"));
    aged(&value, "services_rolled_out", &format!("{HERE},unit=\"{unit}\""), false)
}

fn history() -> Vec<Panel> {
    vec![
        lines(
            Label { de: "OZG flächendeckend", en: "OZG rolled out" },
            Label {
                de: "OZG-Leistungen, die im Land flächendeckend verfügbar sind, wie veröffentlicht. Ein Wert gilt, bis ein neuer bekannt wird, längstens ein Jahr: dann endet die Linie.",
                en: "OZG services that are rolled out in the Land, as published. A value holds until a newer one is known, for a year at most: then the line ends.",
            },
        )
        .axis(OZG)
        .ask(fresh("ozg"), same("{{area}}"))
        .csv("/v1/series/services_rolled_out.csv?area=${area:csv}&basis=reported&from=${__from:date:YYYY-MM-DD}&to=${__to:date:YYYY-MM-DD}"),
        lines(
            Label { de: "LeiKa flächendeckend", en: "LeiKa rolled out" },
            Label {
                de: "LeiKa-Leistungen, die im Land flächendeckend verfügbar sind, wie veröffentlicht. Eine Linie endet ein Jahr nach der letzten Angabe.",
                en: "LeiKa services that are rolled out in the Land, as published. A line ends a year after the last figure.",
            },
        )
        .axis(LEIKA)
        .ask(fresh("leika"), same("{{area}}"))
        .csv("/v1/series/services_rolled_out.csv?area=${area:csv}&unit=leika&basis=reported&every=change"),
        lines(
            Label { de: "OZG gestartet, gezählt", en: "OZG launched, counted" },
            Label {
                de: "OZG-Leistungen in mindestens einer Behörde des Landes, aus den Meldungen gezählt.",
                en: "OZG services launched in the Land, counted from milestones.",
            },
        )
        .axis(OZG)
        .ask(format!("ozg_services_launched{{{}}}", of("ozg", "counted")), same("{{area}}"))
        .csv("/v1/series/services_launched.csv?area=${area:csv}&basis=counted&from=${__from:date:YYYY-MM-DD}&to=${__to:date:YYYY-MM-DD}"),
    ]
}

fn topics() -> Vec<Panel> {
    let listed = format!("ozg_services_listed{{{TOPICS}}} > 0");
    let changed =
        format!("(ozg_services_launched{{{TOPICS}}} - ozg_services_launched{{{TOPICS}}} offset 365d) != 0");
    let rows = |expression: &str| format!("sum by (area, topic) ({expression})");
    vec![
        Panel::new(
            Visual::Table,
            Label { de: "Themenfelder: OZG-Leistungen, gezählt", en: "Topics: OZG services, counted" },
            Label {
                de: "Gezählte OZG-Leistungen nach Themenfeld, Stand heute; ein Strich heißt: dazu ist nichts gemeldet. Themenfelder ohne Leistung im Katalog fehlen. Eine Leistung in zwei Themenfeldern zählt in beiden und im Ganzen einmal. Ein Klick führt zum Themenfeld.",
                en: "Counted OZG services by topic, as of today; a dash means that nothing was recorded. Topics without a service in the catalogue are left out. A service in two topics counts in both, and once in the total. A click leads to the topic.",
            },
        )
        .size(24, 10)
        .or_nothing(NOBODY)
        .ask(format!("sum by (area, topic) ({listed})"), Label { de: "im Katalog", en: "listed" })
        .ask(
            rows(&format!("{} and on (area, topic) ({listed})", counted("services_launched", TOPICS))),
            Label { de: "in mindestens einer Behörde", en: "launched" },
        )
        .ask(
            rows(&format!("{} and on (area, topic) ({listed})", counted("services_rolled_out", TOPICS))),
            Label { de: "flächendeckend", en: "rolled out" },
        )
        .csv_of(Label { de: "in mindestens einer Behörde", en: "launched" }, "/v1/series/services_launched.csv?area=${area:csv}&by=topic&basis=counted")
        .csv_of(Label { de: "im Katalog", en: "listed" }, "/v1/series/services_listed.csv?area=${area:csv}&by=topic"),
        Panel::new(
            Visual::Steps,
            Label { de: "Nachnutzungen nach Stufe, gezählt", en: "Reuses by stage, counted" },
            Label {
                de: "Paare aus Onlinedienst und Behörde nach ihrer weitesten Stufe, gezählt, über die gewählten Länder. Stufen ohne Nachnutzung fehlen.",
                en: "Pairs of online service and authority by their furthest stage, counted, over the chosen Länder. Stages without a reuse are left out.",
            },
        )
        .size(24, 8)
        .axis(Label { de: "Nachnutzungen", en: "reuses" })
        .codes(&[Codes::Stages])
        .or_nothing(NOBODY)
        .ask(
            "sum by (stage) (ozg_reuses_current{area=~\"$area\",topic=\"all\",unit=\"dienst\",basis=\"counted\"}) > 0",
            same("{{stage}}"),
        )
        .csv("/v1/series/reuses_current.csv?area=${area:csv}&by=stage&unit=dienst&basis=counted"),
        Panel::new(
            Visual::Table,
            Label { de: "Was sich in einem Jahr geändert hat, gezählt", en: "What changed within a year, counted" },
            Label {
                de: "OZG-Leistungen in mindestens einer Behörde nach Themenfeldern, gezählt, gegenüber dem Stand ein Jahr zuvor; was sich nicht geändert hat, fehlt.",
                en: "OZG services launched, by topic, counted, compared with a year before; what has not changed is left out.",
            },
        )
        .size(24, 6)
        .or_nothing(Label { de: "In einem Jahr hat sich nichts geändert", en: "Nothing changed within a year" })
        .ask(
            rows(&format!("ozg_services_launched{{{TOPICS}}} offset 365d and ({changed})")),
            Label { de: "vor einem Jahr", en: "a year ago" },
        )
        .ask(rows(&format!("ozg_services_launched{{{TOPICS}}} and ({changed})")), Label { de: "heute", en: "now" })
        .ask(rows(&changed), Label { de: "Änderung", en: "change" })
        .csv("/v1/series/services_launched.csv?area=${area:csv}&by=topic&basis=counted&shape=wide&show=change"),
    ]
}
