//! Bad input through the real binary: one clear mistake per line, exit code 1, and the log stays as it was.

use crate::binary::{Folder, Server};

const HEADER: &str = "Leistung;Ort;Stufe;Datum;Anmerkung\n";

/// A log with a service and an authority, and the position at which it stood.
struct Log {
    folder: Folder,
    head: u32,
}

impl Log {
    fn new() -> Log {
        let folder = Folder::with_office();
        let lines = r#"{"type":"service-listed","service":"ozg:10255","name":"Aufenthalt"}
{"type":"authority-listed","authority":"ags:01003000","name":"Lübeck"}
"#;
        folder.feed(&["import", "-"], lines.as_bytes()).done();
        let head = folder.head();
        Log { folder, head }
    }

    /// Imports what must be refused, and checks that everything is named.
    #[track_caller]
    fn refuses(&self, name: &str, bytes: &[u8], expected: &[&str]) {
        self.folder.write(name, bytes);
        let said = self.folder.run(&["import", name]).failed();
        for words in expected {
            assert!(said.contains(words), "{name}: {words:?} is not in: {said}");
        }
        assert!(!said.contains("Internal") && !said.contains("panicked"), "{said}");
        assert_eq!(self.folder.head(), self.head, "{name}: the log has changed");
    }

    /// Imports what must be read rightly, without recording it.
    #[track_caller]
    fn reads(&self, name: &str, bytes: &[u8]) {
        self.folder.write(name, bytes);
        let said = self.folder.run(&["import", name, "--dry-run"]).done();
        assert!(said.contains("1 would be recorded"), "{name}: {said}");
        assert_eq!(self.folder.head(), self.head, "{name}: the log has changed");
    }
}

fn sheet(row: &str) -> Vec<u8> {
    format!("{HEADER}{row}\n").into_bytes()
}

fn event(more: &str) -> Vec<u8> {
    format!(
        r#"{{"type":"milestone-reached","service":"ozg:10255","place":"ags:01003000","stage":"live"{more}}}"#
    )
    .into_bytes()
}

