//! Numbers in sheets. The language of the headings says whether `1.234` is a thousand and more, or one and a bit.

use ozg_core::words::Language;

/// Returns a printed text with its numbers in their unambiguous form: `rund 1.234` becomes `rund 1234` under German headings
/// and `rund 1.2340` under English ones. All else stays as it is.
pub(crate) fn normal(text: &str, language: Language) -> String {
    let (thousands, point) = match language {
        Language::German => ('.', ','),
        Language::English => (',', '.'),
    };
    let (mut normal, mut rest) = (String::new(), text);
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at(start);
        let end = from.find(|c: char| !matches!(c, '0'..='9' | '.' | ',')).unwrap_or(from.len());
        let (number, after) = from.split_at(from[..end].trim_end_matches(['.', ',']).len());
        normal.push_str(before);
        normal.push_str(digits(number, thousands, point).as_deref().unwrap_or(number));
        rest = after;
    }
    normal + rest
}

/// Writes the number of a numeric cell so that its point cannot be taken for a thousands separator.
pub(crate) fn exact(text: &str) -> String {
    match text.rsplit_once('.') {
        Some((_, behind)) if behind.len() == 3 => format!("{text}0"),
        _ => text.to_owned(),
    }
}

/// Writes a number as a language prints it, so that [`normal`] reads the same number.
pub(crate) fn printed(text: &str, language: Language) -> String {
    match language {
        Language::German => text
            .strip_prefix("ca. ")
            .map_or_else(|| text.replace('.', ","), |number| format!("ca. {}", number.replace('.', ","))),
        Language::English => text.to_owned(),
    }
}

/// Reads groups of three digits, optionally followed by a point and more digits; none for other forms.
fn digits(number: &str, thousands: char, point: char) -> Option<String> {
    let (whole, behind) = match number.split_once(point) {
        Some((whole, behind)) => (whole, Some(behind)),
        None => (number, None),
    };
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = whole.split(thousands);
    let first = groups.next().filter(|first| is_digits(first))?;
    let rest: Vec<&str> = groups.collect();
    let grouped = first.len() <= 3 && rest.iter().all(|group| is_digits(group) && group.len() == 3);
    if !(rest.is_empty() || grouped) || !behind.is_none_or(is_digits) {
        return None;
    }
    let whole = format!("{first}{}", rest.concat());
    Some(behind.map_or(whole.clone(), |behind| exact(&format!("{whole}.{behind}"))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_of_the_headings_decides() {
        let table = [
            ("1.234", "1234", "1.2340"),
            ("1,5", "1.5", "1,5"),
            ("1.234.567,89", "1234567.89", "1.234.567,89"),
            ("1,234,567.89", "1,234,567.89", "1234567.89"),
            ("1,234", "1.2340", "1234"),
            ("12.5", "12.5", "12.5"),
            (">1.234", ">1234", ">1.2340"),
            ("ca. 1.234", "ca. 1234", "ca. 1.2340"),
            ("-1.234", "-1234", "-1.2340"),
            ("290", "290", "290"),
            ("1.23.4", "1.23.4", "1.23.4"),
            ("viele", "viele", "viele"),
            ("rund 1.000", "rund 1000", "rund 1.0000"),
            ("5 von 1.016 Kommunen", "5 von 1016 Kommunen", "5 von 1.0160 Kommunen"),
            ("1.000–1.200", "1000–1200", "1.0000–1.2000"),
            ("1,2 Mio.", "1.2 Mio.", "1,2 Mio."),
            ("2024-06", "2024-06", "2024-06"),
            ("", "", ""),
        ];
        for (text, german, english) in table {
            assert_eq!(normal(text, Language::German), german, "{text}");
            assert_eq!(normal(text, Language::English), english, "{text}");
        }
        for text in ["1.234", "ca. 1.5", "-12.125", ">270", "1234"] {
            for language in [Language::German, Language::English] {
                assert_eq!(
                    normal(&printed(text, language), language).trim_end_matches('0'),
                    text.trim_end_matches('0')
                );
            }
        }
        assert_eq!((exact("1.234"), exact("0.5"), exact("7")), ("1.2340".into(), "0.5".into(), "7".into()));
    }
}
