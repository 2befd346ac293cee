"""A small district to read files against, and one way to read them."""

import csv
import io
from collections import Counter

import pytest
import shapely

from geo_app.domain.layers import get_layer
from geo_app.ingest.reading import Frame, read_bytes

BOUNDS = (126.64, 35.06, 126.90, 35.27)
WEST_DONG = shapely.box(126.64, 35.06, 126.79, 35.27)
EAST_DONG = shapely.box(126.79, 35.06, 126.90, 35.27)


@pytest.fixture(scope="session")
def frame():
    return Frame(BOUNDS, shapely.box(*BOUNDS), "광산구", (("하남동", WEST_DONG), ("송정동", EAST_DONG)))


@pytest.fixture(scope="session")
def read(frame):
    """`read("a.csv", text_or_bytes, layer="shelters", …)` → Reading."""

    def read_now(name, content, *, layer="shelters", source="partners", **options):
        data = content.encode() if isinstance(content, str) else content
        return read_bytes(data, name, layer=get_layer(layer), source=source, frame=options.pop("frame", frame), **options)

    return read_now


@pytest.fixture(scope="session")
def codes():
    """The codes of a reading's problems, counted."""
    return lambda reading: Counter(problem.code for problem in reading.problems)


@pytest.fixture(scope="session")
def table():
    """Rows of a dict as CSV text."""

    def written(*rows, delimiter=","):
        stream = io.StringIO()
        writer = csv.DictWriter(stream, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
        return stream.getvalue()

    return written
