//! Vintages, updates, comparisons and cross tables over HTTP.

use crate::common::World;
use expect_test::expect;

/// A correction, a late entry and a withdrawal, each a batch of its own.
const LATER: [&str; 3] = [
    r#"{"type":"milestone-reached","service":"ozg:10255","place":"abh:12054","stage":"live","on":"2024-04-20","replaces":"00000000-0000-4000-8000-000000000005","reason":"Datum","id":"00000000-0000-4000-8000-000000000008"}"#,
    r#"{"type":"milestone-ended","service":"ozg:10255","place":"abh:12051","stage":"live","on":"2024-06-10","reason":"Störung","id":"00000000-0000-4000-8000-000000000009"}"#,
    r#"{"type":"entry-withdrawn","entry":"00000000-0000-4000-8000-000000000007","reason":"Verwechslung","id":"00000000-0000-4000-8000-000000000010"}"#,
];

async fn world() -> World {
    let world = World::new().await;
    for event in LATER {
        let answer = world.record(event).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
    }
    world
}

/// Keeps some columns of a CSV answer.
fn columns(text: &str, names: &[&str]) -> String {
    let mut lines = text.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let head = lines.next().unwrap();
    let at: Vec<usize> =
        names.iter().map(|name| head.iter().position(|known| known == name).unwrap()).collect();
    let row = |cells: Vec<&str>| at.iter().map(|index| cells[*index]).collect::<Vec<_>>().join(",") + "\n";
    lines.map(row).collect()
}

const SPAN: &str = "area=BB&service=ozg:10255&from=2024-03&to=2024-06";

