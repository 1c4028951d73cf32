//! Measures the log beside a bare file in one run: `cargo run --release -p ozg-log --example append [FOLDER]`.
//!
//! Prints the median of a durable single append beside that of write and fdatasync of the same bytes, taken
//! in turns; then the rates of bulk appends, reads and random access, and the bytes per entry on disk.

use std::error::Error;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use ozg_log::{Annex, FILE_NAME, Facts, Log, NewBatch, NewEntry, Options, Text};

const PAIRS: usize = 2_000;
const SINGLES: usize = 100_000;
const BULK_BATCHES: usize = 100;
const NOTED_BATCHES: usize = 20;
const BATCH_ENTRIES: usize = 10_000;
const RANDOM_READS: u64 = 2_000;
const READ_ENTRIES: usize = 10_000;
const PLAIN: redb::TableDefinition<'_, u64, &[u8]> = redb::TableDefinition::new("plain");

fn main() -> Result<(), Box<dyn Error>> {
    let parent = std::env::args().nth(1).unwrap_or_else(|| ".".into());
    let folder = tempfile::tempdir_in(parent)?;
    let payloads = payloads(BATCH_ENTRIES);
    let mean = payloads.iter().map(Vec::len).sum::<usize>() / payloads.len();
    println!("payload                        {mean} bytes on average");
    singles(&folder.path().join("single"), &payloads)?;
    bulk(&folder.path().join("bulk"), &payloads)?;
    noted(&folder.path().join("noted"), &payloads)
}

fn singles(folder: &Path, payloads: &[Vec<u8>]) -> Result<(), Box<dyn Error>> {
    std::fs::create_dir(folder)?;
    let log = Log::open(folder, Options::default())?;
    let mut file = File::create(folder.join("bare"))?;
    let redb = redb::Database::create(folder.join("redb"))?;
    let (mut bare, mut store, mut single) = (Vec::new(), Vec::new(), Vec::new());
    for (number, payload) in (0..).zip(payloads.iter().cycle().take(PAIRS)) {
        bare.push(timed(|| file.write_all(payload).and_then(|()| file.sync_data()))?);
        store.push(timed(|| insert(&redb, number, payload))?);
        single.push(timed(|| log.append(&[batch(&[payload])]))?);
    }
    let (bare, store, single) = (median(&mut bare), median(&mut store), median(&mut single));
    let ratio = |time: Duration| time.as_secs_f64() / bare.as_secs_f64();
    println!("bare write + fdatasync         {bare:?}");
    println!("a plain redb table             {store:?}, ratio {:.2}", ratio(store));
    println!("single append                  {single:?}, ratio {:.2}", ratio(single));
    for hundred in payloads.chunks(100).cycle().take((SINGLES - PAIRS) / 100) {
        let batches: Vec<_> = hundred.iter().map(|payload| batch(&[payload])).collect();
        log.append(&batches)?;
    }
    drop(log);
    println!("single-entry batches           {}", disk_bytes(folder, SINGLES)?);
    let log = Log::open(folder, Options::default())?;
    println!("read single-entry batches      {}", rate(SINGLES, read_all(&log)?));
    Ok(())
}

fn bulk(folder: &Path, payloads: &[Vec<u8>]) -> Result<(), Box<dyn Error>> {
    std::fs::create_dir(folder)?;
    let log = Log::open(folder, Options { cache_bytes: 1 << 30, on_recovery: None })?;
    let memory = Log::in_memory();
    let entries: Vec<&[u8]> = payloads.iter().map(Vec::as_slice).collect();
    let (mut on_disk, mut in_memory) = (Vec::new(), Vec::new());
    for _ in 0..BULK_BATCHES {
        on_disk.push(timed(|| log.append(&[batch(&entries)]))?);
        in_memory.push(timed(|| memory.append(&[batch(&entries)]))?);
    }
    println!("append 10,000, durable         {}", rate(BATCH_ENTRIES, median(&mut on_disk)));
    println!("append 10,000, without fsync   {}", rate(BATCH_ENTRIES, median(&mut in_memory)));
    println!("read forward                   {}", rate(BULK_BATCHES * BATCH_ENTRIES, read_all(&log)?));
    let verified = timed(|| log.verify(&mut |_| ()))?;
    println!("verify                         {}", rate(BULK_BATCHES * BATCH_ENTRIES, verified));
    let end = log.head().position;
    let random = timed(|| (0..RANDOM_READS).try_for_each(|n| log.entry(n * 7919 % end + 1).map(drop)))?;
    println!("entry() at random              {:?} each", random / u32::try_from(RANDOM_READS)?);
    drop(log);
    println!("bulk                           {}", disk_bytes(folder, BULK_BATCHES * BATCH_ENTRIES)?);
    Ok(())
}

