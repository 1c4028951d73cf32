//! A problem on its way out: its members, its headers, and its body in the language of the client.

use crate::problems::{PROBLEM_TYPE, ProblemKind};
use axum::body::Body;
use axum::http::header::{CONTENT_LANGUAGE, CONTENT_TYPE, VARY};
use axum::http::{HeaderName, HeaderValue, Response, StatusCode};
use axum::response::IntoResponse;
use ozg_core::mistake::{Bilingual, Mistake};
use ozg_core::words::{Language, nearest};
use serde_json::Value;
use std::sync::Arc;

/// A problem: its kind, its status, and the details of this occurrence.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    pub(crate) kind: ProblemKind,
    status: StatusCode,
    about: Box<Occurrence>,
}

/// The details of one occurrence of a problem.
#[derive(Debug, Clone, Default)]
struct Occurrence {
    detail: Option<Bilingual>,
    mistakes: Vec<Mistake>,
    members: Vec<(&'static str, Value)>,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl Problem {
    /// Makes a problem without details.
    pub(crate) fn new(kind: ProblemKind) -> Problem {
        let status = StatusCode::from_u16(kind.row().status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Problem { kind, status, about: Box::default() }
    }

    /// Returns the HTTP status.
    #[cfg(test)]
    pub(crate) fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// Replaces the status of the kind.
    pub(crate) fn with_status(mut self, status: StatusCode) -> Problem {
        self.status = status;
        self
    }

    /// Makes a problem with a sentence about this occurrence, in both languages.
    pub(crate) fn say(kind: ProblemKind, de: impl Into<String>, en: impl Into<String>) -> Problem {
        let mut problem = Problem::new(kind);
        problem.about.detail = Some(Bilingual::new(de, en));
        problem
    }

    /// Adds a member to the body.
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<Value>) -> Problem {
        self.about.members.push((name, value.into()));
        self
    }

    /// Hints at the known word that is near to what was found, if it is the only one.
    pub(crate) fn near<'a>(self, found: &str, known: impl Iterator<Item = &'a str>) -> Problem {
        match nearest(found, known) {
            Some(near) => self.with("hint", near),
            None => self,
        }
    }

    /// Adds a header.
    pub(crate) fn header(mut self, name: HeaderName, value: &str) -> Problem {
        self.about.headers.extend(HeaderValue::from_str(value).ok().map(|value| (name, value)));
        self
    }

    /// Makes a problem that names mistakes.
    pub(crate) fn mistaken(kind: ProblemKind, mistakes: Vec<Mistake>) -> Problem {
        let mut problem = Problem::new(kind);
        problem.about.mistakes = mistakes;
        problem
    }

    /// Writes the problem in a language.
    pub(crate) fn render(&self, language: Language) -> Response<Body> {
        let row = self.kind.row();
        let title = row.title.in_language(language);
        let mut body = ozg_formats::problem::problem_json(
            row.slug,
            self.status.as_u16(),
            title,
            &self.about.mistakes,
            language,
        );
        if let Value::Object(body) = &mut body {
            let detail = self.about.detail.as_ref().map(|detail| detail.in_language(language));
            body.extend(detail.map(|detail| ("detail".to_owned(), Value::from(detail))));
            body.extend(self.about.members.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
        }
        let mut response = Response::new(Body::from(format!("{body}\n")));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(PROBLEM_TYPE));
        headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
        headers.append(VARY, HeaderValue::from_static("accept-language"));
        headers.extend(self.about.headers.iter().cloned());
        response
    }
}

/// Hands the problem on to the layer that knows the client's language.
impl IntoResponse for Problem {
    fn into_response(self) -> axum::response::Response {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = self.status;
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

/// Marks an error whose body is written already, in the form that the address uses (the query API, that of Prometheus).
#[derive(Debug, Clone, Copy)]
pub(crate) struct AlreadyWritten;
