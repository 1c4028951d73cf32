//! Damals und heute: the same question at two data states.

use super::{FROM_2017, land};
use crate::model::{Dashboard, Panel, Source, Visual};
use ozg_core::words::Label;

const QUESTION: &str = "ozg_services_rolled_out{area=\"$area\",topic=\"all\",unit=\"ozg\"}";

pub(super) fn dashboard() -> Dashboard {
    Dashboard {
        file: Label { de: "damals-und-heute", en: "then-and-now" },
        title: Label { de: "OZG · Damals und heute", en: "OZG · Then and now" },
        description: Label {
            de: "Dieselbe Frage an zwei Datenstände: was man damals wusste und was man heute weiß. Die zweite Datenquelle zeigt auf /prometheus/as-of/{Tag oder pPosition}.",
            en: "The same question at two data states: what was known then, and what is known now. The second data source points to /prometheus/as-of/{day or pPosition}.",
        },
        from: FROM_2017,
        variables: vec![land()],
        panels: vec![
            both(
                Label { de: "Flächendeckend im Land: damals und heute", en: "Rolled out in the Land: then and now" },
                Label {
                    de: "OZG-Leistungen, die im Land flächendeckend verfügbar sind, nach beiden Datenständen. Wo die Linien auseinanderlaufen, wurde etwas nachgetragen oder berichtigt.",
                    en: "OZG services rolled out in the Land, by both data states. Where the lines part, something was recorded late or corrected.",
                },
                QUESTION,
            )
            .csv("/v1/series/services_rolled_out.csv?area=${area}&every=change"),
            both(
                Label { de: "Flächendeckend in Deutschland: damals und heute", en: "Rolled out in Germany: then and now" },
                Label {
                    de: "Dasselbe für Deutschland.",
                    en: "The same for Germany.",
                },
                "ozg_services_rolled_out{area=\"DE\",topic=\"all\",unit=\"ozg\"}",
            )
            .csv("/v1/series/services_rolled_out.csv?area=DE&every=change"),
            Panel::new(
                Visual::Table,
                Label { de: "Länder: damals", en: "Länder: then" },
                Label {
                    de: "In mindestens einer Behörde, ausgezählt, nach dem früheren Datenstand.",
                    en: "Launched, counted, by the earlier data state.",
                },
            )
            .ask_of(Source::Then, LAENDER, Label { de: "damals", en: "then" })
            .csv("/v1/series/services_launched.csv?by=area&basis=counted"),
            Panel::new(
                Visual::Table,
                Label { de: "Länder: heute", en: "Länder: now" },
                Label {
                    de: "In mindestens einer Behörde, ausgezählt, nach dem heutigen Datenstand.",
                    en: "Launched, counted, by today's data state.",
                },
            )
            .ask(LAENDER, Label { de: "heute", en: "now" })
            .csv("/v1/series/services_launched.csv?by=area&basis=counted"),
        ],
        is_about_progress: true,
    }
}

const LAENDER: &str = "ozg_services_launched{area!=\"DE\",topic=\"all\",unit=\"ozg\",basis=\"counted\"} * on (area) group_left (name) ozg_area_info";

fn both(title: Label, description: Label, question: &str) -> Panel {
    Panel::new(Visual::Steps, title, description)
        .size(24, 9)
        .ask(question, Label { de: "heute ({{basis}})", en: "now ({{basis}})" })
        .ask_of(Source::Then, question, Label { de: "damals ({{basis}})", en: "then ({{basis}})" })
}
