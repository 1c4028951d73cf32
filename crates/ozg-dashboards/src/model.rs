//! The parts of a dashboard, independent of the JSON that Grafana reads.

use ozg_core::words::Label;

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
    /// The text of the initial choice.
    pub text: &'static str,
    /// The value of the initial choice.
    pub value: &'static str,
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
    /// One row for each combination of labels, one column for each query.
    Table,
    /// One bar for each series.
    Bars,
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
}

/// The colour from each value on; the first has no value. Lines keep their own colours; the ranges show behind them.
pub type Thresholds = &'static [(Option<f64>, &'static str)];

/// One picture.
#[derive(Debug, Clone)]
pub struct Panel {
    /// Its title.
    pub title: Label,
    /// The figures that it shows, their definition, and the limits of their meaning.
    pub description: Label,
    /// How values are drawn.
    pub visual: Visual,
    /// The unit id of Grafana.
    pub unit: &'static str,
    /// Width of 24, and height.
    pub size: (u32, u32),
    /// Its queries.
    pub queries: Vec<Query>,
    /// The address of the same figures as CSV, relative to that of the tracker.
    pub csv: Option<&'static str>,
    /// The colour from each value on.
    pub thresholds: Thresholds,
    /// Texts that replace values: `(value, text, colour)`.
    pub words_for: &'static [(&'static str, Label, &'static str)],
}

impl Panel {
    /// Makes a panel of plain numbers, half as wide as the page.
    #[must_use]
    pub(crate) fn new(visual: Visual, title: Label, description: Label) -> Panel {
        Panel {
            title,
            description,
            visual,
            unit: "none",
            size: (12, 9),
            queries: Vec::new(),
            csv: None,
            thresholds: &[(None, "blue")],
            words_for: &[],
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
        self.queries.push(Query { expression: expression.into(), legend, source });
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

    /// Sets the address of the same figures.
    #[must_use]
    pub(crate) fn csv(self, address: &'static str) -> Panel {
        Panel { csv: Some(address), ..self }
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
}
