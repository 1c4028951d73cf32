//! Claims that contradict each other: other figures for the same line, scope and day or period (rule 7).

use super::claim_row::{MEASURE, about, figure, is_asked, measures, said_by};
use super::list::{Answered, Asked, List, Rows};
use super::narrowing;
use super::selection::{AS_OF, LANGUAGE, POSITION, Selection};
use crate::problem::Problem;
use ozg_core::query::Parameter;
use serde_json::Value;

pub(super) const LIST: List = List {
    name: "conflicts",
    schema: "Conflicts",
    doc: "the published figures that contradict each other, a row a claim",
    columns: &[
        "measure",
        "area",
        "place",
        "place_name",
        "topic",
        "service",
        "service_name",
        "stage",
        "level",
        "unit",
        "scope",
        "since",
        "on",
        "value",
        "percent",
        "qualifier",
        "upper",
        "of",
        "source",
        "office",
        "published",
        "entry",
    ],
    parameters: &PARAMETERS,
    rows: Rows::Question { check: None, rows },
    one: None,
};

static PARAMETERS: [Parameter<Selection>; 7] = [
    MEASURE,
    narrowing::place("only figures about this area or region and authorities in it, or about this authority"),
    narrowing::topic("only figures about services of this topic, or about the topic itself"),
    narrowing::service("only figures about this service"),
    POSITION,
    AS_OF,
    LANGUAGE,
];

fn rows(asked: &Asked) -> Result<Answered, Problem> {
    let Asked { state, selection, .. } = asked;
    let (at, language) = (state.as_of(selection.position), selection.language);
    let mut rows: Vec<Vec<Value>> = Vec::new();
    for measure in measures(selection) {
        let found = at.conflicts(measure, selection.on());
        for claimed in found.iter().filter(|claimed| is_asked(selection, at, claimed)) {
            let cells = about(at, measure, &claimed.row, language).into_iter();
            rows.push(cells.chain(figure(&claimed.row)).chain(said_by(at, claimed)).collect());
        }
    }
    Ok(Answered::whole(rows))
}
