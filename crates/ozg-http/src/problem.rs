//! The one place where errors become a status: every problem that the network tells (RFC 9457), and which mistakes make
//! which of them (rule 23).

use crate::limits::RETRY_AFTER_SECONDS;
pub(crate) use crate::telling::Problem;
use axum::http::StatusCode;
use axum::http::header::{ALLOW, RETRY_AFTER, WWW_AUTHENTICATE};
use ozg_core::mistake::{Class, Fault, Mistake, Origin};
use ozg_core::series::SeriesError;
use ozg_core::words::Label;
use ozg_tracker::{AuthError, ReadError, RecordError};

/// The media type of problems.
pub(crate) const PROBLEM_TYPE: &str = "application/problem+json";

/// One row of the table of problems.
#[derive(Debug, Clone, Copy)]
pub struct ProblemRow {
    /// The last part of its type, `/problems/<slug>`.
    pub slug: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// The title in both languages.
    pub title: Label,
}

/// Declares the closed list of problems.
macro_rules! problems {
    ($($name:ident $slug:literal $status:literal $de:literal $en:literal;)*) => {
        /// Which problem it is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Kind { $($name,)* }

        /// All problems, by status.
        pub const PROBLEMS: &[ProblemRow] =
            &[$(ProblemRow { slug: $slug, status: $status, title: Label { de: $de, en: $en } },)*];
    };
}

problems! {
    BadParameters "bad-parameters" 400 "Die Anfrage ist so nicht verständlich" "The request cannot be understood";
    Unreadable "unreadable" 400 "Die Eingabe ist nicht lesbar" "The input cannot be read";
    BeforeFirstEntry "before-first-entry" 400 "Zu diesem Zeitpunkt war noch nichts bekannt" "Nothing was known at that time";
    NoToken "no-token" 401 "Zum Schreiben ist ein gültiges Token nötig" "Writing needs a valid token";
    Forbidden "forbidden" 403 "Das darf diese Stelle nicht melden" "This office may not record that";
    UnknownAddress "unknown-address" 404 "Diese Adresse gibt es nicht" "This address does not exist";
    UnknownThing "unknown-thing" 404 "Das gibt es hier nicht" "There is no such thing here";
    BeyondHead "beyond-head" 404 "So weit reicht das Protokoll nicht" "The log does not reach that far";
    WrongMethod "wrong-method" 405 "Diese Adresse erlaubt die Methode nicht" "This address does not allow the method";
    Conflict "conflict" 409 "Dazu ist schon etwas anderes aufgezeichnet" "Something else is already recorded about this";
    HeadMoved "head-moved" 412 "Das Protokoll ist inzwischen weiter" "The log has moved on";
    TooLarge "too-large" 413 "Die Anfrage ist zu groß" "The request is too large";
    WrongMediaType "wrong-media-type" 415 "Dieses Format wird nicht gelesen" "This format is not read";
    BatchRefused "batch-refused" 422 "Nichts wurde aufgezeichnet: es gibt Fehler" "Nothing was recorded: there are mistakes";
    Internal "internal" 500 "Im Tracker ist etwas schiefgegangen" "Something went wrong in the tracker";
    Busy "busy" 503 "Der Tracker ist gerade ausgelastet" "The tracker is busy just now";
    Unavailable "unavailable" 503 "Das ist gerade nicht möglich" "This is not possible just now";
}

impl Kind {
    pub(crate) fn row(self) -> &'static ProblemRow {
        &PROBLEMS[self as usize]
    }
}

impl Problem {
    /// Makes the problem of mistakes in the parameters of an address.
    pub(crate) fn parameters(mistakes: Vec<Mistake>) -> Problem {
        Problem::mistaken(Kind::BadParameters, mistakes)
    }

    /// Makes the problem of one mistake in a parameter or a header.
    pub(crate) fn parameter(name: &str, value: Option<&str>, fault: Fault) -> Problem {
        Problem::parameters(vec![Mistake::at(&Origin::default(), name, value, fault)])
    }

    /// Makes the problem of an id that names nothing, with the hint of the fault.
    pub(crate) fn unknown(fault: Fault) -> Problem {
        let problem = Problem::say(Kind::UnknownThing, fault.message.de, fault.message.en);
        fault.hint.into_iter().fold(problem, |problem, hint| problem.with("hint", hint))
    }

    /// Makes the problem of a batch with mistakes; the worst class of its mistakes decides the status.
    pub(crate) fn batch(mistakes: Vec<Mistake>) -> Problem {
        let any = |class: Class| mistakes.iter().any(|mistake| mistake.code.class() == class);
        let kind = if any(Class::Unreadable) {
            Kind::Unreadable
        } else if any(Class::Wrong) {
            Kind::BatchRefused
        } else if any(Class::Forbidden) {
            Kind::Forbidden
        } else {
            Kind::Conflict
        };
        Problem::mistaken(kind, mistakes)
    }

