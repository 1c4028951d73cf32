//! Parameters of addresses other than those of series: unknown and repeated ones are refused, every mistake at once.

use crate::problem::Problem;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use ozg_core::mistake::{Code, Fault, Mistake, Origin};
use ozg_core::query::{Viewpoint, read_as_of, read_position};
use ozg_core::words::{Area, Place, nearest};

/// The names and values of the query of an address, decoded, in their order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Query(pub(crate) Vec<(String, String)>);

impl<S: Send + Sync> FromRequestParts<S> for Query {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Query, Problem> {
        let pairs = axum::extract::Query::try_from_uri(&parts.uri).map_err(|_| {
            let fault = Fault::say(
                Code::Unreadable,
                "Die Parameter der Adresse sind nicht lesbar",
                "The parameters of the address cannot be read",
            );
            Problem::parameter("", parts.uri.query(), fault)
        })?;
        Ok(Query(pairs.0))
    }
}

/// Reads parameters one by one and collects what is wrong with them.
pub(crate) struct Reading<'a> {
    given: &'a [(String, String)],
    mistakes: Vec<Mistake>,
}

impl<'a> Reading<'a> {
    /// Begins to read; names that are not known and repeated ones are mistakes.
    pub(crate) fn new(query: &'a Query, known: &[&str]) -> Reading<'a> {
        let mut reading = Reading { given: &query.0, mistakes: Vec::new() };
        for (index, (name, value)) in query.0.iter().enumerate() {
            if !known.contains(&name.as_str()) {
                reading.mistake(name, Some(value), unknown(name, known));
            } else if query.0[..index].iter().any(|(other, _)| other == name) {
                reading.mistake(name, Some(value), twice(name));
            }
        }
        reading
    }

    /// Reads a parameter, where it is given.
    pub(crate) fn read<T>(&mut self, name: &str, read: impl Fn(&str) -> Result<T, Fault>) -> Option<T> {
        let (_, value) = self.given.iter().find(|(given, _)| given == name)?;
        match read(value) {
            Ok(read) => Some(read),
            Err(fault) => {
                self.mistake(name, Some(value), fault);
                None
            }
        }
    }

    /// Reads the data state: `position` or `as_of`, not both.
    pub(crate) fn viewpoint(&mut self) -> Viewpoint {
        let position = self.read("position", |text| read_position(text).map(Viewpoint::Position));
        let as_of = self.read("as_of", read_as_of);
        if position.is_some() && as_of.is_some() {
            let fault = Fault::say(
                Code::FieldsExclude,
                "„position“ und „as_of“ schließen sich aus",
                "\"position\" and \"as_of\" exclude each other",
            );
            self.mistake("as_of", None, fault);
        }
        position.or(as_of).unwrap_or_default()
    }

    fn mistake(&mut self, name: &str, value: Option<&str>, fault: Fault) {
        self.mistakes.push(Mistake::at(&Origin::default(), name, value, fault));
    }

    /// Ends the reading.
    pub(crate) fn finish(self) -> Result<(), Problem> {
        if self.mistakes.is_empty() { Ok(()) } else { Err(Problem::parameters(self.mistakes)) }
    }
}

impl Query {
    /// Takes a parameter out that is `1` where it is given, and tells whether it was.
    pub(crate) fn take_one(&mut self, name: &str) -> Result<bool, Problem> {
        let (taken, others) = std::mem::take(&mut self.0).into_iter().partition(|(given, _)| given == name);
        self.0 = others;
        let taken: Vec<(String, String)> = taken;
        let fault = match taken.as_slice() {
            [] => return Ok(false),
            [(_, value)] if value == "1" => return Ok(true),
            [(_, value)] => Fault::say(
                Code::UnknownWord,
                format!("„{value}“: hier gibt es nur 1"),
                format!("\"{value}\": there is only 1 here"),
            )
            .hint("1"),
            _ => twice(name),
        };
        Err(Problem::parameter(name, taken.last().map(|(_, value)| value.as_str()), fault))
    }
}

/// Reads a whole number within bounds.
pub(crate) fn whole(text: &str, min: u32, max: u32) -> Result<u32, Fault> {
    let number = text.trim().parse::<u32>().ok().filter(|number| (min..=max).contains(number));
    number.ok_or_else(|| {
        Fault::say(
            Code::BadNumber,
            format!("„{text}“ ist keine ganze Zahl von {min} bis {max}"),
            format!("\"{text}\" is not a whole number from {min} to {max}"),
        )
    })
}

/// Reads DE, a Land or a region.
pub(crate) fn read_area(text: &str) -> Result<Place, Fault> {
    if text.trim().starts_with("region:") { Place::read(text) } else { Area::read(text).map(Place::Area) }
}

/// Reads `true` or `false`.
pub(crate) fn flag(text: &str) -> Result<bool, Fault> {
    match text {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(Fault::say(
            Code::UnknownWord,
            format!("„{text}“ ist weder true noch false"),
            format!("\"{text}\" is neither true nor false"),
        )
        .hint("true")),
    }
}

fn unknown(name: &str, known: &[&str]) -> Fault {
    let allowed = known.join(", ");
    let fault = if known.is_empty() {
        Fault::say(
            Code::UnknownField,
            format!("Den Parameter „{name}“ gibt es nicht; diese Adresse hat keine"),
            format!("There is no parameter \"{name}\"; this address has none"),
        )
    } else {
        Fault::say(
            Code::UnknownField,
            format!("Den Parameter „{name}“ gibt es nicht. Erlaubt: {allowed}"),
            format!("There is no parameter \"{name}\". Allowed: {allowed}"),
        )
    };
    match nearest(name, known.iter().copied()) {
        Some(near) => fault.hint(near),
        None => fault,
    }
}

/// Makes the fault of a parameter that is given twice.
pub(crate) fn twice(name: &str) -> Fault {
    Fault::say(
        Code::DuplicateField,
        format!("Der Parameter „{name}“ steht zweimal da"),
        format!("The parameter \"{name}\" is given twice"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mistake_is_named() {
        let given = [("limt", "5"), ("after", "x"), ("after", "1")];
        let query = Query(given.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec());
        let mut reading = Reading::new(&query, &["after", "limit"]);
        assert_eq!(reading.read("after", |text| whole(text, 0, 9)), None);
        let codes: Vec<(&str, Option<&str>)> =
            reading.mistakes.iter().map(|m| (m.code.as_str(), m.hint.as_deref())).collect();
        assert_eq!(
            codes,
            [("unknown_field", Some("limit")), ("duplicate_field", None), ("bad_number", None)]
        );
    }
}
