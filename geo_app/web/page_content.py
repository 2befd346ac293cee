"""What each page shows, as plain values for its template: chosen here, worded there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shapely.geometry import shape

from geo_app.domain.errors import UnknownSite
from geo_app.domain.hours import Answer
from geo_app.domain.layers import LAYERS
from geo_app.domain.provenance import POINT_PRECISIONS
from geo_app.finder.nearest import Nearby, NearestQuestion, arrival_rank, find_nearest
from geo_app.snapshot.layer import LayerSnapshot
from geo_app.snapshot.snapshot import Snapshot
from geo_app.web.house import seoul_now, words_of_reader
from geo_app.wording.clock import duration
from geo_app.wording.clock import moment as moment_words
from geo_app.wording.door_state import state_sentence
from geo_app.wording.figures import format_distance
from geo_app.wording.labels import CHOICE_WORDS, FIELD_WORDS, label
from geo_app.wording.readback import read_back

PAGE_SIZE = 60
FINDER_LIMIT = 10
STARTING_LAYERS = ("dongs", "industrial-complexes")
# Shown in their own places on the page, or for machines only.
HIDDEN_FACTS = frozenset((
    "name", "hours", "closures", "entry", "entry_note", "amenities",
    "source", "source_key", "source_url", "as_of", "checked_on", "licence",
    "codes", "population", "establishments", "projects", "figures", "legal_dongs", "administrative_dongs",
    "completed_year", "aged", "consent", "name_en",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class ListQuestion:
    """What of a layer is listed, and at what time its doors are judged."""

    layer: str
    text: str
    dong: str
    page: int
    at: datetime
    is_now: bool


def finder(snapshot: Snapshot, start_id: str, at: datetime, *, is_now: bool) -> dict[str, Any]:
    """Places to start from, and the shelters nearest to the chosen one. An unknown id raises `UnknownSite`."""
    start = _start(snapshot, start_id) if start_id else None
    cards: list[dict[str, Any]] = []
    if start is not None:
        lon, lat = start["lonlat"]
        # The nearest ones, and of these the open ones first: a door open at the other end of the district helps nobody on foot.
        nearest = find_nearest(snapshot, NearestQuestion(lon, lat, at, limit=FINDER_LIMIT))
        layer = snapshot.get_layer("shelters")
        cards = [_near_card(layer, item, at) for item in sorted(nearest, key=arrival_rank)]
    shelters = snapshot.get_layer("shelters").meta
    return {
        **_time(at, is_now=is_now),
        "starts": _starts(snapshot),
        "start": start,
        "cards": cards,
        "unlocated": shelters.unlocated,
        "total": shelters.real + shelters.sample,
    }


def listing(snapshot: Snapshot, question: ListQuestion) -> dict[str, Any]:
    """One page of a layer. Records stand in the order of their names."""
    layer = snapshot.get_layer(question.layer)
    features = [(position, layer.feature(position)) for position in layer.search(question.text)]
    if question.dong:
        features = [pair for pair in features if pair[1]["properties"].get("dong") == question.dong]
    features.sort(key=lambda pair: (pair[1]["properties"]["status"] == "sample", pair[1]["properties"]["name"], pair[1]["id"]))
    page_count = max(1, -(-len(features) // PAGE_SIZE))
    page = min(question.page, page_count)
    first = (page - 1) * PAGE_SIZE
    shown = features[first : first + PAGE_SIZE]
    return {
        **_time(question.at, is_now=question.is_now),
        "layer": layer.name,
        "meta": layer.meta,
        "has_hours": LAYERS[layer.name].has_hours,
        "q": question.text,
        "dong": question.dong,
        "dongs": _names(snapshot, "dongs"),
        "cards": [_card(snapshot, layer, position, feature, question.at) for position, feature in shown],
        "matched": len(features),
        "page_number": page,
        "page_count": page_count,
        "first_number": first + 1,
    }


def site(snapshot: Snapshot, layer_name: str, site_id: str, at: datetime, *, is_now: bool) -> dict[str, Any]:
    """Everything published of one place. Raises `UnknownSite`."""
    layer = snapshot.get_layer(layer_name)
    position = layer.find_position(site_id)
    if position is None:
        raise UnknownSite(layer=layer_name, id=site_id)
    feature = layer.feature(position)
    properties = feature["properties"]
    return {
        **_time(at, is_now=is_now),
        "layer": layer_name,
        "card": _card(snapshot, layer, position, feature, at),
        "facts": list(_facts(properties, is_reference=LAYERS[layer_name].is_reference)),
        "hours": list(_hours(properties)),
        "properties": properties,
        "lonlat": _lonlat(feature),
    }


def about(snapshot: Snapshot) -> dict[str, Any]:
    """Per programme: official count, names known, places known; indicators, sector schemes and data sources."""
    return {
        "is_now": True,
        "programmes": [_programme(snapshot, item) for item in snapshot.document("programmes") or ()],
        "indicators": snapshot.document("indicators") or [],
        "sectors": snapshot.document("sectors") or [],
        "sources": snapshot.document("sources") or [],
        "metas": [snapshot.layers[name].meta for name in LAYERS],
        "calendar": snapshot.calendar,
    }


def _programme(snapshot: Snapshot, programme: dict[str, Any]) -> dict[str, Any]:
    counted_by = programme["counted_by"]
    layer = snapshot.get_layer(counted_by["layer"])
    wanted = counted_by.get("where", {})
    known = located = samples = 0
    for position in range(len(layer)):
        properties = layer.feature(position)["properties"]
        if any(properties.get(name) not in values for name, values in wanted.items()):
            continue
        if properties["status"] == "sample":
            samples += 1
            continue
        known += 1
        located += properties["precision"] == "address"
    return {**programme, "names_known": known, "places_known": located, "sample_count": samples}


def _near_card(layer: LayerSnapshot, nearby: Nearby, at: datetime) -> dict[str, Any]:
    feature = layer.feature(nearby.position)
    state = _state(nearby.now_answer, at)
    words = words_of_reader()
    return {
        **_card_of(layer.name, feature, state),
        "way_duration": duration(max(1, round(nearby.travel_min)), words),
        "way_distance": format_distance(nearby.distance_m, words),
        "is_rough": feature["properties"]["precision"] not in POINT_PRECISIONS,
    }


def _card(snapshot: Snapshot, layer: LayerSnapshot, position: int, feature: dict[str, Any], at: datetime) -> dict[str, Any]:
    has_hours = LAYERS[layer.name].has_hours
    state = _state(layer.opening.answer(position, at, snapshot.calendar), at) if has_hours else None
    return _card_of(layer.name, feature, state)


def _card_of(layer: str, feature: dict[str, Any], state: dict[str, str] | None) -> dict[str, Any]:
    properties = feature["properties"]
    language = words_of_reader().lang
    own_name = properties.get(f"name_{language}")
    return {
        "kind": None,
        **properties,
        "id": feature["id"],
        "layer": layer,
        "name": own_name or properties["name"],
        "name_lang": language if own_name else "ko",
        "state": state,
        "is_sample": properties["status"] == "sample",
    }


def _state(answer: Answer, at: datetime) -> dict[str, str]:
    return {"code": answer.state.value, "sentence": state_sentence(answer.state, answer.until, at, words_of_reader(), answer.then)}


def _facts(properties: dict[str, Any], *, is_reference: bool) -> Iterable[tuple[str, str, str]]:
    """(field, its word, its value in words) of everything that has no place of its own on the page."""
    words = words_of_reader()
    order = list(FIELD_WORDS)
    # How sure a border is, is told by its source; "known only to the dong" would be nonsense for the dong itself.
    hidden = HIDDEN_FACTS | {"status", "precision"} if is_reference else HIDDEN_FACTS
    for name in sorted(properties.keys() - hidden, key=lambda name: (order.index(name) if name in order else len(order), name)):
        value = properties[name]
        shown = label(words, CHOICE_WORDS[name], str(value)) if name in CHOICE_WORDS else _plain(name, value)
        yield name, label(words, FIELD_WORDS, name), shown


def _plain(name: str, value: object) -> str:
    if isinstance(value, int) and name.endswith("_m2"):
        return f"{value:,} m²"
    if isinstance(value, int) and name != "year":
        return f"{value:,}"
    return str(value)


def _hours(properties: dict[str, Any]) -> Iterable[dict[str, Any]]:
    words = words_of_reader()
    for statement in properties.get("hours", ()):
        yield {**statement, "readback": read_back(statement.get("opening_hours"), statement.get("on_holidays"), words)}


def _start(snapshot: Snapshot, start_id: str) -> dict[str, Any]:
    for name in STARTING_LAYERS:
        layer = snapshot.get_layer(name)
        if layer.find_position(start_id) is not None:
            feature = layer.get_feature(start_id)
            lonlat = _lonlat(feature)
            if lonlat is not None:
                return {"id": start_id, "name": feature["properties"]["name"], "lonlat": lonlat}
    raise UnknownSite(layer="dongs", id=start_id)


def _starts(snapshot: Snapshot) -> list[dict[str, Any]]:
    groups = []
    for name in STARTING_LAYERS:
        layer = snapshot.get_layer(name)
        features = [layer.feature(int(position)) for position in layer.pins]
        places = sorted((feature["properties"]["name"], feature["id"]) for feature in features)
        groups.append({"layer": name, "places": places})
    return groups


def _names(snapshot: Snapshot, layer_name: str) -> Sequence[str]:
    layer = snapshot.get_layer(layer_name)
    return sorted(layer.feature(position)["properties"]["name"] for position in range(len(layer)))


def _lonlat(feature: dict[str, Any]) -> tuple[float, float] | None:
    if feature["geometry"] is None:
        return None
    inside = shape(feature["geometry"]).representative_point()
    return inside.x, inside.y


def _time(at: datetime, *, is_now: bool) -> dict[str, Any]:
    shown = None if is_now else moment_words(at, seoul_now(), words_of_reader())
    return {"at": at, "is_now": is_now, "other_time": shown, "at_parameter": None if is_now else at.strftime("%Y-%m-%dT%H:%M")}
