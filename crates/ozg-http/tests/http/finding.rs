//! Ways to the data: the catalogue, the data package, feeds, the archive of a day.

use crate::common::{NOW_MS, World, ask};
use axum::body::Body;
use axum::http::Request;
use expect_test::expect;
use ozg_core::measure::Measure;
use ozg_formats::series::FORMATS;

#[tokio::test(flavor = "multi_thread")]
async fn the_catalogue_names_every_measure_in_every_format() {
    let world = World::new().await;
    let turtle = world.get("/v1/catalog.ttl").await;
    assert_eq!(turtle.header("content-type"), "text/turtle; charset=utf-8");
    let json = world.get("/v1/catalog.jsonld").await;
    assert_eq!(json.header("content-type"), "application/ld+json");
    let graph = json.json()["@graph"].as_array().unwrap().clone();
    let formats = FORMATS.iter().filter(|format| format.is_built()).count();
    let of = |class: &str| graph.iter().filter(|node| node["@type"] == class).count();
    assert_eq!(
        (of("dcat:Catalog"), of("dcat:Dataset"), of("dcat:Distribution")),
        (1, Measure::COUNT, Measure::COUNT * formats)
    );
    assert_eq!(turtle.text.matches(" a dcat:Distribution").count(), Measure::COUNT * formats);
    // Each statement stands in both forms.
    let statements: usize = graph
        .iter()
        .map(|node| {
            node.as_object().unwrap().values().map(|v| v.as_array().map_or(1, Vec::len)).sum::<usize>() - 1
        })
        .sum();
    assert_eq!(
        turtle.text.lines().filter(|line| line.ends_with(" ;") || line.ends_with(" .")).count() - 9,
        statements
    );
    let reuses = graph.iter().find(|node| node["@id"] == "/v1/measures/reuses").unwrap();
    assert_eq!(reuses["dcat:version"]["@value"], "7");
    assert_eq!(
        reuses["dcat:theme"]["@id"],
        "http://publications.europa.eu/resource/authority/data-theme/GOVE"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_package_has_every_series_and_list() {
    let world = World::new().await;
    let package = world.get("/datapackage.json").await.json();
    assert_eq!((package["name"].as_str(), package["version"].as_str()), (Some("ozg-tracker"), Some("7")));
    assert_eq!(package["licenses"][0]["name"], "dl-de-by-2.0");
    let resources = package["resources"].as_array().unwrap();
    assert_eq!(resources.len(), Measure::COUNT + 9);
    for resource in resources {
        let answer = world.get(&format!("/{}", resource["path"].as_str().unwrap())).await;
        let fields = resource["schema"]["fields"].as_array().unwrap();
        let names: Vec<&str> = fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
        assert_eq!(answer.text.lines().next(), Some(names.join(",").as_str()), "{resource}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn new_entries_are_a_feed_with_pages_that_never_change() {
    let world = World::new().await;
    let feed = world.get("/v1/events.atom?area=BB&type=milestone-reached&lang=en").await;
    assert_eq!(feed.header("content-type"), "application/atom+xml; charset=utf-8");
    expect![[r#"
        <?xml version="1.0" encoding="utf-8"?>
        <feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0" xml:lang="en">
        <id>urn:uuid:4bc46026-2b62-5222-b36a-0fae4a0a6892</id>
        <title>OZG tracker: new entries</title>
        <updated>2026-06-01T10:00:00.000Z</updated>
        <author><name>OZG-Tracker</name></author>
        <rights>dl-de/by-2-0</rights>
        <link rel="self" type="application/atom+xml" href="/v1/events.atom?area=BB&amp;type=milestone-reached&amp;lang=en"/>
        <entry>
        <id>urn:uuid:00000000-0000-4000-8000-000000000007</id>
        <title>milestone reached: Elterngeld · Brandenburg · rolled out · 2024-04-01</title>
        <updated>2026-06-01T10:00:00.000Z</updated>
        <author><name>redaktion</name></author>
        <link rel="alternate" type="application/json" href="/v1/events/7"/>
        <category term="milestone-reached"/>
        <summary>milestone reached: Elterngeld · Brandenburg · rolled out · 2024-04-01</summary>
        </entry>
        <entry>
        <id>urn:uuid:00000000-0000-4000-8000-000000000006</id>
        <title>milestone reached: Aufenthalt · Brandenburg an der Havel · live · 2024-05</title>
        <updated>2026-06-01T10:00:00.000Z</updated>
        <author><name>redaktion</name></author>
        <link rel="alternate" type="application/json" href="/v1/events/6"/>
        <category term="milestone-reached"/>
        <summary>im Mai</summary>
        </entry>
        <entry>
        <id>urn:uuid:00000000-0000-4000-8000-000000000005</id>
        <title>milestone reached: Aufenthalt · Potsdam · live · 2024-03-15</title>
        <updated>2026-06-01T10:00:00.000Z</updated>
        <author><name>redaktion</name></author>
        <link rel="alternate" type="application/json" href="/v1/events/5"/>
        <category term="milestone-reached"/>
        <summary>milestone reached: Aufenthalt · Potsdam · live · 2024-03-15</summary>
        </entry>
        </feed>
    "#]].assert_eq(&feed.text);
    assert!(!feed.text.contains("prev-archive"));
    let lines: String = (0..120)
        .map(|n| {
            format!(
                "{{\"type\":\"service-listed\",\"service\":\"ozg:{}\",\"name\":\"<N> & {n}\"}}\n",
                20_000 + n
            )
        })
        .collect();
    world.post("/v1/events", "application/x-ndjson", lines).await;
    let newest = world.get("/v1/events.atom").await;
    assert_eq!(newest.text.matches("<entry>").count(), 50);
    assert!(
        newest.text.contains(
            "rel=\"prev-archive\" type=\"application/atom+xml\" href=\"/v1/events.atom?lang=de&amp;page=2\""
        ),
        "{}",
        newest.text
    );
    let page = world.get("/v1/events.atom?lang=de&page=2").await;
    assert!(page.header("cache-control").ends_with("immutable"));
    assert!(page.text.contains("<fh:archive/>") && page.text.contains("rel=\"current\""));
    assert_eq!(page.text.matches("<entry>").count(), 50);
    world.record(r#"{"type":"service-listed","service":"ozg:20500","name":"X"}"#).await;
    assert_eq!(world.get("/v1/events.atom?lang=de&page=2").await.text, page.text);
    assert_eq!(world.get("/v1/events.atom?page=4").await.status, 404);
    let wrong = world.get("/v1/events.atom?aria=BB").await;
    assert_eq!((wrong.status, wrong.json()["errors"][0]["hint"].as_str()), (400, Some("area")));
}

/// Takes the link with a relation out of a feed.
fn linked(feed: &str, relation: &str) -> Option<String> {
    let line = feed.lines().find(|line| line.starts_with(&format!("<link rel=\"{relation}\"")))?;
    Some(line.split("href=\"").nth(1)?.split('"').next()?.replace("&amp;", "&"))
}

#[tokio::test(flavor = "multi_thread")]
async fn every_archive_link_leads_somewhere_and_the_chain_has_every_entry_once() {
    let world = World::new().await;
    for count in [0, 43, 50, 7] {
        let head = world.head();
        let listed = (0..count).map(|number| {
            let number = 20_000 + head + number;
            format!("{{\"type\":\"service-listed\",\"service\":\"ozg:{number}\",\"name\":\"X\"}}\n")
        });
        let lines: String = listed.collect();
        world.post("/v1/events", "application/x-ndjson", lines).await;
        let newest = world.get("/v1/events.atom").await.text;
        let (mut back, mut page) = (Vec::new(), linked(&newest, "prev-archive"));
        while let Some(address) = page {
            let answer = world.get(&address).await;
            assert_eq!(answer.status, 200, "{address}: {}", answer.text);
            assert!(answer.header("cache-control").ends_with("immutable"), "{address}");
            page = linked(&answer.text, "prev-archive");
            back.push((address, answer.text));
        }
        // And forward again, to the page that still grows.
        let (mut forth, mut entries) = (Vec::new(), 0);
        let mut page = Some("/v1/events.atom?lang=de&page=1".to_owned());
        while let Some(address) = page {
            let answer = world.get(&address).await;
            assert_eq!(answer.status, 200, "{address}: {}", answer.text);
            entries += answer.text.matches("<entry>").count();
            page = linked(&answer.text, "next-archive");
            assert_eq!(page.is_some(), answer.text.contains("<fh:archive/>"), "{address}");
            forth.push((address, answer.text));
        }
        assert_eq!(entries, world.head() as usize);
        let last = forth.pop().unwrap();
        back.reverse();
        assert_eq!(forth, back);
        let growing = world.get(&last.0).await;
        assert!(!growing.header("cache-control").contains("immutable"), "{}", last.0);
        assert_eq!(linked(&last.1, "prev-archive"), back.pop().map(|(address, _)| address));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_measure_has_news() {
    let world = World::new().await;
    let end = r#"{"type":"milestone-ended","service":"ozg:10255","place":"abh:12054","stage":"live","on":"2025-01-01","reason":"x"}"#;
    assert_eq!(world.record(end).await.status, 201);
    let feed = world.get("/v1/measures/reuses.atom?area=BB&lang=en").await;
    assert_eq!(feed.status, 200, "{}", feed.text);
    expect![[r#"
        <?xml version="1.0" encoding="utf-8"?>
        <feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0" xml:lang="en">
        <id>urn:uuid:7cbace23-89e2-5d07-8aa1-2e0b0fe73146</id>
        <title>OZG-Tracker: Reuses</title>
        <updated>2026-06-01T10:00:00.000Z</updated>
        <author><name>OZG-Tracker</name></author>
        <rights>dl-de/by-2-0</rights>
        <link rel="self" type="application/atom+xml" href="/v1/measures/reuses.atom?area=BB&amp;lang=en"/>
        <link rel="alternate" type="application/json" href="/v1/measures/reuses"/>
        <entry>
        <id>urn:uuid:2138e8e2-a4e8-55db-83dc-f19d629bc6af</id>
        <title>Reuses · Brandenburg · live · counted: 2 → 1 (as at 2025-01-01, partial)</title>
        <updated>2026-06-01T10:00:00.000Z</updated>
        <author><name>redaktion</name></author>
        <link rel="alternate" type="text/csv" href="/v1/compare/reuses.csv?by=area&amp;area=BB&amp;basis=counted,reported&amp;kind=stock,period&amp;on=2025-01-01&amp;position=8&amp;definition=reuses/2&amp;lang=en&amp;against=7"/>
        <category term="reuses"/>
        <summary>Reuses · Brandenburg · live · counted: 2 → 1 (as at 2025-01-01, partial)
        Reason: x
        Entries: #8</summary>
        </entry>
        <entry>
        <id>urn:uuid:8b147358-e765-520f-8847-66fbe7338c94</id>
        <title>Reuses · Brandenburg · live · counted: – → 2 (as at 2024-05-31, partial)</title>
        <updated>2026-06-01T10:00:00.000Z</updated>
        <author><name>redaktion</name></author>
        <link rel="alternate" type="text/csv" href="/v1/compare/reuses.csv?by=area&amp;area=BB&amp;basis=counted,reported&amp;kind=stock,period&amp;on=2024-05-31&amp;position=7&amp;definition=reuses/2&amp;lang=en&amp;against=4"/>
        <category term="reuses"/>
        <summary>Reuses · Brandenburg · live · counted: – → 2 (as at 2024-05-31, partial)
        Other days: 2024-03-15: – → 1
        Entries: #5; #6</summary>
        </entry>
        </feed>
    "#]].assert_eq(&feed.text);
    let link = feed.text.split("type=\"text/csv\" href=\"").nth(1).unwrap().split('"').next().unwrap();
    let compared = world.get(&link.replace("&amp;", "&")).await;
    assert!(compared.text.contains(",1,2,,,-1,,,1,8,reuses/2"), "{link}: {}", compared.text);
    let wrong = world.get("/v1/measures/reuses.atom?aria=BB").await;
    assert_eq!((wrong.status, wrong.json()["errors"][0]["hint"].as_str()), (400, Some("area")));
    assert_eq!(world.get("/v1/measures/reuse.atom").await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_archive_of_a_day_has_everything_and_stays_the_same() {
    let world = World::new().await;
    let mut app = world.app.clone();
    app.config.now = || NOW_MS + 3 * 86_400_000;
    let later = ozg_http::router(app);
    let bytes = async |path: &str| {
        let request = Request::get(path).body(Body::empty()).unwrap();
        let response = tower::ServiceExt::oneshot(later.clone(), request).await.unwrap();
        let headers = response.headers().clone();
        (headers, axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap())
    };
    let (headers, first) = bytes("/archive/2026-06-01.zip").await;
    assert_eq!(headers["content-type"], "application/zip");
    assert!(headers["cache-control"].to_str().unwrap().ends_with("immutable"));
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(first.to_vec())).unwrap();
    let count = archive.len();
    assert_eq!(count, 2 + 9 + Measure::COUNT + 1);
    let mut read = |name: &str| std::io::read_to_string(archive.by_name(name).unwrap()).unwrap();
    // Seven entries, and the note of one of them.
    assert_eq!(read("events.ndjson").lines().count(), 8);
    assert_eq!(read("lists/services.csv").lines().count(), 3);
    assert!(read("series/reuses.csv").lines().count() > 10);
    assert!(read("README.md").contains("dl-de/by-2-0"));
    world.record(r#"{"type":"service-listed","service":"ozg:20500","name":"X","on":"2020-01-01"}"#).await;
    let other = bytes("/archive/2026-06-02.zip").await.1;
    assert_ne!(other, first);
    assert_eq!(bytes("/archive/latest.zip").await.0["location"], "2026-06-04.zip");
    let wrong = [
        ("/archive/2026-06-02.zip", 404),
        ("/archive/x.zip", 404),
        ("/archive/2026-06-01-p.zip", 404),
        ("/archive/2026-06-01-p99.zip", 404),
        ("/archive/2020-01-01.zip", 400),
    ];
    for (path, status) in wrong {
        let answer = ask(&world.router, Request::get(path).body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, status, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_archive_of_the_running_day_is_cited_by_position() {
    let world = World::new().await;
    let bytes = async |path: &str| {
        let request = Request::get(path).body(Body::empty()).unwrap();
        let response = tower::ServiceExt::oneshot(world.router.clone(), request).await.unwrap();
        let headers = response.headers().clone();
        (headers, axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap())
    };
    let head = world.app.tracker.state().head().to_string();
    let pinned = format!("/archive/2026-06-01-p{head}.zip");
    let (headers, today) = bytes("/archive/2026-06-01.zip").await;
    assert!(!headers["cache-control"].to_str().unwrap().contains("immutable"));
    assert_eq!(
        headers["content-disposition"],
        format!("attachment; filename=\"ozg-tracker-2026-06-01-p{head}.zip\"")
    );
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(today.to_vec())).unwrap();
    let readme = std::io::read_to_string(archive.by_name("README.md").unwrap()).unwrap();
    assert_eq!(readme.matches(&pinned).count(), 2, "{readme}");
    assert!(
        readme.contains(&format!("Alles, was bei Position {head}, mit Werten bis 2026-06-01 bekannt war")),
        "{readme}"
    );
    let (headers, cited) = bytes(&pinned).await;
    assert!(headers["cache-control"].to_str().unwrap().contains("immutable"));
    assert_eq!(cited, today);
    world.record(r#"{"type":"service-listed","service":"ozg:20500","name":"X","on":"2020-01-01"}"#).await;
    assert_ne!(bytes("/archive/2026-06-01.zip").await.1, today);
    assert_eq!(bytes(&pinned).await.1, cited);
}
