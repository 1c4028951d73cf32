//! The tokens of a query, each with its place.

use super::Wrong;

/// The kind of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name or a keyword.
    Word,
    Number,
    Duration,
    Text,
    /// An operator or a bracket.
    Sign,
    /// What follows the last token.
    End,
}

/// A token: its kind, and from which byte to which it reaches.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Signs of two letters, then those of one; no sign begins with a later one of two letters.
const SIGNS: [&str; 24] = [
    "==", "!=", "=~", "!~", ">=", "<=", "=", ">", "<", "+", "-", "*", "/", "%", "^", "@", "(", ")", "{", "}",
    "[", "]", ",", ":",
];
const UNITS: [&str; 7] = ["ms", "s", "m", "h", "d", "w", "y"];

/// Splits a query into tokens; the last is [`Kind::End`].
pub(super) fn read(text: &str) -> Result<Vec<Token>, Wrong> {
    let mut tokens = Vec::new();
    let (mut at, mut brackets) = (0, 0_usize);
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let (kind, length) = match first {
            letter if letter.is_ascii_whitespace() => (None, 1),
            '#' => (None, rest.find('\n').unwrap_or(rest.len())),
            '"' | '\'' | '`' => (Some(Kind::Text), string(rest, first, at)?),
            digit if digit.is_ascii_digit() || is_fraction(rest) => {
                let length = digits(rest);
                (Some(number(&rest[..length], at)?), length)
            }
            letter if is_letter(letter) || (letter == ':' && brackets == 0) => {
                let in_word = |letter: char| {
                    is_letter(letter) || letter.is_ascii_digit() || (letter == ':' && brackets == 0)
                };
                let length = rest.find(|letter| !in_word(letter)).unwrap_or(rest.len());
                let is_number = ["inf", "nan"].iter().any(|name| name.eq_ignore_ascii_case(&rest[..length]));
                (Some(if is_number { Kind::Number } else { Kind::Word }), length)
            }
            other => {
                let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign));
                let sign =
                    sign.ok_or_else(|| Wrong { at, what: format!("unexpected character \"{other}\"") })?;
                match *sign {
                    "[" => brackets += 1,
                    "]" => brackets = brackets.saturating_sub(1),
                    _ => {}
                }
                (Some(Kind::Sign), sign.len())
            }
        };
        tokens.extend(kind.map(|kind| Token { kind, start: at, end: at + length }));
        at += length;
    }
    tokens.push(Token { kind: Kind::End, start: at, end: at });
    Ok(tokens)
}

fn is_letter(letter: char) -> bool {
    letter.is_ascii_alphabetic() || letter == '_'
}

fn is_fraction(rest: &str) -> bool {
    rest.strip_prefix('.').is_some_and(|rest| rest.starts_with(|next: char| next.is_ascii_digit()))
}

/// Returns the length of a string; in backticks nothing is escaped.
fn string(rest: &str, quote: char, at: usize) -> Result<usize, Wrong> {
    let mut is_escaped = false;
    for (index, letter) in rest.char_indices().skip(1) {
        if letter == quote && !is_escaped {
            return Ok(index + quote.len_utf8());
        }
        is_escaped = letter == '\\' && !is_escaped && quote != '`';
    }
    Err(Wrong { at, what: "the string does not end".to_owned() })
}

/// Returns the length of what begins like a number: digits, letters, points, and the sign of an exponent.
fn digits(rest: &str) -> usize {
    let is_hex = rest.starts_with("0x") || rest.starts_with("0X");
    let mut before = ' ';
    for (index, letter) in rest.char_indices() {
        let is_sign = matches!(letter, '+' | '-') && matches!(before, 'e' | 'E') && !is_hex;
        if !(letter.is_ascii_alphanumeric() || letter == '.' || letter == '_' || is_sign) {
            return index;
        }
        before = letter;
    }
    rest.len()
}

fn number(text: &str, at: usize) -> Result<Kind, Wrong> {
    let hex = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"));
    let is_number = match hex {
        Some(hex) => !hex.is_empty() && hex.bytes().all(|digit| digit.is_ascii_hexdigit()),
        None => text.parse::<f64>().is_ok(),
    };
    if is_number {
        Ok(Kind::Number)
    } else if is_duration(text) {
        Ok(Kind::Duration)
    } else {
        Err(Wrong { at, what: format!("{text:?} is no number and no duration") })
    }
}

fn is_duration(text: &str) -> bool {
    let mut rest = text;
    while !rest.is_empty() {
        let unit = rest.trim_start_matches(|letter: char| letter.is_ascii_digit());
        let Some(name) =
            UNITS.iter().find(|name| unit.starts_with(**name)).filter(|_| unit.len() < rest.len())
        else {
            return false;
        };
        rest = &unit[name.len()..];
    }
    true
}
