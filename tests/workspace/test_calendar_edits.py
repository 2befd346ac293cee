"""Edits of the calendar: a revision each, none where nothing changes, and what a worker sees of them."""

import json
from datetime import date, datetime

import pytest

from geo_app.domain.calendar import SEOUL, AlertKind, Holiday, HolidayKind, WeatherAlert
from geo_app.domain.change import Change, Channel
from geo_app.domain.errors import StaleRevision
from geo_app.domain.record import canonical_json
from geo_app.workspace.calendar_edits import (
    AlertConflict,
    DayNotCovered,
    Editor,
    HolidayConflict,
    SeveralHolidays,
    UnknownAlert,
    UnknownHoliday,
    add_alert,
    add_holidays,
    read_calendar,
    remove_alert,
    remove_holiday,
)

EDITOR = Editor("tester", "정부 발표", datetime(2026, 11, 21, 13, 0, tzinfo=SEOUL))
DAY = date(2026, 12, 28)
EXTRA = Holiday(DAY, "임시공휴일", HolidayKind.TEMPORARY, "관보")
HEAT = WeatherAlert(AlertKind.HEAT_WAVE, date(2026, 7, 20), date(2026, 7, 24), "기상청")


def stored(workspace):
    return dict(workspace.ledger.iter_state("documents"))["calendar"]


def test_a_day_is_added_by_one_revision_that_says_who_and_why(workspace):
    head = workspace.ledger.head_number()
    edit = add_holidays(workspace, [EXTRA], EDITOR)
    assert edit.revision.number == head + 1
    assert (edit.revision.actor, edit.revision.reason, edit.revision.channel) == ("tester", "정부 발표", Channel.OPERATOR)
    assert [(item.collection, item.key) for item in workspace.ledger.list_changes(head + 1)] == [("documents", "calendar")]
    assert read_calendar(workspace).holiday_on(DAY) == EXTRA
    assert not edit.before.is_public_holiday(DAY)


def test_a_worker_sees_the_new_day_without_a_restart(workspace):
    assert not workspace.keeper.current.calendar.is_public_holiday(DAY)
    add_holidays(workspace, [EXTRA], EDITOR)
    assert workspace.keeper.refresh()
    assert workspace.keeper.current.calendar.is_public_holiday(DAY)


def test_the_same_day_again_writes_nothing(workspace):
    add_holidays(workspace, [EXTRA], EDITOR)
    head = workspace.ledger.head_number()
    assert add_holidays(workspace, [EXTRA], EDITOR).revision is None
    assert workspace.ledger.head_number() == head


def test_of_several_days_the_new_ones_are_added(workspace):
    add_holidays(workspace, [EXTRA], EDITOR)
    two = [EXTRA, Holiday(date(2026, 12, 29), EXTRA.name, EXTRA.kind, EXTRA.source)]
    assert add_holidays(workspace, two, EDITOR).revision.change_count == 1
    assert len(read_calendar(workspace).list_holidays(DAY, date(2026, 12, 29))) == 2


def test_the_same_name_told_otherwise_is_refused_and_nothing_is_written(workspace):
    add_holidays(workspace, [EXTRA], EDITOR)
    head = workspace.ledger.head_number()
    with pytest.raises(HolidayConflict) as fault:
        add_holidays(workspace, [Holiday(DAY, EXTRA.name, HolidayKind.LOCAL, "조례")], EDITOR)
    assert fault.value.values == {"day": "2026-12-28", "name": "임시공휴일", "kind": "temporary", "source": "관보"}
    assert workspace.ledger.head_number() == head


def test_a_second_holiday_of_another_name_stands_beside_the_first(workspace):
    add_holidays(workspace, [Holiday(date(2026, 12, 25), "구민의 날", HolidayKind.LOCAL, "조례")], EDITOR)
    names = [item.name for item in read_calendar(workspace).list_holidays(date(2026, 12, 25), date(2026, 12, 25))]
    assert len(names) == 2
    assert "구민의 날" in names


def test_a_day_of_another_century_is_refused_unless_it_is_meant(workspace):
    far = Holiday(date(2062, 6, 3), "지방선거일", HolidayKind.ELECTION, "관보")
    with pytest.raises(DayNotCovered) as fault:
        add_holidays(workspace, [far], EDITOR)
    assert fault.value.values == {"day": "2062-06-03", "first": "2023-01-01", "last": "2028-12-31"}
    assert add_holidays(workspace, [far], EDITOR, only_covered=False).calendar.is_public_holiday(far.day)


