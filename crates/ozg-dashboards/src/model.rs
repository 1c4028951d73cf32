//! The parts of a dashboard, independent of the JSON that Grafana reads.

use ozg_core::words::{Label, Language};

/// What an installation of the tracker is called from outside.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The address at which browsers reach the tracker, without a slash at its end.
    pub tracker: String,
    /// The earlier data state of *Damals und heute*: a day (`2026-06-30`) or a position (`p200`).
    pub then: String,
}

impl Default for Settings {
    /// Names what `make demo` serves.
    fn default() -> Settings {
        Settings { tracker: "http://127.0.0.1:8017".to_owned(), then: "p200".to_owned() }
    }
}

/// A text in both languages.
#[derive(Debug, Clone)]
pub struct Text {
    /// German, as officials write it.
    pub de: String,
    /// English.
    pub en: String,
}

impl From<Label> for Text {
    fn from(label: Label) -> Text {
        Text { de: label.de.to_owned(), en: label.en.to_owned() }
    }
}

impl Text {
    /// Returns the text in a language.
    #[must_use]
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::German => &self.de,
            Language::English => &self.en,
        }
    }
}

/// A page of panels.
#[derive(Debug, Clone)]
pub struct Dashboard {
    /// The name of its file and its address, in each language.
    pub file: Label,
    /// Its title.
    pub title: Label,
    /// The question that it answers.
    pub description: Label,
    /// The beginning of the time range, as Grafana writes it.
    pub from: &'static str,
    /// Choices at its top.
    pub variables: Vec<Variable>,
    /// Its panels, in reading order.
    pub panels: Vec<Panel>,
    /// Whether it shows progress over time; then it has marks at the dates of the law and at breaks of series.
    pub is_about_progress: bool,
}

/// A choice at the top of a dashboard.
#[derive(Debug, Clone)]
pub struct Variable {
    /// The name in queries.
    pub name: &'static str,
    /// The text before it.
    pub label: Label,
    /// A query of Grafana's Prometheus data source.
    pub query: &'static str,
    /// Extracts text and value from the result of the query.
    pub regex: &'static str,
    /// The initial choice.
    pub choice: Choice,
}

/// The initial choice of a variable.
#[derive(Debug, Clone, Copy)]
pub enum Choice {
    /// The text of one value, and the value; others take its place.
    One(&'static str, &'static str),
    /// The text of one value, and the value; others may be chosen beside it.
    Several(&'static str, &'static str),
    /// All values at once.
    All,
}

/// A mark on the time axis.
#[derive(Debug, Clone, Copy)]
pub struct Annotation {
    /// The text of the mark.
    pub title: Label,
    /// The day, in seconds since 1970 at midnight UTC.
    pub at_seconds: i64,
    /// The colour of the mark.
    pub color: &'static str,
}

/// How values are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visual {
    /// Lines over time that step, since a value holds until the next.
    Steps,
    /// One large number for each series.
    Stat,
    /// One large number on a coloured ground.
    Tile,
    /// One row for each combination of labels, one column for each query.
    Table,
    /// One bar for each series.
    Bars,
    /// Words that explain, as Markdown.
    Words,
    /// An empty place.
    Gap,
}

/// The data source of a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The query API of the tracker, as known now.
    Now,
    /// The same at an earlier data state.
    Then,
    /// A Prometheus that scrapes the tracker; only it has the history of the process metrics.
    Process,
}

/// A query with the name of its result.
#[derive(Debug, Clone)]
pub struct Query {
    /// The expression.
    pub expression: String,
    /// The legend, or the heading of the column.
    pub legend: Label,
    /// Its data source.
    pub source: Source,
    /// How its result differs from the rest of the panel.
    pub look: Look,
}

/// How the result of one query differs from the rest of the panel.
#[derive(Debug, Clone, Copy, Default)]
pub struct Look {
    /// The unit id of Grafana.
    pub unit: Option<Label>,
    /// A colour.
    pub color: Option<&'static str>,
    /// Whether its line is dashed, and drawn above the others.
    pub is_dashed: bool,
    /// Whether a table has a bar in its cells.
    pub is_bar: bool,
    /// Whether a table leaves the values out; then the query says which rows there are.
    pub is_hidden: bool,
}

/// Codes that a panel shows as words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Codes {
    /// Germany and the Länder.
    Areas,
    /// The topics.
    Topics,
    /// The stages of a milestone.
    Stages,
    /// What a value rests on.
    Basis,
    /// What is counted.
    Units,
    /// The types of entries.
    Types,
    /// How exactly a value is meant.
    Qualifiers,
}

/// A link to the figures of a panel.
#[derive(Debug, Clone)]
pub struct Csv {
    /// Which of the figures it has, if the panel shows several.
    pub of: Option<Label>,
    /// The address, relative to that of the tracker. `{then}` stands for the earlier data state.
    pub address: String,
}

/// The colour from each value on; the first has no value. Lines keep their own colours; the ranges show behind them.
pub type Thresholds = &'static [(Option<f64>, &'static str)];

