//! The table of inputs.

use super::content::Content;
use super::kind::InputKind;
use super::sink::Sink;
use super::{availability, cloudevents, dump, gv100ad, json, leika, ndjson, ozg, sheet, successors};
use ozg_core::edition::Edition;
use ozg_core::event::EventType;
use ozg_core::mistake::{Code, Fault};
use ozg_core::words::Label;

/// One row of the table of inputs.
#[derive(Debug, Clone, Copy)]
pub struct Input {
    /// The kind.
    pub kind: InputKind,
    /// Id, as in `as=` and `--as`.
    pub id: &'static str,
    /// Media types of the input. If several rows have the same media type, it means the first of them.
    pub content_types: &'static [&'static str],
    /// Endings of file names, without the point.
    pub endings: &'static [&'static str],
    /// Name in both languages.
    pub label: Label,
    /// The content, in one or two sentences.
    pub doc: &'static str,
    pub(crate) read: fn(&mut Content<'_>, &mut Sink<'_>) -> Option<Edition>,
    pub(crate) windows_1252: bool,
    /// Whether it is an edition, which is compared with the state.
    pub is_edition: bool,
}

const XLSX_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const ODS_TYPE: &str = "application/vnd.oasis.opendocument.spreadsheet";
const SHEET_TYPES: &[&str] = &["text/csv", "text/tab-separated-values", XLSX_TYPE, ODS_TYPE];
const SHEET_ENDINGS: &[&str] = &["csv", "tsv", "xlsx", "ods"];

