//! What Grafana asks beside values: what metrics are, who answers, how a question is written nicely; and what there is none
//! of here, rules and exemplars.

use super::answers;
use super::ask::Ask;
use super::refusal::Refusal;
use crate::families::FAMILIES;
use axum::response::Response;
use serde_json::{Map, Value, json};

/// The version of Prometheus whose query language is spoken: windows are open to the left.
const SPEAKS: &str = "3.0.0";

/// Tells what metrics there are.
pub(crate) async fn metadata(ask: Ask) -> Response {
    ask.answer(|ask, _| {
        let limit = ask.limit()?.unwrap_or(usize::MAX);
        let wanted = FAMILIES.iter().filter(|row| ask.get("metric").is_none_or(|name| name == row.name));
        let about = |help: &str| json!([{ "type": "gauge", "help": help, "unit": "" }]);
        let all: Map<String, Value> =
            wanted.take(limit).map(|row| (row.name.clone(), about(&row.help))).collect();
        Ok(answers::value(&all.into()))
    })
    .await
}

/// Tells who answers.
pub(crate) async fn build_info(ask: Ask) -> Response {
    ask.answer(|_, _| {
        let own = concat!("ozg-tracker ", env!("CARGO_PKG_VERSION"));
        Ok(answers::value(&json!({
            "version": SPEAKS, "revision": own, "branch": "", "buildUser": "", "buildDate": "", "goVersion": "",
        })))
    })
    .await
}

/// Tells that there are no rules.
pub(crate) async fn rules(ask: Ask) -> Response {
    ask.answer(|_, _| Ok(answers::value(&json!({ "groups": [] })))).await
}

/// Tells that there are no exemplars, of a question that can be understood.
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

/// Writes a question nicely.
pub(crate) async fn format(ask: Ask) -> Response {
    ask.answer(|ask, _| {
        let query = ask.query()?;
        Ok(answers::value(&query.formatted().into()))
    })
    .await
}
