//! The lines that an answer has at any of its data states.

use crate::asof::AsOf;
use crate::count::About;
use crate::lines::{Claims, Line, SeriesError, abouts};
use crate::measure::{Dimension, Measure};
use crate::query::Query;
use crate::words::{Basis, Day, ServiceId};
use std::collections::BTreeSet;

/// Lists the lines that an answer has at any data state up to a position; their starts are those of no state in particular.
pub(crate) fn lines(at: AsOf<'_>, query: &Query) -> Result<Vec<Line>, SeriesError> {
    let ids = query.services.is_none() && query.spreads(Dimension::Service);
    let query = if ids {
        Query { services: Some(services(at, query.measure)), ..query.clone() }
    } else {
        query.clone()
    };
    let bases = Basis::all().filter(|basis| query.bases.contains(basis));
    let abouts = abouts(at, &query, &Claims::default())?;
    let of_each =
        |about: About| bases.clone().map(move |basis| Line { about: about.clone(), basis, start: Day::EVER });
    Ok(abouts.into_iter().flat_map(of_each).collect())
}

/// Lists all services that were listed or claimed about at any data state up to a position, by key.
fn services(at: AsOf<'_>, measure: Measure) -> Vec<ServiceId> {
    let listed =
        at.state.services.iter().filter(|(_, history)| history.said.iter().any(|k| k.from <= at.position));
    let listed = listed.map(|(service, _)| service);
    let claimed = at.state.figures.iter().filter(|(scope, _)| scope.measure == measure);
    let claimed = claimed.filter(|(_, history)| history.iter().any(|known| known.from <= at.position));
    let claimed = claimed.filter_map(|(scope, _)| scope.service.as_ref());
    let reports = at.state.reuse_reports.iter();
    let reports = reports.filter(|(_, history)| history.iter().any(|known| known.from <= at.position));
    let reports = reports.map(|((service, _), _)| service);
    let all: BTreeSet<&ServiceId> = listed.chain(claimed).chain(reports).collect();
    all.into_iter().cloned().collect()
}
