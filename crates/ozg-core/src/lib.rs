//! The domain of the OZG tracker: words, events, what may be said, the ledger, differences, measures, series.
//!
//! This crate touches nothing: no clock, no file, no network, no randomness. "Now" and new ids are arguments.
//! Everything in becomes an [`event::Event`], everything out is a [`series::Series`].

// A new type must be named in every match over types: no match has a default for the rest.
#![warn(clippy::wildcard_enum_match_arm)]

pub mod asof;
mod count;
pub mod edition;
pub mod event;
pub mod held;
pub mod ledger;
mod lines;
pub mod measure;
pub mod mistake;
mod past;
pub mod query;
pub mod remarked;
pub mod series;
pub mod state;
mod steps;
pub mod time;
pub mod words;
