//! The network of the OZG tracker: one table of all addresses, one place where errors become a status, and between them
//! handlers that call the tracker and send its answers as `ozg-formats` and `ozg-pages` write them.
//!
//! Only this crate names axum; [`message`] re-exports what callers in the same process need of it. Crates below this one
//! know no status codes. [`router`] has the addresses that are reached over TCP, [`local_router`]
//! adds those of the operator; [`serve`] puts both on their sockets.

mod about;
mod address;
mod app;
mod auth;
mod caching;
mod described;
mod families;
mod finding;
mod kept;
mod language;
pub mod limits;
mod links;
mod lists;
mod local;
mod log;
mod mappings;
pub mod message;
mod metrics;
mod naming;
mod observe;
mod openapi;
mod pages;
mod parameters;
mod problem;
mod problems;
mod prometheus;
mod route;
mod routes;
mod series;
mod serve;
mod streaming;
mod telling;
mod templates;
mod write;

pub use address::{Address, Verb};
pub use app::{App, Config};
pub use lists::{ListParameter, list_columns, list_parameters};
pub use problems::{PROBLEMS, ProblemRow};
pub use route::Route;
pub use routes::ROUTES;
pub use serve::serve;

/// Makes the router of the addresses that are reached over TCP.
pub fn router(app: App) -> message::Router {
    routes::router(&routes::site(app), false)
}

/// Makes the router of the local socket, whose requests are the operator's. Commands call it in process if no server runs.
pub fn local_router(app: App) -> message::Router {
    routes::router(&routes::site(app), true)
}

/// Returns the OpenAPI description of the addresses that are reached over TCP.
#[must_use]
pub fn openapi() -> String {
    openapi::description(&routes::addresses())
}
