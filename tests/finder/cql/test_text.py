"""The text encoding: the same trees as another reader of it makes, every slip told with its place, nothing that stalls or crashes."""

import subprocess
import sys
import time
from datetime import datetime

import cql2
import pytest
from finder.cql_making import FILTERS, SCHEMA, text_of
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from geo_app.finder.cql import BadFilter, parse_filter_text
from geo_app.finder.cql.text import document_of

WORDS = (
    "AND", "or", "not", "LIKE", "between", "in", "IS", "null", "true", "(", ")", ",", "=", "<>", "<=", "+", "-", "*", "/", "%", "^", "div",
    "'a'", "''", "'", '"seats"', "seats", "name", "geometry", "as_of", "amenities", "1", "1e400", ".5", "casei(", "s_intersects(",
    "POINT(1 2)", "POINT", "BBOX(1,2,3,4)", "POLYGON((", "DATE('2026-01-01')", "DATE(", "TIMESTAMP('2026-13-01T00:00:00Z')", "INTERVAL(",
    "'..'", "GEOMETRYCOLLECTION(", "EMPTY", "a_overlaps(", "t_after(", ";", "@", "이름",
)  # fmt: skip
DEEP = {
    "brackets": "'(' * {n} + 'seats=1' + ')' * {n}",
    "brackets without an end": "'(' * {n}",
    "a slip in brackets": "'(' * {n} + 'seats=' + ')' * {n}",
    "a slip behind brackets": "'(' * {n} + 'seats=1' + ')' * {n} + ' x'",
    "not": "'NOT ' * {n} + 'seats=1'",
    "minus": "'seats=' + '-' * {n} + '1'",
    "minus of a property": "'1=' + '-' * {n} + 'seats'",
    "functions": "'casei(' * {n} + 'name' + ')' * {n} + \"='x'\"",
    "sums": "'seats=' + '+'.join(['seats'] * {n})",
    "powers": "'seats=' + '^'.join(['seats'] * {n})",
    "conditions": "' AND '.join(['seats=1'] * {n})",
    "arrays": "'a_equals(' + '(' * {n} + \"'x'\" + ')' * {n} + ',amenities)'",
    "collections": "'s_intersects(geometry,' + 'GEOMETRYCOLLECTION(' * {n} + 'POINT(1 2)' + ')' * {n} + ')'",
    "lists": "'seats in (' + ','.join(['1'] * {n}) + ')'",
    "quotes": '"name=\'" + "\'\'" * {n}',
    "backslashes": '"name=\'" + chr(92) * {n} + "\'"',
    "sums in conditions in brackets": "'(1+' * {n} + '1' + ')' * {n} + '=seats'",
    "mixed": "'NOT (-casei(' * {n} + 'name' + '))' * {n}",
}
# As in a server's thread, with the frames of the framework above it.
CHECK = """
import sys, threading, time
from geo_app.finder.cql import BadFilter, parse_filter_text
from geo_app.finder.cql.tokens import MAX_CHARS
from geo_app.finder.items import layer_schema, table_of_features
table = table_of_features("x", [{{"id": "a", "geometry": None, "properties": {{"seats": 1}}}}], layer_schema("shelters"))
told = []
def ask(frames, text):
    if frames:
        return ask(frames - 1, text)
    try:
        parse_filter_text(text, table.schema).select(table)
        told.append("read")
    except BadFilter:
        told.append("refused")
def run():
    for text in {texts}:
        ask(150, text[:MAX_CHARS])
threading.stack_size(1 << 20)
began = time.perf_counter()
thread = threading.Thread(target=run)
thread.start()
thread.join()
assert len(told) == {count}, told
print(",".join(told))
assert time.perf_counter() - began < 20
"""


def flat(document):
    """Joined conditions within the same are one."""
    if isinstance(document, list):
        return [flat(part) for part in document]
    if not isinstance(document, dict):
        return document
    document = {name: flat(part) for name, part in document.items()}
    if document.get("op") not in ("and", "or"):
        return document
    parts = [part["args"] if isinstance(part, dict) and part.get("op") == document["op"] else [part] for part in document["args"]]
    return {"op": document["op"], "args": [one for part in parts for one in part]}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(FILTERS)
def test_another_reader_of_the_language_makes_the_same_tree(document):
    text = text_of(document)
    assume("()" not in text)  # an array of nothing is in the standard's grammar, and not in the other's
    assert _lowered(flat(document_of(text))) == _lowered(flat(cql2.parse_text(text).to_json()))


