//! The licences of data that the tracker knows by name. Any other is used as the operator gives it.

use ozg_core::words::Label;

/// One licence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Licence {
    /// Id, as the operator configures it.
    pub id: &'static str,
    /// Id in the form of SPDX and of the Open Definition, where a standard demands that.
    pub standard_id: &'static str,
    /// Name in both languages.
    pub name: Label,
    /// Address of its text.
    pub url: &'static str,
}

/// The licences that are known.
pub const LICENCES: [Licence; 4] = [
    Licence {
        id: "dl-de/by-2-0",
        standard_id: "dl-de-by-2.0",
        name: Label {
            de: "Datenlizenz Deutschland – Namensnennung – Version 2.0",
            en: "Data licence Germany – attribution – version 2.0",
        },
        url: "https://www.govdata.de/dl-de/by-2-0",
    },
    Licence {
        id: "dl-de/zero-2-0",
        standard_id: "dl-de-zero-2.0",
        name: Label {
            de: "Datenlizenz Deutschland – Zero – Version 2.0",
            en: "Data licence Germany – Zero – version 2.0",
        },
        url: "https://www.govdata.de/dl-de/zero-2-0",
    },
    Licence {
        id: "CC-BY-4.0",
        standard_id: "CC-BY-4.0",
        name: Label {
            de: "Creative Commons Namensnennung 4.0 International",
            en: "Creative Commons Attribution 4.0 International",
        },
        url: "https://creativecommons.org/licenses/by/4.0/",
    },
    Licence {
        id: "CC0-1.0",
        standard_id: "CC0-1.0",
        name: Label { de: "Creative Commons Zero 1.0 Universell", en: "Creative Commons Zero 1.0 Universal" },
        url: "https://creativecommons.org/publicdomain/zero/1.0/",
    },
];

impl Licence {
    /// Finds a licence by either of its ids, in upper or lower case.
    #[must_use]
    pub fn find(text: &str) -> Option<&'static Licence> {
        let same = |id: &str| id.eq_ignore_ascii_case(text.trim());
        LICENCES.iter().find(|licence| same(licence.id) || same(licence.standard_id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn either_id_finds_it() {
        let by = Licence::find("dl-de/by-2-0");
        assert_eq!(by.map(|licence| licence.url), Some("https://www.govdata.de/dl-de/by-2-0"));
        assert_eq!(Licence::find("DL-DE-BY-2.0"), by);
        assert_eq!(Licence::find("own"), None);
    }
}
