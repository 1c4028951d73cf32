//! The file as others meet it: creating, sharing, foreign and newer files, backups, the frozen format.

mod common;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};

use common::disk::{Disk, Op, apply};
use common::{Model, Said, batch_with_fact, new_batch, options, payloads, with_annexes};
use expect_test::expect;
use ozg_log::{BackupError, FILE_NAME, Log, NewBatch, OpenError, Options, RecordedBatch};
use redb::{Database, TableDefinition};

const META: TableDefinition<'_, &str, u64> = TableDefinition::new("ozg-log");
const CHILD_FOLDER: &str = "OZG_LOG_TEST_FOLDER";
const FIXTURE_1: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/format-1.redb");
const FIXTURE_2: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/format-2.redb");

fn fill(log: &Log, sizes: &[usize]) -> Model {
    let mut model = Model::default();
    for (number, size) in (1_i64..).zip(sizes) {
        let entries = payloads(*size, model.head().position);
        let batch = new_batch(&entries, 1_767_225_600_000 + number);
        assert_eq!(log.append(std::slice::from_ref(&batch)).expect("good"), [model.add(&batch)]);
    }
    model
}

#[test]
fn an_open_log_is_in_use_for_everyone_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let log = Log::open(folder.path(), options()).expect("a new log");
    let again = Log::open(folder.path(), options()).expect_err("in use");
    assert!(matches!(again, OpenError::InUse { .. }), "{again}");
    assert!(open_in_child(folder.path()).contains("InUse"));
    drop(log);
    assert!(open_in_child(folder.path()).contains("opened"));
    Log::open(folder.path(), options()).expect("free again");
}

/// Opens the log in another process and tells what it saw.
fn open_in_child(folder: &Path) -> String {
    let test = std::env::current_exe().expect("this test");
    let arguments = ["--ignored", "--exact", "child_opens_the_log", "--nocapture"];
    let output = Command::new(test).args(arguments).env(CHILD_FOLDER, folder).output().expect("a child");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
#[ignore = "is run as another process by an_open_log_is_in_use_for_everyone_else"]
fn child_opens_the_log() {
    let Some(folder) = std::env::var_os(CHILD_FOLDER) else { return };
    match Log::open(Path::new(&folder), options()) {
        Ok(_) => println!("opened"),
        Err(error) => println!("{error:?}"),
    }
}

#[test]
fn a_creation_interrupted_anywhere_leaves_no_log_or_a_good_one() {
    let disk = Disk::default();
    let opened = disk.clone();
    let log = Log::with_backend(move || opened.clone(), options()).expect("a new log");
    let trace = disk.take_trace();
    drop(log);
    let mut bytes = Vec::new();
    for op in trace.iter().chain([&Op::Sync]) {
        let folder = tempfile::tempdir().expect("a folder");
        let new = folder.path().join("ozg.redb.new");
        fs::write(&new, &bytes).expect("what the interrupted creation left");
        let log = Log::open(folder.path(), options()).expect("a new log");
        fill(&log, &[3, 1]).assert_equals(&log, 10);
        assert!(!new.exists() && folder.path().join(FILE_NAME).exists());
        apply(&mut bytes, op);
    }
    // Renamed, but the process died before it closed the file.
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join(FILE_NAME), &bytes).expect("a complete file");
    let recovered = Arc::new(AtomicBool::new(false));
    let told = recovered.clone();
    let on_recovery =
        Some(Arc::new(move |_| told.store(true, Ordering::Relaxed)) as ozg_log::RecoveryProgress);
    let log = Log::open(folder.path(), Options { on_recovery, ..options() }).expect("a good log");
    fill(&log, &[2]).assert_equals(&log, 10);
    assert!(recovered.load(Ordering::Relaxed), "the recovery is reported");
}

#[test]
fn two_that_create_at_once_do_not_harm_each_other() {
    for _ in 0..20 {
        let folder = tempfile::tempdir().expect("a folder");
        let (barrier, opened) = (Barrier::new(3), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| {
                    barrier.wait();
                    match Log::open(folder.path(), options()) {
                        Ok(log) => {
                            opened.fetch_add(1, Ordering::Relaxed);
                            log.append(&[new_batch(&payloads(1, 1), 1)]).expect("good");
                        }
                        Err(error) => assert!(matches!(error, OpenError::InUse { .. }), "{error}"),
                    }
                });
            }
        });
        let log = Log::open(folder.path(), options()).expect("a good log");
        assert_eq!(log.head().batches, opened.load(Ordering::Relaxed) as u64, "every append is there");
    }
}

fn open_error(bytes: Option<&[u8]>, prepare: impl FnOnce(&Path)) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(FILE_NAME);
    bytes.iter().for_each(|bytes| fs::write(&path, bytes).expect("a file"));
    prepare(&path);
    let error = Log::open(folder.path(), options()).expect_err("not a log of this program");
    error.to_string().replace(&folder.path().display().to_string(), "FOLDER")
}