#[test]
fn broken_bytes_are_refused() {
    let log = Log::new();
    log.refuses(
        "truncated.json",
        br#"[{"type":"milestone-reached","service":"ozg:10255""#,
        &["truncated.json:1"],
    );
    log.refuses("empty.json", b"", &["empty.json"]);
    log.refuses("not.json", b"\x00\x01\x02\x03", &["not.json"]);
    let half =
        b"{\"type\":\"service-listed\",\"service\":\"ozg:10256\",\"name\":\"A\"}\n{\"type\":\"service-li";
    log.refuses("half.ndjson", half, &["half.ndjson:2"]);
    log.refuses("twice.json", &event(r#","on":"2024-01-01","on":"2024-02-01""#), &["on: "]);
    log.refuses(
        "latin.json",
        b"{\"type\":\"service-listed\",\"service\":\"ozg:10256\",\"name\":\"B\xe4ume\"}",
        &["latin.json"],
    );
}

#[test]
fn encodings_of_excel_are_read_rightly() {
    let log = Log::new();
    let text = format!("{HEADER}ozg:10255;ags:01003000;im Einsatz;30.06.2024;für Lübeck\n");
    log.reads("utf-8.csv", text.as_bytes());
    log.reads("bom.csv", &[b"\xef\xbb\xbf", text.as_bytes()].concat());
    let wide = |bytes: fn(u16) -> [u8; 2], mark: [u8; 2]| -> Vec<u8> {
        mark.into_iter().chain(text.encode_utf16().flat_map(bytes)).collect()
    };
    log.reads("utf-16le.csv", &wide(u16::to_le_bytes, [0xff, 0xfe]));
    log.reads("utf-16be.csv", &wide(u16::to_be_bytes, [0xfe, 0xff]));
    let windows: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    log.reads("windows-1252.csv", &windows);
    log.reads("lost-zero.csv", text.replace("ags:0", "").as_bytes());
    log.reads("commas.csv", text.replace(';', ",").as_bytes());
    log.reads("crlf.csv", text.replace('\n', "\r\n").as_bytes());
}

#[test]
fn wrong_values_are_named_with_their_cell() {
    let log = Log::new();
    log.refuses(
        "february.csv",
        &sheet("ozg:10255;ags:01003000;live;31.02.2024;"),
        &["february.csv:2:D2: on: ", "does not exist in the calendar"],
    );
    log.refuses(
        "month.csv",
        &sheet("ozg:10255;ags:01003000;live;2024-13;"),
        &["month.csv:2:D2: on: ", "no month 13"],
    );
    log.refuses(
        "zero.csv",
        &sheet("ozg:10255;1003001;live;2024-01-01;"),
        &["zero.csv:2:B2: place: ", "not even with a leading zero"],
    );
    log.refuses(
        "control.csv",
        &sheet("ozg:10255;ags:01003000;live;2024-01-01;a\u{1b}[31mb"),
        &["control.csv:2:E2: note: ", "U+001B"],
    );
    log.refuses(
        "service.csv",
        &sheet("ozg:1025;ags:01003000;live;2024-01-01;"),
        &["service.csv:2:A2: service: "],
    );
    log.refuses("future.csv", &sheet("ozg:10255;ags:01003000;live;2077-01-01;"), &["future.csv:2:D2: on: "]);
    log.refuses(
        "heading.csv",
        b"Leistung;Ort;Stuffe;Datum\nozg:10255;ags:01003000;live;2024\n",
        &["heading.csv", "Stuffe", "Stufe"],
    );
    let all =
        "ozg:1;XX;halb;gestern;\nozg:10255;ags:01003000;live;2024-01-01;\nozg:10255;BY;live;0000-00-00;";
    log.refuses(
        "several.csv",
        &sheet(all),
        &["several.csv:2:A2", "several.csv:2:B2", "several.csv:2:C2", "several.csv:2:D2", "several.csv:4:D4"],
    );
}

#[test]
fn wrong_events_are_named_with_their_field() {
    let log = Log::new();
    log.refuses("unknown.json", &event(r#","onn":"2024-01-01""#), &["onn: ", "hint: on"]);
    log.refuses(
        "type.json",
        br#"{"type":"milestone-reachd","service":"ozg:10255"}"#,
        &["hint: milestone-reached"],
    );
    log.refuses("number.json", &event(r#","on":["2024-01-01"]"#), &["on: "]);
    let figure = |value: &str| {
        format!(r#"{{"type":"figure-reported","measure":"reuses","place":"BY","service":"ozg:10255","value":{value},"on":"2024-01-01"}}"#).into_bytes()
    };
    for (name, value) in [
        ("huge.json", "1e300"),
        ("digits.json", "99999999999999999999"),
        ("words.json", "\"viele\""),
        ("dots.json", "\"1.234\""),
    ] {
        log.refuses(name, &figure(value), &["value: "]);
    }
    log.refuses("deep.json", "[".repeat(100_000).as_bytes(), &["deep.json"]);
    log.refuses("scalar.json", b"42", &["scalar.json"]);
    log.refuses(
        "array.json",
        &[b"[".as_slice(), &event(r#","on":"2024-01-01""#), b",{}]"].concat(),
        &["array.json:2"],
    );
}

#[test]
fn bodies_over_the_network_are_limited() {
    let server = Server::demo();
    let bearer = format!("Authorization: Bearer {}", server.token());
    let json = "Content-Type: application/json";
    let status = |headers: &[&str], body: &[u8]| server.ask("POST", "/v1/events", headers, body).0;
    assert_eq!(status(&[&bearer, json, "Content-Length: 99999999999"], b""), 413);
    assert_eq!(status(&[&bearer, "Content-Type: text/html"], b"<p>"), 415);
    assert_eq!(status(&[&bearer], b"{}"), 415);
    assert_eq!(status(&[json], b"{}"), 401);
    assert_eq!(status(&[&bearer, json], b"{"), 400);
    assert_eq!(status(&[&bearer, json], b"{}"), 422);
    assert_eq!(server.json("/v1")["position"], 255);
}
