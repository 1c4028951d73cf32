//! `/v1/catalog.jsonld` and `/v1/catalog.ttl`: the catalogue for open-data portals (DCAT-AP 3 and DCAT-AP.de), with a data set
//! per measure and a distribution per format.

use super::answer::{licence, text};
use super::triples::{Node, Object, json_ld, turtle};
use crate::app::{Door, Site};
use crate::caching::{Conditions, Freshness};
use crate::parameters::Given;
use crate::problem::Problem;
use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use ozg_core::measure::Measure;
use ozg_core::time::rfc3339;
use ozg_core::words::{Area, Label};
use ozg_formats::series::{FORMATS, Format};

const TITLE: Label = Label {
    de: "OZG-Tracker: Stand der Verwaltungsdigitalisierung",
    en: "OZG tracker: progress of digital administration",
};
const ABOUT: Label = Label {
    de: "Zeitreihen zur Umsetzung des Onlinezugangsgesetzes, berechnet aus einem Protokoll datierter Meilensteine, für jeden Tag und nach jedem Datenstand.",
    en: "Series on how the Onlinezugangsgesetz is put into practice, computed from a log of dated milestones, for any day and any data state.",
};
const DCAT_AP: &str = "http://data.europa.eu/r5r/";
const THEME: &str = "http://publications.europa.eu/resource/authority/data-theme/GOVE";
const GERMANY: &str = "http://publications.europa.eu/resource/authority/country/DEU";
const CONTINUOUS: &str = "http://publications.europa.eu/resource/authority/frequency/CONT";
const PUBLIC: &str = "http://publications.europa.eu/resource/authority/access-right/PUBLIC";
const STABLE: &str = "http://publications.europa.eu/resource/authority/planned-availability/STABLE";
const FILE_TYPES: &str = "http://publications.europa.eu/resource/authority/file-type/";
const MEDIA_TYPES: &str = "https://www.iana.org/assignments/media-types/";
const GEOCODING: &str = "http://dcat-ap.de/def/politicalGeocoding/";
/// Words to find every data set by, beside the name of its measure.
const KEYWORDS: [Label; 5] = [
    Label { de: "Onlinezugangsgesetz", en: "Online Access Act" },
    Label { de: "OZG", en: "OZG" },
    Label { de: "Verwaltungsdigitalisierung", en: "digital administration" },
    Label { de: "Verwaltungsleistungen", en: "public services" },
    Label { de: "Länder", en: "German states" },
];
const LANGUAGES: [&str; 2] = [
    "http://publications.europa.eu/resource/authority/language/DEU",
    "http://publications.europa.eu/resource/authority/language/ENG",
];

/// Answers with JSON-LD.
pub(crate) async fn as_json_ld(
    door: State<Door>,
    given: Given,
    conditions: Conditions,
) -> Result<Response<Body>, Problem> {
    answer(&door, &given, &conditions, "application/ld+json", json_ld)
}

/// Answers with Turtle.
pub(crate) async fn as_turtle(
    door: State<Door>,
    given: Given,
    conditions: Conditions,
) -> Result<Response<Body>, Problem> {
    answer(&door, &given, &conditions, "text/turtle; charset=utf-8", turtle)
}

fn answer(
    door: &Door,
    given: &Given,
    conditions: &Conditions,
    content_type: &'static str,
    write: fn(&[Node]) -> String,
) -> Result<Response<Body>, Problem> {
    given.none()?;
    text(&Freshness::of_head(door), conditions, content_type, || Ok(write(&graph(door))))
}

fn graph(site: &Site) -> Vec<Node> {
    let mut nodes = vec![catalog(site), publisher(site), contact(site), period(site)];
    for measure in Measure::all() {
        nodes.push(dataset(site, measure));
        nodes.extend(formats().map(|format| distribution(site, measure, format)));
    }
    nodes
}

/// Lists the formats that this build answers with.
fn formats() -> impl Iterator<Item = &'static Format> {
    FORMATS.iter().filter(|format| format.is_built())
}

fn at(site: &Site, path: &str) -> String {
    format!("{}{path}", site.config.public_url)
}

/// Adds publisher, licence, languages and position.
fn published(site: &Site, node: Node) -> Node {
    let state = site.state();
    let node = node.iri("dcterms:publisher", at(site, "/v1/catalog#publisher"));
    let node = node.text("dcat:version", state.head().to_string());
    let node = LANGUAGES.iter().fold(node, |node, language| node.iri("dcterms:language", *language));
    match state.batch_until(state.head()) {
        Some(batch) => {
            let modified = Object::Typed(rfc3339(batch.recorded_at_ms), "xsd:dateTime");
            node.say("dcterms:modified", modified)
        }
        None => node,
    }
}

fn licensed(site: &Site, node: Node) -> Node {
    match licence(&site.config.licence) {
        (_, Some(address)) => node.iri("dcterms:license", address),
        (name, None) => node.text("dcterms:rights", name),
    }
}