#[test]
fn other_files_are_told_from_logs() {
    let newer = open_error(None, |path| {
        let txn = Database::create(path).expect("redb").begin_write().expect("redb");
        txn.open_table(META).expect("redb").insert("format", 3).expect("redb");
        txn.commit().expect("redb");
    });
    expect!["the log has format 3, this program knows up to 2: use a newer version of it"].assert_eq(&newer);
    let other = open_error(None, |path| drop(Database::create(path).expect("redb")));
    expect!["FOLDER/ozg.redb is not a log: a redb file of another program; name another folder, or move the file away"]
        .assert_eq(&other);
    assert!(open_error(Some(b"PK\x03\x04 a spreadsheet"), |_| ()).contains("is not a log"));
    assert!(open_error(Some(&[7; 9_000]), |_| ()).contains("is not a log"));
    assert!(open_error(Some(b""), |_| ()).contains("is not a log"));
    let missing = Log::open(Path::new("no/such/folder"), options()).expect_err("no folder");
    assert!(missing.to_string().contains("No such file"), "{missing}");
}

#[test]
fn a_backup_of_a_live_log_is_a_log_with_a_prefix_of_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let (log, to) =
        (Log::open(folder.path(), options()).expect("a new log"), folder.path().join("backup.redb"));
    let mut model = fill(&log, &[1, 1_200, 3, 1, 600]);
    let entries = with_annexes(40, 7);
    let batch = batch_with_fact(&entries, 1_767_225_600_009);
    assert_eq!(log.append(std::slice::from_ref(&batch)).expect("good"), [model.add(&batch)]);
    let position = model.head().position - 38;
    assert!(log.remove_text(position, 0).expect("good"));
    model.remove_text(position, 0);
    let head = log.backup(&to, &mut |position| {
        assert!(position <= model.head().position);
        assert!(!to.exists(), "it appears when it is complete");
        log.append(&[new_batch(&payloads(1, 1), 0)]).expect("appends go on");
    });
    assert_eq!(head.expect("a good log"), model.head());
    let copy = Log::open_file(&to, options()).expect("a log");
    model.assert_equals(&copy, 500);
    assert_eq!(copy.identity(), log.identity(), "a backup is the same log");
    assert!(matches!(log.backup(&to, &mut |_| ()), Err(BackupError::Exists(_))));
    let nowhere = log.backup(&folder.path().join("no/such.redb"), &mut |_| ());
    assert!(matches!(nowhere, Err(BackupError::Write(_))));
}

#[test]
fn a_damaged_log_is_not_backed_up() {
    let disk = Disk::default();
    let handle = disk.clone();
    let log = Log::with_backend(move || handle.clone(), options()).expect("a new log");
    let model = fill(&log, &[1, 1, 1]);
    drop(log);
    let (mut bytes, entry) = (disk.bytes(), model.entry(2).expect("there").1);
    for at in 0..bytes.len() - entry.len() {
        if bytes[at..].starts_with(entry) {
            bytes[at] ^= 1;
        }
    }
    let disk = Disk::new(bytes);
    let log = Log::with_backend(move || disk.clone(), options()).expect("the end is good");
    let folder = tempfile::tempdir().expect("a folder");
    let failed = log.backup(&folder.path().join("copy"), &mut |_| ()).expect_err("damaged");
    expect!["the log cannot be copied: the log is damaged at position 2 (batch 2): the entry does not match its check"]
        .assert_eq(&failed.to_string());
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 0, "nothing is left");
}

#[test]
fn a_damaged_end_is_named_when_opening() {
    let folder = tempfile::tempdir().expect("a folder");
    fill(&Log::open(folder.path(), options()).expect("a new log"), &[1, 2]);
    let path = folder.path().join(FILE_NAME);
    let mut bytes = fs::read(&path).expect("the log");
    for at in 0..bytes.len() - 9 {
        if bytes[at..].starts_with(b"landesamt") {
            bytes[at] = b'L';
        }
    }
    let error = open_error(Some(&bytes), |_| ());
    expect!["FOLDER/ozg.redb is damaged at position 3: the batch header does not match its check: restore a backup"]
        .assert_eq(&error);
}

#[test]
fn readers_read_while_the_writer_writes() {
    let log = Log::in_memory();
    let (entries, done) = (payloads(300, 0), AtomicBool::new(false));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let mut after = 0;
                while !done.load(Ordering::Acquire) || after < log.head().position {
                    for part in log.batches(after, 128).expect("a good log") {
                        assert_eq!(part.first, after + 1);
                        assert!(
                            part.entries().all(|entry| entry.payload == payload_of(&entries, entry.position))
                        );
                        after = part.last();
                    }
                }
                assert_eq!(after, 60 * 300);
            });
        }
        for number in 0..60 {
            log.append(&[new_batch(&entries, number)]).expect("good");
        }
        done.store(true, Ordering::Release);
    });
    log.verify(&mut |_| ()).expect("a good log");
}

