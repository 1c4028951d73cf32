//! The measures: one table row each, with definition, dimensions, and how it adds up. A new measure is a row here and,
//! where it counts something new, a function in `series`.

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
    /// The 16 Länder.
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

const SERVICES: Label = Label { de: "Leistungen", en: "services" };
const PAIRS: Label = Label { de: "Paare aus Leistung und Behörde", en: "pairs of service and authority" };
const DAYS: Label = Label { de: "Tage", en: "days" };
const AREA_TOPIC_UNIT_SERVICE: &[Dimension] =
    &[Dimension::Area, Dimension::Topic, Dimension::Service, Dimension::Unit];
const WITH_STAGE: &[Dimension] =
    &[Dimension::Area, Dimension::Topic, Dimension::Service, Dimension::Stage, Dimension::Unit];
const OWN_QUESTION: Label = Label {
    de: "DE ist eine eigene Frage, nicht die Summe der Länder. Eine Leistung in zwei Themenfeldern zählt in beiden und einmal in der Gesamtzahl.",
    en: "DE is a question of its own, not the sum of the Länder. A service in two topics counts in both and once in the total.",
};
const ADDS_OVER_AREAS: Label = Label {
    de: "DE ist die Summe der 16 Länder und der Behörden ohne Land. Eine Leistung in zwei Themenfeldern zählt in beiden und einmal in der Gesamtzahl.",
    en: "DE is the sum of the 16 Länder and of the authorities without a Land. A service in two topics counts in both and once in the total.",
};
const NO_SUM: Label = Label { de: "Nichts addiert sich.", en: "Nothing adds up." };

