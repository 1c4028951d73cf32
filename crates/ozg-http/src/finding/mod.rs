//! Ways to the data and out of the house: the catalogue (DCAT-AP), the data package, feeds, and the archive of a day.

mod answer;
mod archive;
mod atom;
mod catalog;
mod feed;
pub(crate) mod news;
mod package;
mod said;
mod triples;

pub(crate) use archive::answer as archive;
pub(crate) use catalog::{as_json_ld, as_turtle};
pub(crate) use feed::answer as events_feed;
pub(crate) use package::answer as package;
