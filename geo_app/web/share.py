"""`/share`: a web master chooses what to show, sees it, and copies a block into the page of another site."""

from dataclasses import replace
from typing import Any, Final

from flask import Blueprint, Response, g, render_template, request
from werkzeug.datastructures import MultiDict

from geo_app.domain.layers import LAYERS
from geo_app.finder.areas import list_dongs
from geo_app.finder.shown import DONGS, ShownPlace, list_shown
from geo_app.snapshot.opening import load_schedule
from geo_app.snapshot.snapshot import Snapshot
from geo_app.web.coding import compress_page
from geo_app.web.embed_parameters import EMBED, EMBED_LAYERS, SHOWS, THEMES, EmbedRequest, embed_query, embed_request
from geo_app.web.headers import PLAIN_POLICY
from geo_app.web.house import get_house, get_snapshot, link, public_link, public_root, seoul_now
from geo_app.web.parameters import Parameter, choice, flag, read_parameters, short_text
from geo_app.web.picture_content import picture_title
from geo_app.web.pictures import HEIGHT, WIDTH
from geo_app.web.share_check import check_typed
from geo_app.web.share_codes import LIST_MOST, CodeOrder, Links, ListedPlace, element_code, frame_code, hours_line, picture_code
from geo_app.web.tongues import name_in_latin
from geo_app.wording.catalogue import DEFAULT_LANGUAGE, LANGUAGE_NAMES, LANGUAGES, get_words
from geo_app.wording.labels import PRECISION_WORDS, label

blueprint = Blueprint("share", __name__)
PICTURES: Final = ("svg", "png")
SPOKEN: Final = Parameter(
    "embed_lang", choice(LANGUAGES), {"type": "string", "enum": [*LANGUAGES]}, "language of what is embedded", default=DEFAULT_LANGUAGE
)
# `lang` is the language of this page; what is embedded has its own.
SHARE = (
    *(item for item in EMBED if item.name not in ("lang", "at", "check")),
    SPOKEN,
    Parameter("lang", lambda text: text, {"type": "string", "enum": [*LANGUAGES]}, "language of the page", default=DEFAULT_LANGUAGE),
    WIDTH,
    HEIGHT,
    Parameter("fixed", flag, {"type": "boolean"}, "keep the width in pixels instead of filling the place", default=False),
    Parameter("picture", choice(PICTURES), {"type": "string", "enum": [*PICTURES]}, "form of the picture", default="svg"),
    Parameter("address", short_text, {"type": "string"}, "address of the page that will hold the frame", default=""),
)
# What a reader has chosen stays when she reads this page in another language.
KEPT: Final = tuple(item.name for item in SHARE if item.name != "lang")
# The page shows our own frame, and no other.
POLICY: Final = f"{PLAIN_POLICY}; frame-src 'self'"


@blueprint.get("/share")
def page() -> Response:
    """The builder: whole as a form without a script."""
    g.kept_parameters = KEPT
    values = read_parameters(SHARE, _gathered(request.args))
    asked = embed_request({**values, "lang": values["embed_lang"], "at": None})
    # The form always names its layers, if only with an empty text: nothing ticked is not the same as nothing said.
    is_empty = "layers" in request.args and not any(request.args.getlist("layers"))
    body = render_template("web/share.html", page="about", is_empty=is_empty, **_content(get_snapshot(), asked, values))
    answer = Response(body, status=400 if is_empty else 200, mimetype="text/html")
    answer.headers["Content-Security-Policy"] = POLICY
    answer.headers["Cache-Control"] = "no-cache"
    return compress_page(answer)


def _gathered(given: MultiDict[str, str]) -> MultiDict[str, str]:
    # A plain form sends a ticked box each.
    layers = ",".join(filter(None, given.getlist("layers")))
    return MultiDict(
        [*((name, text) for name, text in given.items(multi=True) if name != "layers"), *([("layers", layers)] if layers else [])]
    )


