//! Requests over the local socket, a file in the data folder of a server on the same machine.

use crate::failure::Failure;
use hyper_util::rt::TokioIo;
use ozg_http::message::header::HOST;
use ozg_http::message::{Body, HeaderValue, Request, Response};
use std::path::Path;
use tokio::net::UnixStream;

/// Tells whether a server listens at the socket file; the file of a dead server refuses the connection.
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
    // The connection ends with the answer, which also carries its errors.
    tokio::spawn(connection);
    let response = sender.send_request(request).await.map_err(|error| lost(&error))?;
    Ok(response.map(Body::new))
}