    pub(crate) fn no_token(de: &str, en: &str) -> Problem {
        Problem::say(Kind::NoToken, de, en).header(WWW_AUTHENTICATE, "Bearer realm=\"ozg-tracker\"")
    }

    pub(crate) fn wrong_method(allowed: &str) -> Problem {
        let (de, en) = (format!("Erlaubt: {allowed}"), format!("Allowed: {allowed}"));
        Problem::say(Kind::WrongMethod, de, en).header(ALLOW, allowed)
    }

    pub(crate) fn busy() -> Problem {
        let (de, en) = ("In wenigen Sekunden noch einmal versuchen", "Try again in a few seconds");
        Problem::say(Kind::Busy, de, en).header(RETRY_AFTER, &RETRY_AFTER_SECONDS.to_string())
    }

    /// Makes the problem of an edition during whose comparisons others recorded something each time.
    pub(crate) fn outrun(times: usize) -> Problem {
        let de = format!(
            "Während des Vergleichs haben andere {times}-mal etwas aufgezeichnet. Aus dieser Datei ist nichts aufgezeichnet; dieselbe Datei noch einmal senden"
        );
        let en = format!(
            "Others recorded something {times} times while this file was compared. Nothing of it is recorded; send the same file again"
        );
        Problem::say(Kind::Busy, de, en).header(RETRY_AFTER, &RETRY_AFTER_SECONDS.to_string())
    }

    pub(crate) fn unavailable(de: impl Into<String>, en: impl Into<String>) -> Problem {
        Problem::say(Kind::Unavailable, de, en).header(RETRY_AFTER, &RETRY_AFTER_SECONDS.to_string())
    }

    /// Makes the problem of an internal error. Its cause goes into the server's log, not into the answer.
    pub(crate) fn internal(error: &dyn std::fmt::Display) -> Problem {
        tracing::error!(%error, "a request failed");
        Problem::new(Kind::Internal)
    }

    /// Tells whether the tracker itself failed.
    pub(crate) fn is_internal(&self) -> bool {
        self.kind == Kind::Internal
    }

    /// Makes the problem for an answer that has an error status and no explanation.
    pub(crate) fn of_status(status: StatusCode) -> Problem {
        let row = PROBLEMS.iter().position(|row| row.status == status.as_u16());
        let kind = match row {
            _ if status.as_u16() == 404 => Kind::UnknownAddress,
            _ if status.as_u16() == 503 => Kind::Unavailable,
            None if status.is_client_error() => Kind::BadParameters,
            Some(_) if status.as_u16() == 413 => Kind::TooLarge,
            Some(_) if status.as_u16() == 415 => Kind::WrongMediaType,
            Some(_) if status.is_client_error() => Kind::BadParameters,
            _ => Kind::Internal,
        };
        Problem::new(kind).with_status(status)
    }
}

impl From<RecordError> for Problem {
    fn from(error: RecordError) -> Problem {
        match error {
            RecordError::Mistakes(mistakes) => Problem::batch(mistakes),
            RecordError::HeadMoved { expected, head } => Problem::say(
                Kind::HeadMoved,
                format!("Erwartet war Position {expected}, das Protokoll endet aber bei {head}"),
                format!("Position {expected} was expected, but the log ends at {head}"),
            )
            .with("expected", expected.get())
            .with("head", head.get()),
            RecordError::Busy => Problem::busy(),
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
                Problem::say(Kind::BeyondHead, de, en).with("head", head.get())
            }
            SeriesError::BeforeFirstEntry { first } => Problem::say(
                Kind::BeforeFirstEntry,
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
                    Problem::say(Kind::BadParameters, de, format!("{en}; all are under /v1/{what}s"));
                near.into_iter().fold(problem, |problem, near| problem.with("hint", near))
            }
            SeriesError::TooMany { found, allowed, what } => {
                let what = match what {
                    "points" => "Zeitpunkte",
                    "vintages" => "Fassungen",
                    _ => "Zeilen",
                };
                let de = format!(
                    "{found} {what}, höchstens {allowed}: Zeitraum, Schrittweite oder Dimensionen eingrenzen"
                );
                Problem::say(Kind::BadParameters, de, en).with("limit", allowed)
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
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ozg_core::mistake::Code;

    #[test]
    fn the_table_is_in_the_order_of_the_kinds_and_by_status() {
        assert_eq!(Kind::Unavailable as usize + 1, PROBLEMS.len());
        assert!(PROBLEMS.is_sorted_by_key(|row| row.status));
        assert_eq!(Kind::WrongMediaType.row().slug, "wrong-media-type");
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
