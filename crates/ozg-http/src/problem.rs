//! The one place where errors become a status: which errors and mistakes make which problem (RFC 9457, rule 23).

use crate::limits::{MISTAKES_SHOWN, RETRY_AFTER_SECONDS};
use crate::problems::PROBLEMS;
pub(crate) use crate::problems::{PROBLEM_TYPE, ProblemKind};
pub(crate) use crate::telling::Problem;
use axum::http::StatusCode;
use axum::http::header::{ALLOW, RETRY_AFTER, WWW_AUTHENTICATE};
use ozg_core::mistake::{Class, Fault, Mistake, Origin};
use ozg_core::series::SeriesError;
use ozg_tracker::{AuthError, ReadError, RecordError};

impl Problem {
    /// Makes the problem of mistakes in the parameters of an address: the first [`MISTAKES_SHOWN`], and how many more.
    pub(crate) fn parameters(mut mistakes: Vec<Mistake>) -> Problem {
        let more = mistakes.len().saturating_sub(MISTAKES_SHOWN);
        if more > 0 {
            mistakes.truncate(MISTAKES_SHOWN);
            mistakes.push(Mistake::more(more, MISTAKES_SHOWN));
        }
        Problem::mistaken(ProblemKind::BadParameters, mistakes)
    }

    /// Makes the problem of one mistake in a parameter or a header.
    pub(crate) fn parameter(name: &str, value: Option<&str>, fault: Fault) -> Problem {
        Problem::parameters(vec![Mistake::at(&Origin::default(), name, value, fault)])
    }

    /// Makes the problem of an id that names nothing, with the hint of the fault.
    pub(crate) fn unknown(fault: Fault) -> Problem {
        let hint = fault.hint_in_english().map(str::to_owned);
        let problem = Problem::say(ProblemKind::UnknownThing, fault.message.de, fault.message.en);
        hint.into_iter().fold(problem, |problem, hint| problem.with("hint", hint))
    }

    /// Makes the problem of a batch with mistakes; the worst class of its mistakes decides the status.
    pub(crate) fn batch(mistakes: Vec<Mistake>) -> Problem {
        let any = |class: Class| mistakes.iter().any(|mistake| mistake.code.class() == class);
        let kind = if any(Class::Unreadable) {
            ProblemKind::Unreadable
        } else if any(Class::Wrong) {
            ProblemKind::BatchRefused
        } else if any(Class::Forbidden) {
            ProblemKind::Forbidden
        } else {
            ProblemKind::Conflict
        };
        Problem::mistaken(kind, mistakes)
    }

    pub(crate) fn no_token(de: &str, en: &str) -> Problem {
        Problem::say(ProblemKind::NoToken, de, en).header(WWW_AUTHENTICATE, "Bearer realm=\"ozg-tracker\"")
    }

    pub(crate) fn wrong_method(allowed: &str) -> Problem {
        let (de, en) = (format!("Erlaubt: {allowed}"), format!("Allowed: {allowed}"));
        Problem::say(ProblemKind::WrongMethod, de, en).header(ALLOW, allowed)
    }

    /// Makes the problem of a clock that went further than time passed, in milliseconds.
    pub(crate) fn clock_jumped(jump_ms: i64) -> Problem {
        let days = jump_ms / 86_400_000;
        Problem::unavailable(
            format!(
                "Die Uhr des Trackers ist {days} Tage weiter gegangen, als Zeit vergangen ist; deshalb wird nichts aufgezeichnet. Entweder stellt der Betreiber sie richtig, oder er bestätigt sie mit: ozg log accept-clock"
            ),
            format!(
                "The clock of the tracker went {days} days further than time passed, so nothing is recorded. Either its operator sets it right, or accepts it with: ozg log accept-clock"
            ),
        )
    }

    pub(crate) fn busy() -> Problem {
        let (de, en) = ("In wenigen Sekunden noch einmal versuchen", "Try again in a few seconds");
        Problem::say(ProblemKind::Busy, de, en).header(RETRY_AFTER, &RETRY_AFTER_SECONDS.to_string())
    }

    /// Makes the problem of an edition during whose comparisons others recorded something each time.
    pub(crate) fn outrun(times: usize) -> Problem {
        let de = format!(
            "Während des Vergleichs haben andere {times}-mal etwas aufgezeichnet. Aus dieser Datei ist nichts aufgezeichnet; dieselbe Datei noch einmal senden"
        );
        let en = format!(
            "Others recorded something {times} times while this file was compared. Nothing of it is recorded; send the same file again"
        );
        Problem::say(ProblemKind::Busy, de, en).header(RETRY_AFTER, &RETRY_AFTER_SECONDS.to_string())
    }

    pub(crate) fn unavailable(de: impl Into<String>, en: impl Into<String>) -> Problem {
        Problem::say(ProblemKind::Unavailable, de, en).header(RETRY_AFTER, &RETRY_AFTER_SECONDS.to_string())
    }

    /// Makes the problem of an internal error. Its cause goes into the server's log, not into the answer.
    pub(crate) fn internal(error: &dyn std::fmt::Display) -> Problem {
        tracing::error!(%error, "a request failed");
        Problem::new(ProblemKind::Internal)
    }

    /// Tells whether the tracker itself failed.
    pub(crate) fn is_internal(&self) -> bool {
        self.kind == ProblemKind::Internal
    }

