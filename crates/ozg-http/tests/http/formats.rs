//! Every format of series over HTTP: media type, permalink, name of the file, limit.

use crate::common::World;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use ozg_formats::series::FORMATS;
use std::io::{Cursor, Read};
use tower::ServiceExt;

#[tokio::test(flavor = "multi_thread")]
async fn every_format_is_served_and_names_its_permalink() {
    let world = World::new().await;
    for format in FORMATS.iter().filter(|format| format.is_built()) {
        let id = format.id;
        let answer = world.get(&format!("/v1/series/services_launched.{id}?area=BB&download=1")).await;
        assert_eq!(answer.status, 200, "{id}: {}", answer.text);
        assert_eq!(answer.header("content-type"), format.content_type);
        let name = format!("attachment; filename=\"services_launched_p7.{id}\"");
        assert_eq!(answer.header("content-disposition"), name);
        let link = answer.header("link");
        assert!(link.starts_with(&format!("</v1/series/services_launched.{id}?by=area&area=BB&")), "{link}");
        assert!(!link.contains("download"), "{link}");
        let again = world.get(link.trim_start_matches('<').split('>').next().unwrap()).await;
        assert_eq!((again.text, again.headers.get("content-disposition")), (answer.text, None), "{id}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_format_has_its_own_language_and_shape() {
    let world = World::new().await;
    let german = world.get("/v1/series/services_launched.de.csv?area=BB&on=2026-05-31&basis=counted").await;
    assert!(german.text.starts_with("\u{feff}Datum;Gebiet;"), "{}", german.text);
    assert!(german.text.contains("\r\n31.05.2026;Brandenburg;"), "{}", german.text);
    assert!(german.header("link").contains("&lang=de>"), "{}", german.header("link"));
    let chart = world.get("/v1/series/services_launched.svg?area=BB&lang=en&show=share").await;
    assert!(chart.header("link").contains("&shape=wide&show=share&lang=en>"), "{}", chart.header("link"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chart_may_be_framed_and_has_its_look_in_its_address() {
    let world = World::new().await;
    let chart = world.get("/v1/series/services_launched.svg?area=BB&theme=dark&width=320").await;
    assert_eq!(chart.header("content-security-policy"), "default-src 'none'");
    assert!(
        chart.header("link").ends_with("&theme=dark&width=320>; rel=\"cite-as\""),
        "{}",
        chart.header("link")
    );
    assert!(chart.text.contains("width=\"320\"") && chart.text.contains("#131525"), "{}", chart.text);
    for style in ["<style", "class=", "style="] {
        assert!(!chart.text.contains(style), "{style} in {}", chart.text);
    }
    let picture = world.get("/v1/series/services_launched.png?area=BB&theme=dark&width=320").await;
    assert_eq!((picture.status, picture.header("content-type")), (200, "image/png"));
    let csv = world.get("/v1/series/services_launched.csv?area=BB").await;
    assert!(csv.header("content-security-policy").contains("frame-ancestors 'none'"));
    for (address, field) in [
        ("services_launched.csv?theme=dark", "theme"),
        ("services_launched.json?width=320", "width"),
        ("services_launched.svg?width=10", "width"),
        ("services_launched.png?theme=blue", "theme"),
        ("services_launched/entries.csv?width=320", "width"),
    ] {
        let refused = world.get(&format!("/v1/series/{address}")).await;
        assert_eq!(
            (refused.status, refused.json()["errors"][0]["field"].as_str()),
            (400, Some(field)),
            "{address}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn download_is_one_or_nothing() {
    let world = World::new().await;
    for (query, code) in [("download=yes", "unknown_word"), ("download=1&download=1", "duplicate_field")] {
        let answer = world.get(&format!("/v1/series/reuses.csv?{query}")).await;
        assert_eq!((answer.status, answer.json()["errors"][0]["code"].as_str()), (400, Some(code)));
    }
    let list = world.get("/v1/measures.csv?download=1").await;
    assert_eq!(list.status, 400, "only series have it");
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_rows_for_a_format_are_a_problem_before_anything_is_sent() {
    let world = World::new().await;
    let early = r#"{"type":"milestone-reached","service":"ozg:10255","place":"abh:12054","stage":"connected","on":"1990-01-01"}"#;
    assert_eq!(world.record(early).await.status, 201);
    let query = "area=DE&by=topic,stage&every=day&from=1990-01-01&basis=counted";
    for ending in ["xlsx", "svg", "jsonstat.json"] {
        let answer = world.get(&format!("/v1/series/reuses.{ending}?{query}")).await;
        let limit = FORMATS.iter().find(|format| format.id == ending).and_then(|format| format.rows_max);
        assert_eq!(answer.status, 400, "{ending}");
        assert_eq!(
            (answer.json()["limit"].as_u64(), answer.json()["hint"].as_str()),
            (limit.map(|l| l as u64), Some("csv"))
        );
    }
}

/// Returns the texts that a reader of a chart sees, without sources, data state and address.
fn seen(chart: &str) -> Vec<String> {
    let texts = chart.split("<text").skip(1).filter_map(|text| text.split_once('>'));
    let inner = texts.filter_map(|(_, text)| text.split("</text>").next());
    let untagged =
        |text: &str| text.split('<').map(|part| part.rsplit('>').next().unwrap_or(part)).collect::<String>();
    let plain = inner.map(untagged);
    plain.take_while(|text| !text.starts_with("Quelle") && !text.starts_with("Source")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn charts_have_names_in_the_place_of_keys() {
    let world = World::new().await;
    let more = r#"[
{"type":"region-defined","region":"havel","name":"Länder an der Havel","members":["BB","ST"]},
{"type":"list-defined","list":"aufenthalte","name":"Aufenthalt und Einreise","services":["ozg:10255"]},
{"type":"service-listed","service":"ozg:10100","name":"Bescheinigung"},
{"type":"service-listed","service":"ozg:10101","name":"Bescheinigung"},
{"type":"figure-reported","measure":"applications","place":"DE","service":"ozg:10100","value":5,"on":"2024-01-01","source":"A"},
{"type":"figure-reported","measure":"applications","place":"DE","service":"ozg:10101","value":6,"on":"2024-01-01","source":"A"}
]"#;
    let answer = world.record(more).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    for (address, wanted) in [
        (
            "reuses_current.{}?stage=live&service=ozg:10255&area=BB",
            "Nachnutzungen nach aktueller Stufe · Aufenthalt · Brandenburg",
        ),
        ("reuses_current.{}?stage=live&area=region:havel", "Länder an der Havel"),
        ("reuses_current.{}?stage=live&area=abh:12054,BB", "Potsdam"),
        ("reuses_current.{}?stage=live&by=service&area=BB&width=320", "Aufenthalt"),
        ("reuses_current.{}?stage=live&list=aufenthalte&area=BB", "Liste Aufenthalt und Einreise"),
        ("reuses_current.{}?stage=live&list=aufenthalte&area=BB&lang=en", "list Aufenthalt und Einreise"),
        (
            "reuses_current.{}?stage=live&area=abh:12054,region:havel&on=2023-01-01&service=ozg:10000",
            "Elterngeld",
        ),
        // Two of one name keep their keys.
        ("applications.{}?by=service&kind=stock", "Bescheinigung (ozg:10100)"),
    ] {
        let chart = world.get(&format!("/v1/series/{}", address.replace("{}", "svg"))).await;
        let texts = seen(&chart.text);
        let all = texts.join(" ");
        assert!(all.contains(wanted), "{address}: {texts:?}");
        let keys =
            ["ozg:", "abh:", "region:", "aufenthalte"].iter().filter(|key| all.contains(**key)).count();
        assert_eq!(keys, usize::from(wanted.contains("(ozg:")), "{address}: {texts:?}");
        let text = world.get(&format!("/v1/series/{}", address.replace("{}", "svg"))).await.text;
        assert_eq!(text, chart.text);
    }
    // A name that came later is not in what was known before.
    let renamed =
        r#"[{"type":"service-listed","service":"ozg:10255","name":"Aufenthaltstitel","on":"2025-01-01"}]"#;
    let head = world.head();
    assert_eq!(world.record(renamed).await.status, 201);
    let at = |more: &str| format!("/v1/series/reuses_current.svg?stage=live&service=ozg:10255&area=BB{more}");
    assert!(world.get(&at("")).await.text.contains("· Aufenthaltstitel ·"));
    assert!(world.get(&at("&to=2024-12-31")).await.text.contains("· Aufenthalt ·"));
    assert!(world.get(&at(&format!("&position={head}"))).await.text.contains("· Aufenthalt ·"));
}

#[tokio::test(flavor = "multi_thread")]
async fn workbooks_tell_the_names_of_keys_among_their_notes() {
    let world = World::new().await;
    let router = &world.router;
    let notes = async |address: &str| {
        let request = Request::get(address).body(Body::empty()).unwrap();
        let body = router.clone().oneshot(request).await.unwrap().into_body();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut text = String::new();
        archive.by_name("xl/sharedStrings.xml").unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let text = notes("/v1/series/reuses_current.xlsx?stage=live&by=service&area=BB").await;
    assert!(text.contains(">Namen<") && text.contains(">ozg:10255: Aufenthalt<"), "{text}");
    let text = notes("/v1/series/services_launched.xlsx?area=BB").await;
    assert!(!text.contains(">Namen<"), "{text}");
}
