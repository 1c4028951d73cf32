//! The list of measures, and one of them with its definition in both languages.

use super::list::{List, One, Rows};
use super::selection::Selection;
use ozg_core::measure::{Counting, Denominator, Dimension, Measure};
use ozg_core::mistake::Fault;
use ozg_core::state::State;
use ozg_core::words::Label;
use ozg_formats::series::FORMATS;
use serde_json::{Map, Value, json};

pub(super) const LIST: List = List {
    name: "measures",
    schema: "Measures",
    doc: "the measures with their definitions",
    columns: &[
        "measure",
        "definition_id",
        "name_de",
        "name_en",
        "definition_de",
        "definition_en",
        "dimensions",
        "series",
    ],
    parameters: &[],
    rows: Rows::Things(rows),
    one: Some(One {
        schema: "Measure",
        doc: "a measure with its definition in both languages; with the ending `.atom` the feed of its news",
        example: "reuses",
        has_feed: true,
        read: one,
    }),
};

fn rows(_: &State, _: &Selection) -> Vec<Vec<Value>> {
    let row = |measure: Measure| {
        let (row, name) = (measure.row(), measure.name());
        vec![
            measure.id().into(),
            measure.definition_id().into(),
            name.de.into(),
            name.en.into(),
            row.definition.de.into(),
            row.definition.en.into(),
            ids(row.dimensions),
            FORMATS.iter().map(|format| Value::from(format!("/v1/series/{measure}.{}", format.id))).collect(),
        ]
    };
    Measure::all().map(row).collect()
}

fn one(_: &State, id: &str) -> Result<Value, Fault> {
    let measure = Measure::read_id(id)?;
    let row = measure.row();
    let dimension = |dimension: &Dimension| json!({ "id": dimension.id(), "name": label(dimension.name()) });
    let mut links: Map<String, Value> = FORMATS
        .iter()
        .filter(|format| format.is_built())
        .map(|format| (format.id.to_owned(), format!("/v1/series/{measure}.{}", format.id).into()))
        .collect();
    links.insert("atom".to_owned(), format!("/v1/measures/{measure}.atom").into());
    links.insert("entries".to_owned(), format!("/v1/series/{measure}/entries.csv").into());
    Ok(json!({
        "measure": measure.id(),
        "definition_id": measure.definition_id(),
        "version": row.version,
        "name": label(measure.name()),
        "definition": label(row.definition),
        "unit": label(row.value_unit),
        "dimensions": row.dimensions.iter().map(dimension).collect::<Vec<_>>(),
        "counting": counting(row.counting),
        "denominator": denominator(row.denominator),
        "addition": label(row.addition),
        "adds_over": ids(row.adds_over),
        "may_be_summed": measure.may_be_summed(),
        "links": links,
    }))
}

fn label(label: Label) -> Value {
    json!({ "de": label.de, "en": label.en })
}

fn ids(dimensions: &[Dimension]) -> Value {
    dimensions.iter().map(|dimension| Value::from(dimension.id())).collect()
}

fn counting(counting: Counting) -> &'static str {
    match counting {
        Counting::Stored | Counting::Folded => "counted",
        Counting::PerService => "counted_per_service",
        Counting::ReportedOnly => "reported_only",
    }
}

fn denominator(denominator: Denominator) -> Value {
    match denominator {
        Denominator::None => Value::Null,
        Denominator::ServicesListed => "services_listed".into(),
        Denominator::ReusesPossible => "reuses_possible".into(),
        Denominator::AuthoritiesRegistered => "authorities_registered".into(),
        Denominator::PopulationResponsible => "population_responsible".into(),
        Denominator::Laender => "laender".into(),
        Denominator::MilestonesPlanned => "milestones_planned".into(),
    }
}
