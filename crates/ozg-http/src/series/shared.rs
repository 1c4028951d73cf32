//! What answers about series have in common: a plan, a permalink, a citation.

use crate::app::{Door, Site};
use crate::parameters::Given;
use crate::problem::Problem;
use crate::streaming::{Turn, blocking};
use axum::http::HeaderValue;
use ozg_core::mistake::{Code, Fault, Mistake, Origin};
use ozg_core::query::{PARAMETERS, Query, Scope, query_string};
use ozg_core::series::{Header, LeftOut, Series};
use ozg_core::words::Language;
use ozg_formats::series::{Publication, Related};

/// Returns the mistakes of an answer in rows, such as a comparison, which takes no parameter about the layout of a table.
pub(super) fn of_no_table(given: &Given) -> Vec<Mistake> {
    let mistake = |(name, value): (&str, &str)| {
        let fault = Fault::say(
            Code::FieldsExclude,
            format!(
                "„{name}“ gibt es hier nicht: jede Zeile steht für sich. Breite Tabellen und Diagramme gibt /v1/series/…"
            ),
            format!(
                "\"{name}\" does not exist here: each row stands for itself. /v1/series/… gives wide tables and charts"
            ),
        );
        Mistake::at(&Origin::default(), name, Some(value), fault)
    };
    [Scope::Tables, Scope::Charts]
        .into_iter()
        .flat_map(|scope| with_scope(given, scope))
        .map(mistake)
        .collect()
}

/// Lists the given parameters of a series that have a meaning in a scope only.
pub(super) fn with_scope(given: &Given, scope: Scope) -> impl Iterator<Item = (&str, &str)> {
    let has_scope = move |name: &str| PARAMETERS.iter().any(|row| row.name == name && row.scope == scope);
    let given = given.0.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    given.filter(move |(name, _)| has_scope(name))
}

/// A planned answer, with the turn in which its rows are computed.
pub(super) type Planned = (Series, Turn);

/// Takes a turn and plans the answer to a query, which takes long for some queries. The rows are computed in the same turn.
/// The thread that computes holds the turn, so that the turn stays taken while it works for a client that has gone.
pub(super) async fn plan(door: &Door, query: Query) -> Result<Planned, Problem> {
    let turn = door.turn().await?;
    let (state, today) = (door.state(), door.today());
    let (series, turn) = blocking(move || (state.series(&query, today), turn)).await?;
    Ok((series?, turn))
}

/// A planned answer, with what it leaves out and the turn in which its rows are computed.
pub(super) type Explained = (Planned, Option<Vec<LeftOut>>);

/// Plans the answer to a query as [`plan`] does, and lists what it leaves out.
pub(super) async fn explained(door: &Door, query: Query) -> Result<Explained, Problem> {
    let turn = door.turn().await?;
    let (state, today) = (door.state(), door.today());
    let (planned, turn) = blocking(move || (state.series_and_left_out(&query, today), turn)).await?;
    let (series, left_out) = planned?;
    Ok(((series, turn), left_out))
}

/// Leads to the questions whose answers have what one leaves out: the same address with one other parameter (rule 21a).
pub(super) fn related(site: &Site, (file, given): (&str, &Given), left_out: Vec<LeftOut>) -> Vec<Related> {
    let lead = |LeftOut { parameter, value, lines }: LeftOut| {
        let others = given.0.iter().filter(|(name, _)| name != parameter);
        let others = others.map(|(name, value)| (name.as_str(), value.clone()));
        let query = query_string(&others.chain([(parameter, value.clone())]).collect::<Vec<_>>());
        let href = format!("{}/v1/series/{file}?{query}", site.config.public_url);
        Related { parameter, value, lines, href }
    };
    left_out.into_iter().map(lead).collect()
}

/// Writes the headers that lead there.
pub(super) fn links(related: &[Related]) -> impl Iterator<Item = HeaderValue> {
    let link = |to: &Related| {
        let (href, title) = (&to.href, to.title(Language::English));
        HeaderValue::from_str(&format!("<{href}>; rel=\"related\"; title=\"{title}\"")).ok()
    };
    related.iter().filter_map(link)
}

/// Returns the permalink and the citation of an answer. They depend on the answer alone, never on the time of the request.
pub(crate) fn publication(site: &Site, series: &Series, file: &str) -> Publication {
    let header = series.header();
    publication_at(
        site,
        (header, series.sources()),
        &format!("/v1/series/{file}?{}", header.query.query_string()),
    )
}

/// Returns the same for an answer with another address.
pub(super) fn publication_at(
    site: &Site,
    (header, sources): (&Header, Vec<String>),
    address: &str,
) -> Publication {
    let config = &site.config;
    let permalink = format!("{}{address}", config.public_url);
    let (operator, licence) = (config.operator.clone(), config.licence.clone());
    let mut publication = Publication { operator, licence, permalink, sources, ..Publication::default() };
    publication.citation = publication.citation_in(header, header.query.language.unwrap_or_default());
    publication
}

pub(super) fn link(publication: &Publication) -> Option<HeaderValue> {
    HeaderValue::from_str(&format!("<{}>; rel=\"cite-as\"", publication.permalink)).ok()
}
