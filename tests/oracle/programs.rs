//! How promtool and Prometheus are called, by the tests and by the bench beside them.

use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A subquery that names no step has one a day in the tracker; in Prometheus it follows from this.
pub(crate) const CONFIG: &str = "global:\n  evaluation_interval: 1d\n";

/// Tells whether both are installed.
pub(crate) fn are_there() -> bool {
    ["prometheus", "promtool"].iter().all(|name| Command::new(name).arg("--version").output().is_ok())
}

/// Fills the database of a folder with its file `samples`, an export of a tracker.
pub(crate) fn fill(folder: &Path) {
    let arguments =
        ["tsdb", "create-blocks-from", "openmetrics", "--max-block-duration=8760h", "samples", "tsdb"];
    let filled =
        Command::new("promtool").args(arguments).current_dir(folder).output().expect("promtool runs");
    assert!(filled.status.success(), "{}", String::from_utf8_lossy(&filled.stderr));
}

/// Starts Prometheus on the database of a folder; it is ready later.
pub(crate) fn start(folder: &Path, config: &str, address: &str) -> Child {
    std::fs::write(folder.join("prometheus.yml"), config).expect("a file");
    let arguments =
        ["--config.file=prometheus.yml", "--storage.tsdb.path=tsdb", "--storage.tsdb.retention.time=50y"];
    Command::new("prometheus")
        .args(arguments)
        // A series that ends is seen for less than the day and a half until the noon after the next midnight.
        .args(["--query.lookback-delta=35h", &format!("--web.listen-address={address}")])
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("prometheus starts")
}
