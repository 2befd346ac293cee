"""`/changes.atom`: a feed with an entry a revision: which layers, how many records. Never who, never why."""

import hashlib
from typing import cast

from flask import Blueprint, Response, request

from geo_app.domain.calendar import SEOUL
from geo_app.exports.atom import Feed, FeedEntry, atom_bytes, lasting_id
from geo_app.snapshot.history import RevisionNote
from geo_app.snapshot.snapshot import Snapshot
from geo_app.web.coding import compress_page
from geo_app.web.house import get_district, get_snapshot, public_link, words_of_reader
from geo_app.web.parameters import Parameter, choice, read_parameters
from geo_app.wording.catalogue import DEFAULT_LANGUAGE, LANGUAGES, Words
from geo_app.wording.change_terms import change_lines

blueprint = Blueprint("feed", __name__)
FEED_TYPE = "application/atom+xml"
LANG = Parameter("lang", choice(LANGUAGES), {"type": "string", "enum": [*LANGUAGES]}, "language of the feed", default=DEFAULT_LANGUAGE)


@blueprint.get("/changes.atom")
def feed() -> Response:
    """The newest revisions, newest first."""
    read_parameters((LANG,), request.args)
    body = atom_bytes(_feed(get_snapshot(), words_of_reader()))
    answer = Response(body, content_type=f"{FEED_TYPE}; charset=utf-8")
    answer.headers["Cache-Control"] = "no-cache"
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.set_etag(hashlib.sha256(body).hexdigest(), weak=True)  # the same words in another coding
    return cast("Response", compress_page(answer).make_conditional(request))


def _feed(snapshot: Snapshot, words: Words) -> Feed:
    district = get_district(snapshot)
    spoken = {} if words.lang == DEFAULT_LANGUAGE else {"lang": words.lang}
    page_url = public_link("data.page", **spoken)
    return Feed(
        id=lasting_id(f"changes/{district.code}/{words.lang}"),
        title=words("{district} Work & Shelter Map: what changed", district=district.name(words.lang)),
        author=district.name(words.lang),
        lang=words.lang,
        updated=snapshot.made_at.astimezone(SEOUL),
        feed_url=public_link("feed.feed", **spoken),
        page_url=page_url,
        rights=words("Each data set says its own licence."),
        entries=[_entry(note, page_url, words) for note in snapshot.history],
    )


def _entry(note: RevisionNote, page_url: str, words: Words) -> FeedEntry:
    return FeedEntry(
        id=lasting_id(f"revision/{note.sha256}"),
        title=words("Data revision {number}", number=note.number),
        updated=note.made_at.astimezone(SEOUL),
        text=" · ".join(change_lines(note.counts, words)),
        page_url=f"{page_url}#revision-{note.number}",
    )
