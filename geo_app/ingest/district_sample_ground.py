"""Where made-up places may stand: near a dong office or inside a complex's circle, and never outside the district."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from pyproj import Geod
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geo_app.domain.errors import BadArgument
from geo_app.domain.site import SiteDraft

OFFICE_REACH_M = 400.0  # a few minutes on foot around the middle of a dong
_MOST_TRIES = 400
_GEOD = Geod(ellps="GRS80")


@dataclass(frozen=True, slots=True)
class Spot:
    """A circle to place samples in: `label` is the dong's or complex's name, `area` the ground it must stay on (EPSG:4326)."""

    label: str
    lon: float
    lat: float
    reach_m: float
    area: BaseGeometry
    weight: float = 1.0

    def place(self, chance: np.random.Generator) -> Point:
        """A point of the circle and of the area, evenly spread; the middle where the area leaves nothing else."""
        for _ in range(_MOST_TRIES):
            azimuth_deg, share = chance.uniform(0, 360), math.sqrt(chance.uniform(0, 1))
            lon, lat, _back = _GEOD.fwd(self.lon, self.lat, azimuth_deg, share * self.reach_m * 0.99)
            point = Point(round(lon, 6), round(lat, 6))
            if self.area.covers(point):
                return point
        return Point(self.lon, self.lat)


@dataclass(frozen=True, slots=True)
class SampleGround:
    """The spots of a district: one a dong, weighted by its latest population, and one a complex with a centre and an area."""

    dongs: tuple[Spot, ...]
    complexes: tuple[Spot, ...]

    def draw_dongs(self, count: int, chance: np.random.Generator) -> list[Spot]:
        """`count` dongs with repetition, likelier where more people live."""
        weights = np.array([spot.weight for spot in self.dongs])
        return [self.dongs[index] for index in chance.choice(len(self.dongs), size=count, p=weights / weights.sum())]

    def draw_complexes(self, count: int, chance: np.random.Generator) -> list[Spot]:
        """`count` complexes in turn from a drawn start; dongs where the district has none."""
        if not self.complexes:
            return self.draw_dongs(count, chance)
        start = int(chance.integers(len(self.complexes)))
        return [self.complexes[(start + step) % len(self.complexes)] for step in range(count)]


def build_ground(places: Sequence[SiteDraft]) -> SampleGround:
    """The ground that a district's own places tell: dongs, dong offices, complexes. Raises `BadArgument` without a dong."""
    dongs = [(place, place.geometry) for place in places if place.layer == "dongs" and place.geometry is not None]
    if not dongs:
        raise BadArgument(name="places", value=len(places), expected="a dong with its polygon")
    district = shapely.union_all([area for _, area in dongs])
    offices = [place.geometry for place in places if place.kind == "dong-office" and isinstance(place.geometry, Point)]
    circles = [
        _complex_spot(place, place.geometry, district)
        for place in places
        if place.layer == "industrial-complexes" and "area_m2" in place.attributes and isinstance(place.geometry, Point)
    ]
    return SampleGround(
        dongs=tuple(_dong_spot(dong, area, offices) for dong, area in dongs),
        complexes=tuple(spot for spot in circles if district.covers(Point(spot.lon, spot.lat))),
    )


def _dong_spot(dong: SiteDraft, area: BaseGeometry, offices: Sequence[Point]) -> Spot:
    middle = next((office for office in offices if area.covers(office)), area.point_on_surface())
    population = dong.attributes.get("population") or {}
    latest = population[max(population)] if population else {}
    return Spot(dong.name, middle.x, middle.y, OFFICE_REACH_M, area, float(latest.get("total", 1)))


def _complex_spot(place: SiteDraft, centre: Point, district: BaseGeometry) -> Spot:
    reach_m = math.sqrt(place.attributes["area_m2"] / math.pi)
    return Spot(place.name, centre.x, centre.y, reach_m, district)
