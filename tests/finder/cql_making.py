"""Hypothesis makes well-typed filters as JSON, features to ask, and the text of each filter."""

from hypothesis import strategies as st

from geo_app.finder.item_fields import ItemField

SCHEMA = (
    ItemField("geometry", "geometry"), ItemField("name", "string"), ItemField("kind", "string"), ItemField("seats", "integer"),
    ItemField("area_m2", "number"), ItemField("consent", "boolean"), ItemField("as_of", "date"), ItemField("seen_at", "datetime"),
    ItemField("amenities", "array"), ItemField("hours", "object"), ItemField("until", "date"),
)  # fmt: skip
TEXTS = ("", "카페", "카페 둘", "Café", "CAFE", "cafe", "straße", "STRASSE", "50%", "a_b", "a\\b", "it's", "cafe", "x\ny")
PATTERNS = ("%", "카페%", "%a%e%", "_afe", "50\\%", "a\\_b", "%둘", "", "caf_%", "a\\\\b", "%%", "c%f%", "it's", "%ss%", "x_y", "a\\")
DAYS = ("2025-12-31", "2026-01-01", "2026-01-02", "2026-03-01")
TIMES = ("2025-12-31T15:00:00Z", "2026-01-01T00:00:00Z", "2026-01-01T09:30:00+09:00", "2026-01-01T14:59:59.999999Z", "2026-01-01T15:00:00Z")
NUMBERS = (-3.0, -1.5, 0.0, 0.5, 1.0, 2.0, 3.0, 7.0, 1e200)
AMENITIES = ("toilet", "water", "난방")
POINTS = [[126 + x / 2, 35 + y / 2] for x in range(4) for y in range(4)]
AREAS = (
    [[126, 35], [127, 35], [127, 36], [126, 36], [126, 35]],
    [[126.5, 35], [127.5, 35], [126.5, 36.5], [126.5, 35]],
    [[126, 35.5], [126.5, 35.5], [126.5, 36], [126, 36], [126, 35.5]],
)
LINES = ([[126, 35], [127, 36]], [[126, 35.5], [127.5, 35.5]], [[126.5, 35], [126.5, 36.5], [127.5, 36.5]])


def _called(name, *arguments):
    return st.tuples(*arguments).map(lambda args: {"op": name, "args": list(args)})


def _property(*names):
    return st.sampled_from(names).map(lambda name: {"property": name})


def _of(kind, values):
    return st.sampled_from(values).map(lambda text: {kind: text})


SHAPES = st.one_of(
    st.sampled_from(POINTS).map(lambda pair: {"type": "Point", "coordinates": pair}),
    st.sampled_from(LINES).map(lambda line: {"type": "LineString", "coordinates": line}),
    st.sampled_from(AREAS).map(lambda ring: {"type": "Polygon", "coordinates": [ring]}),
    st.lists(st.sampled_from(POINTS), min_size=1, max_size=3).map(lambda pairs: {"type": "MultiPoint", "coordinates": pairs}),
)
LITERAL_SHAPES = st.one_of(
    SHAPES,
    st.just({"type": "MultiPolygon", "coordinates": [[AREAS[2]], [[[127, 35], [127.5, 35], [127.5, 35.5], [127, 35]]]]}),
    st.just({"type": "MultiLineString", "coordinates": [LINES[0], LINES[2]]}),
    st.lists(SHAPES, min_size=1, max_size=2).map(lambda parts: {"type": "GeometryCollection", "geometries": parts}),
    st.sampled_from([[126, 35, 126.5, 35.5], [126.5, 35, 127.5, 36]]).map(lambda numbers: {"bbox": numbers}),
)
FEATURES = st.lists(
    st.fixed_dictionaries({
        "type": st.just("Feature"),
        "geometry": st.none() | SHAPES,
        "properties": st.fixed_dictionaries({}, optional={
            "name": st.none() | st.sampled_from(TEXTS), "kind": st.sampled_from(TEXTS), "seats": st.none() | st.integers(-3, 7),
            "area_m2": st.sampled_from(NUMBERS), "consent": st.none() | st.booleans(), "as_of": st.sampled_from(DAYS),
            "seen_at": st.none() | st.sampled_from(TIMES), "amenities": st.lists(st.sampled_from(AMENITIES), max_size=3),
            "until": st.sampled_from(DAYS), "hours": st.just([{"text": "24시간"}]),
        }),
    }),
    max_size=12,
)  # fmt: skip

_TEXTS = st.recursive(
    st.sampled_from(TEXTS) | _property("name", "kind"), lambda inner: _called("casei", inner) | _called("accenti", inner), max_leaves=2
)
_PATTERNS = st.sampled_from(PATTERNS)
_NUMBERS = st.recursive(
    st.sampled_from(NUMBERS) | _property("seats", "area_m2"),
    lambda inner: st.one_of(*(_called(name, inner, _property("seats", "area_m2")) for name in ("+", "-", "*", "/", "%", "div", "^"))),
    max_leaves=3,
)
_INSTANTS = _property("as_of", "seen_at") | _of("date", DAYS) | _of("timestamp", TIMES)
_DAY_ENDS = st.just("..") | st.sampled_from(DAYS) | _property("as_of", "until")
_TIME_ENDS = st.just("..") | st.sampled_from(TIMES) | _property("seen_at")


