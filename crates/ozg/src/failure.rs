//! Lines on standard output, and the failure of a command with its reasons.

use std::fmt;
use std::io::Write;

/// Prints a line on standard output; fails where its reader has gone.
pub(crate) fn tell(line: impl fmt::Display) -> Result<(), Failure> {
    Ok(writeln!(std::io::stdout().lock(), "{line}")?)
}

/// Lines that say why a command failed.
#[derive(Debug)]
pub(crate) enum Failure {
    /// One reason.
    Said(String),
    /// One line a mistake.
    Mistakes(Vec<String>),
    /// The reader of the output has gone, as in `ozg export ndjson | head`.
    ClosedPipe,
}

impl Failure {
    pub(crate) fn said(reason: impl fmt::Display) -> Failure {
        Failure::Said(reason.to_string())
    }

    /// Makes one failure of several.
    pub(crate) fn all(failures: Vec<Failure>) -> Failure {
        let mut lines = Vec::new();
        for failure in failures {
            match failure {
                Failure::Said(reason) => lines.push(format!("ozg: {reason}")),
                Failure::Mistakes(more) => lines.extend(more),
                Failure::ClosedPipe => return Failure::ClosedPipe,
            }
        }
        Failure::Mistakes(lines)
    }

    pub(crate) fn is_closed_pipe(&self) -> bool {
        matches!(self, Failure::ClosedPipe)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Said(reason) => writeln!(f, "ozg: {reason}"),
            Failure::Mistakes(lines) => lines.iter().try_for_each(|line| writeln!(f, "{line}")),
            Failure::ClosedPipe => Ok(()),
        }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Failure {
        match error.kind() {
            std::io::ErrorKind::BrokenPipe => Failure::ClosedPipe,
            _ => Failure::said(error),
        }
    }
}
