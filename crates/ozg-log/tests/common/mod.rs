//! What the tests of the log share: seeded numbers, payloads, a naive model, a disk that can fail.
#![expect(dead_code, reason = "each test binary uses its part")]
#![expect(clippy::cast_possible_truncation, reason = "everything here is small")]

pub(crate) mod disk;

use ozg_log::{BatchInfo, Head, Log, NewBatch, Options, ReadError};

/// Seeded random numbers (xorshift).
#[derive(Debug, Clone)]
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }
}

/// Makes a payload like an event's: an id, keys, a note; different for each number.
pub(crate) fn payload(number: u64) -> Vec<u8> {
    let mut payload = blake3::hash(&number.to_le_bytes()).as_bytes()[..16].to_vec();
    payload.extend(format!("leika:990120010{:05}ags:01003000", number % 575).bytes());
    payload.extend(b"OZG-Dashboard Bund".iter().cycle().take((number % 70) as usize));
    payload
}

pub(crate) fn payloads(count: usize, from: u64) -> Vec<Vec<u8>> {
    (from..from + count as u64).map(payload).collect()
}

pub(crate) fn new_batch(entries: &[Vec<u8>], recorded_at_ms: i64) -> NewBatch<'_> {
    let entries = entries.iter().map(Vec::as_slice).collect();
    NewBatch { recorded_at_ms, office: "landesamt", simulated: false, entries }
}

pub(crate) fn options() -> Options {
    Options { cache_bytes: 4 << 20, on_recovery: None }
}

/// The naive log: all batches in a vector.
#[derive(Debug, Clone, Default)]
pub(crate) struct Model(pub(crate) Vec<(BatchInfo, Vec<Vec<u8>>)>);

impl Model {
    pub(crate) fn head(&self) -> Head {
        self.0.last().map_or(Head::default(), |(info, _)| Head {
            position: info.last,
            batches: self.0.len() as u64,
            recorded_at_ms: info.recorded_at_ms,
            chain: info.chain,
        })
    }

    /// Adds a batch, computing what FORMAT.md says of the chain with other code than the crate's.
    pub(crate) fn add(&mut self, batch: &NewBatch<'_>) -> BatchInfo {
        let head = self.head();
        let at = if self.0.is_empty() {
            batch.recorded_at_ms
        } else {
            batch.recorded_at_ms.max(head.recorded_at_ms)
        };
        let (first, last) = (head.position + 1, head.position + batch.entries.len() as u64);
        let mut text = b"ozg-log chain 1\n".to_vec();
        text.extend(head.chain);
        text.extend(first.to_le_bytes());
        text.extend(last.to_le_bytes());
        text.extend(at.to_le_bytes());
        text.push(u8::from(batch.simulated));
        text.extend((batch.office.len() as u64).to_le_bytes());
        text.extend(batch.office.bytes());
        batch.entries.iter().for_each(|entry| text.extend(blake3::hash(entry).as_bytes()));
        let chain = *blake3::hash(&text).as_bytes();
        let (office, simulated) = (batch.office.to_owned(), batch.simulated);
        let info = BatchInfo { first, last, recorded_at_ms: at, office, simulated, chain };
        self.0.push((info.clone(), batch.entries.iter().map(|entry| entry.to_vec()).collect()));
        info
    }

    /// Keeps the batches up to `position`, which must be the end of one.
    pub(crate) fn until(&self, position: u64) -> Self {
        let kept = Self(self.0.iter().take_while(|(info, _)| info.last <= position).cloned().collect());
        assert_eq!(kept.head().position, position, "the log ends within a batch");
        kept
    }

    pub(crate) fn entry(&self, position: u64) -> Option<(&BatchInfo, &[u8])> {
        let (info, entries) =
            self.0.iter().find(|(info, _)| info.first <= position && position <= info.last)?;
        Some((info, &entries[(position - info.first) as usize]))
    }

    /// Compares everything.
    pub(crate) fn assert_equals(&self, log: &Log, entries_max: usize) {
        assert_eq!(log.head(), self.head());
        assert_eq!(self.read_like(log, entries_max).expect("an undamaged log"), self.head().position);
        assert_eq!(log.verify(&mut |_| ()).expect("an undamaged log"), self.head());
    }

    /// Reads forward as far as it goes, comparing each entry, and gives the position reached.
    pub(crate) fn read_like(&self, log: &Log, entries_max: usize) -> Result<u64, ReadError> {
        let mut after = 0;
        loop {
            let parts = log.batches(after, entries_max)?;
            assert!(parts.iter().map(|part| part.len()).sum::<usize>() <= entries_max);
            for part in &parts {
                assert_eq!(part.first, after + 1, "positions are gapless");
                for (position, entry) in part.entries() {
                    assert_eq!(Some((&part.info, entry)), self.entry(position), "position {position}");
                }
                after = part.last();
                assert_eq!(part.ends_batch(), after == part.info.last);
            }
            if parts.is_empty() {
                return Ok(after);
            }
        }
    }
}
