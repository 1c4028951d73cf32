//! The whole address space: every address with its method, what it takes, what it gives, and what answers it. The router,
//! `GET /v1` and the OpenAPI description are made from this table.

use crate::app::{Door, Site};
use crate::kept::Keeping;
use crate::limits::COMPRESSED_BYTES_MIN;
use crate::openapi::parameters as take;
use crate::problem::{Kind, Problem};
use crate::{
    about, finding, lists, local, log, metrics, observe, openapi, pages, prometheus, series, templates, write,
};
use axum::Router;
use axum::extract::Request;
use axum::http::Method;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodRouter, delete, get, post};
use ozg_core::words::nearest;
use std::sync::{Arc, LazyLock};
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};
use tower_http::cors::{Any, CorsLayer};

/// The methods of addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "they are what HTTP calls them")]
pub enum Verb {
    Get,
    Post,
    Delete,
}

/// What an answer is made of: the name of its schema, or text.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Made {
    Json(&'static str),
    Text(&'static str),
    /// A series in any format.
    Formats,
}

/// What the body of a request is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Takes {
    Nothing,
    Batch,
    /// The parameters, as a form.
    Form,
}

/// One row of the table of addresses.
#[derive(Clone, Copy)]
pub struct Route {
    /// The method.
    pub verb: Verb,
    /// The template of the address.
    pub path: &'static str,
    /// Its name, for programs that are generated from the description.
    pub id: &'static str,
    /// What it answers.
    pub doc: &'static str,
    /// Whether it is there over the local socket only.
    pub is_local: bool,
    pub(crate) takes: Takes,
    pub(crate) parameters: fn() -> Vec<take::Parameter>,
    pub(crate) gives: &'static [Made],
    /// Statuses other than 200, and those that every address has.
    pub(crate) statuses: &'static [u16],
    mount: fn() -> MethodRouter<Door>,
}

type Mount = fn() -> MethodRouter<Door>;
type Take = fn() -> Vec<take::Parameter>;

const fn read(
    path: &'static str,
    (id, doc): (&'static str, &'static str),
    parameters: Take,
    gives: &'static [Made],
    statuses: &'static [u16],
    mount: Mount,
) -> Route {
    Route {
        verb: Verb::Get,
        path,
        id,
        doc,
        is_local: path_is_local(path),
        takes: Takes::Nothing,
        parameters,
        gives,
        statuses,
        mount,
    }
}

const fn path_is_local(path: &str) -> bool {
    matches!(path.as_bytes(), [b'/', b'l', b'o', b'c', b'a', b'l', b'/', ..])
}

const fn write(
    verb: Verb,
    path: &'static str,
    (id, doc): (&'static str, &'static str),
    parameters: Take,
    gives: &'static [Made],
    statuses: &'static [u16],
    mount: Mount,
) -> Route {
    let takes = if matches!(verb, Verb::Post) { Takes::Batch } else { Takes::Nothing };
    Route { verb, path, id, doc, is_local: path_is_local(path), takes, parameters, gives, statuses, mount }
}

/// A question of the query API, asked by address.
const fn ask(
    path: &'static str,
    about: (&'static str, &'static str),
    parameters: Take,
    data: &'static [Made],
    mount: Mount,
) -> Route {
    read(path, about, parameters, data, REFUSED, mount)
}

/// The same, asked by form.
const fn form(
    path: &'static str,
    (id, doc): (&'static str, &'static str),
    parameters: Take,
    gives: &'static [Made],
    mount: Mount,
) -> Route {
    let (verb, takes, is_local) = (Verb::Post, Takes::Form, false);
    Route { verb, path, id, doc, is_local, takes, parameters, gives, statuses: REFUSED, mount }
}

use Made::{Json, Text};
use take::{cached, measure, none};

const CSV: Made = Text("text/csv");
const HTML: &[Made] = &[Text("text/html")];
const SEEN: &[u16] = &[304];
const ONE: &[u16] = &[304, 404];
const LOG: &[Made] = &[Json("EventPage"), Text("application/x-ndjson"), Text("text/event-stream")];
const VALUES: &[Made] = &[Json("PrometheusValues")];
const TEXTS: &[Made] = &[Json("PrometheusTexts")];
const REFUSED: &[u16] = &[404, 422];
const RECORD: &[u16] = &[201, 401, 403, 409, 412, 413, 415, 422];

