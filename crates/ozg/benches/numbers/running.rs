//! Servers that the bench starts as child processes, asks, watches, and ends.

use crate::measured::to_f64;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

/// A server that is ended with the bench.
pub(crate) struct Running {
    pub(crate) child: Child,
    pub(crate) address: String,
    /// What stands before the addresses of the query API.
    pub(crate) prefix: &'static str,
    /// Kept open: a server whose output nobody takes may end.
    pub(crate) _out: Option<ChildStdout>,
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Running {
    /// Starts a server that prints its address, with nobody reading its log.
    pub(crate) fn start(command: &mut Command, folder: &Path) -> Running {
        let mut child = command
            .current_dir(folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the server starts");
        let mut out = child.stdout.take().expect("its output");
        let address = BufReader::with_capacity(1, &mut out)
            .lines()
            .map_while(Result::ok)
            .find_map(|line| Some(line.split_once("http://")?.1.split(['/', ' ']).next()?.to_owned()))
            .expect("an address");
        Running { child, address, prefix: "/prometheus", _out: Some(out) }
    }

    /// Starts the tracker on a folder of data.
    pub(crate) fn tracker(folder: &Path, arguments: &[&str]) -> Running {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ozg"));
        command.args(["serve", "--data", "data", "--listen", "127.0.0.1:0"]).args(arguments);
        Running::start(&mut command, folder)
    }

    /// Returns the highest resident memory that it ever had.
    pub(crate) fn peak_bytes(&self) -> usize {
        self.status_bytes("VmHWM:")
    }

    /// Returns its resident memory.
    pub(crate) fn resident_bytes(&self) -> usize {
        self.status_bytes("VmRSS:")
    }

    fn status_bytes(&self, name: &str) -> usize {
        let path = format!("/proc/{}/status", self.child.id());
        let status = std::fs::read_to_string(path).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        line.and_then(|rest| rest.split_whitespace().next()?.parse::<usize>().ok()).unwrap_or(0) * 1_024
    }

    /// Returns how long processors have worked for it, in hundredths of a second, as Linux counts.
    pub(crate) fn busy(&self) -> Duration {
        let path = format!("/proc/{}/stat", self.child.id());
        let stat = std::fs::read_to_string(path).unwrap_or_default();
        // Behind the name, which may have spaces, the 12th and 13th words are those of the process and of the system.
        let words = stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2);
        let ticks: u64 = words.filter_map(|word| word.parse::<u64>().ok()).sum();
        Duration::from_millis(ticks * 10)
    }
}

/// Asks with a connection of its own, and returns the body.
pub(crate) fn get(address: &str, path: &str) -> Vec<u8> {
    get_with(address, path, "").1
}

/// Asks with further lines of headers, and returns head and body.
pub(crate) fn get_with(address: &str, path: &str, lines: &str) -> (String, Vec<u8>) {
    let mut stream = TcpStream::connect(address).expect("a connection");
    write!(stream, "GET {path} HTTP/1.0\r\nHost: {address}\r\n{lines}Connection: close\r\n\r\n")
        .expect("a request");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("an answer");
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
    let body = answer.split_off(end + 4);
    (String::from_utf8_lossy(&answer).into_owned(), body)
}

pub(crate) fn mib(bytes: usize) -> f64 {
    to_f64(bytes >> 20)
}
