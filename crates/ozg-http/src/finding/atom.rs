//! Atom (RFC 4287): few elements, everything escaped.

use crate::app::Site;
use ozg_core::time::rfc3339;
use ozg_core::words::Language;
use ozg_formats::xml::escape;
use std::fmt::Write;
use uuid::Uuid;

/// The media type of feeds.
pub(super) const ATOM: &str = "application/atom+xml; charset=utf-8";
/// The media type of a feed in a link.
pub(super) const FEED: &str = "application/atom+xml";

/// A feed.
pub(super) struct Feed {
    /// The key from which the id of the feed is made; the same for all its pages.
    pub(super) key: String,
    pub(super) title: String,
    pub(super) author: String,
    pub(super) rights: String,
    pub(super) language: Language,
    /// Relations, media types and addresses.
    pub(super) links: Vec<(&'static str, &'static str, String)>,
    /// Whether this is a page that never changes (RFC 5005).
    pub(super) is_archive: bool,
    /// The last change of a feed without entries, in milliseconds since 1970 UTC.
    pub(super) updated_ms: i64,
    pub(super) entries: Vec<FeedEntry>,
}

/// An entry of a feed.
pub(super) struct FeedEntry {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) updated_ms: i64,
    pub(super) author: String,
    /// Media type and address.
    pub(super) link: (&'static str, String),
    pub(super) category: String,
    pub(super) summary: String,
}

/// Returns the instant of the last batch, in milliseconds since 1970 UTC; for a feed that has no entry yet.
pub(super) fn last_change(site: &Site) -> i64 {
    let state = site.state();
    state.batch_until(state.head()).map_or(0, |batch| batch.recorded_at_ms)
}

/// Makes an id from a key. The same key always gives the same id.
pub(super) fn id_of(key: &str) -> String {
    format!("urn:uuid:{}", Uuid::new_v5(&Uuid::NAMESPACE_URL, key.as_bytes()))
}

impl Feed {
    /// Writes the feed.
    pub(super) fn xml(&self) -> String {
        let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
        let _ = writeln!(
            out,
            "<feed xmlns=\"http://www.w3.org/2005/Atom\" xmlns:fh=\"http://purl.org/syndication/history/1.0\" xml:lang=\"{}\">",
            self.language.tag()
        );
        let updated = self.entries.iter().map(|entry| entry.updated_ms).max().unwrap_or(self.updated_ms);
        element(&mut out, "id", &id_of(&self.key));
        element(&mut out, "title", &self.title);
        element(&mut out, "updated", &rfc3339(updated));
        let _ = writeln!(out, "<author><name>{}</name></author>", escape(&self.author));
        element(&mut out, "rights", &self.rights);
        self.links.iter().for_each(|(relation, kind, address)| link(&mut out, relation, kind, address));
        if self.is_archive {
            out.push_str("<fh:archive/>\n");
        }
        self.entries.iter().for_each(|entry| entry.write(&mut out));
        out.push_str("</feed>\n");
        out
    }
}

impl FeedEntry {
    fn write(&self, out: &mut String) {
        out.push_str("<entry>\n");
        element(out, "id", &self.id);
        element(out, "title", &self.title);
        element(out, "updated", &rfc3339(self.updated_ms));
        let _ = writeln!(out, "<author><name>{}</name></author>", escape(&self.author));
        link(out, "alternate", self.link.0, &self.link.1);
        let _ = writeln!(out, "<category term=\"{}\"/>", escape(&self.category));
        element(out, "summary", if self.summary.is_empty() { &self.title } else { &self.summary });
        out.push_str("</entry>\n");
    }
}

fn element(out: &mut String, name: &str, text: &str) {
    let _ = writeln!(out, "<{name}>{}</{name}>", escape(text));
}

fn link(out: &mut String, relation: &str, kind: &str, address: &str) {
    let _ = writeln!(out, "<link rel=\"{relation}\" type=\"{kind}\" href=\"{}\"/>", escape(address));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_the_same_for_ever() {
        assert_eq!(id_of("/v1/events.atom"), id_of("/v1/events.atom"));
        assert_ne!(id_of("/v1/events.atom"), id_of("/v1/events.atom?area=BB"));
    }
}