/// A question of the query API: by address, of everything known and of an earlier data state.
macro_rules! asked {
    ($path:literal, $id:literal, $doc:literal, $take:ident, $gives:expr, $handler:ident) => {
        &[
            ask(concat!("/prometheus", $path), ($id, $doc), take::$take::<false>, $gives, || {
                get(prometheus::$handler)
            }),
            ask(
                concat!("/prometheus/as-of/{state}", $path),
                (concat!($id, "AsOf"), concat!($doc, ", at an earlier data state")),
                take::$take::<true>,
                $gives,
                || get(prometheus::$handler),
            ),
        ]
    };
}

/// The same, by address and by form.
macro_rules! asked_both_ways {
    ($path:literal, $id:literal, $doc:literal, $take:ident, $gives:expr, $handler:ident) => {
        &[
            ask(concat!("/prometheus", $path), ($id, $doc), take::$take::<false>, $gives, || {
                get(prometheus::$handler)
            }),
            form(
                concat!("/prometheus", $path),
                (concat!($id, "Form"), concat!($doc, "; parameters as a form")),
                take::$take::<false>,
                $gives,
                || post(prometheus::$handler),
            ),
            ask(
                concat!("/prometheus/as-of/{state}", $path),
                (concat!($id, "AsOf"), concat!($doc, ", at an earlier data state")),
                take::$take::<true>,
                $gives,
                || get(prometheus::$handler),
            ),
            form(
                concat!("/prometheus/as-of/{state}", $path),
                (concat!($id, "AsOfForm"), concat!($doc, ", at an earlier data state; parameters as a form")),
                take::$take::<true>,
                $gives,
                || post(prometheus::$handler),
            ),
        ]
    };
}

/// The query API of Prometheus, a row a question.
#[rustfmt::skip]
static QUESTIONS: &[&[Route]] = &[
    asked_both_ways!("/api/v1/query", "promQuery", "the value of a PromQL expression at one instant", prom_query, VALUES, query),
    asked_both_ways!("/api/v1/query_range", "promQueryRange", "the values of a PromQL expression over a span", prom_query_range, VALUES, query_range),
    asked_both_ways!("/api/v1/series", "promSeries", "the series that selectors find", prom_series, &[Json("PrometheusSeries")], series),
    asked_both_ways!("/api/v1/labels", "promLabels", "the names of labels", prom_labels, TEXTS, label_names),
    asked!("/api/v1/label/{name}/values", "promLabelValues", "the values of a label", prom_label_values, TEXTS, label_values),
    asked!("/api/v1/metadata", "promMetadata", "kind and help of every metric", prom_metadata, &[Json("PrometheusMetadata")], metadata),
    asked_both_ways!("/api/v1/format_query", "promFormat", "a PromQL expression, written nicely", prom_format, &[Json("PrometheusText")], format),
    asked_both_ways!("/api/v1/query_exemplars", "promExemplars", "no exemplars: there are none", prom_exemplars, &[Json("PrometheusList")], exemplars),
    asked!("/api/v1/rules", "promRules", "no rules: there are none", prom_plain, &[Json("PrometheusObject")], rules),
    asked!("/api/v1/status/buildinfo", "promBuildInfo", "which version of PromQL is spoken", prom_plain, &[Json("PrometheusObject")], build_info),
];

/// All addresses.
pub static ROUTES: LazyLock<Vec<Route>> = LazyLock::new(|| {
    let questions = QUESTIONS.iter().flat_map(|rows| rows.iter());
    ADDRESSES.iter().chain(questions).chain(AROUND).copied().collect()
});

