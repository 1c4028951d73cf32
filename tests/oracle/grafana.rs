//! The requests of Grafana's Prometheus data source, replayed literally from `grafana.txt` to both.

use super::Both;
use super::compare::{Answered, Asked};
use serde_json::Value;

/// Method, path and parameters, a request a line, separated by blanks; `%20` stands for a blank in a value.
const RECORD: &str = include_str!("grafana.txt");

/// Members of answers that are objects, not lists.
const KNOWN: [&str; 3] = ["resultType", "version", "groups"];

/// Asks both and tells what differs: the status, and the members that Grafana reads.
pub(super) fn replay(both: &Both) -> Vec<String> {
    let requests = RECORD.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(request);
    requests.filter_map(|asked| both.fits(&asked)).collect()
}

fn request(line: &str) -> Asked {
    let mut words = line.split(' ');
    let method = if words.next() == Some("POST") { "POST" } else { "GET" };
    let path = words.next().unwrap_or_default();
    let values: Vec<(String, String)> = words
        .filter_map(|pair| pair.split_once("::"))
        .map(|(name, value)| (name.to_owned(), value.replace("%20", " ")))
        .collect();
    let pairs: Vec<(&str, &str)> = values.iter().map(|(name, value)| (&**name, &**value)).collect();
    Asked::new(method, path, &pairs)
}

impl Both {
    fn fits(&self, asked: &Asked) -> Option<String> {
        let Answered(our_status, ours) = asked.ask(self.tracker.address(), "/prometheus");
        let Answered(their_status, theirs) = asked.ask(self.prometheus.address(), "");
        let (our_shape, their_shape) = (shape(&ours, 0), shape(&theirs, 0));
        // A refusal of the method is read by its status alone.
        let same = our_status == their_status && (our_status == 405 || our_shape == their_shape);
        (!same).then(|| format!("{asked}\n    {our_status} {our_shape} but {their_status} {their_shape}"))
    }
}

/// Writes which members an answer has and what their first elements are, down to points.
fn shape(value: &Value, depth: usize) -> String {
    match value {
        // Metrics by name: which there are is compared elsewhere, and an oracle that scrapes nothing knows none.
        Value::Object(members) if depth == 1 && KNOWN.iter().all(|name| !members.contains_key(*name)) => {
            "{…}".to_owned()
        }
        Value::Object(members) if depth > 1 && !members.contains_key("metric") => "{…}".to_owned(),
        Value::Object(members) => {
            let mut shown: Vec<String> = members
                .iter()
                .filter(|(name, _)| *name != "error")
                .map(|(name, value)| format!("{name}: {}", shape(value, depth + 1)))
                .collect();
            shown.sort();
            format!("{{{}}}", shown.join(", "))
        }
        Value::Array(all) => {
            format!("[{}]", all.first().map_or(String::new(), |first| shape(first, depth + 1)))
        }
        Value::String(text) if ["success", "error", "vector", "matrix", "scalar"].contains(&&**text) => {
            text.clone()
        }
        Value::String(_) => "text".to_owned(),
        Value::Number(_) => "number".to_owned(),
        other => other.to_string(),
    }
}
