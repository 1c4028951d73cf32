//! Measures how fast large files are read and written: `cargo run --release -p ozg-formats --example rates`.

use ozg_core::event::Event;
use ozg_core::measure::Measure;
use ozg_core::query::Query;
use ozg_core::series::{Basis, Header, Observed, Row, Status};
use ozg_core::words::{Area, Day, Number, Place, Stage, Unit};
use ozg_formats::events::{event_json, write_ndjson};
use ozg_formats::input::{InputKind, read, read_drafts};
use ozg_formats::series::{FORMATS, Publication, write_series};
use std::fmt::Write as _;
use std::time::Instant;

const LINES: usize = 1_000_000;

fn main() {
    let mut ndjson = String::new();
    let mut sheet = String::from("Leistung;Ort;Stufe;Datum;Art;Grund;Quelle;Quelle_URL;Anmerkung\n");
    for line in 0..LINES {
        let (service, place, day) = (10_000 + line % 575, 1_001_000 + line % 15_000, 1 + line % 28);
        let _ = writeln!(
            ndjson,
            r#"{{"type":"milestone-reached","service":"ozg:{service}","place":"ags:0{place}","stage":"live","on":"2024-06-{day:02}","source":{{"name":"Projektbüro","url":"https://example.org"}}}}"#
        );
        let _ = writeln!(
            sheet,
            "ozg:{service};ags:0{place};im Einsatz;{day:02}.06.2024;;;Projektbüro;https://example.org;"
        );
    }
    rate("read ndjson, fields untouched", &ndjson, || {
        read(ndjson.as_bytes(), Some(InputKind::Ndjson), None).map(|v| v.len())
    });
    rate("read csv, fields untouched", &sheet, || {
        read(sheet.as_bytes(), Some(InputKind::Csv), None).map(|v| v.len())
    });
    rate("read ndjson into drafts", &ndjson, || read_drafts(ndjson.as_bytes(), None, None).map(|v| v.len()));
    rate("read csv into drafts", &sheet, || read_drafts(sheet.as_bytes(), None, None).map(|v| v.len()));
    let array = format!("[{}]", ndjson.trim_end().replace('\n', ","));
    rate("read a json array into drafts", &array, || {
        read_drafts(array.as_bytes(), None, None).map(|v| v.len())
    });
    let drafts = read_drafts(ndjson.as_bytes(), None, None).unwrap_or_default();
    let events: Vec<Event> = drafts
        .into_iter()
        .map(|draft| Event {
            id: uuid::Uuid::nil(),
            body: draft.body,
            source: draft.source,
            note: draft.note,
            reason: draft.reason,
            replaces: None,
        })
        .collect();
    series();
    let mut out = Vec::new();
    rate("write ndjson", &ndjson, || {
        write_ndjson(events.iter().map(event_json), &mut out).map(|()| events.len())
    });
}

/// Writes a long series in each format.
fn series() {
    let row = Row {
        date: Day(45_000),
        area: Place::Area(Area::BW),
        topic: None,
        service: None,
        stage: Some(Stage::Live),
        level: None,
        unit: Some(Unit::Ozg),
        scope: None,
        basis: Basis::Counted,
        value: Some(452.into()),
        qualifier: None,
        denominator: Some(575.into()),
        share: Number::from(452).divided_by(575.into()),
        observed: Some(Observed::On(Day(44_990).into())),
        status: Status::default(),
        source: "Projektbüro".to_owned(),
        source_url: "https://example.org".to_owned(),
        vintage: None,
    };
    let query = Query::new(Measure::Reuses);
    let header =
        Header { measure: Measure::Reuses, query, position: 1, recorded_at_ms: None, simulated: false };
    for format in FORMATS.iter().filter(|format| format.is_built()) {
        let mut out = Vec::new();
        rate(&format!("write a series as {}", format.id), "", || {
            let rows = std::iter::repeat_n(&row, LINES).cloned();
            write_series(format, &header, &Publication::default(), rows, &mut out).map(|()| LINES)
        });
    }
}

fn rate<E: std::fmt::Debug>(what: &str, bytes: &str, run: impl FnOnce() -> Result<usize, E>) {
    let start = Instant::now();
    let count = run().map_or(0, |count| count);
    let seconds = start.elapsed().as_secs_f64();
    #[expect(clippy::cast_precision_loss, reason = "counts of lines and bytes lie far below 2^52")]
    let (lines, megabytes) = (count as f64 / seconds, bytes.len() as f64 / seconds / 1e6);
    let volume = if bytes.is_empty() { String::new() } else { format!(", {megabytes:.0} MB/s") };
    println!("{what}: {count} in {seconds:.2} s, {lines:.0} a second{volume}");
}
