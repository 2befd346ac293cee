"""Where a place is, for somebody without a map: so many metres north of something she knows."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from geo_app.finder.areas import list_dongs
from geo_app.finder.gazetteer import Place, PlaceKind, list_places
from geo_app.snapshot.snapshot import Snapshot
from geo_app.spatial.geodesy import bearing_deg, distance_m

HELPFUL_WITHIN_M = 1500.0  # a landmark farther off is no longer "near"
# The middle of a complex is known to a few hundred metres only, so it speaks where no door of a known place does.
_KNOWN_DOORS = (PlaceKind.OFFICE, PlaceKind.STATION)
_TURN_DEG = 360.0


class Direction(StrEnum):
    """The eight winds, from north clockwise."""

    NORTH = "n"
    NORTH_EAST = "ne"
    EAST = "e"
    SOUTH_EAST = "se"
    SOUTH = "s"
    SOUTH_WEST = "sw"
    WEST = "w"
    NORTH_WEST = "nw"


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The place lies `distance_m` geodesic metres to the `direction` of `landmark`; both are None where it simply lies in that dong."""

    landmark: Place
    direction: Direction | None = None
    distance_m: float | None = None


def locate_in_words(snapshot: Snapshot, lon: float, lat: float, *, but: str | None = None) -> Whereabouts | None:
    """What helps to find a point in EPSG:4326, from the nearest known place other than `but` (its own id); None in an empty district.

    A dong office or a station within `HELPFUL_WITHIN_M`, else a complex, else the dong that holds the point, else the nearest of all.
    """
    places = [place for place in list_places(snapshot) if place.id != but]
    for kinds in (_KNOWN_DOORS, (PlaceKind.COMPLEX,)):
        found = _nearest((place for place in places if place.kind in kinds), lon, lat)
        if found is not None and found.distance_m is not None and found.distance_m <= HELPFUL_WITHIN_M:
            return found
    dong = _holding_dong(snapshot, places, lon, lat)
    return _nearest((place for place in places if place.kind is not PlaceKind.SITE), lon, lat) if dong is None else Whereabouts(dong)


def direction_of(from_lon: float, from_lat: float, to_lon: float, to_lat: float) -> Direction:
    """The wind one faces looking from the first point to the second; north where they are one."""
    winds = tuple(Direction)
    return winds[round(bearing_deg(from_lon, from_lat, to_lon, to_lat) / (_TURN_DEG / len(winds))) % len(winds)]


def _nearest(places: Iterable[Place], lon: float, lat: float) -> Whereabouts | None:
    measured = [(distance_m(place.lon, place.lat, lon, lat), place.id, place) for place in places]
    if not measured:
        return None
    metres, _, landmark = min(measured, key=lambda row: row[:2])
    return Whereabouts(landmark, direction_of(landmark.lon, landmark.lat, lon, lat), metres)


def _holding_dong(snapshot: Snapshot, places: list[Place], lon: float, lat: float) -> Place | None:
    if "dongs" not in snapshot.layers:
        return None
    holding = {dong.id for dong in list_dongs(snapshot.layers["dongs"]) if dong.holds(lon, lat)}
    return next((place for place in places if place.id in holding), None)
