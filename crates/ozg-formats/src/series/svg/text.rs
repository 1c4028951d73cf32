//! Texts of a chart: lines of a given width, numbers and dates in a language.

use super::super::lines::LineValue;
pub(super) use super::super::narrowing::date;
use ozg_core::series::Header;
use ozg_core::time::{berlin_clock, berlin_day};
use ozg_core::words::{Label, Language, Number, Qualifier};

/// Width of a character relative to the size of the letters, as in the widest of the usual fonts.
const CHARACTER_WIDTH: f64 = 0.56;
/// The months, short.
const MONTHS: [[&str; 12]; 2] = [
    ["Jan.", "Feb.", "März", "April", "Mai", "Juni", "Juli", "Aug.", "Sep.", "Okt.", "Nov.", "Dez."],
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
];

/// Returns about how wide a text is.
pub(super) fn width_of(text: &str, size: f64) -> f64 {
    text.chars().map(|_| size * CHARACTER_WIDTH).sum()
}

/// Returns how many characters of a size fit a width.
pub(super) fn characters(width: f64, size: f64) -> usize {
    let mut count = 0_u16;
    while f64::from(count + 1) * size * CHARACTER_WIDTH <= width {
        count += 1;
    }
    usize::from(count.max(1))
}

/// Splits a text into lines of so many characters, between words, or within a word that is too long (an address).
pub(super) fn wrapped(text: &str, characters: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut length = 0;
    // What stands between parts stays behind the part before it.
    let text = text.replace(" · ", "\u{a0}· ");
    for word in text.split([' ', '\n']).filter(|word| !word.is_empty()) {
        let word: Vec<char> = word.chars().collect();
        if length > 0 && length + 1 + word.len() > characters {
            lines.push(std::mem::take(&mut line));
            length = 0;
        }
        if length > 0 {
            line.push(' ');
            length += 1;
        }
        for (at, part) in cut(&word, characters).into_iter().enumerate() {
            if at > 0 {
                lines.push(std::mem::take(&mut line));
                length = 0;
            }
            line.extend(part);
            length += part.len();
        }
    }
    if length > 0 {
        lines.push(line);
    }
    lines.iter().map(|line| line.replace("\u{a0}·", " ·")).collect()
}

/// Splits a text into at most so many lines, the last of which ends in an ellipsis where there is more.
pub(super) fn wrapped_within(text: &str, characters: usize, most: usize) -> Vec<String> {
    let mut lines = wrapped(text, characters);
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            *last = shortened(&format!("{last} …"), characters);
        }
    }
    lines
}

/// Cuts a text that is too long, between words where that leaves most of it, and puts an ellipsis behind it.
pub(super) fn shortened(text: &str, characters: usize) -> String {
    if text.chars().count() <= characters {
        return text.to_owned();
    }
    let kept: String = text.chars().take(characters.saturating_sub(1)).collect();
    let kept = match kept.rsplit_once(' ') {
        Some((words, _)) if words.chars().count() * 3 > characters * 2 => words,
        _ => kept.as_str(),
    };
    let kept = kept.trim_end_matches([' ', ',', ';', ':', '…', '-', '–', '(']);
    format!("{kept}…")
}

/// Cuts a word that is too long, behind a hyphen where there is one. The characters of addresses are wider than those of words.
fn cut(word: &[char], characters: usize) -> Vec<&[char]> {
    let (mut parts, mut rest) = (Vec::new(), word);
    let is_address = rest.len() > characters && rest.contains(&'/');
    let characters = if is_address { (characters * 7 / 8).max(1) } else { characters };
    while rest.len() > characters {
        let hyphen = rest[..characters].iter().rposition(|character| *character == '-');
        let (part, behind) = rest.split_at(hyphen.map_or(characters, |at| at + 1));
        parts.push(part);
        rest = behind;
    }
    parts.push(rest);
    parts
}

/// Writes a number as people of a language do; a share in per cent, with one digit after the point.
pub(super) fn number(number: Number, is_share: bool, language: Language) -> String {
    if is_share {
        let percent = format!("{:.1}", number.to_f64() * 100.0);
        let percent = percent.strip_suffix(".0").unwrap_or(&percent);
        return format!("{} %", grouped(percent, language));
    }
    grouped(&number.to_string(), language)
}

/// Groups the digits of a number by thousands, with the marks of a language.
pub(super) fn grouped(plain: &str, language: Language) -> String {
    let (thousands, point) = match language {
        Language::German => ('.', ','),
        Language::English => (',', '.'),
    };
    let (sign, unsigned) = match plain.strip_prefix('-') {
        Some(rest) => ("\u{2212}", rest),
        None => ("", plain),
    };
    let (whole, behind) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let mut out = sign.to_owned();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(thousands);
        }
        out.push(digit);
    }
    if !behind.is_empty() {
        out.push(point);
        out.push_str(behind);
    }
    out
}

/// Writes a value with its qualifier; if several values conflict, the lowest and the highest.
pub(super) fn said(value: &LineValue, is_share: bool, language: Language) -> String {
    with_signs(value, (is_share, language), (sign, "–"))
}

