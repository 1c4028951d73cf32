//! What the tests of the log share: seeded numbers, payloads, a naive model, a disk that can fail.
#![expect(dead_code, reason = "each test binary uses its part")]
#![expect(clippy::cast_possible_truncation, reason = "everything here is small")]

pub(crate) mod disk;

use ozg_log::{Annex, BatchInfo, Facts, Head, Log, NewBatch, NewEntry, Options, ReadError, Text, Verified};

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

/// An entry to be recorded: a payload and what stands beside it.
pub(crate) type Said = (Vec<u8>, Annex);

/// Makes entries, none of which has anything beside it.
pub(crate) fn payloads(count: usize, from: u64) -> Vec<Said> {
    (from..from + count as u64).map(|number| (payload(number), Annex::default())).collect()
}

/// Makes entries, two in three of which have texts, and one in four a fact.
pub(crate) fn with_annexes(count: usize, from: u64) -> Vec<Said> {
    (from..from + count as u64).map(|number| (payload(number), annex(number))).collect()
}

fn annex(number: u64) -> Annex {
    let text = |index: u64| Text::Kept {
        salt: blake3::hash(&[number.to_le_bytes(), index.to_le_bytes()].concat()).as_bytes()[..16]
            .try_into()
            .expect("16 bytes"),
        text: format!("Notiz {index} zu {number}: läuft"),
    };
    let facts = if number.is_multiple_of(4) {
        Facts::from_iter([(2, number.to_le_bytes().to_vec()), (900, Vec::new())])
    } else {
        Facts::default()
    };
    Annex { facts, texts: (0..number % 3).map(text).collect() }
}

pub(crate) fn new_batch(entries: &[Said], recorded_at_ms: i64) -> NewBatch<'_> {
    let entries = entries.iter().map(|(payload, annex)| NewEntry { payload, annex }).collect();
    NewBatch { recorded_at_ms, office: "landesamt", simulated: false, facts: Facts::default(), entries }
}

/// Makes a batch with a fact about all of it.
pub(crate) fn batch_with_fact(entries: &[Said], recorded_at_ms: i64) -> NewBatch<'_> {
    NewBatch { facts: Facts::from_iter([(1, b"2026-01-31".to_vec())]), ..new_batch(entries, recorded_at_ms) }
}

