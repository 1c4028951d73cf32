//! A disk that refuses: after a failed commit nothing is written until the log was opened again.

mod common;

use common::disk::Disk;
use common::{Model, new_batch, options, payloads};
use ozg_log::{AppendError, Log};

const SIZES: [usize; 6] = [1, 3, 700, 1, 1, 40];

fn open(disk: &Disk) -> Log {
    let disk = disk.clone();
    Log::with_backend(move || disk.clone(), options()).expect("a disk that works")
}

/// Lets the disk fail after so many calls; tells whether a commit failed.
fn fail_after(calls: usize) -> bool {
    let disk = Disk::default();
    let log = open(&disk);
    disk.fail_after(Some(calls));
    let mut model = Model::default();
    for size in SIZES {
        let entries = payloads(size, model.head().position);
        let batch = new_batch(&entries, 7);
        let before = model.clone();
        let info = model.add(&batch);
        match log.append(std::slice::from_ref(&batch)) {
            Ok(infos) => assert_eq!(infos, [info]),
            Err(error) => {
                assert!(matches!(error, AppendError::Failed(_)), "{error}");
                assert_eq!(log.head(), before.head(), "what failed is not the head");
                after_failure(&log, &disk, &before, &model);
                return true;
            }
        }
    }
    disk.fail_after(None);
    model.assert_equals(&log, 1_000);
    false
}

fn after_failure(log: &Log, disk: &Disk, before: &Model, with: &Model) {
    let entries = payloads(2, 1);
    let batch = [new_batch(&entries, 8)];
    assert!(log.needs_reopening());
    assert!(matches!(log.append(&batch), Err(AppendError::Reopen)));
    disk.fail_after(None);
    assert!(matches!(log.append(&batch), Err(AppendError::Reopen)), "a disk that works again is not enough");
    disk.fail_after(Some(0));
    log.read_only();
    before.assert_equals(log, 1_000);
    assert!(log.reopen().is_err());
    before.assert_equals(log, 1_000);
    assert!(
        matches!(log.append(&batch), Err(AppendError::Reopen)),
        "what is open for reading only is not written"
    );
    disk.fail_after(None);
    log.reopen().expect("a disk that works");
    let mut model = if log.head() == before.head() { before.clone() } else { with.clone() };
    model.assert_equals(log, 1_000);
    assert_eq!(log.append(&batch).expect("reopened"), [model.add(&batch[0])]);
    model.assert_equals(log, 1_000);
    model.assert_equals(
        &{
            log.reopen().expect("a disk that works");
            open_copy(disk)
        },
        100,
    );
}

fn open_copy(disk: &Disk) -> Log {
    open(&Disk::new(disk.bytes()))
}

#[test]
fn after_a_failed_commit_nothing_is_written_until_reopened() {
    let failed = (0..).take_while(|calls| fail_after(*calls)).count();
    assert!(failed > 30, "{failed} places to fail");
}

#[test]
fn a_log_that_could_not_be_reopened_is_read_and_can_be_reopened_later() {
    let disk = Disk::default();
    let log = open(&disk);
    let entries = payloads(5, 1);
    let mut model = Model::default();
    log.append(&[new_batch(&entries, 1)]).expect("a disk that works");
    model.add(&new_batch(&entries, 1));
    disk.fail_after(Some(0));
    assert!(log.reopen().is_err());
    assert!(matches!(log.append(&[new_batch(&entries, 1)]), Err(AppendError::Reopen)));
    model.assert_equals(&log, 3);
    disk.fail_after(None);
    log.reopen().expect("a disk that works");
    model.assert_equals(&log, 3);
}
