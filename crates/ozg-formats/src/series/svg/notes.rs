//! The texts around a drawing: title, what is measured, the name of the axis, what to know, sources, data state and address.

use super::super::cell;
use super::super::narrowing::narrowing;
use super::runs::Break;
use super::text::{data_state, date, in_words, shortened};
use super::{Chart, LINES_MAX};
use ozg_core::query::Show;
use ozg_core::words::{Basis, Label, Unit};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// The unit of numbers of services, beside which stands what counts as one.
const SERVICES: Label = Label { de: "Leistungen", en: "services" };
/// Most characters of a part of the title, and of a narrow chart.
const TITLE: usize = 110;
const TITLE_NARROW: usize = 70;
/// Most sources that are named below.
const SOURCES_MAX: usize = 4;

impl Chart<'_> {
    /// Says what is shown and where: "Leistungen mit Go-live · Brandenburg".
    pub(super) fn title(&self) -> String {
        let mut parts = vec![self.header.measure.name().in_language(self.language).to_owned()];
        let bases: Vec<&str> = Basis::all().map(|basis| basis.name().in_language(self.language)).collect();
        let narrowed = narrowing(self.header, &self.publication.names, self.language).into_iter();
        parts.extend(narrowed.filter(|part| !bases.contains(&part.as_str())));
        let service = self.service.as_ref().map(|key| self.publication.names.get(key).unwrap_or(key));
        if let Some(service) = service.filter(|service| !parts.contains(service)) {
            parts.insert(1, service.clone());
        }
        let subjects: BTreeSet<&str> = self.lines.iter().map(|line| line.subject.as_str()).collect();
        let only = subjects.first().filter(|one| subjects.len() == 1 && !one.is_empty());
        let said = only.is_some_and(|only| parts.iter().any(|part| part == only));
        parts.extend(only.filter(|_| !said).map(|only| (*only).to_owned()));
        let most = if self.is_narrow() { TITLE_NARROW } else { TITLE };
        parts.iter().map(|part| shortened(part, most)).collect::<Vec<_>>().join(" · ")
    }

    /// Says what is measured, on which basis and for which days.
    pub(super) fn subtitle(&self) -> Vec<String> {
        let definition = self.header.measure.row().definition.in_language(self.language).replace('`', "");
        let bases: BTreeSet<Basis> = self.lines.iter().map(|line| line.basis).collect();
        let bases: Vec<&str> = bases.into_iter().map(|basis| self.basis(basis)).collect();
        let parts: Vec<String> =
            [bases.join(self.say(" und ", " and "))].into_iter().chain(self.span()).collect();
        let parts = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
        [definition, parts].into_iter().filter(|text| !text.is_empty()).collect()
    }

    /// Names a basis as the key does.
    pub(super) fn basis(&self, basis: Basis) -> &'static str {
        match basis {
            Basis::Counted => self.say("ausgezählt", "counted"),
            Basis::Reported => self.say("veröffentlicht", "published"),
            Basis::Summed | Basis::Target => basis.name().in_language(self.language),
        }
    }

    /// Names the axis of numbers: "Leistungen (OZG)".
    pub(super) fn axis(&self) -> String {
        let unit = self.header.measure.row().value_unit.in_language(self.language);
        let units: BTreeSet<Unit> = self.lines.iter().filter_map(|line| line.unit).collect();
        let unit = match units.first().filter(|_| units.len() == 1) {
            Some(one) if self.header.measure.row().value_unit == SERVICES => {
                let name = one.name().in_language(self.language);
                match name.strip_suffix("-Leistungen").or_else(|| name.strip_suffix(" services")) {
                    Some(short) => format!("{unit} ({short})"),
                    None => format!("{unit} ({name})"),
                }
            }
            _ => unit.to_owned(),
        };
        match self.header.query.show {
            Show::Value => capital(&unit),
            Show::Share => self.say("Anteil in %", "Share in %").to_owned(),
            Show::Change => {
                format!("{}: {unit}", self.say("Veränderung zum vorigen Wert", "Change to the value before"))
            }
        }
    }

    /// Says why nothing is drawn.
    pub(super) fn nothing(&self) -> [&'static str; 2] {
        let why = match self.header.query.show {
            _ if self.is_without_periods => {
                self.say("Es gibt nur Zahlen über Zeiträume: kind=period zeigt sie.", "There are figures of periods only: kind=period shows them.")
            }
            Show::Share if self.has_values => self.say(
                "Es gibt Werte, aber keinen Anteil: zu keinem ist eine Grundgesamtheit bekannt. show=value zeigt die Werte.",
                "There are values but no share: of none is the total known. show=value shows the values.",
            ),
            Show::Change if self.has_values => self.say(
                "Es gibt keine zwei aufeinander folgenden Angaben, aus denen eine Veränderung folgt. show=value zeigt die Werte.",
                "There are no two figures in a row from which a change follows. show=value shows the values.",
            ),
            Show::Value | Show::Share | Show::Change => self.say(
                "Zu dieser Frage ist nichts erfasst. Das heißt nicht, dass es nichts gibt.",
                "Nothing is recorded about this question. That does not mean that there is nothing.",
            ),
        };
        [self.say("keine Angabe", "no figure"), why]
    }

    /// Names the days of the chart.
    fn span(&self) -> Option<String> {
        let days = || self.lines.iter().flat_map(|line| line.values.keys());
        let (first, last) = (days().min()?, days().max()?);
        let (first, last) = (date(*first, self.language), date(*last, self.language));
        Some(if first == last { first } else { format!("{first} – {last}") })
    }

    /// Describes for people who cannot see the chart where each line ends.
    pub(super) fn description(&self) -> String {
        let percent = self.header.query.show == Show::Share;
        let ends = self.lines.iter().filter_map(|line| {
            let (day, value) = line.values.last_key_value()?;
            let (day, value) = (date(*day, self.language), in_words(value, percent, self.language));
            Some(format!("{}: {value} ({day})", line.heading))
        });
        let mut ends: Vec<String> = ends.collect();
        if ends.is_empty() {
            ends.extend(self.nothing().map(str::to_owned));
        }
        let subtitle = self.subtitle().join(" ");
        format!("{subtitle} {}. {}", ends.join("; "), data_state(self.header, self.language))
    }

    /// Names the places asked for that have no value; none where nothing is drawn.
    fn silent(&self) -> Option<String> {
        let called = |key: String| self.publication.names.get(&key).cloned().unwrap_or(key);
        let names = self.silent.iter().map(|place| cell::area(place, Some(self.language)).into_owned());
        let names: Vec<String> = names.map(called).collect();
        let is_said = !names.is_empty() && !self.lines.is_empty();
        is_said.then(|| format!("{}: {}.", self.say("Keine Angabe", "No figure"), names.join(", ")))
    }

    /// Lists the texts below the drawing.
    pub(super) fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if self.left_out > 0 {
            let more = Label {
                de: "weitere Linien sind nicht gezeigt: gezeigt sind die mit den höchsten letzten Werten; mit area, topic oder basis eingrenzen",
                en: "more lines are not shown: those shown have the highest last values; narrow them with area, topic or basis",
            };
            notes.push(format!("{} {}.", self.left_out, more.in_language(self.language)));
        }
        if self.is_without_periods && !self.lines.is_empty() {
            let periods = self.say(
                "Zahlen über Zeiträume sind nicht gezeigt; kind=period zeigt sie.",
                "Figures of periods are not shown; kind=period shows them.",
            );
            notes.push(periods.to_owned());
        }
        if self.lines.iter().flat_map(|line| line.values.values()).any(|value| value.is_partial) {
            let partial = self.say(
                "Gezählt ist nur, was hier erfasst ist: das Register oder der Katalog ist unvollständig, es kann mehr geben.",
                "Only what is recorded here is counted: a register or catalogue is partial, there may be more.",
            );
            notes.push(partial.to_owned());
        }
        if let Some(broken) = Break::of(self.lines).filter(|_| self.lines.len() > LINES_MAX) {
            let unit = broken.unit.name().in_language(self.language);
            let rule = self.say("Doppelstrich: Reihenbruch, ab hier", "Double rule: a break, from here on");
            notes.push(format!("{rule} {unit}."));
        }
        notes.extend(self.silent());
        notes.push(self.source());
        let licence = self.publication.licence_name(self.language);
        let definition = self.header.measure.definition_id();
        notes.push(format!("{definition} · {} · {licence}", data_state(self.header, self.language)));
        notes.push(self.publication.permalink.clone());
        notes
    }

    fn source(&self) -> String {
        let mut names = vec![self.publication.operator.as_str()];
        let mut all: Vec<&str> =
            self.sources.iter().map(|(name, _)| name).filter(|name| !name.is_empty()).collect();
        all.dedup();
        names.extend(all.iter().take(SOURCES_MAX));
        let mut text = format!("{}: {}", self.say("Quelle", "Source"), names.join("; "));
        if all.len() > SOURCES_MAX {
            let _ = write!(text, "; {} {}", all.len() - SOURCES_MAX, self.say("weitere", "more"));
        }
        text
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
