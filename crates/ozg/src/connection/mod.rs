//! The way from a command to a tracker: a request to the server of `--server`, to the server that has the log open, or to
//! the same router in this process.

mod remote;
mod socket;

use crate::cli::Global;
use crate::failure::Failure;
use crate::language::{of_terminal, say};
use ozg_http::App;
use ozg_http::message::header::{ACCEPT_LANGUAGE, HeaderName};
use ozg_http::message::{Body, HeaderValue, Method, Request, Response, Router};
use ozg_tracker::{OpenError, Options, Tracker};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tower::ServiceExt;

/// Name of the socket file in a data folder.
pub(crate) const SOCKET_NAME: &str = "ozg.sock";
/// Data folder where none is named.
pub(crate) const FOLDER_DEFAULT: &str = "data";
/// The header in which the operator names the office that writes.
const OFFICE_HEADER: HeaderName = HeaderName::from_static("ozg-office");
/// How long a command waits for a server that has taken the log and not yet made its socket.
const STARTING_TIMEOUT: Duration = Duration::from_secs(10);
/// How often the command looks for the socket meanwhile.
const STARTING_INTERVAL: Duration = Duration::from_millis(20);

/// Whether a command reads or writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Reads: a log that does not exist is a mistake.
    Ask,
    /// Writes: a log that does not exist is made.
    Write,
}

/// A way to a tracker.
pub(crate) struct Connection {
    way: Way,
    office: Option<String>,
}

enum Way {
    Remote(remote::Remote),
    Socket(PathBuf),
    Here(Tracker, Router),
}

impl Connection {
    /// Finds the way: the server of `--server`, else the server that has the log open, else the log itself.
    pub(crate) async fn open(global: &Global, purpose: Purpose) -> Result<Connection, Failure> {
        let office = global.office.clone();
        if let Some(server) = &global.server {
            let way = Way::Remote(remote::Remote::new(server, global.token.as_deref())?);
            return Ok(Connection { way, office });
        }
        let folder = folder(global);
        let socket = folder.join(SOCKET_NAME);
        let way = if socket::answers(&socket).await {
            Way::Socket(socket)
        } else {
            open_log(&folder, purpose).await?
        };
        Ok(Connection { way, office })
    }

    /// Sends a request.
    pub(crate) async fn send(&self, mut request: Request<Body>) -> Result<Response<Body>, Failure> {
        request.headers_mut().insert(ACCEPT_LANGUAGE, HeaderValue::from_static(of_terminal().tag()));
        match &self.way {
            Way::Remote(remote) => remote.send(request).await,
            Way::Socket(path) => socket::send(path, request).await,
            Way::Here(_, router) => match router.clone().oneshot(request).await {
                Ok(response) => Ok(response),
                Err(never) => match never {},
            },
        }
    }

    /// Asks for an address.
    pub(crate) async fn get(&self, path: &str) -> Result<Response<Body>, Failure> {
        self.send(request(Method::GET, path, Body::empty())?).await
    }

    /// Adds the office that writes to a request: over the network the token, else the office of `--office`, else the only one.
    pub(crate) async fn sign(&self, request: &mut Request<Body>) -> Result<(), Failure> {
        if let Way::Remote(remote) = &self.way {
            return remote.sign(request);
        }
        let office = match &self.office {
            Some(office) => office.clone(),
            None => crate::commands::office::only(self).await?,
        };
        let value = HeaderValue::from_str(&office).map_err(Failure::said)?;
        request.headers_mut().insert(OFFICE_HEADER, value);
        Ok(())
    }

    /// Ends the connection. A log that was opened here is closed with a snapshot, so that the next command starts quickly.
    pub(crate) async fn close(self) {
        if let Way::Here(tracker, router) = self.way {
            drop(router);
            let closing = tokio::task::spawn_blocking(move || tracker.close());
            // Only a panic of the tracker ends it early, and the panic has been printed.
            let _ = closing.await;
        }
    }
}

/// Makes a request.
pub(crate) fn request(method: Method, path: &str, body: Body) -> Result<Request<Body>, Failure> {
    Request::builder().method(method).uri(path).body(body).map_err(Failure::said)
}

/// Returns the data folder.
pub(crate) fn folder(global: &Global) -> PathBuf {
    global.data.clone().unwrap_or_else(|| PathBuf::from(FOLDER_DEFAULT))
}

async fn open_log(folder: &Path, purpose: Purpose) -> Result<Way, Failure> {
    if purpose == Purpose::Ask && !folder.join(ozg_log::FILE_NAME).exists() {
        let hint = say(
            "hier ist kein Protokoll; `ozg serve` oder `ozg office add` legt eines an",
            "there is no log; `ozg serve` or `ozg office add` makes one",
        );
        return Err(Failure::said(format!("{}: {hint}", folder.display())));
    }
    let started = Instant::now();
    loop {
        match open_here(folder, Options { verify: false, ..Options::default() }).await? {
            Ok(tracker) => {
                let router = ozg_http::local_router(App {
                    tracker: tracker.clone(),
                    config: ozg_http::Config::default(),
                });
                return Ok(Way::Here(tracker, router));
            }
            Err(OpenError::Log(ozg_log::OpenError::InUse { .. })) if started.elapsed() < STARTING_TIMEOUT => {
                let socket = folder.join(SOCKET_NAME);
                if socket::answers(&socket).await {
                    return Ok(Way::Socket(socket));
                }
                tokio::time::sleep(STARTING_INTERVAL).await;
            }
            Err(error) => return Err(unopened(folder, &error)),
        }
    }
}

/// Opens the log in this process, on a thread that may block.
pub(crate) async fn open_here(
    folder: &Path,
    options: Options,
) -> Result<Result<Tracker, OpenError>, Failure> {
    let folder = folder.to_owned();
    let opening = tokio::task::spawn_blocking(move || Tracker::open(&folder, options));
    opening.await.map_err(Failure::said)
}

/// Explains why a log could not be opened. For a log that another process has open, it says how to reach that process.
pub(crate) fn unopened(folder: &Path, error: &OpenError) -> Failure {
    match error {
        OpenError::Log(ozg_log::OpenError::InUse { .. }) => {
            let shown = folder.display();
            let text = match of_terminal() {
                ozg_core::words::Language::German => format!(
                    "{shown} ist in Benutzung: ein anderer Prozess hat das Protokoll geöffnet. Befehle wie `ozg series … --data {shown}` sprechen über {shown}/{SOCKET_NAME} mit ihm. Um hier einen anderen Server zu starten, ihn zuerst beenden"
                ),
                ozg_core::words::Language::English => format!(
                    "{shown} is in use: another process has the log open. Commands such as `ozg series … --data {shown}` speak to that process over {shown}/{SOCKET_NAME}. To start another server here, end that process first"
                ),
            };
            Failure::Said(text)
        }
        other => Failure::said(other),
    }
}
