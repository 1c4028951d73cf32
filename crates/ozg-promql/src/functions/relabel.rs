//! Functions that write labels.

use crate::errors::Error;
use crate::evaluate::{Evaluation, Value, unwrapped};
use crate::grid::Grid;
use crate::labels::{Labels, is_label_name};
use crate::lines::{Line, joined};
use crate::matcher::pattern as whole_pattern;
use promql_parser::parser::{Call, Expr};

/// Takes the texts among the arguments.
pub(super) fn texts(call: &Call) -> Vec<&str> {
    // The parser has checked that all but the first are texts.
    call.args.args.iter().skip(1).filter_map(|argument| literal(argument)).collect()
}

fn literal(argument: &Expr) -> Option<&str> {
    match unwrapped(argument) {
        Expr::StringLiteral(text) => Some(&text.val),
        _ => None,
    }
}

fn lines(evaluation: &Evaluation<'_>, call: &Call, grid: &Grid) -> Result<Vec<Line>, Error> {
    call.args.args.first().map_or(Ok(Vec::new()), |vector| evaluation.vector(vector, grid))
}

/// Longest value that a query may give a label, in bytes; nested functions let values grow.
const LABEL_BYTES_MAX: usize = 16 << 10;

/// Returns the labels of a line with one set anew.
fn labelled(evaluation: &Evaluation<'_>, line: &Line, to: &str, value: &str) -> Result<Labels, Error> {
    if value.len() > LABEL_BYTES_MAX {
        return Err(Error::execution(format!(
            "a label value of {} bytes, at most {LABEL_BYTES_MAX}",
            value.len()
        )));
    }
    // The bytes of a label count as values, eight bytes each.
    evaluation.meter.take(value.len().div_ceil(size_of::<f64>()))?;
    Ok(line.labels.with(to, value))
}

/// `label_replace(v, to, replacement, from, pattern)`: sets a label from the parts of another that a pattern captures.
pub(super) fn replace(evaluation: &Evaluation<'_>, call: &Call, grid: &Grid) -> Result<Value, Error> {
    let texts = texts(call);
    let [to, replacement, from, pattern] = texts[..] else {
        return Err(Error::bad("parse error: label_replace takes four strings"));
    };
    let pattern = whole_pattern(pattern)
        .map_err(|_| Error::execution(format!("invalid regular expression in label_replace(): {pattern}")))?;
    if !is_label_name(to) {
        return Err(Error::execution(format!("invalid destination label name in label_replace(): {to}")));
    }
    let relabelled = lines(evaluation, call, grid)?.into_iter().map(|line| {
        let found = pattern.captures(line.labels.get(from)).map(|found| {
            let mut value = String::new();
            found.expand(replacement, &mut value);
            value
        });
        let labels = match found {
            Some(value) => labelled(evaluation, &line, to, &value)?,
            None => line.labels.clone(),
        };
        Ok(Line { labels, values: line.values })
    });
    Ok(Value::Lines(joined(relabelled.collect::<Result<_, _>>()?, &evaluation.meter)?))
}

/// `label_join(v, to, separator, from, …)`: sets a label to the joined values of others.
pub(super) fn join(evaluation: &Evaluation<'_>, call: &Call, grid: &Grid) -> Result<Value, Error> {
    let texts = texts(call);
    let [to, separator, ref from @ ..] = texts[..] else {
        return Err(Error::bad("parse error: label_join takes a label and a separator"));
    };
    if let Some(wrong) = from.iter().find(|name| !is_label_name(name)) {
        return Err(Error::execution(format!("invalid source label name in label_join(): {wrong}")));
    }
    if !is_label_name(to) {
        return Err(Error::execution(format!("invalid destination label name in label_join(): {to}")));
    }
    let relabelled = lines(evaluation, call, grid)?.into_iter().map(|line| {
        let values: Vec<&str> = from.iter().map(|name| line.labels.get(name)).collect();
        let labels = labelled(evaluation, &line, to, &values.join(separator))?;
        Ok(Line { labels, values: line.values })
    });
    Ok(Value::Lines(joined(relabelled.collect::<Result<_, _>>()?, &evaluation.meter)?))
}
