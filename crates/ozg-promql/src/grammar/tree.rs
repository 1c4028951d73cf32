//! The grammar of PromQL, read from tokens: the expressions of a query inside each other, or the first token that fits
//! nowhere. Types are left to the parser.

use super::Wrong;
use super::tokens::{self, Kind, Token};

/// An expression: from which byte to which it reaches, and the expressions in it.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) children: Vec<Node>,
}

type Read = Result<Node, Wrong>;

const AGGREGATIONS: [&str; 14] = [
    "avg",
    "bottomk",
    "count",
    "count_values",
    "group",
    "limit_ratio",
    "limitk",
    "max",
    "min",
    "quantile",
    "stddev",
    "stdvar",
    "sum",
    "topk",
];
/// Words that are no names of metrics.
const KEYWORDS: [&str; 6] = ["atan2", "bool", "group_left", "group_right", "ignoring", "on"];
/// Operators by how strongly they bind.
const OPERATORS: [&[&str]; 6] = [
    &["or"],
    &["and", "unless"],
    &["==", "!=", ">", "<", ">=", "<="],
    &["+", "-"],
    &["*", "/", "%", "atan2"],
    &["^"],
];
const POWER: usize = OPERATORS.len() - 1;
const MATCHES: [&str; 4] = ["=", "!=", "=~", "!~"];

/// Reads a whole query.
pub(super) fn read(text: &str) -> Read {
    let mut reader = Reader { text, tokens: tokens::read(text)?, at: 0 };
    let node = reader.expression(0)?;
    if reader.now().kind == Kind::End { Ok(node) } else { Err(reader.wrong("an operator or the end")) }
}

struct Reader<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    at: usize,
}