def _lowered(document):
    """Our own tree has the names of functions in small letters, the other's has its times in UTC."""
    if isinstance(document, list):
        return [_lowered(part) for part in document]
    if isinstance(document, dict):
        return {name: part.lower() if name == "op" else _lowered(part) for name, part in document.items()}
    is_time = isinstance(document, str) and document[10:11] == "T"
    return datetime.fromisoformat(document) if is_time else document


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a=1 or b=2 and not c=3 is null", None),
        (
            "a - 1 - 2 = b",
            {"op": "=", "args": [{"op": "-", "args": [{"op": "-", "args": [{"property": "a"}, 1.0]}, 2.0]}, {"property": "b"}]},
        ),
        ("a NOT IN (1)", {"op": "not", "args": [{"op": "in", "args": [{"property": "a"}, [1.0]]}]}),
        ("a IS NOT NULL", {"op": "not", "args": [{"op": "isNull", "args": [{"property": "a"}]}]}),
        ("'it''s' = \"a b\"", {"op": "=", "args": ["it's", {"property": "a b"}]}),
        (r"'it\'s' = a", {"op": "=", "args": ["it's", {"property": "a"}]}),
        ("a_equals(a, ())", {"op": "a_equals", "args": [{"property": "a"}, []]}),
        ("point = date", {"op": "=", "args": [{"property": "point"}, {"property": "date"}]}),
        (
            "MULTIPOINT(1 2, 3 4) = a",
            {"op": "=", "args": [{"type": "MultiPoint", "coordinates": [[1.0, 2.0], [3.0, 4.0]]}, {"property": "a"}]},
        ),
        ("POINT Z (1 -2 3) = a", {"op": "=", "args": [{"type": "Point", "coordinates": [1.0, -2.0, 3.0]}, {"property": "a"}]}),
        ("-a = - - 1", {"op": "=", "args": [{"op": "*", "args": [-1.0, {"property": "a"}]}, 1.0]}),
    ],
)
def test_what_stands_in_the_text_stands_in_the_tree(text, expected):
    if expected is None:
        with pytest.raises(BadFilter):
            document_of(text)
    else:
        assert document_of(text) == expected


@pytest.mark.parametrize(
    ("text", "value", "position"),
    [
        ("", "…", 1),
        ("seats = ", "…", 9),
        ("seats == 1", "=", 8),
        ("(seats = 1", "…", 11),
        ("seats = 1)", ")", 10),
        ("seats NOT 1", "1", 11),
        ("name = 'x", "'", 8),
        ("seats IN ()", ")", 11),
        ("seats > 1e400", "1e400", 9),
        ("s_intersects(geometry, POINT(1e999 2))", "1e999", 30),
        ("seats > 1 ; 2", ";", 11),
        ("seat > 1", "seat", 1),
        ("seats > 'viele'", "viele", 10),
        ("buffer(geometry, 1) = 1", "buffer", 1),
        ("seats = NULL", "NULL", 9),
        ("s_intersects(geometry, POINT EMPTY)", "EMPTY", 30),
        ("as_of > DATE('2026-02-30')", "2026-02-30", 15),
        ("t_during(as_of, INTERVAL('2026-01-01', '2026-02-01'))", "as_of", 10),
    ],
)
def test_a_slip_is_told_with_its_word_and_its_place(text, value, position):
    with pytest.raises(BadFilter) as told:
        parse_filter_text(text, SCHEMA)
    assert (told.value.values["value"], told.value.values["position"]) == (value, position)
    assert told.value.values["expected"]


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join) | st.text(max_size=40))
def test_any_text_is_read_or_refused_and_at_once(text):
    began = time.perf_counter()
    try:
        parse_filter_text(text, SCHEMA)
    except BadFilter as fault:
        assert str(fault.values["expected"])  # noqa: PT017 either is right
    assert time.perf_counter() - began < 2


def test_no_text_however_deep_crashes_or_stalls_a_thread_of_the_server():
    texts = [made.format(n=n) for made in DEEP.values() for n in (1, 40, 63, 64, 65, 200, 4000)]
    check = CHECK.format(texts="[" + ", ".join(texts) + "]", count=len(texts))
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stderr
    assert set(done.stdout.strip().split(",")) == {"read", "refused"}


def test_sixty_four_levels_are_read_and_sixty_five_are_not():
    assert document_of("(" * 64 + "a" + ")" * 64) == {"property": "a"}
    with pytest.raises(BadFilter, match="at most 64 levels"):
        document_of("(" * 65 + "a" + ")" * 65)


def test_a_text_of_four_thousand_characters_is_the_longest():
    parse_filter_text("name = '" + "x" * 3991 + "'", SCHEMA)
    with pytest.raises(BadFilter, match="at most 4000 characters"):
        parse_filter_text("name = '" + "x" * 3992 + "'", SCHEMA)
