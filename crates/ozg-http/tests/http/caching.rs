//! Caching headers, and the headers of every answer.

use crate::common::World;
use axum::body::Body;
use axum::http::Request;

const CHECKED: &str = "public, max-age=0, s-maxage=60, stale-while-revalidate=600";

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_to_a_data_state_never_changes() {
    let world = World::new().await;
    let open = world.get("/v1/series/reuses.csv?area=BB").await;
    assert_eq!(open.header("cache-control"), CHECKED);
    let link = open.header("link").to_owned();
    let permalink = link.strip_prefix('<').and_then(|link| link.strip_suffix(">; rel=\"cite-as\"")).unwrap();
    let pinned = world.get(permalink).await;
    assert_eq!(pinned.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!((pinned.header("link"), &pinned.text), (link.as_str(), &open.text));
    let late = r#"{"type":"milestone-ended","service":"ozg:10255","place":"abh:12054","stage":"live","on":"2024-04-15","reason":"Störung"}"#;
    assert_eq!(world.record(late).await.status, 201);
    assert_eq!(world.get(permalink).await.text, open.text);
    assert_ne!(world.get("/v1/series/reuses.csv?area=BB").await.text, open.text);
    let pinned = ["/v1/series/reuses.json?position=7", "/v1/series/reuses/entries.csv?position=7"];
    for path in pinned.into_iter().chain(["/v1/compare/reuses.csv?position=7&against=6"]) {
        let answer = world.get(&format!("{path}&rules=2")).await;
        assert!(answer.header("cache-control").ends_with("immutable"), "{path}: {answer:?}");
        // Without the edition of the rules it is answered by the newest, which may be another one tomorrow.
        let newest = world.get(path).await;
        assert_eq!((newest.header("cache-control"), &newest.text), (CHECKED, &answer.text), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rule_19_an_edition_of_the_rules_that_is_not_known_is_refused_with_those_that_are() {
    let world = World::new().await;
    let answer = world.get_with("/v1/series/reuses.csv?rules=3", "accept-language", "en").await;
    assert_eq!(answer.status, 400, "{answer:?}");
    assert!(
        answer.text.contains("The edition \\\"3\\\" of the rules is not known; there is 2"),
        "{answer:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn rule_19_permalinks_of_targets_and_of_what_begins_late_can_be_followed() {
    let world = World::new().await;
    let target = r#"{"type":"target-set","measure":"reuses","place":"BB","value":575,"due":"2028-12-31","on":"2024-01-01"}"#;
    assert_eq!(world.record(target).await.status, 201);
    for (question, has) in [
        ("reuses.csv?basis=target&area=BB", "from=2028-12-31&to=2028-12-31"),
        ("reuses.csv?basis=target&area=BB&from=2027", "from=2027-01-01&to=2028-12-31"),
        ("reuses.csv?basis=target&area=SH&from=2027", "from=2027-01-01&to=2027-01-01"),
        ("milestones_planned.csv?from=2027", "from=2027-01-01&to=2027-01-01"),
        ("reuses.csv?area=BB&position=7&from=2026-06-01", "from=2026-06-01&to=2026-06-01"),
        ("applications.csv?area=BB", "unit=ozg"),
    ] {
        let answer = world.get(&format!("/v1/series/{question}")).await;
        let permalink = answer.header("link").trim_start_matches('<').split('>').next().unwrap().to_owned();
        assert!(permalink.contains(has) && permalink.contains("&rules=2"), "{question}: {permalink}");
        let followed = world.get(&permalink).await;
        assert_eq!((followed.status, &followed.text), (200, &answer.text), "{question}");
        let is_of_targets = question.contains("basis=target");
        assert!(!is_of_targets || followed.header("cache-control").ends_with("immutable"), "{question}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rule_19_what_has_happened_is_not_answered_for_days_to_come_beside_targets() {
    let world = World::new().await;
    let target = r#"{"type":"target-set","measure":"reuses","place":"BB","value":575,"due":"2028-12-31","on":"2024-01-01"}"#;
    assert_eq!(world.record(target).await.status, 201);
    let answer = world.get("/v1/series/reuses.csv?basis=counted,target&area=BB&every=year&from=2026").await;
    let rows = answer.text.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>());
    let rows: Vec<String> = rows.map(|cells| format!("{} {} {}", cells[0], cells[8], cells[9])).collect();
    assert_eq!(rows.last().map(String::as_str), Some("2028-12-31 target 575"), "{rows:?}");
    let counted = rows.iter().filter(|row| row.contains("counted"));
    assert!(counted.clone().count() == 1 && counted.clone().all(|row| row.starts_with("2026")), "{rows:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_data_state_that_may_still_grow_is_not_kept() {
    let world = World::new().await;
    for as_of in ["2026-06-01", "2026", "2026-06-01T10:00:00Z"] {
        let answer = world.get(&format!("/v1/series/reuses.csv?as_of={as_of}")).await;
        assert_eq!((answer.status, answer.header("cache-control")), (200, CHECKED), "{as_of}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_it_already_is_told_so() {
    let world = World::new().await;
    let paths = [
        "/",
        "/en/",
        "/v1/events",
        "/v1/events/1",
        "/v1/series/reuses.csv",
        "/v1/series/reuses.csv?position=7",
        "/v1/series/reuses/entries.json",
        "/v1/measures",
        "/v1/services.csv",
        "/v1/services/ozg:10255",
    ];
    for path in paths {
        let first = world.get(path).await;
        let etag = first.header("etag").to_owned();
        assert!(etag.starts_with("W/\""), "{path}: {first:?}");
        for tag in
            [etag.clone(), format!("\"x\", {etag}"), etag.trim_start_matches("W/").to_owned(), "*".to_owned()]
        {
            let again = world.get_with(path, "if-none-match", &tag).await;
            assert_eq!(
                (again.status, again.text.as_str(), again.header("etag")),
                (304, "", etag.as_str()),
                "{path}"
            );
        }
        assert_eq!(world.get_with(path, "if-none-match", "W/\"x\"").await.status, 200, "{path}");
    }
    let etag = world.get("/v1/measures").await.header("etag").to_owned();
    world.record(r#"{"type":"service-listed","service":"ozg:10001","name":"X"}"#).await;
    assert_eq!(world.get_with("/v1/measures", "if-none-match", &etag).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn reads_are_open_to_every_origin_and_head_has_no_body() {
    let world = World::new().await;
    for path in ["/v1/series/reuses.csv", "/v1/events", "/metrics", "/v1/nothing"] {
        let get = world.get(path).await;
        assert_eq!(get.header("access-control-allow-origin"), "*", "{path}");
        assert_eq!(get.header("x-content-type-options"), "nosniff", "{path}");
        let head = world.ask(Request::head(path).body(Body::empty()).unwrap()).await;
        assert_eq!((head.status, head.text.as_str()), (get.status, ""), "{path}");
        assert_eq!(head.header("content-type"), get.header("content-type"), "{path}");
        // The values of /metrics change between two requests; what would have to be computed has no length.
        if path == "/v1/nothing" {
            assert_eq!(head.header("content-length"), get.header("content-length"), "{path}");
        }
        assert_ne!(head.header("content-length"), "0", "{path}");
    }
    let preflight = Request::options("/v1/series/reuses.csv")
        .header("origin", "https://example.org")
        .header("access-control-request-method", "GET")
        .header("access-control-request-headers", "if-none-match");
    let answer = world.ask(preflight.body(Body::empty()).unwrap()).await;
    assert_eq!(
        (answer.status, answer.header("access-control-allow-methods")),
        (200, "GET,HEAD,POST,PUT,DELETE")
    );
    // The wildcard does not include it, so that a browser could not record.
    assert_eq!(answer.header("access-control-allow-headers"), "*,authorization");
    let post = world.record("[]").await;
    assert!(post.header("access-control-allow-methods").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_permalink_that_was_made_long_after_the_last_entry_gives_the_same_bytes() {
    let world = World::new().await;
    let mut app = world.app.clone();
    app.config.now = || crate::common::NOW_MS + 90 * 86_400_000;
    let later = ozg_http::router(app);
    let get =
        async |path: &str| crate::common::ask(&later, Request::get(path).body(Body::empty()).unwrap()).await;
    let open = get("/v1/series/reuses.csv?area=BB&from=2026-01").await;
    let permalink = open.header("link").trim_start_matches('<').split('>').next().unwrap().to_owned();
    assert_eq!(get(&permalink).await.text, open.text, "{permalink}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_concern_an_answer_leaves_its_etag() {
    let world = World::new().await;
    let etag = async |path: &str| world.get(path).await.header("etag").to_owned();
    let (land, other) = ("/v1/series/reuses.csv?area=BB", "/v1/series/reuses.csv?area=BY");
    let claims = "/v1/series/applications.csv?area=BB";
    let before = (etag(land).await, etag(other).await, etag(claims).await);
    let milestone = r#"{"type":"milestone-reached","service":"ozg:10000","place":"BB","stage":"launched","on":"2024-02-01"}"#;
    assert_eq!(world.record(milestone).await.status, 201);
    assert_ne!(etag(land).await, before.0);
    assert_eq!((etag(other).await, etag(claims).await), (before.1.clone(), before.2.clone()));
    let claim =
        r#"{"type":"figure-reported","measure":"applications","place":"BB","value":5,"on":"2024-05"}"#;
    assert_eq!(world.record(claim).await.status, 201);
    assert_ne!(etag(claims).await, before.2);
    assert_eq!(etag(other).await, before.1);
    let authority = r#"{"type":"authority-listed","authority":"abh:12052","name":"Cottbus"}"#;
    assert_eq!(world.record(authority).await.status, 201);
    assert_ne!(etag(other).await, before.1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_instant_of_the_last_entry_is_told_and_asked_for() {
    let world = World::new().await;
    let mut app = world.app.clone();
    app.config.now = || crate::common::NOW_MS + 3_600_000;
    let later = ozg_http::router(app);
    let get = async |path: &str, since: &str| {
        let request = Request::get(path).header("if-modified-since", since).body(Body::empty()).unwrap();
        crate::common::ask(&later, request).await
    };
    for path in
        ["/v1/series/reuses.csv", "/v1/series/reuses.csv?position=7", "/v1/services", "/v1/catalog.ttl"]
    {
        let first = get(path, "").await;
        assert_eq!(first.header("last-modified"), "Mon, 01 Jun 2026 10:00:00 GMT", "{path}");
        assert_eq!(get(path, first.header("last-modified")).await.status, 304, "{path}");
        assert_eq!(get(path, "Mon, 01 Jun 2026 09:59:59 GMT").await.status, 200, "{path}");
    }
    // Within the second in which something is recorded, more may follow.
    assert_eq!(world.get("/v1/series/reuses.csv").await.header("last-modified"), "");
}

#[tokio::test(flavor = "multi_thread")]
async fn long_texts_are_compressed_and_say_so() {
    let world = World::new().await;
    for (coding, named) in [("gzip", "gzip"), ("br", "br"), ("zstd", "zstd"), ("gzip, br", "br")] {
        let request = Request::get("/v1/series/reuses.csv").header("accept-encoding", coding);
        let response = tower::ServiceExt::oneshot(world.router.clone(), request.body(Body::empty()).unwrap())
            .await
            .unwrap();
        let headers = response.headers();
        assert_eq!(headers["content-encoding"], named, "{coding}");
        assert!(headers["etag"].to_str().unwrap().starts_with("W/"));
        assert_eq!(headers["vary"], "accept-encoding");
    }
    let plain = world.get("/v1/series/reuses.csv").await;
    assert_eq!((plain.header("content-encoding"), plain.header("vary")), ("", "accept-encoding"));
    // What depends on encodings says so without a body as well, from the handler and from what is kept.
    for path in ["/v1/series/reuses.csv", "/v1/series/reuses.csv?position=7"] {
        let etag = world.get(path).await.header("etag").to_owned();
        for _ in 0..2 {
            let seen = world.get_with(path, "if-none-match", &etag).await;
            assert_eq!((seen.status, seen.header("vary")), (304, "accept-encoding"), "{path}");
        }
    }
    let etag = world.get("/v1/series/reuses.csv").await.header("etag").to_owned();
    let withdrawn =
        r#"{"type":"entry-withdrawn","entry":"00000000-0000-4000-8000-000000000005","reason":"Irrtum"}"#;
    assert_eq!(world.record(withdrawn).await.status, 201);
    let changed = world.get_with("/v1/series/reuses.csv", "if-none-match", &etag).await;
    assert_eq!(changed.status, 200, "{}", changed.text);
    let small = world.get_with("/v1/services.csv", "accept-encoding", "gzip").await;
    assert_eq!(small.header("content-encoding"), "");
    assert!(plain.header("access-control-expose-headers").contains("last-modified, link"));
    let events = world.get_with("/v1/events?limit=1", "accept", "text/event-stream").await;
    assert_eq!(events.header("vary"), "accept");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_log_or_another_presentation_has_other_etags() {
    let (world, other) = (World::new().await, World::empty());
    for number in 10_001..=10_007 {
        let listed = format!(r#"{{"type":"service-listed","service":"ozg:{number}","name":"X"}}"#);
        assert_eq!(other.record(&listed).await.status, 201);
    }
    assert_eq!(world.head(), other.head());
    let with = |change: fn(&mut ozg_http::Config)| {
        let mut app = world.app.clone();
        change(&mut app.config);
        ozg_http::router(app)
    };
    let others = [
        other.router.clone(),
        with(|config| config.operator = "Kreis".to_owned()),
        with(|config| config.licence = "CC0-1.0".to_owned()),
        with(|config| config.public_url = "https://ozg.example.org".to_owned()),
    ];
    for path in ["/v1/series/reuses.csv", "/v1/series/reuses.csv?position=7", "/v1/services?position=7", "/"]
    {
        let etag = world.get(path).await.header("etag").to_owned();
        assert!(!etag.is_empty() && etag.len() < 48, "{path}: {etag}");
        let same = Request::get(path).body(Body::empty()).unwrap();
        assert_eq!(crate::common::ask(&with(|_| {}), same).await.header("etag"), etag, "{path}");
        for router in &others {
            let request = Request::get(path).header("if-none-match", &etag).body(Body::empty()).unwrap();
            let answer = crate::common::ask(router, request).await;
            assert_eq!(answer.status, 200, "{path}");
            assert_ne!(answer.header("etag"), etag, "{path}");
        }
    }
}
