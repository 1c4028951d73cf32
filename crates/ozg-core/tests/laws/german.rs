//! German messages call things by their German words: an id stands in quotes where somebody wrote it, or in parentheses where
//! it has to be typed.

use ozg_core::event::EventType;
use ozg_core::measure::Measure;
use ozg_core::words::{AuthorityKind, Qualifier, Stage, Unit};

/// Lists the ids of words that stand bare in a German text though they have a German name.
pub(crate) fn bare_ids(text: &str) -> Vec<&'static str> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ':');
    let bare = bare(text);
    let words: Vec<&str> = bare.split(|c| !is_part(c)).map(|word| word.trim_matches(':')).collect();
    let named = named().into_iter().filter(|(id, name)| id != name);
    named.map(|(id, _)| id).filter(|id| words.contains(id)).collect()
}

/// Lists the ids and German names of what people say in German.
fn named() -> Vec<(&'static str, &'static str)> {
    let stages = Stage::all().map(|word| (word.id(), word.name().de));
    let kinds = AuthorityKind::all().map(|word| (word.id(), word.name().de));
    let measures = Measure::all().map(|word| (word.id(), word.name().de));
    let units = Unit::all().map(|word| (word.id(), word.name().de));
    let qualifiers = Qualifier::all().map(|word| (word.id(), word.name().de));
    let types = EventType::all().map(|word| (word.id(), word.name().de));
    stages.chain(kinds).chain(measures).chain(units).chain(qualifiers).chain(types).collect()
}

/// Leaves out what stands in quotes or parentheses.
fn bare(text: &str) -> String {
    let mut end = None;
    let mut is_bare = |c: char| match (end, c) {
        (Some(closing), c) => {
            if c == closing {
                end = None;
            }
            false
        }
        (None, '„') => end.replace('“').is_some(),
        (None, '"') => end.replace('"').is_some(),
        (None, '(') => end.replace(')').is_some(),
        (None, _) => true,
    };
    text.chars().map(|c| if is_bare(c) { c } else { ' ' }).collect()
}

#[test]
fn ids_are_found_outside_of_quotes_and_parentheses() {
    for (text, expected) in [
        ("Die Stufe live gilt hier schon seit 2024", &["live"][..]),
        ("Die Stufe „im Einsatz“ (live) gilt hier schon", &[]),
        ("„live gegangen“ kann mehreres heißen", &[]),
        ("dienst:ewa wird von diesen Behörden ausgeführt: auslaenderbehoerde", &["auslaenderbehoerde"]),
        ("zuerst mit service-listed aufnehmen", &["service-listed"]),
    ] {
        assert_eq!(bare_ids(text), expected, "{text}");
    }
}
