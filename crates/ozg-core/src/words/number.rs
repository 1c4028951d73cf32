//! Exact decimal numbers.

use super::plain::plain;
use super::word_as_text;
use crate::mistake::{Code, Fault};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// An exact decimal number: `digits / 10^places`, without trailing zeros behind the point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Number {
    digits: i64,
    places: u8,
}

/// Largest number that is believed, either side of zero.
pub(crate) const NUMBER_MAX: i64 = 1_000_000_000_000;
/// Most digits behind the point.
pub(crate) const PLACES_MAX: u8 = 6;

impl Number {
    /// Makes a number from digits and how many of them stand behind the point.
    #[must_use]
    pub fn new(digits: i64, places: u8) -> Number {
        let (mut digits, mut places) = (digits, places);
        while places > 0 && digits % 10 == 0 {
            digits /= 10;
            places -= 1;
        }
        Number { digits, places }
    }

    /// Reads a number just as it is written out: `1.234` is one here, which a person may mean as a thousand.
    #[must_use]
    pub fn written(text: &str) -> Option<Number> {
        let (whole, behind) = text.split_once('.').unwrap_or((text, ""));
        let digits: i64 = format!("{whole}{behind}").parse().ok()?;
        Some(Number::new(digits, u8::try_from(behind.len()).ok()?))
    }

    /// Returns the whole number, none where there is something behind the point.
    #[must_use]
    pub fn whole(self) -> Option<i64> {
        (self.places == 0).then_some(self.digits)
    }

    /// Returns how many digits stand behind the point.
    #[must_use]
    pub fn places(self) -> u8 {
        self.places
    }

    /// Tells whether it lies below zero.
    #[must_use]
    pub fn is_negative(self) -> bool {
        self.digits < 0
    }

    /// Returns the nearest floating-point number.
    #[must_use]
    pub fn to_f64(self) -> f64 {
        #[expect(
            clippy::cast_precision_loss,
            reason = "numbers are at most 10^12 with 6 places, within 2^63"
        )]
        let digits = self.digits as f64;
        digits / 10f64.powi(i32::from(self.places))
    }

    /// Returns the hundredth part, as which a percentage is a share.
    #[must_use]
    pub fn hundredth(self) -> Number {
        Number::new(self.digits, self.places + 2)
    }

    /// Returns the number a hundred times: the percentage that a share is.
    #[must_use]
    pub fn hundredfold(self) -> Number {
        Number::new(self.digits.saturating_mul(100), self.places)
    }

    /// Returns the number with the other sign.
    #[must_use]
    pub fn negated(self) -> Number {
        Number { digits: -self.digits, ..self }
    }

    /// Returns the sum.
    #[must_use]
    pub fn plus(self, other: Number) -> Number {
        let places = self.places.max(other.places);
        Number::new(self.at(places).saturating_add(other.at(places)), places)
    }

    /// Returns the quotient, rounded half away from zero to six digits behind the point; none for a zero below.
    #[must_use]
    pub fn divided_by(self, other: Number) -> Option<Number> {
        if let (Some(above @ -1_000_000_000..=1_000_000_000), Some(below @ 1..)) =
            (self.whole(), other.whole())
        {
            // Counts, by far the most: the same in 64 bits.
            let scaled = above * 2_000_000 / below;
            return Some(Number::new((scaled + scaled.signum()) / 2, SHARE_PLACES));
        }
        let places = self.places.max(other.places);
        let (above, below) = (i128::from(self.at(places)), i128::from(other.at(places)));
        if below == 0 {
            return None;
        }
        let scaled = above * 10i128.pow(u32::from(SHARE_PLACES)) * 2 / below;
        let rounded = (scaled + scaled.signum()) / 2;
        i64::try_from(rounded).ok().map(|digits| Number::new(digits, SHARE_PLACES))
    }

    fn at(self, places: u8) -> i64 {
        self.digits.saturating_mul(10i64.pow(u32::from(places - self.places)))
    }

    /// Returns the number with so many zeros behind it.
    pub(super) fn with_zeros(self, zeros: i32) -> Result<Number, NoNumber> {
        let (mut digits, mut places) = (self.digits, i32::from(self.places) - zeros);
        while places < 0 {
            digits = digits.checked_mul(10).ok_or(NoNumber::OutOfRange)?;
            places += 1;
        }
        let number = u8::try_from(places).ok().filter(|places| *places <= PLACES_MAX);
        let number = Number::new(digits, number.ok_or(NoNumber::OutOfRange)?);
        let is_believed = number.to_f64().abs() <= Number::new(NUMBER_MAX, 0).to_f64();
        if is_believed { Ok(number) } else { Err(NoNumber::OutOfRange) }
    }

    /// Reads `1234`, `-11`, `12.5` or `12,5`, `1 000`, `1.234.567,8`, `1e5`.
    ///
    /// # Errors
    /// `bad_number` for other forms and for `1.234`, which may mean two things; `number_out_of_range` beyond 10^12.
    pub fn read(text: &str) -> Result<Number, Fault> {
        Number::parse(&plain(text)).map_err(|reason| match reason {
            NoNumber::Form => not_a_number(text),
            NoNumber::OutOfRange => out_of_range(text),
            NoNumber::Ambiguous(whole, behind) => {
                let unsigned = plain(text).trim_start_matches(['-', '+', '\u{2212}']).to_owned();
                ambiguous(text, &whole, &behind).hint(plain(text).replacen(
                    &unsigned,
                    &format!("{whole}{behind}"),
                    1,
                ))
            }
        })
    }

    /// Reads a number without anything around it.
    pub(super) fn parse(text: &str) -> Result<Number, NoNumber> {
        let word = text.trim().replace('\u{2212}', "-");
        let (sign, unsigned) = match word.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, word.strip_prefix('+').unwrap_or(&word)),
        };
        if let Some((digits, zeros)) = unsigned.split_once(['e', 'E']) {
            let zeros = zeros.strip_prefix('+').unwrap_or(zeros);
            let zeros = zeros.parse().ok().filter(|zeros| (-6..=12).contains(zeros));
            return Number::unsigned(digits)?
                .with_zeros(zeros.ok_or(NoNumber::Form)?)
                .map(|number| number.signed(sign));
        }
        Number::unsigned(unsigned).map(|number| number.signed(sign))
    }

    fn signed(self, sign: i64) -> Number {
        Number { digits: sign * self.digits, ..self }
    }

    fn unsigned(text: &str) -> Result<Number, NoNumber> {
        let (whole, behind) = split(text).ok_or(NoNumber::Form)?;
        let is_open = text.matches(|c: char| !c.is_ascii_digit()).count() == 1 && text.contains(['.', ',']);
        if is_open && behind.len() == 3 && whole.len() <= 3 && whole != "0" {
            return Err(NoNumber::Ambiguous(whole, behind));
        }
        if behind.len() > usize::from(PLACES_MAX) || whole.trim_start_matches('0').len() > 13 {
            return Err(NoNumber::OutOfRange);
        }
        let joined = format!("{whole}{behind}").parse().map_err(|_| NoNumber::OutOfRange)?;
        Number::new(joined, u8::try_from(behind.len()).expect("checked to be at most PLACES_MAX"))
            .with_zeros(0)
    }
}

