//! The kinds of input; the table of inputs has a row for each.

/// A kind of input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum InputKind {
    /// One event or an array of events as plain JSON.
    Json,
    /// One CloudEvent or an array of them.
    CloudEvents,
    /// One event per line, as JSON.
    Ndjson,
    /// A sheet whose headings imply the type of its rows.
    Csv,
    /// A sheet of milestones.
    Milestones,
    /// A sheet of published figures.
    Figures,
    /// A sheet of authorities.
    Authorities,
    /// A sheet of services.
    Services,
    /// A sheet of dissolved authorities and their successors.
    Successors,
    /// The register of municipalities of the Federal Statistical Office.
    Gv100ad,
    /// A catalogue of OZG-Leistungen.
    OzgCatalogue,
    /// A catalogue of LeiKa-Leistungen.
    LeikaCatalogue,
    /// An export of the federal dashboard: which LeiKa-Leistungen are available.
    Availability,
    /// The tracker's own dump.
    Dump,
    /// The tracker's own archive.
    Archive,
}
