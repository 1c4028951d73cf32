//! Requests to a server elsewhere, over HTTP or HTTPS.

use crate::failure::Failure;
use crate::language::say;
use ozg_http::message::header::AUTHORIZATION;
use ozg_http::message::{Body, HeaderValue, Method, Request, Response};
use std::error::Error;

/// A server elsewhere.
pub(crate) struct Remote {
    client: reqwest::Client,
    base: String,
    token: Option<String>,
}

impl Remote {
    pub(crate) fn new(server: &str, token: Option<&str>) -> Result<Remote, Failure> {
        let agent = concat!("ozg/", env!("CARGO_PKG_VERSION"));
        let client = reqwest::Client::builder().user_agent(agent).build().map_err(Failure::said)?;
        let named = if server.contains("://") { server.to_owned() } else { format!("http://{server}") };
        Ok(Remote { client, base: named.trim_end_matches('/').to_owned(), token: token.map(str::to_owned) })
    }

    /// Adds the token.
    pub(crate) fn sign(&self, request: &mut Request<Body>) -> Result<(), Failure> {
        let token = self.token.as_deref().ok_or_else(|| {
            Failure::said(say(
                "zum Schreiben gehört ein Token: --token oder OZG_TOKEN",
                "writing needs a token: --token or OZG_TOKEN",
            ))
        })?;
        let value = HeaderValue::from_str(&format!("Bearer {token}")).map_err(Failure::said)?;
        request.headers_mut().insert(AUTHORIZATION, value);
        Ok(())
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Result<Response<Body>, Failure> {
        let (parts, body) = request.into_parts();
        let address = format!("{}{}", self.base, parts.uri);
        let lost = |error: reqwest::Error| {
            // The last cause says what went wrong, such as "connection refused"; the ones before say only where.
            let mut cause: &dyn Error = &error;
            while let Some(deeper) = cause.source() {
                cause = deeper;
            }
            Failure::said(format!("{}: {cause}", self.base))
        };
        let mut builder = self.client.request(parts.method.clone(), &address).headers(parts.headers);
        if parts.method != Method::GET {
            builder = builder.body(reqwest::Body::wrap_stream(body.into_data_stream()));
        }
        let answer = builder.send().await.map_err(lost)?;
        let mut response = Response::new(Body::empty());
        *response.status_mut() = answer.status();
        *response.headers_mut() = answer.headers().clone();
        *response.body_mut() = Body::from_stream(answer.bytes_stream());
        Ok(response)
    }
}
