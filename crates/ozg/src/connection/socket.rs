//! Requests over the socket file of a server on the same machine.

use crate::failure::Failure;
use axum::body::Body;
use axum::http::header::HOST;
use axum::http::{HeaderValue, Request, Response};
use hyper_util::rt::TokioIo;
use std::path::Path;
use tokio::net::UnixStream;

/// Tells whether a server listens there; a file that a dead one left behind refuses.
pub(crate) async fn answers(path: &Path) -> bool {
    UnixStream::connect(path).await.is_ok()
}

/// Sends a request over a connection of its own.
pub(crate) async fn send(path: &Path, mut request: Request<Body>) -> Result<Response<Body>, Failure> {
    let lost = |error: &dyn std::fmt::Display| Failure::said(format!("{}: {error}", path.display()));
    request.headers_mut().insert(HOST, HeaderValue::from_static("localhost"));
    let stream = UnixStream::connect(path).await.map_err(|error| lost(&error))?;
    let handshake = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await;
    let (mut sender, connection) = handshake.map_err(|error| lost(&error))?;
    // The connection ends with the answer; what goes wrong on it, the answer tells.
    tokio::spawn(connection);
    let response = sender.send_request(request).await.map_err(|error| lost(&error))?;
    Ok(response.map(Body::new))
}
