"""Examples of asking the doors, in three languages, with ids of the snapshot that is served: they run as they stand."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple
from urllib.parse import urlencode

from geo_app.snapshot.snapshot import Snapshot
from geo_app.web.open_doors import COVERAGE_DOOR, FILE, Door

# What a path holds in an example.
_NAMES: Final = {"layer": "shelters", "ext": "csv"}
_TABLES: Final = {"/plan/{table}.{ext}": "dongs"}


class Takes(NamedTuple):
    """What is done with the answer, as lines of Python and of JavaScript; `data` is what the JSON holds."""

    python: str
    script: str


class Example(NamedTuple):
    """One of them: its language, as a page names it, and its text."""

    language: str
    text: str


def list_examples(door: Door, root: str, snapshot: Snapshot) -> list[Example]:
    """How the door is asked by curl, Python's own library, and a script of a page or of Node. `root` stands before each path."""
    path = door.path.format(**{**_NAMES, "table": _TABLES.get(door.path, "shelters")})
    query = urlencode(_query(door, snapshot), safe=":,")
    url = root + path + (f"?{query}" if query else "")
    curl = f"curl {'-OJ ' if door.is_named else ''}'{url}'"
    posted = [Example("curl POST", _posted(root + path, _query(door, snapshot)))] if door.is_posted else []
    return [Example("curl", curl), *posted, Example("Python", _python(door, url)), Example("JavaScript", _script(door, url))]


def _query(door: Door, snapshot: Snapshot) -> dict[str, str]:
    told = {item.name: str(item.example) for item in door.table if item.example is not None}
    if door.group == "embed" and door.table:
        told = {"area": snapshot.get_layer("dongs").ids[0]}
    return told


def _posted(url: str, query: Mapping[str, str]) -> str:
    return f"curl {' '.join(f'-d {name}={text}' for name, text in query.items())} '{url}'"


def _python(door: Door, url: str) -> str:
    asked = f'import urllib.request\n\nwith urllib.request.urlopen("{url}") as answer:\n'
    if door.schema == FILE:
        name = "places.csv" if door.is_named else "picture.png"
        return f'{asked}    with open("{name}", "wb") as file:\n        file.write(answer.read())\n'
    if "json" not in door.media[0]:
        return f"{asked}    print(answer.read().decode()[:300])\n"
    return f"import json\n{asked}    data = json.load(answer)\n{_takes(door).python}\n"


def _script(door: Door, url: str) -> str:
    asked = f'const answer = await fetch("{url}");\nif (!answer.ok) throw new Error(await answer.text());\n'
    if door.schema == FILE:
        return asked + "const file = await answer.blob();\nconsole.log(file.size, file.type);\n"
    if "json" not in door.media[0]:
        return asked + "console.log((await answer.text()).slice(0, 300));\n"
    return f"{asked}const data = await answer.json();\n{_takes(door).script}\n"


def _takes(door: Door) -> Takes:
    return _TAKES.get(door.path, _GEOJSON if "geo+json" in door.media[0] else _OBJECT)


_OBJECT: Final = Takes("print(list(data))", "console.log(Object.keys(data));")
_GEOJSON: Final = Takes('print(len(data["features"]))', "console.log(data.features.length);")
_TAKES: Final[Mapping[str, Takes]] = MappingProxyType({
    "/api/nearest": Takes(
        'for place in data["features"]:\n    told = place["properties"]\n'
        '    print(told["name"], told["distance_m"], told["is_open_on_arrival"])',
        "for (const place of data.features) {\n"
        "  const told = place.properties;\n  console.log(told.name, told.distance_m, told.is_open_on_arrival);\n}",
    ),
    "/api/sites": Takes('print(data["numberMatched"], data["links"])', "console.log(data.numberMatched, data.links);"),
    "/api/states": Takes(
        'print(sum(state[0] == "open" for state in data["states"].values()))',
        'console.log(Object.values(data.states).filter((state) => state[0] === "open").length);',
    ),
    "/api/revision": Takes('print(data["revision"])', "console.log(data.revision);"),
    "/api/latin": Takes('print(data["names"])', "console.log(data.names);"),
    COVERAGE_DOOR: Takes('print(data["share"], data["nominal_share"])', "console.log(data.share, data.nominal_share);"),
    f"{COVERAGE_DOOR}/week": Takes('print(min(data["shares"]))', "console.log(Math.min(...data.shares));"),
    f"{COVERAGE_DOOR}/gaps": Takes(
        'for gap in data["gaps"]:\n    print(gap["rank"], gap["name"], gap["when"])',
        "for (const gap of data.gaps) console.log(gap.rank, gap.name, gap.when);",
    ),
    "/api/wishes": Takes('print(len(data["wishes"]))', "console.log(data.wishes.length);"),
    "/api/openapi.json": Takes('print(list(data["paths"]))', "console.log(Object.keys(data.paths));"),
})  # fmt: skip