fn catalog(site: &Site) -> Node {
    let node = Node::new(at(site, "/v1/catalog"), "dcat:Catalog");
    let node = node.label("dcterms:title", TITLE).label("dcterms:description", ABOUT);
    let node = node.iri("dcterms:conformsTo", DCAT_AP).iri("foaf:homepage", at(site, "/"));
    let node = licensed(site, published(site, node)).iri("dcterms:spatial", GERMANY);
    let of_measure = |measure: Measure| at(site, &format!("/v1/measures/{measure}"));
    Measure::all().fold(node, |node, measure| node.iri("dcat:dataset", of_measure(measure)))
}

fn publisher(site: &Site) -> Node {
    Node::new(at(site, "/v1/catalog#publisher"), "foaf:Agent")
        .text("foaf:name", site.config.operator.as_str())
}

/// Whom to ask: who was named, else the operator by the address of the tracker.
fn contact(site: &Site) -> Node {
    let node = Node::new(at(site, "/v1/catalog#contact"), "vcard:Organization");
    let node = node.text("vcard:fn", site.config.operator.as_str());
    match site.config.contact.as_str() {
        "" => node.iri("vcard:hasURL", at(site, "/")),
        mail if mail.contains('@') => node.iri("vcard:hasEmail", format!("mailto:{mail}")),
        page => node.iri("vcard:hasURL", page),
    }
}

/// The span of days that the log knows anything about.
fn period(site: &Site) -> Node {
    let state = site.state();
    let node = Node::new(at(site, "/v1/catalog#period"), "dcterms:PeriodOfTime");
    let day = |day: ozg_core::words::Day| Object::Typed(day.to_string(), "xsd:date");
    let node = match state.now().first_day() {
        Some(first) => node.say("dcat:startDate", day(first)),
        None => node,
    };
    node.say("dcat:endDate", day(site.today()))
}

fn dataset(site: &Site, measure: Measure) -> Node {
    let iri = at(site, &format!("/v1/measures/{measure}"));
    let definition = format!("{iri}#{}", measure.definition_id());
    let node = Node::new(iri, "dcat:Dataset");
    let node =
        node.label("dcterms:title", measure.name()).label("dcterms:description", measure.row().definition);
    let node = node.text("dcterms:identifier", measure.definition_id());
    let node = published(site, node).iri("dcat:theme", THEME).iri("dcterms:spatial", GERMANY);
    let node = node.iri("dcterms:temporal", at(site, "/v1/catalog#period"));
    let node = node.iri("dcterms:accrualPeriodicity", CONTINUOUS).iri("dcterms:accessRights", PUBLIC);
    let node = node.iri("dcterms:conformsTo", definition).iri("dcat:landingPage", at(site, "/"));
    let node = german(site, KEYWORDS.iter().fold(node, |node, word| node.label("dcat:keyword", *word)));
    let node = node.label("dcat:keyword", measure.name());
    let node = node.iri("dcat:contactPoint", at(site, "/v1/catalog#contact"));
    let of_format = |format: &Format| at(site, &format!("/v1/series/{measure}.{}", format.id));
    formats().fold(node, |node, format| node.iri("dcat:distribution", of_format(format)))
}

/// Adds what DCAT-AP.de asks of a data set beyond DCAT-AP: who delivers it, and for which levels and Länder it speaks.
fn german(site: &Site, node: Node) -> Node {
    let node = match site.config.contributor.as_str() {
        "" => node,
        contributor => node.iri("dcatde:contributorID", contributor),
    };
    let levels = ["federal", "state"].map(|level| format!("{GEOCODING}Level/{level}"));
    let node =
        levels.into_iter().fold(node, |node, level| node.iri("dcatde:politicalGeocodingLevelURI", level));
    Area::laender().fold(node, |node, land| {
        node.iri("dcatde:politicalGeocodingURI", format!("{GEOCODING}stateKey/{}", land.official_key()))
    })
}

/// Returns the type of a file in the list of the EU, whose ids are endings in capitals.
fn file_type(format: &Format) -> String {
    let ending = format.id.rsplit('.').next().unwrap_or_default();
    format!("{FILE_TYPES}{}", ending.to_ascii_uppercase())
}

fn distribution(site: &Site, measure: Measure, format: &Format) -> Node {
    let iri = at(site, &format!("/v1/series/{measure}.{}", format.id));
    let media_type = format.content_type.split(';').next().unwrap_or_default().trim();
    let media_type = format!("{MEDIA_TYPES}{media_type}");
    let attribution = format!("{}: OZG-Tracker", site.config.operator);
    let node = Node::new(iri.clone(), "dcat:Distribution").label("dcterms:title", format.label);
    let node = node.iri("dcat:accessURL", iri.clone()).iri("dcat:downloadURL", iri);
    let node = node.iri("dcterms:format", file_type(format)).iri("dcat:mediaType", media_type);
    let node = node.iri("dcatap:availability", STABLE);
    licensed(site, node.say("dcatde:licenseAttributionByText", Object::Text(attribution, Some("de"))))
}
