//! The texts of the sheet with instructions, in both languages: what each column holds and which values it takes. Also
//! the words of drop-down lists.

use super::kinds::SheetColumn;
use ozg_core::event::{EventType, Field, Kind};
use ozg_core::measure::Measure;
use ozg_core::words::{Area, AuthorityKind, Label, Language, Stage, Topic, Unit};

/// The contents of fields in German; the table of fields has them in English.
const GERMAN: [(&str, &str); 28] = [
    ("service", "die Leistung"),
    ("authority", "die Behörde"),
    ("measure", "die Kennzahl, von der die Zahl handelt"),
    ("place", "der Ort, an dem es gilt"),
    ("topic", "das Themenfeld; leer für alle"),
    ("stage", "die Stufe"),
    ("level", "der Reifegrad"),
    ("unit", "was als eine Leistung zählt"),
    ("scope", "Worte, die eingrenzen, was die Zahl zählt"),
    ("value", "die Zahl (entweder hier oder unter Prozent)"),
    ("percent", "die Zahl in Prozent"),
    ("of", "von wie vielen: der Nenner"),
    ("name", "der Name"),
    ("kind", "die Behördenart; folgt aus der Kennung"),
    ("area", "das Land; folgt aus der Kennung"),
    ("ars", "der Amtliche Regionalschlüssel, 12 Ziffern"),
    ("population", "Einwohnerinnen und Einwohner"),
    ("topics", "die Themenfelder der Leistung"),
    ("parents", "die Leistungen, zu denen sie gehört"),
    ("executed_by", "welche Behördenarten sie ausführen"),
    ("lead", "das Land, das sie nach EfA baut"),
    ("on", "der Tag, um den es geht; ein unvollständiges Datum zählt ab seinem letzten Tag"),
    (
        "due",
        "nur bei Art „geplant“: der Tag, zu dem die Stufe fällig ist; Datum ist dann der Tag des Plans, oder leer",
    ),
    ("since", "seit wann gezählt wird; die Zahl ist damit eine Veränderung"),
    ("reason", "warum"),
    ("replaces", "welchen Eintrag es berichtigt"),
    ("source", "woher die Angabe stammt"),
    ("source_url", "die Adresse der Quelle"),
];
/// More of them.
const GERMAN_COMMON: [(&str, &str); 20] = [
    ("complete", "ob der Katalog oder das Verzeichnis vollständig ist; leer: ja"),
    ("says", "warum die Stelle widerspricht"),
    ("region", "die Region, wie in `area=region:…`"),
    ("list", "die Liste der Leistungen, wie in `list=…`"),
    ("subject", "was bewertet wird"),
    ("model", "das Modell, wenn der Reifegrad ohne es dasteht"),
    ("live", "Behörden, bei denen es im Einsatz ist"),
    ("rolling_out", "weitere Behörden, bei denen es im Roll-out ist"),
    ("status", "die Ampel"),
    ("implementation", "der Umsetzungsstand"),
    ("urgent", "ob es dringend ist"),
    ("successors", "die Behörden, die übernehmen"),
    ("inherits", "ob eine Nachfolgerin jede Stufe hält, die alle Vorgängerinnen hielten"),
    ("members", "die Länder und Kreise einer Region"),
    ("services", "die Leistungen der Liste"),
    ("outlook", "was für spätere Jahre erwartet wird"),
    ("entry", "der Eintrag, der ein Irrtum war"),
    ("published", "wann die Quelle veröffentlicht wurde"),
    ("note", "eine Anmerkung"),
    ("id", "die Kennung des Eintrags; bei neuen Einträgen leer"),
];

/// Describes the content of a field and the values that it takes.
#[must_use]
pub fn explain(field: &'static Field, event_type: EventType, language: Language) -> String {
    let column = Some(field);
    format!("{}: {}", says(column, language), takes(column, &[event_type], language))
}

/// Describes the content of a column.
pub(super) fn says(column: SheetColumn, language: Language) -> &'static str {
    let Some(field) = column else {
        let of_type = Label {
            de: "die Art der Zeile; leer: die Art der Tabelle",
            en: "the type of the row; empty: the type of the sheet",
        };
        return of_type.in_language(language);
    };
    let german = GERMAN.iter().chain(&GERMAN_COMMON).find(|(name, _)| *name == field.name);
    match language {
        Language::German => german.map_or(field.doc, |(_, doc)| doc),
        Language::English => field.doc,
    }
}

