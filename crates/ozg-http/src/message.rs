//! Requests and answers as values, for callers that reach the router without a network: the command, tests, benches.

pub use axum::Router;
pub use axum::body::{Body, Bytes, to_bytes};
pub use axum::http::{HeaderValue, Method, Request, Response, StatusCode, header};
