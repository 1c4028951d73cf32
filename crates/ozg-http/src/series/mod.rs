//! `GET /v1/series/…`: a series in the format that the ending of the address chooses, and the entries behind it.

mod behind;
mod compare;

pub(crate) use behind::{as_csv, as_json};
pub(crate) use compare::{EXCLUDED, compare};

use crate::app::{Door, Site};
use crate::caching::{Asking, Freshness, no_body};
use crate::kept::Question;
use crate::limits::LARGE_ROWS;
use crate::params;
use crate::problem::{Kind, Problem};
use crate::streaming::{Taker, Turn, blocking, computed};
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, LINK};
use axum::http::{HeaderValue, Response};
use ozg_core::measure::Measure;
use ozg_core::mistake::{Code, Fault, Mistake, Origin};
use ozg_core::query::{Query, Shape};
use ozg_core::series::{Header, Series};
use ozg_formats::series::{FORMATS, Format, Publication, write_series};
use std::io::Write;
use std::sync::Arc;

/// The parameter that asks for a file to save. It is not part of the query, and in no permalink.
pub(crate) const DOWNLOAD: &str = "download";

/// Parameters about the layout of a table of values. Answers that are no such table refuse them.
pub(crate) const OF_TABLES: [&str; 2] = ["shape", "show"];

/// Returns the mistakes of an answer in rows, such as a comparison, which takes no parameter about the layout of a table.
fn of_no_table(parameters: &[(String, String)]) -> Vec<Mistake> {
    let given = parameters.iter().filter(|(name, _)| OF_TABLES.contains(&name.as_str()));
    let mistake = |(name, value): &(String, String)| {
        let fault = Fault::say(
            Code::FieldsExclude,
            format!(
                "„{name}“ gibt es hier nicht: jede Zeile steht für sich. Breite Tabellen gibt /v1/series/…"
            ),
            format!(
                "\"{name}\" does not exist here: each row stands for itself. /v1/series/… gives wide tables"
            ),
        );
        Mistake::at(&Origin::default(), name, Some(value), fault)
    };
    given.map(mistake).collect()
}

/// Lists the formats that this build has.
fn known() -> impl Iterator<Item = &'static Format> {
    FORMATS.iter().filter(|format| format.is_built())
}

/// Answers with a series: `{measure}.{ending}`.
pub(crate) async fn answer(
    State(door): State<Door>,
    Path(file): Path<String>,
    mut parameters: params::Query,
    asking: Asking,
) -> Result<Response<Body>, Problem> {
    let (measure, format) = measure_and_format(&file)?;
    let is_download = parameters.take_one(DOWNLOAD)?;
    let mut query = Query::read(measure, &parameters.0).map_err(Problem::parameters)?;
    format.adapt(&mut query);
    query.check_adapted(&parameters.0).map_err(Problem::parameters)?;
    let freshness = Freshness::of_query(&door, &query);
    let question = Question(Arc::new(query.clone()));
    if let Some(response) = freshness.not_modified(&asking) {
        return Ok(response);
    }
    let planned = fitting(plan(&door, query).await?, format).await?;
    let (series, turn) = if asking.is_head { planned } else { at_its_size(&door, planned, format).await? };
    let publication = publication(&door, series.header(), &file);
    let link = link(&publication);
    let header = series.header().clone();
    let name = is_download.then(|| disposition(&header, format)).flatten();
    let body = if asking.is_head {
        no_body()
    } else {
        let write = move |out: &mut dyn Write, taker: Taker| {
            write_series(format, &header, &publication, taker.while_there(series.into_rows()), out)
        };
        computed(turn, write).await?
    };
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(format.content_type));
    headers.extend(link.map(|link| (LINK, link)));
    headers.extend(name.map(|name| (CONTENT_DISPOSITION, name)));
    freshness.put(headers);
    response.extensions_mut().insert(question);
    Ok(response)
}

/// Returns the header that lets a client save the answer, such as `services_launched_p1042.csv`.
fn disposition(header: &Header, format: &Format) -> Option<HeaderValue> {
    let (measure, position) = (header.measure, header.position);
    let name = format!("attachment; filename=\"{measure}_p{position}.{}\"", format.id);
    HeaderValue::from_str(&name).ok()
}

