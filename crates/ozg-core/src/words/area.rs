//! Areas: Germany and the 16 Länder (ISO 3166-2:DE and the official Land keys).

use super::set::{Member, Set};
use super::{Label, unknown, word_as_text};
use crate::mistake::{Code, Fault};
use serde::{Deserialize, Serialize};

/// Germany or one of its 16 Länder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the variants are the ids themselves; names stand in the table below")]
#[rustfmt::skip]
pub enum Area { DE, BW, BY, BE, BB, HB, HH, HE, MV, NI, NW, RP, SL, SN, ST, SH, TH }

struct Row {
    area: Area,
    id: &'static str,
    key: &'static str,
    name: Label,
}

const fn row(area: Area, id: &'static str, key: &'static str, de: &'static str, en: &'static str) -> Row {
    Row { area, id, key, name: Label { de, en } }
}

/// The order of this table is the order of every list of areas.
const TABLE: [Row; 17] = [
    row(Area::DE, "DE", "00", "Deutschland", "Germany"),
    row(Area::BW, "BW", "08", "Baden-Württemberg", "Baden-Württemberg"),
    row(Area::BY, "BY", "09", "Bayern", "Bavaria"),
    row(Area::BE, "BE", "11", "Berlin", "Berlin"),
    row(Area::BB, "BB", "12", "Brandenburg", "Brandenburg"),
    row(Area::HB, "HB", "04", "Bremen", "Bremen"),
    row(Area::HH, "HH", "02", "Hamburg", "Hamburg"),
    row(Area::HE, "HE", "06", "Hessen", "Hesse"),
    row(Area::MV, "MV", "13", "Mecklenburg-Vorpommern", "Mecklenburg-Western Pomerania"),
    row(Area::NI, "NI", "03", "Niedersachsen", "Lower Saxony"),
    row(Area::NW, "NW", "05", "Nordrhein-Westfalen", "North Rhine-Westphalia"),
    row(Area::RP, "RP", "07", "Rheinland-Pfalz", "Rhineland-Palatinate"),
    row(Area::SL, "SL", "10", "Saarland", "Saarland"),
    row(Area::SN, "SN", "14", "Sachsen", "Saxony"),
    row(Area::ST, "ST", "15", "Sachsen-Anhalt", "Saxony-Anhalt"),
    row(Area::SH, "SH", "01", "Schleswig-Holstein", "Schleswig-Holstein"),
    row(Area::TH, "TH", "16", "Thüringen", "Thuringia"),
];

impl Area {
    /// How many areas there are, Germany included.
    pub const COUNT: usize = TABLE.len();

    /// Lists Germany and the Länder in the order of every list.
    pub fn all() -> impl ExactSizeIterator<Item = Area> + Clone {
        TABLE.iter().map(|row| row.area)
    }

    /// Lists the 16 Länder.
    pub fn laender() -> impl ExactSizeIterator<Item = Area> + Clone {
        TABLE.iter().skip(1).map(|row| row.area)
    }

    /// Returns the area at the place `index` of the list; the counterpart of [`Area::index`].
    #[must_use]
    pub fn from_index(index: usize) -> Option<Area> {
        TABLE.get(index).map(|row| row.area)
    }

    /// Returns its place in the list, 0 for Germany.
    #[must_use]
    pub fn index(self) -> usize {
        self as usize
    }

    /// Returns the id, such as `BW`.
    #[must_use]
    pub fn id(self) -> &'static str {
        TABLE[self.index()].id
    }

    /// Returns the two-digit official key of the Land (`08`), `00` for Germany.
    #[must_use]
    pub fn official_key(self) -> &'static str {
        TABLE[self.index()].key
    }

    /// Returns the Land with this two-digit official key.
    #[must_use]
    pub fn from_official_key(key: &str) -> Option<Area> {
        TABLE.iter().skip(1).find(|row| row.key == key).map(|row| row.area)
    }

    /// Returns the name in both languages.
    #[must_use]
    pub fn name(self) -> Label {
        TABLE[self.index()].name
    }

    /// Reads `DE`, `BW`, `DE-BW`, the official key `08` (or `8`), or the name.
    ///
    /// # Errors
    /// `unknown_area` for anything else.
    pub fn read(text: &str) -> Result<Area, Fault> {
        let word = text.trim();
        let short = word.strip_prefix("DE-").or_else(|| word.strip_prefix("de-")).unwrap_or(word);
        let key = if word.len() == 1 { format!("0{word}") } else { word.to_owned() };
        TABLE
            .iter()
            .find(|row| {
                row.id.eq_ignore_ascii_case(short)
                    || row.name.de.eq_ignore_ascii_case(word)
                    || row.name.en.eq_ignore_ascii_case(word)
                    || (row.area != Area::DE && row.key == key)
            })
            .map(|row| row.area)
            .ok_or_else(|| {
                let what = Label { de: "Das Gebiet", en: "The area" };
                unknown(Code::UnknownArea, what, text, TABLE.iter().map(|row| row.id))
            })
    }
}

word_as_text!(Area);

impl std::fmt::Display for Area {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id())
    }
}

/// A set of areas.
pub type AreaSet = Set<Area>;

impl Member for Area {
    fn number(self) -> usize {
        self.index()
    }

    fn with_number(number: usize) -> Option<Area> {
        Area::from_index(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_variants() {
        for (index, area) in Area::all().enumerate() {
            assert_eq!(area.index(), index);
            assert_eq!(Area::read(area.id()), Ok(area));
        }
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
