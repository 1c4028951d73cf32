//! The operators, one row each.

use crate::errors::Error;

/// What an operator computes.
#[derive(Clone, Copy)]
pub(super) enum Compute {
    Number(fn(f64, f64) -> f64),
    Comparison(fn(f64, f64) -> bool),
    Set(Set),
}

/// The operators between sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Set {
    And,
    Or,
    Unless,
}

/// One row of the table of operators.
pub(super) struct Operator {
    name: &'static str,
    pub(super) compute: Compute,
    /// Whether the result is another metric than the left side, and so loses its name.
    pub(super) drops_name: bool,
}

const fn number(name: &'static str, compute: fn(f64, f64) -> f64) -> Operator {
    Operator { name, compute: Compute::Number(compute), drops_name: true }
}

const fn comparison(name: &'static str, compare: fn(f64, f64) -> bool) -> Operator {
    Operator { name, compute: Compute::Comparison(compare), drops_name: false }
}

const fn set(name: &'static str, set: Set) -> Operator {
    Operator { name, compute: Compute::Set(set), drops_name: false }
}

static OPERATORS: &[Operator] = &[
    number("+", |left, right| left + right),
    number("-", |left, right| left - right),
    number("*", |left, right| left * right),
    number("/", |left, right| left / right),
    number("%", |left, right| left % right),
    number("^", f64::powf),
    number("atan2", f64::atan2),
    comparison("==", |left, right| left == right),
    comparison("!=", |left, right| left != right),
    comparison(">", |left, right| left > right),
    comparison("<", |left, right| left < right),
    comparison(">=", |left, right| left >= right),
    comparison("<=", |left, right| left <= right),
    set("and", Set::And),
    set("or", Set::Or),
    set("unless", Set::Unless),
];

/// Finds an operator by its symbol.
pub(super) fn find(name: &str) -> Result<&'static Operator, Error> {
    let found = OPERATORS.iter().find(|operator| operator.name == name);
    found.ok_or_else(|| Error::outside(&format!("the operator {name}"), None))
}
