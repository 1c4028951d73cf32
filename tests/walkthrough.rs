//! A walk-through: a milestone is recorded and corrected, asked for at two data states, and scraped.

use crate::binary::{Folder, Server};

#[test]
fn a_milestone_is_recorded_corrected_seen_at_two_data_states_and_scraped() {
    let folder = Folder::with_office();
    let record = |arguments: &[&str]| folder.run(&[&["record"], arguments].concat()).done();
    record(&[
        "service-listed",
        "--service",
        "ozg:10255",
        "--name",
        "Aufenthalt",
        "--topics",
        "ein_auswanderung",
    ]);
    record(&["authority-listed", "--authority", "abh:12054", "--name", "Ausländerbehörde Potsdam"]);
    let live =
        ["milestone-reached", "--service", "ozg:10255", "--place", "abh:12054", "--stage", "im Einsatz"];
    let first = record(&[&live[..], &["--on", "2024-03-01", "--source", "Landtag"]].concat());
    assert!(first.starts_with("recorded #3 "), "{first}");
    let again = record(&[&live[..], &["--on", "2024-03-01"]].concat());
    assert!(again.starts_with("unchanged #3 "), "{again}");
    let refused = folder.run(&[&["record"], &live[..], &["--on", "2024-05-01"]].concat()).failed();
    assert!(refused.contains("on: The stage live has held here since 2024-03-01"), "{refused}");
    let corrected = record(&[&live[..], &["--on", "2024-05-01", "--replaces", "standing"]].concat());
    assert!(corrected.starts_with("corrected #4 "), "{corrected}");

    let server = Server::on(&folder);
    let values = |more: &str| -> Vec<String> {
        let question = "area=BB&service=ozg:10255&basis=counted&from=2024-02&to=2024-06";
        let csv = server.get(&format!("/v1/series/reuses.csv?{question}{more}"));
        let cell = |line: &str, column: usize| line.split(',').nth(column).unwrap_or_default().to_owned();
        csv.lines().skip(1).map(|line| format!("{} {}", &cell(line, 0)[..7], cell(line, 9))).collect()
    };
    // A series begins with the first milestone of its area: March as it was known first, May as it is known now.
    assert_eq!(values("&position=3"), ["2024-03 1", "2024-04 1", "2024-05 1", "2024-06 1"]);
    assert_eq!(values(""), ["2024-05 1", "2024-06 1"]);

    let metrics = server.get("/metrics");
    let line = r#"ozg_reuses{area="BB",topic="all",unit="ozg",stage="live",basis="counted"} 1"#;
    assert!(metrics.lines().any(|found| found == line), "{metrics}");
    assert!(metrics.lines().any(|found| found == "ozg_log_head_position 4"), "{metrics}");
}

#[test]
fn a_kommune_that_went_offline_ends_everything_there_at_once() {
    let folder = Folder::with_office();
    folder.write(
        "start.ndjson",
        r#"{"type":"service-listed","service":"dienst:eins","name":"Eins"}
{"type":"service-listed","service":"dienst:zwei","name":"Zwei"}
{"type":"authority-listed","authority":"ags:12054000","name":"Potsdam"}
{"type":"milestone-reached","service":"dienst:eins","place":"ags:12054000","stage":"live","on":"2023-01-01"}
{"type":"milestone-reached","service":"dienst:zwei","place":"ags:12054000","stage":"live","on":"2023-02-01"}
{"type":"milestone-reached","service":"dienst:zwei","place":"ags:12054000","stage":"connected","on":"2022-02-01"}
"#,
    );
    folder.run(&["import", "start.ndjson"]).done();
    let end =
        ["record", "milestone-ended", "--place", "ags:12054000", "--all-services", "--on", "2024-10-10"];
    let said = folder.run(&[&end[..], &["--reason", "Angriff auf das Rechenzentrum"]].concat()).done();
    assert_eq!(said.matches("recorded #").count(), 3, "{said}");
    let series = ["series", "reuses", "--by", "stage", "--stage", "connected,live", "--area", "BB"];
    let after = folder
        .run(&[&series[..], &["--unit", "dienst", "--on", "2024-10-10", "--format", "csv"]].concat())
        .done();
    let values: Vec<&str> = after.lines().skip(1).filter_map(|line| line.split(',').nth(9)).collect();
    assert_eq!(values, ["0", "0"], "{after}");
    let nothing = folder.run(&[&end[..], &["--reason", "noch einmal"]].concat()).failed();
    assert!(nothing.contains("no stage holds there"), "{nothing}");
}