#[tokio::test(flavor = "multi_thread")]
async fn vintages_say_what_was_known_when() {
    let world = world().await;
    let ask = async |vintages: &str| {
        let answer = world.get(&format!("/v1/series/reuses.csv?{SPAN}&vintages={vintages}")).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        assert!(
            answer.header("link").contains(&format!("&vintages={vintages}")),
            "{}",
            answer.header("link")
        );
        columns(&answer.text, &["date", "value", "known_from", "known_until"])
            .replace("2026-06-01T10:00:00.000Z ", "")
    };
    let told = ["latest", "first", "all", "changed"];
    let mut said = String::new();
    for vintages in told {
        said += &format!("{vintages}\n{}", ask(vintages).await);
    }
    expect![[r#"
        latest
        2024-04-30,1,p8,
        2024-05-31,2,p7,
        2024-06-30,1,p9,
        first
        2024-03-31,1,p7,p8
        2024-04-30,1,p7,p8
        2024-05-31,2,p7,
        2024-06-30,2,p7,p9
        all
        2024-03-31,1,p7,p8
        2024-04-30,1,p7,p8
        2024-04-30,1,p8,
        2024-05-31,2,p7,
        2024-06-30,2,p7,p9
        2024-06-30,1,p9,
        changed
        2024-03-31,1,p7,p8
        2024-06-30,2,p7,p9
        2024-06-30,1,p9,
    "#]]
    .assert_eq(&said);
    let chart = world.get("/v1/series/reuses.svg?vintages=all").await;
    assert_eq!(
        (chart.status, chart.json()["errors"][0]["field"].as_str()),
        (400, Some("vintages")),
        "{}",
        chart.text
    );
    let wide = world.get("/v1/series/reuses.csv?vintages=all&shape=wide").await;
    assert_eq!((wide.status, wide.json()["errors"][0]["field"].as_str()), (400, Some("shape")));
}

#[tokio::test(flavor = "multi_thread")]
async fn updates_name_what_differs_and_what_was_withdrawn() {
    let world = world().await;
    let names = ["date", "area", "value", "status"];
    let rolled_out = "/v1/series/services_rolled_out.csv?area=BB&every=year&to=2025-12-31&basis=counted";
    let of = async |path: String| columns(&world.get(&path).await.text, &names);
    let said = [
        of(format!("/v1/series/reuses.csv?{SPAN}&updated_after=7")).await,
        of(format!("/v1/series/reuses.csv?{SPAN}&updated_after=p8")).await,
        of(format!("/v1/series/reuses.csv?{SPAN}&updated_after=10")).await,
        of(format!("{rolled_out}&updated_after=9")).await,
    ]
    .join("--\n");
    expect![[r#"
        2024-03-31,BB,,withdrawn
        2024-04-30,BB,1,partial
        2024-06-30,BB,1,partial
        --
        2024-06-30,BB,1,partial
        --
        --
        2024-12-31,BB,,withdrawn
        2025-12-31,BB,,withdrawn
    "#]]
    .assert_eq(&said);
    let claim = r#"{"type":"figure-reported","measure":"applications","place":"BB","value":5,"on":"2024-05","id":"00000000-0000-4000-8000-000000000011"}"#;
    assert_eq!(world.record(claim).await.status, 201);
    let gone =
        r#"{"type":"entry-withdrawn","entry":"00000000-0000-4000-8000-000000000011","reason":"falsch"}"#;
    assert_eq!(world.record(gone).await.status, 201);
    let path = "/v1/series/applications.csv?area=BB&on=2024-06-30&updated_after=11".to_owned();
    assert_eq!(of(path).await, "2024-06-30,BB,,withdrawn\n");
    let both = world.get(&format!("/v1/series/reuses.csv?{SPAN}&updated_after=8&vintages=latest")).await;
    expect![[r#"
        2024-06-30,1,2026-06-01T10:00:00.000Z p9
    "#]]
    .assert_eq(&columns(&both.text, &["date", "value", "known_from"]));
    assert_eq!(world.get("/v1/series/reuses.csv?updated_after=99").await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_data_states_stand_side_by_side() {
    let world = world().await;
    let path = format!("/v1/compare/reuses.csv?{SPAN}&against=7");
    let answer = world.get(&path).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    expect![[r#"
        </v1/compare/reuses.csv?by=area&area=BB&topic=all&service=ozg:10255&stage=live&unit=ozg&basis=counted,reported&kind=stock&every=month&from=2024-03-01&to=2024-06-30&position=10&definition=reuses/2&rules=2&against=7>; rel="cite-as"
        date,area,topic,service,stage,level,unit,scope,basis,period,source,value,value_against,qualifier,qualifier_against,change,change_qualifier,change_upper,entries,explained_by,definition
        2024-03-31,BB,all,ozg:10255,live,,ozg,,counted,,,,1,,,,,,1,8,reuses/2
        2024-04-30,BB,all,ozg:10255,live,,ozg,,counted,,,1,1,,,0,,,0,,reuses/2
        2024-05-31,BB,all,ozg:10255,live,,ozg,,counted,,,2,2,,,0,,,0,,reuses/2
        2024-06-30,BB,all,ozg:10255,live,,ozg,,counted,,,1,2,,,-1,,,2,8 9,reuses/2
    "#]].assert_eq(&format!("{}\n{}", answer.header("link"), answer.text));
    let permalink = answer.header("link").trim_start_matches('<').split('>').next().unwrap().to_owned();
    let pinned = world.get(&permalink).await;
    assert_eq!((pinned.text.as_str(), pinned.header("link")), (answer.text.as_str(), answer.header("link")));
    assert!(pinned.header("cache-control").ends_with("immutable"));
    let json = world.get(&path.replace(".csv", ".json")).await.json();
    assert_eq!(json["rows"][0]["explained_by"], serde_json::json!([8]), "{json:#}");
    assert_eq!((json["position"].as_u64(), json["against"].as_u64()), (Some(10), Some(7)));
    for (wrong, field) in
        [("", "against"), ("against=7&against=8", "against"), ("against=7&vintages=all", "vintages")]
    {
        let answer = world.get(&format!("/v1/compare/reuses.csv?{wrong}")).await;
        assert_eq!(
            (answer.status, answer.json()["errors"][0]["field"].as_str()),
            (400, Some(field)),
            "{wrong}"
        );
    }
    assert_eq!(world.get("/v1/compare/reuses.xlsx?against=7").await.status, 404);
    assert_eq!(world.get("/v1/compare/reuses.csv?against=99").await.status, 404);
    assert_eq!(world.get("/v1/compare/reuses.csv?against=0&on=2025-01-01").await.status, 200);
}

/// What was corrected again, revised or taken back between two data states explains the difference as well as the last entry.
#[tokio::test(flavor = "multi_thread")]
async fn a_difference_is_explained_by_all_entries_that_lie_between() {
    let world = World::new().await;
    let id = |number: u32| format!("00000000-0000-4000-8000-{number:012}");
    let claim = |number: u32, more: &str| {
        let id = id(number);
        format!(
            r#"{{"type":"figure-reported","measure":"applications","place":"BB","on":"2024-05","id":"{id}",{more}}}"#
        )
    };
    let replaces = |number: u32| format!(r#""replaces":"{}","reason":"gelesen""#, id(number));
    let said = [
        // 8, corrected by 9 and again by 10.
        claim(31, r#""value":276,"source":"A""#),
        claim(32, &format!(r#""value":286,"source":"A",{}"#, replaces(31))),
        claim(33, &format!(r#""value":295,"source":"A",{}"#, replaces(32))),
        // 11 and its revision 12; 13 is taken back by 14.
        claim(34, r#""value":50,"scope":"online","source":{"name":"B","published":"2024-06-01"}"#),
        claim(35, r#""value":55,"scope":"online","source":{"name":"B","published":"2024-07-01"}"#),
        claim(36, r#""value":400,"source":"C""#),
        format!(r#"{{"type":"entry-withdrawn","entry":"{}","reason":"anderes Land"}}"#, id(36)),
        // 15 speaks of a later day, 16 of authorities.
        claim(37, r#""value":310,"source":"A""#).replace("2024-05", "2025-05"),
        r#"{"type":"reuse-reported","service":"ozg:10255","place":"BB","live":3,"on":"2024-05","source":"A"}"#.to_owned(),
    ];
    for event in &said {
        let answer = world.record(event).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
    }
    let mut told = String::new();
    for (measure, against) in
        [("applications", 7), ("applications", 8), ("applications", 9), ("applications", 12), ("reuses", 7)]
    {
        let more = if measure == "reuses" { "&service=ozg:10255" } else { "" };
        let path = format!(
            "/v1/compare/{measure}.csv?area=BB&basis=reported&kind=stock{more}&every=year&from=2024&to=2025-12-31&against={against}"
        );
        let answer = world.get(&path).await;
        let names = ["date", "scope", "value", "value_against", "entries", "explained_by"];
        told += &format!("{measure} against {against}\n{}", columns(&answer.text, &names));
    }
    expect![[r#"
        applications against 7
        2024-12-31,,295,,5,8 9 10 13 14
        2024-12-31,online,55,,2,11 12
        2025-12-31,,310,,1,15
        2025-12-31,online,55,,2,11 12
        applications against 8
        2024-12-31,,295,276,4,9 10 13 14
        2024-12-31,online,55,,2,11 12
        2025-12-31,,310,276,5,9 10 13 14 15
        2025-12-31,online,55,,2,11 12
        applications against 9
        2024-12-31,,295,286,3,10 13 14
        2024-12-31,online,55,,2,11 12
        2025-12-31,,310,286,4,10 13 14 15
        2025-12-31,online,55,,2,11 12
        applications against 12
        2024-12-31,,295,295,0,
        2024-12-31,online,55,55,0,
        2025-12-31,,310,295,3,13 14 15
        2025-12-31,online,55,55,0,
        reuses against 7
        2024-12-31,,3,,1,16
        2025-12-31,,3,,1,16
    "#]]
    .assert_eq(&told);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_qualifier_is_a_difference() {
    let world = World::new().await;
    let said = r#"{"type":"figure-reported","measure":"applications","place":"BB","value":270,"on":"2024-05","id":"00000000-0000-4000-8000-000000000021"}"#;
    assert_eq!(world.record(said).await.status, 201);
    let corrected = r#"{"type":"figure-reported","measure":"applications","place":"BB","value":">270","on":"2024-05","replaces":"00000000-0000-4000-8000-000000000021","reason":"mehr als"}"#;
    let answer = world.record(corrected).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    let answer =
        world.get("/v1/compare/applications.csv?area=BB&on=2024-05-31&basis=reported&against=8").await;
    let columns =
        ["value", "value_against", "qualifier", "qualifier_against", "change", "change_qualifier", "entries"];
    assert_eq!(self::columns(&answer.text, &columns), "270,270,>,,0,>,1\n", "{}", answer.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_one_day_two_dimensions_make_a_cross_table() {
    let world = World::new().await;
    let path = "/v1/series/services_launched.csv?by=area,topic&area=DE,BB&topic=all,familie_kind,ein_auswanderung&on=2025-01-01&shape=wide&basis=counted";
    expect![[r#"
        Gebiet,alle,Ein- & Auswanderung,Familie & Kind
        Deutschland,2,1,1
        Brandenburg,2,1,1
    "#]]
    .assert_eq(&world.get(path).await.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_answer_has_its_header() {
    let world = World::new().await;
    for path in [
        "/v1/series/reuses.csv?area=BE&basis=reported",
        "/v1/series/reuses.csv?area=BE&basis=reported&vintages=all",
        "/v1/series/reuses.csv?area=BE&basis=reported&updated_after=1",
        "/v1/compare/reuses.csv?area=BE&basis=reported&against=4",
        "/v1/services.csv?topic=bildung",
        "/v1/authorities.csv?area=SL",
    ] {
        let answer = world.get(path).await;
        assert_eq!((answer.status, answer.text.lines().count()), (200, 1), "{path}: {}", answer.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn more_vintages_than_may_be_folded_are_refused_before_they_are() {
    let world = World::new().await;
    let listed = |id: u32| format!(r#"{{"type":"service-listed","service":"dienst:l{id}","name":"L{id}"}}"#);
    let services: Vec<String> = (0..200).map(listed).collect();
    assert_eq!(world.record(&format!("[{}]", services.join(","))).await.status, 201);
    let path = "/v1/series/services_launched.csv?by=service&area=DE&basis=counted&every=year&vintages=all";
    let mut batches = 0;
    let refused = loop {
        let answer = world.get(path).await;
        if answer.status != 200 {
            break answer;
        }
        assert!(batches < 120, "200 services, {batches} data states: nothing bounds them");
        for batch in 0..40 {
            assert_eq!(world.record(&listed(1_000 + batches + batch)).await.status, 201);
        }
        batches += 40;
    };
    assert_eq!((refused.status, batches), (400, 80), "{}", refused.text);
    assert_eq!(refused.json()["limit"], 20_000);
    assert!(refused.text.contains("Fassungen, höchstens 20000: Zeitraum, Schrittweite"), "{}", refused.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_always_has_a_row_for_each_thing_takes_no_shape() {
    let world = World::new().await;
    for path in [
        "/v1/compare/reuses.csv?area=BB&against=4&shape=wide",
        "/v1/compare/reuses.json?area=BB&against=4&show=share",
        "/v1/series/reuses/entries.csv?area=BB&shape=wide",
    ] {
        let answer = world.get(path).await;
        assert_eq!(answer.status, 400, "{path}: {}", answer.text);
        assert!(answer.text.contains("fields_exclude") && answer.text.contains("/v1/series/"), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_says_who_is_counted_explains_beside_what_is_counted() {
    let world = World::new().await;
    let defined = |members: &str, more: &str| {
        format!(r#"{{"type":"region-defined","region":"mitte","name":"Mitte","members":{members}{more}}}"#)
    };
    assert_eq!(world.record(&defined(r#"["BB"]"#, "")).await.status, 201);
    let before = world.head();
    let ended = r#"{"type":"milestone-ended","service":"ozg:10255","place":"abh:12051","stage":"live","on":"2025-01-01","reason":"Umzug"}"#;
    let both = format!(
        "[{},{ended}]",
        defined(
            r#"["BB","BE"]"#,
            r#","replaces":"standing","reason":"größer","id":"00000000-0000-4000-8000-000000000030""#
        )
    );
    let answer = world.record(&both).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    let path = format!(
        "/v1/compare/reuses.csv?area=region:mitte&service=ozg:10255&on=2025-06-01&basis=counted&against={before}"
    );
    let answer = world.get(&path).await;
    let told = columns(&answer.text, &["value", "value_against", "entries", "explained_by"]);
    assert_eq!(told, format!("1,2,2,{} {}\n", before + 1, before + 2), "{}", answer.text);
    let withdrawn =
        r#"{"type":"entry-withdrawn","entry":"00000000-0000-4000-8000-000000000030","reason":"doch nicht"}"#;
    let answer = world.record(withdrawn).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    let answer = world.get(&path).await;
    let told = columns(&answer.text, &["entries", "explained_by"]);
    assert_eq!(told, format!("3,{} {} {}\n", before + 1, before + 2, before + 3), "{}", answer.text);
}
