"""What `/about` shows: official counts beside what is known, indicators, data sources."""

from typing import Any

from geo_app.domain.layers import LAYERS
from geo_app.snapshot.snapshot import Snapshot


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
