//! The table of problems: which there are, with status and title.

use ozg_core::words::Label;

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
        pub(crate) enum ProblemKind { $($name,)* }

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

impl ProblemKind {
    pub(crate) fn row(self) -> &'static ProblemRow {
        &PROBLEMS[self as usize]
    }
}
