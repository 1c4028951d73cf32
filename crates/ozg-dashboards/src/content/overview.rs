//! Übersicht: Germany, the Länder side by side, progress.

use super::parts::{AS_BAR, AS_DAY, HIDDEN, QUIET, SHARE, aged, day_of, line, published, share_of};
use super::{FROM_2020, LEIKA, OZG, map, same};
use crate::model::{Codes, Dashboard, Panel, Visual};
use ozg_core::words::Label;

const GERMANY: &str = "area=\"DE\",topic=\"all\"";
const LAENDER: &str = "area=~\"[A-Z][A-Z]\",area!=\"DE\",topic=\"all\"";
const LAUNCHED_LINES: [Label; 2] = [
    Label { de: "in mindestens einer Behörde", en: "launched" },
    Label { de: "in mindestens einer Behörde, älter als ein Jahr", en: "launched, older than a year" },
];
const ROLLED_OUT_LINES: [Label; 2] = [
    Label { de: "flächendeckend", en: "rolled out" },
    Label { de: "flächendeckend, älter als ein Jahr", en: "rolled out, older than a year" },
];
const ROLLED_OUT: Label = Label { de: "flächendeckend", en: "rolled out" };

pub(super) fn dashboard() -> Dashboard {
    Dashboard {
        file: Label { de: "uebersicht", en: "overview" },
        title: Label { de: "OZG · Übersicht", en: "OZG · Overview" },
        description: Label {
            de: "Deutschland und die Länder: wie viele Leistungen gestartet und flächendeckend verfügbar sind. Gezähltes und Veröffentlichtes stehen nebeneinander und werden nie vermischt.",
            en: "Germany and the Länder: how many services are launched and rolled out. What is counted and what was published stand side by side and are never mixed.",
        },
        from: FROM_2020,
        variables: Vec::new(),
        panels: [germany(), progress(), laender()].concat(),
        is_about_progress: true,
    }
}