/// All measures, in the order of every list.
pub const MEASURES: [MeasureRow; 18] = [
    MeasureRow {
        measure: Measure::ServicesListed,
        id: "services_listed",
        version: 1,
        label: Label { de: "Leistungen im Katalog", en: "Services in the catalogue" },
        definition: Label {
            de: "Leistungen, die am Tag im Katalog stehen. Der Katalog gilt bundesweit: die Zahl ist in jedem Gebiet dieselbe.",
            en: "Services that stand in the catalogue on the day. The catalogue is nationwide: the number is the same in every area.",
        },
        value_unit: SERVICES,
        dimensions: AREA_TOPIC_UNIT_SERVICE,
        counting: Counting::Stored,
        denominator: Denominator::None,
        addition: OWN_QUESTION,
        adds_over: &[],
    },
    MeasureRow {
        measure: Measure::ServicesLaunched,
        id: "services_launched",
        version: 1,
        label: Label { de: "Leistungen mit Go-live", en: "Services launched" },
        definition: Label {
            de: "Leistungen, die in mindestens einer Behörde des Gebiets verfügbar sind: Go-live, im Einsatz oder flächendeckend dort oder an einem Ort darin, oder flächendeckend in DE; eine Leistung auch durch eine ihr untergeordnete. Ein Reifegrad wird nicht verlangt, anders als bei der Zählung des Dashboards des Bundes.",
            en: "Services available at one authority of the area at least: launched, live or rolled out there or at a place within it, or rolled out in DE; a service also through a child. No maturity is demanded, unlike the count of the federal dashboard.",
        },
        value_unit: SERVICES,
        dimensions: AREA_TOPIC_UNIT_SERVICE,
        counting: Counting::Stored,
        denominator: Denominator::ServicesListed,
        addition: OWN_QUESTION,
        adds_over: &[],
    },
    MeasureRow {
        measure: Measure::ServicesRolledOut,
        id: "services_rolled_out",
        version: 1,
        label: Label {
            de: "Leistungen flächendeckend (laut Angabe)", en: "Services rolled out (as stated)"
        },
        definition: Label {
            de: "Leistungen, für die „flächendeckend“ im Gebiet oder in DE gemeldet ist; in DE auch, wenn es in allen 16 Ländern gemeldet ist.",
            en: "Services for which \"rolled out\" is recorded for the area or for DE; for DE also when it holds in all 16 Länder.",
        },
        value_unit: SERVICES,
        dimensions: AREA_TOPIC_UNIT_SERVICE,
        counting: Counting::Stored,
        denominator: Denominator::ServicesListed,
        addition: OWN_QUESTION,
        adds_over: &[],
    },
    MeasureRow {
        measure: Measure::ServicesCoveringAll,
        id: "services_covering_all",
        version: 1,
        label: Label {
            de: "Leistungen flächendeckend (ausgezählt)",
            en: "Services covering all authorities (counted)",
        },
        definition: Label {
            de: "Leistungen, die in allen zuständigen Behörden des Gebiets im Einsatz sind; mindestens eine zuständige Behörde muss eingetragen sein.",
            en: "Services that are live at all responsible authorities of the area; at least one responsible authority must be registered.",
        },
        value_unit: SERVICES,
        dimensions: AREA_TOPIC_UNIT_SERVICE,
        counting: Counting::Stored,
        denominator: Denominator::ServicesListed,
        addition: OWN_QUESTION,
        adds_over: &[],
    },
    MeasureRow {
        measure: Measure::ServicesCompliant,
        id: "services_compliant",
        version: 1,
        label: Label { de: "OZG-konforme Leistungen", en: "OZG-compliant services" },
        definition: Label {
            de: "Leistungen, deren Reifegrad für das Gebiet im Modell 1.1 mindestens 3 ist. Im Modell 2.0 zählt nichts, solange keine Regel bestimmt ist.",
            en: "Services whose maturity for the area is at least 3 in model 1.1. Nothing counts in model 2.0 until its rule is defined.",
        },
        value_unit: SERVICES,
        dimensions: AREA_TOPIC_UNIT_SERVICE,
        counting: Counting::Stored,
        denominator: Denominator::ServicesListed,
        addition: OWN_QUESTION,
        adds_over: &[],
    },
    MeasureRow {
        measure: Measure::ServicesAtMaturity,
        id: "services_at_maturity",
        version: 1,
        label: Label { de: "Leistungen nach Reifegrad", en: "Services by maturity level" },
        definition: Label {
            de: "Leistungen, deren zuletzt bewerteter Reifegrad für das Gebiet die genannte Stufe ist; je Modell für sich.",
            en: "Services whose latest assessed maturity for the area is the given level; each model by itself.",
        },
        value_unit: SERVICES,
        dimensions: &[
            Dimension::Area,
            Dimension::Topic,
            Dimension::Service,
            Dimension::Level,
            Dimension::Unit,
        ],
        counting: Counting::Stored,
        denominator: Denominator::ServicesListed,
        addition: OWN_QUESTION,
        adds_over: &[],
    },
    MeasureRow {
        measure: Measure::Reuses,
        id: "reuses",
        version: 1,
        label: Label { de: "Nachnutzungen", en: "Reuses" },
        definition: Label {
            de: "Paare aus Leistung und Behörde, die am Tag die Stufe halten; für eine Leistung deren Behörden. Gezählt werden nur Leistungen im Katalog und eingetragene Behörden.",
            en: "Pairs of service and authority that hold the stage on the day; for one service its authorities. Only services in the catalogue and registered authorities count.",
        },
        value_unit: PAIRS,
        dimensions: WITH_STAGE,
        counting: Counting::Stored,
        denominator: Denominator::ReusesPossible,
        addition: ADDS_OVER_AREAS,
        adds_over: &[Dimension::Area, Dimension::Service],
    },
    MeasureRow {
        measure: Measure::ReusesCurrent,
        id: "reuses_current",
        version: 1,
        label: Label { de: "Nachnutzungen nach aktueller Stufe", en: "Reuses by current stage" },
        definition: Label {
            de: "Dieselben Paare, jedes nur in seiner weitesten Stufe.",
            en: "The same pairs, each in its furthest stage only.",
        },
        value_unit: PAIRS,
        dimensions: WITH_STAGE,
        counting: Counting::Stored,
        denominator: Denominator::ReusesPossible,
        addition: ADDS_OVER_AREAS,
        adds_over: &[Dimension::Area, Dimension::Service, Dimension::Stage],
    },
    MeasureRow {
        measure: Measure::ReusesPossible,
        id: "reuses_possible",
        version: 1,
        label: Label { de: "Mögliche Nachnutzungen", en: "Possible reuses" },
        definition: Label {
            de: "Paare aus Leistung im Katalog und eingetragener Behörde der ausführenden Art. Für eine Leistung ohne ausführende Art die zuletzt veröffentlichte Angabe, die dann in keine Summe eingeht.",
            en: "Pairs of a listed service and a registered authority of an executing kind. For one service without an executing kind the last published claim, which then enters no sum.",
        },
        value_unit: PAIRS,
        dimensions: AREA_TOPIC_UNIT_SERVICE,
        counting: Counting::Stored,
        denominator: Denominator::None,
        addition: ADDS_OVER_AREAS,
        adds_over: &[Dimension::Area, Dimension::Service],
    },
    MeasureRow {
        measure: Measure::AuthoritiesActive,
        id: "authorities_active",
        version: 1,
        label: Label { de: "Aktive Behörden", en: "Active authorities" },
        definition: Label {
            de: "Eingetragene Behörden, in denen mindestens eine Leistung im Einsatz ist.",
            en: "Registered authorities at which at least one service is live.",
        },
        value_unit: Label { de: "Behörden", en: "authorities" },
        dimensions: &[Dimension::Area, Dimension::Topic, Dimension::Unit],
        counting: Counting::Stored,
        denominator: Denominator::AuthoritiesRegistered,
        addition: ADDS_OVER_AREAS,
        adds_over: &[Dimension::Area],
    },
    MeasureRow {
        measure: Measure::PopulationCovered,
        id: "population_covered",
        version: 1,
        label: Label { de: "Erreichte Bevölkerung", en: "Population covered" },
        definition: Label {
            de: "Für eine Leistung: Einwohner der Orte, deren Behörde sie im Einsatz hat.",
            en: "For one service: inhabitants of the places whose authority has it live.",
        },
        value_unit: Label { de: "Einwohner", en: "inhabitants" },
        dimensions: &[Dimension::Area, Dimension::Service],
        counting: Counting::PerService,
        denominator: Denominator::PopulationResponsible,
        addition: ADDS_OVER_AREAS,
        adds_over: &[Dimension::Area],
    },
    MeasureRow {
        measure: Measure::AreasReusing,
        id: "areas_reusing",
        version: 1,
        label: Label { de: "Länder, die nachnutzen", en: "Länder reusing" },
        definition: Label {
            de: "Für eine Leistung: Länder, in denen sie die Stufe hält, im Land selbst oder in einer Behörde dort; das federführende Land zählt mit.",
            en: "For one service: Länder in which it holds the stage, at the Land itself or at an authority there; the lead Land counts too.",
        },
        value_unit: Label { de: "Länder", en: "Länder" },
        dimensions: &[Dimension::Area, Dimension::Service, Dimension::Stage],
        counting: Counting::PerService,
        denominator: Denominator::Laender,
        addition: Label { de: "Nur für DE.", en: "For DE only." },
        adds_over: &[],
    },
    MeasureRow {
        measure: Measure::MilestonesPlanned,
        id: "milestones_planned",
        version: 1,
        label: Label { de: "Geplante Meilensteine", en: "Milestones planned" },
        definition: Label {
            de: "Meilensteine, deren am Tag geltender Plan bis zum Tag fällig ist. Ein Plan wird nie von selbst zur Tatsache.",
            en: "Milestones whose plan in force on the day is due by that day. A plan never becomes a fact by itself.",
        },
        value_unit: Label { de: "Meilensteine", en: "milestones" },
        dimensions: WITH_STAGE,
        counting: Counting::Folded,
        denominator: Denominator::None,
        addition: Label {
            de: "DE ist die Summe der Länder, der Behörden ohne Land und der Pläne für DE selbst.",
            en: "DE is the sum of the Länder, of the authorities without a Land and of the plans for DE itself.",
        },
        adds_over: &[Dimension::Service, Dimension::Stage],
    },
    MeasureRow {
        measure: Measure::MilestonesOverdue,
        id: "milestones_overdue",
        version: 1,
        label: Label { de: "Überfällige Meilensteine", en: "Milestones overdue" },
        definition: Label {
            de: "Meilensteine, deren am Tag geltender Plan vor dem Tag fällig war und die am Tag noch nicht erreicht sind.",
            en: "Milestones whose plan in force on the day was due before that day and which are not reached on the day.",
        },
        value_unit: Label { de: "Meilensteine", en: "milestones" },
        dimensions: WITH_STAGE,
        counting: Counting::Folded,
        denominator: Denominator::MilestonesPlanned,
        addition: Label {
            de: "DE ist die Summe der Länder, der Behörden ohne Land und der Pläne für DE selbst.",
            en: "DE is the sum of the Länder, of the authorities without a Land and of the plans for DE itself.",
        },
        adds_over: &[Dimension::Service, Dimension::Stage],
    },
    MeasureRow {
        measure: Measure::Applications,
        id: "applications",
        version: 1,
        label: Label { de: "Anträge und Nutzungen", en: "Applications and uses" },
        definition: Label {
            de: "Veröffentlichte Angaben über online gestellte Anträge oder Nutzungen; nur berichtet, nie gezählt.",
            en: "Published claims about applications made online or uses; reported only, never counted.",
        },
        value_unit: Label { de: "Anträge oder Nutzungen", en: "applications or uses" },
        dimensions: AREA_TOPIC_UNIT_SERVICE,
        counting: Counting::ReportedOnly,
        denominator: Denominator::None,
        addition: NO_SUM,
        adds_over: &[],
    },
    MeasureRow {
        measure: Measure::Other,
        id: "other",
        version: 1,
        label: Label { de: "Sonstige Angaben", en: "Other claims" },
        definition: Label {
            de: "Veröffentlichte Angaben, die zu keiner Kennzahl passen; „scope“ sagt, was gemeint ist. Nie summiert, nie in /metrics.",
            en: "Published claims that fit no measure; `scope` says what is meant. Never summed, never in /metrics.",
        },
        value_unit: Label { de: "laut Angabe", en: "as stated" },
        dimensions: AREA_TOPIC_UNIT_SERVICE,
        counting: Counting::ReportedOnly,
        denominator: Denominator::None,
        addition: NO_SUM,
        adds_over: &[],
    },
    MeasureRow {
        measure: Measure::LeadTimeDays,
        id: "lead_time_days",
        version: 1,
        label: Label { de: "Tage von Go-live bis flächendeckend", en: "Days from launch to roll-out" },
        definition: Label {
            de: "Unterer Median der Tage zwischen dem ersten Go-live und dem ersten „flächendeckend“ derselben Leistung im selben Gebiet, über alle, die am Tag so weit sind und im Katalog stehen.",
            en: "Lower median of the days between the first launch and the first roll-out of the same service in the same area, over all that have got so far by the day and are listed on it.",
        },
        value_unit: DAYS,
        dimensions: &[Dimension::Area, Dimension::Topic, Dimension::Unit],
        counting: Counting::Folded,
        denominator: Denominator::None,
        addition: NO_SUM,
        adds_over: &[],
    },
    MeasureRow {
        measure: Measure::ReportingLagDays,
        id: "reporting_lag_days",
        version: 1,
        label: Label { de: "Tage von Ereignis bis Meldung", en: "Days from event to record" },
        definition: Label {
            de: "Unterer Median der Tage zwischen dem Tag, ab dem ein Meilenstein zählt, und dem Tag seiner Aufzeichnung, über alle Angaben bis zum Tag, deren Leistung am Tag im Katalog steht.",
            en: "Lower median of the days between the day from which a milestone counts and the day it was recorded, over all statements up to the day whose service is listed on it.",
        },
        value_unit: DAYS,
        dimensions: &[Dimension::Area, Dimension::Topic, Dimension::Unit],
        counting: Counting::Folded,
        denominator: Denominator::None,
        addition: NO_SUM,
        adds_over: &[],
    },
];

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
