//! The worked example of docs/time.md: its statements are recorded at its times, and its table of answers is checked
//! cell by cell.

use super::marks::cells;
use super::read;
use ozg_core::ledger::{OnConflict, Request, Rights};
use ozg_core::measure::Measure;
use ozg_core::query::Query;
use ozg_core::state::State;
use ozg_core::time::read_rfc3339;
use ozg_core::words::Day;

/// The batches of the example: where each ends, when it was recorded, what its row says, its events.
const BATCHES: [(u32, &str, &str, &str); 3] = [
    (
        2,
        "2024-02-01T09:00:00Z",
        "1 February 2024",
        r#"[{"type":"service-listed","service":"ozg:10255","name":"Aufenthaltstitel"},
            {"type":"authority-listed","authority":"ags:01003000","name":"Lübeck"}]"#,
    ),
    (
        3,
        "2024-04-03T09:00:00Z",
        "3 April 2024",
        r#"{"type":"milestone-reached","service":"ozg:10255","place":"ags:01003000","stage":"live","on":"2024-03-10"}"#,
    ),
    (
        4,
        "2024-05-06T09:00:00Z",
        "6 May 2024",
        r#"{"type":"milestone-reached","service":"ozg:10255","place":"ags:01003000","stage":"live","on":"2024-04-02","replaces":"standing","reason":"Datum verwechselt"}"#,
    ),
];

#[test]
fn the_worked_example_holds() {
    let text = read("docs/time.md");
    let state = state(&text);
    let table: Vec<Vec<String>> =
        text.lines().skip_while(|line| !line.starts_with("| query | answer on")).map_while(cells).collect();
    let (head, rows) = table.split_first().expect("docs/time.md has the table of answers");
    let days: Vec<String> =
        head.iter().filter_map(|cell| Some(day(cell.strip_prefix("answer on ")?))).collect();
    assert_eq!((days.len(), rows.len()), (2, 4), "{table:#?}");
    for row in &rows[1..] {
        for viewpoint in viewpoints(&row[0]) {
            for (day, expected) in days.iter().zip(&row[1..]) {
                assert_eq!(&answer(&state, &viewpoint, day), expected, "docs/time.md: {} on {day}", row[0]);
            }
        }
    }
}

/// Records the example; each batch must be a row of the first table.
fn state(text: &str) -> State {
    let mut state = State::default();
    for (last, recorded_at, said_at, events) in BATCHES {
        let row = text.lines().filter_map(cells).find(|row| row.get(1).is_some_and(|cell| cell == said_at));
        let row = row.unwrap_or_else(|| panic!("docs/time.md has no statement of {said_at}"));
        assert!(row[0].split(", ").last() == Some(last.to_string().as_str()), "{row:?}");
        let drafts =
            ozg_formats::input::read_drafts(events.as_bytes(), None, None).expect("the example can be read");
        let now_ms = read_rfc3339(recorded_at).expect("a time");
        let request = Request {
            office: "sh",
            rights: Rights::default(),
            now_ms,
            on_conflict: OnConflict::Reject,
            was_accepted: false,
        };
        let mut id = u128::from(last) << 64;
        let mut new_id = || {
            id += 1;
            ozg_core::event::EventId::from_u128(id)
        };
        let accepted = state.accept(&drafts, &request, &mut new_id).expect("the example is accepted");
        state = accepted.into_state(&request, now_ms, false);
        assert_eq!(state.head().get(), last);
    }
    state
}

/// Lists the viewpoints that a cell names in backticks; none is now.
fn viewpoints(cell: &str) -> Vec<Vec<(String, String)>> {
    let named = cell.split('`').skip(1).step_by(2).filter_map(|pair| pair.split_once('='));
    let named: Vec<_> = named.map(|(name, value)| vec![(name.to_owned(), value.to_owned())]).collect();
    if named.is_empty() { vec![Vec::new()] } else { named }
}

fn answer(state: &State, viewpoint: &[(String, String)], on: &str) -> String {
    let question = [("service", "ozg:10255"), ("area", "SH"), ("basis", "counted"), ("on", on)];
    let mut parameters: Vec<(String, String)> =
        question.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    parameters.extend_from_slice(viewpoint);
    let query = Query::read(Measure::Reuses, &parameters).expect("the question can be read");
    let today = Day::read("2024-06-01").expect("a day");
    let series = state.series(&query, today).expect("the question has an answer");
    let values: Vec<String> =
        series.rows().filter_map(|row| row.value).map(|value| value.to_string()).collect();
    if values.is_empty() { "no value".to_owned() } else { values.join(" or ") }
}

/// Turns "31 March" into the day of the example's year.
fn day(text: &str) -> String {
    let (day, month) = text.split_once(' ').expect("a day and a month");
    let months = ["January", "February", "March", "April", "May", "June"];
    let month = months.iter().position(|known| *known == month).expect("a month") + 1;
    format!("2024-{month:02}-{:02}", day.parse::<u8>().expect("a day"))
}
