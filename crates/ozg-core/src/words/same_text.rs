//! The same text in other clothes (rule 6d). What is looked up is compared without regard to how its letters are composed, to
//! case and to blanks; what is recorded is compared exactly, but for how its letters are composed.

use super::plain;

/// Returns a text as it is compared where it is looked up: composed, without case, each run of white space and zero-width
/// characters as one blank, trimmed.
#[must_use]
pub fn looked_up(text: &str) -> String {
    let one = plain(text);
    // Upper case first, so that ß and SS are alike.
    if one.is_ascii() { one.to_ascii_lowercase() } else { one.to_uppercase().to_lowercase() }
}

/// Tells whether two texts are the same where they are looked up.
#[must_use]
pub fn same_text(left: &str, right: &str) -> bool {
    left == right || looked_up(left) == looked_up(right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rule_06d_one_text_in_other_clothes() {
        let source = "Landkreis Märkisch-Oderland";
        for other in [
            "landkreis  Ma\u{308}rkisch-Oderland\u{200b} ",
            "LANDKREIS MÄRKISCH-ODERLAND",
            "Landkreis\u{a0}Märkisch-Oderland",
            "\u{feff}Landkreis\tMärkisch-Oderland",
        ] {
            assert!(same_text(source, other), "{other:?}");
        }
        assert!(same_text("Straße", "STRASSE") && same_text("", " \u{200b}"));
        for other in
            ["Landkreis Maerkisch-Oderland", "LandkreisMärkisch-Oderland", "Landkreis Märkisch Oderland"]
        {
            assert!(!same_text(source, other), "{other:?}");
        }
    }
}
