"""What `/api/` shows: each door with its parameters, an answer and examples; what holds for all of them; what is promised."""

import json
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from geo_app.desk.scenarios import SCENARIOS_AN_HOUR
from geo_app.settings import MAX_REQUEST_BYTES
from geo_app.web.api_examples import list_examples
from geo_app.web.departures import DEPARTURES, LEAST_NOTICE_DAYS
from geo_app.web.errors import HTTP_CODES, STATUS_BY_CODE
from geo_app.web.house import get_house, get_snapshot, public_link, words_of_reader
from geo_app.web.kept_operations import (
    CHANGE_SUMMARY,
    REPORTS_DOOR,
    REPORTS_SUMMARY,
    SAVE_SUMMARY,
    SCENARIOS_DOOR,
    WISHES_DOOR,
    WISHES_SUMMARY,
)
from geo_app.web.open_answers import described
from geo_app.web.open_document import SENT
from geo_app.web.open_doors import COVERAGE_DOOR, DOORS, GROUPS, Door
from geo_app.web.parameters import Parameter
from geo_app.web.reports import REPORT
from geo_app.web.scenario_doors import DEED, SAVED
from geo_app.web.wishes import WISH
from geo_app.wording.api_terms import list_limits, list_promises, list_rules
from geo_app.wording.catalogue import Words

SAMPLES: Final = Path(__file__).with_name("api_samples.json")
_LISTED: Final = re.compile(r"\^\(([a-z|-]+)\)\(,")  # some of a few words, by commas
_BYTES_A_KIB: Final = 1024


def api_page() -> dict[str, Any]:
    """The values of the template `web/api.html`."""
    words = words_of_reader()
    return {
        "root": _root(),
        "groups": [(name, words(said), [_shown(door) for door in DOORS if door.group == name]) for name, said in GROUPS.items()],
        "sent": words(SENT),
        "sent_doors": _sent_doors(),
        "rules": list_rules(words),
        "limits": list_limits(words, request_kib=MAX_REQUEST_BYTES // _BYTES_A_KIB, scenarios=SCENARIOS_AN_HOUR),
        "promises": list_promises(words, notice_days=LEAST_NOTICE_DAYS),
        "departures": DEPARTURES,
        "codes": _codes(),
    }


@lru_cache(maxsize=1)
def load_samples() -> dict[str, Any]:
    """Answers by path, shortened, as the demo district gave them."""
    held: dict[str, Any] = json.loads(SAMPLES.read_text(encoding="utf-8"))
    return held


def values_of(item: Parameter, words: Words) -> str:
    """What a parameter takes: its choices, its bounds, how long it may be."""
    schema = item.schema
    if "enum" in schema:
        return ", ".join(schema["enum"])
    if schema["type"] == "boolean":
        return "true, false"
    if "minimum" in schema:
        return f"{schema['minimum']:,} … {schema['maximum']:,}"
    listed = _LISTED.match(schema.get("pattern", ""))
    if listed:
        return listed[1].replace("|", ", ")
    return words("at most {count} characters", count=f"{schema['maxLength']:,}") if "maxLength" in schema else ""


def _shown(door: Door) -> dict[str, Any]:
    sample = load_samples().get(door.path)
    return {
        "path": door.path,
        "anchor": _anchor(door.path),
        "methods": "GET · POST" if door.is_posted else "GET",
        "summary": door.summary,
        "asks_coverage": door.asks_coverage and door.path != COVERAGE_DOOR,
        "names": [(name, ", ".join(values)) for name, values in door.names.items()],
        "rows": _rows(door.own_table),
        "media": ", ".join(door.media),
        "sample": None if sample is None else json.dumps(sample, ensure_ascii=False, indent=2),
        "examples": list_examples(door, _root(), get_snapshot()),
    }


def _sent_doors() -> list[dict[str, Any]]:
    """Without ids in their examples: who tries one would report a real door."""
    curl = "curl -H 'Accept: application/json'"
    told: list[tuple[str, str, Sequence[Parameter], str]] = [
        (REPORTS_DOOR, REPORTS_SUMMARY, REPORT, "-d site=… -d seen=open"),
        (WISHES_DOOR, WISHES_SUMMARY, WISH, "-d place=… -d when=weekday-02"),
    ]
    if get_house().scenarios is not None:
        told.append((SCENARIOS_DOOR, SAVE_SUMMARY, SAVED, "-d name=… -d minutes=10 -d edits=close:…"))
        told.append((f"{SCENARIOS_DOOR}/{{token}}", CHANGE_SUMMARY, (DEED, *SAVED), "-d do=rename -d name=…"))
    return [
        {"path": path, "anchor": _anchor(path), "summary": said, "rows": _rows(table), "example": f"{curl} {fields} '{_root()}{path}'"}
        for path, said, table, fields in told
    ]


def _rows(table: Iterable[Parameter]) -> list[dict[str, Any]]:
    return [
        {
            "name": item.name,
            "is_required": item.is_required,
            "description": item.description,
            "taken": values_of(item, words_of_reader()),
            "default": _default(item),
        }
        for item in table
    ]


def _default(item: Parameter) -> str:
    value = described(item).get("default", "")
    return str(value).lower() if isinstance(value, bool) else str(value)


def _codes() -> list[tuple[int, str]]:
    """Codes of errors by status, those of HTTP among them."""
    by_status: dict[int, list[str]] = {}
    for code, status in [*STATUS_BY_CODE.items(), *((code, status) for status, code in HTTP_CODES.items())]:
        if code not in by_status.setdefault(status, []):
            by_status[status].append(code)
    return [(status, ", ".join(sorted(codes))) for status, codes in sorted(by_status.items())]


def _anchor(path: str) -> str:
    return "door" + "".join(sign if sign.isalnum() else "-" for sign in path)


def _root() -> str:
    return public_link("pages.finder").rstrip("/")
