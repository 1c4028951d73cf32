//! Families of values in the text format of Prometheus, written by hand, since a scrape has thousands of values.

use ozg_formats::openmetrics::escaped;
use std::fmt::{Display, Write};

/// The kind of a family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MetricKind {
    Gauge,
    Counter,
}

/// One family: name, help, values.
#[derive(Debug)]
pub(crate) struct Family {
    name: String,
    head: String,
    values: String,
}

impl Family {
    pub(crate) fn new(name: impl Into<String>, kind: MetricKind, help: &str) -> Family {
        let name = name.into();
        let kind = match kind {
            MetricKind::Gauge => "gauge",
            MetricKind::Counter => "counter",
        };
        let help = help.replace('\\', "\\\\").replace('\n', "\\n");
        Family { head: format!("# HELP {name} {help}\n# TYPE {name} {kind}\n"), name, values: String::new() }
    }

    /// Adds a value. Empty labels are left out, which means the same to Prometheus.
    pub(crate) fn put(&mut self, labels: &[(&str, &str)], value: impl Display) {
        let out = &mut self.values;
        out.push_str(&self.name);
        let mut before = '{';
        for (name, text) in labels.iter().filter(|(_, text)| !text.is_empty()) {
            out.push(before);
            out.push_str(name);
            out.push_str("=\"");
            out.push_str(&escaped(text));
            out.push('"');
            before = ',';
        }
        if before == ',' {
            out.push('}');
        }
        // Writing into a string does not fail.
        let _ = writeln!(out, " {value}");
    }

    /// Returns the text; empty if the family has no value.
    pub(crate) fn text(self) -> String {
        if self.values.is_empty() { String::new() } else { self.head + &self.values }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_as_prometheus_reads_them() {
        let mut family = Family::new("x_total", MetricKind::Counter, "two\nlines");
        family.put(&[("a", "q\"\\"), ("b", "")], 3);
        family.put(&[], 0.5);
        let text =
            "# HELP x_total two\\nlines\n# TYPE x_total counter\nx_total{a=\"q\\\"\\\\\"} 3\nx_total 0.5\n";
        assert_eq!(family.text(), text);
        assert_eq!(Family::new("y", MetricKind::Gauge, "").text(), "");
    }
}