fn germany() -> Vec<Panel> {
    vec![
        published(
            Label { de: "Flächendeckend verfügbar: LeiKa-Leistungen (Zählung seit 2026)", en: "Rolled out: LeiKa services (counted since 2026)" },
            Label {
                de: "LeiKa-Leistungen, die in ganz Deutschland flächendeckend verfügbar sind, wie veröffentlicht, mit der Grundgesamtheit, die die Quelle nennt. Seit 2026 veröffentlicht der Bund nur noch diese Zählung. Wo Quellen sich widersprechen, steht der niedrigste Wert.",
                en: "LeiKa services that are rolled out in all of Germany, as published, with the denominator that the source names. Since 2026 the federation publishes only these. Where sources contradict each other, the lowest value stands.",
            },
            ROLLED_OUT,
            "services_rolled_out",
            "area=\"DE\",topic=\"all\",unit=\"leika\"",
        )
        .csv("/v1/series/services_rolled_out.csv?area=DE&unit=leika&basis=reported&every=change"),
        published(
            Label { de: "Flächendeckend verfügbar: OZG-Leistungen (Zählung bis 2025)", en: "Rolled out: OZG services (counted until 2025)" },
            Label {
                de: "OZG-Leistungen, die in ganz Deutschland flächendeckend verfügbar sind, wie veröffentlicht, mit der Grundgesamtheit, die die Quelle nennt. OZG- und LeiKa-Leistungen lassen sich nicht miteinander vergleichen.",
                en: "OZG services that are rolled out in all of Germany, as published, with the denominator that the source names. OZG services and LeiKa services cannot be compared with each other.",
            },
            ROLLED_OUT,
            "services_rolled_out",
            "area=\"DE\",topic=\"all\",unit=\"ozg\"",
        )
        .csv("/v1/series/services_rolled_out.csv?area=DE&basis=reported&every=change"),
        published(
            Label { de: "In mindestens einer Behörde: OZG-Leistungen", en: "Launched somewhere: OZG services" },
            Label {
                de: "OZG-Leistungen, die in mindestens einer Behörde online sind, wie veröffentlicht, ohne Vorgabe eines Reifegrads.",
                en: "OZG services that are online at one authority at least, as published, at any level of maturity.",
            },
            Label { de: "gestartet", en: "launched" },
            "services_launched",
            "area=\"DE\",topic=\"all\",unit=\"ozg\"",
        )
        .csv("/v1/series/services_launched.csv?area=DE&basis=reported&every=change"),
        Panel::new(
            Visual::Stat,
            Label { de: "Widersprüche", en: "Contradictions" },
            Label {
                de: "Zahl der Größen, zu denen heute einander widersprechende Angaben gelten. Die CSV-Datei nennt alle Angaben zu flächendeckenden Leistungen in Deutschland; Zeilen, deren Quellen sich widersprechen oder widersprachen, tragen in der Spalte status das Wort conflict.",
                en: "The number of figures for which published values that hold today contradict each other. The CSV file lists all published values of services rolled out in Germany; its column status says conflict where values contradict or once contradicted each other.",
            },
        )
        .size(6, 5)
        .thresholds(&[(None, "text"), (Some(1.0), "orange")])
        .words_for(&[("0", Label { de: "keine", en: "none" }, "text")])
        // Zero where there are published values; nothing where there are none.
        .ask(
            "count(ozg_reported_conflict) or 0 * count(ozg_reported_timestamp_seconds)",
            Label { de: "zwischen Quellen", en: "between sources" },
        )
        .csv("/v1/series/services_rolled_out.csv?area=DE&basis=reported&every=change"),
        Panel::new(
            Visual::Words,
            Label { de: "So liest man diese Seite", en: "How to read this page" },
            Label {
                de: "**Veröffentlicht** heißt: eine Quelle hat die Zahl genannt, am Tag unter *Stand*. **Gezählt** heißt: ausgezählt aus dem, was hier erfasst ist. **Flächendeckend**: überall, wo eine Behörde zuständig ist. Ein Strich oder *k. A.* heißt: dazu ist nichts bekannt, nicht null. Länder lassen sich nicht addieren. **Senkrechte Linien**: Frist des OZG (rot), Änderungsgesetz (blau), Wechsel der Zähleinheit (orange).",
                en: "**Published** means that a source said so, on the day under *as of*. **Counted** means counted from what is recorded here. **Rolled out**: wherever an authority is responsible. A dash or *n/a* means that nothing is known, not zero. The Länder do not add up. **Upright lines**: deadline of the law (red), amending law (blue), change of the unit (orange).",
            },
        )
        .size(18, 5),
    ]
}

/// Asks for a published figure of Germany as a line; it is dashed where the figure is older than a year.
fn published_line(
    panel: Panel,
    expression: &str,
    measure: &str,
    unit: &str,
    names: [Label; 2],
    color: &'static str,
) -> Panel {
    let about = format!("{GERMANY},unit=\"{unit}\"");
    let [fresh, old] = names;
    panel
        .ask(aged(expression, measure, &about, false), fresh)
        .looking(line(color, false))
        .ask(aged(expression, measure, &about, true), old)
        .looking(line(color, true))
}

