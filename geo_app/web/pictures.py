"""`/embed.svg` and `/embed.png`: a frame as a picture, for pages that take no frame; each drawn once a minute and question."""

import base64
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from typing import Any, Final, cast

from flask import Blueprint, Response, current_app, request

from geo_app.cartography.picture import MEDIA_TYPE, draw_picture
from geo_app.cartography.picture_colours import AUTO_STYLE
from geo_app.cartography.picture_scene import Theme
from geo_app.papers.picture import PicturePrinter
from geo_app.web.coding import compress_page
from geo_app.web.embed_parameters import EMBED, embed_query, embed_request
from geo_app.web.headers import content_security_policy
from geo_app.web.house import get_house, get_reports, get_snapshot
from geo_app.web.parameters import Parameter, integer, read_parameters
from geo_app.web.picture_content import PictureOrder, build_picture

blueprint = Blueprint("pictures", __name__)
EXTENSION = "geo_app.pictures"
LEAST_WIDTH_PX, WIDTH_PX, MOST_WIDTH_PX = 320, 640, 1600
LEAST_HEIGHT_PX, HEIGHT_PX, MOST_HEIGHT_PX = 240, 480, 1200
KEPT_BYTES: Final = 16 * 1024 * 1024  # some 200 pictures of the usual size
PNG: Final = "image/png"
# A picture's states hold for its minute.
CACHE_NOW, CACHE_AT = "no-cache", "public, max-age=60"


def _size(name: str, least: int, usual: int, most: int) -> Parameter:
    schema = {"type": "integer", "minimum": least, "maximum": most}
    return Parameter(name, integer(least, most), schema, f"{name} in pixels", default=usual)


WIDTH = _size("width", LEAST_WIDTH_PX, WIDTH_PX, MOST_WIDTH_PX)
HEIGHT = _size("height", LEAST_HEIGHT_PX, HEIGHT_PX, MOST_HEIGHT_PX)
# A picture has no list beside it and nothing to check.
PICTURE = (*(item for item in EMBED if item.name not in ("show", "check")), WIDTH, HEIGHT)
_STYLE_HASH: Final = hashlib.sha256(AUTO_STYLE.encode()).digest()


@dataclass(frozen=True, slots=True)
class Kept:
    """A finished picture and the digest of its bytes."""

    data: bytes
    digest: str


class PictureShelf:
    """The pictures asked for lately, up to so many bytes, and the one printer. Safe to share between threads."""

    def __init__(self, most_bytes: int = KEPT_BYTES) -> None:
        self.printer = PicturePrinter()
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()
        self._room = most_bytes

    def get(self, key: Hashable, draw: Callable[[], bytes]) -> Kept:
        """The picture under `key` (all it depends on), else what `draw` gives, kept from now on. Two threads may draw the same at once."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
                return found
        data = draw()
        made = Kept(data, hashlib.sha256(data).hexdigest())
        with self._lock:
            if key not in self._kept:
                self._kept[key] = made
                self._room -= len(data)
            while self._room < 0:
                _, oldest = self._kept.popitem(last=False)
                self._room += len(oldest.data)
        return made


@blueprint.get("/embed.svg")
def svg() -> Response:
    """The frame as SVG."""
    order = read_order()
    kept = _shelf().get(_key("svg", order), lambda: _draw(order).encode())
    answer = _answer(order, kept, MEDIA_TYPE, is_coded=True)
    if order.asked.theme == Theme.AUTO:
        # Opened by itself, not as a picture in a page, it is judged by its own policy.
        answer.headers["Content-Security-Policy"] = _policy()
    return answer


@blueprint.get("/embed.png")
def png() -> Response:
    """The same as PNG, where somebody's page takes no SVG; nobody can tell it the reader's colours: `auto` is light."""
    order = read_order()
    if order.asked.theme == Theme.AUTO:
        order = replace(order, asked=replace(order.asked, theme=Theme.LIGHT.value))
    shelf = _shelf()
    kept = shelf.get(_key("png", order), lambda: shelf.printer.draw_png(_draw(order), width_px=order.width_px, height_px=order.height_px))
    return _answer(order, kept, PNG, is_coded=False)


def read_order() -> PictureOrder:
    """What the query of now asks for, its time in whole minutes. Raises `BadParameters`."""
    values = read_parameters(PICTURE, request.args)
    asked = embed_request(values)
    return PictureOrder(replace(asked, at=asked.at.replace(second=0, microsecond=0)), values["width"], values["height"])


def _draw(order: PictureOrder) -> str:
    return draw_picture(build_picture(get_snapshot(), order, get_reports()))


def _key(kind: str, order: PictureOrder) -> Hashable:
    board = get_house().reports
    said = "" if board is None else board.stamp
    question = tuple(embed_query(order.asked).items())
    return kind, get_snapshot().number, said, question, order.asked.at, order.asked.is_now, order.width_px, order.height_px


def _answer(order: PictureOrder, kept: Kept, media_type: str, *, is_coded: bool) -> Response:
    answer = Response(kept.data, content_type=media_type)
    answer.headers["Access-Control-Allow-Origin"] = "*"
    # Pages that isolate themselves (COEP) take no picture without it.
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer.headers["Cache-Control"] = CACHE_NOW if order.asked.is_now else CACHE_AT
    answer.set_etag(kept.digest, weak=is_coded)
    told: Any = (compress_page(answer) if is_coded else answer).make_conditional(request)
    return cast("Response", told)


def _policy() -> str:
    return content_security_policy(styles=(f"'sha256-{base64.b64encode(_STYLE_HASH).decode()}'",))


def _shelf() -> PictureShelf:
    # One for each app, made when the first picture is asked for.
    return cast("PictureShelf", current_app.extensions.setdefault(EXTENSION, PictureShelf()))
