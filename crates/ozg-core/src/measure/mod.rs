//! The measures: one table row each, with definition, dimensions, and how it adds up. A new measure is a row here and,
//! where it counts something new, a function in `series`.

mod table;

pub use table::MEASURES;

use crate::mistake::{Code, Fault};
use crate::words::{Label, unknown};
use serde::{Deserialize, Serialize};

/// One question with a series as its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "label and definition of each stand in the table below")]
pub enum Measure {
    ServicesListed,
    ServicesLaunched,
    ServicesRolledOut,
    ServicesCoveringAll,
    ServicesCompliant,
    ServicesAtMaturity,
    Reuses,
    ReusesCurrent,
    ReusesPossible,
    AuthoritiesActive,
    PopulationCovered,
    AreasReusing,
    MilestonesPlanned,
    MilestonesOverdue,
    Applications,
    Other,
    LeadTimeDays,
    ReportingLagDays,
}

/// A dimension of a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// Germany and the Länder; an authority where one is asked for.
    Area,
    /// Themenfeld.
    Topic,
    /// One service.
    Service,
    /// Stage of a milestone.
    Stage,
    /// Level of maturity.
    Level,
    /// Unit of counting services.
    Unit,
}

impl Dimension {
    /// Lists all dimensions in the order of the columns.
    pub fn all() -> impl ExactSizeIterator<Item = Dimension> + Clone {
        use Dimension as D;
        [D::Area, D::Topic, D::Service, D::Stage, D::Level, D::Unit].into_iter()
    }

    /// Returns the name of the parameter and the column.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Dimension::Area => "area",
            Dimension::Topic => "topic",
            Dimension::Service => "service",
            Dimension::Stage => "stage",
            Dimension::Level => "level",
            Dimension::Unit => "unit",
        }
    }

    /// Returns the heading in both languages.
    #[must_use]
    pub fn name(self) -> Label {
        match self {
            Dimension::Area => Label { de: "Gebiet", en: "Area" },
            Dimension::Topic => Label { de: "Themenfeld", en: "Topic" },
            Dimension::Service => Label { de: "Leistung", en: "Service" },
            Dimension::Stage => Label { de: "Stufe", en: "Stage" },
            Dimension::Level => Label { de: "Reifegrad", en: "Maturity level" },
            Dimension::Unit => Label { de: "Zähleinheit", en: "Unit" },
        }
    }
}

/// How the counted values of a measure are had.
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

/// What stands below the line of a share.
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

/// One row of the table of measures.
#[derive(Debug, Clone, Copy)]
pub struct MeasureRow {
    /// Which measure.
    pub measure: Measure,
    /// Id, as in addresses.
    pub id: &'static str,
    /// Version of the definition; it grows when the definition changes what is counted.
    pub version: u16,
    /// Short name.
    pub label: Label,
    /// The definition.
    pub definition: Label,
    /// What one of the value is.
    pub value_unit: Label,
    /// The dimensions that it has.
    pub dimensions: &'static [Dimension],
    /// How the counted values are had.
    pub counting: Counting,
    /// What stands below the line of a share.
    pub denominator: Denominator,
    /// By which rule values of areas and topics add up.
    pub addition: Label,
    /// Dimensions over which the counted values add up exactly (law 6).
    pub adds_over: &'static [Dimension],
}

impl Measure {
    /// Lists all measures.
    pub fn all() -> impl ExactSizeIterator<Item = Measure> + Clone {
        MEASURES.iter().map(|row| row.measure)
    }

    /// Returns its row of the table.
    #[must_use]
    pub fn row(self) -> &'static MeasureRow {
        &MEASURES[self as usize]
    }

    /// Returns its id.
    #[must_use]
    pub fn id(self) -> &'static str {
        self.row().id
    }

    /// Returns the versioned name of its definition, such as `services_rolled_out/1`.
    #[must_use]
    pub fn definition_id(self) -> String {
        format!("{}/{}", self.row().id, self.row().version)
    }

    /// Tells whether it has the dimension.
    #[must_use]
    pub fn has(self, dimension: Dimension) -> bool {
        self.row().dimensions.contains(&dimension)
    }

    /// Tells whether claims about its services may be summed on request (SEMANTICS 15).
    #[must_use]
    pub fn may_be_summed(self) -> bool {
        matches!(
            self,
            Measure::Reuses | Measure::ReusesCurrent | Measure::ReusesPossible | Measure::Applications
        )
    }

    /// Reads an id.
    ///
    /// # Errors
    /// `unknown_measure` with the nearest known one.
    pub fn read(text: &str) -> Result<Measure, Fault> {
        let word = text.trim();
        MEASURES.iter().find(|row| row.id == word).map(|row| row.measure).ok_or_else(|| {
            let what = Label { de: "Die Kennzahl", en: "The measure" };
            unknown(Code::UnknownMeasure, what, text, MEASURES.iter().map(|row| row.id))
        })
    }
}

impl std::fmt::Display for Measure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_variants() {
        for (index, row) in MEASURES.iter().enumerate() {
            assert_eq!(row.measure as usize, index, "{}", row.id);
            assert_eq!(Measure::read(row.id), Ok(row.measure));
        }
        assert_eq!(
            Measure::read("services_rolledout").unwrap_err().hint.as_deref(),
            Some("services_rolled_out")
        );
    }
}
