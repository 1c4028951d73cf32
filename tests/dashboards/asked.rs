//! The queries of the dashboards, read from the files as Grafana reads them.

use super::{SPAN, span};
use crate::oracle::compare::Asked;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::{self, Display};
use std::path::{Path, PathBuf};

/// The address of the tracker in the files of the project.
const TRACKER: &str = "http://127.0.0.1:8017";
/// The length of the title of a tile.
const CODE_OF_LAND: usize = 2;
/// The choice of all values of a variable.
const ALL: &str = "$__all";

/// The folder of the dashboards.
pub(super) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dashboards")
}

/// A file.
pub(super) struct Dashboard {
    name: String,
    value: Value,
}

/// The form in which Grafana sends a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Range,
    Instant,
    LabelValues,
}

/// A query with everything that is chosen put into it.
pub(super) struct Question {
    /// The file and the panel, variable or mark; all tiles of a map are one panel.
    pub(super) panel: String,
    /// The letter of the query.
    letter: String,
    expression: String,
    /// The label whose values are asked for.
    label: String,
    form: Form,
    /// Whether the earlier data state is asked.
    pub(super) is_then: bool,
    /// Whether it is sent to a Prometheus that scrapes.
    is_process: bool,
}

fn list<'a>(value: &'a Value, pointer: &str) -> &'a [Value] {
    value.pointer(pointer).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn text<'a>(value: &'a Value, pointer: &str) -> &'a str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}

/// Returns the value that a variable begins with, the first of several.
fn first_choice(variable: &Value) -> &str {
    match text(variable, "/current/value/0") {
        "" => text(variable, "/current/value"),
        first => first,
    }
}

impl Dashboard {
    /// Reads all, of both languages.
    pub(super) fn all() -> Vec<Dashboard> {
        let languages = ["de", "en"].map(|language| folder().join(language));
        let mut paths: Vec<PathBuf> = languages
            .iter()
            .flat_map(|folder| std::fs::read_dir(folder).expect("a folder"))
            .map(|entry| entry.expect("an entry").path())
            .collect();
        paths.sort();
        let read = |path: PathBuf| {
            let value = serde_json::from_str(&std::fs::read_to_string(&path).expect("a file")).expect("JSON");
            Dashboard { name: path.file_name().expect("a name").to_string_lossy().into_owned(), value }
        };
        paths.into_iter().map(read).collect()
    }

    /// The first choice of each variable; of several values that can be chosen at once, the first.
    fn chosen(&self) -> BTreeMap<&str, &str> {
        let variables = list(&self.value, "/templating/list").iter();
        variables.map(|variable| (text(variable, "/name"), first_choice(variable))).collect()
    }

    fn filled_in(&self, template: &str) -> String {
        let mut filled = template
            .replace("${__from:date:YYYY-MM-DD}", "2017-01-01")
            .replace("${__to:date:YYYY-MM-DD}", "2026-06-15")
            .replace("$__rate_interval", "1m");
        for (name, value) in self.chosen() {
            // All Länder at once: an expression takes any, an address has a list.
            let (pattern, listed) = if value == ALL { (".+", "BB,BY") } else { (value, value) };
            filled = filled
                .replace(&format!("${{{name}:csv}}"), listed)
                .replace(&format!("${{{name}}}"), value)
                .replace(&format!("${name}"), pattern);
        }
        assert!(!filled.contains('$'), "{}: nothing is put into {filled}", self.name);
        filled
    }

    fn question(&self, panel: &str, letter: &str, template: &str, form: Form, source: &str) -> Question {
        let panel = if panel.len() == CODE_OF_LAND { "tiles" } else { panel };
        Question {
            panel: format!("{}: {panel}", self.name),
            letter: letter.to_owned(),
            expression: self.filled_in(template),
            label: String::new(),
            form,
            is_then: source == "${then}",
            is_process: source == "${prometheus}",
        }
    }

