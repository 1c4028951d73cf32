//! The place where the examples of one text run: a folder with a demo server, and `ozg` on the path.

use crate::binary::Server;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// The address of the demo in the texts.
const SAID: &str = "127.0.0.1:8017";

/// A folder with a demo server, in which the examples of one text run one after the other.
pub(crate) struct Place {
    server: Server,
    variables: Vec<(String, String)>,
}

impl Place {
    /// Starts a demo server in a new folder.
    pub(crate) fn new() -> Place {
        let server = Server::demo_as_documented();
        let variables = vec![("OZG_TOKEN".to_owned(), server.token().to_owned())];
        Place { server, variables }
    }

    /// Writes a file into the folder.
    pub(crate) fn write(&self, name: &str, text: &str) {
        std::fs::write(self.server.folder().join(name), text).expect("the file can be written");
    }

    /// Runs a command in a shell; returns its output and whether it succeeded.
    pub(crate) fn run(&mut self, command: &str) -> (String, bool) {
        let command = command.replace(SAID, self.server.address());
        let export = command.strip_prefix("export ").and_then(|rest| rest.split_once('='));
        if let Some((name, value)) = export {
            let (value, is_fine) = self.shell(&format!("printf %s {value}"));
            self.variables.push((name.to_owned(), value));
            return (String::new(), is_fine);
        }
        let (output, is_fine) = self.shell(&command);
        (output.replace(self.server.address(), SAID), is_fine)
    }

    fn shell(&self, command: &str) -> (String, bool) {
        let output = Command::new("sh")
            .arg("-c")
            .arg(format!("exec 2>&1; {command}"))
            .current_dir(self.server.folder())
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

/// Puts the folder of the real command first on the path.
fn path() -> OsString {
    let mut folders: Vec<PathBuf> =
        PathBuf::from(env!("CARGO_BIN_EXE_ozg")).parent().map(PathBuf::from).into_iter().collect();
    folders.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
    std::env::join_paths(folders).expect("a path")
}
