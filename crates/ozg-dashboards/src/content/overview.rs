//! Übersicht: Germany, the Länder side by side, progress since 2017.

use super::{CHANGE, FROM_2017, SHARE, same};
use crate::model::{Dashboard, Panel, Visual};
use ozg_core::words::Label;

const GERMANY: &str = "area=\"DE\",topic=\"all\",unit=\"ozg\"";
const LAENDER: &str = "area!=\"DE\",topic=\"all\",unit=\"ozg\"";

pub(super) fn dashboard() -> Dashboard {
    Dashboard {
        file: Label { de: "uebersicht", en: "overview" },
        title: Label { de: "OZG · Übersicht", en: "OZG · Overview" },
        description: Label {
            de: "Deutschland und die Länder: wie viele OZG-Leistungen gestartet und flächendeckend verfügbar sind, seit 2017. Gezähltes und Veröffentlichtes stehen nebeneinander und werden nie vermischt.",
            en: "Germany and the Länder: how many OZG services are launched and rolled out, since 2017. What is counted and what was published stand side by side and are never mixed.",
        },
        from: FROM_2017,
        variables: Vec::new(),
        panels: [germany(), progress(), laender()].concat(),
        is_about_progress: true,
    }
}

fn germany() -> Vec<Panel> {
    let stat = |title, description| Panel::new(Visual::Stat, title, description).size(6, 5);
    let value = same("{{basis}}");
    vec![
        stat(
            Label { de: "Flächendeckend verfügbar", en: "Rolled out" },
            Label {
                de: "OZG-Leistungen, die in ganz Deutschland flächendeckend verfügbar sind. Wo Quellen sich widersprechen, steht der niedrigste Wert.",
                en: "OZG services that are rolled out in all of Germany. Where sources contradict each other, the lowest value stands.",
            },
        )
        .ask(format!("ozg_services_rolled_out{{{GERMANY}}}"), value)
        .csv("/v1/series/services_rolled_out.csv?area=DE&every=change"),
        stat(
            Label { de: "Anteil flächendeckend", en: "Share rolled out" },
            Label {
                de: "Flächendeckend verfügbare OZG-Leistungen je Grundgesamtheit. Bei veröffentlichten Werten ist es die, die die Quelle nennt.",
                en: "OZG services rolled out, as a share of all OZG services. For published values the denominator is the one that the source names.",
            },
        )
        .unit("percentunit")
        .thresholds(SHARE)
        .ask(
            format!("ozg_services_rolled_out{{{GERMANY}}} / ozg_services_rolled_out_denominator{{{GERMANY}}}"),
            value,
        )
        .csv("/v1/series/services_rolled_out.csv?area=DE&every=change&shape=wide&show=share"),
        stat(
            Label { de: "In mindestens einer Behörde", en: "Launched somewhere" },
            Label {
                de: "OZG-Leistungen, die in mindestens einer Behörde online sind, ohne Vorgabe eines Reifegrads.",
                en: "OZG services that are online at one authority at least, at any level of maturity.",
            },
        )
        .ask(format!("ozg_services_launched{{{GERMANY}}}"), value)
        .csv("/v1/series/services_launched.csv?area=DE&every=change"),
        stat(
            Label { de: "Einander widersprechende Angaben", en: "Published values in conflict" },
            Label {
                de: "Zahl der Größen, zu denen heute einander widersprechende Angaben gelten. Die CSV-Datei nennt alle Angaben zu flächendeckenden Leistungen in Deutschland; Zeilen, deren Quellen sich widersprechen oder widersprachen, tragen in der Spalte status das Wort conflict. Jede andere Kennzahl hat eine eigene solche Datei.",
                en: "The number of figures for which published values that hold today contradict each other. The CSV file lists all published values of services rolled out in Germany; its column status says conflict where values contradict or once contradicted each other. Every other measure has such a file, too.",
            },
        )
        .thresholds(&[(None, "green"), (Some(1.0), "orange")])
        .words_for(&[("0", Label { de: "keine", en: "none" }, "green")])
        .ask("count(ozg_reported_conflict) or vector(0)", Label { de: "Widersprüche", en: "conflicts" })
        .csv("/v1/series/services_rolled_out.csv?area=DE&basis=reported&every=change"),
    ]
}

