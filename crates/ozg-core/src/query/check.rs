//! Parameters that must fit each other and the measure.

use super::columns::OF_VINTAGES;
use super::{Query, Shape, Show, Vintages, exclusive};
use crate::measure::{Counting, Denominator, Dimension, Measure};
use crate::mistake::{Code, Fault, Mistake, Origin};
use crate::words::{Basis, ClaimKind, Stage};

impl Query {
    /// Checks what has been read; `given` tells which parameters stood there.
    pub(super) fn check(&self, given: &dyn Fn(&str) -> bool, mistakes: &mut Vec<Mistake>) {
        self.check_exclusions(given, mistakes);
        mistakes.extend(self.check_shape("shape"));
        self.check_dimensions(given, mistakes);
        self.check_service(mistakes);
        self.check_territory(mistakes);
        self.check_sums(mistakes);
        self.check_kinds(mistakes);
        self.check_bases(given, mistakes);
        self.check_stages(mistakes);
        self.check_units(mistakes);
    }

    /// Refuses a basis that the measure does not have, and what nobody published.
    fn check_bases(&self, given: &dyn Fn(&str) -> bool, mistakes: &mut Vec<Mistake>) {
        let mut say = |value: &str, fault: Fault| {
            let fault = fault.hint(Basis::Reported.id());
            mistakes.push(Mistake::at(&Origin::default(), "basis", Some(value), fault));
        };
        if self.measure.row().counting == Counting::ReportedOnly && self.bases == [Basis::Counted] {
            let fault = Fault::say(
                Code::DimensionNotHere,
                format!("{} wird nie gezählt, nur berichtet", self.measure),
                format!("{} is never counted, only reported", self.measure),
            );
            say(Basis::Counted.id(), fault);
        }
        let unpublished = [Basis::Counted, Basis::Target].into_iter().filter(|one| self.bases.contains(one));
        for basis in unpublished.filter(|_| given("published_until")) {
            let fault = Fault::say(
                Code::FieldsExclude,
                format!("„published_until“ zeigt, was veröffentlicht war; „{}“ war es nicht", basis.id()),
                format!("\"published_until\" shows what was published; \"{}\" was not", basis.id()),
            );
            say(basis.id(), fault);
        }
    }

    /// Refuses stages that only areas as a whole can hold, where authorities are counted or asked for.
    fn check_stages(&self, mistakes: &mut Vec<Mistake>) {
        let of_authorities = self
            .areas
            .as_ref()
            .is_some_and(|areas| !areas.is_empty() && areas.iter().all(|place| place.authority().is_some()));
        let counts_pairs = self.measure.row().denominator == Denominator::ReusesPossible;
        if !of_authorities && !counts_pairs {
            return;
        }
        for stage in self.stages.iter().flatten().filter(|stage| stage.is_for_areas_only()) {
            let fault = Fault::say(
                Code::StageNotHere,
                format!("„{stage}“ gibt es nur bei Ländern und DE, nicht bei Behörden"),
                format!("\"{stage}\" exists only for Länder and DE, not for authorities"),
            );
            let fault = fault.hint(Stage::Live.id());
            mistakes.push(Mistake::at(&Origin::default(), "stage", Some(stage.id()), fault));
        }
    }

    /// Refuses services if none of them has a unit that is asked for, and `unit=none` for a measure that counts services.
    fn check_units(&self, mistakes: &mut Vec<Mistake>) {
        let without = self.units.iter().flatten().any(Option::is_none);
        if without && self.measure.row().counting != Counting::ReportedOnly {
            let fault = Fault::say(
                Code::DimensionNotHere,
                format!("{} zählt immer in einer Einheit", self.measure.in_german()),
                format!("{} always counts in a unit", self.measure),
            );
            mistakes.push(Mistake::at(&Origin::default(), "unit", Some("none"), fault.hint("ozg")));
        }
        let (Some(services), Some(units)) = (&self.services, &self.units) else { return };
        let Some(first) = services.first() else { return };
        if services.iter().any(|service| units.contains(&Some(service.unit()))) {
            return;
        }
        let (service, unit) = (first, first.unit().id());
        let fault = Fault::say(
            Code::FieldsExclude,
            format!("{service} zählt in der Einheit {unit}"),
            format!("{service} counts in the unit {unit}"),
        );
        mistakes.push(Mistake::at(&Origin::default(), "unit", None, fault.hint(unit)));
    }

