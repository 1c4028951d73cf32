//! Memory while many slow readers hold a large download, and while large workbooks are made.

use crate::measured::Table;
use crate::running::{Running, mib};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// Readers, how long they hold, and what each takes of its answer every tenth of a second.
const READERS: usize = 64;
const TENTHS: u32 = 150;
const BYTES: usize = 8 << 10;

/// Holds a download with many slow readers and looks at the memory of the server.
pub(crate) fn run(tracker: &Running, what: &str, path: &str, table: &mut Table) {
    let before = tracker.resident_bytes();
    let address = &tracker.address;
    let mut streams: Vec<TcpStream> = (0..READERS)
        .map(|_| {
            let mut stream = TcpStream::connect(address).expect("a connection");
            write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\n\r\n").expect("a request");
            stream
        })
        .collect();
    let (mut most, mut last, mut part) = (0, 0, vec![0; BYTES]);
    for _ in 0..TENTHS {
        for stream in &mut streams {
            stream.set_nonblocking(true).expect("a connection");
            // Nothing may have come yet.
            let _ = stream.read(&mut part);
        }
        std::thread::sleep(Duration::from_millis(100));
        last = tracker.resident_bytes();
        most = most.max(last);
    }
    let value = format!(
        "{:.0} MiB before, {:.0} MiB at most, {:.0} MiB at the end",
        mib(before),
        mib(most),
        mib(last)
    );
    table.row(&format!("memory: {READERS} slow readers of {what}"), value, "constant");
}