fn progress() -> Vec<Panel> {
    let published = |measure: &str| format!("ozg_{measure}{{{GERMANY},unit=\"ozg\",basis=\"reported\"}}");
    let share = |unit: &str| {
        share_of("services_rolled_out", &format!("{GERMANY},unit=\"{unit}\",basis=\"reported\""))
    };
    let counted = format!("{GERMANY},unit=\"ozg\",basis=\"counted\"");
    let numbers = Panel::new(
        Visual::Steps,
        Label { de: "Fortschritt in Deutschland: OZG-Leistungen", en: "Progress in Germany: OZG services" },
        Label {
            de: "OZG-Leistungen in mindestens einer Behörde und flächendeckend, wie veröffentlicht. Ein Wert gilt, bis ein neuer bekannt wird; gestrichelt ist er älter als ein Jahr. Gezähltes kommt dazu, sobald der Katalog vollständig ist.",
            en: "OZG services launched and rolled out, as published. A value holds until a newer one is known; it is dashed where it is older than a year. Counted values join once the catalogue is complete.",
        },
    )
    .axis(OZG);
    let numbers = published_line(
        numbers,
        &published("services_launched"),
        "services_launched",
        "ozg",
        LAUNCHED_LINES,
        "blue",
    );
    let numbers =
        published_line(numbers, &published("services_rolled_out"), "services_rolled_out", "ozg", ROLLED_OUT_LINES, "green")
            .ask(
                format!("ozg_services_launched{{{counted}}} and ozg_services_launched_denominator{{{counted}}}"),
                Label { de: "in mindestens einer Behörde, gezählt", en: "launched, counted" },
            )
            .looking(line("purple", false))
            .csv_of(ROLLED_OUT, "/v1/series/services_rolled_out.csv?area=DE&from=${__from:date:YYYY-MM-DD}&to=${__to:date:YYYY-MM-DD}")
            .csv_of(Label { de: "in mindestens einer Behörde", en: "launched" }, "/v1/series/services_launched.csv?area=DE&from=${__from:date:YYYY-MM-DD}&to=${__to:date:YYYY-MM-DD}");
    let shares = Panel::new(
        Visual::Steps,
        Label { de: "Anteil flächendeckend in Deutschland", en: "Share rolled out in Germany" },
        Label {
            de: "Flächendeckend verfügbare Leistungen je Grundgesamtheit der Quelle; gestrichelt, wo die Angabe älter als ein Jahr ist. 2026 wechselt die Zähleinheit: der Sprung ist kein Rückschritt.",
            en: "Services rolled out, as a share of the denominator that the source names; dashed where it is older than a year. In 2026 the unit changes: the step is no setback.",
        },
    )
    .unit("percentunit");
    let ozg_lines =
        [OZG, Label { de: "OZG-Leistungen, älter als ein Jahr", en: "OZG services, older than a year" }];
    let leika_lines = [
        LEIKA,
        Label { de: "LeiKa-Leistungen, älter als ein Jahr", en: "LeiKa services, older than a year" },
    ];
    let shares = published_line(shares, &share("ozg"), "services_rolled_out", "ozg", ozg_lines, "green");
    let shares =
        published_line(shares, &share("leika"), "services_rolled_out", "leika", leika_lines, "orange")
            .csv("/v1/series/services_rolled_out.csv?area=DE&basis=reported&unit=ozg,leika&every=change");
    vec![numbers, shares]
}

fn laender() -> Vec<Panel> {
    let of = |unit: &str| format!("{LAENDER},unit=\"{unit}\",basis=\"reported\"");
    let day = |unit: &str| day_of("services_rolled_out", &format!("{LAENDER},unit=\"{unit}\""));
    let by_area = |expression: &str| format!("sum by (area) ({expression})");
    let table = Panel::new(
        Visual::Table,
        Label { de: "Länder: flächendeckend verfügbar, veröffentlicht", en: "The Länder: rolled out, published" },
        Label {
            de: "Was Quellen über die Länder veröffentlicht haben, jede Zahl mit ihrem Stand, der höchste Anteil zuerst. Ein Strich heißt: dazu ist nichts bekannt. Ein Klick auf ein Land führt zu ihm.",
            en: "What sources published about the Länder, each number with its day; the highest share first. A dash means that nothing is known. A click on a Land leads to it.",
        },
    )
    .size(24, 18)
    .ordered_by(SHARE)
    .ask(by_area("ozg_area_info{area=~\"[A-Z][A-Z]\",area!=\"DE\"}"), same("Land"))
    .looking(HIDDEN)
    .ask(by_area(&format!("ozg_services_rolled_out{{{}}}", of("ozg"))), OZG)
    .ask(by_area(&format!("ozg_services_rolled_out_denominator{{{}}}", of("ozg"))), Label { de: "von", en: "of" })
    .looking(QUIET)
    .ask(by_area(&share_of("services_rolled_out", &of("ozg"))), SHARE)
    .looking(AS_BAR)
    .ask(by_area(&day("ozg")), Label { de: "Stand OZG", en: "OZG as of" })
    .looking(AS_DAY)
    .ask(by_area(&format!("ozg_services_rolled_out{{{}}}", of("leika"))), LEIKA)
    .ask(by_area(&day("leika")), Label { de: "Stand LeiKa", en: "LeiKa as of" })
    .looking(AS_DAY)
    .csv_of(OZG, "/v1/series/services_rolled_out.csv?by=area&basis=reported&every=change")
    .csv_of(LEIKA, "/v1/series/services_rolled_out.csv?by=area&unit=leika&basis=reported&every=change");
    let head = Panel::new(
        Visual::Words,
        Label { de: "Anteil flächendeckend", en: "Share rolled out" },
        Label {
            de: "OZG-Leistungen, wie zuletzt veröffentlicht. Je dunkler, desto mehr; grau: nichts veröffentlicht. Ein Klick auf die Zahl führt zum Land.",
            en: "OZG services, as last published. The darker, the more; grey: nothing was published. A click on the number leads to the Land.",
        },
    )
    .size(map::WIDTH, 4);
    let tiles = map::tiles("services_rolled_out", "topic=\"all\",unit=\"ozg\",basis=\"reported\"");
    let [lines, changes] = over_time();
    // Each panel takes the first free place: the tiles lie beside the lines, which are as high as all of them.
    [vec![lines, head], tiles, vec![table, changes]].concat()
}

