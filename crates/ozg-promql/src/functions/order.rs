//! Functions that sort. The order of series has a meaning at one instant only; over a span they change nothing.

use super::relabel::texts;
use super::whole::first;
use crate::errors::Error;
use crate::evaluate::{Evaluation, Value};
use crate::grid::Grid;
use crate::labels::is_label_name;
use crate::lines::Line;
use promql_parser::parser::Call;
use std::cmp::Ordering;

type Computed = Result<Value, Error>;

pub(super) fn sort(evaluation: &Evaluation<'_>, call: &Call, grid: &Grid) -> Computed {
    by_value(evaluation, call, grid, false)
}

pub(super) fn sort_descending(evaluation: &Evaluation<'_>, call: &Call, grid: &Grid) -> Computed {
    by_value(evaluation, call, grid, true)
}

/// Sorts by value, NaN last.
fn by_value(evaluation: &Evaluation<'_>, call: &Call, grid: &Grid, descends: bool) -> Computed {
    let mut lines = evaluation.vector(first(call)?, grid)?;
    if evaluation.asked.is_instant() && grid.count == 1 {
        lines.sort_by_cached_key(|line| {
            let mut scratch = Vec::new();
            let value = line.read(&mut scratch)[0];
            // The bits of numbers, in their order; NaN comes after all.
            let bits = value.to_bits();
            let key = if bits >> 63 == 1 { !bits } else { bits | 1 << 63 };
            match (value.is_nan(), descends) {
                (true, _) => u64::MAX,
                (false, true) => !key,
                (false, false) => key,
            }
        });
    }
    Ok(Value::Lines(lines))
}

pub(super) fn by_label(evaluation: &Evaluation<'_>, call: &Call, grid: &Grid) -> Computed {
    by_labels(evaluation, call, grid, false)
}

pub(super) fn by_label_descending(evaluation: &Evaluation<'_>, call: &Call, grid: &Grid) -> Computed {
    by_labels(evaluation, call, grid, true)
}

/// Sorts by the values of labels, and where they are equal by all labels.
fn by_labels(evaluation: &Evaluation<'_>, call: &Call, grid: &Grid, descends: bool) -> Computed {
    let names = texts(call);
    if let Some(wrong) = names.iter().find(|name| !is_label_name(name)) {
        return Err(Error::execution(format!("invalid label name in {}(): {wrong}", call.func.name)));
    }
    let mut lines = evaluation.vector(first(call)?, grid)?;
    if evaluation.asked.is_instant() && grid.count == 1 {
        let order = |left: &Line, right: &Line| {
            let one = |name: &&str| natural(left.labels.get(name), right.labels.get(name));
            let of_names = names.iter().map(one).find(|order| order.is_ne());
            of_names.unwrap_or_else(|| left.labels.cmp(&right.labels))
        };
        lines.sort_by(|left, right| if descends { order(right, left) } else { order(left, right) });
    }
    Ok(Value::Lines(lines))
}

/// Compares texts as people do: 2 comes before 10, also inside a text.
fn natural(left: &str, right: &str) -> Ordering {
    let (mut left, mut right) = (left, right);
    while !left.is_empty() && !right.is_empty() {
        let ((one, rest_of_one), (other, rest_of_other)) = (part(left), part(right));
        let order = match (number(one), number(other)) {
            (Some(one), Some(other)) => one.len().cmp(&other.len()).then_with(|| one.cmp(other)),
            _ => one.cmp(other),
        };
        if order.is_ne() {
            return order;
        }
        (left, right) = (rest_of_one, rest_of_other);
    }
    left.cmp(right)
}

/// Splits a text behind its first run of digits or of other letters.
fn part(text: &str) -> (&str, &str) {
    let is_number = text.starts_with(|first: char| first.is_ascii_digit());
    let end = text.find(|letter: char| letter.is_ascii_digit() != is_number).unwrap_or(text.len());
    text.split_at(end)
}

/// Returns the digits of a number without zeros in front; none if the text is no number.
fn number(text: &str) -> Option<&str> {
    text.starts_with(|first: char| first.is_ascii_digit()).then(|| text.trim_start_matches('0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_inside_texts_are_compared_as_numbers() {
        for (less, more) in
            [("a2", "a10"), ("2", "10"), ("10255", "99012"), ("a", "b"), ("a2b10", "a02b11"), ("", "a")]
        {
            assert_eq!(
                (natural(less, more), natural(more, less)),
                (Ordering::Less, Ordering::Greater),
                "{less} {more}"
            );
        }
        assert_eq!(natural("a1b", "a1b"), Ordering::Equal);
    }
}
