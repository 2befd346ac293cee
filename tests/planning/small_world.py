"""A district of three dongs and a dozen cells, whose ways are whatever a test says."""

import json
from datetime import date, datetime
from itertools import count

import numpy as np
from shapely.geometry import MultiPolygon, Polygon, mapping

from geo_app.domain.calendar import SEOUL, AlertKind, Calendar, Holiday, WeatherAlert
from geo_app.planning.cells import build_cells
from geo_app.planning.world import PlanningWorld
from geo_app.snapshot.dong_finder import DongFinder
from geo_app.snapshot.layer import LayerSnapshot
from geo_app.snapshot.pack import PackOrder, write_pack
from geo_app.snapshot.snapshot import Snapshot
from geo_app.spatial.crs import GridXY, lonlat_of_grid
from geo_app.travel.speeds import Mode, SpeedPeriod, period_of

MONDAY = date(2026, 11, 23)
CALENDAR = Calendar(
    (Holiday(date(2026, 11, 25), "임시 공휴일"), Holiday(date(2026, 11, 30), "임시 공휴일")),
    date(2026, 1, 1),
    date(2026, 12, 31),
    (WeatherAlert(AlertKind.COLD_WAVE, date(2026, 11, 26), date(2026, 11, 26), "test"),),
)
WEST, SOUTH = 935_100, 1_690_100  # EPSG:5179, in the district's part of the grid; cells are cut at 935,250 and so on
DONGS = {"dg-1": ("가동", 0, 0, 500, 600, 1000), "dg-2": ("나동", 500, 0, 1000, 600, 300), "dg-3": ("다동", 0, 600, 1000, 900, 0)}
_numbers = count()


def lonlat(x_m, y_m):
    """A point so many metres east and north of the district's corner, EPSG:4326."""
    return tuple(np.asarray(lonlat_of_grid(GridXY(np.asarray([(WEST + x_m, SOUTH + y_m)], dtype=float))))[0].round(7).tolist())


def square(west, south, east, north):
    return Polygon([lonlat(west, south), lonlat(east, south), lonlat(east, north), lonlat(west, north)])


def shelter(number, hours="24/7", x_m=None, y_m=300, on_holidays="usual", **changes):
    """The stored record of an exact shelter, each at a point of its own."""
    statements = changes.pop("statements", [{"text": hours, "opening_hours": hours, "on_holidays": on_holidays}])
    attributes = {"entry": "open-door", **changes.pop("attributes", {})}
    point = lonlat(10 * number if x_m is None else x_m, y_m)
    return {
        "id": f"sh-{number:06d}", "layer": "shelters", "name": f"쉼터 {number}", "kind": "cafe", "status": "reported",
        "precision": "address", "visibility": "public", "geometry": {"type": "Point", "coordinates": list(point)},
        "hours": [{name: value for name, value in item.items() if value is not None} for item in statements],
        "attributes": {name: value for name, value in attributes.items() if value is not None},
        "provenance": {"source": "test", "checked_on": "2026-11-20"}, **changes,
    }  # fmt: skip


def complex_record(number, outline, employees, **changes):
    return {
        "id": f"ic-{number:06d}", "layer": "industrial-complexes", "name": f"{number}산단", "kind": "general", "status": "reported",
        "precision": "complex", "visibility": "public", "geometry": mapping(outline),
        "attributes": {"employees": employees, "part_of_district": "whole"},
        "provenance": {"source": "test", "as_of": "2024-01-01"}, **changes,
    }  # fmt: skip


def dong_records(people=None):
    return [
        {
            "id": dong_id, "layer": "dongs", "name": name, "kind": "administrative", "status": "confirmed", "precision": "address",
            "visibility": "public", "geometry": mapping(MultiPolygon([square(west, south, east, north)])),
            "attributes": {
                "population": {"2024": {"total": residents if people is None else people, "foreign": 0}}, "establishments": {"2024": 7},
            },
            "provenance": {"source": "test"},
        }
        for dong_id, (name, west, south, east, north, residents) in DONGS.items()
    ]  # fmt: skip


def small_snapshot(folder, shelters, *, people=None, documents=None, **layers):
    """A snapshot of the small district with these records."""
    areas = [(name, square(west, south, east, north)) for name, west, south, east, north, _ in DONGS.values()]
    finder = DongFinder([name for name, _ in areas], [area for _, area in areas])
    made = {"dongs": dong_records(people), "shelters": shelters, **{name.replace("_", "-"): records for name, records in layers.items()}}
    held = {}
    for name, records in made.items():
        place = folder / f"pack-{next(_numbers)}"
        write_pack(place, PackOrder(name, 1, "2026-11-21T12:00:00+09:00", 30), sorted(records, key=lambda item: item["id"]), finder)
        held[name] = LayerSnapshot(place)
    texts = {"calendar": json.dumps(CALENDAR.to_record()), **(documents or {})}
    return Snapshot(1, datetime(2026, 11, 21, 12, 0, tzinfo=SEOUL), held, texts)


class GivenTimes:
    """`rows[(lon, lat)]` (n,) minutes by day; at night `night` times as long, for motorbikes alone."""

    kind = "network"

    def __init__(self, rows, cell_count, night=1.0):
        self.rows, self.cell_count, self.night = rows, cell_count, night

    def period(self, mode, hour_of_week):
        return period_of(mode, hour_of_week)

    def table(self, mode, period, targets_lonlat):
        factor = self.night if period is SpeedPeriod.NIGHT and mode is Mode.MOTORBIKE else 1.0
        found = [self.rows[lon, lat] * factor for lon, lat in np.asarray(targets_lonlat).reshape(-1, 2).tolist()]
        return np.asarray(found, dtype=np.float32).reshape(len(found), self.cell_count)

    def area(self, mode, period, target_lonlat, minutes):
        raise NotImplementedError


def given_times(snapshot, rows_by_id, night=1.0):
    """The ways of a test by shelter id."""
    layer = snapshot.layers["shelters"]
    located = {site_id: layer.get_feature(site_id)["geometry"] for site_id in rows_by_id}
    places = {tuple(place["coordinates"]): np.asarray(rows_by_id[site_id]) for site_id, place in located.items() if place}
    return GivenTimes(places, len(build_cells(snapshot)), night)


def small_world(folder, shelters, rows_by_id, *, night=1.0, **more):
    """A planner's world over the small district, its ways given by shelter id."""
    snapshot = small_snapshot(folder, shelters, **more)
    return PlanningWorld(snapshot, given_times(snapshot, rows_by_id, night))


CELL_COUNT = 20
