//! Mistakes: what is wrong with what somebody said, where, and how to mend it. All are reported at once.

use crate::words::{Label, Language, Position, nearest};

/// A sentence in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bilingual {
    /// German.
    pub de: String,
    /// English.
    pub en: String,
}

impl Bilingual {
    /// Takes a sentence in both languages.
    pub fn new(de: impl Into<String>, en: impl Into<String>) -> Bilingual {
        Bilingual { de: de.into(), en: en.into() }
    }

    /// Returns the sentence in the given language.
    #[must_use]
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::German => &self.de,
            Language::English => &self.en,
        }
    }
}

impl From<Label> for Bilingual {
    fn from(label: Label) -> Bilingual {
        Bilingual::new(label.de, label.en)
    }
}

/// What is the same in both languages, such as a key.
impl From<&str> for Bilingual {
    fn from(text: &str) -> Bilingual {
        Bilingual::new(text, text)
    }
}

/// What is the same in both languages, such as a key.
impl From<&String> for Bilingual {
    fn from(text: &String) -> Bilingual {
        Bilingual::from(text.as_str())
    }
}

/// What is the same in both languages, such as a key.
impl From<String> for Bilingual {
    fn from(text: String) -> Bilingual {
        Bilingual::new(text.clone(), text)
    }
}

/// Declares the closed list of codes with the kind of each and what it means in both languages.
macro_rules! codes {
    ($($(#[doc = $doc:literal])* $name:ident $text:literal $kind:ident;)*) => {
        /// What kind of mistake it is; stable and documented, so that programs can act on it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[doc = $doc])* $name,)* }

        impl Code {
            /// All codes, in the order of the documentation.
            pub const ALL: &'static [Code] = &[$(Code::$name,)*];

            /// Returns the code as it is sent.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$name => $text,)* }
            }

            /// Returns what class of mistake it is; it decides the status of an answer.
            #[must_use]
            pub fn class(self) -> Class {
                match self { $(Code::$name => Class::$kind,)* }
            }

            /// Returns one sentence that says when the code is used.
            #[must_use]
            pub fn meaning(self) -> &'static str {
                match self { $(Code::$name => concat!($($doc),*).trim_ascii(),)* }
            }
        }
    };
}

/// The class of a mistake (rule 23).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// The bytes cannot be read as what they claim to be.
    Unreadable,
    /// The statement is wrong in itself.
    Wrong,
    /// The statement contradicts one that stands.
    Conflict,
    /// The office may not say it.
    Forbidden,
}

