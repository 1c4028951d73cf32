//! Names in the place of keys over HTTP: in events and sheets, in addresses, in searches.

use crate::common::World;
use expect_test::expect;
use ozg_core::words::Language;
use ozg_formats::sheets::{SheetKind, write_template};
use serde_json::Value;

/// The mistakes of an answer: code, hint and message.
fn refused(answer: &Value) -> String {
    let mistakes = answer["errors"].as_array().into_iter().flatten();
    let text = |mistake: &Value, name: &str| mistake[name].as_str().unwrap_or("–").to_owned();
    let line = |one: &Value| {
        let (field, code, hint) = (text(one, "field"), text(one, "code"), text(one, "hint"));
        format!("{field} {code} ({hint}) {}\n", text(one, "message"))
    };
    mistakes.map(line).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn events_take_names_and_say_which_key_each_means() {
    let world = World::new().await;
    let body = r#"[
{"type":"milestone-ended","service":"Aufenthalt","place":"Potsdam","stage":"live","on":"2025-01-01","reason":"moved"},
{"type":"milestone-reached","service":"OZG 10255","place":"Neubehörde","stage":"pilot","on":"2025-02"},
{"type":"milestone-reached","service":"OZG 10255","place":"12053","stage":"pilot","on":"2025-02"},
{"type":"authority-listed","authority":"abh:12053","name":"Neubehörde"},
{"type":"list-defined","list":"alle","name":"Alle","services":["Elterngeld","ozg:10255"]},
{"type":"region-defined","region":"nord","name":"Nord","members":"Land Brandenburg; Mecklenburg Vorpommern"}
]"#;
    let answer = world.record(body).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    expect![[""]].assert_eq(&format!("{:#}\n", answer.json()["remarks"]));
    // The log holds keys only, and the same once more is no news.
    let log = world.get("/v1/events?after=7").await.text;
    for name in ["\"Aufenthalt\"", "\"Potsdam\"", "Elterngeld"] {
        assert!(!log.contains(name), "{name}: {log}");
    }
    let again = world.record(body).await;
    assert_eq!((again.status, again.json()["unchanged"].as_u64()), (200, Some(6)), "{}", again.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_means_nothing_or_several_things_is_refused_all_at_once() {
    let world = World::new().await;
    world.record(r#"[{"type":"authority-listed","authority":"ags:12054000","name":"Potsdam, Stadt"},{"type":"authority-listed","authority":"kreis:12054","name":"Potsdam, Stadt"}]"#).await;
    let body = r#"[
{"type":"milestone-reached","service":"ozg:10000","place":"Stadt Potsdam","stage":"live","on":"2025-01-01"},
{"type":"milestone-reached","service":"Aufenthaltt","place":"Postdam","stage":"live","on":"2025-01-01"},
{"type":"milestone-reached","service":"ozg:10255","place":"ags:12054000","stage":"live","on":"2025-01-01"},
{"type":"milestone-reached","service":"ozg:10000","place":"Bund","stage":"launched","on":"2025-01-01"},
{"type":"milestone-reached","service":"ozg:10000","place":"1003000","stage":"live","on":"2025-31-01"}
]"#;
    let answer = world.record(body).await;
    expect![[""]].assert_eq(&format!("{}\n{}", answer.status, refused(&answer.json())));
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_take_names_and_answer_with_keys() {
    let world = World::new().await;
    let question = "/v1/series/reuses.csv?basis=counted&on=2024-12-31&columns=area,service,value";
    let by_name = world
        .get(&format!("{question}&area=Brandenburg%20an%20der%20Havel,Land%20Brandenburg&service=Aufenthalt"))
        .await;
    let by_key = world.get(&format!("{question}&area=abh:12051,BB&service=ozg:10255")).await;
    assert_eq!(by_name.text, by_key.text);
    assert_eq!(by_name.header("link"), by_key.header("link"));
    assert!(by_name.text.contains("abh:12051"), "{}", by_name.text);
    let unknown = world
        .get_with(&format!("{question}&area=Brandenburg%20Havel&every=hour"), "accept-language", "en")
        .await;
    expect![[""]].assert_eq(&refused(&unknown.json()));
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_are_searched_with_umlauts_and_typing_mistakes() {
    let world = World::new().await;
    for (search, found) in [
        ("havel", "abh:12051"),
        ("brandnburg", "abh:12051"),
        ("pots", "abh:12054"),
        ("12054", "abh:12054"),
        ("berlin", ""),
    ] {
        let answer = world.get(&format!("/v1/authorities.csv?search={search}")).await;
        let ids: Vec<&str> = answer.text.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
        assert_eq!(ids.join(" "), found, "{search}");
    }
    let services = world.get("/v1/services.csv?search=eltern%20geld").await;
    assert_eq!(services.text.lines().count(), 1, "{}", services.text);
    let services = world.get("/v1/services.csv?search=elterngedl").await;
    assert!(services.text.contains("ozg:10000"), "{}", services.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_end_of_everything_at_a_place_names_what_stays_at_its_sisters() {
    let world = World::new().await;
    world.record(r#"[{"type":"authority-listed","authority":"ags:12054000","name":"Potsdam, Stadt"},{"type":"milestone-reached","service":"ozg:10000","place":"ags:12054000","stage":"live","on":"2025-01-01"},{"type":"milestone-reached","service":"ozg:10000","place":"ags:12054000","stage":"pilot","on":"2025-01-01"}]"#).await;
    let end = |stage: &str| {
        format!(
            r#"{{"type":"milestone-ended","service":"ozg:10000","place":"ags:12054000","stage":"{stage}","on":"2026-01-01","reason":"attack"}}"#
        )
    };
    let one = world.post("/v1/events?dry_run=true", "application/json", format!("[{}]", end("live"))).await;
    assert_eq!((one.status, one.json().get("still_held")), (200, None), "{}", one.text);
    let all = world.record(&format!("[{},{}]", end("live"), end("pilot"))).await;
    assert_eq!(all.status, 201, "{}", all.text);
    expect![[""]].assert_eq(&format!("{:#}\n", all.json()["still_held"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn templates_over_http_are_those_that_the_command_writes() {
    let world = World::empty();
    for (kind, language) in
        SheetKind::all().flat_map(|kind| Language::all().map(move |language| (kind, language)))
    {
        let answer = world.get(&format!("/v1/templates/{}.xlsx?lang={}", kind.id(), language.tag())).await;
        let written = write_template(kind, language).unwrap();
        assert_eq!(answer.text, String::from_utf8_lossy(&written), "{kind:?} {language:?}");
    }
}
