//! The lists: measures, areas, topics, services, authorities; each as JSON and CSV, and each one of them by itself.

mod authorities;
mod defined;
mod measures;
mod services;
mod words;

use crate::app::{Door, Site};
use crate::caching::{Asking, Freshness, no_body};
use crate::finding;
use crate::params::{Query, Reading, read_area};
use crate::problem::Problem;
use crate::streaming::blocking;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_TYPE, LINK};
use axum::http::{HeaderValue, Response};
use axum::routing::{MethodRouter, get};
use ozg_core::measure::Measure;
use ozg_core::mistake::Fault;
use ozg_core::query::Viewpoint;
use ozg_core::state::State as Known;
use ozg_core::time::berlin_day;
use ozg_core::words::{AuthorityKind, Day, PartialDate, Place, Position, Topic, Unit};
use ozg_formats::delimited::write_list;
use serde_json::{Map, Value, json};

/// One row of the table of lists.
pub(crate) struct List {
    /// Name, as in its address.
    pub(crate) name: &'static str,
    /// Columns of the sheet and members of the objects.
    pub(crate) columns: &'static [&'static str],
    /// The parameters that it takes.
    pub(crate) parameters: &'static [&'static str],
    rows: fn(&Known, &Asked) -> Vec<Vec<Value>>,
    one: fn(&Known, &str) -> Result<Value, Fault>,
}

/// What a list is asked for.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    on: Day,
    /// A Land, DE, or a region.
    area: Option<Place>,
    topic: Option<Topic>,
    unit: Option<Unit>,
    kind: Option<AuthorityKind>,
    viewpoint: Viewpoint,
    /// The data state that the viewpoint means.
    position: Position,
}

impl List {
    /// Tells whether it is about a day, so that it has a permalink.
    fn is_dated(&self) -> bool {
        self.parameters.contains(&"on")
    }
}

/// Where the measures stand among the lists; each of them has a feed.
const MEASURES: usize = 0;

/// All lists.
pub(crate) static LISTS: [List; 7] = [
    measures::LIST,
    words::AREAS,
    words::TOPICS,
    services::LIST,
    authorities::LIST,
    defined::REGIONS,
    defined::LISTS_OF_SERVICES,
];

impl Asked {
    fn read(list: &List, query: &Query, site: &Site) -> Result<Asked, Problem> {
        let mut reading = Reading::new(query, list.parameters);
        let on = reading.read("on", |text| PartialDate::read(text).map(PartialDate::last));
        let area = reading.read("area", read_area);
        let topic = reading.read("topic", Topic::read);
        let unit = reading.read("unit", Unit::read);
        let kind = reading.read("kind", AuthorityKind::read);
        let viewpoint = reading.viewpoint();
        reading.finish()?;
        let state = site.state();
        let data = state.data_state(viewpoint)?;
        area.iter().try_for_each(|area| state.as_of(data.position).check_region(area))?;
        // As with series: what is pinned is by itself about the day of its data state.
        let day = data.batch.as_ref().filter(|_| data.pinned).map(|batch| berlin_day(batch.recorded_at_ms));
        let on = on.unwrap_or_else(|| day.unwrap_or(Day::LAST).min(site.today()));
        Ok(Asked { on, area, topic, unit, kind, viewpoint, position: data.position })
    }

    /// Writes the address at which the same bytes can be had again.
    fn permalink(&self, list: &List, ending: &str, site: &Site) -> String {
        let mut pairs = vec![format!("on={}", self.on)];
        let area = self.area.as_ref().map(ToString::to_string);
        let mut put = |name: &str, id: Option<&str>| pairs.extend(id.map(|id| format!("{name}={id}")));
        put("area", area.as_deref());
        put("kind", self.kind.map(AuthorityKind::id));
        put("topic", self.topic.map(Topic::id));
        put("unit", self.unit.map(Unit::id));
        let (base, position) = (&site.config.public_url, self.position);
        format!("{base}/v1/{}.{ending}?{}&position={position}", list.name, pairs.join("&"))
    }
}

/// Makes the handler of the list with a number, as CSV or as JSON.
pub(crate) fn all<const LIST: usize, const CSV: bool>() -> MethodRouter<Door> {
    get(answer_all::<LIST, CSV>)
}

/// Makes the handler of one of the list with a number.
pub(crate) fn one<const LIST: usize>() -> MethodRouter<Door> {
    get(answer_one::<LIST>)
}