impl Reader<'_> {
    fn now(&self) -> Token {
        // The last token is the end, which is never left.
        self.tokens[self.at.min(self.tokens.len() - 1)]
    }

    fn said(&self, token: Token) -> &str {
        &self.text[token.start..token.end]
    }

    fn end(&self) -> usize {
        self.at.checked_sub(1).map_or(0, |before| self.tokens[before].end)
    }

    fn wrong(&self, expected: &str) -> Wrong {
        let (token, said) = (self.now(), self.said(self.now()));
        let is_keyword = KEYWORDS.iter().any(|word| word.eq_ignore_ascii_case(said));
        let what = match token.kind {
            Kind::End => "end of input".to_owned(),
            Kind::Word if !is_keyword => format!("identifier \"{said}\""),
            Kind::Number => format!("number \"{said}\""),
            Kind::Duration => format!("duration \"{said}\""),
            Kind::Text => format!("string {said}"),
            Kind::Sign | Kind::Word => format!("\"{said}\""),
        };
        Wrong { at: token.start, what: format!("unexpected {what}, expected {expected}") }
    }

    /// Tells whether the next token is one of these signs or words.
    fn is(&self, any: &[&str]) -> bool {
        let token = self.now();
        matches!(token.kind, Kind::Sign | Kind::Word)
            && any.iter().any(|one| one.eq_ignore_ascii_case(self.said(token)))
    }

    fn is_before(&self, any: &[&str]) -> bool {
        let next = self.tokens.get(self.at + 1);
        next.is_some_and(|next| any.iter().any(|one| one.eq_ignore_ascii_case(self.said(*next))))
    }

    fn takes(&mut self, any: &[&str]) -> bool {
        let is = self.is(any);
        self.at += usize::from(is);
        is
    }

    fn take(&mut self, sign: &str, expected: &str) -> Result<(), Wrong> {
        if self.takes(&[sign]) { Ok(()) } else { Err(self.wrong(expected)) }
    }

    fn take_kind(&mut self, kinds: &[Kind], expected: &str) -> Result<(), Wrong> {
        if !kinds.contains(&self.now().kind) {
            return Err(self.wrong(expected));
        }
        self.at += 1;
        Ok(())
    }

    /// Reads operators that bind at least so strongly, and what stands between them.
    fn expression(&mut self, least: usize) -> Read {
        let mut left = self.signed()?;
        while let Some(strength) = (least..OPERATORS.len()).find(|strength| self.is(OPERATORS[*strength])) {
            self.at += 1;
            self.modifiers()?;
            // A power has its right side first.
            let right = self.expression(if strength == POWER { POWER } else { strength + 1 })?;
            left = Node { start: left.start, end: right.end, children: vec![left, right] };
        }
        Ok(left)
    }

    fn signed(&mut self) -> Read {
        let start = self.now().start;
        if self.takes(&["+", "-"]) {
            let inner = self.expression(POWER)?;
            return Ok(Node { start, end: inner.end, children: vec![inner] });
        }
        let mut node = self.plain()?;
        while self.is(&["[", "@", "offset"]) {
            self.behind()?;
            node = Node { start, end: self.end(), children: vec![node] };
        }
        Ok(node)
    }

    /// Reads a window, `offset` or `@` behind an expression.
    fn behind(&mut self) -> Result<(), Wrong> {
        let duration = [Kind::Duration, Kind::Number];
        if self.takes(&["["]) {
            self.take_kind(&duration, "a duration")?;
            if self.takes(&[":"]) {
                if self.takes(&["]"]) {
                    return Ok(());
                }
                self.take_kind(&duration, "a duration or \"]\"")?;
                return self.take("]", "\"]\"");
            }
            return self.take("]", "\"]\" or \":\"");
        }
        if self.takes(&["offset"]) {
            self.takes(&["+", "-"]);
            return self.take_kind(&duration, "a duration");
        }
        self.at += 1;
        if self.takes(&["start", "end"]) {
            self.take("(", "\"(\"")?;
            return self.take(")", "\")\"");
        }
        self.takes(&["+", "-"]);
        self.take_kind(&duration, "a number, start() or end()")
    }

    fn plain(&mut self) -> Read {
        let token = self.now();
        let mut children = Vec::new();
        match token.kind {
            Kind::Number | Kind::Duration | Kind::Text => self.at += 1,
            Kind::Sign if self.is(&["{"]) => self.matchers()?,
            Kind::Sign if self.takes(&["("]) => {
                children.push(self.expression(0)?);
                self.take(")", "an operator or \")\"")?;
            }
            Kind::Word if self.is(&AGGREGATIONS) && self.is_before(&["(", "by", "without"]) => {
                self.at += 1;
                let is_grouped = self.grouping()?;
                children = self.arguments()?;
                if !is_grouped {
                    self.grouping()?;
                }
            }
            Kind::Word if !self.is(&KEYWORDS) => {
                self.at += 1;
                if self.is(&["("]) {
                    children = self.arguments()?;
                } else if self.is(&["{"]) {
                    self.matchers()?;
                }
            }
            Kind::Word | Kind::Sign | Kind::End => return Err(self.wrong("an expression")),
        }
        Ok(Node { start: token.start, end: self.end(), children })
    }

    fn arguments(&mut self) -> Result<Vec<Node>, Wrong> {
        self.take("(", "\"(\"")?;
        let mut children = Vec::new();
        if self.takes(&[")"]) {
            return Ok(children);
        }
        if self.now().kind == Kind::End {
            return Err(self.wrong("an expression or \")\""));
        }
        loop {
            children.push(self.expression(0)?);
            if !self.takes(&[","]) {
                self.take(")", "an operator, \",\" or \")\"")?;
                return Ok(children);
            }
        }
    }

    /// Reads `by (…)` or `without (…)`, if it is there.
    fn grouping(&mut self) -> Result<bool, Wrong> {
        let is_there = self.takes(&["by", "without"]);
        if is_there {
            self.labels()?;
        }
        Ok(is_there)
    }

    fn labels(&mut self) -> Result<(), Wrong> {
        self.take("(", "\"(\"")?;
        while !self.takes(&[")"]) {
            self.take_kind(&[Kind::Word, Kind::Text], "a label or \")\"")?;
            if !self.takes(&[","]) {
                return self.take(")", "\",\" or \")\"");
            }
        }
        Ok(())
    }

    /// Reads what may stand between an operator and its right side.
    fn modifiers(&mut self) -> Result<(), Wrong> {
        self.takes(&["bool"]);
        if self.takes(&["on", "ignoring"]) {
            self.labels()?;
            if self.takes(&["group_left", "group_right"]) && self.is(&["("]) {
                self.labels()?;
            }
        }
        while self.is(&["fill", "fill_left", "fill_right"]) && self.is_before(&["("]) {
            self.at += 2;
            self.takes(&["+", "-"]);
            self.take_kind(&[Kind::Number], "a number")?;
            self.take(")", "\")\"")?;
        }
        Ok(())
    }

    fn matchers(&mut self) -> Result<(), Wrong> {
        self.at += 1;
        while !self.takes(&["}"]) {
            let is_name = self.now().kind == Kind::Text;
            self.take_kind(&[Kind::Word, Kind::Text], "a label or \"}\"")?;
            // A quoted name may stand alone: it is that of the metric.
            if !(is_name && self.is(&[",", "}"])) {
                if !self.takes(&MATCHES) {
                    return Err(self.wrong("\"=\", \"!=\", \"=~\" or \"!~\""));
                }
                self.take_kind(&[Kind::Text], "a string")?;
            }
            if !self.takes(&[",", "or"]) {
                return self.take("}", "\",\" or \"}\"");
            }
        }
        Ok(())
    }
}
