//! Every text of the pages in both languages, in one table.

use ozg_core::words::Label;

/// The texts of the pages.
pub(crate) struct Texts {
    pub(crate) title: Label,
    pub(crate) skip: Label,
    pub(crate) other_language: Label,
    pub(crate) what: Label,
    pub(crate) clocks_heading: Label,
    pub(crate) clocks: Label,
    pub(crate) simulated: Label,
    pub(crate) empty: Label,
    pub(crate) state_heading: Label,
    pub(crate) position: Label,
    pub(crate) recorded_at: Label,
    pub(crate) licence: Label,
    pub(crate) series_heading: Label,
    pub(crate) series_caption: Label,
    pub(crate) measure: Label,
    pub(crate) by_area: Label,
    pub(crate) by_topic: Label,
    pub(crate) definition: Label,
    pub(crate) lists_heading: Label,
    pub(crate) machines_heading: Label,
    pub(crate) events: Label,
    pub(crate) services: Label,
    pub(crate) authorities: Label,
    pub(crate) areas: Label,
    pub(crate) topics: Label,
    pub(crate) measures: Label,
    pub(crate) description: Label,
    pub(crate) discovery: Label,
    pub(crate) metrics: Label,
}

const fn text(de: &'static str, en: &'static str) -> Label {
    Label { de, en }
}

pub(crate) const TEXTS: Texts = Texts {
    title: text("OZG-Tracker", "OZG Tracker"),
    skip: text("Zum Inhalt", "To the content"),
    other_language: text("English", "Deutsch"),
    what: text(
        "Wie weit sind die Online-Leistungen nach dem Onlinezugangsgesetz (OZG), und wie weit waren sie wann? Dieser Dienst sammelt datierte Meilensteine und veröffentlichte Angaben in einem Protokoll, aus dem nichts gelöscht wird, und berechnet daraus jede Zeitreihe, mit Definition, Nenner und Quelle neben jedem Wert. Lesen kann ihn jeder, ohne Anmeldung.",
        "How far are the online services under Germany's online-access law (OZG), and how far were they when? This service collects dated milestones and published figures in a log from which nothing is erased, and computes every series from it, with definition, denominator and source beside each value. Anyone may read it, without a key.",
    ),
    clocks_heading: text("Zwei Uhren", "Two clocks"),
    clocks: text(
        "Jede Angabe hat einen Tag, an dem sie in der Welt galt, und einen Zeitpunkt, zu dem sie hier bekannt wurde. Nach dem ersten fragen from, to und on; nach dem zweiten as_of und position: wer eine Position nennt, bekommt auch Jahre später dieselben Zahlen.",
        "Every statement has a day on which it was true in the world, and an instant at which it became known here. The first is asked for by from, to and on; the second by as_of and position: whoever names a position gets the same numbers years later.",
    ),
    simulated: text(
        "Achtung: Dieses Protokoll enthält erzeugte, erfundene Einträge. Keine Zahl von hier sagt etwas über die Wirklichkeit.",
        "Caution: this log holds generated, invented entries. No number from here says anything about the real world.",
    ),
    empty: text("Das Protokoll ist noch leer.", "The log is still empty."),
    state_heading: text("Datenstand", "Data state"),
    position: text("Position", "Position"),
    recorded_at: text("aufgezeichnet", "recorded"),
    licence: text("Lizenz der Daten", "Licence of the data"),
    series_heading: text("Fertige Zeitreihen", "Ready-made series"),
    series_caption: text(
        "Monatswerte für Deutschland und die 16 Länder, oder für Deutschland nach Themenfeldern",
        "Monthly values for Germany and the 16 Länder, or for Germany by topic",
    ),
    measure: text("Kennzahl", "Measure"),
    by_area: text("nach Gebieten", "by area"),
    by_topic: text("nach Themenfeldern", "by topic"),
    definition: text("Definition", "Definition"),
    lists_heading: text("Listen", "Lists"),
    machines_heading: text("Für Programme", "For programs"),
    events: text("alle Einträge des Protokolls", "all entries of the log"),
    services: text("Leistungen", "services"),
    authorities: text("Behörden", "authorities"),
    areas: text("Gebiete", "areas"),
    topics: text("Themenfelder", "topics"),
    measures: text("Kennzahlen mit Definitionen", "measures with definitions"),
    description: text("Beschreibung der Schnittstelle (OpenAPI)", "description of the interface (OpenAPI)"),
    discovery: text("alle Adressen und Grenzen", "all addresses and limits"),
    metrics: text("aktuelle Werte für Prometheus", "current values for Prometheus"),
};