    fn variables(&self) -> impl Iterator<Item = (Question, &str)> {
        let queries =
            list(&self.value, "/templating/list").iter().filter(|one| text(one, "/type") == "query");
        queries.map(|variable| {
            let query = text(variable, "/query");
            let (function, inner) = query.trim_end_matches(')').split_once('(').expect("a call");
            let mut question = self.question(text(variable, "/name"), "", inner, Form::Instant, "");
            if function == "label_values" {
                let (selector, label) = inner.rsplit_once(", ").expect("a label");
                (question.form, question.label) = (Form::LabelValues, label.to_owned());
                selector.clone_into(&mut question.expression);
            }
            (question, first_choice(variable))
        })
    }

    /// Lists the variables with their first choice, but those that begin with all values.
    pub(super) fn choices(&self) -> Vec<(Question, &str)> {
        self.variables().filter(|(_, value)| *value != ALL).collect()
    }

    /// Lists all queries of panels, variables and annotations to the tracker.
    pub(super) fn questions(&self) -> Vec<Question> {
        let annotations = list(&self.value, "/annotations/list").iter();
        let marks = annotations.map(|mark| {
            self.question(
                text(mark, "/name"),
                "",
                text(mark, "/expr"),
                Form::Range,
                text(mark, "/datasource/uid"),
            )
        });
        let variables = self.variables().map(|(question, _)| question);
        let all = self.targets().into_iter().chain(variables).chain(marks);
        all.filter(|question| !question.is_process).collect()
    }

    /// Lists the queries of panels to a Prometheus that scrapes.
    pub(super) fn process_questions(&self) -> Vec<Question> {
        self.targets().into_iter().filter(|question| question.is_process).collect()
    }

    fn targets(&self) -> Vec<Question> {
        let panels = list(&self.value, "/panels").iter();
        let targets = panels.flat_map(|panel| {
            list(panel, "/targets").iter().map(move |target| {
                let form = if target["instant"] == true { Form::Instant } else { Form::Range };
                let (title, letter) = (text(panel, "/title"), text(target, "/refId"));
                self.question(title, letter, text(target, "/expr"), form, text(target, "/datasource/uid"))
            })
        });
        targets.collect()
    }

    /// Lists the links of panels, below the address of the tracker.
    pub(super) fn links(&self) -> Vec<String> {
        let panels = list(&self.value, "/panels").iter();
        let links = panels.flat_map(|panel| list(panel, "/links"));
        links.map(|link| self.filled_in(text(link, "/url")).replace(TRACKER, "")).collect()
    }
}

impl Question {
    /// Tells whether there may be nothing: of what is counted, of what has changed, and of what did not
    /// happen.
    pub(super) fn may_be_empty(&self) -> bool {
        self.expression.contains("basis=\"counted\"")
            || ["!= 0", ">= 0"].iter().any(|compared| self.expression.contains(compared))
    }

    /// Returns what Grafana sends.
    pub(super) fn request(&self) -> Asked {
        match self.form {
            Form::Range => span(&self.expression),
            Form::Instant => Asked::instant(&self.expression, SPAN.1),
            Form::LabelValues => {
                Asked::get(&format!("label/{}/values", self.label), &[("match[]", &self.expression)])
            }
        }
    }

    pub(super) fn expression(&self) -> &str {
        &self.expression
    }

    /// Lists the selectors in the expression: a name of ours, with its braces if it has some.
    pub(super) fn selectors(&self) -> Vec<String> {
        let text = &self.expression;
        let mut found = Vec::new();
        let mut from = 0;
        while let Some(start) = text[from..].find("ozg_").map(|at| from + at) {
            let rest = &text[start..];
            let name = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
            let braces =
                rest[name..].strip_prefix('{').and_then(|inner| inner.find('}')).map_or(0, |end| end + 2);
            found.push(rest[..name + braces].to_owned());
            from = start + name + braces;
        }
        found
    }
}

impl Display for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.panel, self.letter, self.expression)
    }
}
