//! What an event says with the letters of its texts composed: two spellings of one letter are no other content (rule 6d).

use super::types::Body;
use crate::words::{Source, Text};

/// What an event says beside its id and what it replaces.
pub(crate) type Said<'a> = (&'a Body, Option<&'a Source>, Option<&'a Text>, Option<&'a Text>);

/// What an event says, with its texts composed.
pub(crate) struct Composed {
    body: Body,
    source: Option<Source>,
    note: Option<Text>,
    reason: Option<Text>,
}

impl Composed {
    /// Composes the texts of an event; none where they are.
    pub(crate) fn of((body, source, note, reason): Said<'_>) -> Option<Composed> {
        let beside = [note, reason, source.map(|source| &source.name)].into_iter().flatten();
        if body.text().into_iter().chain(beside).all(Text::is_composed) {
            return None;
        }
        let mut body = body.clone();
        body.text_mut().into_iter().for_each(|text| *text = text.composed());
        let source = source.map(|source| Source { name: source.name.composed(), ..source.clone() });
        Some(Composed { body, source, note: note.map(Text::composed), reason: reason.map(Text::composed) })
    }

    /// Returns what it says.
    pub(crate) fn said(&self) -> Said<'_> {
        (&self.body, self.source.as_ref(), self.note.as_ref(), self.reason.as_ref())
    }
}