    /// Makes the problem for an answer that has an error status and no explanation.
    pub(crate) fn of_status(status: StatusCode) -> Problem {
        let row = PROBLEMS.iter().position(|row| row.status == status.as_u16());
        let kind = match row {
            _ if status.as_u16() == 404 => ProblemKind::UnknownAddress,
            _ if status.as_u16() == 503 => ProblemKind::Unavailable,
            None if status.is_client_error() => ProblemKind::BadParameters,
            Some(_) if status.as_u16() == 413 => ProblemKind::TooLarge,
            Some(_) if status.as_u16() == 415 => ProblemKind::WrongMediaType,
            Some(_) if status.is_client_error() => ProblemKind::BadParameters,
            _ => ProblemKind::Internal,
        };
        Problem::new(kind).with_status(status)
    }
}

impl From<RecordError> for Problem {
    fn from(error: RecordError) -> Problem {
        match error {
            RecordError::Mistakes(mistakes) => Problem::batch(mistakes),
            RecordError::HeadMoved { expected, head } => Problem::say(
                ProblemKind::HeadMoved,
                format!("Erwartet war Position {expected}, das Protokoll endet aber bei {head}"),
                format!("Position {expected} was expected, but the log ends at {head}"),
            )
            .with("expected", expected.get())
            .with("head", head.get()),
            RecordError::Unauthorized(error) => error.into(),
            RecordError::Busy => Problem::busy(),
            RecordError::ClockJumped { jump_ms } => Problem::clock_jumped(jump_ms),
            RecordError::Unavailable(why) => {
                tracing::error!(%why, "nothing can be recorded");
                let de = "Gerade kann nichts aufgezeichnet werden. Dieselbe Anfrage mit denselben Kennungen kann später noch einmal gesendet werden";
                let en = "Nothing can be recorded just now. The same request with the same ids may be sent again later";
                Problem::unavailable(de, en)
            }
        }
    }
}

impl From<SeriesError> for Problem {
    fn from(error: SeriesError) -> Problem {
        let en = error.to_string();
        match error {
            SeriesError::BeyondHead { asked, head } => {
                let de = format!("Position {asked} liegt hinter dem Ende des Protokolls, {head}");
                Problem::say(ProblemKind::BeyondHead, de, en).with("head", head.get())
            }
            SeriesError::BeforeFirstEntry { first } => Problem::say(
                ProblemKind::BeforeFirstEntry,
                format!("Der erste Eintrag wurde am {first} aufgezeichnet. Nach einem früheren Tag der Welt fragt „to“"),
                en,
            )
            .with("first", first)
            .with("hint", "to"),
            SeriesError::Undefined { what, id, near } => {
                let de = match what {
                    "region" => {
                        format!("Die Region „{id}“ ist nicht festgelegt; alle stehen unter /v1/regions")
                    }
                    _ => format!("Die Liste „{id}“ ist nicht festgelegt; alle stehen unter /v1/lists"),
                };
                let problem =
                    Problem::say(ProblemKind::BadParameters, de, format!("{en}; all are under /v1/{what}s"));
                near.into_iter().fold(problem, |problem, near| problem.with("hint", near))
            }
            SeriesError::Impossible(mistakes) => Problem::parameters(mistakes),
            SeriesError::TooMany { found, allowed, what } => {
                let what = match what {
                    "points" => "Zeitpunkte",
                    "vintages" => "Fassungen",
                    _ => "Zeilen",
                };
                let de = format!(
                    "{found} {what}, höchstens {allowed}: Zeitraum, Schrittweite oder Dimensionen eingrenzen"
                );
                Problem::say(ProblemKind::BadParameters, de, en).with("limit", allowed)
            }
        }
    }
}

impl From<ReadError> for Problem {
    fn from(error: ReadError) -> Problem {
        Problem::internal(&error)
    }
}

impl From<AuthError> for Problem {
    fn from(error: AuthError) -> Problem {
        match error {
            AuthError::Unknown => Problem::no_token("Dieses Token ist unbekannt", "This token is unknown"),
            AuthError::Expired => Problem::no_token("Dieses Token ist abgelaufen", "This token has expired"),
            AuthError::Revoked => Problem::no_token("Dieses Token ist widerrufen", "This token was revoked"),
            AuthError::Unreadable => Problem::unavailable(
                "Der Tracker kann seine Stellen gerade nicht lesen; am Token liegt es nicht. Der Betreiber findet den Grund im Protokoll des Servers",
                "The tracker cannot read its offices just now; the token is not the reason. The operator finds the cause in the log of the server",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ozg_core::mistake::Code;

    #[test]
    fn the_table_is_in_the_order_of_the_kinds_and_by_status() {
        assert_eq!(ProblemKind::Unavailable as usize + 1, PROBLEMS.len());
        assert!(PROBLEMS.is_sorted_by_key(|row| row.status));
        assert_eq!(ProblemKind::WrongMediaType.row().slug, "wrong-media-type");
    }

    #[test]
    fn the_worst_mistake_decides() {
        let of = |codes: &[Code]| {
            let at = |code: &Code| Mistake::at(&Origin::default(), "", None, Fault::say(*code, "", ""));
            Problem::batch(codes.iter().map(at).collect()).status()
        };
        assert_eq!(of(&[Code::AlreadyReached, Code::IdTaken]), 409);
        assert_eq!(of(&[Code::AlreadyReached, Code::OutOfScope]), 403);
        assert_eq!(of(&[Code::AlreadyReached, Code::UnknownService, Code::OutOfScope]), 422);
        assert_eq!(of(&[Code::UnknownService, Code::Unreadable]), 400);
    }
}