codes! {
    /// The bytes cannot be read as the format they claim to be.
    Unreadable "unreadable" Unreadable;
    /// The text is not in an encoding that is read.
    WrongEncoding "wrong_encoding" Unreadable;
    /// The type of the event is not one of the known ones.
    UnknownType "unknown_type" Wrong;
    /// The field or column does not exist for this type.
    UnknownField "unknown_field" Wrong;
    /// The same field is given twice.
    DuplicateField "duplicate_field" Wrong;
    /// A field that this type needs is missing.
    MissingField "missing_field" Wrong;
    /// The value has another JSON type than the field.
    WrongType "wrong_type" Wrong;
    /// Two fields exclude each other, or one of several must be given.
    FieldsExclude "fields_exclude" Wrong;
    /// The text has control characters, or nothing in it, or is too long.
    BadText "bad_text" Wrong;
    /// The id is not a UUID.
    BadId "bad_id" Wrong;
    /// The area is not DE or one of the 16 Länder.
    UnknownArea "unknown_area" Wrong;
    /// The place is not an area and not a registered authority.
    UnknownPlace "unknown_place" Wrong;
    /// The name is that of several authorities, services, regions or lists.
    AmbiguousName "ambiguous_name" Wrong;
    /// The topic is not one of the 14 Themenfelder or `ohne_themenfeld`.
    UnknownTopic "unknown_topic" Wrong;
    /// The stage does not exist.
    UnknownStage "unknown_stage" Wrong;
    /// The stage exists at Länder and DE only.
    StageNotHere "stage_not_here" Wrong;
    /// The unit is not `ozg`, `leika` or `dienst`.
    UnknownUnit "unknown_unit" Wrong;
    /// The measure does not exist.
    UnknownMeasure "unknown_measure" Wrong;
    /// The service is in no catalogue entry.
    UnknownService "unknown_service" Wrong;
    /// The kind of authority does not exist.
    UnknownKind "unknown_kind" Wrong;
    /// The word is not one of the allowed ones.
    UnknownWord "unknown_word" Wrong;
    /// The key has the wrong form.
    BadKey "bad_key" Wrong;
    /// The key has lost its leading zero, as spreadsheets do.
    LostLeadingZero "lost_leading_zero" Wrong;
    /// The date does not exist or is not written in a known way.
    BadDate "bad_date" Wrong;
    /// The date lies in the future, and this is not a plan, target or outlook.
    FutureDate "future_date" Wrong;
    /// The date lies outside the years that are kept.
    DateOutOfRange "date_out_of_range" Wrong;
    /// The number cannot be read.
    BadNumber "bad_number" Wrong;
    /// The number lies outside what is possible.
    NumberOutOfRange "number_out_of_range" Wrong;
    /// The level of maturity does not exist in its model.
    BadLevel "bad_level" Wrong;
    /// The address is not an http or https URL.
    BadUrl "bad_url" Wrong;
    /// The authority is of a kind that does not execute this service.
    KindDoesNotExecute "kind_does_not_execute" Wrong;
    /// The dimension does not apply to this measure.
    DimensionNotHere "dimension_not_here" Wrong;
    /// The end lies before the start.
    EndBeforeStart "end_before_start" Wrong;
    /// Two statements of one batch contradict each other.
    Contradiction "contradiction" Wrong;
    /// The parents of a service are of a unit that cannot be its parent.
    BadParent "bad_parent" Wrong;
    /// The entry that is to be replaced or withdrawn does not exist.
    UnknownEntry "unknown_entry" Wrong;
    /// The replacement is of another type than what it replaces.
    OtherType "other_type" Wrong;
    /// An office cannot object to what it said itself.
    OwnEntry "own_entry" Wrong;
    /// More events or rows than one request may have.
    TooMany "too_many" Wrong;
    /// A file would begin or end more of what stands than is credible.
    Jump "jump" Wrong;
    /// The id stands in the log with other content.
    IdTaken "id_taken" Conflict;
    /// The milestone already holds since another day.
    AlreadyReached "already_reached" Conflict;
    /// The milestone does not hold on the day on which it is to end.
    NotReached "not_reached" Conflict;
    /// Another statement about the same thing stands.
    AlreadySaid "already_said" Conflict;
    /// The entry no longer stands: it was replaced or withdrawn.
    NotStanding "not_standing" Conflict;
    /// `replaces: standing` fits no standing statement, or several.
    StandingUnclear "standing_unclear" Conflict;
    /// The statement touches an area or a topic that the office may not write about.
    OutOfScope "out_of_scope" Forbidden;
    /// The entry is another office's.
    ForeignEntry "foreign_entry" Forbidden;
}

/// What is wrong with one value, before it is known where it stood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .message.en)]
pub struct Fault {
    /// The stable code.
    pub code: Code,
    /// What is wrong and what is allowed.
    pub message: Bilingual,
    /// What was probably meant, as it can be written.
    pub hint: Option<Bilingual>,
}

impl Fault {
    /// Makes a fault without a hint.
    #[must_use]
    pub fn new(code: Code, message: Bilingual) -> Fault {
        Fault { code, message, hint: None }
    }

    /// Makes a fault from its sentence in German and in English.
    pub fn say(code: Code, de: impl Into<String>, en: impl Into<String>) -> Fault {
        Fault::new(code, Bilingual::new(de, en))
    }

