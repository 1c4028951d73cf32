//! What is due: plans in force whose stage has not come, overdue or ahead (rule 9).

use super::list::{Answered, Asked, List, Rows};
use super::narrowing;
use super::selection::{AS_OF, LANGUAGE, ON, POSITION, Selection, UNIT};
use super::shown::{area, due, name_of_service, place_name, word};
use crate::problem::Problem;
use ozg_core::query::{Parameter, Takes, put};
use ozg_core::series::{OpenAsked, OpenPlan};
use ozg_core::words::{Area, Day, PartialDate, Place, Stage};
use serde_json::{Value, json};

pub(super) const LIST: List = List {
    name: "due",
    schema: "Due",
    doc: "the plans whose stage has not come, overdue ones first, with day due and days overdue",
    columns: &[
        "due",
        "due_day",
        "days_overdue",
        "service",
        "service_name",
        "place",
        "place_name",
        "area",
        "stage",
        "first_due",
        "set_on",
        "office",
        "plan",
    ],
    parameters: &PARAMETERS,
    rows: Rows::Question { check: None, rows },
    one: None,
};

static PARAMETERS: [Parameter<Selection>; 11] = [
    narrowing::place(
        "only plans for this area or region and authorities in it, or for this authority; DE where it is not given",
    ),
    narrowing::topic("only plans for services of this topic"),
    narrowing::service("only plans for this service"),
    STAGE,
    UNIT,
    narrowing::office("only plans of this office"),
    UNTIL,
    ON,
    POSITION,
    AS_OF,
    LANGUAGE,
];

const STAGE: Parameter<Selection> = Parameter::new(
    ("stage", "only plans for this stage"),
    Takes::Word(|| Stage::all().map(|stage| stage.id().to_owned()).collect()),
    |selection, text| put(&mut selection.stage, Stage::read(text).map(Some)),
    |selection| selection.stage.map(|stage| stage.id().to_owned()),
);

const UNTIL: Parameter<Selection> = Parameter::new(
    ("until", "only what is due by this day; a partial date means its last day"),
    Takes::Date,
    |selection, text| put(&mut selection.until, PartialDate::read(text).map(|date| Some(date.last()))),
    |selection| selection.until.map(|day: Day| day.to_string()),
);

fn rows(asked: &Asked) -> Result<Answered, Problem> {
    let Asked { state, selection, .. } = asked;
    let (on, language, at) = (selection.on(), selection.language, state.as_of(selection.position));
    let filter = &selection.filter;
    let open = OpenAsked {
        place: filter.area.clone().unwrap_or(Place::Area(Area::DE)),
        topic: filter.topic,
        service: filter.service.clone(),
        stage: selection.stage,
        unit: selection.unit,
    };
    let is_asked = |plan: &OpenPlan| {
        let office = filter.office.as_deref();
        selection.until.is_none_or(|until| plan.due.last() <= until)
            && office.is_none_or(|office| state.office_of(plan.entry) == Some(office))
    };
    let row = |plan: OpenPlan| -> Vec<Value> {
        let (service, place, stage) = (&plan.milestone.service, &plan.milestone.place, plan.milestone.stage);
        let mut row: Vec<Value> = due(Some(&plan), on).into();
        row.extend([
            service.to_string().into(),
            name_of_service(at, service, on),
            place.to_string().into(),
            json!(place_name(at, place, on, language)),
            area(place.area(), language),
            word(stage.id(), stage.name(), language).into(),
            plan.first_due.to_string().into(),
            plan.set.to_string().into(),
            json!(state.office_of(plan.entry)),
            plan.entry.get().into(),
        ]);
        row
    };
    let plans = at.open_plans(&open, on).into_iter().filter(is_asked);
    Ok(Answered::whole(plans.map(row).collect()))
}
