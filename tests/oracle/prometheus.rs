//! A real Prometheus, filled by the export of a tracker.

use super::programs;
use crate::binary::{Server, command, try_ask};
use crate::process::{Process, free_address, wait_for};
use tempfile::TempDir;

/// A running Prometheus.
pub(crate) struct Prometheus {
    _process: Process,
    address: String,
    _folder: TempDir,
}

impl Prometheus {
    /// Tells whether the programs are installed.
    pub(crate) fn is_there() -> bool {
        programs::are_there()
    }

    /// Fills one with the series of a tracker that selectors find, and starts it.
    pub(crate) fn filled_from(tracker: &Server, selectors: &[&str]) -> Prometheus {
        Prometheus::filled(tracker, selectors, &[])
    }

    /// Fills one with the series as they were known at a data state, and starts it.
    pub(crate) fn filled_as_of(tracker: &Server, selectors: &[&str], state: &str) -> Prometheus {
        Prometheus::filled(tracker, selectors, &["--as-of", state])
    }

    fn filled(tracker: &Server, selectors: &[&str], more: &[&str]) -> Prometheus {
        let folder = tempfile::tempdir().expect("a folder");
        let file = std::fs::File::create(folder.path().join("samples")).expect("a file");
        let mut export = command(tracker.folder());
        export.args(["export", "openmetrics", "--data", "data"]).args(more);
        selectors.iter().for_each(|selector| {
            export.args(["--match", selector]);
        });
        assert!(export.stdout(file).status().expect("the command runs").success());
        programs::fill(folder.path());
        Prometheus::start(folder, programs::CONFIG)
    }

    /// Starts an empty one with a configuration.
    pub(crate) fn with_config(config: &str) -> Prometheus {
        Prometheus::start(tempfile::tempdir().expect("a folder"), config)
    }

    fn start(folder: TempDir, config: &str) -> Prometheus {
        let address = free_address();
        let process = Process(programs::start(folder.path(), config, &address));
        wait_for("Prometheus is ready", || {
            try_ask(&address, "GET", "/-/ready", &[], b"").filter(|(status, _)| *status == 200)
        });
        Prometheus { _process: process, address, _folder: folder }
    }

    /// Returns host and port.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }
}
