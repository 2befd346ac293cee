"""OpenStreetMap tags → what a street is and who may use it, in which direction.

Defaults follow the OpenStreetMap wiki's table of access restrictions, with the Korean law where it differs: pedestrians, bicycles
and motorbikes may not use 고속도로 (도로교통법 제63조) nor 자동차전용도로, which are mapped as `highway=motorway` and `motorroad=yes`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from geo_app.ingest.roads.way import UNKNOWN_SPEED_KMH, RoadRule
from geo_app.travel.streets import Access, RoadClass

WALK: Final = Access.WALK_FORWARD | Access.WALK_BACK
BICYCLE: Final = Access.BICYCLE_FORWARD | Access.BICYCLE_BACK
MOTORBIKE: Final = Access.MOTORBIKE_FORWARD | Access.MOTORBIKE_BACK
NOBODY: Final = Access(0)
EVERYBODY: Final = WALK | BICYCLE | MOTORBIKE
_FORWARD: Final = Access.WALK_FORWARD | Access.BICYCLE_FORWARD | Access.MOTORBIKE_FORWARD
_BACK: Final = Access.WALK_BACK | Access.BICYCLE_BACK | Access.MOTORBIKE_BACK

# highway=… → (class, who may use it where nothing else is said). What is missing here is no street: construction, raceway, proposed …
HIGHWAYS: Final[Mapping[str, tuple[RoadClass, Access]]] = {
    "motorway": (RoadClass.MOTORWAY, NOBODY),
    "trunk": (RoadClass.TRUNK, EVERYBODY),
    "primary": (RoadClass.PRIMARY, EVERYBODY),
    "secondary": (RoadClass.SECONDARY, EVERYBODY),
    "tertiary": (RoadClass.TERTIARY, EVERYBODY),
    "unclassified": (RoadClass.RESIDENTIAL, EVERYBODY),
    "residential": (RoadClass.RESIDENTIAL, EVERYBODY),
    "living_street": (RoadClass.RESIDENTIAL, EVERYBODY),
    "road": (RoadClass.OTHER, EVERYBODY),
    "service": (RoadClass.SERVICE, EVERYBODY),
    "track": (RoadClass.TRACK, EVERYBODY),
    "pedestrian": (RoadClass.PEDESTRIAN, WALK),
    "footway": (RoadClass.PEDESTRIAN, WALK),
    "corridor": (RoadClass.PEDESTRIAN, WALK),
    "platform": (RoadClass.PEDESTRIAN, WALK),
    "path": (RoadClass.PATH, WALK | BICYCLE),
    "bridleway": (RoadClass.PATH, WALK),
    "steps": (RoadClass.STEPS, WALK),
    "cycleway": (RoadClass.CYCLEWAY, WALK | BICYCLE),
}
# Roads that a map draws though none of our three modes may use them.
DRAWN_ANYWAY: Final = frozenset({RoadClass.MOTORWAY, RoadClass.TRUNK, RoadClass.PRIMARY})
_REFUSED = frozenset(
    {"no", "private", "agricultural", "forestry", "delivery", "military", "dismount", "use_sidepath", "permit", "emergency"}
)
_GENERAL_KEYS = frozenset({"access", "vehicle"})
_ONE_WAY: Final = {"yes": 1, "true": 1, "1": 1, "-1": -1, "reverse": -1, "no": 0, "false": 0, "0": 0}
_DIRECTIONS: Final = {1: _FORWARD, -1: _BACK, 0: _FORWARD | _BACK}
_LINK = "_link"
_MPH_KMH = 1.609344
_SPEED = re.compile(r"(\d{1,3})(?:\.\d+)?\s*(km/h|kmh|kph|mph)?", re.ASCII)
_FASTEST_KMH = 200


@dataclass(frozen=True, slots=True)
class _Traveller:
    """One of our modes: its bits, the access tags that speak of it from the general to the particular, and its one-way tags."""

    bits: Access
    keys: tuple[str, ...]
    one_way_keys: tuple[str, ...]


_TRAVELLERS: Final = (
    _Traveller(WALK, ("access", "foot"), ("oneway:foot",)),
    _Traveller(BICYCLE, ("access", "vehicle", "bicycle"), ("oneway", "oneway:bicycle")),
    _Traveller(MOTORBIKE, ("access", "vehicle", "motor_vehicle", "motorcycle"), ("oneway", "oneway:motorcycle")),
)


def read_tags(tags: Mapping[str, str]) -> RoadRule | None:
    """What the tags of a way say; None for what is no street or what nobody may use.

    >>> read_tags({"highway": "residential", "oneway": "yes", "maxspeed": "30"}).access == WALK | BICYCLE_FORWARD | MOTORBIKE_FORWARD
    True
    >>> read_tags({"highway": "construction"}) is None
    True
    """
    known = HIGHWAYS.get(tags.get("highway", "").removesuffix(_LINK))
    if known is None:
        return None
    road_class, usual = known
    access = NOBODY
    for traveller in _TRAVELLERS:
        access |= _bits(traveller, tags, road_class, usual & traveller.bits)
    if not access and road_class not in DRAWN_ANYWAY:
        return None
    is_tunnel = tags.get("tunnel", "no") not in ("no", "building_passage")
    return RoadRule(road_class, access, is_tunnel, read_speed_kmh(tags.get("maxspeed", "")))


def read_speed_kmh(text: str) -> int:
    """`maxspeed=…` in whole km/h; 0 where it is none, unknown or no number.

    >>> read_speed_kmh("50"), read_speed_kmh("30 mph"), read_speed_kmh("KR:urban"), read_speed_kmh("none")
    (50, 48, 0, 0)
    """
    found = _SPEED.fullmatch(text.strip())
    if found is None:
        return UNKNOWN_SPEED_KMH
    speed_kmh = round(int(found[1]) * (_MPH_KMH if found[2] == "mph" else 1))
    return speed_kmh if speed_kmh <= _FASTEST_KMH else UNKNOWN_SPEED_KMH


def _bits(traveller: _Traveller, tags: Mapping[str, str], road_class: RoadClass, usual: Access) -> Access:
    if road_class is RoadClass.MOTORWAY or not _may_use(traveller, tags, is_usual=bool(usual)):
        return NOBODY
    return traveller.bits & _DIRECTIONS[_direction(traveller, tags)]


def _may_use(traveller: _Traveller, tags: Mapping[str, str], *, is_usual: bool) -> bool:
    """The most particular tag decides. One that only opens a street in general lets nobody in whom its class refuses."""
    is_usual = is_usual and tags.get("motorroad") != "yes"
    for key in reversed(traveller.keys):
        said = tags.get(key, "unknown")
        if said != "unknown":
            return said not in _REFUSED and (is_usual or key not in _GENERAL_KEYS)
    return is_usual


def _direction(traveller: _Traveller, tags: Mapping[str, str]) -> int:
    """1 along the line only, -1 against it only, 0 both."""
    if traveller.bits == WALK:  # streets are one-way for vehicles; an escalator is for walkers
        direction = {"forward": 1, "backward": -1}.get(tags.get("conveying", ""), 0)
    else:
        direction = int(tags.get("junction") in ("roundabout", "circular"))
    for key in traveller.one_way_keys:
        direction = _ONE_WAY.get(tags.get(key, ""), direction)
    return 0 if traveller.bits == BICYCLE and _has_lane_against(tags) else direction


def _has_lane_against(tags: Mapping[str, str]) -> bool:
    if "oneway:bicycle" in tags:
        return False  # said already
    sides = (tags.get(f"cycleway{side}:oneway") for side in ("", ":both", ":left", ":right"))
    return tags.get("cycleway", "").startswith("opposite") or any(said in ("no", "-1") for said in sides)
