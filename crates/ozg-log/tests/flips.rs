//! Flipped bits all over a file: right data or a named error, never wrong data, never a panic.
//!
//! `OZG_FLIPS` sets the number of flipped bits.

mod common;

use std::fs;
use std::panic::{self, AssertUnwindSafe, catch_unwind};

use common::disk::Disk;
use common::{Model, Random, Said, batch_with_fact, new_batch, options, payloads, with_annexes};
use ozg_log::{FILE_NAME, FileCheck, Log, ReadError, Text};

const FLIPS_DEFAULT: usize = 3_000;
const SIZES: [usize; 9] = [1, 1, 1, 30, 1_300, 1, 1, 200, 1];

/// A log as it lies on a real disk after closing: with nothing beside its entries, or with texts and facts.
fn file_bytes(make: fn(usize, u64) -> Vec<Said>) -> (Vec<u8>, Model) {
    let folder = tempfile::tempdir().expect("a folder");
    let log = Log::open(folder.path(), options()).expect("a new log");
    let mut model = Model::default();
    for size in SIZES {
        let entries = make(size, model.head().position);
        let batch = if size == 30 { batch_with_fact(&entries, 5) } else { new_batch(&entries, 5) };
        assert_eq!(log.append(std::slice::from_ref(&batch)).expect("good"), [model.add(&batch)]);
    }
    drop(log);
    (fs::read(folder.path().join(FILE_NAME)).expect("the file"), model)
}

/// What came of one flipped bit.
#[derive(Debug, Default)]
struct Found {
    opening: bool,
    reading: bool,
    verifying: bool,
    checking: bool,
}

impl Found {
    fn any(&self) -> bool {
        self.opening || self.reading || self.verifying || self.checking
    }
}

/// Does all that one can do with a log; what is read is compared with the model.
fn try_all(bytes: Vec<u8>, model: &Model) -> Found {
    let disk = Disk::new(bytes);
    let Ok(log) = Log::with_backend(move || disk.clone(), options()) else {
        return Found { opening: true, ..Found::default() };
    };
    let mut found = Found::default();
    assert_eq!(log.head(), model.head(), "the last batch is not forgotten");
    found.reading = read_everything(&log, model);
    match log.verify(&mut |_| ()) {
        Ok(_) => assert!(!found.reading, "what cannot be read does not verify"),
        Err(ReadError::Damaged(damage)) => {
            assert!((1..=model.head().position).contains(&damage.position), "{damage}");
            found.verifying = true;
        }
        Err(ReadError::File(_)) => found.verifying = true,
    }
    found.checking = !matches!(log.check_file(), Ok(FileCheck::Clean));
    found
}

/// Reads forward and at random; tells whether a damage was named.
fn read_everything(log: &Log, model: &Model) -> bool {
    let mut spoilt = model.read_like(log, 700).map(|end| end != log.head().position).unwrap_or(true);
    for position in (1..=log.head().position).step_by(37) {
        spoilt |= model.assert_entry(log, position).is_err();
    }
    spoilt
}

#[test]
fn a_flipped_bit_never_gives_wrong_data_and_is_found_where_it_matters() {
    let flips = std::env::var("OZG_FLIPS").ok().and_then(|flips| flips.parse().ok()).unwrap_or(FLIPS_DEFAULT);
    flip_bits(payloads, flips / 2);
    flip_bits(with_annexes, flips - flips / 2);
}

