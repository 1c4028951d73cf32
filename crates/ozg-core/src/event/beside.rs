//! What a log keeps beside a batch and beside an entry: facts with code numbers, and free texts that can be removed.

use super::body::{Draft, Event};
use super::types::Body;
use crate::words::Text;
use std::collections::BTreeMap;

/// Facts by their code numbers. Codes that this tracker does not know are kept as they are.
pub type Facts = BTreeMap<u32, Vec<u8>>;

/// The random bytes beside a free text, so that nobody finds a short text by guessing it from its hash.
pub type Salt = [u8; 16];

/// The names of the free texts of an event, in the order in which a log keeps them. The last one is why an office objects.
pub const FREE_TEXTS: [&str; 3] = ["note", "reason", "says"];

/// A free text as a log keeps it: the hash that the chain covers, and salt and text until the text is removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptText {
    /// Which text it is, one of [`FREE_TEXTS`].
    pub name: &'static str,
    /// The hash of salt and text (blake3).
    pub hash: [u8; 32],
    /// Salt and text; none once the text was removed.
    pub kept: Option<(Salt, Text)>,
}

/// What a log keeps beside an entry.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Beside {
    /// Facts about the entry.
    pub facts: Facts,
    /// Those of its free texts that stand beside it, in the order of [`FREE_TEXTS`]. Others stand in the entry itself: all in logs
    /// of format 1, what an objection says in entries of version 2 and before.
    pub texts: Vec<KeptText>,
}

impl Event {
    /// Lists the free texts that the event has, with their names, in the order of [`FREE_TEXTS`].
    pub fn free_texts(&self) -> impl Iterator<Item = (&'static str, &Text)> {
        let says = if let Body::ObjectionMade(made) = &self.body { Some(&made.says) } else { None };
        let texts = [self.note.as_ref(), self.reason.as_ref(), says];
        FREE_TEXTS.into_iter().zip(texts).filter_map(|(name, text)| Some((name, text?)))
    }

    /// Returns the event without some of its free texts.
    pub(super) fn without_texts(&self, names: &[&str]) -> Event {
        let mut apart = self.clone();
        let taken = |name: &str| names.contains(&name);
        apart.note = apart.note.filter(|_| !taken("note"));
        apart.reason = apart.reason.filter(|_| !taken("reason"));
        if taken("says") {
            apart.put_text("says", Text::removed());
        }
        apart
    }

    /// Puts a free text into the event.
    pub(super) fn put_text(&mut self, name: &str, text: Text) {
        put(name, text, (&mut self.note, &mut self.reason, &mut self.body));
    }
}

impl Draft {
    /// Puts the mark of a text that was removed in the place of a free text.
    pub fn remove_text(&mut self, name: &str) {
        put(name, Text::removed(), (&mut self.note, &mut self.reason, &mut self.body));
    }
}

fn put(name: &str, text: Text, (note, reason, body): (&mut Option<Text>, &mut Option<Text>, &mut Body)) {
    match name {
        "note" => *note = Some(text),
        "reason" => *reason = Some(text),
        _ => {
            if let Body::ObjectionMade(made) = body {
                made.says = text;
            }
        }
    }
}
