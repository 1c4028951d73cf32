//! The other addresses that Grafana calls: metadata of metrics, build information, formatted queries; and empty answers
//! for rules and exemplars.

use super::answers;
use super::ask::Ask;
use super::refusal::Refusal;
use crate::families::FAMILIES;
use axum::response::Response;
use serde_json::{Map, Value, json};

/// The version of Prometheus whose query language this is; since that version a window excludes its left end.
const SPEAKS: &str = "3.0.0";

/// Answers with kind and help of every metric.
pub(crate) async fn metadata(ask: Ask) -> Response {
    ask.answer(|ask, _| {
        // A limit below 0 is none, as in Prometheus.
        let limit = match ask.get("limit") {
            None => usize::MAX,
            Some(text) => {
                let limit: i64 = text.parse().map_err(|_| Refusal::bad("limit must be a number"))?;
                usize::try_from(limit).unwrap_or(usize::MAX)
            }
        };
        let wanted = FAMILIES.iter().filter(|row| ask.get("metric").is_none_or(|name| name == row.name));
        let about = |help: &str| json!([{ "type": "gauge", "help": help, "unit": "" }]);
        let all: Map<String, Value> =
            wanted.take(limit).map(|row| (row.name.clone(), about(&row.help))).collect();
        Ok(answers::value(&all.into()))
    })
    .await
}

/// Answers with the build information that Grafana asks for.
pub(crate) async fn build_info(ask: Ask) -> Response {
    ask.answer(|_, _| {
        let own = concat!("ozg-tracker ", env!("CARGO_PKG_VERSION"));
        Ok(answers::value(&json!({
            "version": SPEAKS, "revision": own, "branch": "", "buildUser": "", "buildDate": "", "goVersion": "",
        })))
    })
    .await
}

/// Answers that there are no rules.
pub(crate) async fn rules(ask: Ask) -> Response {
    ask.answer(|ask, _| match ask.get("type") {
        None | Some("alert" | "record") => Ok(answers::value(&json!({ "groups": [] }))),
        Some(other) => {
            Err(Refusal::parameter("type", format!("not supported value {other:?}: alert or record")))
        }
    })
    .await
}

/// Answers that there are no exemplars, if the query can be read.
pub(crate) async fn exemplars(ask: Ask) -> Response {
    ask.answer(|ask, _| {
        let (start, end) = ask.search()?;
        if end < start {
            return Err(Refusal::parameter("end", "end timestamp must not be before start timestamp"));
        }
        ask.query()?;
        Ok(answers::value(&json!([])))
    })
    .await
}

/// Answers with the formatted query.
pub(crate) async fn format(ask: Ask) -> Response {
    ask.answer(|ask, _| {
        let query = ask.query()?;
        Ok(answers::value(&query.formatted().into()))
    })
    .await
}