fn flip_bits(make: fn(usize, u64) -> Vec<Said>, flips: usize) {
    let (bytes, model) = file_bytes(make);
    // Pages that are zero were never used; a few of them are flipped as well.
    let used: Vec<usize> = (0..bytes.len())
        .filter(|at| bytes[at / 4096 * 4096..][..4096].iter().any(|byte| *byte != 0))
        .collect();
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    let (mut found_count, mut by_verify) = (0, 0);
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|_| ()));
    for flip in 0..flips {
        let at = if flip % 20 == 0 { random.below(bytes.len()) } else { used[random.below(used.len())] };
        let bit = random.below(8);
        let mut flipped = bytes.clone();
        flipped[at] ^= 1 << bit;
        let found = catch_unwind(AssertUnwindSafe(|| try_all(flipped, &model)));
        let found = found.unwrap_or_else(|thrown| {
            drop(panic::take_hook());
            let said = thrown.downcast_ref::<String>().map_or("?", String::as_str);
            panic!("bit {bit} of byte {at}: {said}");
        });
        // What nothing finds lies where nothing is.
        let live = found.opening || found.reading || found.verifying;
        found_count += usize::from(found.any());
        by_verify += usize::from(live);
    }
    panic::set_hook(hook);
    eprintln!("{flips} flips: {found_count} found, {by_verify} of them by opening, reading or verifying");
    assert!(found_count * 4 > flips, "{found_count} of {flips} flips found");
}

/// Every byte of every record: the rows are looked up in the file by their content.
#[test]
fn every_flip_in_an_entry_is_named_with_its_position() {
    let (bytes, model) = file_bytes(payloads);
    let position = 3;
    let (_, entry, _) = model.entry(position).expect("a batch of one entry, stored as it is");
    // Older copies of the page lie around in the file; the one in use is found by trying.
    let copies: Vec<usize> =
        (0..bytes.len() - entry.len()).filter(|at| bytes[*at..].starts_with(entry)).collect();
    let mut named = 0;
    for bit in 0..entry.len() * 8 {
        let mut flipped = bytes.clone();
        copies.iter().for_each(|at| flipped[at + bit / 8] ^= 1 << (bit % 8));
        let disk = Disk::new(flipped);
        let log = Log::with_backend(move || disk.clone(), options()).expect("the end of the log is good");
        assert_damaged(log.entry(position).map(drop), position);
        assert_damaged(log.verify(&mut |_| ()).map(drop), position);
        assert!(log.entry(position - 1).is_ok() && log.entry(position + 1).is_ok());
        assert_eq!(log.batches(0, 10).expect("what lies before").len(), 2);
        assert!(!matches!(log.check_file(), Ok(FileCheck::Clean)));
        named += 1;
    }
    assert!(named > 200);
}

/// Every byte of a text that the chain names by its hash.
#[test]
fn every_flip_in_a_text_is_named_with_its_position() {
    let (bytes, model) = file_bytes(with_annexes);
    let position = 3;
    let (_, _, annex) = model.entry(position).expect("an entry with two texts");
    let Some(Text::Kept { salt, text }) = annex.texts.last() else { panic!("a text: {annex:?}") };
    let row = [salt.as_slice(), text.as_bytes()].concat();
    let copies: Vec<usize> =
        (0..bytes.len() - row.len()).filter(|at| bytes[*at..].starts_with(&row)).collect();
    for bit in 0..row.len() * 8 {
        let mut flipped = bytes.clone();
        copies.iter().for_each(|at| flipped[at + bit / 8] ^= 1 << (bit % 8));
        let disk = Disk::new(flipped);
        let log = Log::with_backend(move || disk.clone(), options()).expect("the end of the log is good");
        assert!(
            matches!(log.entry(position), Err(ReadError::Damaged(damage)) if damage.position == position)
        );
        assert_damaged(log.verify(&mut |_| ()).map(drop), position);
        assert!(log.entry(position - 1).is_ok() && log.entry(position + 1).is_ok());
    }
}

fn assert_damaged(result: Result<(), ReadError>, position: u64) {
    match result {
        Err(ReadError::Damaged(damage)) => assert_eq!((damage.position, damage.batch), (position, Some(3))),
        other => panic!("not named: {other:?}"),
    }
}

#[test]
fn a_file_that_was_cut_off_or_overwritten_is_found_out() {
    let (bytes, model) = file_bytes(payloads);
    for end in (1..bytes.len()).step_by(bytes.len() / 60) {
        assert!(try_all(bytes[..end].to_vec(), &model).any(), "cut off at {end}");
        let mut zeroed = bytes.clone();
        zeroed[end..].fill(0);
        // What is zero now may have been free; that all data is right is asserted on the way.
        try_all(zeroed, &model);
    }
}
