//! The parameters that stand in an address, and what several tables of parameters share.

use crate::problem::Problem;
use axum::extract::FromRequestParts;
use axum::http::Uri;
use axum::http::request::Parts;
use ozg_core::mistake::{Code, Fault};
use ozg_core::query::{Parameter, Takes, read_parameters, read_word, repeated};
use ozg_core::words::{Area, Language, Place};

/// The names and values of the query of an address, decoded, in their order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Given(pub(crate) Vec<(String, String)>);

impl<S: Send + Sync> FromRequestParts<S> for Given {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Given, Problem> {
        let pairs: axum::extract::Query<Vec<(String, String)>> =
            axum::extract::Query::try_from_uri(&parts.uri).map_err(|_| {
                let fault = Fault::say(
                    Code::Unreadable,
                    "Die Parameter der Adresse sind nicht lesbar",
                    "The parameters of the address cannot be read",
                );
                Problem::parameter("", parts.uri.query(), fault)
            })?;
        let own = pairs.0.into_iter().filter(|(name, _)| !is_foreign(name));
        Ok(Given(own.collect()))
    }
}

/// Tells whether a parameter is one that platforms append to the addresses that people share: it means nothing here (rule 21c).
pub(crate) fn is_foreign(name: &str) -> bool {
    ["utm_", "mc_"].iter().any(|prefix| name.starts_with(prefix))
        || ["fbclid", "gclid", "_", "ref"].contains(&name)
}

/// Returns an address without foreign parameters, if it has any.
pub(crate) fn without_foreign(uri: &Uri) -> Option<String> {
    let name = |pair: &str| pair.split('=').next().map(is_foreign).unwrap_or_default();
    let (foreign, own): (Vec<&str>, Vec<&str>) = uri.query()?.split('&').partition(|pair| name(pair));
    let path = uri.path();
    match (foreign.is_empty(), own.is_empty()) {
        (true, _) => None,
        (false, true) => Some(path.to_owned()),
        (false, false) => Some(format!("{path}?{}", own.join("&"))),
    }
}

impl Given {
    /// Reads a question by the rows of its table; every mistake is named.
    pub(crate) fn read<T>(&self, mut question: T, table: &[Parameter<T>]) -> Result<T, Problem> {
        read_parameters(&mut question, table, &self.0).map_err(Problem::parameters)?;
        Ok(question)
    }

    /// Refuses all parameters, where an address has none.
    pub(crate) fn none(&self) -> Result<(), Problem> {
        self.read((), &[])
    }

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
            _ => repeated(name, false),
        };
        Err(Problem::parameter(name, taken.last().map(|(_, value)| value.as_str()), fault))
    }
}

/// The languages of answers.
pub(crate) const LANGUAGES: Takes =
    Takes::Word(|| Language::all().map(|language| language.tag().to_owned()).collect());

/// Reads the language of an answer.
pub(crate) fn read_language(text: &str) -> Result<Language, Fault> {
    read_word(text, Language::all(), Language::tag)
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
