//! `/v1/compare/{measure}.csv|.json`: a series at two data states, with the entries that explain each difference.

use super::{link, of_no_table, publication_at};
use crate::app::Door;
use crate::caching::{Asking, Freshness, no_body};
use crate::params;
use crate::problem::{Kind, Problem};
use crate::streaming::{Taker, blocking, computed};
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_TYPE, LINK};
use axum::http::{HeaderValue, Response};
use ozg_core::measure::Measure;
use ozg_core::mistake::{Code, Fault, Mistake, Origin};
use ozg_core::query::{Query, Viewpoint, read_data_state};
use ozg_formats::series::{write_comparison_csv, write_comparison_json};
use std::io::Write;

/// Parameters that `against` excludes, since they are also about data states.
pub(crate) const EXCLUDED: [&str; 2] = ["vintages", "updated_after"];

/// Answers with a comparison: `{measure}.{csv|json}`.
pub(crate) async fn compare(
    State(door): State<Door>,
    Path(file): Path<String>,
    parameters: params::Query,
    asking: Asking,
) -> Result<Response<Body>, Problem> {
    let (measure, is_csv) = measure_and_form(&file)?;
    let (query, against) = read(measure, &parameters)?;
    let freshness = freshness(&door, &query, against);
    if let Some(response) = freshness.not_modified(&asking) {
        return Ok(response);
    }
    let turn = door.turn().await?;
    let (state, today) = (door.state(), door.today());
    let (comparison, turn) = blocking(move || (state.compare(&query, against, today), turn)).await?;
    let comparison = comparison?;
    let (header, against) = (comparison.header().clone(), comparison.against());
    let address = format!("/v1/compare/{file}?{}&against={against}", header.query.query_string());
    let publication = publication_at(&door, &header, &address);
    let link = link(&publication);
    let write = move |out: &mut dyn Write, taker: Taker| {
        let rows = taker.while_there(comparison.into_rows());
        if is_csv {
            return write_comparison_csv(&header, rows, out);
        }
        write_comparison_json(&header, against, &publication, rows, out)
    };
    let body = if asking.is_head { no_body() } else { computed(turn, write).await? };
    let mut response = Response::new(body);
    let media_type = if is_csv { "text/csv; charset=utf-8; header=present" } else { "application/json" };
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    response.headers_mut().extend(link.map(|link| (LINK, link)));
    freshness.put(response.headers_mut());
    Ok(response)
}

fn measure_and_form(file: &str) -> Result<(Measure, bool), Problem> {
    let (name, ending) = file.split_once('.').unwrap_or((file, ""));
    let measure = Measure::read(name).map_err(Problem::unknown)?;
    match ending {
        "csv" | "json" => Ok((measure, ending == "csv")),
        _ => Err(Problem::say(
            Kind::UnknownAddress,
            format!("Die Endung „{ending}“ gibt es hier nicht. Erlaubt: csv, json"),
            format!("There is no ending \"{ending}\" here. Allowed: csv, json"),
        )
        .with("hint", format!("/v1/compare/{measure}.csv"))),
    }
}

/// Reads `against`, and the other parameters as those of a series.
fn read(measure: Measure, parameters: &params::Query) -> Result<(Query, Viewpoint), Problem> {
    let (against, others): (Vec<_>, Vec<_>) =
        parameters.0.iter().cloned().partition(|(name, _)| name == "against");
    let mut mistakes = of_no_table(&others);
    let mut say = |name: &str, value: Option<&str>, fault: Fault| {
        mistakes.push(Mistake::at(&Origin::default(), name, value, fault));
    };
    let mut viewpoint = None;
    match &against[..] {
        [(name, value)] => match read_data_state(value) {
            Ok(read) => viewpoint = Some(read),
            Err(fault) => say(name, Some(value), fault),
        },
        [] => say("against", None, missing()),
        [_, (name, value), ..] => say(name, Some(value), params::twice(name)),
    }
    for (name, value) in others.iter().filter(|(name, _)| EXCLUDED.contains(&name.as_str())) {
        let fault = Fault::say(
            Code::FieldsExclude,
            format!("„{name}“ und „against“ schließen sich aus"),
            format!("\"{name}\" and \"against\" exclude each other"),
        );
        say(name, Some(value), fault);
    }
    match (Query::read(measure, &others), viewpoint) {
        (Ok(query), Some(viewpoint)) if mistakes.is_empty() => Ok((query, viewpoint)),
        (Ok(_), _) => Err(Problem::parameters(mistakes)),
        (Err(more), _) => Err(Problem::parameters(mistakes.into_iter().chain(more).collect())),
    }
}

fn missing() -> Fault {
    Fault::say(
        Code::MissingField,
        "„against“ fehlt: der Datenstand, mit dem verglichen wird, als Position (1042), Tag oder Zeitpunkt",
        "\"against\" is missing: the data state to compare with, as a position (1042), a day or an instant",
    )
}

fn freshness(door: &Door, query: &Query, against: Viewpoint) -> Freshness {
    let last = query.on.or(query.to);
    let is_past = last.is_none_or(|last| last <= door.today());
    let pinned = Freshness::pinned(door, &[Some(query.viewpoint), Some(against)]);
    pinned.filter(|_| is_past).unwrap_or_else(|| Freshness::of_head(door))
}
