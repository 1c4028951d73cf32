//! Sends a query to a query API, and finds how two answers differ.

use crate::binary::try_ask;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::{self, Display};

/// Sums of fractions may differ in their last digits: the tracker adds as Prometheus 3 does.
const RELATIVE: f64 = 1e-9;
const ABSOLUTE: f64 = 1e-9;

/// A question.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) method: &'static str,
    pub(crate) path: String,
    pub(crate) parameters: Vec<(String, String)>,
}

/// An answer: status and body.
#[derive(Debug)]
pub(crate) struct Answered(pub(crate) u16, pub(crate) Value);

impl Asked {
    pub(crate) fn post(path: &str, parameters: &[(&str, &str)]) -> Asked {
        Asked::new("POST", path, parameters)
    }

    pub(crate) fn get(path: &str, parameters: &[(&str, &str)]) -> Asked {
        Asked::new("GET", path, parameters)
    }

    pub(crate) fn new(method: &'static str, path: &str, parameters: &[(&str, &str)]) -> Asked {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Asked { method, path: path.to_owned(), parameters: parameters.iter().map(owned).collect() }
    }

    pub(crate) fn instant(expression: &str, time: i64) -> Asked {
        Asked::post("query", &[("query", expression), ("time", &time.to_string())])
    }

    pub(crate) fn instants<'a>(expression: &'a str, times: &'a [i64]) -> impl Iterator<Item = Asked> + 'a {
        times.iter().map(|time| Asked::instant(expression, *time))
    }

    pub(crate) fn span(expression: &str, (start, end): (i64, i64), step: i64) -> Asked {
        let (start, end, step) = (start.to_string(), end.to_string(), step.to_string());
        let parameters = [("query", expression), ("start", &*start), ("end", &*end), ("step", &*step)];
        Asked::post("query_range", &parameters)
    }

    /// Returns the question with the older function names of a Prometheus 2.
    pub(crate) fn as_the_oracle_says_it(&self) -> Asked {
        let said = |value: &String| value.replace("double_exponential_smoothing", "holt_winters");
        let parameters = self.parameters.iter().map(|(name, value)| (name.clone(), said(value))).collect();
        Asked { parameters, ..self.clone() }
    }

    /// Asks an address; forms in the body, others in the address.
    #[track_caller]
    pub(crate) fn ask(&self, address: &str, prefix: &str) -> Answered {
        let pairs =
            self.parameters.iter().map(|(name, value)| format!("{}={}", escaped(name), escaped(value)));
        let text = pairs.collect::<Vec<_>>().join("&");
        let path = format!("{prefix}/api/v1/{}", self.path);
        let answer = if self.method == "POST" {
            let headers = ["Content-Type: application/x-www-form-urlencoded"];
            try_ask(address, self.method, &path, &headers, text.as_bytes())
        } else {
            try_ask(address, self.method, &format!("{path}?{text}"), &[], b"")
        };
        let (status, body) = answer.expect("an answer");
        Answered(status, serde_json::from_str(&body).unwrap_or(Value::Null))
    }
}

impl Display for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)?;
        self.parameters.iter().try_for_each(|(name, value)| write!(f, " {name}={value}"))
    }
}

fn escaped(text: &str) -> String {
    text.bytes()
        .map(
            |byte| {
                if byte.is_ascii_alphanumeric() {
                    char::from(byte).to_string()
                } else {
                    format!("%{byte:02X}")
                }
            },
        )
        .collect()
}

/// Tells how two answers differ, the first of what differs.
pub(crate) fn difference(ours: &Answered, theirs: &Answered) -> Option<String> {
    let (Answered(our_status, ours), Answered(their_status, theirs)) = (ours, theirs);
    if our_status != their_status {
        return Some(format!("status {our_status} {} but {their_status} {}", short(ours), short(theirs)));
    }
    if *our_status != 200 {
        let same = ours["errorType"] == theirs["errorType"] && ours["status"] == theirs["status"];
        return (!same).then(|| format!("{} but {}", short(ours), short(theirs)));
    }
    let (ours, theirs) = (&ours["data"], &theirs["data"]);
    match ours["resultType"].as_str() {
        None => (as_set(ours) != as_set(theirs)).then(|| format!("{} but {}", short(ours), short(theirs))),
        Some(_) if ours["resultType"] != theirs["resultType"] => {
            Some(format!("{} but {}", ours["resultType"], theirs["resultType"]))
        }
        Some("vector" | "matrix") => of_series(&ours["result"], &theirs["result"]),
        Some(_) => of_points(&ours["result"], &theirs["result"]),
    }
}

fn as_set(value: &Value) -> Value {
    let Some(list) = value.as_array() else { return value.clone() };
    let mut sorted = list.clone();
    sorted.sort_by_key(ToString::to_string);
    sorted.into()
}

fn of_series(ours: &Value, theirs: &Value) -> Option<String> {
    let by_labels = |series: &Value| -> BTreeMap<String, Vec<Value>> {
        let one = |series: &Value| {
            let labels: BTreeMap<String, Value> =
                serde_json::from_value(series["metric"].clone()).expect("labels");
            let points =
                series["values"].as_array().cloned().unwrap_or_else(|| vec![series["value"].clone()]);
            (format!("{labels:?}"), points)
        };
        series.as_array().into_iter().flatten().map(one).collect()
    };
    let (ours, theirs) = (by_labels(ours), by_labels(theirs));
    let missing = theirs.keys().find(|labels| !ours.contains_key(*labels));
    let extra = ours.keys().find(|labels| !theirs.contains_key(*labels));
    if missing.is_some() || extra.is_some() {
        return Some(format!(
            "{} series but {}: missing {missing:?}, extra {extra:?}",
            ours.len(),
            theirs.len()
        ));
    }
    ours.iter().find_map(|(labels, ours)| {
        let theirs = &theirs[labels];
        if ours.len() != theirs.len() {
            return Some(format!("{labels}: {} points but {}", ours.len(), theirs.len()));
        }
        let pair = ours.iter().zip(theirs).find_map(|(ours, theirs)| of_points(ours, theirs));
        pair.map(|what| format!("{labels}: {what}"))
    })
}

fn of_points(ours: &Value, theirs: &Value) -> Option<String> {
    let same = ours[0].as_f64() == theirs[0].as_f64() && is_near(&ours[1], &theirs[1]);
    (!same).then(|| format!("{ours} but {theirs}"))
}

fn is_near(ours: &Value, theirs: &Value) -> bool {
    let number = |value: &Value| value.as_str().and_then(|text| text.parse::<f64>().ok());
    ours == theirs
        || matches!((number(ours), number(theirs)), (Some(ours), Some(theirs))
            if (ours - theirs).abs() <= (RELATIVE * ours.abs().max(theirs.abs())).max(ABSOLUTE))
}

fn short(value: &Value) -> String {
    value.to_string().chars().take(300).collect()
}
