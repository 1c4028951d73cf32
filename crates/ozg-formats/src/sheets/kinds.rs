//! The kinds of sheets, and the columns of each.

use crate::input::{InputKind, heading_of};
use ozg_core::event::{EventType, FIELDS, Field, Need};
use ozg_core::words::{Label, Language};

/// A sheet that can be filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetKind {
    /// Milestones, reached, ended and planned.
    Milestones,
    /// Published figures.
    Figures,
    /// Authorities.
    Authorities,
    /// Services.
    Services,
}

/// A row of the table of sheets.
struct KindRow {
    kind: SheetKind,
    input: InputKind,
    name: Label,
    /// The types that its rows can have; the first is that of rows that do not name theirs.
    types: &'static [EventType],
    /// An example, field by field; those with two texts are German and English.
    example: &'static [(&'static str, Label)],
}

const fn same(text: &'static str) -> Label {
    Label { de: text, en: text }
}

const TABLE: [KindRow; 4] = [
    KindRow {
        kind: SheetKind::Milestones,
        input: InputKind::Milestones,
        name: Label { de: "Meilensteine", en: "Milestones" },
        types: &[EventType::MilestoneReached, EventType::MilestoneEnded, EventType::MilestonePlanned],
        example: &[
            ("service", same("ozg:10255")),
            ("place", same("ags:01003000")),
            ("stage", Label { de: "im Einsatz", en: "live" }),
            ("on", Label { de: "30.06.2024", en: "2024-06-30" }),
            ("source", Label { de: "Projektbüro", en: "project office" }),
        ],
    },
    KindRow {
        kind: SheetKind::Figures,
        input: InputKind::Figures,
        name: Label { de: "Zahlen", en: "Figures" },
        types: &[EventType::FigureReported],
        example: &[
            ("measure", same("services_rolled_out")),
            ("place", same("SN")),
            ("value", same(">180")),
            ("of", same("575")),
            ("on", Label { de: "31.03.2024", en: "2024-03-31" }),
            ("source", Label { de: "Landtag, Drucksache", en: "Landtag, printed paper" }),
        ],
    },
    KindRow {
        kind: SheetKind::Authorities,
        input: InputKind::Authorities,
        name: Label { de: "Behörden", en: "Authorities" },
        types: &[EventType::AuthorityListed],
        example: &[
            ("authority", same("abh:12054")),
            ("name", same("Ausländerbehörde Potsdam")),
            ("population", same("187119")),
        ],
    },
    KindRow {
        kind: SheetKind::Services,
        input: InputKind::Services,
        name: Label { de: "Leistungen", en: "Services" },
        types: &[EventType::ServiceListed],
        example: &[
            ("service", same("ozg:10071")),
            ("name", same("Geburt")),
            ("topics", same("familie_kind")),
            ("executed_by", same("standesamt")),
        ],
    },
];

impl SheetKind {
    /// Lists all sheets.
    pub fn all() -> impl ExactSizeIterator<Item = SheetKind> + Clone {
        TABLE.iter().map(|row| row.kind)
    }

    /// Returns its id, which is also the id of the input that reads it.
    #[must_use]
    pub fn id(self) -> &'static str {
        self.row().input.row().id
    }

    /// Finds a sheet by its id.
    #[must_use]
    pub fn named(id: &str) -> Option<SheetKind> {
        SheetKind::all().find(|kind| kind.id() == id.trim())
    }

    /// Returns the name of the sheet in a workbook.
    #[must_use]
    pub fn name(self) -> Label {
        self.row().name
    }

    /// Returns the types that its rows can have; the first is that of rows that do not name theirs.
    #[must_use]
    pub fn types(self) -> &'static [EventType] {
        self.row().types
    }

    /// Returns the cell of the example in a column.
    pub(super) fn example(self, column: SheetColumn, language: Language) -> &'static str {
        let text = |name: &str| self.row().example.iter().find(|(field, _)| *field == name);
        column.and_then(|field| text(field.name)).map_or("", |(_, label)| label.in_language(language))
    }

    fn row(self) -> &'static KindRow {
        &TABLE[self as usize]
    }
}

/// A column: a field, or none for the column of types.
pub(super) type SheetColumn = Option<&'static Field>;

/// Returns the columns for rows of these types, beginning with the column of types.
pub(super) fn columns(types: &[EventType]) -> Vec<SheetColumn> {
    let has = |field: &&Field| types.iter().any(|known| known.field(field.name).is_some());
    std::iter::once(None).chain(FIELDS.iter().filter(has).map(Some)).collect()
}

/// Tells whether a column must be filled in.
pub(super) fn is_needed(column: SheetColumn, types: &[EventType]) -> bool {
    let Some(field) = column else { return false };
    let needs = |known: &EventType| {
        known.fields().any(|(other, need)| other.name == field.name && need == Need::Required)
    };
    types.first().is_some_and(needs)
}

/// Returns the heading of a column.
pub(super) fn heading(column: SheetColumn, language: Language) -> &'static str {
    heading_of(column, language)
}
