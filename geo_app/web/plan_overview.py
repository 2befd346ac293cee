"""The dated indicators of the district, each under the sector scheme that was in force on its date."""

from collections.abc import Mapping, Sequence
from typing import Any

from geo_app.snapshot.snapshot import Snapshot
from geo_app.wording.catalogue import DEFAULT_LANGUAGE, Words

Item = Mapping[str, Any]


def overview(snapshot: Snapshot, words: Words) -> list[dict[str, Any]]:
    """Parts in the order of time: before the first scheme, each scheme, and last the figures whose date nobody stated."""
    schemes = sorted(snapshot.document("sectors") or (), key=lambda scheme: scheme["from"])
    indicators: Sequence[Item] = snapshot.document("indicators") or ()
    found: dict[str | None, list[Item]] = {}
    for item in sorted(indicators, key=lambda item: item.get("as_of", "")):
        found.setdefault(scheme_on(item.get("as_of"), schemes), []).append(item)
    before = found.get("", [])
    undated = found.get(None, [])
    return [
        *([{"title": words("Before the first scheme"), "indicators": before}] if before else []),
        *(_scheme(scheme, found.get(scheme["id"], []), words) for scheme in schemes),
        *([{"title": words("Date not stated"), "indicators": undated}] if undated else []),
    ]


def scheme_on(day: str | None, schemes: Sequence[Item]) -> str | None:
    """The id of the last scheme that began by that day ("2026-01", "2026-01-27"); "" before the first, None without a day.

    >>> scheme_on("2025-12", [{"id": "a", "from": "2025-05"}, {"id": "b", "from": "2026-01-27"}])
    'a'
    """
    if not day:
        return None
    begun = [scheme["id"] for scheme in schemes if _has_begun(scheme["from"], day)]
    return begun[-1] if begun else ""


def _has_begun(start: str, day: str) -> bool:
    # What is dated to a month or a year is compared as far as both are dated.
    known = min(len(start), len(day))
    return start[:known] <= day[:known]


def _scheme(scheme: Item, indicators: Sequence[Item], words: Words) -> dict[str, Any]:
    names = _names(scheme, words)
    told = " · ".join(names) if names else words("{count} sectors; their names are not known", count=scheme["count"])
    return {
        "title": words("From {date}: {count} sectors", date=scheme["from"], count=scheme["count"]),
        "sectors": told,
        "scheme": scheme,
        "indicators": indicators,
    }


def _names(scheme: Item, words: Words) -> Sequence[str]:
    if words.lang == DEFAULT_LANGUAGE:
        return scheme.get("names") or ()
    return scheme.get(f"names_{words.lang}") or scheme.get("names_en") or scheme.get("names") or ()