    /// Says that something is none of the known ones, which it names; if only one of them is near, it is the hint.
    ///
    /// `Fault::unknown(Code::UnknownTopic, Label { de: "Das Themenfeld", en: "The topic" }, "Bau", ["bauen"].into_iter())` says
    /// `The topic "Bau" is unknown. Allowed: bauen` and hints at `bauen`.
    pub fn unknown<'a>(code: Code, what: Label, found: &str, known: impl Iterator<Item = &'a str>) -> Fault {
        let known: Vec<&str> = known.collect();
        let allowed = known.join(", ");
        Fault::say(
            code,
            format!("{} „{found}“ ist unbekannt. Erlaubt: {allowed}", what.de),
            format!("{} \"{found}\" is unknown. Allowed: {allowed}", what.en),
        )
        .near(found, known)
    }

    /// Says that something is given twice: `The column "Stufe" is given twice`.
    #[must_use]
    pub fn twice(what: Label, name: &str) -> Fault {
        Fault::say(
            Code::DuplicateField,
            format!("{} „{name}“ steht zweimal da", what.de),
            format!("{} \"{name}\" is given twice", what.en),
        )
    }

    /// Says that something is missing: `The column "Stufe" is missing`.
    #[must_use]
    pub fn missing(what: Label, name: Label) -> Fault {
        Fault::say(
            Code::MissingField,
            format!("{} „{}“ fehlt", what.de, name.de),
            format!("{} \"{}\" is missing", what.en, name.en),
        )
    }

    /// Goes on in both languages.
    #[must_use]
    pub fn more(mut self, de: &str, en: &str) -> Fault {
        self.message.de.push_str(de);
        self.message.en.push_str(en);
        self
    }

    /// Hints at the known word that is near to what was found, if it is the only one.
    #[must_use]
    pub fn near<'a>(self, found: &str, known: impl IntoIterator<Item = &'a str>) -> Fault {
        match nearest(found, known.into_iter()) {
            Some(near) => self.hint(near),
            None => self,
        }
    }

    /// Adds what was probably meant, as it can be written.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Bilingual>) -> Fault {
        self.hint = Some(hint.into());
        self
    }

    /// Returns the hint in English.
    #[must_use]
    pub fn hint_in_english(&self) -> Option<&str> {
        self.hint.as_ref().map(|hint| hint.en.as_str())
    }
}

/// Where in the input a statement or a value stood.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Origin {
    /// Line of the file (1 is the first), or the number of the event in a JSON array, counted from 1.
    pub line: u32,
    /// Name of the sheet, where several of a workbook are read.
    pub sheet: Option<String>,
    /// Cell of a sheet (`B14`), where there is one.
    pub cell: Option<String>,
    /// JSON pointer (RFC 6901) to the value, where the input is JSON.
    pub pointer: Option<String>,
}

/// The standing entry that a statement contradicts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Id of the entry.
    pub id: uuid::Uuid,
    /// Position in the log; none where it is another line of the same batch.
    pub position: Option<Position>,
    /// The day it is about, as written.
    pub on: String,
}

/// One mistake with all that is needed to mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Where it stood.
    pub origin: Origin,
    /// The field or column, empty where the whole statement is meant.
    pub field: String,
    /// The stable code.
    pub code: Code,
    /// What was found.
    pub value: Option<String>,
    /// What is wrong and what is allowed.
    pub message: Bilingual,
    /// What was probably meant, as it can be written.
    pub hint: Option<Bilingual>,
    /// The standing entries that it contradicts.
    pub standing: Vec<Standing>,
}

impl Mistake {
    /// Says how many mistakes there are behind the first ones, which alone are shown.
    #[must_use]
    pub fn more(more: usize, shown: usize) -> Mistake {
        let fault = Fault::say(
            Code::TooMany,
            format!("{more} weitere Fehler; gezeigt werden nur die ersten {shown}"),
            format!("{more} more mistakes; only the first {shown} are shown"),
        );
        Mistake::at(&Origin::default(), "", None, fault)
    }

    /// Places a fault in the input.
    pub fn at(origin: &Origin, field: &str, value: Option<&str>, fault: Fault) -> Mistake {
        Mistake {
            origin: origin.clone(),
            field: field.to_owned(),
            code: fault.code,
            value: value.map(|text| text.chars().take(VALUE_CHARACTERS_MAX).collect()),
            message: fault.message,
            hint: fault.hint,
            standing: Vec::new(),
        }
    }

    /// Returns the hint in English.
    #[must_use]
    pub fn hint_in_english(&self) -> Option<&str> {
        self.hint.as_ref().map(|hint| hint.en.as_str())
    }

    /// Names the standing entries that the statement contradicts.
    #[must_use]
    pub fn standing(mut self, standing: Vec<Standing>) -> Mistake {
        self.standing = standing;
        self
    }
}

/// Puts a mistake in the place of the others of its field, at the first of them.
pub fn put_in_place(mistakes: &mut Vec<Mistake>, mistake: Mistake) {
    let mut of_field = (0..mistakes.len()).filter(|at| mistakes[*at].field == mistake.field);
    match of_field.next() {
        Some(at) => mistakes[at] = mistake,
        None => mistakes.push(mistake),
    }
}

/// How much of a wrong value is repeated in a message, in characters.
pub const VALUE_CHARACTERS_MAX: usize = 200;
