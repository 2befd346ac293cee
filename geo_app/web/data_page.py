"""`/about/data`: the open data for people and search engines: what there is, how fresh, under which licence, how to have it."""

import hashlib
from collections.abc import Sequence
from typing import Any, cast

from flask import Blueprint, Response, render_template, request, url_for
from markupsafe import Markup

from geo_app.domain.calendar import SEOUL
from geo_app.exports.exporting import FORMATS
from geo_app.exports.layer_notes import find_licence_address
from geo_app.exports.schema_dataset import CatalogueFacts, DatasetFacts, Download, catalogue_json_ld
from geo_app.exports.schema_org import json_ld_script
from geo_app.snapshot.snapshot import Snapshot
from geo_app.web.coding import compress_page
from geo_app.web.data_sets import INDICATORS, DataSet, data_set_title, get_data_set, list_cards, list_names
from geo_app.web.house import get_district, get_snapshot, public_link, words_of_reader
from geo_app.web.parameters import Parameter, choice, read_parameters
from geo_app.wording.catalogue import DEFAULT_LANGUAGE, LANGUAGES, Words
from geo_app.wording.change_terms import change_lines
from geo_app.wording.data_set_terms import data_set_description
from geo_app.wording.labels import choice_label

blueprint = Blueprint("data", __name__)
_LANG = Parameter("lang", choice(LANGUAGES), {"type": "string", "enum": [*LANGUAGES]}, "language of the page", default=DEFAULT_LANGUAGE)
SHOWN_REVISIONS = 20
FORMAT_NAMES = {"csv": "CSV", "xlsx": "XLSX", "geojson": "GeoJSON", "gpkg": "GeoPackage", "kml": "KML"}


@blueprint.get("/about/data")
def page() -> Response:
    """The catalogue."""
    read_parameters((_LANG,), request.args)
    snapshot, words = get_snapshot(), words_of_reader()
    held = [get_data_set(snapshot, name) for name in list_names(snapshot)]
    catalogue = _catalogue(snapshot, words)
    told = {
        "data_sets": [_shown(snapshot, item, words) for item in held],
        "json_ld": _json_ld(catalogue, [_facts(snapshot, item, words) for item in held]),
        "cite": _citation(snapshot, catalogue, words),
        "feed_path": _plain("feed.feed", **_spoken(words)),
        "openapi_path": _plain("openapi.document"),
        "example": public_link("files.download", table="shelters", ext="csv"),
        "changes": [
            (note, note.made_at.astimezone(SEOUL), change_lines(note.counts, words)) for note in snapshot.history[:SHOWN_REVISIONS]
        ],
    }
    answer = Response(render_template("web/data.html", page="about", **told), mimetype="text/html")
    answer.headers["Cache-Control"] = "no-cache"
    answer.set_etag(hashlib.sha256(answer.get_data()).hexdigest(), weak=True)  # the same page in another coding
    return cast("Response", compress_page(answer).make_conditional(request))


def _json_ld(catalogue: CatalogueFacts, facts: Sequence[DatasetFacts]) -> Markup:
    return Markup(json_ld_script(catalogue_json_ld(catalogue, facts)))  # noqa: S704 its signs are escaped where it is written


def _shown(snapshot: Snapshot, held: DataSet, words: Words) -> dict[str, Any]:
    meta = None if held.layer is None else held.layer.meta
    return {
        "name": held.name,
        "title": data_set_title(held.name, words),
        "description": data_set_description(held.name, words),
        "real": len(snapshot.document(INDICATORS)) if meta is None else meta.real,
        "sample": 0 if meta is None else meta.sample,
        "licences": [(choice_label(words, "licence", code), _address(snapshot, code)) for code in held.notes.licences],
        "card": held.notes.card,
        "as_of": held.notes.as_of,
        "checked_on": held.notes.checked_on,
        "revision": held.revision,
        "made_at": held.made_at.astimezone(SEOUL),
        "files": [(FORMAT_NAMES[ext], _plain("files.download", table=held.name, ext=ext)) for ext in FORMAT_NAMES],
        "beside": _plain("files.beside", table=held.name),
    }


def _address(snapshot: Snapshot, code: str) -> str | None:
    return find_licence_address(code, list_cards(snapshot))


def _plain(endpoint: str, **values: Any) -> str:
    """A door's path without the page's language: doors for programs do not all know one."""
    return url_for(endpoint, **values)


def _spoken(words: Words) -> dict[str, str]:
    return {} if words.lang == DEFAULT_LANGUAGE else {"lang": words.lang}


def _catalogue(snapshot: Snapshot, words: Words) -> CatalogueFacts:
    district = get_district(snapshot)
    name = district.name(words.lang)
    return CatalogueFacts(
        name=words("Open data of the {district} Work & Shelter Map", district=name),
        description=words(
            "Places of work and rest of {district}, whole layers as files, with source, licence and date of each record.", district=name
        ),
        page_url=public_link("data.page", **_spoken(words)),
        creator=name,
        creator_url=public_link("pages.finder"),
        place=name,
        bounds_lonlat=district.bounds_lonlat,
        modified=snapshot.made_at.astimezone(SEOUL),
        lang=words.lang,
        feed_url=public_link("feed.feed", **_spoken(words)),
    )


def _facts(snapshot: Snapshot, held: DataSet, words: Words) -> DatasetFacts:
    named = [_address(snapshot, code) or choice_label(words, "licence", code) for code in held.notes.licences]
    days = held.notes.as_of
    return DatasetFacts(
        id=held.name,
        name=f"{get_district(snapshot).name(words.lang)} {data_set_title(held.name, words)}",
        description=data_set_description(held.name, words),
        licences=named,
        modified=held.made_at.astimezone(SEOUL),
        revision=held.revision,
        temporal=str(held.notes.card["date"]) if held.notes.card else ("/".join(dict.fromkeys(days)) if days else None),
        downloads=[
            Download(FORMAT_NAMES[ext], FORMATS[ext].media_type.partition(";")[0], public_link("files.download", table=held.name, ext=ext))
            for ext in FORMAT_NAMES
        ],
        bounds_lonlat=held.notes.bounds_lonlat,
    )


def _citation(snapshot: Snapshot, catalogue: CatalogueFacts, words: Words) -> str:
    told = {"name": catalogue.name, "number": snapshot.number, "date": f"{snapshot.made_at.astimezone(SEOUL):%Y-%m-%d}"}
    return words("{office}, “{name}”, revision {number} ({date}), {address}", office=catalogue.creator, address=catalogue.page_url, **told)
