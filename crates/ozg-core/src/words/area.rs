//! Areas: Germany and the 16 Länder (ISO 3166-2:DE and the official Land keys).

use super::set::Set;
use super::table::{self, Word, WordRow, words};
use super::{Label, folded, word_as_text};
use crate::mistake::{Code, Fault};
use std::collections::BTreeMap;
use std::sync::LazyLock;

words! {
    /// Germany or one of its 16 Länder; Germany stands first in every list.
    Area with &'static str;
    0 DE "DE" "Deutschland" "Germany" ["bundesweit", "deutschlandweit", "bundesgebiet", "bundesrepublik", "bundesrepublik deutschland", "brd"] = "00";
    1 BW "BW" "Baden-Württemberg" "Baden-Württemberg" ["bawü", "ba-wü"] = "08";
    2 BY "BY" "Bayern" "Bavaria" ["freistaat bayern", "bay."] = "09";
    3 BE "BE" "Berlin" "Berlin" = "11";
    4 BB "BB" "Brandenburg" "Brandenburg" ["brbg.", "brdbg.", "bbg."] = "12";
    5 HB "HB" "Bremen" "Bremen" ["freie hansestadt bremen", "hansestadt bremen"] = "04";
    6 HH "HH" "Hamburg" "Hamburg" ["freie und hansestadt hamburg", "hansestadt hamburg"] = "02";
    7 HE "HE" "Hessen" "Hesse" = "06";
    8 MV "MV" "Mecklenburg-Vorpommern" "Mecklenburg-Western Pomerania" ["m-v", "meck-pomm", "meckpomm"] = "13";
    9 NI "NI" "Niedersachsen" "Lower Saxony" ["nds."] = "03";
    10 NW "NW" "Nordrhein-Westfalen" "North Rhine-Westphalia" ["nrw"] = "05";
    11 RP "RP" "Rheinland-Pfalz" "Rhineland-Palatinate" ["rlp"] = "07";
    12 SL "SL" "Saarland" "Saarland" = "10";
    13 SN "SN" "Sachsen" "Saxony" ["freistaat sachsen"] = "14";
    14 ST "ST" "Sachsen-Anhalt" "Saxony-Anhalt" ["lsa"] = "15";
    15 SH "SH" "Schleswig-Holstein" "Schleswig-Holstein" ["s-h"] = "01";
    16 TH "TH" "Thüringen" "Thuringia" ["freistaat thüringen", "thür."] = "16";
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

    /// Reads `DE`, `BW`, `DE-BW`, the official key `08` (or `8`, `00` for Germany), the name or an official short form
    /// (`NRW`, `Freistaat Bayern`, `Land Brandenburg`).
    ///
    /// # Errors
    /// `unknown_area` for anything else; of `Bund` it names the two things that are meant by it.
    pub fn read(text: &str) -> Result<Area, Fault> {
        Area::find(text).ok_or_else(|| match folded(text).as_str() {
            "bund" => two_things(text),
            _ => {
                let what = Label { de: "Das Gebiet", en: "The area" };
                table::unknown_word::<Area>(text, Code::UnknownArea, what)
            }
        })
    }

    /// Finds the area that a text names, as [`Area::read`] does.
    #[must_use]
    pub fn find(text: &str) -> Option<Area> {
        let word = folded(text);
        if !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit()) {
            let is_key = |key: &str| key == word || key.trim_start_matches('0') == word;
            return Area::all().find(|area| is_key(area.official_key()));
        }
        let short = word.strip_prefix("de ").or_else(|| word.strip_prefix("land ")).unwrap_or(&word);
        SPELLINGS.get(short).copied()
    }
}

impl Area {
    /// Lists the areas whose names are nearly what was written: one typing mistake, two in a long name.
    pub(crate) fn near(text: &str) -> Vec<Area> {
        let word = folded(text);
        let allowed = if word.len() < 5 { 0 } else { 1 + usize::from(word.len() >= 8) };
        let is_near = |area: &Area| {
            let names = [area.name().de, area.name().en];
            names.into_iter().any(|name| (1..=allowed).contains(&strsim::osa_distance(&folded(name), &word)))
        };
        if word.len() > 40 { Vec::new() } else { Area::all().filter(is_near).collect() }
    }
}

/// The names of the areas, folded.
static SPELLINGS: LazyLock<BTreeMap<String, Area>> = LazyLock::new(|| {
    let of_row = |row: &'static WordRow<Area>| {
        let names = [row.id, row.name.de, row.name.en].into_iter().chain(row.also.iter().copied());
        names.map(|name| (folded(name), row.word))
    };
    Area::TABLE.iter().flat_map(of_row).collect()
});

/// Makes the fault of a word that means Germany to some and its authorities to others.
pub(crate) fn two_things(text: &str) -> Fault {
    Fault::say(
        Code::UnknownArea,
        format!(
            "„{text}“ meint zweierlei: Deutschland als Gebiet (DE), oder allein die Leistungen des Bundes (DE mit der Eingrenzung „nur Bund“). Eines davon angeben"
        ),
        format!(
            "\"{text}\" means two things: Germany as an area (DE), or the services of the Bund alone (DE with the scope \"nur Bund\"). Give one of them"
        ),
    )
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
        for (area, spellings) in [
            (Area::DE, &["germany", "00", "bundesweit", "Bundesrepublik Deutschland", "BRD"][..]),
            (Area::BW, &["BaWü", "Ba-Wü", "Bawue", "Baden-Wuerttemberg", "Land Baden Württemberg"]),
            (Area::BY, &["Freistaat Bayern", "Bay."]),
            (Area::BB, &["Land Brandenburg", "Brbg.", "brbg", "BB\u{a0}"]),
            (Area::HB, &["4", "04", "Freie Hansestadt Bremen"]),
            (Area::HH, &["Hansestadt Hamburg", "Freie und Hansestadt Hamburg"]),
            (Area::MV, &["Mecklenburg Vorpommern", "M-V", "MeckPomm"]),
            (Area::NW, &["NRW", "Nordrhein Westfalen"]),
            (Area::ST, &["Sachsen Anhalt", "LSA"]),
            (Area::TH, &["Thueringen", "Thür.", "Freistaat Thu\u{308}ringen"]),
        ] {
            for text in spellings {
                assert_eq!(Area::read(text), Ok(area), "{text}");
            }
        }
        assert_eq!(Area::from_official_key("12"), Some(Area::BB));
    }

    #[test]
    fn says_what_is_allowed() {
        let fault = Area::read("XX").unwrap_err();
        assert_eq!(fault.code, Code::UnknownArea);
        assert!(fault.message.en.contains("\"XX\" is unknown. Allowed: DE, BW, BY"), "{fault}");
        for text in ["17", "", "0", "SA", "Land", "Land Berlin und Brandenburg"] {
            assert_eq!(Area::find(text), None, "{text}");
        }
        let bund = Area::read("Bund").unwrap_err();
        assert!(
            bund.message.de.contains("DE") && bund.message.de.contains("nur Bund") && bund.hint.is_none()
        );
    }
}
