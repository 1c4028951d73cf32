//! What is missing: the authorities that execute a service and lack a stage of it, with their plans.

use super::list::{Answered, Asked, List, Rows};
use super::narrowing;
use super::selection::{AS_OF, LANGUAGE, ON, POSITION, Selection};
use super::shown::{area, due, name_of_service, word};
use crate::problem::Problem;
use ozg_core::mistake::{Code, Fault};
use ozg_core::query::{Parameter, Takes, put};
use ozg_core::series::{Missing, NotExecuted};
use ozg_core::state::State;
use ozg_core::words::{Area, Day, KindSet, Place, ServiceId, Stage};
use serde_json::{Value, json};

pub(super) const LIST: List = List {
    name: "missing",
    schema: "Missing",
    doc: "the authorities that execute a service and lack a stage of it on a day, with plans and days overdue",
    columns: &[
        "authority",
        "name",
        "kind",
        "area",
        "population",
        "holds",
        "due",
        "due_day",
        "days_overdue",
        "plan",
        "service",
        "service_name",
        "stage",
    ],
    parameters: &PARAMETERS,
    rows: Rows::Question { check: Some(check), rows },
    one: None,
};

static PARAMETERS: [Parameter<Selection>; 7] = [
    narrowing::service("the service").required(),
    narrowing::place("only authorities of this area or region, or this authority; DE where it is not given"),
    STAGE,
    ON,
    POSITION,
    AS_OF,
    LANGUAGE,
];

const STAGE: Parameter<Selection> = Parameter::new(
    ("stage", "the stage that they lack; live where it is not given"),
    Takes::Word(|| Stage::of_authorities().map(|stage| stage.id().to_owned()).collect()),
    |selection, text| put(&mut selection.stage, stage_of_authorities(text).map(Some)),
    |selection| Some(selection.stage.unwrap_or(Stage::Live).id().to_owned()),
);

/// Reads a stage that an authority can be in.
fn stage_of_authorities(text: &str) -> Result<Stage, Fault> {
    let stage = Stage::read(text)?;
    if !stage.is_for_areas_only() {
        return Ok(stage);
    }
    let name = stage.name();
    let fault = Fault::say(
        Code::StageNotHere,
        format!(
            "Die Stufe „{}“ gibt es nur für Länder und DE; Behörden fehlt z. B. „im Einsatz“ (live)",
            name.de
        ),
        format!(
            "The stage {} exists for Länder and DE only; authorities may lack {}",
            name.en,
            Stage::Live.id()
        ),
    );
    Err(fault.hint(Stage::Live.id()))
}

/// Refuses a question that nobody can answer, before its answer begins.
fn check(state: &State, selection: &Selection) -> Result<(), Problem> {
    executing(state, selection).map(drop)
}

/// Returns the service and the kinds of authorities that execute it; none where no service is named.
fn executing<'s>(
    state: &State,
    selection: &'s Selection,
) -> Result<Option<(&'s ServiceId, KindSet)>, Problem> {
    let Some(service) = &selection.filter.service else { return Ok(None) };
    let kinds = state.as_of(selection.position).executing_on(service, selection.on());
    let kinds = kinds.map_err(|why| refused(state, service, selection.on(), why))?;
    Ok(Some((service, kinds)))
}

/// Says why nobody knows which authorities lack the stage, and the way on.
fn refused(state: &State, service: &ServiceId, on: Day, why: NotExecuted) -> Problem {
    let fault = match why {
        NotExecuted::Unknown => {
            let fault = Fault::say(
                Code::UnknownService,
                format!("{service} steht in keinem Eintrag des Katalogs; alle Leistungen: /v1/services"),
                format!("{service} is in no entry of the catalogue; all services: /v1/services"),
            );
            let known: Vec<String> = state.services().map(ToString::to_string).collect();
            fault.near(&service.to_string(), known.iter().map(String::as_str))
        }
        NotExecuted::NotListed => Fault::say(
            Code::UnknownService,
            format!(
                "{service} steht am {on} nicht im Katalog; „on“ fragt nach einem anderen Tag, /v1/services/{service} nennt die Tage"
            ),
            format!(
                "{service} is not in the catalogue on {on}; `on` asks for another day, /v1/services/{service} names the days"
            ),
        ),
        NotExecuted::NoKind => Fault::say(
            Code::MissingField,
            format!(
                "Der Katalog sagt nicht, welche Behörden {service} ausführen, also auch nicht, wo sie fehlt. Der Weg: die Leistung mit „executed_by“ (ausgeführt_von) neu eintragen: ozg record service-listed --service {service} --executed-by …"
            ),
            format!(
                "The catalogue does not say which authorities execute {service}, so nobody knows where it is missing. The way on: list the service again with `executed_by`: ozg record service-listed --service {service} --executed-by …"
            ),
        ),
    };
    Problem::parameter("service", Some(&service.to_string()), fault)
}

fn rows(asked: &Asked) -> Result<Answered, Problem> {
    let Asked { state, selection, .. } = asked;
    let Some((service, kinds)) = executing(state, selection)? else {
        return Ok(Answered::whole(Vec::new()));
    };
    let (on, at) = (selection.on(), state.as_of(selection.position));
    let place = selection.filter.area.clone().unwrap_or(Place::Area(Area::DE));
    let stage = selection.stage.unwrap_or(Stage::Live);
    let missing = at.missing((service, kinds), (&place, stage), on);
    let name = name_of_service(at, service, on);
    let row = |missing: Missing| -> Vec<Value> {
        let Missing { authority, name: own_name, population, holds, plan } = missing;
        let language = selection.language;
        let mut row = vec![
            authority.to_string().into(),
            own_name.as_str().into(),
            word(authority.kind().id(), authority.kind().name(), language).into(),
            area(authority.area(), language),
            json!(population),
            json!(holds.furthest().map(|stage| word(stage.id(), stage.name(), language))),
        ];
        row.extend(due(plan.as_ref(), on));
        row.push(json!(plan.map(|plan| plan.entry.get())));
        row.extend([
            service.to_string().into(),
            name.clone(),
            word(stage.id(), stage.name(), language).into(),
        ]);
        row
    };
    Ok(Answered::whole(missing.into_iter().map(row).collect()))
}