fn progress() -> Vec<Panel> {
    vec![
        Panel::new(
            Visual::Steps,
            Label { de: "Fortschritt in Deutschland", en: "Progress in Germany" },
            Label {
                de: "OZG-Leistungen in mindestens einer Behörde und flächendeckend, veröffentlicht (reported) und ausgezählt (counted). Ein Wert gilt, bis ein neuer bekannt wird.",
                en: "OZG services launched and rolled out, published (reported) and counted. A value holds until a newer one is known.",
            },
        )
        .ask(format!("ozg_services_launched{{{GERMANY}}}"), Label { de: "in mindestens einer Behörde ({{basis}})", en: "launched ({{basis}})" })
        .ask(format!("ozg_services_rolled_out{{{GERMANY}}}"), Label { de: "flächendeckend ({{basis}})", en: "rolled out ({{basis}})" })
        .csv("/v1/series/services_rolled_out.csv?area=DE&from=${__from:date:YYYY-MM-DD}&to=${__to:date:YYYY-MM-DD}"),
        Panel::new(
            Visual::Steps,
            Label { de: "Flächendeckend nach Ländern", en: "Rolled out by Land" },
            Label {
                de: "OZG-Leistungen, die in einem Land flächendeckend verfügbar sind, wie veröffentlicht. Die Werte der Länder lassen sich nicht addieren: eine Leistung zählt in jedem Land.",
                en: "OZG services rolled out in a Land, as published. The values of the Länder do not add up: a service counts in each of them.",
            },
        )
        .ask(
            format!("ozg_services_rolled_out{{{LAENDER},basis=\"reported\"}} * on (area) group_left (name) ozg_area_info"),
            same("{{name}}"),
        )
        .csv("/v1/series/services_rolled_out.csv?by=area&basis=reported&from=${__from:date:YYYY-MM-DD}&to=${__to:date:YYYY-MM-DD}"),
    ]
}

fn laender() -> Vec<Panel> {
    let named = |expression: &str| format!("{expression} * on (area) group_left (name) ozg_area_info");
    let reported = format!("{LAENDER},basis=\"reported\"");
    let rolled_out = format!("ozg_services_rolled_out{{{reported}}}");
    let counted = format!("{LAENDER},basis=\"counted\"");
    vec![
        Panel::new(
            Visual::Table,
            Label { de: "Länder im Vergleich", en: "The Länder side by side" },
            Label {
                de: "Mehrere Kennzahlen mit ihrer Grundgesamtheit nebeneinander. Eine leere Zelle heißt: dazu ist nichts bekannt.",
                en: "Several measures with their denominators. An empty cell means that nothing is known.",
            },
        )
        .size(14, 13)
        .ask(
            format!("sum by (area, name) ({})", named(&rolled_out)),
            Label { de: "flächendeckend (veröffentlicht)", en: "rolled out (published)" },
        )
        .ask(
            format!("sum by (area, name) ({})", named(&format!("ozg_services_rolled_out_denominator{{{reported}}}"))),
            Label { de: "von (veröffentlicht)", en: "of (published)" },
        )
        .ask(
            format!("sum by (area, name) ({})", named(&format!("ozg_services_launched{{{counted}}}"))),
            Label { de: "in mindestens einer Behörde (gezählt)", en: "launched (counted)" },
        )
        .ask(
            format!("sum by (area, name) ({})", named(&format!("ozg_services_launched_denominator{{{counted}}}"))),
            Label { de: "von (gezählt)", en: "of (counted)" },
        )
        .ask(
            format!("sum by (area, name) ({})", named(&format!("ozg_reuses{{{counted},stage=\"live\"}}"))),
            Label { de: "Nachnutzungen im Einsatz (gezählt)", en: "reuses live (counted)" },
        )
        .csv("/v1/series/services_rolled_out.csv?by=area&every=change"),
        Panel::new(
            Visual::Bars,
            Label { de: "Anteil flächendeckend nach Ländern", en: "Share rolled out by Land" },
            Label {
                de: "Flächendeckend verfügbare OZG-Leistungen je Grundgesamtheit, wie veröffentlicht, der höchste Anteil zuerst.",
                en: "OZG services rolled out, as a share of all OZG services, as published; the highest share first.",
            },
        )
        .size(10, 13)
        .unit("percentunit")
        .thresholds(SHARE)
        .ask(
            format!(
                "sort_desc(({}) / ignoring (name) group_left () ozg_services_rolled_out_denominator{{{reported}}})",
                named(&rolled_out)
            ),
            same("{{name}}"),
        )
        .csv("/v1/series/services_rolled_out.csv?by=area&basis=reported&shape=wide&show=share"),
        Panel::new(
            Visual::Steps,
            Label { de: "Veränderung in 90 Tagen", en: "Change within 90 days" },
            Label {
                de: "Flächendeckend verfügbare OZG-Leistungen je Land gegenüber dem Stand 90 Tage zuvor. Fällt die Linie unter null, wurde etwas zurückgenommen.",
                en: "OZG services rolled out in a Land, compared with 90 days before. A line below zero means that something was taken back.",
            },
        )
        .size(24, 8)
        .thresholds(CHANGE)
        .ask(named(&format!("({rolled_out} - {rolled_out} offset 90d)")), same("{{name}}"))
        .csv("/v1/series/services_rolled_out.csv?by=area&basis=reported&shape=wide&show=change"),
    ]
}
