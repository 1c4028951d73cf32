//! Series as a step chart (SVG 1.1): title, what is measured, axes, marks at observations, a name and the last value at the end
//! of each line, key, source, data state, licence and permalink. More than four lines are small multiples. A chart has no script,
//! no style and no external font; its bytes depend on the answer alone.

mod axes;
mod frame;
mod key;
mod labels;
mod lines;
mod look;
mod marks;
mod multiples;
mod notes;
mod runs;
mod text;

use super::Publication;
use super::lines::{DrawnLine, DrawnLines};
use super::sources::Sources;
use crate::xml::escape;
use axes::{draw_days, draw_numbers};
use frame::{Frame, Scale};
use key::draw_key;
use labels::{Named, draw_names, list_names, room};
use lines::{draw_bars, draw_break, draw_line, draw_silences};
use look::{Canvas, Letters, Look};
use marks::draw_marks;
use multiples::{Grid, draw_multiples};
use ozg_core::query::Show;
use ozg_core::series::{Header, Row};
use ozg_core::words::{Day, Label, Language, Number, Place};
use runs::Break;
use std::collections::BTreeSet;
use std::io::{self, Write};
use text::width_of;

/// Most lines in one drawing.
const LINES_MAX: usize = 4;
/// Most drawings of small multiples.
const DRAWINGS_MAX: usize = 24;
/// Width of the whole, where none is asked for.
const WIDTH: u32 = 960;
/// Up to this width a chart is laid out for a narrow column.
const NARROW_MAX: u32 = 600;

/// A chart and its language.
struct Chart<'a> {
    header: &'a Header,
    publication: &'a Publication,
    language: Language,
    lines: &'a [DrawnLine],
    /// The first and the last day that anything was asked about.
    days: Option<(Day, Day)>,
    left_out: usize,
    is_without_periods: bool,
    has_values: bool,
    sources: &'a Sources,
    /// The places asked for that have no value.
    silent: Vec<&'a Place>,
    /// The service that everything is about, where it is only one.
    service: Option<String>,
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
    let (mut sources, mut heard, mut services) = (Sources::default(), BTreeSet::new(), BTreeSet::new());
    let noted = rows.inspect(|row| {
        sources.note(row);
        if row.value.is_some() || row.share.is_some() {
            heard.insert(row.area.clone());
            services.insert(row.service.as_ref().map(ToString::to_string));
        }
    });
    let DrawnLines { days, mut lines, is_without_periods } =
        DrawnLines::of_chart(header, &publication.names, noted);
    lines.retain(|line| !line.values.is_empty());
    let (lines, left_out) = foremost(lines);
    let asked = header.query.areas.iter().flatten();
    let silent = asked.filter(|place| !heard.contains(*place)).collect();
    let chart = Chart {
        header,
        publication,
        language: header.query.language.unwrap_or_default(),
        days: span(&days, &lines),
        lines: &lines,
        left_out,
        is_without_periods,
        has_values: !heard.is_empty(),
        sources: &sources,
        silent,
        service: services.pop_first().flatten().filter(|_| services.is_empty()),
    };
    out.write_all(chart.svg().as_bytes())
}

/// Returns the first and the last day, of periods from their beginning.
fn span(days: &[Day], lines: &[DrawnLine]) -> Option<(Day, Day)> {
    let periods = lines.iter().filter(|line| line.period.is_some()).flat_map(|line| line.values.values());
    let begins = periods.filter_map(|value| Some(value.observed?.period()?.0));
    let first = days.iter().copied().chain(begins).min()?;
    Some((first, *days.last()?))
}

/// Chooses the subjects that a chart shows: first those that are not always zero, among them those with the highest latest
/// values. They keep their order. Tells how many lines are left out.
fn foremost(lines: Vec<DrawnLine>) -> (Vec<DrawnLine>, usize) {
    let last = |line: &DrawnLine| line.values.last_key_value().map(|(_, value)| value.number);
    let is_more = |line: &DrawnLine| line.values.values().any(|value| value.number != Number::from(0));
    let mut ranked: Vec<&DrawnLine> = lines.iter().collect();
    ranked.sort_by_cached_key(|line| std::cmp::Reverse((is_more(line), last(line))));
    let mut chosen: BTreeSet<String> = BTreeSet::new();
    for line in ranked {
        if chosen.len() < DRAWINGS_MAX {
            chosen.insert(line.subject.clone());
        }
    }
    let all = lines.len();
    let shown: Vec<DrawnLine> = lines.into_iter().filter(|line| chosen.contains(&line.subject)).collect();
    let left_out = all - shown.len();
    (shown, left_out)
}

