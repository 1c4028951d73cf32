//! Names in the place of keys, in the parameters of an address: `area=Landkreis Barnim` is `area=kreis:12060`.

use crate::app::Site;
use crate::parameters::Given;
use crate::problem::Problem;
use ozg_core::asof::Lookup;
use ozg_core::event::Kind;
use ozg_core::measure::Measure;
use ozg_core::mistake::{Mistake, Origin, put_in_place};
use ozg_core::query::{Parameter, Query, read_parameters};
use ozg_core::time::berlin_day;
use std::sync::Arc;

/// The parameters in which a key stands, with the kind of each.
const KEYS: [(&str, Kind); 3] = [("area", Kind::Place), ("service", Kind::Service), ("list", Kind::Slug)];

/// Reads a query; a name leads to the key that it means at the data state of the question.
///
/// # Errors
/// Those of [`Query::read`], and what names mean nothing or several things.
pub(crate) fn read_query(site: &Site, measure: Measure, given: &Given) -> Result<Query, Vec<Mistake>> {
    if !has_names(given) {
        return Query::read(measure, &given.0);
    }
    let others = given.0.iter().filter(|(name, _)| kind_of(name).is_none()).cloned();
    let viewpoint = Query::read(measure, &others.collect::<Vec<_>>()).map(|query| query.viewpoint);
    let state = site.state();
    let Ok(data) = state.data_state(viewpoint.unwrap_or_default()) else {
        return Query::read(measure, &given.0);
    };
    let pinned = data.batch.as_ref().filter(|_| data.pinned);
    let day = pinned.map_or_else(|| site.today(), |batch| berlin_day(batch.recorded_at_ms));
    let names =
        if data.pinned { Arc::new(state.as_of(data.position).names()) } else { site.names.of(&state) };
    let (keyed, faults) = with_keys(&Lookup::new(state.as_of(data.position), &names, day), given);
    match Query::read(measure, &keyed.0) {
        Ok(query) if faults.is_empty() => Ok(query),
        Ok(_) => Err(faults),
        Err(mut mistakes) => {
            faults.into_iter().for_each(|fault| put_in_place(&mut mistakes, fault));
            Err(mistakes)
        }
    }
}

/// Reads a question about a list, a feed or the log; a name leads to the key that it means now.
///
/// # Errors
/// Those of [`Given::read`], and what names mean nothing or several things.
pub(crate) fn read<T>(
    site: &Site,
    given: &Given,
    mut question: T,
    table: &[Parameter<T>],
) -> Result<T, Problem> {
    let is_key = |name: &str| table.iter().any(|parameter| parameter.name == name);
    if !has_names(given) || KEYS.iter().all(|(name, _)| !is_key(name)) {
        return given.read(question, table);
    }
    let state = site.state();
    let names = site.names.of(&state);
    let (keyed, mut faults) = with_keys(&Lookup::new(state.now(), &names, site.today()), given);
    faults.retain(|fault| is_key(&fault.field));
    match read_parameters(&mut question, table, &keyed.0) {
        Ok(()) if faults.is_empty() => Ok(question),
        Ok(()) => Err(Problem::parameters(faults)),
        Err(mut mistakes) => {
            faults.into_iter().for_each(|fault| put_in_place(&mut mistakes, fault));
            Err(Problem::parameters(mistakes))
        }
    }
}

fn has_names(given: &Given) -> bool {
    given.0.iter().any(|(name, text)| kind_of(name).is_some_and(|kind| !Lookup::is_keys(kind, text)))
}

fn with_keys(lookup: &Lookup<'_>, given: &Given) -> (Given, Vec<Mistake>) {
    let (mut keyed, mut faults) = (given.clone(), Vec::new());
    for (name, text) in &mut keyed.0 {
        let Some(kind) = kind_of(name) else { continue };
        match lookup.keys(kind, text) {
            Ok(keys) => *text = keys,
            Err(fault) => faults.push(Mistake::at(&Origin::default(), name, Some(text), fault)),
        }
    }
    (keyed, faults)
}

fn kind_of(parameter: &str) -> Option<Kind> {
    KEYS.iter().find(|(name, _)| *name == parameter).map(|(_, kind)| *kind)
}
