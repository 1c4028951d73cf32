//! Series as a step chart (SVG 1.1): title, subtitle, axes, a name and the last value at the end of each line, source,
//! data state, licence and permalink. A chart has no script and no external font; its bytes depend on the answer alone.

mod axes;
mod marks;
mod text;

use super::Publication;
use super::cell;
use super::lines::{DrawnLine, DrawnLines};
use super::narrowing::narrowing;
use super::sources::Sources;
use crate::xml::escape;
use axes::{Frame, draw_axes};
use marks::{draw_labels, draw_lines, height_of_names};
use ozg_core::query::Show;
use ozg_core::series::{Header, Row};
use ozg_core::words::{Basis, Label, Language, Number, Place};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{self, Write};
use text::{Pen, data_state, date, said};

/// Most lines of a chart.
const LINES_MAX: usize = 12;
/// Width of the whole, in the units of the drawing.
const WIDTH: f64 = 860.0;
/// Free space at the sides.
const MARGIN: f64 = 24.0;
/// Least height of the drawing between the axes.
const PLOT_HEIGHT: f64 = 320.0;
/// Most sources that are named below.
const SOURCES_MAX: usize = 4;

/// A chart and its language.
struct Chart<'a> {
    header: &'a Header,
    publication: &'a Publication,
    language: Language,
    lines: &'a [DrawnLine],
    left_out: usize,
    is_without_periods: bool,
    sources: &'a Sources,
    /// The places asked for that have no value.
    silent: Vec<&'a Place>,
}

/// Writes a series as a chart.
///
/// # Errors
/// Those of the writer.
pub(crate) fn write(
    header: &Header,
    publication: &Publication,
    rows: &mut dyn Iterator<Item = Row>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let (mut sources, mut heard) = (Sources::default(), BTreeSet::new());
    let noted = rows.inspect(|row| {
        sources.note(row);
        if row.value.is_some() || row.share.is_some() {
            heard.insert(row.area.clone());
        }
    });
    let DrawnLines { mut lines, is_without_periods, .. } = DrawnLines::of_chart(header, noted);
    lines.retain(|line| !line.values.is_empty());
    let language = header.query.language.unwrap_or_default();
    let left_out = lines.len().saturating_sub(LINES_MAX);
    let lines = &foremost(lines);
    let asked = header.query.areas.iter().flatten();
    let silent = asked.filter(|place| !heard.contains(*place)).collect();
    let chart = Chart {
        header,
        publication,
        language,
        lines,
        left_out,
        is_without_periods,
        sources: &sources,
        silent,
    };
    out.write_all(chart.svg().as_bytes())
}

/// Chooses the lines that a chart shows: first those that are not always zero, among them those with the highest latest
/// values. They keep their order.
fn foremost(lines: Vec<DrawnLine>) -> Vec<DrawnLine> {
    let last = |line: &DrawnLine| line.values.last_key_value().map(|(_, value)| value.number);
    let is_more = |line: &DrawnLine| line.values.values().any(|value| value.number != Number::from(0));
    let mut lines: Vec<(usize, DrawnLine)> = lines.into_iter().enumerate().collect();
    lines.sort_by_cached_key(|(_, line)| std::cmp::Reverse((is_more(line), last(line))));
    lines.truncate(LINES_MAX);
    lines.sort_by_key(|(at, _)| *at);
    lines.into_iter().map(|(_, line)| line).collect()
}

