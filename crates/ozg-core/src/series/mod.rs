//! Series: the answer to a query, row by row, and what stands beside every value.

mod row;

pub use row::{Basis, COLUMNS, Header, Observed, Row, Status};
