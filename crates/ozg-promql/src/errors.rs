//! Why a question has no answer, in the classes that Prometheus tells apart.

/// Why a question has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The question cannot be understood: 400 `bad_data`.
    #[error("{0}")]
    BadData(String),
    /// The question is understood and cannot be answered: 422 `execution`.
    #[error("{0}")]
    Execution(String),
    /// What is asked about is not there: 404 `not_found`.
    #[error("{0}")]
    NotFound(String),
    /// It took too long: 503 `timeout`.
    #[error("query timed out in expression evaluation")]
    Timeout,
}

impl Error {
    /// Makes a refusal of a question that cannot be understood.
    pub fn bad(text: impl Into<String>) -> Error {
        Error::BadData(text.into())
    }

    /// Makes a refusal of a question that cannot be answered.
    pub fn execution(text: impl Into<String>) -> Error {
        Error::Execution(text.into())
    }

    /// Names what PromQL has and this evaluation has not.
    pub fn outside(what: &str) -> Error {
        Error::Execution(format!("{what} is not answered here; docs/prometheus.md lists what is"))
    }

    /// Tells that two series of one vector cannot be told apart.
    pub(crate) fn same_labels() -> Error {
        Error::execution("vector cannot contain metrics with the same labelset")
    }
}
