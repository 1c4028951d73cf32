//! Values: the mark of a missing value, and numbers as Prometheus writes them.

/// The mark of a missing value: a NaN whose bits no calculation yields.
pub const ABSENT: f64 = f64::from_bits(0x7ff8_0000_0bad_cafe);

/// Tells whether a value is not the mark [`ABSENT`].
#[inline]
#[must_use]
pub fn is_present(value: f64) -> bool {
    value.to_bits() != ABSENT.to_bits()
}

/// Returns the value, or the mark [`ABSENT`].
#[inline]
pub(crate) fn or_absent(value: Option<f64>) -> f64 {
    value.unwrap_or(ABSENT)
}

/// Prometheus writes an exponent for magnitudes from the first of these on, and below the second.
const EXPONENT_FROM: f64 = 1e21;
const EXPONENT_BELOW: f64 = 1e-6;
/// Whole numbers below this are exact (2^53).
const WHOLE_MAX: f64 = 9_007_199_254_740_992.0;

/// Writes a value as Prometheus does: the shortest digits that mean the same number, such as `0.1`, `1e+21`, `+Inf`.
pub fn write_value(out: &mut Vec<u8>, value: f64) {
    let size = value.abs();
    if size < WHOLE_MAX && value.fract() == 0.0 && !(value == 0.0 && value.is_sign_negative()) {
        #[expect(clippy::cast_possible_truncation, reason = "whole and small enough, checked before")]
        out.extend_from_slice(itoa::Buffer::new().format(value as i64).as_bytes());
    } else if size != 0.0 && size.is_finite() && !(EXPONENT_BELOW..EXPONENT_FROM).contains(&size) {
        let text = format!("{value:e}");
        let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let (sign, exponent) = exponent.strip_prefix('-').map_or(('+', exponent), |rest| ('-', rest));
        out.extend_from_slice(format!("{digits}e{sign}{exponent:0>2}").as_bytes());
    } else {
        out.extend_from_slice(plain(value).as_bytes());
    }
}

/// Writes a number without an exponent, as labels hold it.
pub(crate) fn plain(value: f64) -> String {
    if value.is_nan() {
        "NaN".to_owned()
    } else if value.is_infinite() {
        if value > 0.0 { "+Inf".to_owned() } else { "-Inf".to_owned() }
    } else {
        format!("{value}")
    }
}

/// Writes milliseconds as seconds: 1,500 as `1.500`, 2,000 as `2`.
pub fn write_seconds(out: &mut Vec<u8>, ms: i64) {
    let (whole, rest) = (ms.unsigned_abs() / 1_000, ms.unsigned_abs() % 1_000);
    if ms < 0 {
        out.push(b'-');
    }
    out.extend_from_slice(itoa::Buffer::new().format(whole).as_bytes());
    if rest != 0 {
        out.extend_from_slice(format!(".{rest:03}").as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_prometheus_does() {
        let shown = |value: f64| {
            let mut out = Vec::new();
            write_value(&mut out, value);
            String::from_utf8(out).unwrap()
        };
        let all =
            [0.0, -0.0, -12.0, 0.1, 1e20, 1e21, -1.5e-7, 1e-6, f64::NAN, f64::INFINITY, f64::NEG_INFINITY];
        let texts: Vec<String> = all.into_iter().map(shown).collect();
        let expected = "0 -0 -12 0.1 100000000000000000000 1e+21 -1.5e-07 0.000001 NaN +Inf -Inf";
        assert_eq!(texts.join(" "), expected);
        let mut out = Vec::new();
        [0, 1_500, -20, 1_700_000_000_000].into_iter().for_each(|ms| {
            write_seconds(&mut out, ms);
            out.push(b' ');
        });
        assert_eq!(String::from_utf8(out).unwrap(), "0 1.500 -0.020 1700000000 ");
        assert!(is_present(f64::NAN) && !is_present(ABSENT));
    }
}