/// Why a text is no number.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NoNumber {
    /// It does not have the form of a number.
    Form,
    /// It has two readings: `1.234` may be 1234, or 1 and 234 thousandths. Holds the digits before the point and those behind
    /// it.
    Ambiguous(String, String),
    /// It is too large, or too precise.
    OutOfRange,
}

/// Splits an unsigned number into its digits before and behind the point, without what groups thousands: a blank or an
/// apostrophe, or a point or comma where it stands more than once or the other one is the decimal point.
fn split(text: &str) -> Option<(String, String)> {
    let last = |mark: char| text.rfind(mark);
    let once = |mark: char| text.matches(mark).count() == 1;
    let point = match (last('.'), last(',')) {
        (Some(point), Some(comma)) => Some(point.max(comma)),
        (Some(point), None) if once('.') => Some(point),
        (None, Some(comma)) if once(',') => Some(comma),
        _ => None,
    };
    let (whole, behind) = point.map_or((text, None), |at| (&text[..at], Some(&text[at + 1..])));
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let marks: Vec<char> = whole.chars().filter(|c| !c.is_ascii_digit()).collect();
    let is_grouped =
        marks.iter().all(|mark| *mark == marks[0] && matches!(mark, ' ' | '\'' | '’' | '.' | ','));
    let groups: Vec<&str> = whole.split(|c: char| !c.is_ascii_digit()).collect();
    let fits = match groups.as_slice() {
        [only] => is_digits(only),
        [first, rest @ ..] => {
            is_digits(first)
                && first.len() <= 3
                && rest.iter().all(|group| is_digits(group) && group.len() == 3)
        }
        [] => false,
    };
    let is_number = is_grouped && fits && behind.is_none_or(is_digits);
    is_number.then(|| (groups.concat(), behind.unwrap_or_default().to_owned()))
}

/// Digits behind the point of a share.
pub(crate) const SHARE_PLACES: u8 = 6;

impl From<i64> for Number {
    fn from(whole: i64) -> Number {
        Number::new(whole, 0)
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Number) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Number) -> Ordering {
        let places = self.places.max(other.places);
        self.at(places).cmp(&other.at(places))
    }
}

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.places == 0 {
            return write!(f, "{}", self.digits);
        }
        let sign = if self.digits < 0 { "-" } else { "" };
        let scale = 10u64.pow(u32::from(self.places));
        let digits = self.digits.unsigned_abs();
        write!(f, "{sign}{}.{:0width$}", digits / scale, digits % scale, width = usize::from(self.places))
    }
}

fn not_a_number(text: &str) -> Fault {
    Fault::say(Code::BadNumber, format!("„{text}“ ist keine Zahl"), format!("\"{text}\" is not a number"))
}

pub(super) fn ambiguous(text: &str, whole: &str, behind: &str) -> Fault {
    Fault::say(
        Code::BadNumber,
        format!("„{text}“ kann {whole}{behind} oder {whole},{behind} heißen; ohne Tausenderpunkt schreiben"),
        format!(
            "\"{text}\" may mean {whole}{behind} or {whole}.{behind}; write it without a thousands separator"
        ),
    )
}

pub(super) fn out_of_range(text: &str) -> Fault {
    Fault::say(
        Code::NumberOutOfRange,
        format!(
            "„{text}“ liegt außerhalb des Möglichen (bis 10^12, höchstens {PLACES_MAX} Nachkommastellen)"
        ),
        format!(
            "\"{text}\" is outside what is possible (up to 10^12, at most {PLACES_MAX} digits behind the point)"
        ),
    )
}

word_as_text!(Number);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_rounded_half_away_from_zero() {
        let share =
            |above: i64, below: i64| Number::from(above).divided_by(below.into()).map(|n| n.to_string());
        assert_eq!(share(290, 575).as_deref(), Some("0.504348"));
        assert_eq!(share(1, 2).as_deref(), Some("0.5"));
        assert_eq!(share(-1, 3).as_deref(), Some("-0.333333"));
        assert_eq!(share(2, 3).as_deref(), Some("0.666667"));
        assert_eq!(share(1, 0), None);
        assert_eq!(share(2_000_000_000, 3).as_deref(), Some("666666666.666667"));
    }
}
