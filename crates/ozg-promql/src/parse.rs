//! Reads questions: the parser of other people, and what it lets through and Prometheus does not.

use crate::aggregate;
use crate::errors::Error;
use crate::functions;
use crate::matcher::{Matcher, of_parser};
use crate::text::prepared;
use promql_parser::parser::value::ValueType;
use promql_parser::parser::{self, BinaryExpr, Expr};
use std::panic::catch_unwind;

/// A question that has been read.
#[derive(Debug, Clone)]
pub struct Query {
    pub(crate) expression: Expr,
}

impl Query {
    /// Reads a question.
    ///
    /// # Errors
    /// `BadData` for what is not PromQL; `Execution` for what is and has no answer here, by its name.
    pub fn read(text: &str) -> Result<Query, Error> {
        let expression = parse(text)?;
        check(&expression)?;
        Ok(Query { expression })
    }

    /// Tells whether it has a value at each instant, so that it may be asked for over a span.
    #[must_use]
    pub fn is_instant(&self) -> bool {
        matches!(self.expression.value_type(), ValueType::Scalar | ValueType::Vector)
    }

    /// Names the kind of its value.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self.expression.value_type() {
            ValueType::Scalar => "scalar",
            ValueType::Vector => "instant vector",
            ValueType::Matrix => "range vector",
            ValueType::String => "string",
        }
    }

    /// Writes it nicely.
    #[must_use]
    pub fn formatted(&self) -> String {
        self.expression.prettify()
    }
}

/// Reads what selects series, as `match[]` has it.
///
/// # Errors
/// `BadData` for anything but a selector.
pub fn parse_selector(text: &str) -> Result<Vec<Matcher>, Error> {
    match parse(text)? {
        Expr::VectorSelector(selector) if selector.at.is_none() && selector.offset.is_none() => {
            of_parser(selector.name.as_deref(), &selector.matchers)
        }
        _ => Err(Error::bad(format!("parse error: {text:?} is no selector of series"))),
    }
}

/// Reads a duration such as `1d12h` into milliseconds.
#[must_use]
pub fn parse_duration_ms(text: &str) -> Option<i64> {
    let duration = promql_parser::util::parse_duration(text).ok()?;
    i64::try_from(duration.as_millis()).ok()
}

fn parse(text: &str) -> Result<Expr, Error> {
    let text = prepared(text)?;
    let parsed = catch_unwind(|| parser::parse(&text)).unwrap_or_else(|_| Err("unreadable".to_owned()));
    parsed.map_err(|error| Error::bad(format!("parse error: {error}")))
}

/// Looks for what has no answer here, so that it is named before anything is computed.
fn check(expression: &Expr) -> Result<(), Error> {
    match expression {
        Expr::Aggregate(inner) => {
            aggregate::row(inner)?;
            inner.param.iter().try_for_each(|param| check(param))?;
            check(&inner.expr)
        }
        Expr::Unary(inner) => check(&inner.expr),
        Expr::Binary(inner) => {
            check_binary(inner)?;
            check(&inner.lhs)?;
            check(&inner.rhs)
        }
        Expr::Paren(inner) => check(&inner.expr),
        Expr::Subquery(inner) => check(&inner.expr),
        Expr::Call(call) => {
            functions::row(call.func.name)?;
            call.args.args.iter().try_for_each(|argument| check(argument))
        }
        Expr::VectorSelector(selector) => of_parser(selector.name.as_deref(), &selector.matchers).map(drop),
        Expr::MatrixSelector(selector) => {
            of_parser(selector.vs.name.as_deref(), &selector.vs.matchers).map(drop)
        }
        Expr::NumberLiteral(_) | Expr::StringLiteral(_) => Ok(()),
        Expr::Extension(_) => Err(Error::outside("an extension of PromQL")),
    }
}

fn check_binary(inner: &BinaryExpr) -> Result<(), Error> {
    let fill = inner.modifier.as_ref().map(|modifier| &modifier.fill_values);
    if fill.is_some_and(|fill| fill.lhs.is_some() || fill.rhs.is_some()) {
        return Err(Error::outside("the modifier fill"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_outside_is_named_and_what_is_no_question_refused() {
        let said = |text: &str| Query::read(text).unwrap_err().to_string();
        assert!(said("histogram_quantile(0.9, x)").contains("histogram_quantile"));
        assert!(said("limitk(2, x)").contains("limitk"));
        assert!(matches!(Query::read("sum("), Err(Error::BadData(_))));
        assert!(matches!(Query::read(&"(".repeat(700)), Err(Error::BadData(_))));
        assert!(matches!(Query::read(&format!("1{}", "+1".repeat(700))), Err(Error::BadData(_))));
        assert!(Query::read("x{a=~\"(((a|b)+)+)\"} + 1").is_ok());
        assert_eq!(parse_selector("{__name__=~\".+\",}").unwrap().len(), 1);
        assert_eq!(parse_duration_ms("1d12h"), Some(129_600_000));
    }
}
