//! `ozg backup` and `ozg restore`.

use crate::answer;
use crate::cli::Global;
use crate::connection::{Connection, folder, open_here, request, unopened};
use crate::failure::{Failure, tell};
use crate::language::say;
use axum::body::Body;
use axum::http::Method;
use axum::http::header::CONTENT_TYPE;
use ozg_tracker::Options;
use serde_json::{Value, json};
use std::path::Path;

pub(crate) async fn run(connection: &Connection, file: &Path) -> Result<(), Failure> {
    let head = run_quietly(connection, file).await?;
    let position = head["position"].as_u64().unwrap_or(0);
    tell(format!(
        "{}: {} {position}",
        file.display(),
        say("gesichert bis Position", "backed up to position")
    ))?;
    Ok(())
}

/// Has the log copied into a new file and returns the head of the copy.
pub(crate) async fn run_quietly(connection: &Connection, file: &Path) -> Result<Value, Failure> {
    // A server may work in another folder than this command.
    let to = std::path::absolute(file)?;
    let mut request = request(Method::POST, "/local/backup", Body::from(json!({ "to": to }).to_string()))?;
    request.headers_mut().insert(CONTENT_TYPE, axum::http::HeaderValue::from_static("application/json"));
    answer::json(connection.send(request).await?, None).await
}

/// Puts a backup in place of a log that does not exist, and verifies it.
pub(crate) async fn restore(global: &Global, file: &Path) -> Result<(), Failure> {
    let folder = folder(global);
    let log = folder.join(ozg_log::FILE_NAME);
    if log.exists() {
        let why = say(
            "hier steht schon ein Protokoll; einen anderen Ordner nennen oder es wegräumen",
            "there is a log already; name another folder or move it away",
        );
        return Err(Failure::said(format!("{}: {why}", folder.display())));
    }
    let failed = |error: std::io::Error| Failure::said(format!("{}: {error}", file.display()));
    std::fs::create_dir_all(&folder).map_err(failed)?;
    let new = log.with_extension("restoring");
    std::fs::copy(file, &new).map_err(failed)?;
    std::fs::File::open(&new).and_then(|copy| copy.sync_all()).map_err(failed)?;
    std::fs::rename(&new, &log).map_err(failed)?;
    std::fs::File::open(&folder).and_then(|folder| folder.sync_all()).map_err(failed)?;
    let options = Options { verify: false, ..Options::default() };
    let opened = open_here(&folder, options).await?;
    let tracker = opened.map_err(|error| unopened(&folder, &error))?;
    let verifying = tokio::task::spawn_blocking(move || {
        let head = tracker.verify(&mut |_| {});
        tracker.close();
        head
    });
    let head = verifying.await.map_err(Failure::said)?.map_err(Failure::said)?;
    let done = say("wiederhergestellt bis Position", "restored to position");
    tell(format!("{}: {done} {}", folder.display(), head.position))?;
    Ok(())
}
