//! What is known as of a position: pure, total functions of the statements that stand then.

mod about;
mod describe;
mod timeline;

pub use describe::{AuthorityDescription, Described, Registry, ServiceDescription};
