//! `ozg export` copies the log, all samples, or the archive of a day to standard output.

use crate::answer;
use crate::cli::{Export, ExportForm};
use crate::connection::{Connection, request};
use crate::failure::Failure;
use ozg_core::query::{escape, escape_part};
use ozg_http::message::header::{ACCEPT, LOCATION};
use ozg_http::message::{Body, HeaderValue, Method};

pub(crate) async fn run(connection: &Connection, arguments: &Export) -> Result<(), Failure> {
    match arguments.form {
        ExportForm::Ndjson => log(connection).await,
        ExportForm::Openmetrics => samples(connection, arguments).await,
        ExportForm::Datapackage => archive(connection, arguments.as_of.as_deref()).await,
    }
}

/// Copies the archive of a day, or the one that the newest leads to.
async fn archive(connection: &Connection, day: Option<&str>) -> Result<(), Failure> {
    let response = connection.get(&format!("/archive/{}.zip", escape_part(day.unwrap_or("latest")))).await?;
    let location = response.headers().get(LOCATION).and_then(|location| location.to_str().ok());
    match location.filter(|_| response.status().is_redirection()).map(str::to_owned) {
        Some(location) => answer::copy(connection.get(&format!("/archive/{location}")).await?, None).await,
        None => answer::copy(response, None).await,
    }
}

/// Copies the log, an entry a line.
async fn log(connection: &Connection) -> Result<(), Failure> {
    let mut request = request(Method::GET, "/v1/events", Body::empty())?;
    request.headers_mut().insert(ACCEPT, HeaderValue::from_static("application/x-ndjson"));
    answer::copy(connection.send(request).await?, None).await
}

/// Copies the samples of all series.
async fn samples(connection: &Connection, arguments: &Export) -> Result<(), Failure> {
    let given = [("from", &arguments.from), ("to", &arguments.to), ("as_of", &arguments.as_of)];
    let pairs = given.iter().filter_map(|(name, day)| Some(format!("{name}={}", escape(day.as_deref()?))));
    let chosen = arguments.selectors.iter().map(|selector| format!("match[]={}", escape(selector)));
    let query: Vec<String> = pairs.chain(chosen).collect();
    let path = format!("/v1/samples.openmetrics?{}", query.join("&"));
    answer::copy(connection.get(path.trim_end_matches('?')).await?, None).await
}
