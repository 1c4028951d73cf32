//! How a chart looks: colours of both themes, letters, and the canvas that writes shapes as SVG. Colours stand in attributes of
//! presentation: a style of its own is blocked where a policy of content forbids it, and drawing programs may not read one.

use super::text::{characters, wrapped};
use crate::xml::escape;
use ozg_core::query::Theme;
use std::fmt::{Arguments, Write as _};

/// Height of a line relative to the size of the letters.
const LINE_HEIGHT: f64 = 1.35;

/// The colours of a theme. Those of series are at least 6:1 on the ground.
pub(super) struct Look {
    pub(super) ground: &'static str,
    pub(super) text: &'static str,
    pub(super) muted: &'static str,
    pub(super) axis: &'static str,
    grid: &'static str,
    alarm: &'static str,
    series: [&'static str; 4],
}

const LIGHT: Look = Look {
    ground: "#ffffff",
    text: "#131525",
    muted: "#4f5468",
    axis: "#70758a",
    grid: "#e2e4eb",
    alarm: "#b3261e",
    series: ["#2044aa", "#925400", "#007155", "#9533be"],
};
const DARK: Look = Look {
    ground: "#131525",
    text: "#f2f3f8",
    muted: "#b9bccb",
    axis: "#8d91a5",
    grid: "#2c3046",
    alarm: "#ff9c92",
    series: ["#97afe1", "#f69a00", "#3cc39f", "#ce9ce8"],
};

impl Look {
    /// Returns the colours of a theme.
    pub(super) fn of(theme: Theme) -> &'static Look {
        match theme {
            Theme::Light => &LIGHT,
            Theme::Dark => &DARK,
        }
    }

    /// Returns the colour of a series; after the fourth they begin anew.
    pub(super) fn series(&self, at: usize) -> &'static str {
        self.series[at % self.series.len()]
    }
}

/// The letters of a text.
#[derive(Clone, Copy)]
pub(super) struct Letters {
    pub(super) size: f64,
    pub(super) colour: &'static str,
    pub(super) is_bold: bool,
    /// `start`, `middle` or `end`.
    pub(super) anchor: &'static str,
}

impl Letters {
    /// Returns letters of a size that begin where they stand.
    pub(super) fn new(size: f64, colour: &'static str) -> Letters {
        Letters { size, colour, is_bold: false, anchor: "start" }
    }

    /// Returns the same in bold.
    pub(super) fn bold(self) -> Letters {
        Letters { is_bold: true, ..self }
    }

    /// Returns the same around or before where they stand.
    pub(super) fn at(self, anchor: &'static str) -> Letters {
        Letters { anchor, ..self }
    }
}

/// Writes shapes and texts.
pub(super) struct Canvas {
    pub(super) out: String,
    pub(super) look: &'static Look,
    /// The place of the next line of a text that runs on.
    pub(super) y: f64,
}

impl Canvas {
    /// Makes an empty one.
    pub(super) fn new(look: &'static Look) -> Canvas {
        Canvas { out: String::new(), look, y: 0.0 }
    }

    fn put(&mut self, element: Arguments<'_>) {
        let _ = writeln!(self.out, "{element}");
    }

    /// Begins a group with a name.
    pub(super) fn open(&mut self, title: &str) {
        self.put(format_args!("<g><title>{}</title>", escape(title)));
    }

    /// Ends a group.
    pub(super) fn close(&mut self) {
        self.put(format_args!("</g>"));
    }

    /// Draws a straight line.
    pub(super) fn line(&mut self, from: (f64, f64), to: (f64, f64), colour: &str, width: f64) {
        let ((x1, y1), (x2, y2)) = (from, to);
        self.put(format_args!(
            "<line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" stroke=\"{colour}\" stroke-width=\"{width}\"/>"
        ));
    }

    /// Draws a line of the grid.
    pub(super) fn grid(&mut self, from: (f64, f64), to: (f64, f64)) {
        self.line(from, to, self.look.grid, 1.0);
    }

    /// Draws a path along its outline; `dashes` are lengths, none means solid.
    pub(super) fn path(&mut self, path: &str, colour: &str, width: f64, dashes: &str) {
        let dashes = match dashes {
            "" => String::new(),
            // Dots are round ends of dashes of hardly any length.
            "1 5" => " stroke-dasharray=\"0.1 5\" stroke-linecap=\"round\"".to_owned(),
            dashes => format!(" stroke-dasharray=\"{dashes}\""),
        };
        self.put(format_args!(
            "<path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\"{dashes}/>"
        ));
    }

