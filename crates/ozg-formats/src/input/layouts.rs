//! The layouts of tables that others have chosen: the columns of each, and those by which it is recognised.

use super::kind::InputKind;
use ozg_core::words::plain;
use std::collections::HashSet;
use std::sync::LazyLock;

/// A column of a layout.
pub(crate) struct LayoutColumn {
    /// The heading, which is also the name of the column in mistakes.
    pub(crate) name: &'static str,
    /// Other headings of the same column.
    pub(crate) also: &'static [&'static str],
    /// Whether the column is required.
    pub(crate) is_required: bool,
}

/// Makes a required column.
pub(crate) const fn must(name: &'static str, also: &'static [&'static str]) -> LayoutColumn {
    LayoutColumn { name, also, is_required: true }
}

/// Makes an optional column.
pub(crate) const fn may(name: &'static str, also: &'static [&'static str]) -> LayoutColumn {
    LayoutColumn { name, also, is_required: false }
}

/// The columns.
pub(crate) const LEIKA: &[LayoutColumn] = &[
    must("leika_schluessel", &["leika_key", "LeiKa-Schlüssel", "Schlüssel"]),
    must("name", &["leika_name", "leika_bezeichnung"]),
    may("leika_typ", &["Typ", "LeiKa-Typ"]),
    may("ozg_id", &["OZG-ID", "ozgid"]),
];

/// The columns.
pub(crate) const OZG: &[LayoutColumn] = &[
    must("ozg_id", &["OZG-ID", "ozgid"]),
    must("name", &[]),
    must("themenfeld", &["topic"]),
    may("lage", &[]),
];

/// The columns that are read. The export has more, which only describe.
pub(crate) const AVAILABILITY: &[LayoutColumn] = &[
    must("leika_key", &["leikaKey"]),
    must("online_status", &["onlineStatus"]),
    must("aktiv", &[]),
    must("art_flaechendeckung", &["artFlaechendeckung"]),
    must("ars", &[]),
    may("ars_federal_state", &["arsFederalState"]),
    may("bundesland", &[]),
    may("datenstand_pvog_import", &["datenstandPvogImport"]),
    may("export_datum", &["exportDatum"]),
];

/// The columns.
pub(crate) const SUCCESSORS: &[LayoutColumn] = &[
    must("predecessor", &["Vorgänger"]),
    must("successor", &["Nachfolger"]),
    must("on", &["Datum"]),
    must("kind", &["Art"]),
    may("source", &["Quelle"]),
    may("note", &["Anmerkung"]),
];

/// The layouts: the columns of each, and those by which it is recognised.
const LAYOUTS: [(InputKind, &[LayoutColumn], &[&str]); 4] = [
    (InputKind::Availability, AVAILABILITY, &["art_flaechendeckung"]),
    (InputKind::LeikaCatalogue, LEIKA, &["leika_schluessel"]),
    (InputKind::OzgCatalogue, OZG, &["ozg_id", "themenfeld"]),
    (InputKind::Successors, SUCCESSORS, &["predecessor"]),
];

/// Tells whether a heading is known in one of the layouts.
pub(crate) fn is_known(heading: &str) -> bool {
    static KNOWN: LazyLock<HashSet<String>> = LazyLock::new(|| {
        let columns = LAYOUTS.iter().flat_map(|(_, columns, _)| columns.iter());
        columns
            .flat_map(|column| [column.name].into_iter().chain(column.also.iter().copied()))
            .map(normal)
            .collect()
    });
    KNOWN.contains(&normal(heading))
}

/// Returns the layout of these headings, even if some are missing.
pub(crate) fn layout_of(headings: &[&str]) -> Option<InputKind> {
    let has = |column: &LayoutColumn| headings.iter().any(|heading| column.is(heading));
    let is_marked = |columns: &[LayoutColumn], marks: &[&str]| {
        marks.iter().all(|mark| columns.iter().any(|column| column.name == *mark && has(column)))
    };
    LAYOUTS.iter().find(|(_, columns, marks)| is_marked(columns, marks)).map(|(kind, ..)| *kind)
}

/// Tells whether every required column of a layout is there.
pub(crate) fn is_whole(kind: InputKind, headings: &[&str]) -> bool {
    let columns =
        LAYOUTS.iter().find(|(known, ..)| *known == kind).map_or(&[][..], |(_, columns, _)| columns);
    let has = |column: &LayoutColumn| headings.iter().any(|heading| column.is(heading));
    columns.iter().all(|column| !column.is_required || has(column))
}

impl LayoutColumn {
    /// Tells whether a heading is its own.
    pub(crate) fn is(&self, heading: &str) -> bool {
        let heading = normal(heading);
        heading == self.name || self.also.iter().any(|also| normal(also) == heading)
    }
}

/// Returns the form of a heading in which it is looked up: `Quelle URL` and `quelle_url` are the same, both forms of an
/// umlaut, and `Ort*`, `Ort:` and `Ort (Schlüssel)`, since marks behind a heading say how it is filled in.
pub(crate) fn normal(heading: &str) -> String {
    let heading = plain(heading);
    let mut rest = heading.as_ref();
    loop {
        let bare = rest.trim_end_matches(['*', ':', '!', '?', '.']).trim_end();
        let in_brackets = bare.strip_suffix([')', ']']).and_then(|inner| inner.rfind(['(', '[']));
        let shorter = in_brackets.map_or(bare, |at| bare[..at].trim_end());
        if shorter.is_empty() || shorter.len() == rest.len() {
            break;
        }
        rest = shorter;
    }
    rest.to_lowercase().replace([' ', '-'], "_")
}
