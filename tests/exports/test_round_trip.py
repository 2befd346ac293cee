"""Every layer of the demo district, out in every format and in again through the real door: nothing changes, no revision is written."""

from datetime import datetime

import pytest
import shapely

from geo_app.domain.calendar import SEOUL
from geo_app.domain.change import Channel
from geo_app.domain.layers import LAYERS
from geo_app.domain.provenance import Precision, Provenance, Status
from geo_app.domain.site import Closure, DatedHours, HoursStatement, SiteDraft
from geo_app.exports.exporting import FORMATS, export_features
from geo_app.exports.layer_notes import layer_metadata, read_notes
from geo_app.workspace.importing import ImportOrder, import_file

AT = datetime(2026, 11, 22, 9, 0, tzinfo=SEOUL)
DAY = AT.date()
WAYS = [*((name, "utf-8") for name in FORMATS), ("csv", "cp949")]
# What spreadsheets, parsers and guesses trip over.
NAMES = ("=1+1", "NA", "null", "TRUE", "007", "1e5", "'=쉼터", "+82", "@집", "-", "2026-01-01", "<b>&amp;", '"따옴표", 쉼표; 반점', "nan")


def _awkward(number, name):
    return SiteDraft(
        "shelters", name, Provenance("awkward", f"={number}", "https://a.kr/?a=1&b=2", DAY, DAY, "KOGL-1"), "cafe", Status.CONFIRMED,
        Precision.ADDRESS, address=f"광산구 {number}길 1", geometry=shapely.Point(126.79 + number / 1000, 35.1395001),
        hours=(HoursStatement("평일 9시부터", "Mo-Fr 09:00-18:00", "closed", "a", None, DAY), HoursStatement("24/7", "24/7", "usual", "b")),
        closures=(Closure(DAY, DAY, "=휴무"),), dated_hours=(DatedHours(DAY, DAY, "10:00-14:00,22:00-26:00", "행사"),),
        attributes={"note": f"{name}\n둘째 줄", "seats": 0, "amenities": ["toilet", "charging"], "phone": "+82-62-1"},
    )  # fmt: skip


def _unplaced():
    return SiteDraft("shelters", "자리를 알지만 알리지 않는 곳", Provenance("awkward", "no"), geometry=shapely.Point(126.8, 35.14))


@pytest.fixture
def full(workspace):
    """The demo district with awkward shelters; one has coordinates that are not published."""
    drafts = [*(_awkward(number, name) for number, name in enumerate(NAMES)), _unplaced()]
    changes = list(workspace.new_changes(LAYERS["shelters"], drafts))
    workspace.publish(changes, actor="tester", reason="test", channel=Channel.OPERATOR, at=AT)
    workspace.keeper.refresh()
    return workspace


@pytest.mark.parametrize(("kind", "encoding"), WAYS)
def test_what_is_imported_again_changes_nothing(full, tmp_path, kind, encoding):
    snapshot = full.keeper.current
    head = full.ledger.head_number()
    for name, held in snapshot.layers.items():
        features = [held.feature(position) for position in range(len(held))]
        path = tmp_path / f"{name}.{kind}"
        metadata = layer_metadata(name, held.meta.revision, AT, read_notes(name, features, snapshot.document("sources")))
        assert export_features(features, metadata, path, encoding=encoding) == []
        report = import_file(full, ImportOrder(path, LAYERS[name], path.stem), actor="a", reason="b", at=AT)
        told = (report.revision, report.added, report.changed, report.unchanged, report.closed, report.rejected, report.is_applied)
        assert (name, *told) == (name, None, 0, 0, len(held), 0, 0, True)
        assert [problem for problem in report.problems if problem.is_error] == []
    assert full.ledger.head_number() == head
