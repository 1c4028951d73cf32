//! What a value rests on.

use super::table::words;

words! {
    /// What a value rests on; values of two of them are never added or mixed.
    Basis;
    /// Milestones that were recorded.
    0 Counted "counted" "gezählt" "counted";
    /// Claims that a source published about exactly this scope.
    1 Reported "reported" "berichtet" "reported";
    /// The sum of claims about single services, on request only.
    2 Summed "summed" "Summe der Angaben" "sum of claims";
    /// A target that was set for the day.
    3 Target "target" "Ziel" "target";
}
