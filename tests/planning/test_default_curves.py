"""The built-in curves and the district's file that was written from them."""

import json
from pathlib import Path

from geo_app.domain.demand import CurveStatus, curves_record, load_curves
from geo_app.planning.default_curves import list_default_curves
from geo_app.planning.demand_bases import BASE_KEYS
from geo_app.wording.catalogue import LANGUAGES

FILE = Path(__file__).parents[2] / "data" / "gwangsan" / "curves.json"


def test_the_district_s_file_holds_what_the_table_says():
    assert json.loads(FILE.read_text(encoding="utf-8")) == curves_record(list_default_curves())


def test_every_built_in_curve_is_whole_and_called_an_assumption():
    jobs = load_curves(curves_record(list_default_curves()))
    assert [job.id for job in jobs] == ["rider", "designated-driver", "courier", "complex-shift"]
    for job in jobs:
        assert set(job.names) == set(LANGUAGES)
        assert max(job.curve) == 1
        assert job.status is CurveStatus.ASSUMPTION
        assert job.people is None
        assert set(job.base) <= set(BASE_KEYS)
        assert len(job.reason) > 50
