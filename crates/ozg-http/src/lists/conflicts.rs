//! Claims that contradict each other: other figures for the same line, scope and day or period (rule 7).

use super::claim_row::{COLUMNS, MEASURE, PLACE, SERVICE, TOPIC, cells, is_asked, measures};
use super::list::{Answered, Asked, List, Rows};
use super::selection::{AS_OF, LANGUAGE, POSITION, Selection};
use crate::problem::Problem;
use ozg_core::query::Parameter;
use serde_json::Value;

pub(super) const LIST: List = List {
    name: "conflicts",
    schema: "Conflicts",
    doc: "the published figures that contradict each other, a row a claim",
    columns: &COLUMNS,
    parameters: &PARAMETERS,
    rows: Rows::Question { check: None, rows },
    one: None,
};

static PARAMETERS: [Parameter<Selection>; 7] = [MEASURE, PLACE, TOPIC, SERVICE, POSITION, AS_OF, LANGUAGE];

fn rows(asked: &Asked) -> Result<Answered, Problem> {
    let Asked { state, selection, .. } = asked;
    let (at, language) = (state.as_of(selection.position), selection.language);
    let mut rows: Vec<Vec<Value>> = Vec::new();
    for measure in measures(selection) {
        let found = at.conflicts(measure, selection.on());
        let asked = found.iter().filter(|claimed| is_asked(selection, at, claimed));
        rows.extend(asked.map(|claimed| cells(at, measure, claimed, language).collect()));
    }
    Ok(Answered::whole(rows))
}
