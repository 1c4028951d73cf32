//! Where a query is wrong and what was expected there. The parser tells neither, so that a query that it refuses is read
//! again here: by its tokens, down to the smallest expression that is refused by itself.

mod tokens;
mod tree;

use crate::errors::Error;
use crate::matcher::pattern;
use tree::Node;

/// What is wrong, and the byte at which it begins.
#[derive(Debug, PartialEq, Eq)]
struct Wrong {
    at: usize,
    what: String,
}

/// What every message of a wrong query begins with, behind its place.
const PARSE_ERROR: &str = "parse error: ";
/// What the parser says of a pattern, which follows.
const ILLEGAL_PATTERN: &str = "illegal regex for ";
/// Kinds of values as the parser names them, and as Prometheus does.
const KINDS: [(&str, &str); 4] = [
    ("type matrix", "type range vector"),
    ("type vector", "type instant vector"),
    ("got matrix", "got range vector"),
    ("got vector", "got instant vector"),
];
/// Most bytes that the search for the smallest wrong expression reads; a longer search gives a larger expression.
const SEARCH_BYTES_MAX: usize = 1 << 20;

/// Adds line and column to why a query was refused, and says what was expected if it is no query at all. `read` reads a part
/// of the query by itself.
pub(crate) fn placed<T>(text: &str, why: &str, read: impl Fn(&str) -> Result<T, Error>) -> String {
    let why = why.strip_prefix(PARSE_ERROR).unwrap_or(why);
    let wrong = match tree::read(text) {
        Err(wrong) => wrong,
        Ok(node) => smallest(text, node, why, read),
    };
    let before = &text[..wrong.at];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let what = KINDS.iter().fold(wrong.what, |what, (theirs, known)| what.replace(theirs, known));
    let what = what.strip_prefix(ILLEGAL_PATTERN).map(of_pattern).unwrap_or(what);
    format!("{line}:{column}: {PARSE_ERROR}{what}")
}

/// Tells why a pattern is none; the parser tells only that.
fn of_pattern(text: &str) -> String {
    let why = pattern(text).err().map(|error| error.to_string()).unwrap_or_default();
    let why = why.lines().last().unwrap_or_default().trim_start_matches("error: ");
    format!("the regular expression {text:?} is wrong: {why}")
}

