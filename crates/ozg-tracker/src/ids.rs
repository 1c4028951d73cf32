//! Ids for entries that come without one. They are in the order of time, so that neighbours in the log are neighbours
//! in an index.

use ozg_core::event::EventId;

/// Gives ids in the order of time (UUIDv7), with random bits from the system, fetched for so many at once.
pub(crate) fn new_ids(now_ms: i64, count: usize) -> impl FnMut() -> EventId {
    let mut counter: u16 = 0;
    let millis = u64::try_from(now_ms).unwrap_or(0);
    let mut random = vec![0u8; ID_RANDOM_BYTES * count.clamp(1, IDS_AT_ONCE)];
    let mut used = random.len();
    move || {
        if used == random.len() {
            if getrandom::fill(&mut random).is_err() {
                tracing::error!(
                    "the system gives no random bytes; ids are drawn from version 7 without them"
                );
            }
            used = 0;
        }
        let mut bytes = [0u8; ID_RANDOM_BYTES];
        bytes.copy_from_slice(&random[used..used + ID_RANDOM_BYTES]);
        used += ID_RANDOM_BYTES;
        // A counter in the first bits keeps ids of one millisecond in order.
        counter = counter.wrapping_add(1);
        bytes[0] = counter.to_be_bytes()[0];
        bytes[1] = counter.to_be_bytes()[1];
        uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
    }
}

/// Random bytes of an id.
const ID_RANDOM_BYTES: usize = 10;
/// Ids whose random bytes are fetched from the system at once.
const IDS_AT_ONCE: usize = 256;
