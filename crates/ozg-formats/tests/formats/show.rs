//! What the tests compare: statements and mistakes as lines of text.

use expect_test::Expect;
use ozg_core::event::{Draft, Event, Replaces};
use ozg_core::mistake::Mistake;
use ozg_core::words::Language;
use ozg_formats::events::event_json;
use ozg_formats::input::{InputKind, read_drafts};
use ozg_formats::problem::mistake_line;

/// Compares what an input of a guessed kind says, or all its mistakes.
pub(crate) fn check(input: &[u8], expected: &Expect) {
    check_as(input, None, expected);
}

/// Compares what an input of a kind says, or all its mistakes.
pub(crate) fn check_as(input: &[u8], kind: Option<InputKind>, expected: &Expect) {
    expected.assert_eq(&shown(read_drafts(input, kind, None)));
}

fn shown(result: Result<Vec<Draft>, Vec<Mistake>>) -> String {
    match result {
        Ok(drafts) => drafts.into_iter().map(|draft| line(&draft)).collect(),
        Err(mistakes) => mistakes.iter().map(mistake).collect(),
    }
}

fn mistake(mistake: &Mistake) -> String {
    format!("{} {}\n", mistake.code.as_str(), mistake_line("in", mistake, Language::English))
}

fn line(draft: &Draft) -> String {
    let standing = if draft.replaces == Some(Replaces::Standing) { " (replaces standing)" } else { "" };
    format!("{} {}{standing}\n", draft.at.line, event_json(&event(draft)))
}

/// Makes the event that a draft says; without an id it gets the nil one.
pub(crate) fn event(draft: &Draft) -> Event {
    let replaces = match draft.replaces {
        Some(Replaces::Entry(entry)) => Some(entry),
        Some(Replaces::Standing) | None => None,
    };
    Event {
        id: draft.id.unwrap_or_default(),
        body: draft.body.clone(),
        source: draft.source.clone(),
        note: draft.note.clone(),
        reason: draft.reason.clone(),
        replaces,
    }
}