    /// Draws a closed path with a title of its own.
    pub(super) fn shape(&mut self, path: &str, (fill, stroke): (&str, &str), title: &str) {
        let title =
            if title.is_empty() { String::new() } else { format!("<title>{}</title>", escape(title)) };
        self.put(format_args!(
            "<path d=\"{path}\" fill=\"{fill}\" stroke=\"{stroke}\" stroke-width=\"1.8\" stroke-linejoin=\"round\">{title}</path>"
        ));
    }

    /// Draws a bar with a title of its own.
    pub(super) fn bar(&mut self, [x, y, width, height]: [f64; 4], (fill, opacity): (&str, f64), title: &str) {
        self.put(format_args!(
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" fill=\"{fill}\" fill-opacity=\"{opacity}\"><title>{}</title></rect>",
            escape(title)
        ));
    }

    /// Writes a text in one line.
    pub(super) fn text(&mut self, letters: Letters, at: (f64, f64), text: &str) {
        self.runs(letters, at, &[(text, letters.is_bold)]);
    }

    /// Writes parts of a text in one line, each bold or not.
    pub(super) fn runs(&mut self, letters: Letters, (x, y): (f64, f64), parts: &[(&str, bool)]) {
        let weight = |is_bold: bool| if is_bold { " font-weight=\"600\"" } else { "" };
        let anchor = match letters.anchor {
            "start" => String::new(),
            anchor => format!(" text-anchor=\"{anchor}\""),
        };
        let (size, colour) = (letters.size, letters.colour);
        let inner: String = match parts {
            [(text, _)] => escape(text),
            parts => parts
                .iter()
                .enumerate()
                .map(|(at, (text, is_bold))| {
                    // LibreOffice drops a blank that stands between two parts.
                    let blank = if at + 1 < parts.len() { "\u{a0}" } else { "" };
                    format!("<tspan{}>{}{blank}</tspan>", weight(*is_bold), escape(text))
                })
                .collect(),
        };
        let bold = matches!(parts, [(_, true)]);
        self.put(format_args!(
            "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{size}\" fill=\"{colour}\"{}{anchor}>{inner}</text>",
            weight(bold)
        ));
    }

    /// Writes a text on a halo in the colour of the ground, so that lines behind it do not disturb.
    pub(super) fn text_in_front(&mut self, letters: Letters, (x, y): (f64, f64), text: &str) {
        let ground = self.look.ground;
        self.put(format_args!(
            "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{}\" fill=\"{ground}\" stroke=\"{ground}\" stroke-width=\"4\" stroke-linejoin=\"round\" text-anchor=\"{}\" aria-hidden=\"true\"{}>{}</text>",
            letters.size,
            letters.anchor,
            if letters.is_bold { " font-weight=\"600\"" } else { "" },
            escape(text)
        ));
        self.text(letters, (x, y), text);
    }

    /// Writes a text in lines of at most `width`, one below the other.
    pub(super) fn paragraph(&mut self, letters: Letters, (x, width): (f64, f64), text: &str) {
        // Bold letters are wider, and short lines do not even that out.
        let room = if letters.is_bold { width - 1.5 * letters.size } else { width };
        for line in wrapped(text, characters(room, letters.size)) {
            self.y += letters.size * LINE_HEIGHT;
            self.text(letters, (x, self.y), &line);
        }
    }

    /// Returns the colour of warnings.
    pub(super) fn alarm(&self) -> &'static str {
        self.look.alarm
    }

    /// Draws strokes across a band from the lower left to the upper right.
    pub(super) fn hatch(&mut self, (left, right): (f64, f64), (top, bottom): (f64, f64)) {
        let height = bottom - top;
        let mut path = String::new();
        let mut x = left - height + 3.0;
        while x < right {
            let (from, to) = (x.max(left), (x + height).min(right));
            if to > from {
                let _ =
                    write!(path, "M{from:.1} {:.1}L{to:.1} {:.1}", bottom - (from - x), bottom - (to - x));
            }
            x += 6.0;
        }
        self.path(&path, self.look.axis, 0.9, "");
    }
}
