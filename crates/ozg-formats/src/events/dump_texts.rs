//! What a dump says of facts and free texts: hashes in the line of an entry, salt and text in a line behind it.

use ozg_core::event::{Draft, FREE_TEXTS, Facts, KeptText, Raw, RawEvent, Salt};
use ozg_core::words::Text;
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::iter::Peekable;

/// A line that holds a free text of the entry before it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TextLine {
    /// Position of the entry.
    position: u32,
    /// The field of the event, such as `note`.
    text: String,
    salt: String,
    says: String,
}

/// Reads a line with the free text `name` of the entry at a position; none where it is another line.
fn text_of(line: &str, position: u32, name: &str) -> Option<(Salt, Text)> {
    let found: TextLine = serde_json::from_str(line).ok()?;
    if (found.position, found.text.as_str()) != (position, name) {
        return None;
    }
    Some((read_hex(&found.salt)?, Text::read(&found.says).ok()?))
}

/// Takes the lines that hold the named free texts of an entry; a text without a line was removed.
pub(crate) fn take_texts<'a>(
    lines: &mut Peekable<impl Iterator<Item = (usize, &'a str)>>,
    position: u32,
    texts: &[(&'static str, [u8; 32])],
) -> Vec<KeptText> {
    let mut take = |(name, hash): &(&'static str, [u8; 32])| {
        let kept = lines.peek().and_then(|(_, line)| text_of(line, position, name));
        if kept.is_some() {
            lines.next();
        }
        KeptText { name, hash: *hash, kept }
    };
    texts.iter().map(&mut take).collect()
}

/// Writes the line of a free text; nothing where it was removed.
pub(crate) fn write_text(position: u32, text: &KeptText, out: &mut dyn Write) -> io::Result<()> {
    let Some((salt, says)) = &text.kept else { return Ok(()) };
    let line = json!({ "position": position, "text": text.name, "salt": hex(salt), "says": says.as_str() });
    serde_json::to_writer(&mut *out, &line)?;
    out.write_all(b"\n")
}

/// Gives the hashes of free texts by their names.
pub(crate) fn hashes_json(texts: &[KeptText]) -> Value {
    let members = texts.iter().map(|text| (text.name.to_owned(), hex(&text.hash).into()));
    Value::Object(members.collect())
}

/// Reads the hashes of free texts, in the order in which a log keeps them; none where they make no sense.
pub(crate) fn hashes(value: &RawValue) -> Option<Vec<(&'static str, [u8; 32])>> {
    let members: BTreeMap<String, String> = serde_json::from_str(value.get()).ok()?;
    let known = FREE_TEXTS.into_iter().filter_map(|name| Some((name, members.get(name)?)));
    let hashes: Vec<_> = known.map(|(name, hash)| Some((name, read_hex(hash)?))).collect::<Option<_>>()?;
    (hashes.len() == members.len()).then_some(hashes)
}

/// Puts free texts into an event that has not been read yet.
pub(crate) fn put_texts(event: &mut RawEvent, texts: &[KeptText]) {
    for text in texts {
        let says = text.kept.as_ref().map_or(Text::REMOVED, |(_, text)| text.as_str());
        event.fields.push((text.name.to_owned(), Raw::text(says)));
    }
}

/// Marks the free texts of a draft that were removed.
pub(crate) fn remove(draft: &mut Draft, texts: &[KeptText]) {
    texts.iter().filter(|text| text.kept.is_none()).for_each(|text| draft.remove_text(text.name));
}

/// Writes facts by their codes, as hexadecimal bytes.
pub(crate) fn facts_json(facts: &Facts) -> Value {
    let members = facts.iter().map(|(code, bytes)| (code.to_string(), hex(bytes).into()));
    Value::Object(members.collect::<Map<_, _>>())
}

/// Reads facts; none where they make no sense.
pub(crate) fn read_facts(value: &RawValue) -> Option<Facts> {
    let members: BTreeMap<u32, String> = serde_json::from_str(value.get()).ok()?;
    members.into_iter().map(|(code, text)| Some((code, bytes(&text)?))).collect()
}

/// Writes bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Reads as many bytes in hexadecimal as are wanted.
pub(crate) fn read_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    bytes(text)?.try_into().ok()
}

fn bytes(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    let byte = |[high, low]: &[u8; 2]| Some(digit(high)? << 4 | digit(low)?);
    if rest.is_empty() { pairs.iter().map(byte).collect() } else { None }
}