    /// Checks what depends on the shape once more where a format has chosen it; `parameters` are those that stood there.
    ///
    /// # Errors
    /// `fields_exclude` at `vintages` where there is no room for all of them, at `show` where nothing is chosen from, and at
    /// `columns` where each line is a column.
    pub fn check_adapted(&self, parameters: &[(String, String)]) -> Result<(), Vec<Mistake>> {
        let show = parameters.iter().find(|(name, _)| name == "show").filter(|_| self.shape == Shape::Long);
        let show = show.map(|(name, value)| Mistake::at(&Origin::default(), name, Some(value), shows_all()));
        let columns = self.columns.as_ref().filter(|_| self.shape == Shape::Wide);
        let columns = columns.map(|_| Mistake::at(&Origin::default(), "columns", None, has_lines()));
        let mistakes: Vec<Mistake> =
            self.check_shape("vintages").into_iter().chain(show).chain(columns).collect();
        if mistakes.is_empty() { Ok(()) } else { Err(mistakes) }
    }

    /// Lines have one value a day.
    fn check_shape(&self, field: &str) -> Option<Mistake> {
        let has_all = matches!(self.vintages, Some(Vintages::All | Vintages::Changed));
        (self.shape == Shape::Wide && has_all).then(|| {
            let fault = Fault::say(
                Code::FieldsExclude,
                "Eine breite Tabelle oder ein Diagramm zeigt einen Wert je Tag: vintages=latest oder vintages=first angeben",
                "A wide table or a chart shows one value a day: give vintages=latest or vintages=first",
            );
            Mistake::at(&Origin::default(), field, None, fault)
        })
    }

    fn check_exclusions(&self, given: &dyn Fn(&str) -> bool, mistakes: &mut Vec<Mistake>) {
        let mut say = |name: &str, fault: Fault| {
            mistakes.push(Mistake::at(&Origin::default(), name, None, fault));
        };
        if given("on") {
            let others = ["from", "to", "every", "last"].into_iter().filter(|other| given(other));
            others.for_each(|other| say(other, exclusive("on", other)));
        }
        let of_vintages = OF_VINTAGES.into_iter().find(|name| self.columns.is_some() && self.shows(name));
        if let Some(name) = of_vintages.filter(|_| self.vintages.is_none()) {
            let fault = Fault::say(
                Code::FieldsExclude,
                format!("Die Spalte „{name}“ gibt es nur mit „vintages“"),
                format!("The column \"{name}\" exists with \"vintages\" only"),
            );
            say("columns", fault.hint("vintages=latest"));
        }
        if let (Some(from), Some(to)) = (self.from, self.to)
            && from > to
        {
            let de = format!("„to“ ({to}) liegt vor „from“ ({from})");
            say(
                "to",
                Fault::say(Code::FieldsExclude, de, format!("\"to\" ({to}) lies before \"from\" ({from})")),
            );
        }
    }

    /// What is asked for must be a dimension of the measure.
    fn check_dimensions(&self, given: &dyn Fn(&str) -> bool, mistakes: &mut Vec<Mistake>) {
        for dimension in Dimension::all() {
            let id = dimension.id();
            let asked = given(id) || (self.by.contains(&dimension) && given("by"));
            if asked && !self.measure.has(dimension) {
                let known: Vec<&str> = self.measure.row().dimensions.iter().map(|d| d.id()).collect();
                let known = known.join(", ");
                let fault = Fault::say(
                    Code::DimensionNotHere,
                    format!("{} hat keine Dimension „{id}“, nur {known}", self.measure.in_german()),
                    format!("{} has no dimension \"{id}\", only {known}", self.measure),
                );
                mistakes.push(Mistake::at(
                    &Origin::default(),
                    if given(id) { id } else { "by" },
                    None,
                    fault,
                ));
            }
        }
    }

