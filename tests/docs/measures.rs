//! docs/measures.md equals the table of measures.

use super::marks;
use ozg_core::measure::{Counting, Denominator, Dimension, Measure};
use std::fmt::Write;

#[test]
fn every_measure_is_defined_as_in_the_code() {
    marks::check("docs/measures.md", "measures", |_| all());
}

/// Writes a table of all measures and a section for each.
fn all() -> String {
    let mut text =
        String::from("| measure | deutsch | English | counted | adds up over |\n|---|---|---|---|---|\n");
    for measure in Measure::all() {
        let (row, id, name) = (measure.row(), measure.id(), measure.name());
        let counted = counting(row.counting);
        let adds = dimensions(row.adds_over, "nothing");
        let _ = writeln!(text, "| [`{id}`](#{id}) | {} | {} | {counted} | {adds} |", name.de, name.en);
    }
    for measure in Measure::all() {
        section(measure, &mut text);
    }
    text
}

fn section(measure: Measure, text: &mut String) {
    let (row, name) = (measure.row(), measure.name());
    let _ = write!(text, "\n### {measure}\n\n");
    let _ = write!(text, "| | |\n|---|---|\n| definition | `{}` |\n", measure.definition_id());
    let _ = writeln!(text, "| deutsch | **{}.** {} |", name.de, row.definition.de);
    let _ = writeln!(text, "| English | **{}.** {} |", name.en, row.definition.en);
    let _ = writeln!(text, "| unit of the value | {} · {} |", row.value_unit.de, row.value_unit.en);
    let _ = writeln!(text, "| dimensions | {} |", dimensions(row.dimensions, "none"));
    let _ = writeln!(text, "| counted | {} |", counting(row.counting));
    let _ = writeln!(text, "| denominator | {} |", denominator(row.denominator));
    let _ = writeln!(text, "| areas and topics | {} · {} |", row.addition.de, row.addition.en);
    let _ = writeln!(text, "| adds up over | {} |", dimensions(row.adds_over, "nothing"));
    let summed = if measure.may_be_summed() { "on request: `basis=summed`" } else { "never" };
    let _ = writeln!(text, "| claims are summed | {summed} |");
}

fn dimensions(list: &[Dimension], none: &str) -> String {
    let ids: Vec<String> = list.iter().map(|dimension| format!("`{}`", dimension.id())).collect();
    if ids.is_empty() { none.to_owned() } else { ids.join(", ") }
}

fn counting(counting: Counting) -> &'static str {
    match counting {
        Counting::Stored | Counting::Folded => "yes",
        Counting::PerService => "for one service each",
        Counting::ReportedOnly => "no, claims only",
    }
}

fn denominator(denominator: Denominator) -> &'static str {
    match denominator {
        Denominator::None => "none",
        Denominator::ServicesListed => "[`services_listed`](#services_listed) of the same topic and unit",
        Denominator::ReusesPossible => "[`reuses_possible`](#reuses_possible)",
        Denominator::AuthoritiesRegistered => "authorities registered in the area on the day",
        Denominator::PopulationResponsible => "inhabitants of the places of all responsible authorities",
        Denominator::Laender => "the Länder of the area or region: 16 of DE",
        Denominator::MilestonesPlanned => "[`milestones_planned`](#milestones_planned)",
    }
}