/// Writes it for people who read it alone, without a key: `mehr als 120`.
pub(super) fn in_words(value: &LineValue, is_share: bool, language: Language) -> String {
    let to = Label { de: " bis ", en: " to " }.in_language(language);
    with_signs(value, (is_share, language), (words, to))
}

fn with_signs(
    value: &LineValue,
    (is_share, language): (bool, Language),
    (sign, to): (fn(Qualifier, Language) -> &'static str, &str),
) -> String {
    let written = |qualifier: Option<Qualifier>, of: Number| {
        format!("{}{}", qualifier.map_or("", |it| sign(it, language)), number(of, is_share, language))
    };
    let [lowest, most] = value.qualifiers;
    let Some(highest) = value.highest.or(value.upper) else { return written(lowest, value.number) };
    let most = if value.highest.is_some() { most } else { None };
    let lowest = written(lowest, value.number);
    format!("{}{to}{}", lowest.trim_end_matches([' ', '%', '\u{a0}']), written(most, highest))
}

/// Returns the sign that people write before an inexact number.
fn sign(qualifier: Qualifier, language: Language) -> &'static str {
    let label = |de: &'static str, en: &'static str| Label { de, en }.in_language(language);
    match qualifier {
        // A range is known by its two ends.
        Qualifier::Exact | Qualifier::Between => "",
        Qualifier::MoreThan => ">",
        Qualifier::LessThan => "<",
        Qualifier::AtLeast => label("mind.\u{a0}", "at least\u{a0}"),
        Qualifier::AtMost => label("höchstens\u{a0}", "at most\u{a0}"),
        Qualifier::About => "ca.\u{a0}",
        Qualifier::JustUnder => label("knapp\u{a0}", "nearly\u{a0}"),
    }
}

/// Returns the words that stand for it before a number.
fn words(qualifier: Qualifier, language: Language) -> &'static str {
    let label = |de: &'static str, en: &'static str| Label { de, en }.in_language(language);
    match qualifier {
        Qualifier::MoreThan => label("mehr als\u{a0}", "more than\u{a0}"),
        Qualifier::LessThan => label("weniger als\u{a0}", "less than\u{a0}"),
        other => sign(other, language),
    }
}

/// Describes the data state for people: the day and the time in Berlin, and the position.
pub(super) fn data_state(header: &Header, language: Language) -> String {
    let at = |instant: i64| {
        let (day, clock) = (berlin_day(instant), berlin_clock(instant));
        match language {
            Language::German => format!("{}, {clock} Uhr (Berlin)", day.date().format("%d.%m.%Y")),
            Language::English => format!("{}, {clock} (Berlin)", date(day, language)),
        }
    };
    let (at, position) = (header.recorded_at_ms.map_or_else(|| "–".to_owned(), at), header.position);
    match language {
        Language::German => format!("Datenstand {at}, Position {position}"),
        Language::English => format!("Data state {at}, position {position}"),
    }
}

/// Names a month, 0 to 11.
pub(super) fn month(month: usize, language: Language) -> &'static str {
    MONTHS[usize::from(language == Language::English)][month % 12]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_look_as_in_the_language() {
        let says = |text: &str| [Language::German, Language::English].map(|l| grouped(text, l));
        assert_eq!(says("1234567.5"), ["1.234.567,5", "1,234,567.5"]);
        assert_eq!(says("-999"), ["\u{2212}999", "\u{2212}999"]);
        assert_eq!(number(Number::new(13913, 5), true, Language::German), "13,9 %");
        assert_eq!(number(Number::new(5, 1), true, Language::English), "50 %");
    }

    #[test]
    fn lines_have_a_width() {
        assert_eq!(wrapped("aa bb cccccc d", 5), ["aa bb", "ccccc", "c d"]);
        assert_eq!(wrapped("Baden-Württemberg", 12), ["Baden-", "Württemberg"]);
        assert_eq!(wrapped("", 5), Vec::<String>::new());
        assert_eq!(wrapped("aa bb · cc", 5), ["aa", "bb ·", "cc"]);
        assert_eq!(wrapped("/aaaaaaaaaaaaaaaaa", 8), ["/aaaaaa", "aaaaaaa", "aaaa"]);
        assert_eq!(wrapped_within("aa bb cccccc d", 5, 2), ["aa bb", "cccc…"]);
        assert_eq!(wrapped_within("aa bb", 5, 2), ["aa bb"]);
    }

    #[test]
    fn long_names_are_cut_between_words() {
        assert_eq!(shortened("Aufenthalt", 10), "Aufenthalt");
        assert_eq!(shortened("Anmeldung, Ummeldung und Abmeldung", 26), "Anmeldung, Ummeldung und…");
        assert_eq!(shortened("Anmeldung, Ummeldung", 12), "Anmeldung…");
        assert_eq!(shortened("Donaudampfschifffahrt", 10), "Donaudamp…");
    }
}
