//! Every limit of the network in one place. `GET /v1` lists them, docs/operating.md explains them.

use std::time::Duration;

/// Largest body of a request over TCP, in bytes (64 MiB).
pub const BODY_BYTES_MAX: usize = 64 << 20;
/// Largest body of a request over the local socket, in bytes (256 MiB).
pub const BODY_BYTES_MAX_LOCAL: usize = 256 << 20;
/// Entries of a page without `limit`.
pub const PAGE_ENTRIES_DEFAULT: usize = 100;
/// Most entries of a page.
pub const PAGE_ENTRIES_MAX: u32 = 1_000;
/// Entries of a feed, and of each of its archived pages.
pub const FEED_ENTRIES: usize = 50;
/// Most batches per line that the feed of a measure goes back.
pub const FEED_REVISIONS: usize = 500;
/// Entries that a streamed answer reads from the log at once.
pub const CHUNK_ENTRIES: usize = 512;
/// Most outcomes that a receipt lists; a longer receipt names the first and the last position only.
pub const RECEIPT_ENTRIES_MAX: usize = 1_000;
/// How often an edition is compared again because others recorded something meanwhile.
pub const COMPARISONS_MAX: usize = 8;
/// Most entries in the history of one entry.
pub const HISTORY_ENTRIES_MAX: usize = 1_000;

/// Bytes of one chunk of a streamed answer.
pub const CHUNK_BYTES: usize = 64 << 10;
/// Answers of fewer bytes are not compressed.
pub const COMPRESSED_BYTES_MIN: u64 = 1024;
/// Chunks of a streamed answer that may wait for a slow client. An answer of up to so many chunks never waits for it.
pub const CHUNKS_WAITING_MAX: usize = 16;
/// Bytes that may be kept of answers that were sent already, so that the same request gets the same answer at once.
pub const KEPT_BYTES_MAX: usize = 64 << 20;
/// Largest answer that is kept, in bytes.
pub const KEPT_ANSWER_BYTES_MAX: usize = 1 << 20;
/// How long a client may leave a streamed answer waiting before the answer is broken off.
pub const STALL_TIMEOUT: Duration = Duration::from_secs(30);
/// Answers that may be computed or streamed by blocking threads at the same time.
pub const COMPUTATIONS_MAX: usize = 64;
/// A chart, a JSON-stat answer or a wide table with more rows than this is large: it needs all its rows before the first is
/// written.
pub const LARGE_ROWS: usize = 50_000;
/// Large answers that may be computed at the same time; a million rows take some 300 MB.
pub const LARGE_MAX: usize = 2;
/// How long a request waits for its turn to compute before it gets 503.
pub const TURN_TIMEOUT: Duration = Duration::from_secs(10);

/// Subscribers to the log (server-sent events) at the same time.
pub const SUBSCRIBERS_MAX: usize = 1_000;
/// How often a subscriber gets a sign of life while nothing is recorded.
pub const HEARTBEAT: Duration = Duration::from_secs(15);

/// Connections of each listener at the same time; further ones wait until one ends.
pub const CONNECTIONS_MAX: usize = 4_096;
/// Largest head of a request (line and headers), in bytes.
pub const HEAD_BYTES_MAX: usize = 64 << 10;
/// Most mistakes in an address that are listed. One more mistake then tells the number of the others.
pub const MISTAKES_SHOWN: usize = 50;
/// Most headers of a request.
pub const HEADERS_MAX: usize = 100;
/// How long a client may take to send the head of a request.
pub const HEAD_TIMEOUT: Duration = Duration::from_secs(20);
/// How long a client may leave the body of a request waiting.
pub const BODY_STALL_TIMEOUT: Duration = Duration::from_secs(30);
/// How long the first byte of an answer may take.
pub const READ_TIMEOUT: Duration = Duration::from_secs(30);
/// How long a write may take, including the sending of its body.
pub const WRITE_TIMEOUT: Duration = Duration::from_secs(600);
/// How long a shutdown waits for answers that are being sent.
pub const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(20);

/// Seconds after which a client that got 503 should try again.
pub const RETRY_AFTER_SECONDS: u32 = 2;
/// How long an instant must lie back before the data state at that instant counts as final.
pub const SETTLED: Duration = Duration::from_secs(60);
/// Most offices with a label of their own in /metrics.
pub const OFFICE_LABELS_MAX: usize = 1_000;

/// Most statements in a filled template.
pub const TEMPLATE_ENTRIES_MAX: usize = 100_000;

/// How long a PromQL query may take; its own `timeout` may be shorter.
pub const QUERY_TIMEOUT: Duration = Duration::from_secs(25);
/// Largest form of a PromQL query, in bytes.
pub const FORM_BYTES_MAX: usize = 1 << 20;
/// Most selectors of one search, and of one export.
pub const SELECTORS_MAX: usize = 32;
/// PromQL queries that are answered at the same time; each may use its full limit of memory.
pub const QUESTIONS_MAX: usize = 8;
/// Data states whose series are kept for PromQL queries; others are computed anew.
pub const DATA_STATES_MAX: usize = 6;
/// How long an export of all samples may take.
pub const EXPORT_TIMEOUT: Duration = Duration::from_secs(600);
