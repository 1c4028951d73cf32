//! `ozg backup` copies the log into one file; `ozg restore` puts such a file into an empty data folder.

use crate::answer;
use crate::cli::Global;
use crate::connection::{Connection, folder, open_here, request, unopened};
use crate::failure::{Failure, tell};
use crate::language::say;
use ozg_http::message::header::ETAG;
use ozg_http::message::{Body, Method};
use ozg_log::{NewFile, replace_file};
use ozg_tracker::Options;
use std::path::Path;

/// The mode of a copy, less the umask.
const MODE: u32 = 0o640;

/// Writes a copy of the log; the file gets its name only when it is complete and durable.
pub(crate) async fn run(connection: &Connection, file: &Path) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::said(format!("{}: {error}", file.display()));
    if file.exists() {
        let why = say("gibt es schon; eine andere Datei nennen", "exists already; name another file");
        return Err(Failure::said(format!("{} {why}", file.display())));
    }
    let response = connection.send(request(Method::POST, "/local/backup", Body::empty())?).await?;
    let tag = response.headers().get(ETAG).and_then(|tag| tag.to_str().ok()).unwrap_or_default();
    let position = tag.trim_matches('"').to_owned();
    let mut new = NewFile::begin(file, MODE).map_err(failed)?;
    answer::copy_to(response, new.file()).await?;
    new.finish().map_err(failed)?;
    let done = say("gesichert bis Position", "backed up to position");
    tell(format!("{}: {done} {position}", file.display()))?;
    Ok(())
}

/// Puts a backup in place of a log that does not exist, and verifies it.
pub(crate) async fn restore(global: &Global, file: &Path) -> Result<(), Failure> {
    let folder = folder(global);
    let log = folder.join(ozg_log::FILE_NAME);
    if log.exists() {
        let why = say(
            "der Ordner hat schon ein Protokoll; einen anderen Ordner nennen oder das Protokoll verschieben",
            "the folder has a log already; name another folder or move the log away",
        );
        return Err(Failure::said(format!("{}: {why}", folder.display())));
    }
    let failed = |error: std::io::Error| Failure::said(format!("{}: {error}", file.display()));
    std::fs::create_dir_all(&folder).map_err(failed)?;
    let copied = std::fs::File::open(file)
        .and_then(|mut backup| replace_file(&log, MODE, |new| std::io::copy(&mut backup, new).map(drop)));
    copied.map_err(failed)?;
    let options = Options { verify: false, ..Options::default() };
    let opened = open_here(&folder, options).await?;
    let tracker = opened.map_err(|error| unopened(&folder, &error))?;
    let verifying = tokio::task::spawn_blocking(move || {
        let head = tracker.verify(&mut |_| {});
        tracker.close();
        head
    });
    let verified = verifying.await.map_err(Failure::said)?.map_err(Failure::said)?;
    let done = say("wiederhergestellt bis Position", "restored to position");
    tell(format!("{}: {done} {}", folder.display(), verified.head.position))?;
    Ok(())
}
