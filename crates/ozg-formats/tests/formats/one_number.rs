//! Law 8, one number: every format has the same rows with the same values, shares and denominators. Law 7 for the
//! writers: the same answer gives the same bytes.

use crate::read_back::{Cells, READERS, names};
use crate::series::{adapted, bytes, header, publication, rows, wide};
use ozg_core::measure::Measure;
use ozg_core::query::{COLUMNS, Show, Theme};
use ozg_core::series::{Header, Row};
use ozg_core::words::Language;
use ozg_formats::series::{Cell, FORMATS, Format, Publication, cells, png_of_svg, write_series};

/// Returns what every format has to say.
fn expected(header: &Header, rows: &[Row], language: Option<Language>) -> Vec<Cells> {
    let row = |row: &Row| {
        let cells = cells(row, header, language);
        let pairs = names(header).zip(&cells).filter(|(_, cell)| **cell != Cell::Empty);
        pairs.map(|(name, cell)| (name.to_owned(), cell.to_string())).collect()
    };
    rows.iter().map(row).collect()
}

#[test]
fn every_format_says_the_same() {
    let header = header(Measure::ServicesRolledOut);
    for (id, read) in READERS {
        let language = Format::read(id).unwrap().language;
        let (mut found, mut expected) = (read(&header, rows()), expected(&header, &rows(), language));
        if *id == "jsonstat.json" {
            // A cube has no order of rows.
            found.sort();
            expected.sort();
        }
        assert_eq!(found, expected, "{id}");
    }
}

#[test]
fn every_format_has_the_columns_that_are_chosen() {
    let mut header = header(Measure::ServicesRolledOut);
    let chosen = ["value", "date", "note", "entry", "area", "share"];
    let place = |name: &str| COLUMNS.iter().position(|column| *column == name).unwrap();
    header.query.columns = Some(chosen.map(place).to_vec());
    for (id, read) in READERS {
        let language = Format::read(id).unwrap().language;
        let (mut found, mut expected) = (read(&header, rows()), expected(&header, &rows(), language));
        // Cubes need every dimension, and have no order of rows.
        found.iter_mut().for_each(|row| row.retain(|name, _| chosen.contains(&name.as_str())));
        if *id == "jsonstat.json" {
            found.sort();
            expected.sort();
        }
        assert_eq!(found, expected, "{id}");
    }
}

#[test]
fn no_rows_are_no_rows_in_every_format() {
    let header = header(Measure::AreasReusing);
    for (id, read) in READERS {
        assert_eq!(read(&header, Vec::new()), Vec::<Cells>::new(), "{id}");
    }
}

#[test]
fn the_same_answer_gives_the_same_bytes() {
    for header in [header(Measure::ServicesRolledOut), wide(Show::Share, Some(Language::English))] {
        for format in FORMATS.iter().filter(|format| format.is_built()) {
            let first = bytes(format.id, &header, rows());
            std::thread::sleep(std::time::Duration::from_millis(20));
            assert_eq!(first, bytes(format.id, &header, rows()), "{}", format.id);
        }
    }
}

#[test]
fn every_format_that_explains_itself_has_permalink_and_citation() {
    let header = header(Measure::ServicesRolledOut);
    for id in ["json", "jsonstat.json", "metadata.json", "svg"] {
        let text = String::from_utf8(bytes(id, &header, rows())).unwrap().replace("</text>", "");
        assert!(text.contains("https://example.org/v1/series/services_rolled_out"), "{id}");
    }
    let one = publication();
    assert_eq!(
        one.permalink_as(&header, "de.csv"),
        "https://example.org/v1/series/services_rolled_out.de.csv?position=42"
    );
    assert_eq!(
        one.short_citation_in(&header, Language::English),
        "OZG tracker, services_rolled_out/1, Data state 2026-01-01T00:00:00.123Z, position 42, https://example.org/v1/series/services_rolled_out.csv?position=42"
    );
}

#[test]
fn law_08_a_picture_is_drawn_from_the_chart_that_is_served() {
    let mut dark = wide(Show::Share, Some(Language::English));
    (dark.query.theme, dark.query.width) = (Theme::Dark, Some(320));
    for header in [header(Measure::ServicesRolledOut), dark] {
        let permalink = publication().permalink_as(&header, "svg");
        let mut chart = Vec::new();
        let of_chart = Publication { permalink, ..publication() };
        let format = Format::read("svg").unwrap();
        let adapted = adapted(&header, format);
        write_series(format, &adapted, &of_chart, rows().into_iter(), &mut chart).unwrap();
        let picture = bytes("png", &header, rows());
        assert_eq!(png_of_svg(&chart).unwrap(), picture);
        assert_eq!(picture[..8], *b"\x89PNG\r\n\x1a\n");
        let width = u32::from_be_bytes(picture[16..20].try_into().unwrap());
        assert_eq!(width, header.query.width.unwrap_or(960));
    }
}

#[test]
fn a_picture_has_texts() {
    let text = |said: &str| {
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"200\" height=\"20\" font-family=\"sans-serif\"><text x=\"5\" y=\"15\">{said}</text></svg>"
        );
        png_of_svg(svg.as_bytes()).unwrap()
    };
    let words = ["", "Länder", "Ländern", "„über“ – 7.509", "−11"];
    let pictures: std::collections::BTreeSet<Vec<u8>> = words.iter().map(|said| text(said)).collect();
    assert_eq!(pictures.len(), words.len());
    assert!(png_of_svg(b"no chart").is_err());
}

#[test]
fn too_many_rows_are_refused_before_anything_is_written() {
    let header = header(Measure::ServicesRolledOut);
    for format in FORMATS.iter().filter(|format| format.rows_max.is_some()) {
        let small = Format { rows_max: Some(3), ..*format };
        let mut out = Vec::new();
        let header = adapted(&header, format);
        let error = write_series(&small, &header, &publication(), rows().into_iter(), &mut out).unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::FileTooLarge, "{}", format.id);
        assert!(format.streams || out.is_empty(), "{}", format.id);
        write_series(&small, &header, &publication(), rows().into_iter().take(3), &mut out).unwrap();
    }
}
