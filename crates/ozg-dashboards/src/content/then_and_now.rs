//! Damals und heute: the same question at two data states.

use super::parts::{DASHED, laender};
use super::{FROM_2020, OZG};
use crate::model::{Choice, Codes, Dashboard, Panel, Source, Visual};
use ozg_core::words::Label;

const THEN: Label = Label { de: "damals", en: "then" };
/// What the tables count.
const LAUNCHED: Label = Label { de: "gestartete OZG-Leistungen", en: "OZG services launched" };
const NOW: Label = Label { de: "heute", en: "now" };

pub(super) fn dashboard() -> Dashboard {
    Dashboard {
        file: Label { de: "damals-und-heute", en: "then-and-now" },
        title: Label { de: "OZG · Damals und heute", en: "OZG · Then and now" },
        description: Label {
            de: "Dieselbe Frage an zwei Datenstände: was man damals wusste und was man heute weiß. Die zweite Datenquelle zeigt auf /prometheus/as-of/{Tag oder pPosition}.",
            en: "The same question at two data states: what was known then, and what is known now. The second data source points to /prometheus/as-of/{day or pPosition}.",
        },
        from: FROM_2020,
        variables: vec![laender(Choice::Several("Bayern", "BY"))],
        panels: panels(),
        is_about_progress: true,
    }
}

fn panels() -> Vec<Panel> {
    let counted = "sum by (area) (ozg_services_launched{area=~\"[A-Z][A-Z]\",area!=\"DE\",topic=\"all\",unit=\"ozg\",basis=\"counted\"})";
    vec![
        both(
            Label { de: "Deutschland: flächendeckend (OZG)", en: "Germany: rolled out (OZG)" },
            Label {
                de: "OZG-Leistungen, die in Deutschland flächendeckend verfügbar sind, wie veröffentlicht, nach beiden Datenständen. Wo die Linien auseinanderlaufen, wurde etwas nachgetragen oder berichtigt.",
                en: "OZG services rolled out in Germany, as published, by both data states. Where the lines part, something was recorded late or corrected.",
            },
            "area=\"DE\"",
        )
        .csv_of(NOW, "/v1/series/services_rolled_out.csv?area=DE&basis=reported&every=change")
        .csv_of(THEN, "/v1/series/services_rolled_out.csv?area=DE&basis=reported&every=change&{then}"),
        both(
            Label { de: "Länder: flächendeckend (OZG)", en: "Länder: rolled out (OZG)" },
            Label {
                de: "Dasselbe für die gewählten Länder.",
                en: "The same for the chosen Länder.",
            },
            "area=~\"$area\"",
        )
        .csv_of(NOW, "/v1/series/services_rolled_out.csv?area=${area:csv}&basis=reported&every=change")
        .csv_of(THEN, "/v1/series/services_rolled_out.csv?area=${area:csv}&basis=reported&every=change&{then}"),
        by_land(
            Label { de: "Gezählt, damals", en: "Counted, then" },
            Label {
                de: "OZG-Leistungen in mindestens einer Behörde, wie man den heutigen Stand damals kannte. Ein Land fehlt, wenn man davon nichts wusste.",
                en: "OZG services launched, as today's state was known then. A Land is left out if nothing was known of it.",
            },
        )
        .ask_of(Source::Then, counted, LAUNCHED)
        .csv("/v1/series/services_launched.csv?by=area&basis=counted&{then}"),
        by_land(
            Label { de: "Gezählt, heute", en: "Counted, now" },
            Label {
                de: "OZG-Leistungen in mindestens einer Behörde, wie man den heutigen Stand heute kennt.",
                en: "OZG services launched, as today's state is known now.",
            },
        )
        .ask(counted, LAUNCHED)
        .csv("/v1/series/services_launched.csv?by=area&basis=counted"),
        Panel::new(
            Visual::Words,
            Label { de: "So liest man diese Seite", en: "How to read this page" },
            Label {
                de: "**Damals** ist der Datenstand, auf den die zweite Datenquelle zeigt: alles, was bis dahin bekannt war. **Heute** ist alles, was jetzt bekannt ist.\n\nGleiche Linien heißen: seitdem wurde dazu nichts nachgetragen, berichtigt oder zurückgenommen. Laufen sie auseinander, steht in der Liste der Einträge, wer was wann gemeldet hat.\n\nDen Datenstand legt fest, wer Grafana betreibt: ein Tag wie 2026-06-30 oder eine Position wie p200.",
                en: "**Then** is the data state to which the second data source points: everything that was known by that time. **Now** is everything that is known today.\n\nEqual lines mean that nothing was recorded late, corrected or withdrawn since. Where they part, the list of entries says who recorded what, and when.\n\nWhoever runs Grafana sets the data state: a day such as 2026-06-30, or a position such as p200.",
            },
        )
        .size(24, 7),
    ]
}

fn by_land(title: Label, description: Label) -> Panel {
    Panel::new(Visual::Table, title, description).size(12, 18)
}

fn both(title: Label, description: Label, areas: &str) -> Panel {
    let question =
        format!("ozg_services_rolled_out{{{areas},topic=\"all\",unit=\"ozg\",basis=\"reported\"}}");
    Panel::new(Visual::Steps, title, description)
        .axis(OZG)
        .codes(&[Codes::Areas])
        .ask(question.as_str(), Label { de: "{{area}} heute", en: "{{area}} now" })
        .ask_of(Source::Then, question, Label { de: "{{area}} damals", en: "{{area}} then" })
        .looking(DASHED)
}