def _is_forward(ends):
    return not all(isinstance(end, str) and end != ".." for end in ends) or ends[0] <= ends[1]


# "2026-01-01T09:30:00+09:00" sorts behind its instant, so such ends are not both literals here.
_INTERVALS = (
    (st.tuples(_DAY_ENDS, _DAY_ENDS) | st.tuples(_property("seen_at") | st.just(".."), _TIME_ENDS))
    .filter(_is_forward)
    .map(lambda ends: {"interval": list(ends)})
)
_ARRAYS = _property("amenities") | st.lists(st.sampled_from(AMENITIES), max_size=3)
_SHAPED = _property("geometry") | LITERAL_SHAPES
_TIMED = _INSTANTS | _INTERVALS
SPATIAL = ("s_intersects", "s_within", "s_contains", "s_disjoint", "s_equals", "s_touches", "s_crosses", "s_overlaps")
COMPARISONS = ("=", "<>", "<", ">", "<=", ">=")
ON_ARRAYS = ("a_equals", "a_contains", "a_containedBy", "a_overlaps")
ON_TIMES = ("t_after", "t_before", "t_disjoint", "t_equals", "t_intersects")
ON_INTERVALS = (
    "t_contains", "t_during", "t_finishedby", "t_finishes", "t_meets", "t_metby", "t_overlappedby", "t_overlaps", "t_startedby", "t_starts",
)  # fmt: skip
_LEAVES = st.one_of(
    st.booleans(),
    _property("consent"),
    *(_called(name, side, side) for side in (_TEXTS, _NUMBERS, _INSTANTS) for name in COMPARISONS),
    _called("between", _NUMBERS, _NUMBERS, _NUMBERS),
    _called("in", _TEXTS, st.lists(_TEXTS, min_size=1, max_size=3)),
    _called("in", _NUMBERS, st.lists(_NUMBERS, min_size=1, max_size=3)),
    _called("like", _TEXTS, _PATTERNS | _called("casei", _PATTERNS)),
    _called("isNull", _property(*(field.name for field in SCHEMA)) | _NUMBERS),
    *(_called(name, _SHAPED, _SHAPED) for name in SPATIAL),
    *(_called(name, _TIMED, _TIMED) for name in ON_TIMES),
    *(_called(name, _INTERVALS, _INTERVALS) for name in ON_INTERVALS),
    *(_called(name, _ARRAYS, _ARRAYS) for name in ON_ARRAYS),
)
FILTERS = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(
        *(st.lists(inner, min_size=2, max_size=3).map(lambda parts, name=name: {"op": name, "args": parts}) for name in ("and", "or")),
        _called("not", inner),
        _called("=", inner, inner),
        _called("isNull", inner),
    ),
    max_leaves=5,
)


def text_of(document):  # noqa: PLR0911 a branch a form
    """The filter as CQL2 text, with brackets wherever they may stand."""
    if isinstance(document, bool):
        return str(document).upper()
    if isinstance(document, str):
        return "'" + document.replace("'", "''") + "'"
    if isinstance(document, int | float):
        return repr(document)
    if isinstance(document, list):
        return f"({', '.join(map(text_of, document))})"
    for name in ("date", "timestamp"):
        if name in document:
            return f"{name.upper()}('{document[name]}')"
    if "property" in document:
        return document["property"]
    if "interval" in document:
        return f"INTERVAL({', '.join(map(text_of, document['interval']))})"
    if "bbox" in document:
        return f"BBOX({', '.join(map(repr, document['bbox']))})"
    return _call_text(document["op"], document["args"]) if "op" in document else shape_text(document)


def _call_text(name, arguments):
    texts = [text_of(argument) for argument in arguments]
    if name in ("and", "or"):
        return "(" + f" {name.upper()} ".join(texts) + ")"
    if name == "not":
        return f"(NOT {texts[0]})"
    if name == "isNull":
        return f"({texts[0]} IS NULL)"
    if name == "between":
        return f"({texts[0]} BETWEEN {texts[1]} AND {texts[2]})"
    if name in ("in", "like") or name in "=<><=>=+-*/%^div":
        return f"({texts[0]} {name} {texts[1]})"
    return f"{name}({', '.join(texts)})"


def shape_text(geometry):
    """Well-known text."""
    if geometry["type"] == "GeometryCollection":
        return f"GEOMETRYCOLLECTION({', '.join(map(shape_text, geometry['geometries']))})"
    return geometry["type"].upper() + _coordinates_text(geometry["coordinates"], is_outer=True)


def _coordinates_text(coordinates, *, is_outer=False):
    if not isinstance(coordinates[0], list):
        text = " ".join(map(repr, coordinates))
        return f"({text})" if is_outer else text
    return "(" + ", ".join(_coordinates_text(part) for part in coordinates) + ")"
