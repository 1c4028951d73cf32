//! The list of services on a day, and one of them with its history in the catalogue.

use super::list::{List, One, Rows, dated, never_described};
use super::selection::{AS_OF, ON, POSITION, SEARCH, Selection, TOPIC, UNIT};
use ozg_core::event::Listing;
use ozg_core::mistake::Fault;
use ozg_core::state::State;
use ozg_core::words::{Day, ServiceId};
use serde_json::{Map, Value, json};

pub(super) const LIST: List = List {
    name: "services",
    schema: "Services",
    doc: "the services in the catalogue on a day",
    columns: &["service", "unit", "name", "topics", "parents", "executed_by", "lead", "since"],
    parameters: &[ON, TOPIC, UNIT, SEARCH, POSITION, AS_OF],
    rows: Rows::Things(rows),
    one: Some(One {
        schema: "Service",
        doc: "a service with its history in the catalogue",
        example: "ozg:10255",
        has_feed: false,
        read: one,
    }),
};

fn rows(state: &State, selection: &Selection) -> Vec<Vec<Value>> {
    let mut services: Vec<&ServiceId> = state.services().collect();
    services.sort_unstable();
    let rows =
        services.into_iter().filter(|service| selection.unit.is_none_or(|unit| service.unit() == unit));
    let rows = rows.filter_map(|service| {
        let (since, listing) = state.as_of(selection.position).listing_on(service, selection.on())?;
        if selection.topic.is_some_and(|topic| !listing.topics.or_none().contains(topic)) {
            return None;
        }
        let id = service.to_string();
        if !selection.seeks(&[listing.name.as_str(), &id]) {
            return None;
        }
        let mut row = vec![id.into(), service.unit().id().into()];
        row.extend(members(&listing).map(|(_, value)| value));
        row.push(json!((since != Day::EVER).then(|| since.to_string())));
        Some(row)
    });
    rows.collect()
}

/// Lists what a listing says, under the names of the columns.
fn members(listing: &Listing) -> impl Iterator<Item = (&'static str, Value)> {
    let topics: Value = listing.topics.or_none().iter().map(|topic| Value::from(topic.id())).collect();
    let parents: Value = listing.parents.iter().map(|parent| Value::from(parent.to_string())).collect();
    let kinds: Value = listing.executed_by.iter().map(|kind| Value::from(kind.id())).collect();
    [
        ("name", listing.name.as_str().into()),
        ("topics", topics),
        ("parents", parents),
        ("executed_by", kinds),
        ("lead", json!(listing.lead.map(ozg_core::words::Area::id))),
    ]
    .into_iter()
}

fn one(state: &State, id: &str) -> Result<Value, Fault> {
    let service = ServiceId::read(id)?;
    let description = state.service(&service).ok_or_else(|| never_described(&service))?;
    let listings = description.listings.iter().map(|described| {
        let mut object = dated(state, described);
        object.insert("listed".to_owned(), described.what.is_some().into());
        if let Some(listing) = &described.what {
            object.extend(members(listing).map(|(name, value)| (name.to_owned(), value)));
        }
        Value::Object(object)
    });
    let mut body = Map::new();
    body.insert("service".to_owned(), service.to_string().into());
    body.insert("unit".to_owned(), service.unit().id().into());
    body.insert("listings".to_owned(), listings.collect());
    let children: Value = description.children.iter().map(|child| Value::from(child.to_string())).collect();
    body.insert("children".to_owned(), children);
    body.insert(
        "links".to_owned(),
        json!({
            "events": format!("/v1/events?service={service}"),
            "reuses": format!("/v1/series/reuses.csv?service={service}"),
            "areas_reusing": format!("/v1/series/areas_reusing.csv?service={service}&area=DE"),
            "population_covered": format!("/v1/series/population_covered.csv?service={service}"),
        }),
    );
    Ok(Value::Object(body))
}
