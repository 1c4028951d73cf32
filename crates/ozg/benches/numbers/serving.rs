//! Series under load: permalinks that are kept, answers that the client has already, answers that are new after each
//! write, and a large cube. The server runs in a process of its own on a generated log. A handler that returns a constant
//! runs beside it, and both are asked in turn.

use crate::load::{self, Asked};
use crate::measured::{Table, grouped, quantiles, timed, to_f64};
use crate::running::{Running, get, get_with, mib};
use crate::{constant, slow};
use ozg_formats::series::FORMATS;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

/// Entries of the generated log.
const ENTRIES: &str = "100000";
/// How often both are asked; the median counts.
const ROUNDS: usize = 5;
/// Writes with a question after each.
const WRITES: usize = 100;
/// How long a writer waits between two writes while others ask.
const PAUSE: Duration = Duration::from_millis(20);

/// All areas by month, over nine years.
const MONTHLY: &str = "/v1/series/services_rolled_out.csv?from=2017-01-01&to=2025-12-31";
/// One Land, the last twelve months.
const SMALL: &str = "/v1/series/services_rolled_out.csv?area=BB&to=2025-12-31&last=12";
/// All areas and topics by day, over nine years.
const CUBE: &str = "?by=area,topic&every=day&from=2017-01-01&to=2025-12-31";

/// Runs all of it in a folder, or says why not.
pub(crate) fn run(folder: &Path, table: &mut Table) {
    if !load::is_here() {
        return;
    }
    std::fs::create_dir_all(folder).expect("a folder");
    ozg(folder, &["simulate", "--entries", ENTRIES, "--data", "data"]);
    let tracker = Running::tracker(folder, &[]);
    let token = ozg(folder, &["office", "add", "bench", "--data", "data"]);
    let token = token.split_whitespace().find(|word| word.starts_with("ozg_")).expect("a token").to_owned();
    let writer = Writer { address: tracker.address.clone(), token, number: AtomicU32::new(0) };
    warm(folder, &tracker, table);
    after_a_write(&tracker, &writer, table);
    formats(&tracker, table);
    for format in ["csv", "xlsx"] {
        cube(&tracker, format, table);
    }
    slow::run(&tracker, "the cube as csv", &format!("/v1/series/services_launched.csv{CUBE}"), table);
    table.row("memory: highest of the server", format!("{:.0} MiB", mib(tracker.peak_bytes())), "");
}

