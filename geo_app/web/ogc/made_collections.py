"""The analyses as collections: hours served by cell, gaps, indicators. Worked out once a snapshot, when somebody first asks.

They answer one question (`default_question`) that depends on the snapshot alone: no clock moves a figure.
"""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from geo_app import __version__
from geo_app.domain.calendar import SEOUL
from geo_app.exports.coverage_query import MINUTES_DECIMALS, question_parameters
from geo_app.finder.items import ItemTable, Schema, table_of_features
from geo_app.planning.day_kind import DayKind
from geo_app.planning.question import CoverageQuestion
from geo_app.planning.world import get_world
from geo_app.snapshot.snapshot import Snapshot
from geo_app.web.ogc.analysis_items import CELL_SCHEMA, GAP_SCHEMA, Features, cell_features, gap_features
from geo_app.web.ogc.collection import Collection, KeptTable, LonLatBox
from geo_app.web.ogc.indicator_items import INDICATOR_SCHEMA, INDICATOR_TIME_FIELDS, indicator_features, indicator_interval
from geo_app.web.ogc.layer_collections import layer_collection, read_licences
from geo_app.wording.ogc_terms import DESCRIPTION_WORDS, MADE_TITLE_WORDS

CELLS, GAPS, INDICATORS = "coverage-cells", "coverage-gaps", "indicators"
# A cell of 250 m at the border lies outside the dongs by less than this.
_CELL_DEGREES = 0.004
_DECIMALS = 4


def default_question(snapshot: Snapshot) -> CoverageQuestion:
    """Residents, on foot, at most ten minutes, an ordinary week: that of the day (of Seoul) on which the snapshot was made."""
    day = snapshot.made_at.astimezone(SEOUL).date()
    monday = datetime.combine(day - timedelta(days=day.weekday()), time(), SEOUL)
    return CoverageQuestion(monday, day=DayKind.ORDINARY)


def made_collections(snapshot: Snapshot) -> tuple[Collection, ...]:
    """The analyses of a snapshot; nothing is worked out before a table is asked for."""
    question = default_question(snapshot)
    return (
        _coverage(snapshot, CELLS, CELL_SCHEMA, lambda: cell_features(get_world(snapshot), question)),
        _coverage(snapshot, GAPS, GAP_SCHEMA, lambda: gap_features(get_world(snapshot), question)),
        _indicators(snapshot),
    )


def _coverage(snapshot: Snapshot, name: str, schema: Schema, make: Callable[[], Features]) -> Collection:
    question = default_question(snapshot)
    dongs = layer_collection(snapshot.layers["dongs"]) if "dongs" in snapshot.layers else None
    return Collection(
        id=name,
        title=MADE_TITLE_WORDS[name],
        description=DESCRIPTION_WORDS[name],
        table=_table(name, schema, make),
        has_geometry=True,
        revision=snapshot.number,
        cache_tag=_tag(snapshot),
        extent_lonlat=None if dongs is None or dongs.extent_lonlat is None else _widened(dongs.extent_lonlat),
        parameters=question_parameters(question),
        values={
            "minutes": f"{question.minutes:.{MINUTES_DECIMALS}f}".rstrip("0").rstrip("."),
            "monday": question.monday.isoformat(),
        },
    )


def _indicators(snapshot: Snapshot) -> Collection:
    stored = snapshot.document(INDICATORS) or []
    return Collection(
        id=INDICATORS,
        title=MADE_TITLE_WORDS[INDICATORS],
        description=DESCRIPTION_WORDS[INDICATORS],
        table=_table(INDICATORS, INDICATOR_SCHEMA, lambda: indicator_features(stored), time_fields=INDICATOR_TIME_FIELDS),
        has_geometry=False,
        revision=snapshot.number,
        cache_tag=_tag(snapshot),
        interval=indicator_interval(stored),
        licences=read_licences(
            item["licence"] for item in snapshot.document("sources") or () if item["file"] == f"{INDICATORS}.json"
        ),
    )  # fmt: skip


def _table(name: str, schema: Schema, make: Callable[[], Features], *, time_fields: tuple[str, ...] = ()) -> Callable[[], ItemTable]:
    return KeptTable(lambda: table_of_features(name, make(), schema, time_fields=time_fields))


def _tag(snapshot: Snapshot) -> str:
    # A backup that was put back may have another revision under the same number; another version may count otherwise.
    return f"{snapshot.number}-{snapshot.made_at.isoformat()}-{__version__}"


def _widened(box: LonLatBox) -> LonLatBox:
    west, south, east, north = box
    return (
        round(west - _CELL_DEGREES, _DECIMALS),
        round(south - _CELL_DEGREES, _DECIMALS),
        round(east + _CELL_DEGREES, _DECIMALS),
        round(north + _CELL_DEGREES, _DECIMALS),
    )