async fn answer_all<const LIST: usize, const CSV: bool>(
    State(door): State<Door>,
    query: Query,
    asking: Asking,
) -> Result<Response<Body>, Problem> {
    let list = &LISTS[LIST];
    let asked = Asked::read(list, &query, &door)?;
    let pinned = Freshness::pinned(&door, &[Some(asked.viewpoint)]).filter(|_| list.is_dated());
    let freshness = pinned.unwrap_or_else(|| Freshness::of_head(&door));
    if let Some(response) = freshness.not_modified(&asking) {
        return Ok(response);
    }
    let permalink = asked.permalink(list, if CSV { "csv" } else { "json" }, &door);
    let link = HeaderValue::from_str(&format!("<{permalink}>; rel=\"cite-as\"")).ok();
    let body = if asking.is_head {
        no_body()
    } else {
        let (turn, state) = (door.turn().await?, door.state());
        let body = blocking(move || {
            let rows = (list.rows)(&state, &asked);
            let body = if CSV { as_sheet(list, &rows) } else { as_json(list, &asked, &permalink, rows) };
            drop(turn);
            body
        });
        Body::from(body.await?)
    };
    let content_type = if CSV { "text/csv; charset=utf-8; header=present" } else { "application/json" };
    let mut response = response(body, content_type, &freshness);
    response.headers_mut().extend(link.filter(|_| list.is_dated()).map(|link| (LINK, link)));
    Ok(response)
}

async fn answer_one<const LIST: usize>(
    State(door): State<Door>,
    Path(id): Path<String>,
    query: Query,
    asking: Asking,
) -> Result<Response<Body>, Problem> {
    let list = &LISTS[LIST];
    if let (MEASURES, Some(measure)) = (LIST, id.strip_suffix(".atom")) {
        let measure = Measure::read(measure).map_err(Problem::unknown)?;
        return finding::measure_feed(&door, measure, &query, &asking).await;
    }
    Reading::new(&query, &[]).finish()?;
    let value = (list.one)(&door.state(), &id)
        .map_err(|fault| Problem::unknown(fault).with("list", format!("/v1/{}", list.name)))?;
    let freshness = Freshness::of_head(&door);
    if let Some(response) = freshness.not_modified(&asking) {
        return Ok(response);
    }
    Ok(response(Body::from(format!("{value}\n")), "application/json", &freshness))
}

fn response(body: Body, content_type: &'static str, freshness: &Freshness) -> Response<Body> {
    let mut response = Response::new(body);
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    freshness.put(response.headers_mut());
    response
}

/// Writes a whole list as a sheet, for a day and as of a position.
pub(crate) fn sheet_as_of(list: &List, state: &Known, on: Day, position: Position) -> String {
    let viewpoint = Viewpoint::Position(position);
    let asked = Asked { on, area: None, topic: None, unit: None, kind: None, viewpoint, position };
    as_sheet(list, &(list.rows)(state, &asked))
}

fn as_sheet(list: &List, rows: &[Vec<Value>]) -> String {
    let mut body = Vec::new();
    // Nothing that is written into memory fails.
    let _ = write_list(list.columns, rows, &mut body);
    String::from_utf8(body).unwrap_or_default()
}

/// Writes the rows as objects, under the name of the list; a dated list says for which day it is.
fn as_json(list: &List, asked: &Asked, permalink: &str, rows: Vec<Vec<Value>>) -> String {
    let object = |row: Vec<Value>| -> Value {
        list.columns.iter().map(|column| (*column).to_owned()).zip(row).collect::<Map<String, Value>>().into()
    };
    let mut body = Map::new();
    if list.is_dated() {
        body.insert("on".to_owned(), asked.on.to_string().into());
        body.insert("position".to_owned(), asked.position.get().into());
        body.insert("permalink".to_owned(), permalink.into());
    }
    body.insert(list.name.to_owned(), rows.into_iter().map(object).collect());
    format!("{}\n", Value::Object(body))
}

/// Makes the fault for one that is well named but was never described.
fn never_described(id: &dyn std::fmt::Display) -> Fault {
    Fault::say(
        ozg_core::mistake::Code::UnknownService,
        format!("„{id}“ steht in keinem Eintrag"),
        format!("\"{id}\" is in no entry"),
    )
}

/// Writes the statement of a description: its entry, its days, whether it stands.
fn dated<T>(state: &Known, described: &ozg_core::asof::Described<T>) -> Map<String, Value> {
    let mut object = Map::new();
    object
        .insert("from".to_owned(), json!((described.from != Day::EVER).then(|| described.from.to_string())));
    object.insert("until".to_owned(), json!(described.until.map(|until| until.to_string())));
    object.insert("on".to_owned(), json!(described.on.map(|on| on.to_string())));
    object.insert("stands".to_owned(), described.stands.into());
    object.insert("position".to_owned(), described.position.get().into());
    object.insert("id".to_owned(), json!(state.id_at(described.position).map(|id| id.to_string())));
    object
}
