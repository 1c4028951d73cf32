//! The lists of regions and of lists of services on a day, and one of them with its history.

use super::list::{List, One, Rows, dated, never_described};
use super::selection::{AS_OF, ON, POSITION};
use ozg_core::asof::Described;
use ozg_core::event::{Region, ServiceList};
use ozg_core::mistake::Fault;
use ozg_core::state::State;
use ozg_core::words::{Day, Slug};
use serde_json::{Map, Value, json};
use std::sync::Arc;

pub(super) const REGIONS: List = List {
    name: "regions",
    schema: "Regions",
    doc: "the regions that exist on a day",
    columns: &["region", "name", "members", "since"],
    parameters: &[ON, POSITION, AS_OF],
    rows: Rows::Things(|state, selection| {
        rows(state.regions(), |region| {
            state.as_of(selection.position).region_on(region, selection.on()).map(described)
        })
    }),
    one: Some(One {
        schema: "Region",
        doc: "a region with its history",
        example: "rhein-neckar",
        has_feed: false,
        read: |state, id| {
            let region = Slug::read(id.strip_prefix("region:").unwrap_or(id))?;
            let links = json!({
                "reuses": format!("/v1/series/reuses.csv?area=region:{region}"),
                "services_launched": format!("/v1/series/services_launched.csv?area=region:{region}"),
                "authorities": format!("/v1/authorities?area=region:{region}"),
            });
            one(state, ("region", &region), state.region_history(&region), members, links)
        },
    }),
};

pub(super) const LISTS_OF_SERVICES: List = List {
    name: "lists",
    schema: "Lists",
    doc: "the lists of services that exist on a day",
    columns: &["list", "name", "services", "since"],
    parameters: &[ON, POSITION, AS_OF],
    rows: Rows::Things(|state, selection| {
        rows(state.lists(), |list| {
            let (since, list) = state.as_of(selection.position).list_on(list, selection.on())?;
            Some((since, services(&list)))
        })
    }),
    one: Some(One {
        schema: "List",
        doc: "a list of services with its history",
        example: "efa-fokus",
        has_feed: false,
        read: |state, id| {
            let list = Slug::read(id)?;
            let links = json!({
                "services_launched": format!("/v1/series/services_launched.csv?list={list}"),
                "services_rolled_out": format!("/v1/series/services_rolled_out.csv?list={list}"),
                "reuses": format!("/v1/series/reuses.csv?list={list}"),
            });
            one(state, ("list", &list), state.list_history(&list), services, links)
        },
    }),
};

type Members = [(&'static str, Value); 2];

fn described((since, region): (Day, Arc<Region>)) -> (Day, Members) {
    (since, members(&region))
}

fn members(region: &Arc<Region>) -> Members {
    let members = region.members.iter().map(|member| Value::from(member.to_string())).collect();
    [("name", region.name.as_str().into()), ("members", members)]
}

fn services(list: &Arc<ServiceList>) -> Members {
    let services = list.services.iter().map(|service| Value::from(service.to_string())).collect();
    [("name", list.name.as_str().into()), ("services", services)]
}

fn rows<'a>(
    ids: impl Iterator<Item = &'a Slug>,
    on: impl Fn(&Slug) -> Option<(Day, Members)>,
) -> Vec<Vec<Value>> {
    let mut ids: Vec<&Slug> = ids.collect();
    ids.sort_unstable();
    let row = |id: &Slug| {
        let (since, members) = on(id)?;
        let mut row = vec![Value::from(id.to_string())];
        row.extend(members.into_iter().map(|(_, value)| value));
        row.push(json!((since != Day::EVER).then(|| since.to_string())));
        Some(row)
    };
    ids.into_iter().filter_map(row).collect()
}

fn one<T>(
    state: &State,
    (name, id): (&str, &Slug),
    history: Option<Vec<Described<T>>>,
    members: impl Fn(&T) -> Members,
    links: Value,
) -> Result<Value, Fault> {
    let history = history.ok_or_else(|| never_described(id))?;
    let definitions = history.iter().map(|described| {
        let mut object = dated(state, described);
        object.extend(members(&described.what).map(|(name, value)| (name.to_owned(), value)));
        Value::Object(object)
    });
    let mut body = Map::new();
    body.insert(name.to_owned(), id.to_string().into());
    body.insert("definitions".to_owned(), definitions.collect());
    body.insert("links".to_owned(), links);
    Ok(Value::Object(body))
}