fn payload_of(entries: &[Said], position: u64) -> &[u8] {
    &entries[usize::try_from(position - 1).expect("small") % entries.len()].0
}

/// What the frozen file of format 1 holds, and that of format 2 first.
fn fill_fixture_1(log: &Log) -> Model {
    let mut model = Model::default();
    for (number, size) in (1_i64..).zip([1, 3, 530, 1]) {
        let mut entries = payloads(size, model.head().position);
        entries[0].0.truncate(if number == 2 { 0 } else { 90 });
        let office = ["", "amt", "Behörde für Ä", "amt"][usize::try_from(number - 1).expect("small")];
        let batch =
            NewBatch { office, simulated: true, ..new_batch(&entries, 1_700_000_000_000 - number * number) };
        record(log, &mut model, batch);
    }
    model
}

/// What the frozen file of format 2 holds: then batches with annexes, with a fact, with both, and with neither.
fn fill_fixture_2(log: &Log) -> Model {
    let mut model = fill_fixture_1(log);
    for (entries, has_fact) in [
        (with_annexes(5, 3), false),
        (payloads(1, 1), true),
        (with_annexes(520, 9), true),
        (payloads(1, 4), false),
    ] {
        let batch = if has_fact { batch_with_fact(&entries, 1) } else { new_batch(&entries, 1) };
        record(log, &mut model, NewBatch { office: "amt", simulated: true, ..batch });
    }
    assert!(log.remove_text(537, 0).expect("good"));
    model.remove_text(537, 0);
    model
}

/// Records a batch as one of the log with the identity of the fixture.
fn record(log: &Log, model: &mut Model, batch: NewBatch<'_>) {
    let info = model.add(&batch);
    let batch = NewBatch { recorded_at_ms: info.recorded_at_ms, ..batch };
    let (first, chain, identity) = (info.first, Some(info.chain), Some(IDENTITY));
    let recorded = RecordedBatch { batch, first, chain, identity };
    assert_eq!(log.append_recorded(&[recorded]).expect("good"), [info]);
}

const IDENTITY: ozg_log::Identity = *b"frozen identity!";

#[test]
#[ignore = "writes the frozen file; a file of a released format is never written again"]
fn write_the_fixture() {
    assert!(!Path::new(FIXTURE_2).exists(), "it is written once");
    let folder = tempfile::tempdir().expect("a folder");
    fill_fixture_2(&Log::open(folder.path(), options()).expect("a new log"));
    fs::copy(folder.path().join(FILE_NAME), FIXTURE_2).expect("written");
}

fn open_fixture(fixture: &str) -> (tempfile::TempDir, Log) {
    let folder = tempfile::tempdir().expect("a folder");
    fs::copy(fixture, folder.path().join(FILE_NAME)).expect("the fixture");
    let log = Log::open(folder.path(), options()).expect("a log");
    (folder, log)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn a_file_of_format_1_reads_the_same_for_ever() {
    let (_folder, log) = open_fixture(FIXTURE_1);
    let model = fill_fixture_1(&Log::in_memory());
    model.assert_equals(&log, 100);
    assert!(log.is_simulated());
    expect!["36f99f3f6f7ed03b8dcc8997b49bc1abd1063c64f67923f4c16a6deb05688be2"]
        .assert_eq(&hex(&log.head().chain));
}

#[test]
fn a_file_of_format_2_reads_the_same_for_ever() {
    let (_folder, log) = open_fixture(FIXTURE_2);
    fill_fixture_2(&Log::in_memory()).assert_equals(&log, 100);
    assert_eq!(log.identity(), IDENTITY);
    expect!["44857d79f8b9878017ae0423ae0f96ed8b99df6087fed1465ec98d5c77c00356"]
        .assert_eq(&hex(&log.head().chain));
}

#[test]
fn a_file_of_format_1_goes_on_in_format_2_with_an_identity_that_it_keeps() {
    let (folder, log) = open_fixture(FIXTURE_1);
    let (mut model, identity) = (fill_fixture_1(&Log::in_memory()), log.identity());
    for entries in [with_annexes(3, 1), payloads(2, 1)] {
        let batch = NewBatch { simulated: true, ..new_batch(&entries, 1_800_000_000_000) };
        assert_eq!(log.append(std::slice::from_ref(&batch)).expect("good"), [model.add(&batch)]);
    }
    drop(log);
    let log = Log::open(folder.path(), options()).expect("a log");
    model.assert_equals(&log, 100);
    assert_eq!(log.identity(), identity);
    assert_ne!(open_fixture(FIXTURE_1).1.identity(), identity, "each log has its own");
}