/// The addresses of the tracker's own.
#[rustfmt::skip]
static ADDRESSES: &[Route] = &[
    read("/", ("startseite", "what this is, and ready-made series, in German"), cached, HTML, SEEN, || get(pages::german)),
    read("/en/", ("start", "what this is, and ready-made series, in English"), cached, HTML, SEEN, || get(pages::english)),
    read("/v1", ("discovery", "all addresses, limits and the data state"), none, &[Json("Discovery")], &[], || get(about::discovery)),
    read("/v1/events", ("readLog", "the log, forward: pages, NDJSON or server-sent events by Accept"), take::log, LOG, SEEN, || get(log::list)),
    read("/v1/events.atom", ("readFeed", "the newest entries of the log as an Atom feed; older ones in pages that never change"), take::feed, &[Text("application/atom+xml")], ONE, || get(finding::events_feed)),
    write(Verb::Post, "/v1/events", ("record", "records a batch, whole or not at all"), take::record, &[Json("Receipt")], RECORD, || post(write::record)),
    read("/v1/events/{id}", ("readEntry", "an entry with what replaced or withdrew it and its history"), take::entry, &[Json("EntryHistory")], ONE, || get(log::one)),
    read("/v1/series/{file}", ("readSeries", "a series; the ending chooses the format"), take::series, &[Made::Formats], ONE, || get(series::answer)),
    read("/v1/series/{measure}/entries.csv", ("readEntriesCsv", "the entries behind the values of a series, as CSV"), measure, &[CSV], ONE, || get(series::as_csv)),
    read("/v1/series/{measure}/entries.json", ("readEntriesJson", "the entries behind the values of a series, as JSON"), measure, &[Json("SeriesEntries")], ONE, || get(series::as_json)),
    read("/v1/templates/{file}", ("readTemplate", "a sheet to fill in, as XLSX; `filled` with what stands"), take::template, &[Made::Text(templates::XLSX_TYPE)], &[304, 404], || get(templates::answer)),
    read("/v1/compare/{file}", ("compareStates", "a series at two data states, side by side, with the entries that explain each difference"), take::compare, &[Json("Comparison"), CSV], ONE, || get(series::compare)),
    read("/v1/measures", ("listMeasures", "the measures with their definitions"), cached, &[Json("Measures")], SEEN, lists::all::<0, false>),
    read("/v1/measures.json", ("listMeasuresJson", "the measures with their definitions"), cached, &[Json("Measures")], SEEN, lists::all::<0, false>),
    read("/v1/measures.csv", ("listMeasuresCsv", "the measures with their definitions, as CSV"), cached, &[CSV], SEEN, lists::all::<0, true>),
    read("/v1/measures/{id}", ("readMeasure", "a measure with its definition in both languages; with the ending `.atom` the feed of its news"), take::one_measure, &[Json("Measure"), Text("application/atom+xml")], ONE, lists::one::<0>),
    read("/v1/areas", ("listAreas", "Germany and the Länder"), cached, &[Json("Areas")], SEEN, lists::all::<1, false>),
    read("/v1/areas.json", ("listAreasJson", "Germany and the Länder"), cached, &[Json("Areas")], SEEN, lists::all::<1, false>),
    read("/v1/areas.csv", ("listAreasCsv", "Germany and the Länder, as CSV"), cached, &[CSV], SEEN, lists::all::<1, true>),
    read("/v1/areas/{id}", ("readArea", "an area"), || take::one("BB"), &[Json("Area")], ONE, lists::one::<1>),
    read("/v1/topics", ("listTopics", "the topics (Themenfelder)"), cached, &[Json("Topics")], SEEN, lists::all::<2, false>),
    read("/v1/topics.json", ("listTopicsJson", "the topics (Themenfelder)"), cached, &[Json("Topics")], SEEN, lists::all::<2, false>),
    read("/v1/topics.csv", ("listTopicsCsv", "the topics (Themenfelder), as CSV"), cached, &[CSV], SEEN, lists::all::<2, true>),
    read("/v1/topics/{id}", ("readTopic", "a topic"), || take::one("bildung"), &[Json("Topic")], ONE, lists::one::<2>),
    read("/v1/services", ("listServices", "the services in the catalogue on a day"), take::services, &[Json("Services")], ONE, lists::all::<3, false>),
    read("/v1/services.json", ("listServicesJson", "the services in the catalogue on a day"), take::services, &[Json("Services")], ONE, lists::all::<3, false>),
    read("/v1/services.csv", ("listServicesCsv", "the services in the catalogue on a day, as CSV"), take::services, &[CSV], ONE, lists::all::<3, true>),
    read("/v1/services/{id}", ("readService", "a service with its history in the catalogue"), || take::one("ozg:10255"), &[Json("Service")], ONE, lists::one::<3>),
    read("/v1/authorities", ("listAuthorities", "the authorities that exist on a day"), take::authorities, &[Json("Authorities")], ONE, lists::all::<4, false>),
    read("/v1/authorities.json", ("listAuthoritiesJson", "the authorities that exist on a day"), take::authorities, &[Json("Authorities")], ONE, lists::all::<4, false>),
    read("/v1/authorities.csv", ("listAuthoritiesCsv", "the authorities that exist on a day, as CSV"), take::authorities, &[CSV], ONE, lists::all::<4, true>),
    read("/v1/authorities/{id}", ("readAuthority", "an authority with its history in the registry"), || take::one("abh:12054"), &[Json("Authority")], ONE, lists::one::<4>),
    read("/v1/regions", ("listRegions", "the regions that exist on a day"), take::dated, &[Json("Regions")], SEEN, lists::all::<5, false>),
    read("/v1/regions.json", ("listRegionsJson", "the regions that exist on a day"), take::dated, &[Json("Regions")], SEEN, lists::all::<5, false>),
    read("/v1/regions.csv", ("listRegionsCsv", "the regions that exist on a day, as CSV"), take::dated, &[CSV], SEEN, lists::all::<5, true>),
    read("/v1/regions/{id}", ("readRegion", "a region with its history"), || take::one("rhein-neckar"), &[Json("Region")], ONE, lists::one::<5>),
    read("/v1/lists", ("listLists", "the lists of services that exist on a day"), take::dated, &[Json("Lists")], SEEN, lists::all::<6, false>),
    read("/v1/lists.json", ("listListsJson", "the lists of services that exist on a day"), take::dated, &[Json("Lists")], SEEN, lists::all::<6, false>),
    read("/v1/lists.csv", ("listListsCsv", "the lists of services that exist on a day, as CSV"), take::dated, &[CSV], SEEN, lists::all::<6, true>),
    read("/v1/lists/{id}", ("readList", "a list of services with its history"), || take::one("efa-fokus"), &[Json("List")], ONE, lists::one::<6>),
    read("/v1/catalog.jsonld", ("readCatalogJson", "what there is, for open-data portals (DCAT-AP), as JSON-LD"), cached, &[Text("application/ld+json")], SEEN, || get(finding::as_json_ld)),
    read("/v1/catalog.ttl", ("readCatalogTurtle", "what there is, for open-data portals (DCAT-AP), as Turtle"), cached, &[Text("text/turtle")], SEEN, || get(finding::as_turtle)),
    read("/datapackage.json", ("readPackage", "all series and lists as a data package (Frictionless)"), cached, &[Json("Package")], SEEN, || get(finding::package)),
    read("/archive/{file}", ("readArchive", "everything as it was known at the end of a day, `{date}.zip`; `latest.zip` leads to today's"), take::archive, &[Text("application/zip")], &[302, 304, 404], || get(finding::archive)),
    read("/metrics", ("scrape", "current values and process metrics, in the text format of Prometheus"), none, &[Text("text/plain")], &[], || get(metrics::scrape)),
];

