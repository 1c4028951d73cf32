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
    expect![[r#"
        [
          {
            "line": 1,
            "code": "read_as",
            "value": "Aufenthalt",
            "de": "„Aufenthalt“ gelesen als ozg:10255 (Aufenthalt)",
            "en": "\"Aufenthalt\" read as ozg:10255 (Aufenthalt)"
          },
          {
            "line": 1,
            "code": "read_as",
            "value": "Potsdam",
            "de": "„Potsdam“ gelesen als abh:12054 (Potsdam)",
            "en": "\"Potsdam\" read as abh:12054 (Potsdam)"
          },
          {
            "line": 2,
            "code": "read_as",
            "value": "Neubehörde",
            "de": "„Neubehörde“ gelesen als abh:12053 (Neubehörde)",
            "en": "\"Neubehörde\" read as abh:12053 (Neubehörde)"
          },
          {
            "line": 3,
            "code": "read_as",
            "value": "12053",
            "de": "„12053“ gelesen als abh:12053 (Neubehörde)",
            "en": "\"12053\" read as abh:12053 (Neubehörde)"
          },
          {
            "line": 5,
            "code": "read_as",
            "value": "Elterngeld",
            "de": "„Elterngeld“ gelesen als ozg:10000 (Elterngeld)",
            "en": "\"Elterngeld\" read as ozg:10000 (Elterngeld)"
          }
        ]
    "#]]
    .assert_eq(&format!("{:#}\n", answer.json()["remarks"]));
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
    expect![[r#"
        422
        place ambiguous_name (–) "Stadt Potsdam" may mean several things: abh:12054 (Potsdam), ags:12054000 (Potsdam, Stadt), kreis:12054 (Potsdam, Stadt). Give the key
        service unknown_service (ozg:10255) "Aufenthaltt" is not a service: none in the catalogue is called so. Allowed: its name there or its key (ozg:10255, leika:99012001001000, dienst:aufenthalt). Perhaps "Aufenthalt" is meant
        place unknown_place (–) "Postdam" is not a place: no Land, no registered authority and no region is called so. Allowed: DE, a Land (BW), an authority by its name or key (ags:01003000), a region (region:rhein-neckar)
        place kind_does_not_execute (abh:12054) ozg:10255 is executed by authorities of these kinds: auslaenderbehoerde. ags:12054000 is of the kind gemeinde. Perhaps abh:12054 (Potsdam) is meant
        place unknown_area (–) "Bund" means two things: Germany as an area (DE), or the services of the Bund alone (DE with the scope "nur Bund"). Give one of them
        place lost_leading_zero (–) No registered authority has the key "1003000", not even with a leading zero; check the key, or register the authority first with authority-listed
        on bad_date (–) "2025-31-01": this day does not exist in the calendar
    "#]].assert_eq(&format!("{}\n{}", answer.status, refused(&answer.json())));
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_take_names_and_answer_with_keys() {
    let world = World::new().await;
    let question = "/v1/series/reuses.csv?basis=counted&on=2024-12-31";
    let by_name = world
        .get(&format!("{question}&area=Brandenburg%20an%20der%20Havel,Land%20Brandenburg&service=Aufenthalt"))
        .await;
    let by_key = world.get(&format!("{question}&area=abh:12051,BB&service=ozg:10255")).await;
    assert_eq!(by_name.text, by_key.text);
    assert_eq!(by_name.header("link"), by_key.header("link"));
    assert!(by_name.text.contains("abh:12051"), "{}", by_name.text);
    let log = "/v1/events?type=milestone-reached";
    let by_name = world.get(&format!("{log}&service=Aufenthalt&area=Land%20Brandenburg")).await;
    assert_eq!(by_name.json()["entries"].as_array().map(Vec::len), Some(2), "{}", by_name.text);
    // The same for short, in full-width letters, and with the mark of a text.
    for area in [
        "Brandenburg%20a.%20d.%20H.",
        "Brandenburg%2FHavel",
        "%EF%BC%A1%EF%BC%A2%EF%BC%A8%EF%BC%9A12051",
        "%27abh%3A12051",
    ] {
        let answer = world.get(&format!("{question}&area={area},BB&service=%27ozg:10255")).await;
        assert_eq!(answer.text, by_key.text, "{area}");
    }
    let unknown = world
        .get_with(&format!("{question}&area=Brandenburg%20Havell"), "accept-language", "en")
        .await
        .json();
    assert!(
        refused(&unknown).starts_with("area unknown_place (–) \"Brandenburg Havell\" is not a place"),
        "{unknown}"
    );
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
    expect![[r#"
        [
          {
            "place": "abh:12054",
            "name": "Potsdam",
            "service": "ozg:10255",
            "stage": "live"
          }
        ]
    "#]]
    .assert_eq(&format!("{:#}\n", all.json()["still_held"]));
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

/// Prints how long 50,000 rows with names take: `cargo test --release -p ozg-http --test http measure_names -- --ignored --nocapture`.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "measures; run it alone"]
async fn measure_names() {
    const KREISE: usize = 400;
    const GEMEINDEN: usize = 26;
    const SERVICES: usize = 5;
    let world = World::empty();
    let mut register = String::from("authority,name,type\n");
    for kreis in 0..KREISE {
        register += &format!("kreis:12{kreis:03},Kreisname {kreis},authority-listed\n");
        for gemeinde in 1..=GEMEINDEN {
            let name = kreis * GEMEINDEN + gemeinde;
            register += &format!(
                "ags:12{kreis:03}{gemeinde:03},\"Ortsname an der Müglitz {name}, Stadt\",authority-listed\n"
            );
        }
    }
    let services: Vec<String> = (0..SERVICES)
        .map(|number| format!(r#"{{"type":"service-listed","service":"ozg:{:05}","name":"Leistung Nummer {number}","executed_by":["gemeinde"]}}"#, 10_000 + number))
        .collect();
    assert_eq!(world.post("/v1/events", "text/csv", register).await.status, 201);
    assert_eq!(world.record(&format!("[{}]", services.join(","))).await.status, 201);
    let mut sheet = String::from("Leistung;Ort;Stufe;Datum\n");
    let mut rows = 0;
    'all: for service in 0..SERVICES {
        for name in 1..=KREISE * GEMEINDEN {
            if rows == 50_000 {
                break 'all;
            }
            rows += 1;
            sheet += &format!(
                "Leistung Nummer {service};Stadt Ortsname an der Mueglitz {name};im Einsatz;2024-06-{:02}\n",
                name % 28 + 1
            );
        }
    }
    let start = std::time::Instant::now();
    let answer = world.post("/v1/events", "text/csv", sheet).await;
    eprintln!(
        "{rows} rows with two names each, among {} authorities: {:?}",
        KREISE * (GEMEINDEN + 1),
        start.elapsed()
    );
    assert_eq!(
        (answer.status, answer.json()["recorded"].as_u64()),
        (201, Some(50_000)),
        "{:.2000}",
        answer.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_is_nearly_called_so_is_named_with_the_way_to_search() {
    let world = World::empty();
    let listed = [
        "Aufenthaltstitel",
        "Aufenthaltskarte",
        "Niederlassung und Aufenthalt",
        "Aufenthaltsgestattung",
        "Elterngeld",
    ];
    let listed = (10_001..).zip(listed).map(|(number, name)| {
        format!("{{\"type\":\"service-listed\",\"service\":\"ozg:{number}\",\"name\":\"{name}\"}}\n")
    });
    let made = world.post("/v1/events", "application/x-ndjson", listed.collect::<String>()).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let mut said = String::new();
    for name in ["Aufenthalt", "elterngedl", "eltern", "Hundesteuer"] {
        let answer = world.get_with(&format!("/v1/missing?service={name}"), "accept-language", "en").await;
        let error = answer.json()["errors"][0].clone();
        let message = error["message"].as_str().unwrap_or_default();
        let message = message.split_once("dienst:aufenthalt)").map_or(message, |(_, rest)| rest);
        said.push_str(&format!("{name}: {} {}{message}\n", answer.status, error["hint"]));
    }
    expect![[r#"
        Aufenthalt: 400 null. Nearly so are called: Aufenthaltstitel (ozg:10001), Aufenthaltskarte (ozg:10002), Niederlassung und Aufenthalt (ozg:10003) and others; to search: /v1/services?search=Aufenthalt or ozg services --search "Aufenthalt"
        elterngedl: 400 "ozg:10005". Perhaps "Elterngeld" is meant
        eltern: 400 null. Nearly so are called: Elterngeld (ozg:10005); to search: /v1/services?search=eltern or ozg services --search "eltern"
        Hundesteuer: 400 null
    "#]].assert_eq(&said);
    // Of an input with very many unknown names only the first ones are searched for.
    let rows: String = (0..60).map(|n| format!("Aufenthalt;abh:12{n:03};live;2024\n")).collect();
    let sheet = format!("Leistung;Ort;Stufe;Datum\n{rows}");
    let refused = world.post("/v1/events", "text/csv", sheet).await.text;
    assert_eq!(refused.matches("Nearly so are called").count(), 50, "{refused}");
}