    /// Not everything that is claimed adds up.
    fn check_sums(&self, mistakes: &mut Vec<Mistake>) {
        if self.bases.contains(&Basis::Summed) && !self.measure.may_be_summed() {
            let summed = |name: fn(Measure) -> String| {
                let all = Measure::all().filter(|measure| measure.may_be_summed()).map(name);
                all.collect::<Vec<_>>().join(", ")
            };
            let fault = Fault::say(
                Code::DimensionNotHere,
                format!("Summen von Angaben gibt es nur für {}", summed(Measure::in_german)),
                format!("Sums of claims exist for {} only", summed(|measure| measure.id().to_owned())),
            );
            mistakes.push(Mistake::at(&Origin::default(), "basis", Some("summed"), fault));
        }
    }

    /// Periods are neither counted nor summed, nor do changes follow from them (rules 6b, 7b).
    fn check_kinds(&self, mistakes: &mut Vec<Mistake>) {
        if self.kinds != [ClaimKind::Period] {
            return;
        }
        let mut say = |de: &str, en: &str| {
            let fault = Fault::say(Code::FieldsExclude, de, en);
            mistakes.push(Mistake::at(&Origin::default(), "kind", Some("period"), fault));
        };
        if self.bases.iter().any(|basis| *basis != Basis::Reported) {
            say(
                "Von Zeiträumen gibt es nur veröffentlichte Zahlen: „basis“ weglassen oder basis=reported angeben",
                "Of periods there are only published figures: leave \"basis\" out or give basis=reported",
            );
        }
        if self.show == Show::Change {
            say(
                "Aus Zahlen über Zeiträume folgen keine Veränderungen: show=value oder kind=stock angeben",
                "No changes follow from figures of periods: give show=value or kind=stock",
            );
        }
    }

    /// Refuses `territory` for a measure that does not count authorities, such as `services_listed`.
    fn check_territory(&self, mistakes: &mut Vec<Mistake>) {
        if let Some(territory) = self.territory.filter(|_| !self.measure.row().takes_territory) {
            let fault = Fault::say(
                Code::DimensionNotHere,
                format!(
                    "„territory“ gibt es nur bei Kennzahlen, die Behörden zählen; {} zählt keine",
                    self.measure.in_german()
                ),
                format!(
                    "\"territory\" exists only for measures that count authorities; {} counts none",
                    self.measure
                ),
            );
            let value = territory.to_string();
            mistakes.push(Mistake::at(&Origin::default(), "territory", Some(&value), fault));
        }
    }

    /// Refuses a measure that exists only for single services where no service is asked for.
    fn check_service(&self, mistakes: &mut Vec<Mistake>) {
        let needs_service = self.measure.row().counting == Counting::PerService
            && self.services.is_none()
            && !self.by.contains(&Dimension::Service);
        if needs_service && self.bases == [Basis::Counted] {
            let fault = Fault::say(
                Code::MissingField,
                format!(
                    "{} gibt es nur für einzelne Leistungen: service=… oder by=service angeben",
                    self.measure
                ),
                format!("{} exists only for single services: give service=… or by=service", self.measure),
            );
            mistakes.push(Mistake::at(&Origin::default(), "service", None, fault));
        }
    }
}

fn has_lines() -> Fault {
    Fault::say(
        Code::FieldsExclude,
        "„columns“ wählt Spalten der langen Form; in einer breiten Tabelle und in einem Diagramm ist jede Linie eine Spalte. „columns“ oder „shape“ weglassen",
        "\"columns\" chooses columns of the long form; in a wide table and in a chart each line is a column. Leave \"columns\" or \"shape\" out",
    )
    .hint("shape=long")
}

fn shows_all() -> Fault {
    Fault::say(
        Code::FieldsExclude,
        "„show“ wählt, was eine breite Tabelle oder ein Diagramm zeigt; die lange Form hat Wert und Anteil nebeneinander. „show“ weglassen oder shape=wide angeben",
        "\"show\" chooses what a wide table or a chart shows; the long form has value and share side by side. Leave \"show\" out, or give shape=wide",
    )
    .hint("shape=wide")
}
