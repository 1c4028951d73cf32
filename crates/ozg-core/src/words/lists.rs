//! The list of all tables of closed words. A table that is missing here does not compile.

use super::table::codes;

macro_rules! lists {
    ($($word:ident $path:ty;)+) => {
        /// A closed list of words.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum List {
            $($word),+
        }

        impl List {
            /// Returns the name of the list.
            pub(crate) const fn name(self) -> &'static str {
                match self {
                    $(List::$word => stringify!($word),)+
                }
            }
        }

        /// Writes the codes of all tables in the order of their rows, a line a table (`Unit 0 1 2`). Memory and snapshots
        /// hold the places of rows: a snapshot may be read only where this text is the same.
        #[must_use]
        pub fn order_of_tables() -> String {
            let mut text = String::new();
            $(codes::<$path>(&mut text);)+
            text
        }

        #[cfg(test)]
        #[test]
        fn every_code_and_every_spelling_is_given_once() {
            $(super::table::tests::check::<$path>();)+
        }

        #[cfg(test)]
        #[test]
        fn no_hint_means_another_word() {
            $(super::table::tests::check_hints::<$path>();)+
        }
    };
}

lists! {
    Area super::Area;
    AssessmentStatus super::AssessmentStatus;
    AuthorityKind super::AuthorityKind;
    Basis super::Basis;
    ClaimKind super::ClaimKind;
    Dimension crate::measure::Dimension;
    EventType crate::event::EventType;
    Implementation super::Implementation;
    Measure crate::measure::Measure;
    Model super::Model;
    Qualifier super::Qualifier;
    Remark super::Remark;
    Stage super::Stage;
    Topic super::Topic;
    Unit super::Unit;
}