/// The same entries, each with a note of 40 bytes that can be removed.
fn noted(folder: &Path, payloads: &[Vec<u8>]) -> Result<(), Box<dyn Error>> {
    std::fs::create_dir(folder)?;
    let log = Log::open(folder, Options { cache_bytes: 1 << 30, on_recovery: None })?;
    let mut appended = Vec::new();
    for batch_number in 0..NOTED_BATCHES {
        let annexes: Vec<Annex> = (0..payloads.len()).map(|line| note(batch_number, line)).collect();
        let entries = payloads.iter().zip(&annexes);
        let entries = entries.map(|(payload, annex)| NewEntry { payload, annex }).collect();
        appended.push(timed(|| log.append(&[NewBatch { entries, ..batch(&[]) }]))?);
    }
    println!("append 10,000 with a note each {}", rate(BATCH_ENTRIES, median(&mut appended)));
    println!("read forward                   {}", rate(NOTED_BATCHES * BATCH_ENTRIES, read_all(&log)?));
    drop(log);
    println!("with a note each               {}", disk_bytes(folder, NOTED_BATCHES * BATCH_ENTRIES)?);
    Ok(())
}

fn note(batch: usize, line: usize) -> Annex {
    let salt = blake3::hash(format!("{batch} {line}").as_bytes());
    let salt = std::array::from_fn(|at| salt.as_bytes()[at]);
    let text = format!("laut Schreiben vom 31.01.2026, Nr. {line:05}");
    Annex { facts: Facts::default(), texts: vec![Text::Kept { salt, text }] }
}

fn read_all(log: &Log) -> Result<Duration, Box<dyn Error>> {
    let (mut after, mut bytes) = (0, 0);
    let started = Instant::now();
    loop {
        let parts = log.batches(after, READ_ENTRIES)?;
        let Some(last) = parts.last() else { break };
        after = last.last();
        bytes += parts.iter().flat_map(|part| part.entries()).map(|entry| entry.payload.len()).sum::<usize>();
    }
    assert!(after == log.head().position && bytes > 0);
    Ok(started.elapsed())
}

fn insert(redb: &redb::Database, key: u64, value: &[u8]) -> Result<(), redb::Error> {
    let txn = redb.begin_write()?;
    txn.open_table(PLAIN)?.insert(key, value)?;
    Ok(txn.commit()?)
}

fn batch<'a>(entries: &[&'a [u8]]) -> NewBatch<'a> {
    NewBatch {
        recorded_at_ms: 1_767_225_600_000,
        office: "landesamt",
        simulated: false,
        facts: Facts::default(),
        entries: entries.iter().map(|payload| NewEntry::from(*payload)).collect(),
    }
}

fn timed<T, E>(work: impl FnOnce() -> Result<T, E>) -> Result<Duration, E> {
    let started = Instant::now();
    work()?;
    Ok(started.elapsed())
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn rate(entries: usize, time: Duration) -> String {
    format!("{:.2} million entries/s", entries as f64 / time.as_secs_f64() / 1e6)
}

/// Tells the length of the closed file, which may end in a hole, and what it takes of the disk.
#[cfg(unix)]
fn disk_bytes(folder: &Path, entries: usize) -> Result<String, Box<dyn Error>> {
    use std::os::unix::fs::MetadataExt;
    let file = std::fs::metadata(folder.join(FILE_NAME))?;
    let each = |bytes: u64| bytes as f64 / entries as f64;
    Ok(format!("{:.1} bytes/entry on disk (file length {:.1})", each(file.blocks() * 512), each(file.len())))
}

/// Tells the length of the closed file.
#[cfg(not(unix))]
fn disk_bytes(folder: &Path, entries: usize) -> Result<String, Box<dyn Error>> {
    let bytes = std::fs::metadata(folder.join(FILE_NAME))?.len();
    Ok(format!("{:.1} bytes/entry in the file", bytes as f64 / entries as f64))
}

/// Makes payloads like those of a bulk import: random ids, keys that repeat, a source and a note.
fn payloads(count: usize) -> Vec<Vec<u8>> {
    let mut seed = 88_172_645_463_325_252_u64;
    let mut random = || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed
    };
    let payload = |line: usize| {
        let mut payload = vec![3, 1];
        payload.extend(random().to_le_bytes());
        payload.extend(random().to_le_bytes());
        let (service, day) = (random() % 575, random() % 2_000);
        let authority = 1_003_000 + (random() % 1_100) * 7;
        payload.extend(format!("leika:99{:012}ags:0{authority}", 12_001_001_000 + service * 1_000).bytes());
        payload.extend(day.to_le_bytes());
        payload.extend(b"OZG-Dashboard Bund, Datenexport vom 31.01.2026");
        payload.extend(b"https://dashboard.ozg-umsetzung.de/export/2026-01.csv");
        payload.extend(format!("Zeile {line}: aus dem Export").bytes());
        payload
    };
    (0..count).map(payload).collect()
}
