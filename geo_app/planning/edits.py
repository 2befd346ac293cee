"""The changes of a scenario and the short text that carries them in an address."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NoReturn
from urllib.parse import quote_plus, unquote

from geo_app.domain.errors import BadCoordinates, GeoAppError
from geo_app.domain.hours import BadHours, parse_holiday_rule, parse_opening_hours
from geo_app.spatial.checks import check_point
from geo_app.spatial.crs import MAX_LON_DEG

MAX_EDITS: Final = 20
# Of the canonical text as an address writes it, where a Korean letter takes nine: links carry it beside the rest of a question.
MAX_EDITS_CHARACTERS: Final = 2_400
_MAX_TYPED_CHARACTERS = 2 * MAX_EDITS_CHARACTERS  # of a text before it is read: words for hours shrink, and a program may encode more
MAX_NAME_CHARACTERS: Final = 60
MAX_ID_CHARACTERS: Final = 40
LONLAT_DECIMALS: Final = 6  # 0.1 m
_SHOWN_CHARACTERS = 80

# (weekly rule in canonical form, rule for holidays or None) of a text of hours; raises `BadHours`.
HoursReader = Callable[[str], tuple[str, str | None]]


class EditKind(StrEnum):
    """What a change does to one place."""

    OPEN = "open"
    CLOSE = "close"
    MOVE = "move"
    HOURS = "hours"


# How each kind is written; also what an error expects, the same in every language.
EDIT_FORMS: Final = {
    EditKind.OPEN: "open:<lon>,<lat>,<hours>[,<name>]",
    EditKind.CLOSE: "close:<id>",
    EditKind.MOVE: "move:<id>,<lon>,<lat>",
    EditKind.HOURS: "hours:<id>,<hours>",
}


@dataclass(frozen=True, slots=True)
class Edit:
    """One change. `site_id` is None for `OPEN`; `lon`, `lat` in EPSG:4326, rounded to `LONLAT_DECIMALS`, for `OPEN` and `MOVE`.

    `hours` is the canonical weekly rule and `on_holidays` one of `hours.HOLIDAY_RULES` (None: as on any other day), for `OPEN`, `HOURS`.
    """

    kind: EditKind
    site_id: str | None = None
    name: str = ""
    lon: float | None = None
    lat: float | None = None
    hours: str | None = None
    on_holidays: str | None = None


class BadEdit(GeoAppError):
    """A change that cannot be read. Values: `number` (from 1; 0 for the whole text), `edit` (as written, cut), `expected`."""

    code = "bad-edit"


class TooManyEdits(BadEdit):
    """More changes than a scenario holds. Values: `number`, `count`, `limit`, `expected`."""

    code = "too-many-edits"


class EditsTooLong(BadEdit):
    """Changes whose text would make a link too long. Values: `number` (0), `length` as an address writes it, `limit`, `expected`."""

    code = "edits-too-long"


class SwappedEdit(BadEdit):
    """A place whose latitude stands first. Values: `number`, `edit`, `place`, `guess` (the other way round), `expected`."""

    code = "edit-swapped"


class EditOutside(BadEdit):
    """A place too far from the district. Values: `number`, `place`, `limit_km`."""

    code = "edit-outside"


def read_canonical_hours(text: str) -> tuple[str, str | None]:
    """The rule of a canonical text; what holds on holidays may stand behind a stroke, where the grammar itself cannot say it.

    >>> read_canonical_hours("Mo-Fr 9:00-18:00|closed-seollal-chuseok")
    ('Mo-Fr 09:00-18:00', 'closed-seollal-chuseok')
    """
    weekly, _, on_holidays = text.partition("|")
    parsed = parse_opening_hours(weekly)
    return parsed.opening_hours, str(parse_holiday_rule(on_holidays)) if on_holidays else parsed.on_holidays


def parse_edits(text: str, *, read_hours: HoursReader = read_canonical_hours) -> tuple[Edit, ...]:
    """The changes a text holds, in its order: items by `;`, parts by `,`, these two and `%` percent-encoded inside a part.

    At most `MAX_EDITS`, whose canonical text takes at most `MAX_EDITS_CHARACTERS` in an address, so that what is accepted can be linked,
    saved and opened; an empty text holds none, empty items are passed over. Raises `BadEdit`.

    >>> parse_edits("close:sh-000001;open:126.8,35.1,24/7;")[1].hours
    '24/7'
    """
    if len(text) > _MAX_TYPED_CHARACTERS:
        _refuse_length(len(quote_plus(text, errors="replace")))
    items = [item.strip() for item in text.split(";") if item.strip()]
    if len(items) > MAX_EDITS:
        raise TooManyEdits(number=MAX_EDITS + 1, count=len(items), limit=MAX_EDITS, expected=f"≤ {MAX_EDITS}")
    edits = tuple(_parse(item, number, read_hours) for number, item in enumerate(items, start=1))
    length = address_length(edits)
    if length > MAX_EDITS_CHARACTERS:
        _refuse_length(length)
    return edits


def address_length(edits: Iterable[Edit]) -> int:
    """How many characters the changes take in an address, where all but plain letters and digits are written as `%XX`."""
    return len(quote_plus(write_edits(edits)))


def write_edits(edits: Iterable[Edit]) -> str:
    """The text of the changes, which `parse_edits` reads back as they were."""
    return ";".join(f"{edit.kind}:{','.join(map(_encode, _parts(edit)))}" for edit in edits)


def _parse(item: str, number: int, read_hours: HoursReader) -> Edit:
    word, _, rest = item.partition(":")
    try:
        kind = EditKind(word)
    except ValueError:
        _refuse(number, item, " · ".join(EDIT_FORMS.values()))
    try:
        return _read(kind, [unquote(part, errors="strict").strip() for part in rest.split(",")], read_hours)
    except BadCoordinates as fault:
        _refuse_swapped(number, item, fault)
        _refuse(number, item, EDIT_FORMS[kind])
    except (ValueError, BadHours):
        _refuse(number, item, EDIT_FORMS[kind])


def _read(kind: EditKind, parts: list[str], read_hours: HoursReader) -> Edit:
    """Raises `ValueError`, `BadCoordinates`, `BadHours`."""
    if kind is EditKind.OPEN:
        lon, lat, hours, name = parts if len(parts) > 3 else [*parts, ""]  # noqa: PLR2004 the name may be left out
        return Edit(kind, None, _name(name), *_point(lon, lat), *read_hours(hours))
    if kind is EditKind.CLOSE:
        (site_id,) = parts
        return Edit(kind, _site_id(site_id))
    if kind is EditKind.MOVE:
        site_id, lon, lat = parts
        return Edit(kind, _site_id(site_id), "", *_point(lon, lat))
    site_id, hours = parts
    return Edit(kind, _site_id(site_id), "", None, None, *read_hours(hours))


def _point(lon: str, lat: str) -> tuple[float, float]:
    if not (lon + lat).isascii() or "_" in lon + lat:  # what float() takes and an address should not hold
        raise ValueError(lon, lat)
    x, y = check_point(float(lon), float(lat))
    return round(x, LONLAT_DECIMALS) + 0.0, round(y, LONLAT_DECIMALS) + 0.0


def _name(text: str) -> str:
    if len(text) > MAX_NAME_CHARACTERS or not text.isprintable():
        raise ValueError(text)
    return text


def _site_id(text: str) -> str:
    if not text or len(text) > MAX_ID_CHARACTERS or not text.isascii() or not text.replace("-", "").isalnum():
        raise ValueError(text)
    return text


def _parts(edit: Edit) -> list[str]:
    place = [f"{value:.{LONLAT_DECIMALS}f}".rstrip("0").rstrip(".") for value in (edit.lon, edit.lat) if value is not None]
    hours = [_hours_text(edit)] if edit.hours is not None else []
    return [*filter(None, [edit.site_id]), *place, *hours, *filter(None, [edit.name])]


def _hours_text(edit: Edit) -> str:
    hours = edit.hours or ""
    is_told = edit.on_holidays is None or parse_opening_hours(hours).on_holidays == edit.on_holidays
    return hours if is_told else f"{hours}|{edit.on_holidays}"


def _encode(part: str) -> str:
    return part.replace("%", "%25").replace(";", "%3B").replace(",", "%2C")


def _refuse(number: int, item: str, expected: str) -> NoReturn:
    raise BadEdit(number=number, edit=item[:_SHOWN_CHARACTERS], expected=expected) from None


def _refuse_swapped(number: int, item: str, fault: BadCoordinates) -> None:
    lon, lat, reason = (fault.values[name] for name in ("lon", "lat", "reason"))
    if reason == "swapped" and abs(float(lat or 0)) <= MAX_LON_DEG:
        place, guess = f"{lon}, {lat}", f"{lat}, {lon}"
        raise SwappedEdit(number=number, edit=item[:_SHOWN_CHARACTERS], place=place, guess=guess, expected=guess) from None


def _refuse_length(length: int) -> NoReturn:
    raise EditsTooLong(number=0, length=length, limit=MAX_EDITS_CHARACTERS, expected=f"≤ {MAX_EDITS_CHARACTERS}")
