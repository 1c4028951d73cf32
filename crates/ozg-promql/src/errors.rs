//! Why a query has no answer, in the classes that Prometheus distinguishes.

/// Why a query has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The query cannot be understood: 400 `bad_data`.
    #[error("{0}")]
    BadData(String),
    /// The query is understood and cannot be answered: 422 `execution`.
    #[error("{0}")]
    Execution(String),
    /// The source does not have what the query names, such as a data state: 404 `not_found`.
    #[error("{0}")]
    NotFound(String),
    /// The query took too long: 503 `timeout`.
    #[error("query timed out in expression evaluation")]
    Timeout,
}

impl Error {
    /// Makes the error of a query that cannot be understood.
    pub fn bad(text: impl Into<String>) -> Error {
        Error::BadData(text.into())
    }

    /// Makes the error of a query that cannot be answered.
    pub fn execution(text: impl Into<String>) -> Error {
        Error::Execution(text.into())
    }

    /// Makes the error of a query that uses `what`, a part of PromQL that this crate does not evaluate, and says why if there
    /// is more to say than that.
    pub(crate) fn outside(what: &str, why: Option<&str>) -> Error {
        let why =
            why.map_or_else(|| "; docs/prometheus.md lists what is".to_owned(), |why| format!(": {why}"));
        Error::Execution(format!("{what} is not answered here{why}"))
    }

    /// Makes the error of a vector in which two series have the same labels.
    pub(crate) fn same_labels() -> Error {
        Error::execution("vector cannot contain metrics with the same labelset")
    }
}