impl Chart<'_> {
    fn say(&self, de: &'static str, en: &'static str) -> &'static str {
        Label { de, en }.in_language(self.language)
    }

    fn width(&self) -> u32 {
        self.header.query.width.unwrap_or(WIDTH)
    }

    fn is_narrow(&self) -> bool {
        self.width() <= NARROW_MAX
    }

    fn margin(&self) -> f64 {
        if self.is_narrow() { 12.0 } else { 24.0 }
    }

    /// Tells whether values are bars: changes and periods do not hold until the next.
    fn has_bars(&self) -> bool {
        self.header.query.show == Show::Change || self.lines.iter().all(|line| line.period.is_some())
    }

    /// Lists the lines of each subject.
    fn groups(&self) -> Vec<Vec<&DrawnLine>> {
        let mut groups: Vec<Vec<&DrawnLine>> = Vec::new();
        for line in self.lines {
            match groups.iter_mut().find(|group| group[0].subject == line.subject) {
                Some(group) => group.push(line),
                None => groups.push(vec![line]),
            }
        }
        groups
    }

    fn svg(&self) -> String {
        let mut canvas = Canvas::new(Look::of(self.header.query.theme));
        let look = canvas.look;
        let (left, width) = (self.margin(), f64::from(self.width()) - 2.0 * self.margin());
        canvas.y = if self.is_narrow() { 6.0 } else { 14.0 };
        let (title, text) = if self.is_narrow() { (18.0, 13.0) } else { (22.0, 14.0) };
        canvas.paragraph(Letters::new(title, look.text).bold(), (left, width), &self.title());
        canvas.y += 3.0;
        for part in self.subtitle() {
            canvas.paragraph(Letters::new(text, look.muted), (left, width), &part);
        }
        if self.header.simulated {
            let warning = self.say("SIMULIERTE DATEN – keine Tatsachen", "SIMULATED DATA – no facts");
            let letters = Letters::new(text, canvas.alarm()).bold();
            canvas.paragraph(letters, (left, width), warning);
        }
        self.draw(&mut canvas, (left, width));
        canvas.y += 8.0;
        for note in self.notes() {
            canvas.paragraph(Letters::new(12.0, look.muted), (left, width), &note);
        }
        self.whole(&canvas)
    }

    fn draw(&self, canvas: &mut Canvas, (left, width): (f64, f64)) {
        let groups = self.groups();
        let is_multiple =
            self.lines.len() > LINES_MAX || self.has_bars() && self.lines.len() > 1 && groups.len() > 1;
        let show = self.header.query.show;
        let scale = Scale::of(self.lines, show, if is_multiple { 2.0 } else { 6.0 });
        let (Some(scale), Some(days)) = (scale, self.days) else {
            self.draw_nothing(canvas, (left, width));
            return;
        };
        let has_silence = if is_multiple {
            let axis = Letters::new(axes::TICK, canvas.look.muted);
            canvas.y += 8.0;
            canvas.paragraph(axis, (left, width), &self.axis());
            let broken = Break::of(self.lines);
            let (name, basis) =
                (|line: &DrawnLine| self.subject(line), |line: &DrawnLine| self.basis(line.basis));
            let grid = Grid {
                scale: &scale,
                days,
                broken,
                bars: self.has_bars(),
                language: self.language,
                name: &name,
                basis: &basis,
            };
            draw_multiples(canvas, &grid, &groups, (left, width))
        } else {
            self.draw_together(canvas, (&scale, days), &groups, (left, width))
        };
        draw_key(canvas, self.lines, (left, width), (days.1, self.has_bars(), has_silence), self.language);
    }

    /// Draws all lines in one drawing. Tells whether nothing is known somewhere.
    fn draw_together(
        &self,
        canvas: &mut Canvas,
        (scale, days): (&Scale, (Day, Day)),
        groups: &[Vec<&DrawnLine>],
        (left, width): (f64, f64),
    ) -> bool {
        let named = self.named(groups, canvas.look);
        let broken = Break::of(self.lines);
        let is_named_beside = !self.is_narrow() && !self.has_bars();
        if self.is_narrow() && !self.has_bars() {
            canvas.y += 4.0;
            list_names(canvas, &named, (left, width), (scale.is_share, self.language));
        }
        let axis = Letters::new(axes::TICK, canvas.look.muted);
        canvas.y += 10.0;
        canvas.paragraph(axis, (left, width), &self.axis());
        let numbers =
            scale.ticks(self.language).iter().map(|(_, text)| width_of(text, axes::TICK)).fold(0.0, f64::max);
        let names = if is_named_beside { room(&named, (scale.is_share, self.language), 170.0) } else { 14.0 };
        let top = canvas.y + if broken.is_some() { 40.0 } else { 26.0 };
        let height = if self.is_narrow() { 210.0 } else { 320.0 };
        let frame = Frame {
            scale,
            days,
            sides: (left + numbers + 10.0, left + width - names),
            ends: (top, top + height),
        };
        draw_numbers(canvas, &frame, self.language);
        draw_days(canvas, &frame, self.language);
        let lines: Vec<&DrawnLine> = self.lines.iter().collect();
        let is_silent = !self.has_bars() && draw_silences(canvas, &frame, &lines, (broken, self.language));
        if let Some(broken) = broken.filter(|_| !self.has_bars()) {
            draw_break(canvas, &frame, broken, self.language);
        }
        for one in named.iter().rev() {
            canvas.open(&one.line.heading);
            if self.has_bars() {
                draw_bars(canvas, &frame, one.line, (one.colour, self.language));
            } else {
                draw_line(canvas, &frame, one.line, (one.colour, broken));
                draw_marks(canvas, &frame, one.line, (one.colour, 5.5, self.language));
            }
            canvas.close();
        }
        if !self.has_bars() {
            labels::draw_numbers(canvas, &frame, &named, (broken, self.language));
        }
        if is_named_beside {
            draw_names(canvas, &frame, &named, (names, broken, self.language));
        }
        canvas.y = top + height + 42.0;
        is_silent
    }

    /// Names lines by what they are about; those about the same by how they are known.
    fn named(&self, groups: &[Vec<&DrawnLine>], look: &'static Look) -> Vec<Named<'_>> {
        let mut named = Vec::new();
        for line in self.lines {
            let at = groups.iter().position(|group| group[0].subject == line.subject).unwrap_or_default();
            let name = match (groups.len(), groups.get(at).map_or(1, Vec::len)) {
                (_, 1) => self.subject(line),
                (1, _) => self.basis(line.basis).to_owned(),
                _ => format!("{}, {}", self.subject(line), self.basis(line.basis)),
            };
            named.push(Named { line, colour: look.series(at), name });
        }
        named
    }

    /// Names what a line is about; beside lines that are narrowed, one that is not.
    fn subject(&self, line: &DrawnLine) -> String {
        match line.subject.as_str() {
            "" => self.say("insgesamt", "in total").to_owned(),
            subject => subject.to_owned(),
        }
    }

    /// Says in place of a drawing that and why there is nothing.
    fn draw_nothing(&self, canvas: &mut Canvas, (left, width): (f64, f64)) {
        canvas.y += 16.0;
        let [nothing, why] = self.nothing();
        let (text, muted) = (canvas.look.text, canvas.look.muted);
        canvas.y += 20.0;
        canvas.paragraph(Letters::new(18.0, text).bold(), (left + 16.0, width - 32.0), nothing);
        canvas.y += 4.0;
        canvas.paragraph(Letters::new(14.0, muted), (left + 16.0, width - 32.0), why);
        canvas.y += 44.0;
        canvas.hatch((left, left + width), (canvas.y - 14.0, canvas.y));
        canvas.y += 10.0;
    }

    /// Returns the whole document around the drawing.
    fn whole(&self, canvas: &Canvas) -> String {
        let (width, height, tag) = (self.width(), canvas.y + 16.0, self.language.tag());
        let (title, description) = (escape(&self.title()), escape(&self.description()));
        let ground = canvas.look.ground;
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height:.0}\" viewBox=\"0 0 {width} {height:.0}\" role=\"img\" aria-labelledby=\"title desc\" lang=\"{tag}\" font-family=\"'Fira Sans', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif\">\n<title id=\"title\">{title}</title>\n<desc id=\"desc\">{description}</desc>\n<rect width=\"{width}\" height=\"{height:.0}\" fill=\"{ground}\"/>\n{}</svg>\n",
            canvas.out
        )
    }
}
