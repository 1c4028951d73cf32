//! Parameters of an address: a table has a row for each, and one reader and one writer serve all tables. Unknown and
//! repeated parameters are refused, every mistake at once.

use crate::mistake::{Code, Fault, Mistake, Origin};
use crate::words::{Label, folded, unmarked};

/// One row of a table of parameters: its name, what it takes, and how a question `T` reads and writes it.
pub struct Parameter<T> {
    /// The name, as in an address.
    pub name: &'static str,
    /// What it takes, in a few words.
    pub doc: &'static str,
    /// What holds without it, in a few words; empty where `doc` says it.
    pub without: &'static str,
    /// What its values look like.
    pub takes: Takes,
    /// Where it has a meaning.
    pub scope: Scope,
    /// Whether it has to be given.
    pub is_required: bool,
    /// Reads its value into the question.
    pub read: fn(&mut T, &str) -> Result<(), Fault>,
    /// Writes its value for the canonical address; nothing where it has no effect.
    pub write: fn(&T) -> Option<String>,
}

/// What the values of a parameter look like.
#[derive(Debug, Clone, Copy)]
pub enum Takes {
    /// One of these words.
    Word(fn() -> Vec<String>),
    /// A day, a month, a quarter or a year: `2024-06-30`, `2024-06`, `2024-Q2`, `2024`.
    Date,
    /// A day or an instant (RFC 3339).
    Moment,
    /// A position, a day or an instant.
    DataState,
    /// A whole number from the first to the second.
    Whole(u32, u32),
    /// `true` or `false`.
    Flag,
    /// An id of small letters, digits, `-` and `_`, with an example.
    Slug(Option<&'static str>),
    /// A text of a form of its own, with an example.
    Text(&'static str),
    /// A service: `ozg:10255`.
    Service,
    /// An area, an authority or a region: `BB`, `abh:12054`, `region:mitte`.
    Place,
    /// An area or a region.
    AreaOrRegion,
    /// Several of the same, separated by commas.
    Several(&'static Takes),
}

impl Takes {
    /// Tells whether values are worded freely.
    fn is_free(&self) -> bool {
        match self {
            Takes::Text(_) => true,
            Takes::Several(of) => of.is_free(),
            Takes::Word(_)
            | Takes::Date
            | Takes::Moment
            | Takes::DataState
            | Takes::Whole(..)
            | Takes::Flag
            | Takes::Slug(_)
            | Takes::Service
            | Takes::Place
            | Takes::AreaOrRegion => false,
        }
    }
}

/// Where a parameter of a series has a meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// In every answer about the series.
    Everywhere,
    /// Where values stand in a table, not where each row says everything: entries behind values, comparisons.
    Tables,
    /// Where values are drawn.
    Charts,
    /// Where an answer is about one data state, not in comparisons of two.
    OneState,
}

impl<T> Parameter<T> {
    /// Makes a row.
    pub const fn new(
        (name, doc): (&'static str, &'static str),
        takes: Takes,
        read: fn(&mut T, &str) -> Result<(), Fault>,
        write: fn(&T) -> Option<String>,
    ) -> Parameter<T> {
        Parameter { name, doc, without: "", takes, scope: Scope::Everywhere, is_required: false, read, write }
    }

    /// Says what holds without it.
    #[must_use]
    pub const fn without(self, without: &'static str) -> Parameter<T> {
        Parameter { without, ..self }
    }

    /// Says that it has to be given.
    #[must_use]
    pub const fn required(self) -> Parameter<T> {
        Parameter { is_required: true, ..self }
    }

    /// Says where it has a meaning.
    #[must_use]
    pub const fn only(self, scope: Scope) -> Parameter<T> {
        Parameter { scope, ..self }
    }
}

/// Reads names and values of parameters into a question by the rows of its table, in the order in which they are given.
///
/// # Errors
/// Every mistake: unknown parameters with the nearest known name, repeated ones, each value that cannot be read, and what is
/// missing.
pub fn read_parameters<T>(
    question: &mut T,
    table: &[Parameter<T>],
    given: &[(String, String)],
) -> Result<(), Vec<Mistake>> {
    let mut mistakes = Vec::new();
    for (index, (name, value)) in given.iter().enumerate() {
        let is_repeated = given[..index].iter().any(|(other, _)| other == name);
        let read = match table.iter().find(|row| row.name == name) {
            None => Err(unknown(name, table)),
            Some(row) if is_repeated => Err(repeated(name, matches!(row.takes, Takes::Several(_)))),
            Some(row) if row.takes.is_free() => (row.read)(question, value),
            Some(row) => (row.read)(question, &unmarked(value)),
        };
        let mistake = |fault| Mistake::at(&Origin::default(), name, Some(value), fault);
        mistakes.extend(read.err().map(mistake));
    }
    let is_given = |row: &&Parameter<T>| given.iter().any(|(name, _)| name == row.name);
    for row in table.iter().filter(|row| row.is_required && !is_given(row)) {
        mistakes.push(Mistake::at(&Origin::default(), row.name, None, missing(row)));
    }
    if given.iter().any(|(name, _)| name == "position") && given.iter().any(|(name, _)| name == "as_of") {
        mistakes.push(Mistake::at(&Origin::default(), "as_of", None, exclusive("position", "as_of")));
    }
    if mistakes.is_empty() { Ok(()) } else { Err(mistakes) }
}

/// Lists the parameters of a question that have an effect, with their values, in the order of the table.
pub fn write_parameters<T>(question: &T, table: &[Parameter<T>]) -> Vec<(&'static str, String)> {
    table.iter().filter_map(|row| Some((row.name, (row.write)(question)?))).collect()
}

/// Puts a value that could be read where it belongs.
///
/// # Errors
/// The fault of one that could not.
pub fn put<T>(place: &mut T, read: Result<T, Fault>) -> Result<(), Fault> {
    *place = read?;
    Ok(())
}

/// Makes the fault of a parameter that is given more than once.
#[must_use]
pub fn repeated(name: &str, takes_several: bool) -> Fault {
    let fault = Fault::twice(Label { de: "Der Parameter", en: "The parameter" }, name);
    match takes_several {
        true => fault.more("; mehrere Werte mit Komma trennen", "; separate several values by commas"),
        false => fault,
    }
}

/// Makes the fault of two parameters that cannot be given together.
#[must_use]
pub fn exclusive(one: &str, other: &str) -> Fault {
    Fault::say(
        Code::FieldsExclude,
        format!("„{one}“ und „{other}“ schließen sich aus"),
        format!("\"{one}\" and \"{other}\" exclude each other"),
    )
}

fn missing<T>(row: &Parameter<T>) -> Fault {
    let (name, doc) = (row.name, row.doc);
    Fault::say(
        Code::MissingField,
        format!("Der Parameter „{name}“ fehlt"),
        format!("The parameter \"{name}\" is missing: {doc}"),
    )
}

fn unknown<T>(name: &str, table: &[Parameter<T>]) -> Fault {
    let known: Vec<&str> = table.iter().map(|row| row.name).collect();
    let (de, en) = match known.join(", ") {
        none if none.is_empty() => {
            ("; diese Adresse hat keine".to_owned(), "; this address has none".to_owned())
        }
        known => (format!(". Erlaubt: {known}"), format!(". Allowed: {known}")),
    };
    let fault = Fault::say(
        Code::UnknownField,
        format!("Den Parameter „{name}“ gibt es nicht{de}"),
        format!("There is no parameter \"{name}\"{en}"),
    );
    match meant(name).filter(|meant| known.contains(meant)) {
        Some(meant) => fault.hint(meant),
        None => fault.near(name, known),
    }
}

/// Returns the parameter that people mean by another word.
fn meant(name: &str) -> Option<&'static str> {
    const MEANT: [(&str, &[&str]); 12] = [
        ("area", &["land", "bundesland", "gebiet", "ort", "place", "state", "region", "kreis"]),
        ("service", &["leistung", "dienst"]),
        ("topic", &["thema", "themenfeld"]),
        ("stage", &["stufe"]),
        ("level", &["reifegrad", "maturity"]),
        ("unit", &["einheit", "zaehleinheit"]),
        ("basis", &["grundlage"]),
        ("from", &["von", "ab", "since", "seit", "start"]),
        ("to", &["bis", "until", "end"]),
        ("on", &["am", "tag", "day", "date", "datum"]),
        ("lang", &["sprache", "language"]),
        ("every", &["step", "schritt", "interval"]),
    ];
    let name = folded(name);
    MEANT.iter().find(|(_, words)| words.contains(&name.as_str())).map(|(meant, _)| *meant)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: [Parameter<Vec<String>>; 2] = [
        Parameter::new(("after", ""), Takes::Whole(0, 9), add, |read| Some(read.join("+"))),
        Parameter::new(("limit", ""), Takes::Several(&Takes::Whole(1, 9)), add, |_| None),
    ];

    #[test]
    fn what_is_required_is_missing_where_it_is_not_given() {
        const TABLE: [Parameter<Vec<String>>; 1] =
            [Parameter::new(("service", "the service"), Takes::Service, add, |_| None).required()];
        let mistakes = read_parameters(&mut Vec::new(), &TABLE, &[]).unwrap_err();
        assert_eq!(mistakes.len(), 1);
        assert_eq!((mistakes[0].field.as_str(), mistakes[0].code), ("service", Code::MissingField));
        assert_eq!(mistakes[0].message.en, "The parameter \"service\" is missing: the service");
        let given = [("service".to_owned(), "ozg:10255".to_owned())];
        assert!(read_parameters(&mut Vec::new(), &TABLE, &given).is_ok());
    }

    fn add(read: &mut Vec<String>, text: &str) -> Result<(), Fault> {
        if text == "x" {
            return Err(Fault::say(Code::BadNumber, "", ""));
        }
        read.push(text.to_owned());
        Ok(())
    }

    #[test]
    fn every_mistake_is_named_in_the_order_of_the_address() {
        let given = [("limt", "5"), ("after", "x"), ("after", "1"), ("limit", "2"), ("limit", "3")];
        let given = given.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let mut read = Vec::new();
        let mistakes = read_parameters(&mut read, &TABLE, &given).unwrap_err();
        let told: Vec<String> = mistakes
            .iter()
            .map(|m| format!("{} {} {:?} {}", m.field, m.code.as_str(), m.hint_in_english(), m.message.en))
            .collect();
        expect_test::expect![[r#"
            limt unknown_field Some("limit") There is no parameter "limt". Allowed: after, limit
            after bad_number None 
            after duplicate_field None The parameter "after" is given twice
            limit duplicate_field None The parameter "limit" is given twice; separate several values by commas"#]]
        .assert_eq(&told.join("\n"));
        assert_eq!(write_parameters(&read, &TABLE), [("after", "2".to_owned())]);
    }
}