/// What is around them, and what only the operator may do.
#[rustfmt::skip]
static AROUND: &[Route] = &[
    read("/v1/samples.openmetrics", ("exportSamples", "every series of the query API, one sample a day, as OpenMetrics"), take::samples, &[Text(prometheus::OPENMETRICS_TYPE)], &[], || get(prometheus::samples)),
    read("/openapi.json", ("describe", "this description"), none, &[Json("Description")], &[], || get(openapi::answer)),
    read("/problems", ("listProblems", "all problems and codes of mistakes"), none, &[Json("Problems")], &[], || get(about::problems)),
    read("/problems/{slug}", ("readProblem", "a problem"), take::slug, &[Json("ProblemAbout")], &[404], || get(about::problem)),
    read("/healthz", ("health", "whether the process lives"), none, &[Json("Health")], &[], || get(about::health)),
    read("/readyz", ("readiness", "whether it takes writes"), none, &[Json("Health")], &[], || get(about::readiness)),
    read("/local/offices", ("listOffices", "the offices and their tokens, without the tokens"), none, &[Json("Offices")], &[], || get(local::offices)),
    write(Verb::Post, "/local/offices", ("addOffice", "gives an office a token, told this once"), none, &[Json("Office")], &[201, 400, 413, 422], || post(local::add)),
    write(Verb::Delete, "/local/offices/{id}", ("revokeOffice", "revokes all tokens of an office"), || take::one("bb"), &[Json("Revoked")], &[404], || delete(local::revoke)),
    write(Verb::Post, "/local/backup", ("backup", "a copy of the log, verified; `ETag` is its head"), none, &[Text("application/octet-stream")], &[], || post(local::backup)),
    read("/local/dump", ("dump", "the whole log, an entry a line, to be loaded again as it is"), none, &[Text("application/x-ndjson")], &[], || get(local::dump)),
    write(Verb::Post, "/local/verify", ("verify", "verifies the chain of the log and every entry, telling how far it is; the last line has the head"), none, &[Text("application/x-ndjson")], &[], || post(local::verify)),
];

