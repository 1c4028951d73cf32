//! Load from outside: `wrk` for as many requests as a server takes, and a generator with a fixed rate. Both run on the
//! machine of the server and take their share of it.

use crate::measured::{quantiles, to_f64};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::time::{Duration, Instant};

/// Connections of each generator, and how long it asks.
const CONNECTIONS: usize = 32;
const SECONDS: u32 = 4;

/// What is asked: a path, and further lines of headers.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) path: String,
    pub(crate) header: Option<String>,
}

/// Tells whether `wrk` is here, or says how to get it.
pub(crate) fn is_here() -> bool {
    let is_here = Command::new("wrk").arg("-v").output().is_ok();
    if !is_here {
        println!("wrk is not installed, so nothing is measured under load (apt-get install wrk)");
    }
    is_here
}

/// Asks as often as the server answers, and returns how many answers there were in a second.
pub(crate) fn most(address: &str, asked: &Asked) -> f64 {
    let mut command = Command::new("wrk");
    command.args(["-t1", &format!("-c{CONNECTIONS}"), &format!("-d{SECONDS}s")]);
    command.args(asked.header.iter().flat_map(|header| ["-H", header]));
    let output = command.arg(format!("http://{address}{}", asked.path)).output().expect("wrk runs");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(!text.contains("Non-2xx") && !text.contains("Socket errors"), "{asked:?}: {text}");
    let line = text.lines().find_map(|line| line.strip_prefix("Requests/sec:")).expect("a rate");
    line.trim().parse().expect("a number")
}

/// Asks at a fixed rate, each request at its own time whatever became of those before, and returns the median and the
/// value below which 99 of 100 lie. A request that waits for its connection has begun to wait when it was due.
pub(crate) fn at_rate(address: &str, asked: &Asked, rate: f64) -> (Duration, Duration) {
    let header = asked.header.iter().map(|header| format!("{header}\r\n")).collect::<String>();
    let request = format!("GET {} HTTP/1.1\r\nHost: {address}\r\n{header}\r\n", asked.path);
    let step = Duration::from_secs_f64(1.0 / rate.max(1.0));
    let end = Duration::from_secs(u64::from(SECONDS));
    let start = Instant::now() + Duration::from_millis(50);
    let one = |first: usize| {
        let mut connection = Connection::new(address);
        let mut times = Vec::new();
        let mut number = first;
        loop {
            let due = step.mul_f64(to_f64(number));
            if due >= end {
                return times;
            }
            std::thread::sleep((start + due).saturating_duration_since(Instant::now()));
            connection.ask(&request);
            times.push((start + due).elapsed());
            number += CONNECTIONS;
        }
    };
    let mut times: Vec<Duration> = std::thread::scope(|scope| {
        let asking: Vec<_> = (0..CONNECTIONS).map(|first| scope.spawn(move || one(first))).collect();
        asking.into_iter().flat_map(|thread| thread.join().expect("it asks")).collect()
    });
    quantiles(&mut times)
}

/// A connection that asks one request after the other.
struct Connection {
    stream: TcpStream,
    answers: BufReader<TcpStream>,
    body: Vec<u8>,
}

impl Connection {
    fn new(address: &str) -> Connection {
        let stream = TcpStream::connect(address).expect("a connection");
        stream.set_nodelay(true).expect("a connection");
        let answers = BufReader::with_capacity(64 << 10, stream.try_clone().expect("a connection"));
        Connection { stream, answers, body: Vec::new() }
    }

    fn ask(&mut self, request: &str) {
        self.stream.write_all(request.as_bytes()).expect("it takes the request");
        let (mut length, mut is_chunked, mut is_first) = (0, false, true);
        let mut line = String::new();
        loop {
            line.clear();
            self.answers.read_line(&mut line).expect("a head");
            let told = line.trim_end().to_ascii_lowercase();
            assert!(!is_first || told.contains(" 200 ") || told.contains(" 304 "), "{told}");
            is_first = false;
            match told.split_once(": ") {
                Some(("content-length", number)) => length = number.parse().expect("a length"),
                Some(("transfer-encoding", _)) => is_chunked = true,
                _ if told.is_empty() => break,
                _ => {}
            }
        }
        if !is_chunked {
            return self.take(length);
        }
        loop {
            line.clear();
            self.answers.read_line(&mut line).expect("a chunk");
            let length = usize::from_str_radix(line.trim_end(), 16).expect("its length");
            self.take(length + 2);
            if length == 0 {
                return;
            }
        }
    }

    fn take(&mut self, length: usize) {
        self.body.resize(length, 0);
        self.answers.read_exact(&mut self.body).expect("a body");
    }
}