/// What a place may be beside the areas of its drop-down list.
const AUTHORITY: Label = Label {
    de: ", eine Behörde mit Namen oder Schlüssel (LK Barnim, kreis:12060)",
    en: ", an authority by its name or key (LK Barnim, kreis:12060)",
};

/// Describes the values that a column takes.
pub(super) fn takes(column: SheetColumn, types: &[EventType], language: Language) -> String {
    if let Some(words) = choices(column, types, language) {
        let or = if column.is_some_and(|field| field.kind == Kind::Place) { AUTHORITY } else { same("") };
        return words.join(", ") + or.in_language(language);
    }
    let Some(field) = column else { return String::new() };
    let label = match field.kind {
        Kind::Service => Label {
            de: "ozg:10255, leika:99012001001000, dienst:wohngeld-online oder der Name im Katalog",
            en: "ozg:10255, leika:99012001001000, dienst:wohngeld-online or its name in the catalogue",
        },
        Kind::Services => same("ozg:10255, ozg:10256"),
        Kind::Authority => same("ags:01003000, kreis:01051, abh:12054"),
        Kind::Place => Label {
            de: "DE, ein Land (BW) oder eine Behörde (ags:01003000)",
            en: "DE, a Land (BW) or an authority (ags:01003000)",
        },
        Kind::Date => Label {
            de: "30.06.2024, Juni 2024, 2. Quartal 2024, 1. Halbjahr 2024, KW 23/2024, 2024",
            en: "2024-06-30, 2024-06, 2024-Q2, 2024-H1, 2024-W23, 2024",
        },
        Kind::Figure => Label {
            de: "270, 1.234, 12,5, >270, ca. 300, knapp 100",
            en: "270, 1,234, 12.5, >270, about 300",
        },
        Kind::Count => Label { de: "eine ganze Zahl", en: "a whole number" },
        Kind::Flag => Label { de: "ja, nein", en: "yes, no" },
        Kind::RegionalKey => Label { de: "12 Ziffern", en: "12 digits" },
        Kind::EntryOrStanding => Label { de: "standing, 16586, UUID", en: "standing, 16586, UUID" },
        Kind::Entry => same("16586, UUID"),
        Kind::Id => same("UUID"),
        Kind::Url => same("https://…"),
        _ => Label { de: "ein Text", en: "a text" },
    };
    label.in_language(language).to_owned()
}

/// Returns the words of the drop-down list of a column, in the language.
pub(super) fn choices(
    column: SheetColumn,
    types: &[EventType],
    language: Language,
) -> Option<Vec<&'static str>> {
    let Some(field) = column else {
        return Some(
            types.iter().map(|known| crate::input::headings::word_of_type(*known, language)).collect(),
        );
    };
    Some(match field.kind {
        Kind::Stage => Stage::all().map(|stage| stage.name().in_language(language)).collect(),
        Kind::Place | Kind::Area => Area::all().map(Area::id).collect(),
        Kind::Topic | Kind::Topics => Topic::all().map(Topic::id).collect(),
        Kind::Measure => Measure::all().map(Measure::id).collect(),
        Kind::Unit => Unit::all().map(Unit::id).collect(),
        Kind::AuthorityKind | Kind::AuthorityKinds => AuthorityKind::all().map(AuthorityKind::id).collect(),
        _ => return None,
    })
}

/// Tells whether a column takes only the words of its drop-down list.
pub(super) fn is_closed(column: SheetColumn) -> bool {
    let kind = column.map(|field| field.kind);
    matches!(kind, None | Some(Kind::Stage | Kind::Area | Kind::Topic | Kind::Measure | Kind::Unit))
}

const fn same(text: &'static str) -> Label {
    Label { de: text, en: text }
}

#[cfg(test)]
mod tests {
    use super::super::kinds::{SheetKind, columns};
    use super::*;

    #[test]
    fn every_column_of_a_template_is_explained_in_both_languages() {
        for kind in SheetKind::all() {
            for column in columns(kind.types()) {
                let (german, english) = (says(column, Language::German), says(column, Language::English));
                assert_ne!(german, english, "{kind:?} {column:?}");
                assert!(!takes(column, kind.types(), Language::German).is_empty(), "{kind:?} {column:?}");
            }
        }
    }
}