def _content(snapshot: Snapshot, asked: EmbedRequest, values: dict[str, Any]) -> dict[str, Any]:
    order = _order(snapshot, asked, values)
    listed, left_out = _listed(snapshot, asked)
    root = public_root() + request.script_root
    checked = _order(snapshot, replace(asked, check=True), values)
    return {
        "asked": asked,
        "values": values,
        "title": order.title,
        "layer_names": EMBED_LAYERS,
        "dongs": list_dongs(snapshot.layers[DONGS]) if DONGS in snapshot.layers else (),
        "themes": THEMES,
        "shows": SHOWS,
        "tongues": LANGUAGE_NAMES,
        "usual_height": HEIGHT.default,
        "sizes": {"width": WIDTH.schema, "height": HEIGHT.schema},
        "codes": {
            "frame": frame_code(order),
            "element": element_code(order),
            "picture": picture_code(order, listed, seoul_now(), left_out=left_out),
            "frame_check": frame_code(checked),
            "element_check": element_code(checked),
        },
        "preview": link("embed.page", **{"lang": asked.lang, **embed_query(asked)}),
        "picture": _own(asked, values),
        "verdicts": check_typed(values["address"], own_url=root, listed=get_house().settings.embed_origins) if values["address"] else (),
        "has_public_url": bool(get_house().settings.public_url),
        "own_root": root,
    }


def _order(snapshot: Snapshot, asked: EmbedRequest, values: dict[str, Any]) -> CodeOrder:
    spoken = {} if asked.lang == DEFAULT_LANGUAGE else {"lang": asked.lang}
    links = Links(
        frame=public_link("embed.page", **embed_query(asked)),
        script=public_link("embed.host_script"),
        picture=public_link(f"pictures.{values['picture']}", **_picture_query(asked, values)),
        whole=public_link("maps.page", **spoken),
        listing=public_link("pages.listing", layer=asked.layers[0], **spoken),
    )
    return CodeOrder(
        asked=asked,
        title=picture_title(snapshot, asked),
        links=links,
        width_px=values["width"] if values["fixed"] else None,
        height_px=values["height"],
        words=get_words(asked.lang),
        is_height_chosen=values["height"] != HEIGHT.default,
    )


def _picture_query(asked: EmbedRequest, values: dict[str, Any]) -> dict[str, str]:
    told = {name: text for name, text in embed_query(asked).items() if name not in ("show", "check")}
    return {**told, **{item.name: str(values[item.name]) for item in (WIDTH, HEIGHT) if values[item.name] != item.default}}


def _own(asked: EmbedRequest, values: dict[str, Any]) -> str:
    return link(f"pictures.{values['picture']}", **{"lang": asked.lang, **_picture_query(asked, values)})


def _listed(snapshot: Snapshot, asked: EmbedRequest) -> tuple[list[ListedPlace], int]:
    """The first places of a list that is to be pasted, and how many more there are."""
    # All of them, whatever is open just now: a pasted list stands for weeks.
    shown = list_shown(snapshot, layers=asked.layers, area_id=asked.area, at=seoul_now(), only_open=False, reports={})
    order = {name: number for number, name in enumerate(asked.layers)}
    shown.sort(key=lambda place: (_is_bare(snapshot, place), place.is_sample, order[place.layer], place.name, place.id))
    return [_tell(snapshot, place, asked.lang) for place in shown[:LIST_MOST]], max(0, len(shown) - LIST_MOST)


def _is_bare(snapshot: Snapshot, place: ShownPlace) -> bool:
    """Neither place nor hours are known: such a row helps nobody to get there, and stands last."""
    properties = snapshot.get_layer(place.layer).feature(place.position)["properties"]
    if properties.get("address") or properties.get("dong") or place.lon is not None:
        return False
    return not (LAYERS[place.layer].has_hours and any(item.opening_hours for item in load_schedule(properties).statements))


def _tell(snapshot: Snapshot, place: ShownPlace, lang: str) -> ListedPlace:
    words = get_words(lang)
    properties = snapshot.get_layer(place.layer).feature(place.position)["properties"]
    where = properties.get("address") or properties.get("dong") or label(words, PRECISION_WORDS, properties["precision"])
    hours = hours_line(load_schedule(properties).statements, words) if LAYERS[place.layer].has_hours else ""
    if not properties.get("address") and properties.get("dong"):
        where = name_in_latin(where, lang, is_area=True)
    latin = name_in_latin(place.name, lang)
    spoken = {} if lang == DEFAULT_LANGUAGE else {"lang": lang}
    page_link = public_link("pages.site", layer=place.layer, site_id=place.id, **spoken)
    return ListedPlace(place.name, where, hours, place.is_sample, page_link, "" if latin == place.name else latin)
