//! Every limit of the network in one place; `GET /v1` tells them, docs/operating.md explains them.

use std::time::Duration;

/// Largest body of a request over TCP, in bytes (64 MiB).
pub const BODY_BYTES_MAX: usize = 64 << 20;
/// Largest body of a request over the local socket, in bytes (256 MiB).
pub const BODY_BYTES_MAX_LOCAL: usize = 256 << 20;
/// Entries of a page that names no `limit`.
pub const PAGE_ENTRIES_DEFAULT: usize = 100;
/// Most entries of a page.
pub const PAGE_ENTRIES_MAX: usize = 1_000;
/// Entries of a feed, and of each of its archived pages.
pub const FEED_ENTRIES: usize = 50;
/// Batches that the feed of a measure looks back at, for each of its lines.
pub const FEED_REVISIONS: usize = 500;
/// Entries that are read from the log at once where an answer streams.
pub const CHUNK_ENTRIES: usize = 512;
/// Most outcomes that a receipt lists; beyond, it names the first and the last position.
pub const RECEIPT_ENTRIES_MAX: usize = 1_000;
/// How often an edition is compared with what stands because others record something meanwhile.
pub const COMPARISONS_MAX: usize = 8;
/// Entries of the history of one entry, at most.
pub const HISTORY_ENTRIES_MAX: usize = 1_000;

/// Bytes of a streamed answer that are handed on together.
pub const CHUNK_BYTES: usize = 64 << 10;
/// Answers of fewer bytes are not compressed.
pub const COMPRESSED_BYTES_MIN: u64 = 1024;
/// Chunks of a streamed answer that may wait for a slow client; answers up to this size are computed without waiting.
pub const CHUNKS_WAITING_MAX: usize = 16;
/// Bytes that pinned answers may take which are kept as they left, so that who asks for the same again waits for nothing.
pub const KEPT_BYTES_MAX: usize = 64 << 20;
/// Largest answer that is kept, in bytes.
pub const KEPT_ANSWER_BYTES_MAX: usize = 1 << 20;
/// How long a client may leave a streamed answer waiting before it is broken off.
pub const STALL_TIMEOUT: Duration = Duration::from_secs(30);
/// Answers that may be computed or streamed by blocking threads at the same time.
pub const COMPUTATIONS_MAX: usize = 64;
/// Answers with more rows than this are large where all rows are needed before the first is written: charts, JSON-stat and
/// wide tables.
pub const LARGE_ROWS: usize = 50_000;
/// Large answers that are made at the same time; a million rows take some 300 MB.
pub const LARGE_MAX: usize = 2;
/// How long a request waits for its turn to compute before it is told to come back.
pub const TURN_TIMEOUT: Duration = Duration::from_secs(10);

/// Subscribers to the log (server-sent events) at the same time.
pub const SUBSCRIBERS_MAX: usize = 1_000;
/// How often a subscriber hears that the connection lives, where nothing is recorded.
pub const HEARTBEAT: Duration = Duration::from_secs(15);

/// Connections at the same time, each listener for itself; more wait until one ends.
pub const CONNECTIONS_MAX: usize = 4_096;
/// Largest head of a request (line and headers), in bytes.
pub const HEAD_BYTES_MAX: usize = 64 << 10;
/// Most headers of a request.
pub const HEADERS_MAX: usize = 100;
/// How long a client may take to send the head of a request.
pub const HEAD_TIMEOUT: Duration = Duration::from_secs(20);
/// How long a client may leave the body of a request waiting.
pub const BODY_STALL_TIMEOUT: Duration = Duration::from_secs(30);
/// How long it may take until an answer begins.
pub const READ_TIMEOUT: Duration = Duration::from_secs(30);
/// How long it may take until a write is answered, its body included.
pub const WRITE_TIMEOUT: Duration = Duration::from_secs(600);
/// How long a shutdown waits for answers that are under way.
pub const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(20);

/// After how many seconds a client that was told to come back should do so.
pub const RETRY_AFTER_SECONDS: u32 = 2;
/// How long an instant must lie back before a data state that ends there is known not to change any more.
pub const SETTLED: Duration = Duration::from_secs(60);
/// Most offices that get a label of their own in /metrics.
pub const OFFICE_LABELS_MAX: usize = 1_000;

/// Most statements of a template that is filled with what stands.
pub const TEMPLATE_ENTRIES_MAX: usize = 100_000;

/// How long a question of the query API may take; its own `timeout` may be shorter.
pub const QUERY_TIMEOUT: Duration = Duration::from_secs(25);
/// Largest form of a question of the query API, in bytes.
pub const FORM_BYTES_MAX: usize = 1 << 20;
/// Most selectors of one search, and of one export.
pub const SELECTORS_MAX: usize = 32;
/// Questions of the query API that are answered at once; each may have as much in hand as it may take.
pub const QUESTIONS_MAX: usize = 8;
/// Most points of one answer of the query API.
pub const ANSWER_POINTS_MAX: usize = 10_000_000;
/// Data states whose series are kept for the query API; others are computed anew.
pub const DATA_STATES_MAX: usize = 6;
/// How long an export of all samples may take.
pub const EXPORT_TIMEOUT: Duration = Duration::from_secs(600);
