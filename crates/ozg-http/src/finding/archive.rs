//! `/archive/{date}.zip`: everything that was known at the end of a day, so that the data outlive the service: all
//! entries, all lists, all series, and their description. The same day gives the same bytes; while it runs,
//! `/archive/{date}-p{position}.zip` does.

use super::package::package;
use crate::app::{Door, Site};
use crate::caching::{Conditions, Freshness, no_body};
use crate::lists::{of_things, sheet_as_of};
use crate::local::write_dump_until;
use crate::parameters::Given;
use crate::problem::{Problem, ProblemKind};
use crate::series::{publication, write_noted};
use crate::streaming::written;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, LOCATION};
use axum::http::{HeaderValue, Response, StatusCode};
use ozg_core::measure::Measure;
use ozg_core::query::{Query as Question, Viewpoint};
use ozg_core::time::rfc3339;
use ozg_core::words::{Day, Position};
use ozg_formats::series::Format;
use serde_json::json;
use std::io::{self, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Answers with the archive of a day; `latest` redirects to today's.
pub(crate) async fn answer(
    State(door): State<Door>,
    Path(file): Path<String>,
    given: Given,
    conditions: Conditions,
) -> Result<Response<Body>, Problem> {
    given.none()?;
    if file == "latest.zip" {
        return Ok(to_latest(&door));
    }
    let asked = Asked::read(&file).filter(|asked| asked.day <= door.today());
    let Asked { day, position } = asked.ok_or_else(|| unknown(&file, door.today()))?;
    let viewpoint = position.map_or(Viewpoint::Day(day), Viewpoint::Position);
    let position = door.state().data_state(viewpoint)?.position;
    let pinned = Freshness::pinned(&door, &[Some(viewpoint)]);
    // The archive of a day that has not ended is named with the position, such as `2025-05-03-p249`.
    let named = match (viewpoint, &pinned) {
        (Viewpoint::Day(_), Some(_)) => format!("{day}"),
        _ => format!("{day}-p{position}"),
    };
    let freshness = pinned.unwrap_or_else(|| Freshness::of_head(&door));
    if let Some(response) = freshness.not_modified(&conditions) {
        return Ok(response);
    }
    let (site, file_name) = (door.share(), named.clone());
    let body = if conditions.is_head {
        no_body()
    } else {
        written(door.turn().await?, move |out| write(&site, &Archived { day, position, named }, out)).await?
    };
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/zip"));
    let name = HeaderValue::from_str(&format!("attachment; filename=\"ozg-tracker-{file_name}.zip\""));
    headers.extend(name.ok().map(|name| (CONTENT_DISPOSITION, name)));
    freshness.put(headers);
    Ok(response)
}

/// What the name of a file asks for.
struct Asked {
    day: Day,
    position: Option<Position>,
}

impl Asked {
    /// Reads `2026-06-30.zip` and `2026-06-30-p250.zip`.
    fn read(file: &str) -> Option<Asked> {
        let name = file.strip_suffix(".zip")?;
        let (day, position) = match name.split_once("-p") {
            Some((day, position)) => (day, Some(Position::new(position.parse().ok()?))),
            None => (name, None),
        };
        Some(Asked { day: Day::read(day).ok()?, position })
    }
}

/// What an archive holds: values up to a day, as they were known at a position. It is cited by a name that stays true.
struct Archived {
    day: Day,
    position: Position,
    named: String,
}

/// Leads to the archive of today, beside this one under whatever path.
fn to_latest(door: &Door) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::FOUND;
    let location = HeaderValue::from_str(&format!("{}.zip", door.today()));
    response.headers_mut().extend(location.ok().map(|location| (LOCATION, location)));
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

fn unknown(file: &str, today: Day) -> Problem {
    Problem::say(
        ProblemKind::UnknownAddress,
        format!("Ein Archiv „{file}“ gibt es nicht; für jeden Tag bis heute gibt es eines"),
        format!("There is no archive \"{file}\"; each day up to today has one"),
    )
    .with("hint", format!("/archive/{today}.zip"))
}

/// Writes the archive, one file after the other.
fn write(site: &Site, archived: &Archived, out: &mut dyn Write) -> io::Result<()> {
    let Archived { day, position, .. } = *archived;
    let mut zip = ZipWriter::new_stream(out);
    // Time and permissions of files are fixed, so that the same day gives the same bytes.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let failed = io::Error::other::<zip::result::ZipError>;
    zip.start_file("README.md", options).map_err(failed)?;
    zip.write_all(readme(site, archived).as_bytes())?;
    zip.start_file("datapackage.json", options).map_err(failed)?;
    let events = json!({
        "name": "events", "path": "events.ndjson", "format": "ndjson", "mediatype": "application/x-ndjson",
        "encoding": "utf-8", "description": "All entries of the log, in order; `ozg log load` reads them back.",
    });
    let of_series = |id: &str| format!("series/{id}.csv");
    let package = package(site, position, &of_series, &|name| format!("lists/{name}.csv"), &[events]);
    zip.write_all(format!("{package:#}\n").as_bytes())?;
    for list in of_things() {
        zip.start_file(format!("lists/{}.csv", list.name), options).map_err(failed)?;
        zip.write_all(&sheet_as_of(list, &site.state(), day, position)?)?;
    }
    for measure in Measure::all() {
        zip.start_file(of_series(measure.id()), options).map_err(failed)?;
        write_measure(site, measure, day, position, &mut zip)?;
    }
    zip.start_file("events.ndjson", options.large_file(true)).map_err(failed)?;
    write_dump_until(&site.tracker, position, &mut zip)?;
    zip.finish().map_err(failed).map(drop)
}

fn write_measure(
    site: &Site,
    measure: Measure,
    day: Day,
    position: Position,
    out: &mut dyn Write,
) -> io::Result<()> {
    let viewpoint = Viewpoint::Position(position);
    let format = Format::read("csv").map_err(|_| io::Error::other("there is no CSV"))?;
    let mut question = Question { viewpoint, to: Some(day), ..Question::new(measure) };
    format.adapt(&mut question);
    let series = site.state().series(&question, day).map_err(io::Error::other)?;
    let header = series.header().clone();
    let publication = publication(site, &series, &format!("{measure}.csv"));
    write_noted(&site.tracker, format, (&header, &publication), series.into_rows(), out)
}

/// Writes the README: contents, citation and licence, in both languages.
fn readme(site: &Site, Archived { day, position, named }: &Archived) -> String {
    let (operator, licence) = (&site.config.operator, &site.config.licence);
    let state =
        site.state().batch_until(*position).map(|batch| rfc3339(batch.recorded_at_ms)).unwrap_or_default();
    let address = format!("{}/archive/{named}.zip", site.config.public_url);
    let (known_de, known_en) = if *named == day.to_string() {
        (format!("am Ende des {day} (Berlin)"), format!("at the end of {day} (Berlin)"))
    } else {
        (
            format!("bei Position {position}, mit Werten bis {day}"),
            format!("at position {position}, with values up to {day}"),
        )
    };
    format!(
        "# OZG-Tracker, {day}\n\n\
         ## Deutsch\n\n\
         Alles, was {known_de} bekannt war: Datenstand {state}, Position {position}.\n\n\
         - `events.ndjson`: alle Einträge des Protokolls; `ozg log load` liest sie in einen leeren Tracker zurück\n\
         - `series/`: jede Kennzahl, monatlich, je Gebiet\n\
         - `lists/`: Kennzahlen, Gebiete, Themenfelder, Leistungen, Behörden\n\
         - `datapackage.json`: Beschreibung aller Dateien (Frictionless Data Package 2)\n\n\
         Lizenz: {licence}\n\nZitieren: {operator}: OZG-Tracker, Archiv vom {day}. Datenstand {state}, Position {position}. {address} ({licence})\n\n\
         ## English\n\n\
         Everything that was known {known_en}: data state {state}, position {position}.\n\n\
         - `events.ndjson`: all entries of the log; `ozg log load` reads them back into an empty tracker\n\
         - `series/`: every measure, monthly, by area\n\
         - `lists/`: measures, areas, topics, services, authorities\n\
         - `datapackage.json`: description of all files (Frictionless Data Package 2)\n\n\
         Licence: {licence}\n\nCite as: {operator}: OZG tracker, archive of {day}. Data state {state}, position {position}. {address} ({licence})\n"
    )
}
