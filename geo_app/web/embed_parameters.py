"""What a frame or a picture on another page is asked for: one table for `/embed`, `/embed.svg`, `/embed.png` and their builder."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from werkzeug.datastructures import MultiDict

from geo_app.domain.layers import LAYERS
from geo_app.web.house import seoul_now
from geo_app.web.parameters import MOMENT_SCHEMA, Parameter, Unreadable, choice, choices, flag, moment, read_parameters
from geo_app.wording.catalogue import DEFAULT_LANGUAGE, LANGUAGES

EMBED_LAYERS = tuple(name for name, layer in LAYERS.items() if not layer.is_reference)
DEFAULT_LAYERS = ("shelters",)
THEMES = ("auto", "light", "dark")
SHOWS = ("both", "map", "list")
AT_FORM = "%Y-%m-%dT%H:%M"
_AREA_ID = re.compile(r"dg-[0-9]{1,12}")


@dataclass(frozen=True, slots=True)
class EmbedRequest:
    """What is shown, and how. `area` is a dong's id or "" for the whole district; `at` is Seoul's time, `is_now` where nobody named one."""

    layers: tuple[str, ...]
    area: str
    lang: str
    theme: str
    show: str
    only_open: bool
    at: datetime
    is_now: bool
    check: bool


def _area(text: str) -> str:
    """A dong's id; whether there is such a dong only a snapshot knows."""
    if not _AREA_ID.fullmatch(text):
        raise Unreadable("dg-000001")
    return text


def _layers(text: str) -> tuple[str, ...]:
    """Layers in the order of our table, each once."""
    named = choices(EMBED_LAYERS)(text)
    return tuple(name for name in EMBED_LAYERS if name in named)


_LAYER = f"({'|'.join(EMBED_LAYERS)})"
EMBED = (
    Parameter(
        "layers", _layers, {"type": "string", "pattern": f"^{_LAYER}(,{_LAYER})*$"}, "layers, comma-separated", default=DEFAULT_LAYERS
    ),
    Parameter("area", _area, {"type": "string", "pattern": "^dg-[0-9]{1,12}$"}, "the id of a dong; without it the district", default=""),
    Parameter("lang", choice(LANGUAGES), {"type": "string", "enum": [*LANGUAGES]}, "language", default=DEFAULT_LANGUAGE),
    Parameter("theme", choice(THEMES), {"type": "string", "enum": [*THEMES]}, "colours: as the device, light or dark", default="auto"),
    Parameter("show", choice(SHOWS), {"type": "string", "enum": [*SHOWS]}, "map, list or both", default="both"),
    Parameter("open", flag, {"type": "boolean"}, "of places with hours only those that are open", default=False),
    Parameter("at", moment, MOMENT_SCHEMA, "now, or an ISO 8601 time; without a zone it is Seoul's", example="2026-01-13T02:10"),
    Parameter("check", flag, {"type": "boolean"}, "a note for the web master that the frame arrived", default=False),
)


def read_embed(args: MultiDict[str, str]) -> EmbedRequest:
    """The request that a query makes. Raises `BadParameters` naming all that cannot be used."""
    return embed_request(read_parameters(EMBED, args))


def embed_request(values: Mapping[str, Any]) -> EmbedRequest:
    """The request that read parameters make: for doors with more parameters, or with fewer than `EMBED`, of their own."""
    at = values["at"]
    return EmbedRequest(
        layers=values["layers"],
        area=values["area"],
        lang=values["lang"],
        theme=values["theme"],
        show=values.get("show", "both"),
        only_open=values["open"],
        at=at or seoul_now(),
        is_now=at is None,
        check=values.get("check", False),
    )


def embed_query(request: EmbedRequest) -> dict[str, str]:
    """The parameters that ask for it, in the order of `EMBED`, without those that say what holds anyhow."""
    told = {
        "layers": ",".join(request.layers),
        "area": request.area,
        "lang": request.lang,
        "theme": request.theme,
        "show": request.show,
        "open": _flag(request.only_open),
        "at": "" if request.is_now else request.at.strftime(AT_FORM),
        "check": _flag(request.check),
    }
    return {name: text for name, text in told.items() if text != _PLAIN[name]}


def _flag(is_set: bool) -> str:  # noqa: FBT001 a value to be written, not a switch
    return "true" if is_set else "false"


_PLAIN = {
    "layers": ",".join(DEFAULT_LAYERS),
    "area": "",
    "lang": DEFAULT_LANGUAGE,
    "theme": "auto",
    "show": "both",
    "open": "false",
    "at": "",
    "check": "false",
}
