"""Indicators stand under the sector scheme of their own date, and none is lost."""

import pytest

from geo_app.web.plan_overview import overview, scheme_on
from geo_app.wording.catalogue import get_words

SCHEMES = [{"id": "first", "from": "2025-05"}, {"id": "second", "from": "2025-10"}, {"id": "third", "from": "2026-01-27"}]


@pytest.mark.parametrize(
    ("day", "scheme"),
    [
        ("2022-12", ""), ("2025-05", "first"), ("2025-09-30", "first"), ("2025-12", "second"), ("2026-01-26", "second"),
        ("2026-01-27", "third"), (None, None),
    ],
)  # fmt: skip
def test_a_day_belongs_to_the_last_scheme_that_had_begun(day, scheme):
    assert scheme_on(day, SCHEMES) == scheme


def test_every_indicator_of_the_district_is_shown_once(demo_workspace):
    snapshot = demo_workspace.keeper.current
    parts = overview(snapshot, get_words("en"))
    shown = [item["id"] for part in parts for item in part["indicators"]]
    assert sorted(shown) == sorted(item["id"] for item in snapshot.document("indicators"))
    assert len([part for part in parts if "scheme" in part]) == len(snapshot.document("sectors"))
