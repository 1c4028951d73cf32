//! Feeds tell the news: what became another value, today's or one of the past, with both values and the reason.

use crate::common::World;
use expect_test::{Expect, expect};
use ozg_core::event::Draft;
use ozg_core::measure::{Dimension, Measure};
use ozg_core::time::read_rfc3339;
use ozg_formats::input::{InputKind, read_drafts};
use ozg_tracker::{DumpBatch, DumpEntry};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// An entry of a feed.
struct Told {
    id: String,
    title: String,
    summary: String,
    link: String,
}

async fn told(world: &World, address: &str) -> Vec<Told> {
    let feed = world.get(address).await;
    assert_eq!(feed.status, 200, "{address}: {}", feed.text);
    let between = |text: &str, from: &str, to: &str| -> String {
        let text = text.split(from).nth(1).and_then(|rest| rest.split(to).next()).unwrap_or_default();
        text.replace("&amp;", "&").replace("&gt;", ">").replace("&lt;", "<").replace("&quot;", "\"")
    };
    let entry = |entry: &str| Told {
        id: between(entry, "<id>", "</id>"),
        title: between(entry, "<title>", "</title>"),
        summary: between(entry, "<summary>", "</summary>"),
        link: between(entry, "href=\"", "\""),
    };
    feed.text.split("<entry>").skip(1).map(entry).collect()
}

async fn titles(world: &World, address: &str) -> String {
    told(world, address).await.iter().map(|told| told.title.clone() + "\n").collect()
}

async fn check(world: &World, address: &str, expected: Expect) {
    expected.assert_eq(&titles(world, address).await);
}