def test_a_day_is_removed_and_the_document_is_as_it_was(workspace):
    before = stored(workspace)
    add_holidays(workspace, [EXTRA], EDITOR)
    assert stored(workspace) != before
    remove_holiday(workspace, DAY, None, EDITOR)
    assert json.loads(stored(workspace)) == json.loads(before)


def test_what_is_not_there_cannot_be_removed_and_days_about_it_are_named(workspace):
    with pytest.raises(UnknownHoliday) as fault:
        remove_holiday(workspace, DAY, None, EDITOR)
    assert "2026-12-25" in fault.value.values["near"]
    with pytest.raises(UnknownHoliday) as fault:
        remove_holiday(workspace, date(2026, 12, 25), "설날", EDITOR)
    assert fault.value.values["holiday"] == "2026-12-25 설날"


def test_of_two_holidays_the_one_to_remove_is_named(workspace):
    day = date(2028, 10, 3)
    with pytest.raises(SeveralHolidays):
        remove_holiday(workspace, day, None, EDITOR)
    edit = remove_holiday(workspace, day, "개천절", EDITOR)
    assert [item.name for item in edit.calendar.list_holidays(day, day)] == ["추석"]


def test_an_alert_is_added_once_and_removed(workspace):
    before = stored(workspace)
    assert add_alert(workspace, HEAT, EDITOR).calendar.alerts_on(HEAT.last) == (AlertKind.HEAT_WAVE,)
    assert add_alert(workspace, HEAT, EDITOR).revision is None
    remove_alert(workspace, HEAT.kind, HEAT.first, EDITOR)
    assert json.loads(stored(workspace)) == json.loads(before)


def test_an_alert_that_overlaps_one_of_its_kind_is_refused(workspace):
    add_alert(workspace, HEAT, EDITOR)
    with pytest.raises(AlertConflict):
        add_alert(workspace, WeatherAlert(HEAT.kind, HEAT.last, date(2026, 7, 30), "기상청"), EDITOR)
    with pytest.raises(UnknownAlert) as fault:
        remove_alert(workspace, HEAT.kind, HEAT.last, EDITOR)
    assert fault.value.values["near"] == "2026-07-20~2026-07-24"
    assert add_alert(workspace, WeatherAlert(AlertKind.COLD_WAVE, HEAT.first, HEAT.last, "기상청"), EDITOR).revision


def test_an_edit_is_judged_anew_when_somebody_published_meanwhile(workspace, monkeypatch):
    publish, calls = workspace.publish_draft, []

    def late(draft, *, expected_head=None):
        calls.append(expected_head)
        if len(calls) == 1:
            other = Holiday(date(2026, 12, 29), "다른 임시공휴일", HolidayKind.TEMPORARY, "관보")
            record = read_calendar(workspace).to_record()
            record["holidays"].append({"day": other.day.isoformat(), "name": other.name, "kind": "temporary", "source": "관보"})
            change = Change("documents", "calendar", canonical_json(record))
            workspace.publish([change], actor="t", reason="meanwhile", channel=Channel.OPERATOR, at=EDITOR.at)
        return publish(draft, expected_head=expected_head)

    monkeypatch.setattr(workspace, "publish", lambda changes, **more: publish_plain(workspace, changes, **more))
    monkeypatch.setattr(workspace, "publish_draft", late)
    edit = add_holidays(workspace, [EXTRA], EDITOR)
    assert len(calls) == 2
    assert {item.name for item in edit.calendar.list_holidays(DAY, date(2026, 12, 29))} == {"임시공휴일", "다른 임시공휴일"}


def publish_plain(workspace, changes, *, actor, reason, channel, at):
    from geo_app.domain.change import RevisionDraft

    return workspace.ledger.append(RevisionDraft(actor, reason, channel, at, changes))


def test_where_others_never_stop_writing_the_edit_gives_up(workspace, monkeypatch):
    def always_late(draft, *, expected_head=None):
        raise StaleRevision(expected=expected_head, head=expected_head + 1)

    monkeypatch.setattr(workspace, "publish_draft", always_late)
    with pytest.raises(StaleRevision):
        add_holidays(workspace, [EXTRA], EDITOR)


def test_a_district_without_a_calendar_may_get_its_first_days(workspace):
    workspace.publish([Change("documents", "calendar", None)], actor="t", reason="x", channel=Channel.OPERATOR, at=EDITOR.at)
    with pytest.raises(DayNotCovered):
        add_holidays(workspace, [EXTRA], EDITOR)
    assert add_holidays(workspace, [EXTRA], EDITOR, only_covered=False).calendar.holidays == (EXTRA,)
