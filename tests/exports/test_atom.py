"""The feed is Atom as RFC 4287 wants it, and no text becomes markup."""

from datetime import datetime

from defusedxml import ElementTree

from geo_app.domain.calendar import SEOUL
from geo_app.exports.atom import NAMESPACE, Feed, FeedEntry, atom_bytes, lasting_id

ATOM = f"{{{NAMESPACE}}}"
AT = datetime(2026, 11, 21, 12, 0, 5, 250, tzinfo=SEOUL)


def _feed(*entries):
    return Feed("urn:x", "제목 <b>", "광산구", "ko", AT, "https://a.kr/changes.atom?a=1&b=2", "https://a.kr/about/data", "", entries)


def test_a_feed_has_what_the_standard_asks_for():
    root = ElementTree.fromstring(atom_bytes(_feed(FeedEntry("urn:y", "개정 7호", AT, "쉼터 1건 & 그 밖", "https://a.kr/#revision-7"))))
    assert (root.tag, root.get("{http://www.w3.org/XML/1998/namespace}lang")) == (f"{ATOM}feed", "ko")
    assert [root.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated")] == ["urn:x", "제목 <b>", "2026-11-21T12:00:05+09:00"]
    assert {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")} == {
        "self": "https://a.kr/changes.atom?a=1&b=2",
        "alternate": "https://a.kr/about/data",
    }
    assert root.find(f"{ATOM}author").findtext(f"{ATOM}name") == "광산구"
    (entry,) = root.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}{name}") for name in ("id", "title", "summary")] == ["urn:y", "개정 7호", "쉼터 1건 & 그 밖"]
    assert entry.find(f"{ATOM}link").get("href") == "https://a.kr/#revision-7"


def test_an_empty_feed_is_one_too():
    assert ElementTree.fromstring(atom_bytes(_feed())).findall(f"{ATOM}entry") == []


def test_an_id_is_the_same_everywhere_and_for_ever():
    assert lasting_id("revision/abc") == "urn:uuid:14a81b1b-5a21-532d-aef5-cef4c7168210"
