//! Names in the place of keys, in the parameters of a series: `area=Landkreis Barnim` is `area=kreis:12060`.

use crate::app::Site;
use crate::parameters::Given;
use ozg_core::asof::Lookup;
use ozg_core::event::Kind;
use ozg_core::measure::Measure;
use ozg_core::mistake::{Mistake, Origin, put_in_place};
use ozg_core::query::Query;
use ozg_core::time::berlin_day;
use std::sync::Arc;

/// The parameters in which a key stands, with the kind of each.
const KEYS: [(&str, Kind); 3] = [("area", Kind::Place), ("service", Kind::Service), ("list", Kind::Slug)];

/// Reads a query; a name leads to the key that it means at the data state of the question.
///
/// # Errors
/// Those of [`Query::read`], and what names mean nothing or several things.
pub(crate) fn read_query(site: &Site, measure: Measure, given: &Given) -> Result<Query, Vec<Mistake>> {
    let has_names =
        given.0.iter().any(|(name, text)| kind_of(name).is_some_and(|kind| !Lookup::is_keys(kind, text)));
    if !has_names {
        return Query::read(measure, &given.0);
    }
    let (mut keyed, mut faults) = (given.0.clone(), Vec::new());
    let viewpoint: Vec<(String, String)> =
        given.0.iter().filter(|(name, _)| kind_of(name).is_none()).cloned().collect();
    let viewpoint = Query::read(measure, &viewpoint).map(|query| query.viewpoint).unwrap_or_default();
    let state = site.state();
    let Ok(data) = state.data_state(viewpoint) else { return Query::read(measure, &given.0) };
    let pinned = data.batch.as_ref().filter(|_| data.pinned);
    let day = pinned.map_or_else(|| site.today(), |batch| berlin_day(batch.recorded_at_ms));
    let names =
        if data.pinned { Arc::new(state.as_of(data.position).names()) } else { site.names.of(&state) };
    let lookup = Lookup::new(state.as_of(data.position), &names, day);
    for (name, text) in &mut keyed {
        let Some(kind) = kind_of(name) else { continue };
        match lookup.keys(kind, text) {
            Ok(keys) => *text = keys,
            Err(fault) => faults.push(Mistake::at(&Origin::default(), name, Some(text), fault)),
        }
    }
    match Query::read(measure, &keyed) {
        Ok(query) if faults.is_empty() => Ok(query),
        Ok(_) => Err(faults),
        Err(mut mistakes) => {
            faults.into_iter().for_each(|fault| put_in_place(&mut mistakes, fault));
            Err(mistakes)
        }
    }
}

fn kind_of(parameter: &str) -> Option<Kind> {
    KEYS.iter().find(|(name, _)| *name == parameter).map(|(_, kind)| *kind)
}
