//! The whole address space: every address with its method, what it takes, what it gives, and what answers it. The router,
//! `GET /v1` and the OpenAPI description are made from this table; the rows of lists follow from the table of lists.

use crate::address::{Address, Gives, RequestBody, Verb};
use crate::app::{App, Door, Site};
use crate::described::DescribedParameter;
use crate::kept::Keeping;
use crate::limits::COMPRESSED_BYTES_MIN;
use crate::openapi::parameters as take;
use crate::problem::{Problem, ProblemKind};
use crate::route::Route;
use crate::{
    about, finding, lists, local, log, mappings, metrics, observe, openapi, pages, prometheus, series,
    templates, write,
};
use axum::Router;
use axum::extract::Request;
use axum::http::Method;
use axum::http::header::{AUTHORIZATION, HeaderName};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, MethodRouter, delete, get, on, post, put};
use std::sync::{Arc, LazyLock};
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};
use tower_http::cors::{Any, CorsLayer};

type Mount = fn() -> MethodRouter<Door>;
type Take = fn() -> Vec<DescribedParameter>;
/// The name of an address, and what it answers.
type About = (&'static str, &'static str);

fn read(
    path: &'static str,
    about: About,
    take: Take,
    gives: &[Gives],
    statuses: &'static [u16],
    mount: Mount,
) -> Route {
    Route::read(path, about, take, gives, statuses, mount)
}

/// What changes something.
fn write(
    verb: Verb,
    path: &'static str,
    about: About,
    take: Take,
    gives: &[Gives],
    statuses: &'static [u16],
    mount: Mount,
) -> Route {
    read(path, about, take, gives, statuses, mount).taking(verb, RequestBody::Nothing)
}

use Gives::{Json, Text};
use take::{cached, measure, none};

const CSV: Gives = Text("text/csv");
const HTML: &[Gives] = &[Text("text/html")];
const SEEN: &[u16] = &[304];
const ONE: &[u16] = &[304, 404];
const LOG: &[Gives] = &[Json("EventPage"), Text("application/x-ndjson"), Text("text/event-stream")];
const VALUES: &[Gives] = &[Json("PrometheusValues")];
const TEXTS: &[Gives] = &[Json("PrometheusTexts")];
const REFUSED: &[u16] = &[404, 422];
const RECORD: &[u16] = &[201, 401, 403, 404, 409, 412, 413, 415, 422];

/// All addresses.
pub static ROUTES: LazyLock<Vec<Route>> = LazyLock::new(|| {
    own().chain(lists::routes::routes()).chain(findings()).chain(questions()).chain(around()).collect()
});

