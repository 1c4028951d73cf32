//! Answers in the shapes of Prometheus. Values are written by hand, since an answer may have hundreds of thousands.

use ozg_promql::{Answer, Labels, Row, Shape, write_seconds, write_value};
use serde_json::Value;

/// The warning of an answer that was cut at its limit.
const CUT: &str = "results truncated due to limit";

/// Begins an answer; its data follow.
fn begun() -> Vec<u8> {
    b"{\"status\":\"success\",\"data\":".to_vec()
}

/// Ends an answer.
fn ended(mut out: Vec<u8>, is_cut: bool) -> Vec<u8> {
    if is_cut {
        out.extend_from_slice(format!(",\"warnings\":[\"{CUT}\"]").as_bytes());
    }
    out.push(b'}');
    out
}

/// Writes an answer from a JSON value; for small and rare answers.
pub(super) fn value(data: &Value) -> Vec<u8> {
    let mut out = begun();
    out.extend_from_slice(data.to_string().as_bytes());
    ended(out, false)
}

/// Writes a list, up to a limit.
pub(super) fn list<T>(all: Vec<T>, limit: Option<usize>, write: impl Fn(&T, &mut Vec<u8>)) -> Vec<u8> {
    let most = limit.unwrap_or(usize::MAX);
    let is_cut = all.len() > most;
    let mut out = begun();
    array(&mut out, all.into_iter().take(most), |out, one| write(&one, out));
    ended(out, is_cut)
}

/// Writes the answer to a query.
pub(super) fn query(answer: &Answer, limit: Option<usize>) -> Vec<u8> {
    let most = limit.unwrap_or(usize::MAX);
    let is_cut = answer.rows.len() > most && matches!(answer.shape, Shape::Vector | Shape::Matrix);
    let mut out = begun();
    let name = match answer.shape {
        Shape::Scalar => "scalar",
        Shape::Vector => "vector",
        Shape::Matrix => "matrix",
        Shape::Text => "string",
    };
    out.extend_from_slice(format!("{{\"resultType\":\"{name}\",\"result\":").as_bytes());
    let rows = answer.rows.iter().take(most);
    match answer.shape {
        Shape::Scalar => rows.flat_map(|row| row.points.first()).for_each(|known| point(&mut out, known)),
        Shape::Vector => array(&mut out, rows, |out, row| {
            metric(out, row);
            out.extend_from_slice(b",\"value\":");
            row.points.first().into_iter().for_each(|known| point(out, known));
            out.push(b'}');
        }),
        Shape::Matrix => array(&mut out, rows, |out, row| {
            metric(out, row);
            out.extend_from_slice(b",\"values\":");
            array(out, row.points.iter(), point);
            out.push(b'}');
        }),
        Shape::Text => {
            out.push(b'[');
            write_seconds(&mut out, answer.at);
            out.push(b',');
            text(&answer.text, &mut out);
            out.push(b']');
        }
    }
    out.push(b'}');
    ended(out, is_cut)
}

fn array<T>(out: &mut Vec<u8>, all: impl Iterator<Item = T>, write: impl Fn(&mut Vec<u8>, T)) {
    out.push(b'[');
    for (index, one) in all.enumerate() {
        if index > 0 {
            out.push(b',');
        }
        write(out, one);
    }
    out.push(b']');
}

fn metric(out: &mut Vec<u8>, row: &Row) {
    out.extend_from_slice(b"{\"metric\":");
    labels(&row.labels, out);
}

/// Writes a label set.
pub(super) fn labels(all: &Labels, out: &mut Vec<u8>) {
    out.push(b'{');
    for (index, (name, value)) in all.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        text(name, out);
        out.push(b':');
        text(value, out);
    }
    out.push(b'}');
}

/// Writes a text.
pub(super) fn text(text: &str, out: &mut Vec<u8>) {
    if text.bytes().all(|byte| byte >= b' ' && byte != b'"' && byte != b'\\') {
        out.push(b'"');
        out.extend_from_slice(text.as_bytes());
        out.push(b'"');
    } else {
        out.extend_from_slice(Value::from(text).to_string().as_bytes());
    }
}

fn point(out: &mut Vec<u8>, (at, value): &(i64, f64)) {
    out.push(b'[');
    write_seconds(out, *at);
    out.extend_from_slice(b",\"");
    write_value(out, *value);
    out.extend_from_slice(b"\"]");
}
