//! What rows of the table of measures have in common: units of values, dimensions, rules of addition.

use super::Dimension;
use crate::words::Label;

pub(super) const SERVICES: Label = Label { de: "Leistungen", en: "services" };
pub(super) const PAIRS: Label =
    Label { de: "Paare aus Leistung und Behörde", en: "pairs of service and authority" };
pub(super) const DAYS: Label = Label { de: "Tage", en: "days" };
pub(super) const AREA_TOPIC_UNIT_SERVICE: &[Dimension] =
    &[Dimension::Area, Dimension::Topic, Dimension::Service, Dimension::Unit];
pub(super) const WITH_STAGE: &[Dimension] =
    &[Dimension::Area, Dimension::Topic, Dimension::Service, Dimension::Stage, Dimension::Unit];
pub(super) const OWN_QUESTION: Label = Label {
    de: "DE ist eine eigene Frage, nicht die Summe der Länder. Eine Leistung in zwei Themenfeldern zählt in beiden und einmal in der Gesamtzahl.",
    en: "DE is a question of its own, not the sum of the Länder. A service in two topics counts in both and once in the total.",
};
pub(super) const ADDS_OVER_AREAS: Label = Label {
    de: "DE ist die Summe der 16 Länder und der Behörden ohne Land. Eine Leistung in zwei Themenfeldern zählt in beiden und einmal in der Gesamtzahl.",
    en: "DE is the sum of the 16 Länder and of the authorities without a Land. A service in two topics counts in both and once in the total.",
};
pub(super) const NO_SUM: Label = Label { de: "Nichts addiert sich.", en: "Nothing adds up." };
