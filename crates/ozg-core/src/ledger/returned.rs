//! Rows of a sheet that was downloaded, changed and sent back: a row with the id of an entry and other content is the
//! correction of that entry, where it is the office's own or the office coordinates (rule 27). In sheets only: elsewhere an id is
//! never said again with other content (rule 3).

use super::Request;
use super::facts::fingerprint_of_draft;
use crate::event::{Draft, Form, Replaces};
use crate::state::State;
use std::borrow::Cow;

impl State {
    /// Returns a draft as it is meant: the changed row of an entry corrects the entry. Whether a coordinating office may correct
    /// this entry of another one is judged where all corrections are.
    pub(super) fn returned<'d>(&self, draft: &'d Draft, request: &Request<'_>) -> Cow<'d, Draft> {
        let is_row = matches!(draft.at.form, Form::Sheet(_)) && draft.replaces.is_none();
        let known = draft.id.filter(|_| is_row).and_then(|id| Some((id, self.position_of(id)?)));
        let Some((id, position)) = known else { return Cow::Borrowed(draft) };
        let is_same =
            self.entry(position).is_some_and(|mark| mark.fingerprint == fingerprint_of_draft(draft));
        let is_own = self.office_of(position) == Some(request.office);
        if is_same || !(is_own || request.rights.coordinates.is_some()) {
            return Cow::Borrowed(draft);
        }
        Cow::Owned(Draft { id: None, replaces: Some(Replaces::Entry(id)), ..draft.clone() })
    }
}