/// Makes the router of a door.
pub(crate) fn router(site: &Arc<Site>, is_local: bool) -> Router {
    let door = if is_local { Door::local(site) } else { Door::public(site) };
    let rows = ROUTES.iter().filter(|route| is_local || !route.is_local);
    let router = rows.fold(Router::new(), |router, route| router.route(route.path, (route.mount)()));
    let cors = CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::HEAD, Method::POST])
        .allow_headers(Any)
        .vary([]);
    let router = router
        .fallback(unknown)
        .layer(from_fn_with_state(door.clone(), observe::observe))
        .layer(cors)
        .layer(compression())
        .with_state(door.clone());
    Router::new().fallback_service(Keeping::new(door, router))
}

/// Compresses what is worth it: no small answers, no events that must leave at once, nothing that is compressed already.
fn compression() -> CompressionLayer<impl Predicate> {
    let worth_it = SizeAbove::new(COMPRESSED_BYTES_MIN)
        .and(NotForContentType::SSE)
        .and(NotForContentType::const_new("application/zip"))
        .and(NotForContentType::const_new("application/vnd.openxmlformats"))
        .and(NotForContentType::const_new("application/vnd.apache.parquet"))
        .and(NotForContentType::const_new("application/octet-stream"));
    CompressionLayer::new().compress_when(worth_it)
}

/// Lists the methods that an address knows.
pub(crate) fn allowed(path: &str) -> String {
    let verbs = ROUTES.iter().filter(|route| route.path == path).map(|route| route.verb);
    let names = verbs.map(|verb| if verb == Verb::Get { "GET, HEAD" } else { verb.name() });
    names.collect::<Vec<_>>().join(", ")
}

/// Tells that an address does not exist, with the nearest that does.
async fn unknown(request: Request) -> Problem {
    let path = request.uri().path();
    let shown: String = path.chars().take(ozg_core::mistake::VALUE_CHARACTERS_MAX).collect();
    let problem = Problem::say(
        Kind::UnknownAddress,
        format!("„{shown}“ gibt es nicht; alle Adressen stehen unter /v1"),
        format!("There is no \"{shown}\"; /v1 lists all addresses"),
    );
    let known = || ROUTES.iter().filter(|route| !route.is_local).map(|route| route.path);
    let (trimmed, slashed) = (path.trim_end_matches('/'), format!("{path}/"));
    let near =
        known().find(|known| *known == trimmed || *known == slashed).or_else(|| nearest(&shown, known()));
    near.into_iter().fold(problem, |problem, near| problem.with("hint", near))
}
