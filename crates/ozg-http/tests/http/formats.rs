//! Every format of series over HTTP: media type, permalink, name of the file, limit.

use crate::common::World;
use ozg_formats::series::FORMATS;

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