/// A claim about launched services.
fn claim(more: &str) -> String {
    format!(r#"{{"type":"figure-reported","measure":"services_launched","unit":"ozg",{more}}}"#)
}

/// Figures of Brandenburg: a first, a later, a late one, a correction with its reason, a part, a period, a contradiction, a
/// revision, a withdrawal, and what no reader sees.
pub(crate) async fn story() -> World {
    let world = World::new().await;
    let first = r#""place":"BB","of":575,"on":"2025-01-31","value":276,"source":{"name":"Dashboard"}"#;
    for lines in [
        claim(&format!(r#"{first},"id":"00000000-0000-4000-8000-0000000000a1""#)),
        claim(r#""place":"BB","of":575,"on":"2025-06","value":">300","source":{"name":"Dashboard"}"#),
        claim(
            r#""place":"BB","of":575,"on":"2023-12-31","value":159,"source":{"name":"Dashboard"},"id":"00000000-0000-4000-8000-0000000000a2""#,
        ),
        claim(
            r#""place":"BB","of":575,"on":"2025-01-31","value":280,"source":{"name":"Dashboard"},"replaces":"00000000-0000-4000-8000-0000000000a1","reason":"Tippfehler in der Quelle""#,
        ),
        claim(r#""place":"BB","on":"2025-06-30","value":9,"scope":"nur Bund","source":{"name":"Dashboard"}"#),
        claim(
            r#""place":"BB","since":"2025-01-01","on":"2025-06-30","value":31,"source":{"name":"Dashboard"}"#,
        )
        .replace("services_launched", "applications")
        .replace("\"unit\":\"ozg\",", ""),
        claim(r#""place":"BB","of":575,"on":"2025-06-30","value":290,"source":{"name":"Zeitung"}"#),
        claim(r#""place":"BB","of":582,"on":"2025-06","value":">300","source":{"name":"Blatt"}"#),
        claim(r#""place":"BB","on":"2025-06-30","value":88,"source":{"name":"Dashboard"}"#)
            .replace("\"ozg\"", "\"leika\""),
        r#"{"type":"entry-withdrawn","entry":"00000000-0000-4000-8000-0000000000a2","reason":"unbestätigt"}"#
            .to_owned(),
        r#"{"type":"service-listed","service":"ozg:20000","name":"Neu"}"#.to_owned(),
    ] {
        let answer = world.record(&format!("[{lines}]")).await;
        assert_eq!(answer.status, 201, "{lines}: {}", answer.text);
    }
    world
}

#[tokio::test(flavor = "multi_thread")]
async fn titles_say_measure_place_both_values_the_day_and_what_kind_of_news_it_is() {
    let world = story().await;
    let launched = "/v1/measures/services_launched.atom?area=BB";
    check(&world, launched, expect![[r#"
        Leistungen mit Go-live · Brandenburg: 159 → – (Stand 31.12.2023, zurückgezogen)
        Leistungen mit Go-live · Brandenburg: 290 von 575 / >300 von 575 → 290 von 575 / >300 von 582 / >300 von 575 (Stand 30.06.2025, Widerspruch)
        Leistungen mit Go-live · Brandenburg: >300 → 290 / >300 (Stand 30.06.2025, Widerspruch)
        Leistungen mit Go-live · Brandenburg · nur Bund: – → 9 (Stand 30.06.2025, neu)
        Leistungen mit Go-live · Brandenburg: 276 → 280 (Stand 31.01.2025, Korrektur)
        Leistungen mit Go-live · Brandenburg: – → 159 (Stand 31.12.2023, nachgetragen)
        Leistungen mit Go-live · Brandenburg: 276 → >300 (Stand 2025-06)
        Leistungen mit Go-live · Brandenburg: – → 276 (Stand 31.01.2025, neu)
        Leistungen mit Go-live · Brandenburg · gezählt: – → 2 (Stand 01.04.2024, unvollständig)
    "#]]).await;
    check(&world, &format!("{launched}&lang=en"), expect![[r#"
        Services launched · Brandenburg: 159 → – (as at 2023-12-31, withdrawn)
        Services launched · Brandenburg: 290 of 575 / >300 of 575 → 290 of 575 / >300 of 582 / >300 of 575 (as at 2025-06-30, contradiction)
        Services launched · Brandenburg: >300 → 290 / >300 (as at 2025-06-30, contradiction)
        Services launched · Brandenburg · nur Bund: – → 9 (as at 2025-06-30, new)
        Services launched · Brandenburg: 276 → 280 (as at 2025-01-31, correction)
        Services launched · Brandenburg: – → 159 (as at 2023-12-31, added later)
        Services launched · Brandenburg: 276 → >300 (as at 2025-06)
        Services launched · Brandenburg: – → 276 (as at 2025-01-31, new)
        Services launched · Brandenburg · counted: – → 2 (as at 2024-04-01, partial)
    "#]]).await;
    check(
        &world,
        &format!("{launched}&unit=leika"),
        expect![[r#"
        Leistungen mit Go-live · Brandenburg · LeiKa-Leistungen: – → 88 (Stand 30.06.2025, neu)
    "#]],
    )
    .await;
    check(
        &world,
        "/v1/measures/applications.atom?area=BB",
        expect![[r#"
        Anträge und Nutzungen · Brandenburg: – → 31 (Zeitraum 01.01.2025–30.06.2025, neu)
    "#]],
    )
    .await;
    check(&world, "/v1/measures/services_launched.atom?area=HH", expect![[""]]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn entries_are_told_with_names_figures_and_what_they_correct() {
    let world = story().await;
    check(&world, "/v1/events.atom?area=BB", expect![[r#"
        Eintrag zurückgezogen: Leistungen mit Go-live · Brandenburg · 159 von 575 · 31.12.2023
        Zahl gemeldet: Leistungen mit Go-live · Brandenburg · LeiKa-Leistungen · 88 · 30.06.2025
        Zahl gemeldet: Leistungen mit Go-live · Brandenburg · >300 von 582 · 2025-06
        Zahl gemeldet: Leistungen mit Go-live · Brandenburg · 290 von 575 · 30.06.2025
        Zahl gemeldet: Anträge und Nutzungen · Brandenburg · 31 · seit 01.01.2025 · 30.06.2025
        Zahl gemeldet: Leistungen mit Go-live · Brandenburg · nur Bund · 9 · 30.06.2025
        Zahl gemeldet: Leistungen mit Go-live · Brandenburg · 280 von 575 · 31.01.2025 (Korrektur, vorher 276 von 575)
        Zahl gemeldet: Leistungen mit Go-live · Brandenburg · 159 von 575 · 31.12.2023
        Zahl gemeldet: Leistungen mit Go-live · Brandenburg · >300 von 575 · 2025-06
        Zahl gemeldet: Leistungen mit Go-live · Brandenburg · 276 von 575 · 31.01.2025
        Meilenstein erreicht: Elterngeld · Brandenburg · flächendeckend · 01.04.2024
        Meilenstein erreicht: Aufenthalt · Brandenburg an der Havel · im Einsatz · 2024-05
        Meilenstein erreicht: Aufenthalt · Potsdam · im Einsatz · 15.03.2024
        Behörde eingetragen: Brandenburg an der Havel
        Behörde eingetragen: Potsdam
    "#]]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn summaries_give_reasons_sources_other_days_and_entries() {
    let world = story().await;
    let launched = "/v1/measures/services_launched.atom?area=BB";
    let summaries: Vec<String> =
        told(&world, launched).await.into_iter().map(|told| told.summary + "\n\n").collect();
    expect![[r#"
        Leistungen mit Go-live · Brandenburg: 159 → – (Stand 31.12.2023, zurückgezogen)
        Grund: unbestätigt
        Quelle: Dashboard
        Einträge: #17

        Leistungen mit Go-live · Brandenburg: 290 von 575 / >300 von 575 → 290 von 575 / >300 von 582 / >300 von 575 (Stand 30.06.2025, Widerspruch)
        Quelle: Zeitung; Blatt; Dashboard
        Einträge: #15

        Leistungen mit Go-live · Brandenburg: >300 → 290 / >300 (Stand 30.06.2025, Widerspruch)
        Quelle: Zeitung; Dashboard
        Einträge: #14

        Leistungen mit Go-live · Brandenburg · nur Bund: – → 9 (Stand 30.06.2025, neu)
        Quelle: Dashboard
        Einträge: #12

        Leistungen mit Go-live · Brandenburg: 276 → 280 (Stand 31.01.2025, Korrektur)
        Grund: Tippfehler in der Quelle
        Quelle: Dashboard
        Einträge: #11

        Leistungen mit Go-live · Brandenburg: – → 159 (Stand 31.12.2023, nachgetragen)
        Quelle: Dashboard
        Einträge: #10

        Leistungen mit Go-live · Brandenburg: 276 → >300 (Stand 2025-06)
        Quelle: Dashboard
        Einträge: #9

        Leistungen mit Go-live · Brandenburg: – → 276 (Stand 31.01.2025, neu)
        Quelle: Dashboard
        Einträge: #8

        Leistungen mit Go-live · Brandenburg · gezählt: – → 2 (Stand 01.04.2024, unvollständig)
        Weitere Tage: 15.03.2024: – → 1
        Einträge: #5; #7

    "#]].assert_eq(&summaries.concat());
}

#[tokio::test(flavor = "multi_thread")]
async fn ids_of_news_are_one_each_and_stay() {
    let world = story().await;
    for address in [
        "/v1/measures/services_launched.atom?area=BB",
        "/v1/measures/applications.atom?area=BB",
        "/v1/measures/reuses.atom",
    ] {
        let ids = async || told(&world, address).await.into_iter().map(|told| told.id).collect::<Vec<_>>();
        let before = ids().await;
        assert_eq!(before.iter().collect::<BTreeSet<_>>().len(), before.len(), "{address}");
        let renamed = r#"{"type":"service-listed","service":"ozg:10000","name":"Anders","topics":["bildung"],"on":"2021-01-01"}"#;
        world.record(renamed).await;
        assert!(ids().await.ends_with(&before), "{address}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_that_a_measure_does_not_have_is_refused() {
    let world = World::new().await;
    let measure = Measure::all().find(|measure| !measure.has(Dimension::Unit)).unwrap();
    let wrong = world.get(&format!("/v1/measures/{measure}.atom?unit=leika")).await;
    assert_eq!((wrong.status, wrong.json()["errors"][0]["code"].as_str()), (400, Some("dimension_not_here")));
}

/// Reads the batches of the demo.
pub(crate) fn demo() -> Vec<DumpBatch> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../demo/");
    let read = |name: &str| std::fs::read_to_string(format!("{folder}{name}")).unwrap();
    let manifest: Vec<Value> = serde_json::from_str(&read("manifest.json")).unwrap();
    let batch = |row: &Value| {
        let lines = read(row["file"].as_str().unwrap());
        let drafts = read_drafts(lines.as_bytes(), Some(InputKind::Ndjson), None).unwrap();
        let entry = |draft: Draft| draft.into_event().map(DumpEntry::from);
        DumpBatch {
            first: None,
            recorded_at_ms: read_rfc3339(row["recorded_at"].as_str().unwrap()).unwrap(),
            office: "redaktion".to_owned(),
            simulated: false,
            identity: None,
            facts: Default::default(),
            entries: drafts.into_iter().map(entry).collect::<Option<Vec<_>>>().unwrap(),
        }
    };
    manifest.iter().map(batch).collect()
}

/// Loads a batch.
pub(crate) async fn load(world: &World, batch: DumpBatch) {
    let tracker = world.app.tracker.clone();
    tokio::task::spawn_blocking(move || tracker.load_blocking(batch, true)).await.unwrap().unwrap();
}

/// What tells lines of a comparison apart.
type Line = Vec<String>;
/// The figures of a line that were known before and are known from then on, and whether it differs in what a comparison does not
/// write: a share, what stands below the line.
type Sides = (BTreeSet<String>, BTreeSet<String>, bool);

/// Compares a day at two data states and returns the lines that differ.
async fn differing(world: &World, question: &str, day: &str) -> BTreeMap<Line, Sides> {
    let answer = world.get(&format!("{question}&on={day}")).await;
    assert_eq!(answer.status, 200, "{question}: {}", answer.text);
    let mut lines: BTreeMap<Line, Sides> = BTreeMap::new();
    for row in answer.json()["rows"].as_array().unwrap() {
        let telling = ["area", "topic", "service", "stage", "level", "unit", "scope", "basis", "period"]
            .map(|name| row[name].to_string());
        let sides = lines.entry(telling.to_vec()).or_default();
        let figure = |value: &str, qualifier: &str| {
            let qualifier = match row[qualifier].as_str() {
                Some("ca") => "ca. ",
                Some("knapp") => "knapp ",
                other => other.unwrap_or_default(),
            };
            let number = row[value].to_string().replace('.', ",");
            (!row[value].is_null()).then(|| format!("{qualifier}{number}"))
        };
        sides.0.extend(figure("value_against", "qualifier_against"));
        sides.1.extend(figure("value", "qualifier"));
        sides.2 |= row["entries"] != 0 && row["value"] == row["value_against"];
    }
    lines.retain(|_, (before, after, beside)| before != after || *beside);
    lines
}

/// Law 8, extended to feeds: after each batch a feed tells exactly the lines that a comparison of the data states before and
/// behind it tells apart, with its values.
#[tokio::test(flavor = "multi_thread")]
async fn after_each_batch_of_the_demo_every_feed_tells_what_a_comparison_tells() {
    let world = World::empty();
    let (mut before, mut compared) = (0, 0);
    for batch in demo() {
        load(&world, batch).await;
        let position = world.head();
        for measure in Measure::all().filter(|measure| measure.has(Dimension::Area)) {
            for area in ["DE", "HH", "BY", "BB", "SL", "SH"] {
                for unit in ["", "&unit=leika"] {
                    if !unit.is_empty() && !measure.has(Dimension::Unit) {
                        continue;
                    }
                    compared += one_feed(&world, (measure, area, unit), (before, position)).await;
                }
            }
        }
        before = position;
    }
    eprintln!("{compared} news compared");
    assert!(compared > 100, "{compared}");
}

async fn one_feed(
    world: &World,
    (measure, area, unit): (Measure, &str, &str),
    (before, position): (u32, u32),
) -> usize {
    let feed = format!("/v1/measures/{measure}.atom?area={area}{unit}");
    let mut news = told(world, &feed).await;
    news.retain(|told| told.link.contains(&format!("&position={position}&")));
    let about = format!("/v1/compare/{measure}.json?area={area}{unit}&kind=stock,period");
    let question = format!("{about}&position={position}&against={before}");
    let changes = world.get(&format!("{question}&every=change")).await;
    assert_eq!(changes.status, 200, "{question}: {}", changes.text);
    let rows = changes.json()["rows"].as_array().unwrap().clone();
    let days: BTreeSet<&str> = rows.iter().filter_map(|row| row["date"].as_str()).collect();
    let mut newest: BTreeMap<Line, Sides> = BTreeMap::new();
    if rows.iter().any(|row| row["entries"] != 0) {
        for day in days {
            newest.extend(differing(world, &question, day).await);
        }
    }
    let titles: Vec<&str> = news.iter().map(|told| told.title.as_str()).collect();
    assert_eq!(news.len(), newest.len(), "{feed} at {position}: {titles:#?} {newest:#?}");
    let side = |figures: &BTreeSet<String>| -> Vec<String> {
        if figures.is_empty() { vec!["–".to_owned()] } else { figures.iter().cloned().collect() }
    };
    let plain = newest.values().filter(|(before, after, _)| before != after);
    let mut expected: Vec<(Vec<String>, Vec<String>)> =
        plain.map(|(before, after, _)| (side(before), side(after))).collect();
    let mut found: Vec<(Vec<String>, Vec<String>)> = Vec::new();
    let changes = news.iter().filter_map(|told| Some(told.title.rsplit_once(" (")?.0.rsplit_once(": ")?.1));
    for change in changes.filter(|change| !change.contains(" %") && !change.contains(" von ")) {
        let (left, right) = change.split_once(" → ").unwrap();
        let sorted = |side: &str| {
            let mut figures: Vec<String> = side.split(" / ").map(str::to_owned).collect();
            figures.sort();
            figures
        };
        found.push((sorted(left), sorted(right)));
    }
    expected.sort();
    found.sort();
    assert_eq!(found, expected, "{feed} at {position}: {titles:#?}");
    for told in &news {
        assert_eq!(world.get(&told.link).await.status, 200, "{}", told.link);
    }
    news.len()
}
