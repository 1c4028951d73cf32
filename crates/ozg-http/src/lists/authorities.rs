//! The list of authorities on a day, and one of them with its history in the registry.

use super::list::{List, One, Rows, dated, never_described};
use super::selection::{AREA, AS_OF, KIND, ON, POSITION, SEARCH, Selection};
use ozg_core::asof::Registry;
use ozg_core::event::Registration;
use ozg_core::mistake::Fault;
use ozg_core::state::State;
use ozg_core::words::{AuthorityId, Day, Place};
use serde_json::{Map, Value, json};

pub(super) const LIST: List = List {
    name: "authorities",
    schema: "Authorities",
    doc: "the authorities that exist on a day",
    columns: &["authority", "kind", "area", "name", "ars", "population", "since"],
    parameters: &[ON, AREA, KIND, SEARCH, POSITION, AS_OF],
    rows: Rows::Things(rows),
    one: Some(One {
        schema: "Authority",
        doc: "an authority with its history in the registry",
        example: "abh:12054",
        has_feed: false,
        read: one,
    }),
};

fn rows(state: &State, selection: &Selection) -> Vec<Vec<Value>> {
    let region = selection.area.as_ref().and_then(Place::region);
    let region = region.map(|region| state.as_of(selection.position).region_on(region, selection.on()));
    let wanted = |authority: &&AuthorityId| {
        let lies = match (&selection.area, &region) {
            (_, Some(region)) => {
                let place = Place::Authority((*authority).clone());
                region.as_ref().is_some_and(|(_, region)| region.has(&place))
            }
            (Some(place), None) => authority.area() == place.area(),
            (None, None) => true,
        };
        lies && selection.kind.is_none_or(|kind| authority.kind() == kind)
    };
    let mut authorities: Vec<&AuthorityId> = state.authorities().filter(wanted).collect();
    authorities.sort_unstable();
    let rows = authorities.into_iter().filter_map(|authority| {
        let (since, registration) =
            state.as_of(selection.position).registration_on(authority, selection.on())?;
        let id = authority.to_string();
        if !selection.seeks(&[registration.name.as_str(), &id]) {
            return None;
        }
        let mut row = vec![id.into(), authority.kind().id().into(), authority.area().id().into()];
        row.extend(members(&registration).map(|(_, value)| value));
        row.push(json!((since != Day::EVER).then(|| since.to_string())));
        Some(row)
    });
    rows.collect()
}

/// Lists what a registration says, under the names of the columns.
fn members(registration: &Registration) -> impl Iterator<Item = (&'static str, Value)> {
    [
        ("name", registration.name.as_str().into()),
        ("ars", json!(registration.ars.as_ref().map(ozg_core::words::Text::as_str))),
        ("population", json!(registration.population)),
    ]
    .into_iter()
}

fn one(state: &State, id: &str) -> Result<Value, Fault> {
    let authority = AuthorityId::read(id)?;
    let description = state.authority(&authority).ok_or_else(|| never_described(&authority))?;
    let registrations = description.registrations.iter().map(|described| {
        let mut object = dated(state, described);
        object.extend(said(&described.what));
        Value::Object(object)
    });
    let mut body = Map::new();
    body.insert("authority".to_owned(), authority.to_string().into());
    body.insert("kind".to_owned(), authority.kind().id().into());
    body.insert("area".to_owned(), authority.area().id().into());
    body.insert("registrations".to_owned(), registrations.collect());
    let predecessors: Value =
        description.predecessors.iter().map(|one| Value::from(one.to_string())).collect();
    body.insert("predecessors".to_owned(), predecessors);
    body.insert("links".to_owned(), json!({ "reuses": format!("/v1/series/reuses.csv?area={authority}") }));
    Ok(Value::Object(body))
}

/// Writes what the registry says, `what` it is first.
fn said(registry: &Registry) -> Map<String, Value> {
    let mut object = Map::new();
    let mut put = |name: &str, value: Value| drop(object.insert(name.to_owned(), value));
    match registry {
        Registry::Listed(registration) => {
            put("what", "listed".into());
            members(registration).for_each(|(name, value)| put(name, value));
        }
        Registry::Changed(change) => {
            put("what", "changed".into());
            let text = |text: &Option<ozg_core::words::Text>| {
                json!(text.as_ref().map(ozg_core::words::Text::as_str))
            };
            put("name", text(&change.name));
            put("ars", text(&change.ars));
            put("population", json!(change.population));
        }
        Registry::Dissolved { successors, inherits } => {
            put("what", "dissolved".into());
            put(
                "successors",
                successors.iter().map(|successor| Value::from(successor.to_string())).collect(),
            );
            put("inherits", (*inherits).into());
        }
    }
    object
}
