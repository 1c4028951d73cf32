//! Identifies the office that writes: by its bearer token, or over the local socket as the operator names it.

use crate::app::Door;
use crate::problem::{Problem, ProblemKind};
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use ozg_tracker::{AuthError, Office};

/// The header in which the operator names the office, over the local socket only.
pub(crate) const OFFICE_HEADER: &str = "ozg-office";

/// Returns the office that sends a request.
pub(crate) fn office(door: &Door, headers: &HeaderMap) -> Result<Office, Problem> {
    if door.is_local
        && let Some(id) = headers.get(OFFICE_HEADER)
    {
        return named(door, id.to_str().unwrap_or_default());
    }
    let Some(header) = headers.get(AUTHORIZATION) else {
        return Err(Problem::no_token(
            "Der Kopf „Authorization: Bearer …“ fehlt; ein Token gibt der Betreiber aus",
            "The header \"Authorization: Bearer …\" is missing; the operator hands out tokens",
        ));
    };
    let token = header.to_str().ok().and_then(|value| {
        let (scheme, token) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
    });
    let token = token.filter(|token| !token.is_empty()).ok_or_else(|| {
        Problem::no_token(
            "Der Kopf muss „Authorization: Bearer TOKEN“ lauten",
            "The header must read \"Authorization: Bearer TOKEN\"",
        )
    })?;
    Ok(door.tracker.offices().authenticate(token, door.now_ms())?)
}

/// Returns an office by its id. An office without a valid token may not write over the local socket either.
fn named(door: &Door, id: &str) -> Result<Office, Problem> {
    match door.tracker.offices().named(id, door.now_ms()) {
        Ok(office) => Ok(office),
        Err(AuthError::Unreadable) => Err(AuthError::Unreadable.into()),
        Err(AuthError::Unknown | AuthError::Expired | AuthError::Revoked) => {
            let problem = Problem::say(
                ProblemKind::Forbidden,
                format!("Eine Stelle „{id}“ mit gültigem Token gibt es nicht; `ozg office add` legt sie an"),
                format!("There is no office \"{id}\" with a valid token; `ozg office add` makes it"),
            );
            let rows = door.tracker.offices().list()?;
            let valid = rows.iter().filter(|row| row.check(door.now_ms()).is_ok());
            Err(problem.near(id, valid.map(|row| row.id.as_str())))
        }
    }
}
