"""What `/list/<layer>` shows: one page of a layer, by word and dong."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from geo_app.domain.layers import LAYERS
from geo_app.snapshot.snapshot import Snapshot
from geo_app.web.page_content import place_card, time_values

PAGE_SIZE = 60


@dataclass(frozen=True, slots=True)
class ListQuestion:
    """What of a layer is listed, and at what time its doors are judged."""

    layer: str
    text: str
    dong: str
    page: int
    at: datetime
    is_now: bool


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
        **time_values(question.at, is_now=question.is_now),
        "layer": layer.name,
        "meta": layer.meta,
        "has_hours": LAYERS[layer.name].has_hours,
        "q": question.text,
        "dong": question.dong,
        "dongs": _names(snapshot, "dongs"),
        "cards": [place_card(snapshot, layer, position, feature, question.at) for position, feature in shown],
        "matched": len(features),
        "page_number": page,
        "page_count": page_count,
        "first_number": first + 1,
    }


def _names(snapshot: Snapshot, layer_name: str) -> Sequence[str]:
    layer = snapshot.get_layer(layer_name)
    return sorted(layer.feature(position)["properties"]["name"] for position in range(len(layer)))
