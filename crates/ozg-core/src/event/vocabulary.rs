//! Every word that input may have, list by list: how it is written and what it means, from the tables that read it.

use crate::measure::Measure;
use crate::words::{
    Area, AssessmentStatus, AuthorityKind, DATE_FORMS, Implementation, PartialDate, Qualifier, Stage, Topic,
    Unit, VAGUE, Word,
};

/// One way to write a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spelling {
    /// How it is written; case, blanks and hyphens do not matter.
    pub written: String,
    /// Its meaning; for a spelling that is refused, the spellings to write in its place.
    pub means: String,
    /// Whether it is read, or refused because it is vague or has two meanings.
    pub is_read: bool,
}

/// A list of words.
pub struct Vocabulary {
    /// What it is a list of, as in `/v1/words/stage`.
    pub list: &'static str,
    /// How each word is written.
    pub spellings: fn() -> Vec<Spelling>,
}

/// All lists.
pub const VOCABULARIES: [Vocabulary; 10] = [
    Vocabulary { list: "stage", spellings: stages },
    Vocabulary { list: "date", spellings: dates },
    Vocabulary { list: "qualifier", spellings: of_table::<Qualifier> },
    Vocabulary { list: "area", spellings: of_table::<Area> },
    Vocabulary { list: "topic", spellings: of_table::<Topic> },
    Vocabulary { list: "kind", spellings: of_table::<AuthorityKind> },
    Vocabulary { list: "unit", spellings: of_table::<Unit> },
    Vocabulary { list: "measure", spellings: of_table::<Measure> },
    Vocabulary { list: "status", spellings: of_table::<AssessmentStatus> },
    Vocabulary { list: "implementation", spellings: of_table::<Implementation> },
];

fn of_table<W: Word>() -> Vec<Spelling> {
    let mut spellings: Vec<Spelling> = Vec::new();
    for (row, written) in W::TABLE.iter().flat_map(|row| row.spellings().map(move |written| (row, written))) {
        if spellings.iter().all(|known| known.written != written) {
            spellings.push(Spelling { written: written.to_owned(), means: row.id.to_owned(), is_read: true });
        }
    }
    spellings
}

fn stages() -> Vec<Spelling> {
    let of_two = Stage::words_of_two().map(|(written, stages)| Spelling {
        written: written.to_owned(),
        means: stages.map(Stage::id).join(" | "),
        is_read: false,
    });
    of_table::<Stage>().into_iter().chain(of_two).collect()
}

fn dates() -> Vec<Spelling> {
    let of_forms = DATE_FORMS.iter().map(|form| Spelling {
        written: form.example.to_owned(),
        means: PartialDate::read(form.example).map_or_else(|_| String::new(), |date| date.to_string()),
        is_read: true,
    });
    let vague = VAGUE.iter().map(|word| {
        let written = format!("{word} 2024");
        let hint = PartialDate::read(&written).err().and_then(|fault| fault.hint);
        Spelling { written, means: hint.map_or_else(String::new, |hint| hint.en), is_read: false }
    });
    of_forms.chain(vague).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_date_is_read_and_vague_ones_are_refused() {
        for date in dates() {
            assert_eq!(PartialDate::read(&date.written).is_ok(), date.is_read, "{date:?}");
            assert!(date.means.is_empty() || PartialDate::read(&date.means).is_ok(), "{date:?}");
        }
    }
}