/// Finds the smallest expression that is refused by itself, and why.
fn smallest<T>(text: &str, root: Node, why: &str, read: impl Fn(&str) -> Result<T, Error>) -> Wrong {
    let (mut node, mut what) = (root, why.to_owned());
    let mut left = SEARCH_BYTES_MAX;
    loop {
        let part = |child: &Node| &text[child.start..child.end];
        let found = std::mem::take(&mut node.children).into_iter().find_map(|child| {
            left = left.checked_sub(part(&child).len())?;
            match read(part(&child)) {
                Err(Error::BadData(why)) => Some((child, why)),
                _ => None,
            }
        });
        match found {
            Some((child, why)) => {
                (node, what) = (child, why.strip_prefix(PARSE_ERROR).map(str::to_owned).unwrap_or(why));
            }
            None => return Wrong { at: node.start, what },
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::parse::{Query, parse_selector};

    /// Queries with what is said of them.
    const SAID: &[(&str, &str)] = &[
        ("sum(x) by area", r#"1:11: parse error: unexpected identifier "area", expected "(""#),
        ("foo bar", r#"1:5: parse error: unexpected identifier "bar", expected an operator or the end"#),
        ("x +", "1:4: parse error: unexpected end of input, expected an expression"),
        ("sum by (area) x", r#"1:15: parse error: unexpected identifier "x", expected "(""#),
        ("x > bool", "1:9: parse error: unexpected end of input, expected an expression"),
        ("x @ end", r#"1:8: parse error: unexpected end of input, expected "(""#),
        ("x / on area y", r#"1:8: parse error: unexpected identifier "area", expected "(""#),
        ("", "1:1: parse error: unexpected end of input, expected an expression"),
        ("sum(", r#"1:5: parse error: unexpected end of input, expected an expression or ")""#),
        ("sum(x", r#"1:6: parse error: unexpected end of input, expected an operator, "," or ")""#),
        ("(x", r#"1:3: parse error: unexpected end of input, expected an operator or ")""#),
        ("(x))", r#"1:4: parse error: unexpected ")", expected an operator or the end"#),
        ("sum(x,)", r#"1:7: parse error: unexpected ")", expected an expression"#),
        ("x{area}", r#"1:7: parse error: unexpected "}", expected "=", "!=", "=~" or "!~""#),
        ("x{area=DE}", r#"1:8: parse error: unexpected identifier "DE", expected a string"#),
        ("x{area=\"DE\"", r#"1:12: parse error: unexpected end of input, expected "," or "}""#),
        ("x{area==\"DE\"}", r#"1:7: parse error: unexpected "==", expected "=", "!=", "=~" or "!~""#),
        ("x{,}", r#"1:3: parse error: unexpected ",", expected a label or "}""#),
        ("x{area=\"DE}", r#"1:8: parse error: the string does not end"#),
        ("rate(x[5])y", r#"1:11: parse error: unexpected identifier "y", expected an operator or the end"#),
        ("rate(x[])", r#"1:8: parse error: unexpected "]", expected a duration"#),
        ("rate(x[5 d])", r#"1:10: parse error: unexpected identifier "d", expected "]" or ":""#),
        ("rate(x[1x])", r#"1:8: parse error: "1x" is no number and no duration"#),
        ("x offset", "1:9: parse error: unexpected end of input, expected a duration"),
        ("x @ y", r#"1:5: parse error: unexpected identifier "y", expected a number, start() or end()"#),
        ("1 + § + 2", r#"1:5: parse error: unexpected character "§""#),
        ("x and\n  # words (\n  (y +)", r#"3:7: parse error: unexpected ")", expected an expression"#),
        ("x / group_left () y", r#"1:5: parse error: unexpected "group_left", expected an expression"#),
        ("x + fill(y) z", r#"1:10: parse error: unexpected identifier "y", expected a number"#),
        ("x =~ y", r#"1:3: parse error: unexpected "=~", expected an operator or the end"#),
        (
            "1 + rate(x)",
            "1:5: parse error: expected type range vector in call to function 'rate', got instant vector",
        ),
        ("1 + nothing(x)", "1:5: parse error: unknown function with name 'nothing'"),
        ("sum(x) + (1 == 2)", "1:11: parse error: comparisons between scalars must use BOOL modifier"),
        (
            "abs(x) or\n sum(x, y)",
            "2:2: parse error: wrong number of arguments for aggregate expression provided, expected 1, got 2",
        ),
        ("1 + x{a=~\"b(\"}", r#"1:5: parse error: the regular expression "b(" is wrong: unclosed group"#),
        ("abs({})", "1:5: parse error: vector selector must contain at least one non-empty matcher"),
        ("1 + sum(x and fill(1) y)", "1:9: parse error: filling in is not allowed for the set operator and"),
        ("sum(x{a=\"b\" or c=\"d\"})", "1:5: parse error: `or` between label matchers is not PromQL"),
    ];

    #[test]
    fn what_is_wrong_has_a_place_and_says_what_was_expected() {
        for (text, said) in SAID {
            assert_eq!(Query::read(text).unwrap_err().to_string(), *said, "{text}");
        }
        let selector = parse_selector("x{area=}").unwrap_err().to_string();
        assert_eq!(selector, r#"1:8: parse error: unexpected "}", expected a string"#);
    }

    /// The grammar here must not be narrower than that of the parser: it would name a wrong place.
    #[test]
    fn what_the_parser_reads_is_read_here_too() {
        for text in [
            "-x ^ -2 % +3 atan2 y",
            "sum by (a, b,) (x)",
            "sum(x) without ()",
            "topk(3, x) by (le)",
            "x{a=\"b\",}",
            "{\"x\", a!~'b'}",
            "x[5m:]",
            "x[5m:1m] offset -1d @ end()",
            "x @ +1.5e3 offset 1d",
            "a:b:c",
            "x == bool on (a) group_left (b, c) y",
            "x * ignoring () group_right y",
            "x + on (a) group_left fill_left (-1) fill_right (+2) y",
            "Inf + nan + .5 + 0x1f + 5. + 1d",
            "sum",
            "by",
            "x and sum",
            "fill + fill(0) fill",
            "start() + end()",
            "label_replace(x, \"a\", `b\\`, 'c', \"#\") # words",
            "count_values(\"v\", x)",
            "x offset 1d12h",
            "((x))[1w:2d]",
            "rate(x[5m] offset 1m)",
            "pi()",
            "x unless on (a) y or z",
        ] {
            assert!(promql_parser::parser::parse(&crate::text::prepared(text).unwrap()).is_ok(), "{text}");
            assert!(super::tree::read(text).is_ok(), "{text}: {:?}", super::tree::read(text));
        }
    }
}
