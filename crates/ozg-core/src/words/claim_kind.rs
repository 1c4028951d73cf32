//! Whether a claim is of a day or of a span of days.

use super::table::words;

words! {
    /// What a claim counts (rule 6b).
    ClaimKind;
    /// What there is on a day; it holds until the next one.
    0 Stock "stock" "Bestand" "stock";
    /// A change or a flow within a period.
    1 Period "period" "Zeitraum" "period";
}
