//! Prepares the text of a query for the parser: drops comments, writes raw strings with escapes, and limits the parts
//! that may cost much. The parser reads this output, so the two cannot disagree about where a string ends.

use crate::errors::Error;
use crate::matcher::pattern;

/// Longest text of a query, in bytes.
pub const QUERY_BYTES_MAX: usize = 32 << 10;
/// Most brackets, operators and signs of a query; each may nest the evaluation by one level.
const PARTS_MAX: usize = 600;
/// Most regular expressions of a query.
const PATTERNS_MAX: usize = 16;

/// Prepares a text for the parser.
///
/// # Errors
/// `BadData` for a text that is too long, nests too deep, or has too many or too large patterns.
pub(crate) fn prepared(text: &str) -> Result<String, Error> {
    if text.len() > QUERY_BYTES_MAX {
        return Err(too_long());
    }
    let mut walk = Walk { out: String::with_capacity(text.len()), ..Walk::default() };
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        match c {
            '#' => {
                // A comment ends with its line.
                let _ = rest.by_ref().find(|c| *c == '\n');
                walk.word_ends();
                walk.out.push('\n');
            }
            '"' | '\'' | '`' => walk.string(c, &mut rest)?,
            c => walk.sign(c),
        }
    }
    walk.word_ends();
    if walk.parts > PARTS_MAX || walk.patterns > PATTERNS_MAX {
        return Err(too_long());
    }
    Ok(walk.out)
}

fn too_long() -> Error {
    Error::bad(format!(
        "parse error: the expression is too long, at most {QUERY_BYTES_MAX} bytes, {PARTS_MAX} brackets and operators and {PATTERNS_MAX} regular expressions"
    ))
}

#[derive(Default)]
struct Walk {
    out: String,
    word: String,
    parts: usize,
    patterns: usize,
    /// The previous sign, and whether a pattern comes next.
    before: char,
    is_pattern: bool,
}

impl Walk {
    fn sign(&mut self, c: char) {
        match c {
            c if c.is_alphanumeric() || c == '_' => self.word.push(c),
            '(' | '[' | '{' | '+' | '-' | '*' | '/' | '%' | '^' | '<' | '>' | '=' | '!' => {
                self.word_ends();
                self.parts += 1;
            }
            _ => self.word_ends(),
        }
        self.is_pattern =
            (c == '~' && matches!(self.before, '=' | '!')) || (self.is_pattern && c.is_whitespace());
        self.before = c;
        self.out.push(c);
    }

    fn word_ends(&mut self) {
        self.parts += usize::from(is_operator(&self.word));
        self.word.clear();
    }

    /// Copies a string up to its end. A string without an end is left to the parser, which refuses it.
    fn string(&mut self, quote: char, rest: &mut std::str::Chars<'_>) -> Result<(), Error> {
        self.word_ends();
        let start = self.out.len();
        let is_raw = quote == '`';
        self.out.push(if is_raw { '"' } else { quote });
        let mut content = String::new();
        let mut ended = false;
        while let Some(c) = rest.next() {
            match c {
                c if c == quote => {
                    ended = true;
                    break;
                }
                '\\' if is_raw => self.out.push_str("\\\\"),
                '"' if is_raw => self.out.push_str("\\\""),
                '\n' if is_raw => self.out.push_str("\\n"),
                '\\' => {
                    self.out.push('\\');
                    // The parser reads the escape; the size of a pattern is measured with the escape resolved.
                    let next = rest.next();
                    self.out.extend(next);
                    content.extend(next.filter(|next| *next != '\\').map_or(Some('\\'), |_| None));
                    content.extend(next.filter(|next| *next != '\\'));
                    continue;
                }
                c => self.out.push(c),
            }
            content.push(c);
        }
        if !ended {
            if is_raw {
                self.out.replace_range(start..=start, "`");
            }
            return Ok(());
        }
        self.out.push(if is_raw { '"' } else { quote });
        if std::mem::take(&mut self.is_pattern) {
            self.patterns += 1;
            // A text that is not a pattern is refused by the parser, in its own words.
            if pattern(&content).is_err_and(|error| matches!(error, regex::Error::CompiledTooBig(_))) {
                return Err(Error::bad("parse error: a regular expression is too large"));
            }
        }
        Ok(())
    }
}

fn is_operator(word: &str) -> bool {
    ["and", "or", "unless", "atan2"].iter().any(|known| known.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_go_and_raw_strings_are_escaped() {
        assert_eq!(prepared("a # \"(((\n+ b").unwrap(), "a \n+ b");
        assert_eq!(prepared(r#"x{a=~`D\w"`}"#).unwrap(), r#"x{a=~"D\\w\""}"#);
        let quoted = r##"x{a="# no \" comment"}"##;
        assert_eq!(prepared(quoted).unwrap(), quoted);
        assert_eq!(prepared("x{a=`b").unwrap(), "x{a=`b");
    }

    #[test]
    fn what_nests_or_grows_is_bounded() {
        let deep = |depth: usize| format!("{}1{}", "1+(".repeat(depth), ")".repeat(depth));
        assert!(prepared(&deep(100)).is_ok());
        assert!(prepared(&deep(3_000)).is_err());
        assert!(prepared(&format!("# \"\n{}", deep(3_000))).is_err());
        assert!(prepared(&format!("x {}", "and(x)".repeat(400))).is_err());
        let matchers = |count: usize| format!("x{{{}}}", "a=~\"b\",".repeat(count));
        assert!(prepared(&matchers(10)).is_ok() && prepared(&matchers(60)).is_err());
        assert!(prepared("x{a=~\"\\\\w{90000}\"}").is_err());
        assert!(prepared("x{a =~ \"[\\\\w-]+.*\"}").is_ok());
    }
}
