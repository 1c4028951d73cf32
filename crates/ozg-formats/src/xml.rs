//! Texts in XML: charts, sheets, feeds.

use quick_xml::escape::partial_escape;
use std::borrow::Cow;

/// Escapes a text for XML, in elements and in attributes with double quotes; a character that XML cannot hold becomes U+FFFD.
///
/// `a<b> & "c"` is `a&lt;b&gt; &amp; &quot;c&quot;`.
#[must_use]
pub fn escape(text: &str) -> String {
    let held: Cow<'_, str> = match text.contains(is_foreign) {
        true => text.replace(is_foreign, "\u{fffd}").into(),
        false => text.into(),
    };
    partial_escape(held).replace('"', "&quot;")
}

/// Tells whether XML 1.0 cannot hold a character, or only as a reference.
pub(crate) fn is_foreign(character: char) -> bool {
    match character {
        '\t' | '\n' => false,
        '\u{fffe}' | '\u{ffff}' => true,
        character => character.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_escaped() {
        assert_eq!(escape("<a & \"b\u{1}\">"), "&lt;a &amp; &quot;b\u{fffd}&quot;&gt;");
        assert_eq!(escape("it's \ta\nb"), "it's \ta\nb");
    }
}
