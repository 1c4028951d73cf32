//! Statements and mistakes as lines of text, which the tests compare.

use expect_test::Expect;
use ozg_core::edition::{Edition, EditionRow, Stated};
use ozg_core::event::{Draft, Event, Replaces};
use ozg_core::mistake::Mistake;
use ozg_core::remarked::Remarked;
use ozg_core::words::Language;
use ozg_formats::events::event_json;
use ozg_formats::input::{Asked, InputKind, Reading, read_asked, read_drafts, read_each};
use ozg_formats::problem::mistake_line;

/// Compares what an input of a guessed kind says, or all its mistakes.
pub(crate) fn check(input: &[u8], expected: &Expect) {
    check_as(input, None, expected);
}

/// Compares what an input of a kind says, or all its mistakes.
pub(crate) fn check_as(input: &[u8], kind: Option<InputKind>, expected: &Expect) {
    expected.assert_eq(&shown(read_drafts(input, kind, None)));
}

/// Compares what a sheet says, what its cells deny and the remarks of its reader, or all its mistakes. Statements are shown in
/// short.
pub(crate) fn check_sheet(input: &[u8], asked: &Asked<'_>, expected: &Expect) {
    let mut text = String::new();
    let read = read_asked(input, asked, 1_000_000, &mut |event| {
        let draft = event.read(None)?;
        text.push_str(&short(&draft));
        Ok(())
    });
    match read {
        Ok(Reading { remarks, denied, .. }) => {
            for event in denied {
                let fields: Vec<String> =
                    event.fields.iter().map(|(name, raw)| format!("{name} {raw:?}")).collect();
                text.push_str(&format!("denied {}: {}\n", event.at.line, fields.join(", ")));
            }
            for remark in remarks {
                let place = remark.origin.cell.clone().unwrap_or_else(|| remark.origin.line.to_string());
                text.push_str(&format!("{} {place}: {}\n", remark.remark.id(), remark.message.en));
            }
        }
        Err(refused) => text = refused.mistakes.iter().map(mistake).collect(),
    }
    expected.assert_eq(&text);
}

fn short(draft: &Draft) -> String {
    let said: serde_json::Value = serde_json::from_str(&event_json(&event(draft)).to_string()).unwrap();
    let said = said.as_object().unwrap();
    let words = said.iter().filter(|(name, _)| *name != "id");
    let words: Vec<String> =
        words.map(|(_, value)| value.as_str().map_or(value.to_string(), str::to_owned)).collect();
    format!("{} {}\n", draft.at.line, words.join(" "))
}

/// Compares the edition that an input is, line by line with its remarks, or all its mistakes.
pub(crate) fn check_edition(input: &[u8], expected: &Expect) {
    let read = read_each(input, None, None, 1_000_000, &mut |_| panic!("an edition states no events"));
    let shown = match read {
        Ok(Reading { edition, remarks, .. }) => {
            edition.map_or("no edition".to_owned(), |edition| edition_text(&edition, &remarks))
        }
        Err(mistakes) => mistakes.iter().map(mistake).collect(),
    };
    expected.assert_eq(&shown);
}

fn edition_text(edition: &Edition, remarks: &[Remarked]) -> String {
    let on = edition.on.map_or("no day".to_owned(), |on| on.to_string());
    let source = edition.source.as_ref().map_or("no source", |source| source.name.as_str());
    let mut text = format!("{:?}, {on}, {source}\n", edition.covers);
    for EditionRow { at, states } in &edition.rows {
        let states = match states {
            Stated::Authority(id, described) => {
                let ars = described.ars.as_ref().map_or("-", |ars| ars.as_str());
                format!("{id} {} {ars} {:?}", described.name, described.population)
            }
            Stated::Service(id, listing) => {
                let topics: Vec<&str> = listing.topics.iter().map(ozg_core::words::Topic::id).collect();
                let parents: Vec<String> = listing.parents.iter().map(ToString::to_string).collect();
                format!("{id} {} {topics:?} {parents:?}", listing.name)
            }
            Stated::Holds(milestone) => {
                format!("{} {} at {}", milestone.service, milestone.stage.id(), milestone.place)
            }
            Stated::NotCounted(id) => format!("{id} is not counted"),
        };
        text.push_str(&format!("{} {states}\n", at.line));
    }
    for remark in remarks {
        let value = remark.value.as_deref().unwrap_or("-");
        text.push_str(&format!("remark {}: {value}: {}\n", remark.origin.line, remark.message.en));
    }
    text
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
