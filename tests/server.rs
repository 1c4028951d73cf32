//! A demo server for the tests that bring other people's programs.

pub(crate) use crate::binary::Server;
