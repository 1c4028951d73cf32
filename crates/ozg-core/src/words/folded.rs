//! Letters as they are compared where something is looked up: without case and accents, umlauts as they are transcribed.

use super::plain::plain;

/// Returns a text as names are compared: in lower case, umlauts and ß as they are transcribed (`ä` and `ae` are alike),
/// other accents left out, everything between letters and digits as one blank. Two texts that are the same by rule 6d are the
/// same name.
///
/// `Baden-Württemberg`, `BADEN-WUERTTEMBERG` and `baden  wu\u{308}rttemberg` are all `baden wuerttemberg`.
#[must_use]
pub fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len() + 4);
    let mut is_apart = false;
    for letter in letters(&plain(text)) {
        if is_accent(letter) {
            continue;
        }
        if letter.is_alphanumeric() {
            if is_apart && !folded.is_empty() {
                folded.push(' ');
            }
            is_apart = false;
            folded.push(letter);
        } else {
            is_apart = true;
        }
    }
    folded
}

/// Returns the letters of a text in NFC, in lower case and without accents; an umlaut is two letters.
pub(super) fn letters(text: &str) -> impl Iterator<Item = char> {
    // Upper case first, so that ß and SS are alike.
    let lower = text.chars().flat_map(char::to_uppercase).flat_map(char::to_lowercase);
    lower.flat_map(|letter| {
        let (plain, own) = match without_accent(letter) {
            Some(plain) => (plain, None),
            None => ("", Some(letter)),
        };
        plain.chars().chain(own)
    })
}

/// Tells whether a character is an accent that no letter has taken up.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Returns how a letter with an accent is written without it, as far as names of places in Germany have such letters.
fn without_accent(letter: char) -> Option<&'static str> {
    if letter.is_ascii() {
        return None;
    }
    Some(match letter {
        'ä' | 'æ' => "ae",
        'ö' | 'œ' => "oe",
        'ü' => "ue",
        'á' | 'à' | 'â' | 'ã' | 'å' | 'ą' => "a",
        'é' | 'è' | 'ê' | 'ë' | 'ě' | 'ę' => "e",
        'í' | 'ì' | 'î' | 'ï' => "i",
        'ó' | 'ò' | 'ô' | 'õ' | 'ø' => "o",
        'ú' | 'ù' | 'û' | 'ů' => "u",
        'ç' | 'ć' | 'č' => "c",
        'ñ' | 'ń' | 'ň' => "n",
        'ś' | 'š' => "s",
        'ź' | 'ż' | 'ž' => "z",
        'ŕ' | 'ř' => "r",
        'ł' => "l",
        'ý' => "y",
        'ď' => "d",
        'ť' => "t",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::same_text;

    #[test]
    fn what_people_take_for_one_name_is_one() {
        for (name, spellings) in [
            (
                "baden wuerttemberg",
                &["Baden-Württemberg", "BADEN–WUERTTEMBERG", "Baden\u{a0} Wu\u{308}rttemberg"][..],
            ),
            ("potsdam stadt", &["Potsdam, Stadt", " potsdam (Stadt)", "Pots\u{ad}dam,\u{200b}Stadt"]),
            ("grossraeschen", &["Großräschen", "GROSSRAESCHEN"]),
            ("cottbus chosebuz", &["Cottbus/Chóśebuz", "Cottbus - Chosebuz"]),
            ("", &["", " – ", "\u{200b}"]),
        ] {
            for text in spellings {
                assert_eq!(folded(text), name, "{text}");
            }
        }
        assert_ne!(folded("Halle"), folded("Halle (Saale)"));
    }

    #[test]
    fn rule_06d_the_same_text_is_the_same_name() {
        for (one, other) in [
            ("Landkreis Märkisch-Oderland", "LANDKREIS\u{a0}MA\u{308}RKISCH-ODERLAND\u{200b}"),
            ("Straßenverkehrsamt", "STRASSENVERKEHRSAMT"),
            ("Bad\u{200b}Belzig", "bad  belzig"),
            ("Pots\u{ad}dam", "Potsdam"),
            ("Chóśebuz", "CHO\u{301}S\u{301}EBUZ"),
        ] {
            assert!(same_text(one, other), "{one}");
            assert_eq!(folded(one), folded(other), "{one}");
        }
    }
}
