//! A real Prometheus, filled by the export of a tracker.

use crate::binary::{Server, command, try_ask, wait_for};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

/// A subquery that names no step has one a day in the tracker; here it follows from this.
const CONFIG: &str = "global:\n  evaluation_interval: 1d\n";

/// A running Prometheus.
pub(crate) struct Prometheus {
    child: Child,
    address: String,
    _folder: TempDir,
}

impl Prometheus {
    /// Tells whether the programs are installed.
    pub(crate) fn is_there() -> bool {
        ["prometheus", "promtool"].iter().all(|name| Command::new(name).arg("--version").output().is_ok())
    }

    /// Fills one with the series of a tracker that selectors find, and starts it.
    pub(crate) fn filled_from(tracker: &Server, selectors: &[&str]) -> Prometheus {
        Prometheus::filled(tracker, selectors, &[])
    }

    /// Fills one with what was known at a data state, and starts it.
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
        let filled = Command::new("promtool")
            .args([
                "tsdb",
                "create-blocks-from",
                "openmetrics",
                "--max-block-duration=8760h",
                "samples",
                "tsdb",
            ])
            .current_dir(folder.path())
            .output()
            .expect("promtool runs");
        assert!(filled.status.success(), "{}", String::from_utf8_lossy(&filled.stderr));
        Prometheus::start(folder, CONFIG)
    }

    /// Starts an empty one with a configuration.
    pub(crate) fn with_config(config: &str) -> Prometheus {
        Prometheus::start(tempfile::tempdir().expect("a folder"), config)
    }

    fn start(folder: TempDir, config: &str) -> Prometheus {
        std::fs::write(folder.path().join("prometheus.yml"), config).expect("a file");
        let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let address = free.expect("a free port").to_string();
        let child = Command::new("prometheus")
            .args([
                "--config.file=prometheus.yml",
                "--storage.tsdb.path=tsdb",
                "--storage.tsdb.retention.time=50y",
            ])
            // A series that ends is seen for less than the day and a half until the noon after the next midnight.
            .args(["--query.lookback-delta=35h", &format!("--web.listen-address={address}")])
            .current_dir(folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("prometheus starts");
        wait_for("Prometheus is ready", || {
            try_ask(&address, "GET", "/-/ready", &[], b"").filter(|(status, _)| *status == 200)
        });
        Prometheus { child, address, _folder: folder }
    }

    /// Returns host and port.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }
}

impl Drop for Prometheus {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