fn ozg(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_ozg"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("the command runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Asks for what need not be computed again, in turn with the constant handler.
fn warm(folder: &Path, tracker: &Running, table: &mut Table) {
    let [small, monthly] = [SMALL, MONTHLY].map(|path| permalink(tracker, path));
    let plain = |path: &str| Asked { path: path.to_owned(), header: None };
    let with = |path: &str, header: &str| Asked { path: path.to_owned(), header: Some(header.to_owned()) };
    let seen = |path: &str| {
        let (head, _) = get_with(&tracker.address, path, "");
        with(path, &format!("If-None-Match: {}", header(&head, "etag")))
    };
    let brotli = "Accept-Encoding: br";
    let questions = [
        ("304, pinned", seen(&small), 0),
        ("304, of what is known now", seen(MONTHLY), 0),
        ("pinned, warm, one Land", plain(&small), get(&tracker.address, &small).len()),
        ("pinned, warm, 17 areas by month", plain(&monthly), get(&tracker.address, &monthly).len()),
        (
            "the same compressed",
            with(&monthly, brotli),
            get_with(&tracker.address, &monthly, &format!("{brotli}\r\n")).1.len(),
        ),
    ];
    let lengths = questions.each_ref().map(|(_, _, length)| length.to_string());
    let mut command = Command::new(std::env::current_exe().expect("the path of this program"));
    let constant = Running::start(command.arg(constant::CHILD).args(lengths), folder);
    for (what, asked, length) in questions {
        let path = if length == 0 { constant::SEEN.to_owned() } else { format!("/{length}") };
        let beside = Asked { path, ..asked.clone() };
        compare(
            table,
            &format!("{what} ({} bytes)", grouped(to_f64(length))),
            (tracker, &asked),
            (&constant, &beside),
        );
    }
}

/// Asks both in turn as often as they answer, then each at half of that.
fn compare(table: &mut Table, what: &str, ours: (&Running, &Asked), constant: (&Running, &Asked)) {
    let mut measured = [Vec::new(), Vec::new()];
    for _ in 0..ROUNDS {
        for ((server, asked), rates) in [ours, constant].into_iter().zip(&mut measured) {
            let busy = server.busy();
            let (rate, time) = timed(|| load::most(&server.address, asked));
            let each = (server.busy() - busy).as_secs_f64() / (rate * time.as_secs_f64());
            rates.push((rate, each * 1e6));
        }
    }
    let [(own, own_each), (other, other_each)] = measured.map(median);
    let value = format!("{}/s / {}/s = {:.2}", grouped(own), grouped(other), own / other);
    table.row(&format!("serving: {what}, tracker / constant handler"), value, "≥ 0.75");
    table.row("· processor time of a request", format!("{own_each:.0} µs / {other_each:.0} µs"), "");
    // What else the machine does falls on both; of each, the run with the median of the slowest counts.
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..ROUNDS {
        for ((server, asked), times) in [ours, constant].into_iter().zip(&mut times) {
            let (half, slowest) = load::at_rate(&server.address, asked, own / 2.0);
            times.push((slowest.as_secs_f64(), half.as_secs_f64()));
        }
    }
    let [own, other] = times.map(median);
    let value =
        format!("{:.2} / {:.1} ms, {:.2} / {:.1} ms", own.1 * 1e3, own.0 * 1e3, other.1 * 1e3, other.0 * 1e3);
    table.row("· at half of that rate, median / 99 %, of each", value, "≤ 10 ms");
}

/// Returns the run with the median rate.
fn median(mut runs: Vec<(f64, f64)>) -> (f64, f64) {
    runs.sort_by(|one, other| one.0.total_cmp(&other.0));
    runs[runs.len() / 2]
}

/// Asks for what is known now, which is computed each time: right after a write, and while somebody writes.
fn after_a_write(tracker: &Running, writer: &Writer, table: &mut Table) {
    let mut times = Vec::new();
    for _ in 0..WRITES {
        writer.write();
        times.push(timed(|| get(&tracker.address, MONTHLY)).1);
    }
    let (half, slowest) = quantiles(&mut times);
    let what = "serving: 17 areas by month, known now, the first answer after a write, median / 99 %";
    table.row(what, format!("{half:.1?} / {slowest:.1?}"), "");
    let asked = Asked { path: MONTHLY.to_owned(), header: None };
    let is_over = AtomicBool::new(false);
    let rate = std::thread::scope(|scope| {
        scope.spawn(|| {
            while !is_over.load(Ordering::Relaxed) {
                writer.write();
                std::thread::sleep(PAUSE);
            }
        });
        let rate = load::most(&tracker.address, &asked);
        is_over.store(true, Ordering::Relaxed);
        rate
    });
    let what = format!("serving: the same while something is written every {PAUSE:?}");
    table.row(&what, format!("{}/s", grouped(rate)), "");
    let (half, slowest) = load::at_rate(&tracker.address, &asked, rate / 2.0);
    table.row("· at half of that rate, median / 99 %", format!("{half:.2?} / {slowest:.2?}"), "≤ 10 ms");
}

/// How many bytes each format takes for the same series, as it is and compressed.
fn formats(tracker: &Running, table: &mut Table) {
    for format in FORMATS.iter().filter(|format| format.is_built()) {
        let path = MONTHLY.replacen(".csv", &format!(".{}", format.id), 1);
        let plain = get(&tracker.address, &path).len();
        let packed = get_with(&tracker.address, &path, "Accept-Encoding: br\r\n").1.len();
        let value = format!("{} / {}", grouped(to_f64(plain)), grouped(to_f64(packed)));
        table.row(&format!("bytes: 17 areas by month as {}, plain / br", format.id), value, "");
    }
}

/// Downloads the cube and tells when it began, when it ended, and what the server held.
fn cube(tracker: &Running, format: &str, table: &mut Table) {
    let path = format!("/v1/series/services_launched.{format}{CUBE}");
    let before = tracker.resident_bytes();
    let mut stream = TcpStream::connect(&tracker.address).expect("a connection");
    let ((first, bytes, most), time) = timed(|| {
        let request = format!("GET {path} HTTP/1.0\r\nHost: {}\r\n\r\n", tracker.address);
        stream.write_all(request.as_bytes()).expect("a request");
        let mut part = vec![0; 1 << 20];
        let (mut bytes, first) = timed(|| stream.read(&mut part).expect("an answer"));
        let mut most = tracker.resident_bytes();
        loop {
            match stream.read(&mut part).expect("an answer") {
                0 => return (first, bytes, most),
                count => bytes += count,
            }
            most = most.max(tracker.resident_bytes());
        }
    });
    let value = format!(
        "{:.1} s, begins after {first:.1?}; {} bytes; memory {:.0} → {:.0} MiB",
        time.as_secs_f64(),
        grouped(to_f64(bytes)),
        mib(before),
        mib(most.max(before))
    );
    table.row(
        &format!("serving: a daily cube of all topics and areas over nine years as {format}"),
        value,
        "",
    );
}

/// Records one entry after the other.
struct Writer {
    address: String,
    token: String,
    number: AtomicU32,
}

impl Writer {
    fn write(&self) {
        let number = self.number.fetch_add(1, Ordering::Relaxed);
        let body = format!(
            r#"{{"type":"figure-reported","measure":"services_rolled_out","place":"BB","value":{},"of":575,"on":"{}-{:02}-{:02}","source":{{"name":"bench {number}"}}}}"#,
            number % 500,
            2020 + number / 336 % 5,
            number / 28 % 12 + 1,
            number % 28 + 1
        );
        let mut stream = TcpStream::connect(&self.address).expect("a connection");
        write!(
            stream,
            "POST /v1/events HTTP/1.0\r\nHost: {}\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            self.address,
            self.token,
            body.len()
        )
        .expect("a request");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        assert!(answer.contains(" 201 ") || answer.contains(" 200 "), "{answer}");
    }
}

/// Returns the permalink of an answer.
fn permalink(tracker: &Running, path: &str) -> String {
    let (head, _) = get_with(&tracker.address, path, "");
    header(&head, "link").trim_start_matches('<').split('>').next().expect("an address").to_owned()
}

fn header<'a>(head: &'a str, name: &str) -> &'a str {
    let lines = head.lines().filter_map(|line| line.split_once(": "));
    lines.into_iter().find(|(told, _)| told.eq_ignore_ascii_case(name)).expect("a header").1
}