fn over_time() -> [Panel; 2] {
    let about = format!("{LAENDER},unit=\"ozg\"");
    let rolled_out = "ozg_services_rolled_out{topic=\"all\",basis=\"reported\"}";
    let changed = format!("({rolled_out} - {rolled_out} offset 365d) != 0");
    let rows = |expression: &str| format!("sum by (area, unit) ({expression})");
    [
        Panel::new(
            Visual::Steps,
            Label { de: "Verlauf nach Ländern", en: "History by Land" },
            Label {
                de: "OZG-Leistungen, die in einem Land flächendeckend verfügbar sind, wie veröffentlicht. Eine Linie endet ein Jahr nach der letzten Angabe. Die Werte der Länder lassen sich nicht addieren: eine Leistung zählt in jedem Land.",
                en: "OZG services rolled out in a Land, as published. A line ends a year after the last figure. The values of the Länder do not add up: a service counts in each of them.",
            },
        )
        .size(24 - map::WIDTH, 19)
        .axis(OZG)
        .codes(&[Codes::Areas])
        .ask(aged(&format!("ozg_services_rolled_out{{{about},basis=\"reported\"}}"), "services_rolled_out", &about, false), same("{{area}}"))
        .csv("/v1/series/services_rolled_out.csv?by=area&basis=reported&from=${__from:date:YYYY-MM-DD}&to=${__to:date:YYYY-MM-DD}"),
        Panel::new(
            Visual::Table,
            Label { de: "Was sich in einem Jahr geändert hat", en: "What changed within a year" },
            Label {
                de: "Flächendeckend verfügbare Leistungen, wie veröffentlicht, gegenüber dem Stand ein Jahr zuvor. Was sich nicht geändert hat oder vor einem Jahr noch nicht bekannt war, fehlt.",
                en: "Services rolled out, as published, compared with a year before. What has not changed, or was not known a year ago, is left out.",
            },
        )
        .size(24, 6)
        .or_nothing(Label { de: "In einem Jahr hat sich nichts geändert", en: "Nothing changed within a year" })
        .ask(rows(&format!("{rolled_out} offset 365d and ({changed})")), Label { de: "vor einem Jahr", en: "a year ago" })
        .ask(rows(&format!("{rolled_out} and ({changed})")), Label { de: "heute", en: "now" })
        .ask(rows(&changed), Label { de: "Änderung", en: "change" })
        .csv("/v1/series/services_rolled_out.csv?by=area&basis=reported&unit=ozg,leika&shape=wide&show=change"),
    ]
}
