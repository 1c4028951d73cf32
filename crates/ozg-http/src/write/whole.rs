//! Every mistake at once: where some statements cannot be read, the others are checked all the same, so that nobody mends
//! a file line by line.

use ozg_core::event::{Draft, EventId, EventType, Raw, RawEvent};
use ozg_core::ledger::{MISTAKES_MAX, Request};
use ozg_core::mistake::{Class, Code, Mistake};
use ozg_core::state::State;
use ozg_formats::input::{self, EVENTS_MAX, InputKind};

/// Reads a body into drafts.
///
/// # Errors
/// Every mistake of every statement: of those that cannot be read, and of the others against what stands.
pub(crate) fn read(
    body: &[u8],
    (kind, content_type): (Option<InputKind>, Option<&str>),
    state: &State,
    request: &Request<'_>,
) -> Result<Vec<Draft>, Vec<Mistake>> {
    let mut drafts = Vec::new();
    let mut may_describe = false;
    let read = input::read_each(body, kind, content_type, EVENTS_MAX, &mut |event| match event.read(None) {
        Ok(draft) => {
            drafts.push(draft);
            Ok(())
        }
        Err(mistakes) => {
            may_describe |= describes(&event);
            Err(mistakes)
        }
    });
    let Err(mut mistakes) = read else { return Ok(drafts) };
    if mistakes.iter().all(|mistake| mistake.code.class() != Class::Unreadable) {
        let mut number = 0;
        let mut ids = || {
            number += 1;
            EventId::from_u128(number)
        };
        let more = state.accept(&drafts, request, &mut ids).err().unwrap_or_default();
        mistakes.extend(more.into_iter().filter(|mistake| is_certain(mistake, may_describe)));
        mistakes.sort_by_key(|mistake| mistake.origin.line);
        mistakes.truncate(MISTAKES_MAX);
    }
    Err(mistakes)
}

/// Tells whether a statement that cannot be read may be one that lists a service or registers an authority.
fn describes(event: &RawEvent) -> bool {
    let named = event.fields.iter().find_map(|(name, value)| match value {
        Raw::Text(text) if name == "type" => EventType::read(text).ok(),
        _ => None,
    });
    matches!(named, None | Some(EventType::ServiceListed | EventType::AuthorityListed))
}

/// Leaves out what may be wrong only because another line could not be read.
fn is_certain(mistake: &Mistake, may_describe: bool) -> bool {
    match mistake.code {
        Code::UnknownEntry | Code::NotReached | Code::StandingUnclear => false,
        Code::UnknownService | Code::UnknownPlace => !may_describe,
        _ => true,
    }
}
