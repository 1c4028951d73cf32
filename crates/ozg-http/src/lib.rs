//! The network of the OZG tracker: one table of all addresses, one place where errors become a status, and between them
//! handlers that ask the tracker and write what `ozg-formats` and `ozg-pages` make of its answers.
//!
//! Only this crate names axum. Layers below know no status codes. [`router`] is everything that is reached over TCP,
//! [`local_router`] adds what only the operator may do; [`serve`] puts both on their sockets.

mod about;
mod app;
mod auth;
mod caching;
mod families;
mod finding;
mod kept;
mod language;
pub mod limits;
mod lists;
mod local;
mod log;
mod metrics;
mod observe;
mod openapi;
mod pages;
mod params;
mod problem;
mod prometheus;
mod routes;
mod series;
mod serve;
mod streaming;
mod telling;
mod templates;
mod write;

pub use app::{App, Config};
pub use problem::{PROBLEMS, ProblemRow};
pub use routes::{ROUTES, Route, Verb};
pub use serve::serve;

/// Makes the router of everything that is reached over TCP.
pub fn router(app: App) -> axum::Router {
    routes::router(&app::Site::new(app), false)
}

/// Makes the router of the local socket: requests are the operator's. Commands use it in process, where no server runs.
pub fn local_router(app: App) -> axum::Router {
    routes::router(&app::Site::new(app), true)
}

/// Returns the OpenAPI description of everything that is reached over TCP.
#[must_use]
pub fn openapi() -> String {
    openapi::description()
}
