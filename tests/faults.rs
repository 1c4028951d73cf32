//! A disk that fails under the real binary: calls of the system fail while a file says so (tests/faults/preload.c), and the
//! tracker heals when they work again.

use crate::binary::{Folder, Server, command};
use crate::docs::root;
use crate::process::wait_for;
use std::path::{Path, PathBuf};
use std::process::Command;

const EIO: u32 = 5;
const ENOSPC: u32 = 28;

/// Builds the library with the C compiler that Rust links with.
fn library(folder: &Path) -> PathBuf {
    let (source, library) = (root().join("tests/faults/preload.c"), folder.join("preload.so"));
    let mut compiler = Command::new("cc");
    compiler.args(["-shared", "-fPIC", "-O1", "-o"]).args([&library, &source]).arg("-ldl");
    assert!(compiler.status().expect("a C compiler").success(), "preload.c does not compile");
    library
}

/// Writes 1,600 characters that do not compress well, so that many such notes make the file grow.
fn note(key: u32) -> String {
    let word = |at: u32| u128::from(key * 50 + at).wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835);
    (1..=50).map(|at| format!("{:032x}", word(at))).collect()
}

/// A server whose disk fails when it is told to.
struct Faulty {
    server: Server,
    fault: PathBuf,
    headers: [String; 2],
}

impl Faulty {
    fn start(folder: &Folder, library: &Path) -> Faulty {
        let token = folder.run(&["office", "add", "bb"]).done().trim().to_owned();
        let fault = folder.path().join("fault");
        let (library, at) = (library.to_str().expect("a path"), fault.to_str().expect("a path"));
        let server = Server::with_variables(folder, &[("LD_PRELOAD", library), ("OZG_FAULT", at)]);
        let headers = [format!("Authorization: Bearer {token}"), "Content-Type: application/json".into()];
        Faulty { server, fault, headers }
    }

