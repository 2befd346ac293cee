"""Rows of the file's list: hours as each source tells them, and that nobody knows where they differ."""

from geo_app.maps.single_list import list_rows
from geo_app.wording.catalogue import get_words

KO = get_words("ko")


def shelter(*hours, **told):
    properties = {"name": "예시 카페", "status": "sample", "hours": list(hours), **told}
    return {"id": "sh-000001", "type": "Feature", "geometry": None, "properties": properties}


def said(text, opening_hours, source, **more):
    return {"text": text, "opening_hours": opening_hours, "on_holidays": None, "source": source, **more}


def hours_of(*hours):
    return list_rows([shelter(*hours)], "shelters", KO)[0].hours


def test_equal_hours_of_two_sources_stand_once():
    (line,) = hours_of(said("24시간", "24/7", "구청"), said("연중무휴", "24/7", "가게"))
    assert line == "24시간"


def test_where_sources_differ_each_is_named_and_nothing_is_certain():
    first, second, last = hours_of(said("24시간", "24/7", "구청"), said("9시~18시", "Mo-Su 09:00-18:00", "가게"))
    assert first.endswith("(구청)")
    assert second.endswith("(가게)")
    assert last == KO("The sources do not agree, so we do not know.")


def test_hours_under_an_alert_contradict_nobody():
    told = hours_of(said("9시~18시", "Mo-Su 09:00-18:00", "구청"), said("24시간", "24/7", "구청", alert="cold-wave"))
    assert KO("The sources do not agree, so we do not know.") not in told


def test_what_nobody_could_read_stands_as_it_was_written():
    assert hours_of(said("사장님 마음대로", None, "가게")) == ("사장님 마음대로",)


def test_made_up_places_stand_last_and_names_are_told_in_the_readers_letters():
    real = shelter(status="confirmed")
    rows = list_rows([shelter(name="가 카페"), {**real, "id": "sh-000002"}], "shelters", get_words("en"))
    assert [row.id for row in rows] == ["sh-000002", "sh-000001"]
    assert rows[1].latin
