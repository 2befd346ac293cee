"""The stored form of a site: what was stored before a field existed keeps its bytes, and new fields come back whole."""

import json
from datetime import date

import pytest

from geo_app.domain.calendar import AlertKind
from geo_app.domain.errors import BadRecord
from geo_app.domain.provenance import Provenance
from geo_app.domain.record import canonical_json, draft_record, load_draft, load_site, sha256_text, site_record
from geo_app.domain.site import Closure, DatedHours, HoursStatement, SiteDraft

# Written down as a ledger held it before dated hours and alerts existed.
STORED = (
    '{"address":"하남산단로 1","closures":[{"first":"2026-11-20","last":"2026-11-24","reason":"내부 수리"}],'
    '"geometry":{"coordinates":[126.7937,35.1396],"type":"Point"},'
    '"hours":[{"as_of":"2026-11-01","on_holidays":"closed","opening_hours":"Mo-Su 18:00-04:00",'
    '"source":"서식","text":"매일 18시~익일 4시"}],'
    '"id":"sh-000001","kind":"cafe","layer":"shelters","name":"예시 카페","precision":"address",'
    '"provenance":{"source":"test"},"status":"reported","visibility":"public"}'
)
DATED = DatedHours(date(2026, 12, 24), date(2026, 12, 25), "22:00-26:00", "성탄 행사")
HEAT = HoursStatement("폭염 때 9~21시", "Mo-Su 09:00-21:00", "usual", alert=AlertKind.HEAT_WAVE)


def test_an_old_record_keeps_its_bytes_and_so_its_digest():
    again = canonical_json(site_record(load_site(json.loads(STORED))))
    assert again == STORED
    assert sha256_text(again) == "588c58eb6d4cf83def78752ee3823d54c86a42d7f4e00abc03397bf981e9df0f"


def test_an_old_record_has_no_dated_hours_and_no_alerts():
    site = load_site(json.loads(STORED))
    assert site.dated_hours == ()
    assert [item.alert for item in site.hours] == [None]
    assert site.closures == (Closure(date(2026, 11, 20), date(2026, 11, 24), "내부 수리"),)


def test_every_published_record_is_written_again_as_it_is_stored(demo_workspace):
    head = demo_workspace.ledger.head_number()
    for layer in ("shelters", "village-jobs", "industrial-complexes", "dongs"):
        for _, body in demo_workspace.ledger.iter_state(layer, at=head):
            assert canonical_json(site_record(load_site(json.loads(body)))) == body


def test_dated_hours_and_alerts_come_back_from_the_record():
    draft = SiteDraft("shelters", "예시", Provenance("test"), hours=(HEAT,), dated_hours=(DATED,))
    record = json.loads(canonical_json(draft_record(draft)))
    assert record["dated_hours"] == [{"first": "2026-12-24", "last": "2026-12-25", "reason": "성탄 행사", "times": "22:00-26:00"}]
    assert record["hours"][0]["alert"] == "heat-wave"
    loaded = load_draft(record)
    assert (loaded.hours, loaded.dated_hours) == (draft.hours, draft.dated_hours)
    assert loaded.hours[0].alert is AlertKind.HEAT_WAVE


@pytest.mark.parametrize(
    "members",
    [
        {"dated_hours": [{"first": "2026-12-24", "last": "2026-12-25"}]},
        {"dated_hours": [{"first": "24일", "last": "2026-12-25", "times": "10:00-15:00"}]},
        {"hours": [{"text": "x", "alert": "typhoon"}]},
    ],
)
def test_a_record_of_another_form_is_refused(members):
    with pytest.raises(BadRecord):
        load_site({**json.loads(STORED), **members})