/// The addresses of the tracker's own.
#[rustfmt::skip]
fn own() -> impl Iterator<Item = Route> {
    [
        read("/", ("startseite", "what this is, and ready-made series, in German"), cached, HTML, SEEN, || get(pages::german)),
        read("/en/", ("start", "what this is, and ready-made series, in English"), cached, HTML, SEEN, || get(pages::english)),
        read("/v1", ("discovery", "all addresses, limits and the data state"), none, &[Json("Discovery")], &[], || get(about::discovery)),
        read("/v1/events", ("readLog", "the log, forward: pages, NDJSON or server-sent events by Accept"), take::log, LOG, SEEN, || get(log::list)),
        read("/v1/events.atom", ("readFeed", "the newest entries of the log as an Atom feed; older ones in pages that never change"), || take::cached_rows(&log::FEED), &[Text("application/atom+xml")], ONE, || get(finding::events_feed)),
        write(Verb::Post, "/v1/events", ("record", "records a batch, whole or not at all"), take::record, &[Json("Receipt")], RECORD, || post(write::record)).taking(Verb::Post, RequestBody::Batch).of_office(),
        write(Verb::Post, "/v1/batches/{position}/withdrawal", ("withdrawBatch", "withdraws all entries of a batch that still stand, as one batch"), take::withdrawal, &[Json("Receipt")], &[201, 401, 403, 404, 409, 422], || post(write::withdraw)).of_office(),
        read("/v1/mappings", ("listMappings", "the names of the mappings of sheets that the office keeps"), none, &[Json("Mappings")], &[401], || get(mappings::list)).of_office(),
        read("/v1/mappings/{name}", ("readMapping", "a mapping of sheets"), take::mapping, &[Json("Mapping")], &[401, 404], || get(mappings::one)).of_office(),
        write(Verb::Put, "/v1/mappings/{name}", ("keepMapping", "keeps a mapping of sheets by a name"), take::mapping, &[Json("Mapping")], &[201, 401, 413, 422], || put(mappings::keep)).taking(Verb::Put, RequestBody::Mapping).of_office(),
        write(Verb::Delete, "/v1/mappings/{name}", ("forgetMapping", "forgets a mapping of sheets"), take::mapping, &[Json("Mappings")], &[401, 404], || delete(mappings::forget)).of_office(),
        read("/v1/events/{id}", ("readEntry", "an entry with what replaced or withdrew it and its history"), take::entry, &[Json("EntryHistory")], ONE, || get(log::one)),
        read("/v1/series/{file}", ("readSeries", "a series; the ending chooses the format"), take::series, &[Gives::Formats], ONE, || get(series::answer)),
        read("/v1/series/{measure}/entries.csv", ("readEntriesCsv", "the entries behind the values of a series, as CSV"), measure, &[CSV], ONE, || get(series::as_csv)),
        read("/v1/series/{measure}/entries.json", ("readEntriesJson", "the entries behind the values of a series, as JSON"), measure, &[Json("SeriesEntries")], ONE, || get(series::as_json)),
        read("/v1/templates/{file}", ("readTemplate", "a sheet to fill in, as XLSX; `filled` with what stands"), take::template, &[Gives::Text(templates::XLSX_TYPE)], &[304, 404], || get(templates::answer)),
        read("/v1/compare/{file}", ("compareStates", "a series at two data states, side by side, with the entries that explain each difference"), take::compare, &[Json("Comparison"), CSV], ONE, || get(series::compare)),
    ]
    .into_iter()
}

/// What leads machines to the series, and the files for them.
#[rustfmt::skip]
fn findings() -> impl Iterator<Item = Route> {
    [
        read("/v1/catalog.jsonld", ("readCatalogJson", "what there is, for open-data portals (DCAT-AP), as JSON-LD"), cached, &[Text("application/ld+json")], SEEN, || get(finding::as_json_ld)),
        read("/v1/catalog.ttl", ("readCatalogTurtle", "what there is, for open-data portals (DCAT-AP), as Turtle"), cached, &[Text("text/turtle")], SEEN, || get(finding::as_turtle)),
        read("/datapackage.json", ("readPackage", "all series and lists as a data package (Frictionless)"), cached, &[Json("Package")], SEEN, || get(finding::package)),
        read("/archive/{file}", ("readArchive", "everything as it was known at the end of a day, `{date}.zip`; `latest.zip` leads to today's"), take::archive, &[Text("application/zip")], &[302, 304, 404], || get(finding::archive)),
        read("/metrics", ("scrape", "current values and process metrics, in the text format of Prometheus"), none, &[Text("text/plain")], &[], || get(metrics::scrape)),
    ]
    .into_iter()
}

/// What is around them, and what only the operator may do.
#[rustfmt::skip]
fn around() -> impl Iterator<Item = Route> {
    [
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
        read("/local/dump", ("dump", "the whole log, an entry a line and each of its free texts in one behind it, to be loaded again as it is"), none, &[Text("application/x-ndjson")], &[], || get(local::dump)),
        write(Verb::Post, "/local/clock", ("acceptClock", "believes the clock as it is now, although it went further than time passed"), none, &[Json("Clock")], &[], || post(local::accept_clock)),
        write(Verb::Post, "/local/verify", ("verify", "verifies the chain of the log, every entry and every free text, telling how far it is; the last line has the head, the identity of the log, and how many texts were removed"), none, &[Text("application/x-ndjson")], &[], || post(local::verify)),
    ]
    .into_iter()
}

