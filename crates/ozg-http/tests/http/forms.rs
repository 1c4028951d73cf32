//! Sheets in the forms of offices over HTTP: the day of a sheet, mappings that an office keeps, rows that come back, and the
//! withdrawal of a whole batch.

use crate::common::{Answer, NOW_MS, World, id};
use axum::body::Body;
use axum::http::Request;
use ozg_core::ledger::Rights;
use ozg_core::words::{Area, Place};
use serde_json::{Value, json};
use tower::ServiceExt;

async fn send(world: &World, question: &str, sheet: &str) -> Answer {
    world.post(&format!("/v1/events?{question}"), "text/csv", sheet.to_owned()).await
}

async fn with(world: &World, method: &str, path: &str, token: &str, body: &str) -> Answer {
    let request =
        Request::builder().method(method).uri(path).header("authorization", format!("Bearer {token}"));
    world.ask(request.header("accept-language", "en").body(Body::from(body.to_owned())).unwrap()).await
}

fn outcomes(receipt: &Value) -> Vec<&str> {
    let entries = receipt["entries"].as_array().unwrap();
    entries.iter().map(|entry| entry["outcome"].as_str().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_matrix_asks_for_its_day_and_names_where_no_meets_an_entry() {
    let world = World::new().await;
    let sheet = "Behörde;ozg:10255\nabh:12054;nein\nabh:12051;ja\n";
    let refused = send(&world, "", sheet).await;
    assert_eq!(refused.status, 422, "{}", refused.text);
    assert_eq!(refused.json()["errors"][0]["code"], "missing_field");
    let taken = send(&world, "on=2025-01-31", sheet).await;
    let receipt = taken.json();
    assert_eq!((taken.status, outcomes(&receipt)), (200, vec!["unchanged"]), "{receipt}");
    let remarks = receipt["remarks"].as_array().unwrap();
    let still: Vec<&Value> = remarks.iter().filter(|remark| remark["code"] == "still_stands").collect();
    assert_eq!((still.len(), &still[0]["cell"], &still[0]["value"]), (1, &json!("B2"), &json!("#5")));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_office_keeps_mappings_and_its_sheets_are_read_by_them() {
    let world = World::new().await;
    let sheet = "Wo;Stand der Dinge;Bemerkung\nABH Brandenburg;läuft;nur intern\n";
    assert_eq!(send(&world, "", sheet).await.status, 422);
    let mapping = json!({
        "columns": { "Wo": "place", "Stand der Dinge": "stage", "Bemerkung": "ignore" },
        "constants": { "service": "ozg:10255", "on": "2025-02-28" },
        "words": { "läuft": "pilot" },
        "names": { "ABH Brandenburg": "abh:12051" },
    })
    .to_string();
    let path = "/v1/mappings/rollout";
    assert_eq!(with(&world, "GET", path, &world.token, "").await.status, 404);
    assert_eq!(with(&world, "PUT", path, &world.token, &mapping).await.status, 201);
    assert_eq!(with(&world, "PUT", path, &world.token, &mapping).await.status, 200);
    assert_eq!(with(&world, "GET", path, &world.token, "").await.text, mapping);
    let names = with(&world, "GET", "/v1/mappings", &world.token, "").await;
    assert_eq!((names.status, names.json()["mappings"].clone()), (200, json!(["rollout"])));
    // Another office does not have it, and nobody without a token asks.
    assert_eq!(with(&world, "GET", path, &world.narrow, "").await.status, 404);
    assert_eq!(world.get(path).await.status, 401);
    let receipt = send(&world, "map=rollout", sheet).await;
    assert_eq!(receipt.status, 201, "{}", receipt.text);
    let entry = world.get(&format!("/v1/events/{}", world.head())).await.json();
    assert_eq!(
        (&entry["entry"]["type"], &entry["entry"]["stage"]),
        (&json!("milestone-observed"), &json!("pilot"))
    );
    let again = send(&world, &format!("mapping={}", ozg_core::query::escape(&mapping)), sheet).await;
    assert_eq!((again.status, outcomes(&again.json())), (200, vec!["unchanged"]));
    let unknown = send(&world, "map=roll", sheet).await;
    assert_eq!((unknown.status, unknown.json()["hint"].clone()), (404, json!("rollout")));
    let wrong =
        with(&world, "PUT", path, &world.token, r#"{"columns":{"Wo":"plce","x":"?"},"farbe":1}"#).await;
    let errors = wrong.json()["errors"].as_array().unwrap().clone();
    let pointers: Vec<&str> = errors.iter().map(|error| error["pointer"].as_str().unwrap()).collect();
    assert_eq!(
        (wrong.status, pointers),
        (422, vec!["/columns/Wo", "/columns/x", "/farbe"]),
        "{}",
        wrong.text
    );
    assert_eq!(with(&world, "DELETE", path, &world.token, "").await.json()["mappings"], json!([]));
    assert_eq!(with(&world, "DELETE", path, &world.token, "").await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_row_with_the_id_of_an_own_entry_corrects_it() {
    let world = World::new().await;
    let sheet = |day: &str, note: &str| {
        format!(
            "Leistung;Ort;Stufe;Datum;Anmerkung;Kennung;Quelle;Quelle_URL\nozg:10255;abh:12054;live;{day};;{};Quelle;https://example.org/a\n\
             ozg:10255;abh:12051;live;2024-05;{note};{};;\n",
            id(5),
            id(6)
        )
    };
    let receipt = send(&world, "", &sheet("2024-03-16", "im Mai")).await;
    assert_eq!((receipt.status, outcomes(&receipt.json())), (201, vec!["corrected", "unchanged"]));
    let again = send(&world, "", &sheet("2024-03-16", "im Mai")).await;
    assert_eq!((again.status, outcomes(&again.json())), (200, vec!["unchanged", "unchanged"]));
    // The entry no longer stands: what is changed now is changed in vain.
    let late = send(&world, "", &sheet("2024-03-17", "im Mai")).await;
    assert_eq!((late.status, late.json()["errors"][0]["code"].clone()), (409, json!("not_standing")));
    let request = Request::post("/v1/events").header("authorization", format!("Bearer {}", world.narrow));
    let request =
        request.header("content-type", "text/csv").body(Body::from(sheet("2024-03-16", "anders"))).unwrap();
    let foreign = world.ask(request).await;
    assert_eq!((foreign.status, foreign.json()["errors"][0]["code"].clone()), (409, json!("id_taken")));
    // Elsewhere an id is never said again with other content.
    let json = format!(
        r#"{{"type":"milestone-reached","service":"ozg:10255","place":"abh:12051","stage":"live","on":"2024-06","id":"{}"}}"#,
        id(6)
    );
    assert_eq!(world.record(&json).await.status, 409);
}

#[tokio::test(flavor = "multi_thread")]
async fn rule_27_a_coordinating_office_corrects_rows_of_others_within_its_scope() {
    let world = World::new().await;
    let add = |id: &str, area: Area| {
        let rights =
            Rights { areas: vec![Place::Area(area)], coordinates: Some(Vec::new()), ..Rights::default() };
        world.app.tracker.offices().add(id, &rights, NOW_MS, None).unwrap()
    };
    let (inside, outside) = (add("land-bb", Area::BB), add("land-be", Area::BE));
    let sheet =
        |day: &str| format!("Leistung;Ort;Stufe;Datum;Kennung\nozg:10255;abh:12051;live;{day};{}\n", id(6));
    let send = async |token: &str, sheet: String| {
        let request = Request::post("/v1/events").header("authorization", format!("Bearer {token}"));
        world.ask(request.header("content-type", "text/csv").body(Body::from(sheet)).unwrap()).await
    };
    let refused = send(&outside, sheet("2024-06-01")).await;
    let errors = refused.json()["errors"].clone();
    let codes: Vec<&str> =
        errors.as_array().unwrap().iter().map(|error| error["code"].as_str().unwrap()).collect();
    assert_eq!((refused.status, codes.contains(&"foreign_entry")), (403, true), "{errors}");
    let receipt = send(&inside, sheet("2024-06-01")).await;
    assert_eq!((receipt.status, outcomes(&receipt.json())), (201, vec!["corrected"]), "{}", receipt.text);
    let entry = world.get(&format!("/v1/events/{}", world.head())).await.json()["entry"].clone();
    assert_eq!((&entry["office"], &entry["on_behalf_of"]), (&json!("land-bb"), &json!("redaktion")));
    let again = send(&inside, sheet("2024-06-01")).await;
    assert_eq!((again.status, outcomes(&again.json())), (200, vec!["unchanged"]), "{}", again.text);
    let late = send(&inside, sheet("2024-07-01")).await;
    assert_eq!((late.status, late.json()["errors"][0]["code"].clone()), (409, json!("not_standing")));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_days_for_one_milestone_in_one_file_name_both_lines() {
    let world = World::new().await;
    let sheet = "Leistung;Ort;Stufe;Datum\nozg:10255;abh:12054;pilot;30.06.2024\nozg:10255;abh:12054;pilot;31.07.2024\n";
    let refused = send(&world, "", sheet).await;
    let error = refused.json()["errors"][0].clone();
    assert_eq!(
        (refused.status, &error["code"], &error["line"]),
        (422, &json!("contradiction"), &json!(3)),
        "{error}"
    );
    assert!(error["message"].as_str().unwrap().contains("ine 2") && error["hint"].is_null(), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stands_of_a_batch_is_withdrawn_by_one_request() {
    let world = World::new().await;
    let path = format!("/v1/batches/{}/withdrawal", world.head());
    let corrected = format!(
        r#"{{"type":"milestone-reached","service":"ozg:10255","place":"abh:12051","stage":"live","on":"2024-06","replaces":"{}"}}"#,
        id(6)
    );
    assert_eq!(world.record(&corrected).await.status, 201);
    assert_eq!(world.post(&path, "text/plain", "").await.status, 400);
    let reason = format!("{path}?reason=wrong%20sheet");
    let dry = world.post(&format!("{reason}&dry_run=true"), "text/plain", "").await;
    assert_eq!((dry.status, dry.json()["recorded"].clone()), (200, json!(2)));
    let done = world.post(&reason, "text/plain", "").await;
    let receipt = done.json();
    assert_eq!((done.status, outcomes(&receipt)), (201, vec!["withdrawn", "withdrawn"]), "{receipt}");
    assert_eq!(
        (&receipt["remarks"][0]["value"], receipt["remarks"].as_array().map(Vec::len)),
        (&json!("#6"), Some(1))
    );
    let again = world.post(&reason, "text/plain", "").await;
    let receipt = again.json();
    assert_eq!((again.status, outcomes(&receipt)), (200, vec!["unchanged", "unchanged"]), "{receipt}");
    let said = |language: &str| receipt["remarks"][0][language].as_str().unwrap_or_default().to_owned();
    assert!(said("de").contains("schon früher"), "{receipt}");
    assert!(said("en").contains("were withdrawn before"), "{receipt}");
    let of_withdrawals = format!("/v1/batches/{}/withdrawal?reason=x", world.head());
    assert_eq!(world.post(&of_withdrawals, "text/plain", "").await.status, 409, "a withdrawal is final");
    assert_eq!(
        with(&world, "POST", "/v1/batches/1/withdrawal?reason=x", &world.narrow, "").await.status,
        403
    );
    assert_eq!(world.post("/v1/batches/99/withdrawal?reason=x", "text/plain", "").await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn rule_27_a_coordinating_office_withdraws_what_a_downloaded_sheet_no_longer_has() {
    let world = World::new().await;
    let add = |id: &str, area: Area, coordinates: Option<Vec<Place>>| {
        let rights = Rights { areas: vec![Place::Area(area)], coordinates, ..Rights::default() };
        world.app.tracker.offices().add(id, &rights, NOW_MS, None).unwrap()
    };
    let inside = add("land-bb", Area::BB, Some(Vec::new()));
    let narrower = add("stadt", Area::BB, Some(vec![Place::read("abh:12051").unwrap()]));
    let outside = add("land-be", Area::BE, Some(Vec::new()));
    let filled = Request::get("/v1/templates/milestones.xlsx?filled=true").body(Body::empty()).unwrap();
    let response = world.router.clone().oneshot(filled).await.unwrap();
    let sheet = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
    let sheet = without_rows(&sheet);
    let send = async |token: &str, question: &str| {
        let request = Request::post(format!("/v1/events?as=milestones{question}"))
            .header("authorization", format!("Bearer {token}"));
        world.ask(request.header("accept-language", "en").body(Body::from(sheet.clone())).unwrap()).await
    };
    let named = |answer: &Answer| {
        let remarks = answer.json()["remarks"].as_array().cloned().unwrap_or_default();
        let of_rows = remarks.iter().find(|remark| remark["code"] == "rows_missing");
        of_rows.map(|remark| remark["en"].as_str().unwrap_or_default().to_owned()).unwrap_or_default()
    };
    for (token, entries) in [
        (&world.token, "2 entries"),
        (&inside, "2 entries"),
        (&narrower, "1 entries"),
        (&outside, ""),
        (&world.narrow, ""),
    ] {
        let answer = send(token, "&dry_run=true").await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        assert!(named(&answer).starts_with(entries), "{entries}: {}", answer.text);
        assert_eq!(named(&answer).is_empty(), entries.is_empty(), "{}", answer.text);
    }
    let done = send(&narrower, "&withdraw_missing=dropped").await;
    assert_eq!((done.status, done.json()["recorded"].clone()), (201, json!(1)), "{}", done.text);
    let entry = world.get(&format!("/v1/events/{}", world.head())).await.json()["entry"].clone();
    assert_eq!(
        (&entry["type"], &entry["office"], &entry["on_behalf_of"]),
        (&json!("entry-withdrawn"), &json!("stadt"), &json!("redaktion"))
    );
    let done = send(&inside, "&withdraw_missing=dropped").await;
    assert_eq!((done.status, done.json()["recorded"].clone()), (201, json!(1)), "{}", done.text);
}

/// Takes all rows but the headings and the first statement out of a downloaded workbook.
fn without_rows(workbook: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(workbook)).unwrap();
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let (name, mut text) = (file.name().unwrap().into_owned(), String::new());
        std::io::Read::read_to_string(&mut file, &mut text).unwrap();
        if name == "xl/worksheets/sheet1.xml" {
            let rows: Vec<&str> = text.splitn(3, "</row>").collect();
            let (_, tail) = rows[2].split_once("</sheetData>").unwrap();
            text = format!("{}</row>{}</row></sheetData>{tail}", rows[0], rows[1]);
        }
        out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut out, text.as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}
