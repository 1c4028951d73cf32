//! An address as it is described: its method, its template, what it takes and what it gives.

use crate::described::DescribedParameter;
use std::borrow::Cow;

/// The methods of addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "they are what HTTP calls them")]
pub enum Verb {
    Get,
    Post,
    Put,
    Delete,
}

impl Verb {
    /// Returns the name of the method, as in a request.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Verb::Get => "GET",
            Verb::Post => "POST",
            Verb::Put => "PUT",
            Verb::Delete => "DELETE",
        }
    }
}

/// What an answer is made of: the name of its schema, or text.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Gives {
    Json(&'static str),
    Text(&'static str),
    /// A series in any format.
    Formats,
}

/// What the body of a request is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RequestBody {
    Nothing,
    Batch,
    /// A mapping of sheets, as JSON.
    Mapping,
    /// The parameters, as a form.
    Form,
}

/// An address: its method, its template, what it takes and what it gives.
pub struct Address {
    /// The method.
    pub verb: Verb,
    /// The template of the address.
    pub path: Cow<'static, str>,
    /// Its name, for programs that are generated from the description.
    pub id: Cow<'static, str>,
    /// What it answers.
    pub doc: Cow<'static, str>,
    /// Whether it is there over the local socket only.
    pub is_local: bool,
    /// Whether it asks for the token of an office.
    pub(crate) is_of_office: bool,
    pub(crate) body: RequestBody,
    /// Lists the parameters that it takes.
    pub(crate) parameters: Box<dyn Fn() -> Vec<DescribedParameter> + Send + Sync>,
    pub(crate) gives: Vec<Gives>,
    /// Statuses other than 200, and those that every address has.
    pub(crate) statuses: &'static [u16],
}

/// Lists the methods that an address knows.
pub(crate) fn allowed(addresses: &[&Address], path: &str) -> String {
    let verbs = addresses.iter().filter(|address| address.path == path).map(|address| address.verb);
    let names = verbs.map(|verb| if verb == Verb::Get { "GET, HEAD" } else { verb.name() });
    names.collect::<Vec<_>>().join(", ")
}
