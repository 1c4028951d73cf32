//! The real binary: commands in a folder of their own, and a server that is killed when the test ends.

use crate::process::{DEADLINE, Process, free_address, wait_for};
use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Output, Stdio};
use tempfile::TempDir;

/// Makes a command with the binary, in English and with nothing of the surroundings.
pub(crate) fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ozg"));
    for name in ["LC_ALL", "LC_MESSAGES", "OZG_DATA", "OZG_SERVER", "OZG_TOKEN", "OZG_OFFICE", "RUST_LOG"] {
        command.env_remove(name);
    }
    command.env("LANG", "en_GB.UTF-8").current_dir(folder);
    command
}

/// Exit code and output of a command.
#[derive(Debug)]
pub(crate) struct Said {
    code: i32,
    out: String,
    err: String,
}

impl Said {
    pub(crate) fn of(output: &Output) -> Said {
        Said {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Returns the output of a command that succeeded.
    #[track_caller]
    pub(crate) fn done(self) -> String {
        assert_eq!(self.code, 0, "{}{}", self.out, self.err);
        self.out
    }

    /// Returns the errors of a command that failed.
    #[track_caller]
    pub(crate) fn failed(self) -> String {
        assert_eq!(self.code, 1, "{}{}", self.out, self.err);
        self.err
    }
}

/// A folder in which commands run.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new() -> Folder {
        Folder(tempfile::tempdir().expect("a folder"))
    }

    /// Makes a folder with a log that has an office.
    pub(crate) fn with_office() -> Folder {
        let folder = Folder::new();
        folder.run(&["office", "add", "bb"]).done();
        folder
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        std::fs::write(self.path().join(name), content).expect("the file can be written");
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Said {
        Said::of(&command(self.path()).args(arguments).output().expect("the command runs"))
    }

    /// Runs a command and gives it something to read.
    pub(crate) fn feed(&self, arguments: &[&str], input: &[u8]) -> Said {
        let mut child = command(self.path())
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command starts");
        child.stdin.take().expect("its input").write_all(input).expect("it reads");
        Said::of(&child.wait_with_output().expect("it ends"))
    }

    /// Returns the position at which the log ends.
    pub(crate) fn head(&self) -> u32 {
        let said = self.run(&["log", "head"]).done();
        let position = said.lines().find_map(|line| line.strip_prefix("position"));
        position.and_then(|position| position.trim().parse().ok()).expect("a position")
    }
}

/// A running server.
pub(crate) struct Server {
    process: Process,
    /// A folder that is removed with the server.
    owned: Option<Folder>,
    path: PathBuf,
    url: String,
    token: String,
}

impl Server {
    /// Starts a server with the published figures in a new folder.
    pub(crate) fn demo() -> Server {
        Server::demo_with("127.0.0.1:0", &["--data", "data"])
    }

    /// Starts such a server as the documentation does: its data are in `data-demo`.
    pub(crate) fn demo_as_documented() -> Server {
        Server::demo_with("127.0.0.1:0", &[])
    }

    /// Starts such a server with its own address as public URL, so that its links are whole.
    pub(crate) fn demo_at_home() -> Server {
        let address = free_address();
        Server::demo_at(&address, &format!("http://{address}"))
    }

    /// Serves the demo under a public address, as whom GovData knows.
    pub(crate) fn demo_at(address: &str, public_url: &str) -> Server {
        let named = [
            "--contact",
            "ozg@example.org",
            "--contributor",
            "http://dcat-ap.de/def/contributors/musterland",
        ];
        Server::demo_with(address, &[&["--data", "data", "--public-url", public_url], &named[..]].concat())
    }

    fn demo_with(address: &str, arguments: &[&str]) -> Server {
        let folder = Folder::new();
        let arguments = [&["--demo"], arguments].concat();
        let mut server = Server::start(folder.path(), address, &arguments);
        server.owned = Some(folder);
        server
    }

    /// Starts a server on the data of a folder.
    pub(crate) fn on(folder: &Folder) -> Server {
        Server::with_variables(folder, &[])
    }

    /// Starts such a server with variables of the environment.
    pub(crate) fn with_variables(folder: &Folder, variables: &[(&str, &str)]) -> Server {
        let mut command = command(folder.path());
        command.envs(variables.iter().copied());
        Server::start_as(command, folder.path(), "127.0.0.1:0", &[])
    }

    fn start(path: &Path, address: &str, arguments: &[&str]) -> Server {
        Server::start_as(command(path), path, address, arguments)
    }

