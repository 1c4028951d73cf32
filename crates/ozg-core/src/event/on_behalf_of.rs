//! For which office a coordinator corrected, ended or withdrew: a fact beside the entry (rule 27).

use super::beside::Facts;

/// The code of the fact beside an entry that names the office for which it was said.
const CODE: u32 = 2;

/// Returns the fact that an entry was said for an office.
pub(crate) fn on_behalf_of(office: &str) -> Facts {
    Facts::from([(CODE, office.as_bytes().to_vec())])
}

/// Reads from the facts beside an entry for which office it was said; none where its office spoke for itself.
#[must_use]
pub fn said_for(facts: &Facts) -> Option<&str> {
    std::str::from_utf8(facts.get(&CODE)?).ok()
}
