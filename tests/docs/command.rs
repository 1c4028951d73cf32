//! The real command for the examples: a folder of its own for each text, with `ozg` on the path and a demo server.

use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

/// Where the texts say that the demo listens.
const SAID: &str = "127.0.0.1:8017";

/// A folder with a demo server, in which the examples of one text run one after the other.
pub(crate) struct Place {
    folder: TempDir,
    server: Child,
    /// Where the server really listens.
    address: String,
    variables: Vec<(String, String)>,
}

impl Place {
    /// Starts a demo server in a new folder.
    pub(crate) fn new() -> Place {
        let folder = tempfile::tempdir().expect("a folder");
        let mut server = Command::new(env!("CARGO_BIN_EXE_ozg"))
            .args(["serve", "--demo", "--listen", "127.0.0.1:0"])
            .current_dir(folder.path())
            .env("LANG", "en_US.UTF-8")
            .env_remove("LC_ALL")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the command starts");
        let mut said =
            BufReader::new(server.stdout.take().expect("its output")).lines().map_while(Result::ok);
        let (mut address, mut token) = (None, None);
        while address.is_none() || token.is_none() {
            let line = said.next().expect("the server says where it listens, and the demo token");
            let words = || line.split(|c: char| c.is_whitespace() || "'\"`=,".contains(c));
            let found = words().find_map(|word| word.strip_prefix("http://"));
            address = address.or_else(|| found.map(|rest| rest.trim_end_matches('/').to_owned()));
            token = token.or_else(|| words().find(|word| word.starts_with("ozg_")).map(str::to_owned));
        }
        // What it says later must not fill the pipe.
        std::thread::spawn(move || said.for_each(drop));
        let variables = token.into_iter().map(|token| ("OZG_TOKEN".to_owned(), token)).collect();
        Place { folder, server, address: address.unwrap_or_default(), variables }
    }

    /// Writes a file into the folder.
    pub(crate) fn write(&self, name: &str, text: &str) {
        std::fs::write(self.folder.path().join(name), text).expect("the file can be written");
    }

    /// Runs a command in a shell; returns its output and whether it succeeded.
    pub(crate) fn run(&mut self, command: &str) -> (String, bool) {
        let command = command.replace(SAID, &self.address);
        let export = command.strip_prefix("export ").and_then(|rest| rest.split_once('='));
        if let Some((name, value)) = export {
            let (value, is_fine) = self.shell(&format!("printf %s {value}"));
            self.variables.push((name.to_owned(), value));
            return (String::new(), is_fine);
        }
        let (output, is_fine) = self.shell(&command);
        (output.replace(&self.address, SAID), is_fine)
    }

    fn shell(&self, command: &str) -> (String, bool) {
        let output = Command::new("sh")
            .arg("-c")
            .arg(format!("exec 2>&1; {command}"))
            .current_dir(self.folder.path())
            .env("PATH", path())
            .env("LANG", "en_US.UTF-8")
            .env_remove("LC_ALL")
            .env_remove("OZG_DATA")
            .envs(self.variables.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .output()
            .expect("a shell");
        (String::from_utf8_lossy(&output.stdout).into_owned(), output.status.success())
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// Puts the folder of the real command first on the path.
fn path() -> OsString {
    let mut folders: Vec<PathBuf> =
        PathBuf::from(env!("CARGO_BIN_EXE_ozg")).parent().map(PathBuf::from).into_iter().collect();
    folders.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
    std::env::join_paths(folders).expect("a path")
}