/// One picture.
#[derive(Debug, Clone)]
pub struct Panel {
    /// Its title.
    pub title: Text,
    /// The figures that it shows, their definition, and the limits of their meaning. Of words: the words.
    pub description: Text,
    /// How values are drawn.
    pub visual: Visual,
    /// The unit id of Grafana.
    pub unit: &'static str,
    /// Width of 24, and height.
    pub size: (u32, u32),
    /// Its queries.
    pub queries: Vec<Query>,
    /// The same figures as CSV.
    pub csv: Vec<Csv>,
    /// The colour from each value on.
    pub thresholds: Thresholds,
    /// Texts that replace values: `(value, text, colour)`.
    pub words_for: &'static [(&'static str, Label, &'static str)],
    /// The codes in legends that are shown as words.
    pub codes: &'static [Codes],
    /// Labels that a table leaves out, since all rows have the same.
    pub left_out: &'static [&'static str],
    /// The heading by which a table is ordered, the greatest first.
    pub ordered_by: Option<Label>,
    /// What the axis counts.
    pub axis: Option<Label>,
    /// What it says if there is nothing.
    pub nothing: Label,
    /// Whether the names of its values are what it shows, and not the values.
    pub shows_names: bool,
}

impl Panel {
    /// Makes a panel of plain numbers, half as wide as the page.
    #[must_use]
    pub(crate) fn new(visual: Visual, title: impl Into<Text>, description: impl Into<Text>) -> Panel {
        Panel {
            title: title.into(),
            description: description.into(),
            visual,
            unit: "locale",
            size: (12, 9),
            queries: Vec::new(),
            csv: Vec::new(),
            thresholds: &[(None, "blue")],
            words_for: &[],
            codes: &[],
            left_out: &[],
            ordered_by: None,
            axis: None,
            shows_names: false,
            nothing: Label { de: "Dazu ist nichts bekannt", en: "Nothing is known about this" },
        }
    }

    /// Adds a query to the data source that is chosen.
    #[must_use]
    pub(crate) fn ask(self, expression: impl Into<String>, legend: Label) -> Panel {
        self.ask_of(Source::Now, expression, legend)
    }

    /// Adds a query to a data source.
    #[must_use]
    pub(crate) fn ask_of(mut self, source: Source, expression: impl Into<String>, legend: Label) -> Panel {
        self.queries.push(Query { expression: expression.into(), legend, source, look: Look::default() });
        self
    }

    /// Sets how the result of the last query differs.
    #[must_use]
    pub(crate) fn looking(mut self, look: Look) -> Panel {
        if let Some(query) = self.queries.last_mut() {
            query.look = look;
        }
        self
    }

    /// Sets the unit.
    #[must_use]
    pub(crate) fn unit(self, unit: &'static str) -> Panel {
        Panel { unit, ..self }
    }

    /// Sets the size.
    #[must_use]
    pub(crate) fn size(self, width: u32, height: u32) -> Panel {
        Panel { size: (width, height), ..self }
    }

    /// Adds the address of the same figures.
    #[must_use]
    pub(crate) fn csv(mut self, address: impl Into<String>) -> Panel {
        self.csv.push(Csv { of: None, address: address.into() });
        self
    }

    /// Adds the address of some of the figures.
    #[must_use]
    pub(crate) fn csv_of(mut self, of: Label, address: impl Into<String>) -> Panel {
        self.csv.push(Csv { of: Some(of), address: address.into() });
        self
    }

    /// Sets the colours.
    #[must_use]
    pub(crate) fn thresholds(self, thresholds: Thresholds) -> Panel {
        Panel { thresholds, ..self }
    }

    /// Sets the texts that replace values.
    #[must_use]
    pub(crate) fn words_for(self, words_for: &'static [(&'static str, Label, &'static str)]) -> Panel {
        Panel { words_for, ..self }
    }

    /// Sets the codes in legends that are shown as words.
    #[must_use]
    pub(crate) fn codes(self, codes: &'static [Codes]) -> Panel {
        Panel { codes, ..self }
    }

    /// Sets the labels that a table leaves out.
    #[must_use]
    pub(crate) fn without(self, left_out: &'static [&'static str]) -> Panel {
        Panel { left_out, ..self }
    }

    /// Sets the heading by which a table is ordered, the greatest first.
    #[must_use]
    pub(crate) fn ordered_by(self, heading: Label) -> Panel {
        Panel { ordered_by: Some(heading), ..self }
    }

    /// Sets what the axis counts.
    #[must_use]
    pub(crate) fn axis(self, axis: Label) -> Panel {
        Panel { axis: Some(axis), ..self }
    }

    /// Sets what it says if there is nothing.
    #[must_use]
    pub(crate) fn or_nothing(self, nothing: Label) -> Panel {
        Panel { nothing, ..self }
    }

    /// Shows the names of its values only.
    #[must_use]
    pub(crate) fn names_only(self) -> Panel {
        Panel { shows_names: true, ..self }
    }
}