impl Chart<'_> {
    fn say(&self, de: &'static str, en: &'static str) -> &'static str {
        Label { de, en }.in_language(self.language)
    }

    fn svg(&self) -> String {
        let mut pen = Pen::new(MARGIN, 40.0);
        let width = WIDTH - 2.0 * MARGIN;
        pen.paragraph("title", &self.title(), (width, 22.0));
        pen.paragraph("subtitle", &self.subtitle(), (width, 14.5));
        if self.header.simulated {
            let warning = self.say("SIMULIERTE DATEN – keine Tatsachen", "SIMULATED DATA – no facts");
            pen.paragraph("warning", warning, (width, 14.5));
        }
        let top = pen.y + 4.0;
        let show = self.header.query.show;
        let height = height_of_names(self.lines, show == Show::Share, self.language).max(PLOT_HEIGHT);
        match Frame::around(self.lines, show, (top, height)) {
            Some(frame) => {
                draw_axes(&frame, self.language, &mut pen.out);
                draw_lines(&frame, self.lines, self.language, &mut pen.out);
                draw_labels(&frame, self.lines, self.language, &mut pen.out);
            }
            None => {
                pen.y = top + PLOT_HEIGHT / 2.0;
                let nothing =
                    self.say("Zu dieser Frage gibt es keine Werte.", "This question has no values.");
                pen.paragraph("subtitle", nothing, (width, 14.5));
            }
        }
        pen.y = top + height + 62.0;
        for note in self.notes() {
            pen.paragraph("note", &note, (width, 12.0));
        }
        self.whole(&pen)
    }

    /// Returns the whole document around the drawing.
    fn whole(&self, pen: &Pen) -> String {
        let height = pen.y + 8.0;
        let (title, description) = (escape(&self.title()), escape(&self.description()));
        let tag = self.language.tag();
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH:.0} {height:.0}\" width=\"{WIDTH:.0}\" height=\"{height:.0}\" role=\"img\" aria-labelledby=\"title desc\" lang=\"{tag}\" font-family=\"'Source Sans 3', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif\">\n<title id=\"title\">{title}</title>\n<desc id=\"desc\">{description}</desc>\n<style>{STYLE}</style>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n{}</svg>\n",
            pen.out
        )
    }

    /// Names the places asked for that have no value; none where nothing is drawn.
    fn silent(&self) -> Option<String> {
        let names: Vec<_> =
            self.silent.iter().map(|place| cell::area(place, Some(self.language)).into_owned()).collect();
        let is_said = !names.is_empty() && !self.lines.is_empty();
        is_said.then(|| format!("{}: {}.", self.say("Keine Angabe", "No figure"), names.join(", ")))
    }

    fn title(&self) -> String {
        self.header.measure.name().in_language(self.language).to_owned()
    }

    fn subtitle(&self) -> String {
        let unit = self.header.measure.row().value_unit.in_language(self.language);
        let shown = match self.header.query.show {
            Show::Value => unit.to_owned(),
            Show::Share => self.say("Anteil in Prozent", "share in per cent").to_owned(),
            Show::Change => {
                format!("{} ({unit})", self.say("Veränderung zum vorigen Wert", "change to the value before"))
            }
        };
        let first = self.lines.first();
        let only = first.filter(|_| self.lines.len() == 1).map(|line| line.heading.clone());
        let basis = first.map(|line| line.basis).filter(|basis| self.lines.iter().all(|l| l.basis == *basis));
        let basis = basis.map(|basis| basis.name().in_language(self.language).to_owned());
        let mut parts = vec![shown];
        let rest = narrowing(self.header, self.language).into_iter().chain(only).chain(basis);
        for part in rest.chain(self.span()) {
            if !parts.contains(&part) {
                parts.push(part);
            }
        }
        parts.join(" · ")
    }

    /// Names the days of the chart.
    fn span(&self) -> Option<String> {
        let days = || self.lines.iter().flat_map(|line| line.values.keys());
        let (first, last) = (days().min()?, days().max()?);
        let (first, last) = (date(*first, self.language), date(*last, self.language));
        Some(if first == last { first } else { format!("{first} – {last}") })
    }

    /// Describes for people who cannot see the chart where each line ends.
    fn description(&self) -> String {
        let percent = self.header.query.show == Show::Share;
        let ends = self.lines.iter().filter_map(|line| {
            let (day, value) = line.values.last_key_value()?;
            let (day, value) = (date(*day, self.language), said(value, percent, self.language));
            Some(format!("{}: {value} ({day})", line.heading))
        });
        let ends: Vec<String> = ends.collect();
        format!("{}. {}. {}", self.subtitle(), ends.join("; "), data_state(self.header, self.language))
    }

    /// Lists the texts below the drawing.
    fn notes(&self) -> Vec<String> {
        let values = || self.lines.iter().flat_map(|line| line.values.values());
        let mut notes = Vec::new();
        if self.left_out > 0 {
            let more = self.say(
                "weitere Linien sind nicht gezeigt: gezeigt sind die mit den höchsten letzten Werten; mit area, topic oder basis eingrenzen",
                "more lines are not shown: those shown have the highest last values; narrow them with area, topic or basis",
            );
            notes.push(format!("{} {more}.", self.left_out));
        }
        if self.is_without_periods {
            let periods = self.say(
                "Zahlen über Zeiträume sind nicht gezeigt; kind=period zeigt sie.",
                "Figures of periods are not shown; kind=period shows them.",
            );
            notes.push(periods.to_owned());
        }
        if values().any(|value| value.highest.is_some()) {
            let conflict = self.say(
                "Senkrechter Strich: Quellen widersprechen sich; die Linie zeigt den niedrigsten Wert, der Strich reicht bis zum höchsten.",
                "Vertical bar: sources contradict each other; the line shows the lowest value, the bar reaches to the highest.",
            );
            notes.push(conflict.to_owned());
        }
        if values().any(|value| value.qualifiers[0].is_some()) {
            let inexact = self.say(
                "Offenes Dreieck: kein genauer Wert; es sind mehr (Dreieck darüber), weniger (darunter) oder ungefähr so viele (beides).",
                "Open triangle: no exact value; there are more (triangle above), fewer (below) or about so many (both).",
            );
            notes.push(inexact.to_owned());
        }
        if values().any(|value| value.is_running) {
            let running =
                self.say("Hohler Punkt: der Zeitraum läuft noch.", "Hollow dot: the period has not ended.");
            notes.push(running.to_owned());
        }
        if self.lines.iter().any(|line| line.carried_behind().is_some()) {
            let carried = self.say(
                "Gepunktet: fortgeschrieben seit der letzten Angabe, höchstens zwölf Monate lang.",
                "Dotted: carried since the last claim, for twelve months at most.",
            );
            notes.push(carried.to_owned());
        }
        if values().any(|value| value.is_partial) {
            let partial = self.say(
                "Gezählt ist nur, was hier erfasst ist: das Register oder der Katalog ist unvollständig, es kann mehr geben.",
                "Only what is recorded here is counted: a register or catalogue is partial, there may be more.",
            );
            notes.push(partial.to_owned());
        }
        notes.extend(self.silent());
        if self.lines.iter().any(|line| line.basis != Basis::Counted)
            && self.lines.iter().any(|line| line.basis == Basis::Counted)
        {
            let dashes = self.say(
                "Durchgezogen: gezählte Werte; gestrichelt: Angaben und Ziele anderer.",
                "Solid: counted values; dashed: claims and targets of others.",
            );
            notes.push(dashes.to_owned());
        }
        notes.push(self.source());
        let licence = self.publication.licence_name(self.language);
        notes.push(format!(
            "{} · {} · {licence}",
            self.header.measure.definition_id(),
            data_state(self.header, self.language)
        ));
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

const STYLE: &str = ".title{font-size:22px;font-weight:600;fill:#1b1b1b}.subtitle{font-size:14.5px;fill:#4d4d4d}.warning{font-size:14.5px;font-weight:700;fill:#b3261e}.note{font-size:12px;fill:#595959}.tick{font-size:12.5px;fill:#4d4d4d}.label{font-size:13px;fill:#1b1b1b}.value{font-weight:600}.grid{stroke:#e3e3e3;stroke-width:1}.zero{stroke:#767676;stroke-width:1.2}.leader{stroke-width:1;fill:none;opacity:.6}.line{fill:none;stroke-width:2.4;stroke-linejoin:round;stroke-linecap:round}.dot{stroke-width:2}.inexact{fill:#fff;stroke-width:1.5;stroke-dasharray:none}.range{stroke-width:5;opacity:.35}";