/// Reads a text that states events.
fn text(content: &mut Content<'_>, sink: &mut Sink<'_>, read: fn(&str, &mut Sink<'_>)) -> Option<Edition> {
    match content.text() {
        Ok(text) => read(text, sink),
        Err(mistake) => sink.mistake(*mistake),
    }
    None
}

/// Reads a sheet that states events.
fn events(content: &mut Content<'_>, sink: &mut Sink<'_>, asked: Option<EventType>) -> Option<Edition> {
    sheet::read(content, asked, sink);
    None
}

/// All inputs.
pub const INPUTS: &[Input] = &[
    Input {
        kind: InputKind::Json,
        id: "json",
        content_types: &["application/json"],
        endings: &["json"],
        label: Label { de: "Ereignisse als JSON", en: "events as JSON" },
        doc: "One event, or an array of events: `type` and its fields.",
        read: |content, sink| text(content, sink, json::read),
        windows_1252: false,
        is_edition: false,
    },
    Input {
        kind: InputKind::CloudEvents,
        id: "cloudevents",
        content_types: &["application/cloudevents+json", "application/cloudevents-batch+json"],
        endings: &[],
        label: Label { de: "CloudEvents 1.0", en: "CloudEvents 1.0" },
        doc: "One CloudEvent, or an array of them: `type` is `de.ozg-tracker.<type>.v1`, the fields stand in `data`.",
        read: |content, sink| text(content, sink, cloudevents::read),
        windows_1252: false,
        is_edition: false,
    },
    Input {
        kind: InputKind::Ndjson,
        id: "ndjson",
        content_types: &["application/x-ndjson", "application/ndjson", "application/jsonl"],
        endings: &["ndjson", "jsonl"],
        label: Label { de: "Ereignisse als JSON, eines je Zeile", en: "events as JSON, one per line" },
        doc: "One event per line, as JSON; empty lines are skipped.",
        read: |content, sink| text(content, sink, ndjson::read),
        windows_1252: false,
        is_edition: false,
    },
    Input {
        kind: InputKind::Csv,
        id: "csv",
        content_types: SHEET_TYPES,
        endings: SHEET_ENDINGS,
        label: Label { de: "Tabelle (CSV, XLSX, ODS)", en: "sheet (CSV, XLSX, ODS)" },
        doc: "A sheet whose columns say what its rows are: figures with a column `Kennzahl`, milestones with `Stufe`, authorities with `Behörde` and `Name`, services with `Leistung` and `Name`. Any other sheet needs a column `type`.",
        read: |content, sink| events(content, sink, None),
        windows_1252: true,
        is_edition: false,
    },
    Input {
        kind: InputKind::Milestones,
        id: "milestones",
        content_types: SHEET_TYPES,
        endings: SHEET_ENDINGS,
        label: Label { de: "Meilensteine (CSV, XLSX, ODS)", en: "milestones (CSV, XLSX, ODS)" },
        doc: "A sheet of milestones. A row without `Art` is a milestone that was reached.",
        read: |content, sink| events(content, sink, Some(EventType::MilestoneReached)),
        windows_1252: true,
        is_edition: false,
    },
    Input {
        kind: InputKind::Figures,
        id: "figures",
        content_types: SHEET_TYPES,
        endings: SHEET_ENDINGS,
        label: Label {
            de: "Veröffentlichte Zahlen (CSV, XLSX, ODS)",
            en: "published figures (CSV, XLSX, ODS)",
        },
        doc: "A sheet of published figures, one per row.",
        read: |content, sink| events(content, sink, Some(EventType::FigureReported)),
        windows_1252: true,
        is_edition: false,
    },
    Input {
        kind: InputKind::Authorities,
        id: "authorities",
        content_types: SHEET_TYPES,
        endings: SHEET_ENDINGS,
        label: Label { de: "Behörden (CSV, XLSX, ODS)", en: "authorities (CSV, XLSX, ODS)" },
        doc: "A sheet of authorities, one per row: Ausländerbehörden, Bauaufsicht and others that are in no register of municipalities.",
        read: |content, sink| events(content, sink, Some(EventType::AuthorityListed)),
        windows_1252: true,
        is_edition: false,
    },
    Input {
        kind: InputKind::Services,
        id: "services",
        content_types: SHEET_TYPES,
        endings: SHEET_ENDINGS,
        label: Label { de: "Leistungen (CSV, XLSX, ODS)", en: "services (CSV, XLSX, ODS)" },
        doc: "A sheet of services, one per row.",
        read: |content, sink| events(content, sink, Some(EventType::ServiceListed)),
        windows_1252: true,
        is_edition: false,
    },
    Input {
        kind: InputKind::Successors,
        id: "successors",
        content_types: SHEET_TYPES,
        endings: SHEET_ENDINGS,
        label: Label {
            de: "Nachfolger aufgelöster Behörden (CSV, XLSX, ODS)",
            en: "successors of dissolved authorities (CSV, XLSX, ODS)",
        },
        doc: "Who succeeded whom: `predecessor`, `successor`, `on`, `kind` (`eingemeindung`, `zusammenschluss`, `aufteilung`, `schluesselaenderung`). Rows with the same predecessor and day are one event.",
        read: |content, sink| {
            successors::read(content, sink);
            None
        },
        windows_1252: true,
        is_edition: false,
    },
    Input {
        kind: InputKind::Gv100ad,
        id: "gv100ad",
        content_types: &["text/plain"],
        endings: &["asc"],
        label: Label { de: "Gemeindeverzeichnis GV100AD", en: "register of municipalities GV100AD" },
        doc: "The register of municipalities of the Federal Statistical Office (fixed width), as text or packed: all Länder, Kreise and Gemeinden on its Gebietsstand.",
        read: gv100ad::read,
        windows_1252: true,
        is_edition: true,
    },
    Input {
        kind: InputKind::OzgCatalogue,
        id: "ozg-catalogue",
        content_types: SHEET_TYPES,
        endings: SHEET_ENDINGS,
        label: Label {
            de: "Katalog der OZG-Leistungen (CSV, XLSX, ODS)",
            en: "catalogue of OZG-Leistungen (CSV, XLSX, ODS)",
        },
        doc: "All OZG-Leistungen: `ozg_id`, `name`, `themenfeld`.",
        read: ozg::read,
        windows_1252: true,
        is_edition: true,
    },
    Input {
        kind: InputKind::LeikaCatalogue,
        id: "leika-catalogue",
        content_types: SHEET_TYPES,
        endings: SHEET_ENDINGS,
        label: Label {
            de: "Katalog der LeiKa-Leistungen (CSV, XLSX, ODS)",
            en: "catalogue of LeiKa-Leistungen (CSV, XLSX, ODS)",
        },
        doc: "All LeiKa-Leistungen: `leika_schluessel`, `name`, `leika_typ`, `ozg_id`.",
        read: leika::read,
        windows_1252: true,
        is_edition: true,
    },
    Input {
        kind: InputKind::Availability,
        id: "availability",
        content_types: SHEET_TYPES,
        endings: SHEET_ENDINGS,
        label: Label {
            de: "Verfügbarkeit, Dashboard Digitale Verwaltung (CSV, XLSX, ODS, JSON)",
            en: "availability, federal dashboard (CSV, XLSX, ODS, JSON)",
        },
        doc: "An export of the federal dashboard: `leika_key`, `online_status`, `aktiv`, `art_flaechendeckung`. It says what holds on its day, not since when. Pages of JSON (`content`, `page`) are sent together, as a list.",
        read: availability::read,
        windows_1252: true,
        is_edition: true,
    },
    Input {
        kind: InputKind::Dump,
        id: "dump",
        content_types: &["application/x-ndjson"],
        endings: &["ndjson"],
        label: Label { de: "Abzug eines Protokolls", en: "dump of a log" },
        doc: "The tracker's own dump. Events keep their ids; position, time and office are given anew.",
        read: |content, sink| text(content, sink, dump::read),
        windows_1252: false,
        is_edition: false,
    },
    Input {
        kind: InputKind::Archive,
        id: "archive",
        content_types: &["application/zip"],
        endings: &["zip"],
        label: Label { de: "Archiv des Trackers", en: "archive of the tracker" },
        doc: "A zip with a file `.ndjson`: events or a dump. A zip with one `.csv` or `.txt` is read like that file.",
        read: |content, sink| text(content, sink, dump::read_either),
        windows_1252: false,
        is_edition: false,
    },
];

impl InputKind {
    /// Returns its row of the table.
    #[must_use]
    pub fn row(self) -> &'static Input {
        &INPUTS[self as usize]
    }

    /// Reads the id of an input.
    ///
    /// # Errors
    /// `unknown_word` with all known ones.
    pub fn read(text: &str) -> Result<InputKind, Fault> {
        INPUTS
            .iter()
            .find(|input| input.id == text.trim())
            .map(|input| input.kind)
            .ok_or_else(|| unknown(text))
    }

    /// Returns the kind of a media type, whatever its parameters.
    #[must_use]
    pub fn of_content_type(content_type: &str) -> Option<InputKind> {
        let name = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        INPUTS.iter().find(|input| input.content_types.contains(&name.as_str())).map(|input| input.kind)
    }

    /// Returns the kind of the ending of a file name.
    #[must_use]
    pub fn of_file_name(name: &str) -> Option<InputKind> {
        let ending = name.rsplit_once('.')?.1.to_ascii_lowercase();
        INPUTS.iter().find(|input| input.endings.contains(&ending.as_str())).map(|input| input.kind)
    }
}

/// Makes the fault of an unknown id of an input.
fn unknown(text: &str) -> Fault {
    let what = Label { de: "Die Eingabeart", en: "The kind of input" };
    Fault::unknown(Code::UnknownWord, what, text, INPUTS.iter().map(|input| input.id))
}