    fn start_as(mut command: Command, path: &Path, address: &str, arguments: &[&str]) -> Server {
        let mut child = command
            .args(["serve", "--listen", address])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the command starts");
        let mut lines =
            BufReader::new(child.stdout.take().expect("its output")).lines().map_while(Result::ok);
        let (mut url, mut token) = (String::new(), String::new());
        let has_token = arguments.contains(&"--demo");
        for line in lines.by_ref() {
            let word = |prefix: &str| {
                line.split_whitespace().find(|word| word.starts_with(prefix)).map(str::to_owned)
            };
            if url.is_empty() {
                url = word("http://").unwrap_or_default().trim_end_matches('/').to_owned();
            }
            token = word("ozg_").unwrap_or_default();
            if !token.is_empty() || (!has_token && line.contains("data (entries)")) {
                break;
            }
        }
        assert!(!url.is_empty(), "the server did not start");
        // Later output is read and dropped, so that it does not fill the pipe.
        std::thread::spawn(move || lines.for_each(drop));
        Server { process: Process(child), owned: None, path: path.to_owned(), url, token }
    }

    /// Returns where it listens, without a slash at the end.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Returns host and port.
    pub(crate) fn address(&self) -> &str {
        self.url.trim_start_matches("http://")
    }

    /// Returns the token of the demo office.
    pub(crate) fn token(&self) -> &str {
        &self.token
    }

    /// Returns the folder in which the server and its data are.
    pub(crate) fn folder(&self) -> &Path {
        self.owned.as_ref().map_or(&self.path, Folder::path)
    }

    /// Asks for an address and returns the body of the answer, whose status is 200.
    #[track_caller]
    pub(crate) fn get(&self, path: &str) -> String {
        let (status, body) = self.ask("GET", path, &[], b"");
        assert_eq!(status, 200, "{path}: {body}");
        body
    }

    #[track_caller]
    pub(crate) fn json(&self, path: &str) -> Value {
        serde_json::from_str(&self.get(path)).expect("JSON")
    }

    /// Asks for an address and returns the bytes of the answer, whose status is 200.
    #[track_caller]
    pub(crate) fn download(&self, path: &str) -> Vec<u8> {
        let (head, body) = exchange(self.address(), "GET", path, &[], b"").expect("an answer");
        assert_eq!(status(&head), Some(200), "{path}: {head}\n{}", String::from_utf8_lossy(&body));
        body
    }

    /// Sends a request and returns status and body.
    #[track_caller]
    pub(crate) fn ask(&self, method: &str, path: &str, headers: &[&str], body: &[u8]) -> (u16, String) {
        try_ask(self.address(), method, path, headers, body).expect("an answer")
    }

    /// Sends a signal by its name.
    pub(crate) fn signal(&self, name: &str) {
        let kill = Command::new("kill").args(["-s", name, &self.process.0.id().to_string()]).status();
        assert!(kill.expect("kill runs").success());
    }

    /// Waits until the server has ended.
    pub(crate) fn ended(&mut self) -> ExitStatus {
        wait_for("the server ends", || self.process.0.try_wait().expect("a child"))
    }
}

/// Sends a request of HTTP/1.0, whose answer ends with the connection; nothing where the server is gone.
pub(crate) fn try_ask(
    address: &str,
    method: &str,
    path: &str,
    headers: &[&str],
    body: &[u8],
) -> Option<(u16, String)> {
    let (head, body) = exchange(address, method, path, headers, body)?;
    Some((status(&head)?, String::from_utf8_lossy(&body).into_owned()))
}

/// Asks for an address and returns status, head and body of the answer; nothing where nobody listens.
pub(crate) fn headed(address: &str, path: &str) -> Option<(u16, String, String)> {
    sent(address, "GET", path, &[], b"")
}

/// Sends a request and returns status, head and body of the answer; nothing where nobody listens.
pub(crate) fn sent(
    address: &str,
    method: &str,
    path: &str,
    headers: &[&str],
    body: &[u8],
) -> Option<(u16, String, String)> {
    let (head, body) = exchange(address, method, path, headers, body)?;
    Some((status(&head)?, head, String::from_utf8_lossy(&body).into_owned()))
}

/// Returns the status that the head of an answer begins with.
fn status(head: &str) -> Option<u16> {
    head.split(' ').nth(1)?.parse().ok()
}

/// Sends a request and returns the head and the bytes of the answer.
fn exchange(
    address: &str,
    method: &str,
    path: &str,
    headers: &[&str],
    body: &[u8],
) -> Option<(String, Vec<u8>)> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(DEADLINE)).ok()?;
    let mut head = format!("{method} {path} HTTP/1.0\r\nHost: {address}\r\nAccept-Language: en\r\n");
    if !body.is_empty() {
        head.push_str(&format!("Content-Length: {}\r\n", body.len()));
    }
    headers.iter().for_each(|header| head.push_str(&format!("{header}\r\n")));
    // All at once: a server that refuses without reading the body ends the connection, and the answer could be lost with what
    // comes behind.
    stream.write_all(&[head.as_bytes(), b"\r\n", body].concat()).ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n")?;
    let body = answer.split_off(end + 4);
    Some((String::from_utf8_lossy(&answer[..end]).into_owned(), body))
}
