"""Atom feeds in feedparser, and by the rules of RFC 4287; archived pages are walked to the first entry (RFC 5005). ADDRESS..."""

import re
import sys
from datetime import datetime
from urllib.request import urlopen
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import feedparser
from common import versions

ATOM = "{http://www.w3.org/2005/Atom}"
MEDIA_TYPE = "application/atom+xml"
RFC_3339 = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})")
ENTRY_ONCE = {"id", "title", "updated", "published", "content", "rights", "source", "summary"}
FEED_ONCE = {"id", "title", "updated", "generator", "icon", "logo", "rights", "subtitle"}


def fetch(address: str) -> bytes:
    """Gets a document, which is an Atom feed."""
    with urlopen(address, timeout=60) as response:
        assert response.headers.get_content_type() == MEDIA_TYPE, response.headers.items()
        return response.read()


def links(of: Element) -> dict[str, list[Element]]:
    """Returns the links of a feed or an entry by their relation."""
    found: dict[str, list[Element]] = {}
    for link in of.findall(f"{ATOM}link"):
        found.setdefault(link.get("rel", "alternate"), []).append(link)
    return found


def rules(of: Element, once: set[str], has_author: bool) -> datetime:
    """Checks what holds of feeds and of entries; returns when it was updated."""
    what = ElementTree.tostring(of, encoding="unicode")[:400]
    for name in once:
        found = of.findall(f"{ATOM}{name}")
        needed = name in {"id", "title", "updated"}
        assert len(found) == 1 if needed else len(found) <= 1, f"{len(found)} {name}: {what}"
    assert re.match(r"[a-z][a-z0-9+.-]*:.", of.findtext(f"{ATOM}id", "")), f"an id is a whole IRI: {what}"
    updated = of.findtext(f"{ATOM}updated", "")
    assert RFC_3339.fullmatch(updated), f"updated is RFC 3339: {updated}"
    names = [author.findtext(f"{ATOM}name") for author in of.findall(f"{ATOM}author")]
    assert all(names) and (names or has_author), f"an author has a name: {what}"
    for relation, found in links(of).items():
        kinds = [(link.get("type"), link.get("hreflang")) for link in found]
        assert len(set(kinds)) == len(kinds), f"{relation} twice alike: {what}"
        for link in found:
            assert re.match(r"https?://", link.get("href", "")), f"a link leads somewhere: {what}"
            assert re.fullmatch(r"[^/\s]+/[^/\s]+", link.get("type") or ""), f"a link says its type: {what}"
    for category in of.findall(f"{ATOM}category"):
        assert category.get("term"), f"a category has a term: {what}"
    return datetime.fromisoformat(updated)


def document(address: str, text: bytes) -> Element:
    """Checks one document and returns its root."""
    parsed = feedparser.parse(text)
    assert not parsed.bozo and parsed.version == "atom10", f"{address}: {parsed.get('bozo_exception')}"
    root = ElementTree.fromstring(text)
    assert root.tag == f"{ATOM}feed", root.tag
    entries = root.findall(f"{ATOM}entry")
    assert len(parsed.entries) == len(entries), address
    newest = rules(root, FEED_ONCE, has_author=False)
    (own,) = links(root)["self"]
    assert own.get("type") == MEDIA_TYPE and fetch(own.get("href", "")) == text, f"{address}: self is {own.attrib}"
    times = [rules(entry, ENTRY_ONCE, has_author=True) for entry in entries]
    assert times == sorted(times, reverse=True), f"{address}: the newest does not come first"
    assert not times or newest >= times[0], f"{address}: updated before its newest entry"
    for entry in entries:
        assert "alternate" in links(entry) or entry.find(f"{ATOM}content") is not None, address
    return root


def walk(address: str) -> list[str]:
    """Checks a feed and its archived pages; returns the ids of all entries, each once, newest first."""
    next_one: str | None = address
    ids: list[str] = []
    feed_id, pages = None, 0
    while next_one:
        root = document(next_one, fetch(next_one))
        assert feed_id in (None, root.findtext(f"{ATOM}id")), f"{next_one}: a feed has one id on all pages"
        feed_id, pages = root.findtext(f"{ATOM}id"), pages + 1
        found = [entry.findtext(f"{ATOM}id", "") for entry in root.findall(f"{ATOM}entry")]
        assert len(set(found)) == len(found), f"{next_one}: an id twice"
        ids.extend(one for one in found if one not in ids)
        later = links(root).get("prev-archive")
        next_one = later[0].get("href") if later else None
    return ids


def main() -> None:
    counts = {}
    for argument in sys.argv[1:]:
        address, _, wanted = argument.partition("#")
        ids = walk(address)
        assert len(ids) >= int(wanted or 1), f"{address}: {len(ids)} entries, at least {wanted} are there"
        counts[address.split("/v1/")[1]] = len(ids)
    print(f"{versions('feedparser')}: entries {counts}")


if __name__ == "__main__":
    main()
