//! A restart on the imported log, in a process of its own: first answer, first write, memory.

use crate::measured::{Table, resident_bytes, timed, to_f64};
use crate::questions::reuses_by_area;
use ozg::simulate::OFFICE;
use ozg_core::event::{Body, Draft, Milestone, Plan, Where};
use ozg_core::time::berlin_day;
use ozg_core::words::{Area, PartialDate, Place, ServiceId, Stage};
use ozg_tracker::{Options, Order, Tracker};
use std::path::Path;
use std::time::Instant;

/// The argument that makes this program the process that is restarted.
pub(crate) const CHILD: &str = "--restart";

/// Restarts twice: with the snapshot, and without one.
pub(crate) fn run(folder: &Path, head: u32, table: &mut Table) {
    let program = std::env::current_exe().expect("the path of this program");
    let restart = |number: &str| {
        let output = std::process::Command::new(&program)
            .arg(CHILD)
            .arg(folder)
            .arg(number)
            .output()
            .expect("a child");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        text.split_whitespace().filter_map(|word| word.parse().ok()).collect::<Vec<f64>>()
    };
    let with = restart("1");
    let [opened, answered, written, memory] = with[..] else { panic!("{with:?}") };
    table.row("restart: open", format!("{opened:.3} s"), "");
    table.row("restart: first answer", format!("{answered:.3} s"), "≤ 1 s");
    table.row("restart: first write", format!("{written:.3} s"), "≤ 5 s");
    let head = to_f64(head as usize);
    table.row("restart: memory, bytes per entry", format!("{:.0}", memory / head), "≤ 300");
    let snapshot = folder.join("state.snapshot");
    let aside = folder.join("aside");
    std::fs::rename(&snapshot, &aside).expect("there is a snapshot");
    let without = restart("2");
    table.row("restart without a snapshot: first answer", format!("{:.2} s", without[1]), "");
    std::fs::rename(&aside, &snapshot).expect("the snapshot was put aside");
}

/// Opens the log, answers and writes, and prints the seconds of each since the start and the bytes of memory.
pub(crate) fn child(arguments: &[String]) {
    let [folder, number, ..] = arguments else { panic!("a folder and a number are missing") };
    let before = resident_bytes();
    let started = Instant::now();
    let tracker =
        Tracker::open(Path::new(folder), Options { verify: false, ..Options::default() }).expect("the log");
    let opened = started.elapsed();
    let today = berlin_day(tracker.now_ms());
    let rows = tracker.state().series(&reuses_by_area(), today).expect("an answer").rows().count();
    let answered = started.elapsed();
    let memory = resident_bytes().saturating_sub(before);
    let (receipt, _) = timed(|| tracker.record_blocking(plan(number)).expect("a plan is valid"));
    let written = started.elapsed();
    assert!(rows > 0 && receipt.recorded == 1);
    println!("{} {} {} {memory}", opened.as_secs_f64(), answered.as_secs_f64(), written.as_secs_f64());
    // As if it were killed: no snapshot is written, the next restart shall find what this one did.
    std::process::exit(0);
}

fn plan(number: &str) -> Order {
    // Each restart plans something else: the same again would be no news.
    let service = ServiceId::Ozg(10_000 + number.parse::<u32>().unwrap_or(0));
    let milestone = Milestone { service, place: Place::Area(Area::DE), stage: Stage::RolledOut };
    let due = PartialDate::read("2030").expect("a year");
    let draft = Draft {
        at: Where::default(),
        id: None,
        body: Body::MilestonePlanned(Plan { milestone, due, on: None }),
        source: None,
        note: None,
        reason: None,
        replaces: None,
    };
    Order { office: OFFICE.to_owned(), drafts: vec![draft], simulated: true, ..Order::default() }
}
