//! What the log keeps beside an entry, in the words of the core and in those of the log.

use ozg_core::event::{Beside, Event, Facts, KeptText, WireError};
use ozg_core::words::Text;
use ozg_log::{Annex, SALT_BYTES};

/// Encodes an event for the log with facts beside it: its free texts stand there, too, each with new random bytes.
pub(crate) fn encode_new(event: &Event, facts: &Facts) -> Result<(Vec<u8>, Annex), String> {
    let payload = event.to_wire_apart().map_err(|error| error.to_string())?;
    let mut texts = Vec::new();
    for (_, text) in event.free_texts() {
        let mut salt = [0; SALT_BYTES];
        getrandom::fill(&mut salt)
            .map_err(|error| format!("the system gives no random bytes for a text: {error}"))?;
        texts.push(ozg_log::Text::Kept { salt, text: text.as_str().to_owned() });
    }
    Ok((payload, Annex { facts: facts_to_log(facts), texts }))
}

/// Encodes an event as another log kept it, with what stood beside it.
pub(crate) fn encode_kept(event: &Event, beside: &Beside) -> Result<(Vec<u8>, Annex), String> {
    let facts = facts_to_log(&beside.facts);
    let names: Vec<&str> = beside.texts.iter().map(|text| text.name).collect();
    if names.iter().any(|name| event.free_texts().all(|(has, _)| has != *name)) {
        return Err(format!("the entry {} names other texts than stand beside it", event.id));
    }
    let payload = event.to_wire_without(&names).map_err(|error| error.to_string())?;
    let texts = beside.texts.iter().map(|text| to_log(event, text)).collect::<Result<_, _>>()?;
    Ok((payload, Annex { facts, texts }))
}

fn to_log(event: &Event, text: &KeptText) -> Result<ozg_log::Text, String> {
    let Some((salt, said)) = &text.kept else { return Ok(ozg_log::Text::Removed { hash: text.hash }) };
    let kept = ozg_log::Text::Kept { salt: *salt, text: said.as_str().to_owned() };
    if kept.hash() == text.hash {
        Ok(kept)
    } else {
        Err(format!("a text of the entry {} does not match its hash: it was changed", event.id))
    }
}

/// Decodes an entry with what stands beside it.
pub(crate) fn decode(entry: &ozg_log::Entry<'_>) -> Result<(Event, Beside), WireError> {
    let said: Vec<Text> = entry.annex.texts.iter().map(said).collect::<Result<_, _>>()?;
    let event = Event::from_wire(entry.payload, &said)?;
    let texts = Event::texts_beside(entry.payload).zip(&entry.annex.texts).zip(said);
    let texts = texts.map(|((name, text), said)| from_log(name, text, said)).collect();
    Ok((event, Beside { facts: facts_from_log(&entry.annex.facts), texts }))
}

/// Reads what a text says; of one that was removed its mark.
fn said(text: &ozg_log::Text) -> Result<Text, WireError> {
    match text {
        ozg_log::Text::Kept { text, .. } => {
            Text::read(text).map_err(|fault| WireError::Damaged(fault.message.en))
        }
        ozg_log::Text::Removed { .. } => Ok(Text::removed()),
    }
}

fn from_log(name: &'static str, text: &ozg_log::Text, said: Text) -> KeptText {
    let kept = match text {
        ozg_log::Text::Kept { salt, .. } => Some((*salt, said)),
        ozg_log::Text::Removed { .. } => None,
    };
    KeptText { name, hash: text.hash(), kept }
}

/// Gives facts to the log.
pub(crate) fn facts_to_log(facts: &Facts) -> ozg_log::Facts {
    facts.iter().map(|(code, bytes)| (*code, bytes.clone())).collect()
}

/// Takes facts from the log.
pub(crate) fn facts_from_log(facts: &ozg_log::Facts) -> Facts {
    facts.iter().map(|(code, bytes)| (code, bytes.to_vec())).collect()
}
