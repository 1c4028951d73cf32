//! The table of measures: definitions in both languages, dimensions, denominators, rules of addition.

use super::{Counting, Denominator, Dimension, MeasureRow, Metrics, Reports};
use crate::words::table::words;
use crate::words::{Label, Unit};

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

words! {
    /// One question with a series as its answer.
    Measure with MeasureRow;
    0 ServicesListed "services_listed" "Leistungen im Katalog" "Services in the catalogue" = MeasureRow {
        version: 1,
        definition: Label {
            de: "Leistungen, die am Tag im Katalog stehen. Der Katalog gilt bundesweit: die Zahl ist in jedem Gebiet dieselbe. Solange er nicht für vollständig erklärt ist, steht `partial` dabei.",
            en: "Services that stand in the catalogue on the day. The catalogue is nationwide: the number is the same in every area. While it is not declared complete, `partial` stands beside it.",
        },
        value_unit: SERVICES,
        dimensions: AREA_TOPIC_UNIT_SERVICE,
        counting: Counting::Stored,
        denominator: Denominator::None,
        addition: OWN_QUESTION,
        adds_over: &[],
        takes_territory: false,
        is_summable: false,
        reports: Reports::None,
        metrics: Metrics::Areas,
        needs: &[],
        default_unit: Some(Unit::Ozg),
    };
    1 ServicesLaunched "services_launched" "Leistungen mit Go-live" "Services launched" = MeasureRow {
        version: 1,
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
        takes_territory: false,
        is_summable: false,
        reports: Reports::None,
        metrics: Metrics::Areas,
        needs: &[],
        default_unit: Some(Unit::Ozg),
    };
    2 ServicesRolledOut "services_rolled_out" "Leistungen flächendeckend (laut Angabe)" "Services rolled out (as stated)" = MeasureRow {
        version: 1,
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
        takes_territory: false,
        is_summable: false,
        reports: Reports::None,
        metrics: Metrics::Areas,
        needs: &[],
        default_unit: Some(Unit::Ozg),
    };
    3 ServicesCoveringAll "services_covering_all" "Leistungen flächendeckend (ausgezählt)" "Services covering all authorities (counted)" = MeasureRow {
        version: 2,
        definition: Label {
            de: "Leistungen, die in allen zuständigen Behörden des Gebiets im Einsatz sind; mindestens eine zuständige Behörde muss eingetragen sein. Beurteilt wird eine Leistung nur, wo bekannt ist, wer sie ausführt, und die Register dieser Behörden vollständig sind.",
            en: "Services that are live at all responsible authorities of the area; at least one responsible authority must be registered. A service is judged only where it is known who executes it and the registers of those authorities are complete.",
        },
        value_unit: SERVICES,
        dimensions: AREA_TOPIC_UNIT_SERVICE,
        counting: Counting::Stored,
        denominator: Denominator::ServicesListed,
        addition: OWN_QUESTION,
        adds_over: &[],
        takes_territory: true,
        is_summable: false,
        reports: Reports::None,
        metrics: Metrics::Areas,
        needs: &[],
        default_unit: Some(Unit::Ozg),
    };
    4 ServicesCompliant "services_compliant" "OZG-konforme Leistungen" "OZG-compliant services" = MeasureRow {
        version: 1,
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
        takes_territory: false,
        is_summable: false,
        reports: Reports::None,
        metrics: Metrics::Areas,
        needs: &[],
        default_unit: Some(Unit::Ozg),
    };
    5 ServicesAtMaturity "services_at_maturity" "Leistungen nach Reifegrad" "Services by maturity level" = MeasureRow {
        version: 1,
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
        takes_territory: false,
        is_summable: false,
        reports: Reports::None,
        metrics: Metrics::Nothing,
        needs: &[("level", Label { de: "welcher Reifegrad gezählt wird", en: "which level of maturity is counted" })],
        default_unit: Some(Unit::Ozg),
    };
    6 Reuses "reuses" "Nachnutzungen" "Reuses" = MeasureRow {
        version: 2,
        definition: Label {
            de: "Paare aus Leistung und Behörde, die am Tag die Stufe halten; für eine Leistung deren Behörden. Gezählt werden nur Leistungen im Katalog und eingetragene Behörden. Einen Nenner gibt es nur, wo die Register aller ausführenden Behörden vollständig sind und jedes gezählte Paar zu den möglichen gehört.",
            en: "Pairs of service and authority that hold the stage on the day; for one service its authorities. Only services in the catalogue and registered authorities count. There is a denominator only where the registers of all executing authorities are complete and each pair counted is one of those possible.",
        },
        value_unit: PAIRS,
        dimensions: WITH_STAGE,
        counting: Counting::Stored,
        denominator: Denominator::ReusesPossible,
        addition: ADDS_OVER_AREAS,
        adds_over: &[Dimension::Area, Dimension::Service],
        takes_territory: true,
        is_summable: true,
        reports: Reports::Live,
        metrics: Metrics::AreasAndServices,
        needs: &[],
        default_unit: Some(Unit::Ozg),
    };
    7 ReusesCurrent "reuses_current" "Nachnutzungen nach aktueller Stufe" "Reuses by current stage" = MeasureRow {
        version: 2,
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
        takes_territory: true,
        is_summable: true,
        reports: Reports::ByStage,
        metrics: Metrics::AreasAndServices,
        needs: &[],
        default_unit: Some(Unit::Ozg),
    };
    8 ReusesPossible "reuses_possible" "Mögliche Nachnutzungen" "Possible reuses" = MeasureRow {
        version: 2,
        definition: Label {
            de: "Paare aus Leistung im Katalog und eingetragener Behörde der ausführenden Art, wo die Register dieser Behörden vollständig sind. Vor dem ersten vollständigen Stand gilt dieser (first_edition).",
            en: "Pairs of a listed service and a registered authority of an executing kind, where the registers of those authorities are complete. Before the first complete edition that edition holds (first_edition).",
        },
        value_unit: PAIRS,
        dimensions: AREA_TOPIC_UNIT_SERVICE,
        counting: Counting::Stored,
        denominator: Denominator::None,
        addition: ADDS_OVER_AREAS,
        adds_over: &[Dimension::Area, Dimension::Service],
        takes_territory: true,
        is_summable: true,
        reports: Reports::Possible,
        metrics: Metrics::AreasAndServices,
        needs: &[],
        default_unit: Some(Unit::Ozg),
    };
    9 AuthoritiesActive "authorities_active" "Aktive Behörden" "Active authorities" = MeasureRow {
        version: 1,
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
        takes_territory: true,
        is_summable: false,
        reports: Reports::None,
        metrics: Metrics::Areas,
        needs: &[],
        default_unit: Some(Unit::Ozg),
    };
    10 PopulationCovered "population_covered" "Erreichte Bevölkerung" "Population covered" = MeasureRow {
        version: 1,
        definition: Label {
            de: "Für eine Leistung: Einwohner der Orte, deren Behörde sie im Einsatz hat; Nenner sind die Einwohner der Orte aller zuständigen Behörden, wo sie vollständig eingetragen und ihre Einwohner bekannt sind. Ohne Leistung die Summe über alle OZG-Leistungen des Katalogs: ihr Anteil gewichtet jede Leistung nach Bevölkerung.",
            en: "For one service: inhabitants of the places whose authority has it live; the denominator is the inhabitants of the places of all responsible authorities, where all of them are registered and their inhabitants known. Without a service the sum over all OZG-Leistungen of the catalogue: its share weighs each service by population.",
        },
        value_unit: Label { de: "Einwohner", en: "inhabitants" },
        dimensions: &[Dimension::Area, Dimension::Topic, Dimension::Service],
        counting: Counting::Folded,
        denominator: Denominator::PopulationResponsible,
        addition: ADDS_OVER_AREAS,
        adds_over: &[Dimension::Area],
        takes_territory: true,
        is_summable: false,
        reports: Reports::None,
        metrics: Metrics::Nothing,
        needs: &[],
        default_unit: Some(Unit::Ozg),
    };
    11 AreasReusing "areas_reusing" "Länder, die nachnutzen" "Länder reusing" = MeasureRow {
        version: 1,
        definition: Label {
            de: "Für eine Leistung: Länder des Gebiets, in denen sie die Stufe hält, im Land selbst oder in einer Behörde dort; das federführende Land zählt mit. Einer Region die Länder, zu denen sie gehört, mit ihren Behörden, die in ihr liegen.",
            en: "For one service: Länder of the area in which it holds the stage, at the Land itself or at an authority there; the lead Land counts too. Of a region the Länder that it touches, with their authorities that lie in it.",
        },
        value_unit: Label { de: "Länder", en: "Länder" },
        dimensions: &[Dimension::Area, Dimension::Service, Dimension::Stage],
        counting: Counting::PerService,
        denominator: Denominator::Laender,
        addition: Label { de: "DE ist die Summe der 16 Länder.", en: "DE is the sum of the 16 Länder." },
        adds_over: &[Dimension::Area],
        takes_territory: false,
        is_summable: false,
        reports: Reports::None,
        metrics: Metrics::Services,
        needs: &[],
        default_unit: Some(Unit::Ozg),
    };
    12 MilestonesPlanned "milestones_planned" "Geplante Meilensteine" "Milestones planned" = MeasureRow {
        version: 1,
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
        takes_territory: false,
        is_summable: false,
        reports: Reports::None,
        metrics: Metrics::Nothing,
        needs: &[],
        default_unit: Some(Unit::Ozg),
    };
    13 MilestonesOverdue "milestones_overdue" "Überfällige Meilensteine" "Milestones overdue" = MeasureRow {
        version: 2,
        definition: Label {
            de: "Meilensteine, deren am Tag geltender Plan vor dem Tag fällig war und die an keinem Tag vom Beschluss des Plans bis zu dem Tag galten.",
            en: "Milestones whose plan in force on the day was due before that day and which held on no day from the day the plan was made to that day.",
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
        takes_territory: false,
        is_summable: false,
        reports: Reports::None,
        metrics: Metrics::AreasOverStages,
        needs: &[],
        default_unit: Some(Unit::Ozg),
    };
    14 Applications "applications" "Anträge und Nutzungen" "Applications and uses" = MeasureRow {
        version: 1,
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
        takes_territory: false,
        is_summable: true,
        reports: Reports::None,
        metrics: Metrics::Nothing,
        needs: &[],
        default_unit: None,
    };
    15 Other "other" "Sonstige Angaben" "Other claims" = MeasureRow {
        version: 1,
        definition: Label {
            de: "Veröffentlichte Angaben, die zu keiner Kennzahl passen; die Eingrenzung (scope) sagt, was gemeint ist. Nie summiert, nie in /metrics.",
            en: "Published claims that fit no measure; `scope` says what is meant. Never summed, never in /metrics.",
        },
        value_unit: Label { de: "laut Angabe", en: "as stated" },
        dimensions: AREA_TOPIC_UNIT_SERVICE,
        counting: Counting::ReportedOnly,
        denominator: Denominator::None,
        addition: NO_SUM,
        adds_over: &[],
        takes_territory: false,
        is_summable: false,
        reports: Reports::None,
        metrics: Metrics::Nothing,
        needs: &[("scope", Label { de: "was gezählt wird", en: "what is counted" })],
        default_unit: None,
    };
    16 LeadTimeDays "lead_time_days" "Tage von Go-live bis flächendeckend" "Days from launch to roll-out" = MeasureRow {
        version: 1,
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
        takes_territory: false,
        is_summable: false,
        reports: Reports::None,
        metrics: Metrics::Nothing,
        needs: &[],
        default_unit: Some(Unit::Ozg),
    };
    17 ReportingLagDays "reporting_lag_days" "Tage von Ereignis bis Meldung" "Days from event to record" = MeasureRow {
        version: 1,
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
        takes_territory: false,
        is_summable: false,
        reports: Reports::None,
        metrics: Metrics::Nothing,
        needs: &[],
        default_unit: Some(Unit::Ozg),
    };
}
