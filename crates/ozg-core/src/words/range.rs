//! Ranges as they were printed: "100–120", "100-120", "zwischen 100 und 120" (rule 6a).

use super::{Figure, Number, Qualifier};
use crate::mistake::{Code, Fault};
use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeTuple, Serializer};

/// What stands between the ends of a range: a dash of any length, or a minus as keyboards have it.
const DASHES: [char; 6] = ['-', '\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2014}'];

/// Finds the two ends of a range in a text in lower case; none where it is no range.
pub(super) fn ends(text: &str) -> Option<(&str, &str)> {
    for (before, between) in [("zwischen ", " und "), ("between ", " and ")] {
        if let Some(rest) = text.strip_prefix(before) {
            return rest.split_once(between);
        }
    }
    // Behind an `e` a minus is that of a power of ten.
    let is_between = |(at, c): &(usize, char)| DASHES.contains(c) && !text[..*at].ends_with('e');
    let (at, dash) = text.char_indices().skip(1).find(is_between)?;
    let (lower, upper) = (text[..at].trim_end(), text[at + dash.len_utf8()..].trim_start());
    let has_number = |end: &str| end.contains(|c: char| c.is_ascii_digit());
    (has_number(lower) && has_number(upper)).then_some((lower, upper))
}

/// Reads a range from its two ends; `text` is the whole of it, as written.
pub(super) fn read(text: &str, lower: &str, upper: &str) -> Result<Figure, Fault> {
    let (Ok(lower), Ok(upper)) = (Number::read(lower), Number::read(upper)) else {
        return Err(Fault::say(
            Code::BadNumber,
            format!("„{text}“ ist keine Spanne; so wird sie geschrieben: 100–120, zwischen 100 und 120"),
            format!("\"{text}\" is no range; it is written so: 100–120, between 100 and 120"),
        ));
    };
    Figure::between(lower, upper).ok_or_else(|| {
        let fault = Fault::say(
            Code::BadNumber,
            format!("„{text}“: das untere Ende einer Spanne steht zuerst"),
            format!("\"{text}\": the lower end of a range comes first"),
        );
        fault.hint(format!("{upper}–{lower}"))
    })
}

/// In the log number and qualifier, and behind them the higher end where they are a range.
impl Serialize for Figure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut parts = serializer.serialize_tuple(if self.upper.is_some() { 3 } else { 2 })?;
        parts.serialize_element(&self.number)?;
        parts.serialize_element(&self.qualifier)?;
        self.upper.iter().try_for_each(|upper| parts.serialize_element(upper))?;
        parts.end()
    }
}

impl<'de> Deserialize<'de> for Figure {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Figure, D::Error> {
        struct Parts;
        impl<'de> Visitor<'de> for Parts {
            type Value = Figure;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a number with its qualifier")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Figure, A::Error> {
                let ends = || A::Error::custom("a figure breaks off");
                let number: Number = parts.next_element()?.ok_or_else(ends)?;
                let qualifier: Qualifier = parts.next_element()?.ok_or_else(ends)?;
                if qualifier != Qualifier::Between {
                    return Ok(Figure::new(number, qualifier));
                }
                let upper: Number = parts.next_element()?.ok_or_else(ends)?;
                let range = Figure::between(number, upper).filter(|range| range.upper.is_some());
                range.ok_or_else(|| A::Error::custom("the ends of a range are not in order"))
            }
        }
        deserializer.deserialize_tuple(3, Parts)
    }
}
