//! Writes a series of made-up values in every format into a folder: `cargo run --example formats -- FOLDER`.

use ozg_core::measure::Measure;
use ozg_core::query::{Every, Query, Viewpoint};
use ozg_core::series::{Basis, Header, Row, Status};
use ozg_core::words::{Area, Day, Number, Place, Qualifier, Unit};
use ozg_formats::series::{FORMATS, Publication, write_series};

/// Areas with their first value and their growth a month.
const AREAS: [(Area, i64, i64); 8] = [
    (Area::DE, 60, 11),
    (Area::BW, 20, 5),
    (Area::BY, 70, 6),
    (Area::BE, 45, 3),
    (Area::HH, 90, 8),
    (Area::NI, 30, 4),
    (Area::NW, 31, 4),
    (Area::SN, 12, 2),
];
const MONTHS: i64 = 30;

fn row(area: Area, month: i64, value: i64) -> Option<Row> {
    let (year, next) = (2022 + i32::try_from(month).ok()? / 12, u32::try_from(month).ok()? % 12 + 2);
    let date =
        if next > 12 { Day::from_ymd(year + 1, 1, 1)? } else { Day::from_ymd(year, next, 1)? }.before();
    Some(Row {
        vintage: None,
        date,
        area: Place::Area(area),
        topic: None,
        service: None,
        stage: None,
        level: None,
        unit: Some(Unit::Ozg),
        scope: None,
        basis: Basis::Counted,
        value: Some(value.into()),
        qualifier: Some(Qualifier::Exact),
        denominator: Some(575.into()),
        share: Number::from(value).divided_by(575.into()),
        observed: None,
        status: Status { running: month + 1 == MONTHS, ..Status::default() },
        source: String::new(),
        source_url: String::new(),
    })
}

fn rows() -> Vec<Row> {
    let counted = AREAS.into_iter().flat_map(|(area, first, growth)| {
        (0..MONTHS)
            .filter_map(move |month| row(area, month, first + growth * month - (month % 7) * growth / 2))
    });
    let claims =
        [(4, 105, "Bundesregierung"), (11, 136, "Presse"), (11, 180, "Verband"), (26, 290, "Dashboard")];
    let reported = claims.into_iter().filter_map(|(month, value, source)| {
        let row = row(Area::DE, month, value)?;
        Some(Row { basis: Basis::Reported, source: source.to_owned(), ..row })
    });
    counted.chain(reported).collect()
}

fn main() -> std::io::Result<()> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| ".".to_owned());
    let mut query = Query {
        every: Every::Month,
        viewpoint: Viewpoint::Position(42),
        ..Query::new(Measure::ServicesRolledOut)
    };
    if let Some(show) = std::env::args().nth(2) {
        query = Query::read(
            query.measure,
            &[("shape".into(), "wide".into()), ("show".into(), show), ("position".into(), "42".into())],
        )
        .map_err(|_| std::io::Error::other("no such parameter"))?;
    }
    let header = Header {
        measure: query.measure,
        query,
        position: 42,
        recorded_at_ms: Some(1_767_225_600_123),
        simulated: false,
    };
    let path = format!("https://example.org/v1/series/{}", header.measure.id());
    for format in FORMATS.iter().filter(|format| format.is_built()) {
        let mut of_format = header.clone();
        format.adapt(&mut of_format.query);
        let publication = Publication {
            operator: "OZG-Tracker".to_owned(),
            licence: "dl-de/by-2-0".to_owned(),
            permalink: format!("{path}.{}?{}", format.id, of_format.query.query_string()),
            citation: String::new(),
        };
        let mut file = std::fs::File::create(format!("{folder}/series.{}", format.id))?;
        write_series(format, &of_format, &publication, rows().into_iter(), &mut file)?;
    }
    Ok(())
}