/// Refuses an answer that has more rows than its format holds, before any of it is sent.
async fn fitting(planned: Planned, format: &'static Format) -> Result<Planned, Problem> {
    let Some(allowed) = format.rows_max else {
        return Ok(planned);
    };
    let (planned, is_beyond) = exceeds(planned, allowed).await?;
    if !is_beyond {
        return Ok(planned);
    }
    let id = format.id;
    let problem = Problem::say(
        Kind::BadParameters,
        format!(
            "Das Format {id} fasst {allowed} Zeilen, diese Antwort hat mehr: Zeitraum, Schrittweite oder Dimensionen eingrenzen, oder .csv nehmen"
        ),
        format!(
            "The format {id} holds {allowed} rows, and this answer has more: narrow the span, the step width or the dimensions, or take .csv"
        ),
    );
    Err(problem.with("limit", allowed).with("hint", "csv"))
}

/// Exchanges the turn of a large answer for one of the few large turns. Such an answer takes much memory, since its format
/// needs all rows before it writes the first.
async fn at_its_size(door: &Door, planned: Planned, format: &Format) -> Result<Planned, Problem> {
    if format.streams && planned.0.header().query.shape != Shape::Wide {
        return Ok(planned);
    }
    let ((series, turn), is_large) = exceeds(planned, LARGE_ROWS).await?;
    Ok((series, if is_large { door.large(turn).await? } else { turn }))
}

/// Tells whether an answer has more than so many rows.
async fn exceeds(planned: Planned, rows: usize) -> Result<(Planned, bool), Problem> {
    // An answer that cannot have so many rows need not be counted.
    if !planned.0.may_exceed(rows) {
        return Ok((planned, false));
    }
    // The count ends early once the client has gone.
    let waiting = Arc::new(());
    let waits = Arc::downgrade(&waiting);
    let counted = blocking(move || {
        let is_beyond = planned.0.rows().take_while(|_| waits.strong_count() > 0).nth(rows).is_some();
        (planned, is_beyond)
    })
    .await;
    drop(waiting);
    counted
}

/// A planned answer, with the turn in which its rows are computed.
type Planned = (Series, Turn);

/// Takes a turn and plans the answer to a query, which takes long for some queries. The rows are computed in the same turn.
/// The thread that computes holds the turn, so that the turn stays taken while it works for a client that has gone.
async fn plan(door: &Door, query: Query) -> Result<Planned, Problem> {
    let turn = door.turn().await?;
    let (state, today) = (door.state(), door.today());
    let (series, turn) = blocking(move || (state.series(&query, today), turn)).await?;
    Ok((series?, turn))
}

/// Splits the last part of an address.
fn measure_and_format(file: &str) -> Result<(Measure, &'static Format), Problem> {
    let (name, ending) = file.split_once('.').unwrap_or((file, ""));
    let measure = Measure::read(name).map_err(Problem::unknown)?;
    let format = Format::read(ending).map_err(|fault| {
        let known: Vec<String> =
            known().map(|format| format!("/v1/series/{measure}.{}", format.id)).collect();
        let list = known.join(", ");
        let problem = Problem::say(
            Kind::UnknownAddress,
            format!("Die Endung „{ending}“ gibt es nicht. Erlaubt: {list}"),
            format!("There is no ending \"{ending}\". Allowed: {list}"),
        );
        let near = fault.hint.map(|near| format!("/v1/series/{measure}.{near}"));
        problem.with("hint", near.unwrap_or_else(|| known[0].clone()))
    })?;
    Ok((measure, format))
}

/// Returns the permalink and the citation of an answer. They depend on the answer alone, never on the time of the request.
pub(crate) fn publication(site: &Site, header: &Header, file: &str) -> Publication {
    publication_at(site, header, &format!("/v1/series/{file}?{}", header.query.query_string()))
}

/// Returns the same for an answer with another address.
fn publication_at(site: &Site, header: &Header, address: &str) -> Publication {
    let config = &site.config;
    let permalink = format!("{}{address}", config.public_url);
    let (operator, licence) = (config.operator.clone(), config.licence.clone());
    let mut publication = Publication { operator, licence, permalink, citation: String::new() };
    publication.citation = publication.citation_in(header, header.query.language.unwrap_or_default());
    publication
}

fn link(publication: &Publication) -> Option<HeaderValue> {
    HeaderValue::from_str(&format!("<{}>; rel=\"cite-as\"", publication.permalink)).ok()
}
