//! `ozg serve` opens the log, listens, prints its addresses, and shuts down in order at SIGINT or SIGTERM.

use super::demo;
use crate::cli::{Demo, Global, LogForm, Serve};
use crate::connection::{SOCKET_NAME, folder, open_here, unopened};
use crate::failure::Failure;
use crate::language::say;
use ozg_http::{App, Config};
use ozg_tracker::{Options, Tracker};
use std::io::{IsTerminal, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use tokio::net::{TcpListener, UnixListener};
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

/// Data folders of the demos, without `--data`.
const FOLDER_DEMO: &str = "data-demo";
const FOLDER_SIMULATED: &str = "data-demo/simulated";
/// Only the operator's own user may speak over the socket.
const SOCKET_MODE: u32 = 0o600;

/// Serves until SIGINT or SIGTERM.
pub(crate) async fn run(global: &Global, arguments: Serve) -> Result<(), Failure> {
    start_log(arguments.log);
    let folder = match (&global.data, arguments.demo) {
        (None, Some(Demo::Published)) => PathBuf::from(FOLDER_DEMO),
        (None, Some(Demo::Simulated)) => PathBuf::from(FOLDER_SIMULATED),
        _ => folder(global),
    };
    if arguments.demo == Some(Demo::Simulated) {
        demo::simulate(&folder).await?;
    }
    let tracker = open_here(&folder, Options::default()).await?.map_err(|error| unopened(&folder, &error))?;
    if arguments.demo == Some(Demo::Published) {
        demo::publish(&tracker).await?;
    }
    let token = match arguments.demo {
        Some(_) => Some(demo::token(&tracker)?),
        None => None,
    };
    let tcp = TcpListener::bind(arguments.listen).await;
    let tcp = tcp.map_err(|error| Failure::said(format!("{}: {error}", arguments.listen)))?;
    let address = format!("http://{}", tcp.local_addr()?);
    let socket_path = folder.join(SOCKET_NAME);
    let socket = listen_here(&socket_path)?;
    let ended = ended()?;
    print(&address, &folder, &tracker, token.as_deref())?;
    let mut config = Config::default();
    config.operator = arguments.operator.unwrap_or(config.operator);
    config.licence = arguments.licence.unwrap_or(config.licence);
    config.public_url = arguments.public_url.unwrap_or(config.public_url).trim_end_matches('/').to_owned();
    config.contact = arguments.contact.unwrap_or(config.contact);
    config.contributor = arguments.contributor.unwrap_or(config.contributor);
    if config.public_url.is_empty() {
        tracing::warn!(
            "no public URL: permalinks and citations are paths without a host; set it with --public-url https://ozg.example.org (OZG_PUBLIC_URL)"
        );
    }
    let app = App { tracker: tracker.clone(), config };
    let served = ozg_http::serve(app, tcp, Some(socket), ended).await;
    // A command that starts now waits for the log instead of speaking to a server that is ending.
    let _ = std::fs::remove_file(&socket_path);
    let closing = tokio::task::spawn_blocking(move || tracker.close());
    closing.await.map_err(Failure::said)?;
    tracing::info!("closed");
    Ok(served?)
}

fn start_log(form: LogForm) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let colours = std::io::stderr().is_terminal();
    let builder =
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(colours);
    match form {
        LogForm::Text => builder.init(),
        LogForm::Json => builder.json().init(),
    }
}

/// Makes the socket file under another name, closes it to other users, and moves it into place. A stale file is replaced.
fn listen_here(path: &Path) -> Result<UnixListener, Failure> {
    let new = path.with_extension("sock.new");
    let failed = |error: std::io::Error| Failure::said(format!("{}: {error}", path.display()));
    match std::fs::remove_file(&new) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(failed(error)),
        _ => {}
    }
    let listener = UnixListener::bind(&new).map_err(failed)?;
    std::fs::set_permissions(&new, std::fs::Permissions::from_mode(SOCKET_MODE)).map_err(failed)?;
    std::fs::rename(&new, path).map_err(failed)?;
    Ok(listener)
}

/// Returns a future that is done at the first SIGINT or SIGTERM. A second signal ends the process at once.
fn ended() -> Result<impl Future<Output = ()>, Failure> {
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        tokio::spawn(async move {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
            std::process::exit(1);
        });
    })
}

/// Prints the server's address and four addresses to look at first.
fn print(address: &str, folder: &Path, tracker: &Tracker, token: Option<&str>) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    let head = tracker.state().head();
    writeln!(out, "{} {address}/", say("OZG-Tracker auf", "OZG tracker on"))?;
    let rolled_out = "/v1/series/services_rolled_out.csv?unit=ozg&every=change";
    let reuses = "/v1/series/reuses.csv?service=ozg:10255&area=DE&every=change";
    for (what, path) in [
        (say("Reihe: flächendeckend", "series: rolled out"), rolled_out),
        (say("Reihe: Aufenthalt", "series: Aufenthalt"), reuses),
        (say("für Prometheus", "for Prometheus"), "/metrics"),
        (say("alle Adressen", "all addresses"), "/v1"),
    ] {
        writeln!(out, "  {what:<24} {address}{path}")?;
    }
    writeln!(out, "  {:<24} {} ({head})", say("Daten (Einträge)", "data (entries)"), folder.display())?;
    if let Some(token) = token {
        writeln!(out, "  {:<24} {token}", say("Token der Stelle demo", "token of office demo"))?;
    }
    Ok(out.flush()?)
}