/// The query API of Prometheus, a row a question.
#[rustfmt::skip]
fn questions() -> impl Iterator<Item = Route> {
    let both: &[Verb] = &[Verb::Get, Verb::Post];
    let address: &[Verb] = &[Verb::Get];
    [
        asked("/api/v1/query", ("promQuery", "the value of a PromQL expression at one instant"), both, take::prom_query, VALUES, |verb| on(verb, prometheus::query)),
        asked("/api/v1/query_range", ("promQueryRange", "the values of a PromQL expression over a span"), both, take::prom_query_range, VALUES, |verb| on(verb, prometheus::query_range)),
        asked("/api/v1/series", ("promSeries", "the series that selectors find"), both, take::prom_series, &[Json("PrometheusSeries")], |verb| on(verb, prometheus::series)),
        asked("/api/v1/labels", ("promLabels", "the names of labels"), both, take::prom_labels, TEXTS, |verb| on(verb, prometheus::label_names)),
        asked("/api/v1/label/{name}/values", ("promLabelValues", "the values of a label"), address, take::prom_label_values, TEXTS, |verb| on(verb, prometheus::label_values)),
        asked("/api/v1/metadata", ("promMetadata", "kind and help of every metric"), address, take::prom_metadata, &[Json("PrometheusMetadata")], |verb| on(verb, prometheus::metadata)),
        asked("/api/v1/format_query", ("promFormat", "a PromQL expression, written nicely"), both, take::prom_format, &[Json("PrometheusText")], |verb| on(verb, prometheus::format)),
        asked("/api/v1/query_exemplars", ("promExemplars", "no exemplars: there are none"), both, take::prom_exemplars, &[Json("PrometheusList")], |verb| on(verb, prometheus::exemplars)),
        asked("/api/v1/rules", ("promRules", "no rules: there are none"), address, take::prom_plain, &[Json("PrometheusObject")], |verb| on(verb, prometheus::rules)),
        asked("/api/v1/alerts", ("promAlerts", "no alerts: there are none"), address, take::prom_plain, &[Json("PrometheusObject")], |verb| on(verb, prometheus::alerts)),
        asked("/api/v1/targets", ("promTargets", "no targets: nothing is scraped"), address, take::prom_plain, &[Json("PrometheusObject")], |verb| on(verb, prometheus::targets)),
        asked("/api/v1/scrape_pools", ("promScrapePools", "no pools of targets: nothing is scraped"), address, take::prom_plain, &[Json("PrometheusObject")], |verb| on(verb, prometheus::scrape_pools)),
        asked("/api/v1/status/flags", ("promFlags", "the limits that are flags of Prometheus"), address, take::prom_plain, &[Json("PrometheusObject")], |verb| on(verb, prometheus::flags)),
        asked("/api/v1/status/config", ("promConfig", "what a configuration would say"), address, take::prom_plain, &[Json("PrometheusObject")], |verb| on(verb, prometheus::config)),
        asked("/api/v1/status/runtimeinfo", ("promRuntimeInfo", "the time, and since when it runs"), address, take::prom_plain, &[Json("PrometheusObject")], |verb| on(verb, prometheus::runtime_info)),
        asked("/api/v1/status/tsdb", ("promTsdb", "the number of series, and which metrics and labels have the most"), address, take::prom_limited, &[Json("PrometheusObject")], |verb| on(verb, prometheus::tsdb)),
        asked("/federate", ("promFederate", "the values of now of the series that selectors find, for a Prometheus that scrapes some of them"), address, take::prom_federate, &[Text("text/plain")], |verb| on(verb, prometheus::federate)),
        asked("", ("promRoot", "what is here"), address, take::prom_plain, &[Text("text/plain")], |verb| on(verb, prometheus::root)),
        asked("/", ("promRootSlash", "what is here"), address, take::prom_plain, &[Text("text/plain")], |verb| on(verb, prometheus::root)),
        asked("/-/healthy", ("promHealthy", "whether the process lives"), address, take::prom_plain, &[Text("text/plain")], |verb| on(verb, prometheus::healthy)),
        asked("/-/ready", ("promReady", "whether queries are answered"), address, take::prom_plain, &[Text("text/plain")], |verb| on(verb, prometheus::ready)),
        asked("/api/v1/status/buildinfo", ("promBuildInfo", "which version of PromQL is spoken"), address, take::prom_plain, &[Json("PrometheusObject")], |verb| on(verb, prometheus::build_info)),
    ]
    .into_iter()
    .flatten()
}

