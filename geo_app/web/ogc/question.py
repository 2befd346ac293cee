"""A question about the features of a collection, read from the parameters of a request: what is asked, and how the answer is wanted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from werkzeug.datastructures import MultiDict

from geo_app.domain.errors import GeoAppError
from geo_app.domain.problem import Problem
from geo_app.finder.cql import BadFilter, Filter, parse_filter_json, parse_filter_text
from geo_app.finder.items import ItemsQuestion, ItemTable
from geo_app.web.ogc.collections import Collection
from geo_app.web.ogc.fields import Schema
from geo_app.web.ogc.media import COMMON, wants_page
from geo_app.web.ogc.parameters import CRS, JSON, collect_known, items_parameters, read_known
from geo_app.web.ogc.readers import boxed
from geo_app.web.ogc.systems import CRS84, System
from geo_app.web.ogc.windows import Box, touching
from geo_app.web.parameters import MAX_TEXT, BadParameters, Unreadable, parameter_problem


class UnknownFeature(GeoAppError):
    """No feature of the collection has that id. Values: `collection`, `id`."""

    code = "unknown-feature"


@dataclass(frozen=True, slots=True)
class ItemsRequest:
    """What of a collection is asked, and how the answer is wanted: in `system`, with some `properties` (None: all of them)."""

    collection: Collection
    table: ItemTable
    question: ItemsQuestion
    system: System
    properties: frozenset[str] | None

    @property
    def is_plain(self) -> bool:
        """True where features are wanted as they stand ready."""
        return self.system is CRS84 and self.properties is None


@dataclass(frozen=True, slots=True)
class FeatureRequest:
    """The feature of a collection at `position` of its table, wanted in `system`."""

    collection: Collection
    table: ItemTable
    position: int
    system: System


def read_feature_request(collection: Collection, feature_id: str, given: MultiDict[str, str]) -> FeatureRequest:
    """The request for one feature. Raises `BadParameters`, `UnknownFeature`."""
    system = read_known((*COMMON, CRS), given)["crs"]
    table = collection.table()
    position = table.position_of(feature_id)
    if position is None:
        raise UnknownFeature(collection=collection.id, id=feature_id)
    return FeatureRequest(collection, table, position, system)


def read_items_request(collection: Collection, given: MultiDict[str, str]) -> ItemsRequest:
    """The request that the parameters make. Raises `BadParameters` naming all that cannot be used."""
    table = collection.table()
    known, fields = items_parameters(collection.id, table.schema)
    values, problems = collect_known(known, given, "filter" if wants_page() else "")
    box = _box(values, problems) if values["bbox"] is not None else None
    asked = _filter(values, table.schema, problems) if values["filter"] is not None else None
    if problems:
        raise BadParameters(problems)
    window, rule = _where(box, asked)
    question = ItemsQuestion(
        window_lonlat=window,
        filter=rule,
        equals={name: values[name] for name in fields if values[name] is not None},
        interval=values["datetime"],
        sort=values["sortby"],
        limit=values["limit"],
        offset=values["offset"],
    )
    return ItemsRequest(collection, table, question, values["crs"], values["properties"])


def _where(box: Box | None, asked: Filter | None) -> tuple[tuple[float, float, float, float] | None, Any]:
    """The window to look in and what must hold there: a box in metres is judged as it was drawn."""
    if box is None or box.system.is_geographic:
        return (box.window() if box else None), asked
    return box.window(), touching(box, asked)


def _box(values: Mapping[str, Any], problems: list[Problem]) -> Box | None:
    system = values["bbox-crs"]
    try:
        return Box(boxed(values["bbox"], system), system)
    except Unreadable as fault:
        problems.append(parameter_problem(fault.code, "bbox", value=",".join(map(repr, values["bbox"])), **fault.details))
        return None


def _filter(values: Mapping[str, Any], schema: Schema, problems: list[Problem]) -> Filter | None:
    system: System = values["filter-crs"]
    transform, is_planar = (None if system is CRS84 else system.read), not system.is_geographic
    text = values["filter"]
    try:
        if values["filter-lang"] == JSON:
            return parse_filter_json(orjson.loads(text), schema, transform=transform, is_planar=is_planar)
        return parse_filter_text(text, schema, transform=transform, is_planar=is_planar)
    except orjson.JSONDecodeError:
        problems.append(parameter_problem("unreadable-parameter", "filter", value=text[:MAX_TEXT], expected="JSON (CQL2)"))
    except BadFilter as fault:
        value = str(fault.values.get("value", ""))[:MAX_TEXT]
        problems.append(parameter_problem(fault.code, "filter", value=value, expected=str(fault.values.get("expected", ""))))
    return None
