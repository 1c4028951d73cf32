//! Reads queries with `promql-parser`, and refuses the queries that this parser accepts and Prometheus does not.

use crate::aggregate;
use crate::errors::Error;
use crate::functions;
use crate::grammar;
use crate::matcher::{Matcher, of_parser};
use crate::text::prepared;
use promql_parser::parser::value::ValueType;
use promql_parser::parser::{self, BinaryExpr, Expr};
use std::panic::catch_unwind;

/// A query that has been read.
#[derive(Debug, Clone)]
pub struct Query {
    pub(crate) expression: Expr,
}

impl Query {
    /// Reads a query.
    ///
    /// # Errors
    /// `BadData` if the text is not PromQL. `Execution` if it is PromQL and uses a part that this crate does not evaluate;
    /// the message names that part.
    ///
    /// # Examples
    /// ```
    /// use ozg_promql::{Error, Query};
    ///
    /// let query = Query::read("sum by(area)(ozg_reuses)")?;
    /// assert_eq!((query.kind(), query.is_instant()), ("instant vector", true));
    ///
    /// assert!(matches!(Query::read("sum("), Err(Error::BadData(_))));
    /// let refused = Query::read("histogram_quantile(0.9, ozg_reuses)").unwrap_err();
    /// assert!(refused.to_string().starts_with("the function histogram_quantile is not answered here"));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn read(text: &str) -> Result<Query, Error> {
        Ok(Query { expression: placed(text, checked)? })
    }

    /// Tells whether the query has a value at each instant. Only such a query can be evaluated over a span.
    #[must_use]
    pub fn is_instant(&self) -> bool {
        matches!(self.expression.value_type(), ValueType::Scalar | ValueType::Vector)
    }

    /// Returns the kind of the query's value, in the words of Prometheus: `scalar`, `instant vector`, `range vector`,
    /// `string`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self.expression.value_type() {
            ValueType::Scalar => "scalar",
            ValueType::Vector => "instant vector",
            ValueType::Matrix => "range vector",
            ValueType::String => "string",
        }
    }

    /// Returns the query with line breaks and indents.
    #[must_use]
    pub fn formatted(&self) -> String {
        self.expression.prettify()
    }
}

/// Reads a selector of series, as the parameter `match[]` takes it.
///
/// # Errors
/// `BadData` for anything but a selector.
pub fn parse_selector(text: &str) -> Result<Vec<Matcher>, Error> {
    match placed(text, parse)? {
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

/// Reads a text; why it is refused begins with line and column.
fn placed(text: &str, read: impl Fn(&str) -> Result<Expr, Error>) -> Result<Expr, Error> {
    // A text that is too long or nests too deep has no place.
    prepared(text)?;
    read(text).map_err(|error| match error {
        Error::BadData(why) => Error::bad(grammar::placed(text, &why, read)),
        other => other,
    })
}

fn checked(text: &str) -> Result<Expr, Error> {
    let expression = parse(text)?;
    check(&expression)?;
    Ok(expression)
}

fn parse(text: &str) -> Result<Expr, Error> {
    let text = prepared(text)?;
    let parsed = catch_unwind(|| parser::parse(&text)).unwrap_or_else(|_| Err("unreadable".to_owned()));
    parsed.map_err(|error| Error::bad(format!("parse error: {error}")))
}

/// Refuses the parts of PromQL that this crate does not evaluate, before anything is computed.
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
        Expr::Extension(_) => Err(Error::outside("an extension of PromQL", None)),
    }
}

fn check_binary(inner: &BinaryExpr) -> Result<(), Error> {
    let fill = inner.modifier.as_ref().map(|modifier| &modifier.fill_values);
    if !fill.is_some_and(|fill| fill.lhs.is_some() || fill.rhs.is_some()) {
        return Ok(());
    }
    if inner.op.is_set_operator() {
        return Err(Error::bad(format!(
            "parse error: filling in is not allowed for the set operator {}",
            inner.op
        )));
    }
    if inner.lhs.value_type() != ValueType::Vector || inner.rhs.value_type() != ValueType::Vector {
        return Err(Error::bad("parse error: filling in is only allowed between instant vectors"));
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
        assert!(
            said("info(x)").ends_with("it joins on the labels instance and job, which no series here has")
        );
        assert!(matches!(Query::read("x and fill(0) y"), Err(Error::BadData(_))));
        assert!(matches!(Query::read("x + fill(0) 1"), Err(Error::BadData(_))));
        assert!(matches!(Query::read("sum("), Err(Error::BadData(_))));
        assert!(matches!(Query::read(&"(".repeat(700)), Err(Error::BadData(_))));
        assert!(matches!(Query::read(&format!("1{}", "+1".repeat(700))), Err(Error::BadData(_))));
        assert!(Query::read("x{a=~\"(((a|b)+)+)\"} + 1").is_ok());
        assert_eq!(parse_selector("{__name__=~\".+\",}").unwrap().len(), 1);
        assert_eq!(parse_duration_ms("1d12h"), Some(129_600_000));
    }
}
