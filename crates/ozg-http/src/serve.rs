//! Accepts connections, over TCP and over the local socket, until the server is asked to stop; then closes endless answers
//! and waits for the others.

use crate::app::App;
use crate::limits::{CONNECTIONS_MAX, HEAD_BYTES_MAX, HEAD_TIMEOUT, HEADERS_MAX, SHUTDOWN_TIMEOUT};
use crate::observe::one_host;
use crate::routes;
use axum::Router;
use axum::middleware::from_fn;
use axum::serve::Listener;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::io;
use std::sync::Arc;
use tokio::net::{TcpListener, UnixListener};
use tokio::sync::{Semaphore, watch};

/// Serves a tracker over TCP, and over a local socket if one is given, until `shutdown` is done. Then subscriptions end, and
/// answers that are being sent are completed; those that take longer than [`SHUTDOWN_TIMEOUT`] are broken off.
///
/// # Errors
/// A listener that has lost its address.
pub async fn serve(
    app: App,
    tcp: TcpListener,
    socket: Option<UnixListener>,
    shutdown: impl Future<Output = ()>,
) -> io::Result<()> {
    let address = tcp.local_addr()?;
    let site = routes::site(app);
    tracing::info!(%address, socket = socket.is_some(), "listening");
    let public = accept(tcp, routes::router(&site, false), site.ending.subscribe());
    let local = async {
        if let Some(socket) = socket {
            accept(socket, routes::router(&site, true), site.ending.subscribe()).await;
        }
    };
    let end = async {
        shutdown.await;
        tracing::info!("shutting down");
        site.ending.send_replace(true);
    };
    tokio::join!(public, local, end);
    Ok(())
}

/// Accepts connections of one listener until the server stops, then waits for them.
async fn accept<L: Listener>(mut listener: L, router: Router, mut ending: watch::Receiver<bool>) {
    let router = router.layer(from_fn(one_host));
    let connections = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    loop {
        let place = tokio::select! {
            place = Arc::clone(&places).acquire_owned() => place,
            _ = ending.wait_for(|ends| *ends) => break,
        };
        let stream = tokio::select! {
            (stream, _) = listener.accept() => stream,
            _ = ending.wait_for(|ends| *ends) => break,
        };
        let service = TowerToHyperService::new(router.clone());
        let connection = protocol().serve_connection(TokioIo::new(stream), service);
        let connection = connections.watch(connection);
        tokio::spawn(async move {
            // A client that breaks off, or does not speak HTTP, is no failure of the server.
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended");
            }
            drop(place);
        });
    }
    drop(listener);
    if tokio::time::timeout(SHUTDOWN_TIMEOUT, connections.shutdown()).await.is_err() {
        tracing::warn!("answers that were under way have been broken off");
    }
}

fn protocol() -> http1::Builder {
    let mut protocol = http1::Builder::new();
    protocol
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .max_headers(HEADERS_MAX)
        .max_buf_size(HEAD_BYTES_MAX)
        .half_close(true);
    protocol
}
