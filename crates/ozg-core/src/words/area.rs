//! Areas: Germany and the 16 Länder (ISO 3166-2:DE and the official Land keys).

use super::set::Set;
use super::table::{self, Word, words};
use super::{Label, word_as_text};
use crate::mistake::{Code, Fault};

words! {
    /// Germany or one of its 16 Länder; Germany stands first in every list.
    Area with &'static str;
    0 DE "DE" "Deutschland" "Germany" = "00";
    1 BW "BW" "Baden-Württemberg" "Baden-Württemberg" = "08";
    2 BY "BY" "Bayern" "Bavaria" = "09";
    3 BE "BE" "Berlin" "Berlin" = "11";
    4 BB "BB" "Brandenburg" "Brandenburg" = "12";
    5 HB "HB" "Bremen" "Bremen" = "04";
    6 HH "HH" "Hamburg" "Hamburg" = "02";
    7 HE "HE" "Hessen" "Hesse" = "06";
    8 MV "MV" "Mecklenburg-Vorpommern" "Mecklenburg-Western Pomerania" = "13";
    9 NI "NI" "Niedersachsen" "Lower Saxony" = "03";
    10 NW "NW" "Nordrhein-Westfalen" "North Rhine-Westphalia" = "05";
    11 RP "RP" "Rheinland-Pfalz" "Rhineland-Palatinate" = "07";
    12 SL "SL" "Saarland" "Saarland" = "10";
    13 SN "SN" "Sachsen" "Saxony" = "14";
    14 ST "ST" "Sachsen-Anhalt" "Saxony-Anhalt" = "15";
    15 SH "SH" "Schleswig-Holstein" "Schleswig-Holstein" = "01";
    16 TH "TH" "Thüringen" "Thuringia" = "16";
}

impl Area {
    /// Lists the 16 Länder.
    pub fn laender() -> impl ExactSizeIterator<Item = Area> + Clone {
        Area::all().skip(1)
    }

    /// Returns the two-digit official key of the Land (`08`), `00` for Germany.
    #[must_use]
    pub fn official_key(self) -> &'static str {
        self.word_row().columns
    }

    /// Returns the Land with this two-digit official key.
    #[must_use]
    pub fn from_official_key(key: &str) -> Option<Area> {
        Area::laender().find(|land| land.official_key() == key)
    }

    /// Reads `DE`, `BW`, `DE-BW`, the official key `08` (or `8`), or the name.
    ///
    /// # Errors
    /// `unknown_area` for anything else.
    pub fn read(text: &str) -> Result<Area, Fault> {
        let word = text.trim();
        let short = word.strip_prefix("DE-").or_else(|| word.strip_prefix("de-")).unwrap_or(word);
        let key = if word.len() == 1 { format!("0{word}") } else { word.to_owned() };
        let what = Label { de: "Das Gebiet", en: "The area" };
        let found = table::find(short).or_else(|| Area::from_official_key(&key));
        found.ok_or_else(|| table::unknown_word::<Area>(text, Code::UnknownArea, what))
    }
}

word_as_text!(Area);

/// A set of areas.
pub type AreaSet = Set<Area>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn germany_stands_first() {
        assert_eq!(Area::from_index(0), Some(Area::DE));
        assert_eq!(Area::laender().len(), 16);
    }

    #[test]
    fn reads_what_people_write() {
        for text in ["BW", "bw", "DE-BW", "08", "8", "Baden-Württemberg", " BW "] {
            assert_eq!(Area::read(text), Ok(Area::BW), "{text}");
        }
        assert_eq!(Area::read("germany"), Ok(Area::DE));
        assert_eq!(Area::from_official_key("12"), Some(Area::BB));
    }

    #[test]
    fn says_what_is_allowed() {
        let fault = Area::read("XX").unwrap_err();
        assert_eq!(fault.code, Code::UnknownArea);
        assert!(fault.message.en.contains("\"XX\" is unknown. Allowed: DE, BW, BY"), "{fault}");
        assert!(Area::read("17").is_err());
        assert!(Area::read("00").is_err());
    }
}
