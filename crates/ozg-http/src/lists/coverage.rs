//! Coverage: of which measure anything was said in which Land, since when, when last, and where never.

use super::claim_row::{MEASURE, measures};
use super::list::{Answered, Asked, List, Rows};
use super::selection::{AS_OF, LANGUAGE, ON, POSITION, Selection};
use super::shown::{area, word};
use crate::problem::Problem;
use ozg_core::mistake::{Code, Fault};
use ozg_core::query::{Parameter, Takes, put};
use ozg_core::series::Covered;
use ozg_core::words::{Area, Basis, Label, Place};
use serde_json::{Value, json};

pub(super) const LIST: List = List {
    name: "coverage",
    schema: "Coverage",
    doc: "of which measure anything was counted or published for Germany and each Land, since when, when last, and where never",
    columns: &["measure", "basis", "area", "area_name", "first", "last", "days_silent", "status"],
    parameters: &PARAMETERS,
    rows: Rows::Question { check: None, rows },
    one: None,
};

static PARAMETERS: [Parameter<Selection>; 7] = [MEASURE, AREA, BASIS, ON, POSITION, AS_OF, LANGUAGE];

const AREA: Parameter<Selection> = Parameter::new(
    ("area", "only this Land, or Germany (DE)"),
    Takes::Word(|| Area::all().map(|area| area.id().to_owned()).collect()),
    |selection, text| put(&mut selection.area, Area::read(text).map(|area| Some(Place::Area(area)))),
    |selection| selection.area.as_ref().map(ToString::to_string),
);

const BASIS: Parameter<Selection> = Parameter::new(
    ("basis", "only what is counted, or only what was published (reported)"),
    Takes::Word(|| BASES.map(|basis| basis.id().to_owned()).to_vec()),
    |selection, text| put(&mut selection.basis, read_basis(text).map(Some)),
    |selection| selection.basis.map(|basis| basis.id().to_owned()),
);

/// What the list tells of.
const BASES: [Basis; 2] = [Basis::Counted, Basis::Reported];

fn read_basis(text: &str) -> Result<Basis, Fault> {
    let what = Label { de: "Die Grundlage", en: "The basis" };
    let written = |basis: &Basis| {
        let name = basis.name();
        [basis.id(), name.de, name.en].contains(&text)
    };
    let known = BASES.into_iter().find(written);
    known.ok_or_else(|| Fault::unknown(Code::UnknownWord, what, text, BASES.iter().map(|basis| basis.id())))
}

fn rows(asked: &Asked) -> Result<Answered, Problem> {
    let Asked { state, selection, .. } = asked;
    let (at, on, language) = (state.as_of(selection.position), selection.on(), selection.language);
    let is_asked = |covered: &Covered| {
        selection.basis.is_none_or(|basis| covered.basis == basis)
            && selection.area.as_ref().is_none_or(|area| *area == Place::Area(covered.area))
    };
    let mut rows: Vec<Vec<Value>> = Vec::new();
    for measure in measures(selection) {
        for covered in at.coverage(measure, on)?.into_iter().filter(is_asked) {
            let Covered { basis, area: of, days } = covered;
            let never = days.is_none().then(|| word("never", NEVER, language));
            rows.push(vec![
                word(measure.id(), measure.name(), language).into(),
                word(basis.id(), basis.name(), language).into(),
                of.id().into(),
                area(of, Some(language.unwrap_or_default())),
                json!(days.map(|(first, _)| first.to_string())),
                json!(days.map(|(_, last)| last.to_string())),
                json!(days.map(|(_, last)| on.days_since(last))),
                json!(never),
            ]);
        }
    }
    Ok(Answered::whole(rows))
}

/// What is said of a Land of which nothing was ever said.
const NEVER: Label = Label { de: "noch nie", en: "never" };