    /// Lists so many services from a key on; returns status and answer.
    fn record(&self, first: u32, count: u32) -> (u16, String) {
        let event = |key: u32| {
            let note = note(key);
            format!(r#"{{"type":"service-listed","service":"ozg:{key}","name":"L {key}","note":"{note}"}}"#)
        };
        let events: Vec<String> = (first..first + count).map(event).collect();
        let headers = self.headers.each_ref().map(String::as_str);
        let body = format!("[{}]", events.join(","));
        self.server.ask("POST", "/v1/events", &headers, body.as_bytes())
    }

    fn ready(&self) -> (u16, String) {
        self.server.ask("GET", "/readyz", &[], b"")
    }
}

/// Every failing call: the write is refused, what was recorded is read, `/readyz` says so with the reason, and once the call works again
/// the next write is taken, without a restart.
#[test]
fn a_failing_disk_heals_when_it_does() {
    let tools = Folder::new();
    let library = library(tools.path());
    let faults = [
        ("fdatasync", EIO, 1),
        ("fdatasync", ENOSPC, 1),
        ("pwrite", EIO, 1),
        ("pwrite", ENOSPC, 1),
        ("short", ENOSPC, 1),
        ("ftruncate", ENOSPC, 4_000),
    ];
    for (call, error, count) in faults {
        let folder = Folder::new();
        let faulty = Faulty::start(&folder, &library);
        assert_eq!(faulty.record(10_001, 3).0, 201);
        std::fs::write(&faulty.fault, format!("{call} {error}")).expect("the fault is set");
        for _ in 0..2 {
            assert_eq!(faulty.record(20_001, count).0, 503, "{call} {error}");
            let (status, why) = faulty.ready();
            assert_eq!(status, 503, "{call} {error}: {why}");
            assert!(why.contains(&format!("os error {error}")), "{call} {error}: {why}");
            assert!(!why.contains("ozg.redb"), "{call} {error}: {why}");
            let page = faulty.server.json("/v1/events");
            assert_eq!(page["entries"].as_array().map(Vec::len), Some(3), "{call} {error}: {page}");
            assert!(faulty.server.get("/metrics").contains("\nozg_log_writable 0\n"));
        }
        std::fs::remove_file(&faulty.fault).expect("the fault is taken away");
        let (status, answer) = faulty.record(30_001, 1);
        assert_eq!(status, 201, "{call} {error}: {answer} {:?}", faulty.ready());
        assert_eq!(faulty.ready().0, 200);
        assert!(faulty.server.get("/metrics").contains("\nozg_log_writable 1\n"));
        drop(faulty);
        let said = folder.run(&["log", "verify"]).done();
        assert!(said.contains("position     4") || said.contains("position     5"), "{call} {error}: {said}");
    }
}

/// A tracker to which nobody writes comes back by itself.
#[test]
fn a_failing_disk_heals_without_a_write() {
    let tools = Folder::new();
    let library = library(tools.path());
    let folder = Folder::new();
    let faulty = Faulty::start(&folder, &library);
    std::fs::write(&faulty.fault, format!("pwrite {EIO}")).expect("the fault is set");
    assert_eq!(faulty.record(10_001, 1).0, 503);
    std::fs::remove_file(&faulty.fault).expect("the fault is taken away");
    wait_for("the tracker is ready", || (faulty.ready().0 == 200).then_some(()));
    assert_eq!(faulty.record(10_001, 1).0, 201);
}

/// A page that a disk lost is named in one sentence; the store's own panic is not printed before it.
#[test]
fn a_lost_page_is_named_without_a_panic() {
    let folder = Folder::with_office();
    let events: Vec<String> = (10_001..10_040)
        .map(|key| {
            format!(r#"{{"type":"service-listed","service":"ozg:{key}","name":"L","note":"{}"}}"#, note(key))
        })
        .collect();
    folder.feed(&["import", "-"], events.join("\n").as_bytes()).done();
    let data = folder.path().join("data");
    let log = data.join("ozg.redb");
    let whole = std::fs::read(&log).expect("the log");
    let mut named = 0;
    for page in (0..whole.len()).step_by(4_096) {
        let mut lost = whole.clone();
        lost[page..page + 4_096].fill(0);
        if lost == whole {
            continue;
        }
        std::fs::write(&log, &lost).expect("written");
        let _ = std::fs::remove_file(data.join("state.snapshot"));
        let output = command(folder.path()).args(["log", "verify"]).output().expect("ozg");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!said.contains("panicked"), "page {page}: {said}");
        named += u32::from(!output.status.success());
    }
    assert!(named > 5, "lost pages are noticed: {named}");
}

/// A clock that is set days ahead while the server runs stops recording until it is right or accepted; a log that is ahead of the
/// clock is told.
#[test]
fn a_clock_that_jumps_records_nothing_until_it_is_accepted() {
    let scratch = Folder::new();
    let library = library(scratch.path());
    let folder = Folder::new();
    let faulty = Faulty::start(&folder, &library);
    let ahead = |server: &Server| {
        let metrics = server.get("/metrics");
        metrics.lines().any(|line| line.starts_with("ozg_log_ahead_seconds ") && !line.ends_with(" 0"))
    };
    std::fs::write(&faulty.fault, "clock 72000").expect("the clock is set");
    assert_eq!(faulty.record(10_001, 1).0, 201, "twenty hours are no jump");
    std::fs::write(&faulty.fault, "clock 900000").expect("the clock is set");
    let (status, why) = faulty.record(10_002, 1);
    assert_eq!(status, 503, "{why}");
    assert!(why.contains("10 days further") && why.contains("ozg log accept-clock"), "{why}");
    let (status, why) = faulty.ready();
    assert!(status == 503 && why.contains("10 days further"), "{status} {why}");
    assert!(faulty.server.get("/metrics").contains("\nozg_log_writable 0\n"));
    std::fs::remove_file(&faulty.fault).expect("the clock is right");
    assert_eq!((faulty.ready().0, faulty.record(10_002, 1).0), (200, 201));
    assert!(ahead(&faulty.server), "the entry of the clock that was twenty hours ahead");
    assert!(faulty.ready().1.contains("\"log_ahead_seconds\":7"), "{}", faulty.ready().1);
    std::fs::write(&faulty.fault, "clock 900000").expect("the clock is set");
    assert_eq!(faulty.record(10_003, 1).0, 503);
    folder.run(&["log", "accept-clock"]).done();
    assert_eq!((faulty.ready().0, faulty.record(10_003, 1).0), (200, 201));
    assert!(!ahead(&faulty.server));
}
