//! The measures: one table row each, with definition, dimensions, and how it adds up. A new measure is a row here and its
//! rule, a row in `count/rules.rs`.

mod shared;
mod table;

pub use table::Measure;

use crate::mistake::{Code, Fault};
use crate::words::table::words;
use crate::words::{ClaimKind, Label, Unit, Word, nearest};

words! {
    /// A dimension of a series; the order is that of the columns, the id the name of parameter and column.
    Dimension;
    /// Germany and the Länder; an authority where one is asked for.
    0 Area "area" "Gebiet" "Area";
    /// Themenfeld.
    1 Topic "topic" "Themenfeld" "Topic";
    /// One service.
    2 Service "service" "Leistung" "Service";
    /// Stage of a milestone.
    3 Stage "stage" "Stufe" "Stage";
    /// Level of maturity.
    4 Level "level" "Reifegrad" "Maturity level";
    /// Unit of counting services.
    5 Unit "unit" "Zähleinheit" "Unit";
}

/// How the counted values of a measure are computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counting {
    /// Sums kept in the cube by area, topic, unit and stage or level; one service is folded on demand.
    Stored,
    /// Folded on demand from what stands.
    Folded,
    /// Folded on demand, for one service only.
    PerService,
    /// Never counted: claims only.
    ReportedOnly,
}

/// The denominator of a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denominator {
    /// There is none.
    None,
    /// Services listed in the same topic and unit.
    ServicesListed,
    /// Pairs of services and authorities that are possible.
    ReusesPossible,
    /// Authorities registered in the area.
    AuthoritiesRegistered,
    /// Inhabitants of the places of all responsible authorities.
    PopulationResponsible,
    /// The Länder of the area: 16 of DE, of a region those that it touches.
    Laender,
    /// Milestones whose plan was due.
    MilestonesPlanned,
}

/// What "reused by N authorities" (`reuse-reported`) says of a measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reports {
    /// Nothing.
    None,
    /// How many authorities are live.
    Live,
    /// How many authorities are live and how many are rolling out.
    ByStage,
    /// How many authorities there may be.
    Possible,
}

/// What Prometheus and Grafana have of a measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Metrics {
    /// Nothing.
    Nothing,
    /// Its values by area, topic, unit and stage, which `/metrics` has, too.
    Areas,
    /// The same, all stages in one value.
    AreasOverStages,
    /// Its values by area, and in the query API those of each service.
    AreasAndServices,
    /// Only the values of each service, in the query API.
    Services,
}

impl Metrics {
    /// Tells whether `/metrics` has the values by area.
    #[must_use]
    pub fn are_scraped(self) -> bool {
        match self {
            Metrics::Areas | Metrics::AreasOverStages | Metrics::AreasAndServices => true,
            Metrics::Nothing | Metrics::Services => false,
        }
    }

    /// Tells whether the query API has the values of each service.
    #[must_use]
    pub fn are_of_services(self) -> bool {
        match self {
            Metrics::AreasAndServices | Metrics::Services => true,
            Metrics::Nothing | Metrics::Areas | Metrics::AreasOverStages => false,
        }
    }
}

/// The columns of the table of measures beside code, id and name.
#[derive(Debug, Clone, Copy)]
pub struct MeasureRow {
    /// Version of the definition; it grows when the definition changes what is counted.
    pub version: u16,
    /// The definition.
    pub definition: Label,
    /// The unit of the value.
    pub value_unit: Label,
    /// The dimensions that it has.
    pub dimensions: &'static [Dimension],
    /// How the counted values are computed.
    pub counting: Counting,
    /// The denominator of a share.
    pub denominator: Denominator,
    /// By which rule values of areas and topics add up.
    pub addition: Label,
    /// Dimensions over which the counted values add up exactly (law 6).
    pub adds_over: &'static [Dimension],
    /// Whether a question may name a `territory`, so that the authorities of one day stand for those of every day. True where
    /// authorities or the stages that they hold are counted.
    pub takes_territory: bool,
    /// Whether claims about its services may be summed on request (rule 15).
    pub is_summable: bool,
    /// What an event `reuse-reported` claims about it.
    pub reports: Reports,
    /// What Prometheus and Grafana have of it.
    pub metrics: Metrics,
    /// The fields that a claim about it must have, each with its meaning for the message: `level` for `services_at_maturity`.
    pub needs: &'static [(&'static str, Label)],
    /// The unit of a claim that names none.
    pub default_unit: Option<Unit>,
}

/// What messages call a measure.
const WHAT: Label = Label { de: "Die Kennzahl", en: "The measure" };

impl Measure {
    /// Returns the columns of its row.
    #[must_use]
    pub fn row(self) -> &'static MeasureRow {
        &self.word_row().columns
    }

    /// Returns the versioned name of its definition, such as `services_rolled_out/1`.
    #[must_use]
    pub fn definition_id(self) -> String {
        format!("{}/{}", self.id(), self.row().version)
    }

    /// Tells whether it has the dimension.
    #[must_use]
    pub fn has(self, dimension: Dimension) -> bool {
        self.row().dimensions.contains(&dimension)
    }

    /// Tells whether claims about its services may be summed on request (rule 15).
    #[must_use]
    pub fn may_be_summed(self) -> bool {
        self.row().is_summable
    }

    /// Returns the kinds of claims that an answer has by default: stocks, and for a measure that is only reported also periods
    /// (rule 6b).
    #[must_use]
    pub fn default_kinds(self) -> Vec<ClaimKind> {
        match self.row().counting {
            Counting::ReportedOnly => ClaimKind::all().collect(),
            Counting::Stored | Counting::Folded | Counting::PerService => vec![ClaimKind::Stock],
        }
    }

    /// Reads an id or the name in either language.
    ///
    /// # Errors
    /// `unknown_measure` for anything else.
    pub fn read(text: &str) -> Result<Measure, Fault> {
        crate::words::table::read(text, Code::UnknownMeasure, WHAT)
    }

    /// Returns what German messages call it: its name, with the id behind it, which has to be typed.
    #[must_use]
    pub fn in_german(self) -> String {
        format!("„{}“ ({})", self.name().de, self.id())
    }

    /// Reads an id as addresses have it: exactly, so that an answer has one address.
    ///
    /// # Errors
    /// `unknown_measure` for anything else, such as `services_rolledout`; the hint is the id that is near.
    pub fn read_id(id: &str) -> Result<Measure, Fault> {
        let exact = Measure::all().find(|measure| measure.id() == id);
        exact.ok_or_else(|| {
            let ids: Vec<&str> = Measure::all().map(Measure::id).collect();
            let list = ids.join(", ");
            let fault = Fault::say(
                Code::UnknownMeasure,
                format!("{} „{id}“ ist unbekannt. Erlaubt: {list}", WHAT.de),
                format!("{} \"{id}\" is unknown. Allowed: {list}", WHAT.en),
            );
            match nearest(id, ids.into_iter()) {
                Some(near) => fault.hint(near),
                None => fault,
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_measure_hints_at_the_nearest() {
        let fault = Measure::read_id("services_rolledout").unwrap_err();
        assert_eq!(fault.hint_in_english(), Some("services_rolled_out"));
    }

    #[test]
    fn a_measure_is_read_by_its_id_and_its_name_in_both_languages() {
        for measure in Measure::all() {
            let name = measure.name();
            for text in [measure.id(), name.de, name.en, &name.de.to_uppercase()] {
                assert_eq!(Measure::read(text), Ok(measure), "{text}");
            }
        }
    }
}