/// A question of the query API, of everything known and at an earlier data state, each by the methods given: by address, or
/// by a form that holds the parameters.
fn asked(
    path: &str,
    (id, doc): About,
    verbs: &[Verb],
    take: fn(bool) -> Vec<DescribedParameter>,
    gives: &[Gives],
    mount: fn(MethodFilter) -> MethodRouter<Door>,
) -> Vec<Route> {
    let mut rows = Vec::new();
    for is_as_of in [false, true] {
        let (base, name, earlier) = if is_as_of {
            ("/prometheus/as-of/{state}", "AsOf", ", at an earlier data state")
        } else {
            ("/prometheus", "", "")
        };
        for verb in verbs {
            let is_form = *verb == Verb::Post;
            let (form, as_form) = if is_form { ("Form", "; parameters as a form") } else { ("", "") };
            let filter = if is_form { MethodFilter::POST } else { MethodFilter::GET };
            let about = (format!("{id}{name}{form}"), format!("{doc}{earlier}{as_form}"));
            let body = if is_form { RequestBody::Form } else { RequestBody::Nothing };
            let row = Route::read(
                format!("{base}{path}"),
                about,
                move || take(is_as_of),
                gives,
                REFUSED,
                move || mount(filter),
            );
            rows.push(row.taking(*verb, body));
        }
    }
    rows
}

/// Lists all addresses as they are described.
pub(crate) fn addresses() -> Vec<&'static Address> {
    ROUTES.iter().map(|route| &route.address).collect()
}

/// Makes what all requests to a tracker share.
pub(crate) fn site(app: App) -> Arc<Site> {
    Site::new(app, addresses())
}

/// Makes the router of a door.
pub(crate) fn router(site: &Arc<Site>, is_local: bool) -> Router {
    let door = if is_local { Door::local(site) } else { Door::public(site) };
    let rows = ROUTES.iter().filter(|route| is_local || !route.is_local);
    let router = rows.fold(Router::new(), |router, route| router.route(&route.path, route.handler()));
    let cors = CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::DELETE])
        .allow_headers(any_header())
        .vary([]);
    let router = router
        .fallback(unknown)
        .layer(from_fn_with_state(door.clone(), observe::observe))
        .layer(cors)
        .layer(compression())
        .with_state(door.clone());
    Router::new().fallback_service(Keeping::new(door, router))
}

/// Every header; `*` alone would leave out `Authorization`, which must be named.
fn any_header() -> [HeaderName; 2] {
    [HeaderName::from_static("*"), AUTHORIZATION]
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

/// Tells that an address does not exist, with the nearest that does; the query API tells it in the form of Prometheus.
async fn unknown(request: Request) -> Response {
    let path = request.uri().path();
    if path.starts_with("/prometheus/") {
        return prometheus::Refusal::unknown(path).into_response();
    }
    let shown: String = path.chars().take(ozg_core::mistake::VALUE_CHARACTERS_MAX).collect();
    let problem = Problem::say(
        ProblemKind::UnknownAddress,
        format!("„{shown}“ gibt es nicht; alle Adressen stehen unter /v1"),
        format!("There is no \"{shown}\"; /v1 lists all addresses"),
    );
    let known = || ROUTES.iter().filter(|route| !route.is_local).map(|route| route.path.as_ref());
    let (trimmed, slashed) = (path.trim_end_matches('/'), format!("{path}/"));
    match known().find(|known| *known == trimmed || *known == slashed) {
        Some(near) => problem.with("hint", near),
        None => problem.near(&shown, known()),
    }
    .into_response()
}