fn number(out: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn facts_bytes(facts: &Facts) -> Vec<u8> {
    let mut out = Vec::new();
    for (code, bytes) in facts.iter() {
        number(&mut out, code as usize);
        number(&mut out, bytes.len());
        out.extend(bytes);
    }
    out
}

/// Gives an entry as a batch with annexes stores it.
fn stored(payload: &[u8], annex: &Annex) -> Vec<u8> {
    let (mut out, mut bytes) = (Vec::new(), Vec::new());
    if *annex != Annex::default() {
        number(&mut bytes, annex.texts.len());
        annex.texts.iter().for_each(|text| match text {
            Text::Kept { salt, text } => {
                bytes.extend(blake3::hash(&[salt.as_slice(), text.as_bytes()].concat()).as_bytes());
            }
            Text::Removed { hash } => bytes.extend(hash),
        });
        bytes.extend(facts_bytes(&annex.facts));
    }
    number(&mut out, bytes.len());
    out.extend(bytes);
    out.extend(payload);
    out
}

pub(crate) fn options() -> Options {
    Options { cache_bytes: 4 << 20, on_recovery: None }
}

/// The naive log: all batches in a vector.
#[derive(Debug, Clone, Default)]
pub(crate) struct Model(pub(crate) Vec<(BatchInfo, Vec<Said>)>);

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
        let has_annexes = batch.entries.iter().any(|entry| *entry.annex != Annex::default());
        let has_facts = batch.facts != Facts::default();
        let is_form_2 = has_annexes || has_facts;
        let mut text = format!("ozg-log chain {}\n", 1 + u8::from(is_form_2)).into_bytes();
        text.extend(head.chain);
        text.extend(first.to_le_bytes());
        text.extend(last.to_le_bytes());
        text.extend(at.to_le_bytes());
        text.push(u8::from(batch.simulated) + 2 * u8::from(has_annexes) + 4 * u8::from(has_facts));
        text.extend((batch.office.len() as u64).to_le_bytes());
        text.extend(batch.office.bytes());
        if is_form_2 {
            let facts = facts_bytes(&batch.facts);
            text.extend((facts.len() as u64).to_le_bytes());
            text.extend(facts);
        }
        for entry in &batch.entries {
            let stored =
                if has_annexes { stored(entry.payload, entry.annex) } else { entry.payload.to_vec() };
            text.extend(blake3::hash(&stored).as_bytes());
        }
        let chain = *blake3::hash(&text).as_bytes();
        let (office, simulated, facts) = (batch.office.to_owned(), batch.simulated, batch.facts.clone());
        let info = BatchInfo { first, last, recorded_at_ms: at, office, simulated, facts, chain };
        let entries = batch.entries.iter().map(|entry| (entry.payload.to_vec(), entry.annex.clone()));
        self.0.push((info.clone(), entries.collect()));
        info
    }

    /// Removes the text number `index` of the entry at `position`.
    pub(crate) fn remove_text(&mut self, position: u64, index: usize) {
        let batch = self.0.iter_mut().find(|(info, _)| info.first <= position && position <= info.last);
        let (info, entries) = batch.expect("there is the entry");
        let text = &mut entries[(position - info.first) as usize].1.texts[index];
        *text = Text::Removed { hash: text.hash() };
    }

    fn texts_removed(&self) -> u64 {
        let texts = self.0.iter().flat_map(|(_, entries)| entries).flat_map(|(_, annex)| &annex.texts);
        texts.filter(|text| text.text().is_none()).count() as u64
    }

    /// Keeps the batches up to `position`, which must be the end of one.
    pub(crate) fn until(&self, position: u64) -> Self {
        let kept = Self(self.0.iter().take_while(|(info, _)| info.last <= position).cloned().collect());
        assert_eq!(kept.head().position, position, "the log ends within a batch");
        kept
    }

    pub(crate) fn entry(&self, position: u64) -> Option<(&BatchInfo, &[u8], &Annex)> {
        let (info, entries) =
            self.0.iter().find(|(info, _)| info.first <= position && position <= info.last)?;
        let (payload, annex) = &entries[(position - info.first) as usize];
        Some((info, payload, annex))
    }

    /// Compares what the log reads at a position.
    pub(crate) fn assert_entry(&self, log: &Log, position: u64) -> Result<(), ReadError> {
        let part = log.entry(position)?;
        let found = part.as_ref().map(|part| {
            assert_eq!((part.first, part.len()), (position, 1));
            let entry = part.entries().next().expect("a part holds an entry");
            (&part.info, entry.payload, entry.annex)
        });
        assert_eq!(found, self.entry(position), "position {position}");
        Ok(())
    }

    /// Compares everything.
    pub(crate) fn assert_equals(&self, log: &Log, entries_max: usize) {
        assert_eq!(log.head(), self.head());
        assert_eq!(self.read_like(log, entries_max).expect("an undamaged log"), self.head().position);
        let verified = Verified { head: self.head(), texts_removed: self.texts_removed() };
        assert_eq!(log.verify(&mut |_| ()).expect("an undamaged log"), verified);
    }

    /// Reads forward as far as it goes, comparing each entry, and gives the position reached.
    pub(crate) fn read_like(&self, log: &Log, entries_max: usize) -> Result<u64, ReadError> {
        let mut after = 0;
        loop {
            let parts = log.batches(after, entries_max)?;
            assert!(parts.iter().map(|part| part.len()).sum::<usize>() <= entries_max);
            for part in &parts {
                assert_eq!(part.first, after + 1, "positions are gapless");
                for entry in part.entries() {
                    let found = Some((&part.info, entry.payload, entry.annex));
                    assert_eq!(found, self.entry(entry.position), "position {}", entry.position);
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
