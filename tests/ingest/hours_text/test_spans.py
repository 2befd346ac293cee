"""From one time to another: certain, or two readings."""

import pytest

from geo_app.ingest.hours_text import TextFault, convert_hours_text

CERTAIN = [
    ("9~18", "09:00-18:00"),
    ("9시~12시", "09:00-12:00"),
    ("0900~1800", "09:00-18:00"),
    ("9시 30분~18시 5분", "09:30-18:05"),
    ("18:00~02:00", "18:00-02:00"),
    ("22시~6시", "22:00-06:00"),
    ("10:00~02:00", "10:00-02:00"),
    ("17:00~06:00", "17:00-06:00"),
    ("11:00~26:00", "11:00-02:00"),
    ("10시~24시", "10:00-24:00"),
    ("9시~0시", "09:00-24:00"),
    ("10:00~자정", "10:00-24:00"),
    ("자정~오전 6시", "00:00-06:00"),
    ("정오~밤 12시", "12:00-24:00"),
    ("저녁 7시~새벽 2시", "19:00-02:00"),
    ("밤 10시~아침 6시", "22:00-06:00"),
    ("오전 11시~밤 1시", "11:00-01:00"),
    ("9시~오후 6시", "09:00-18:00"),
    ("오전 9시~11시", "09:00-11:00"),
    ("오후 2시~6시", "14:00-18:00"),
    ("오후 6시~2시", "18:00-02:00"),
    ("오후 12시~오후 6시", "12:00-18:00"),
    ("오전 10시~익일 오전 10시", "10:00-34:00"),
    ("18:00~(익일) 02:00", "18:00-02:00"),
    ("9:00 am - 6:00 pm", "09:00-18:00"),
]
TWO_READINGS = [
    ("9시~6시", {"09:00-18:00", "09:00-06:00"}),
    ("9:00~6:00", {"09:00-18:00", "09:00-06:00"}),
    ("09:00~06:00", {"09:00-18:00", "09:00-06:00"}),
    ("오전 9시~6시", {"09:00-18:00", "09:00-06:00"}),
    ("2시~6시", {"14:00-18:00", "02:00-06:00"}),
    ("6시~오후 10시", {"06:00-22:00", "18:00-22:00"}),
    ("9시~새벽 2시", {"09:00-02:00", "21:00-02:00"}),
    ("12시~새벽 2시", {"12:00-02:00", "00:00-02:00"}),
    ("낮 12시~6시", {"12:00-18:00", "12:00-06:00"}),
    ("14시~6시", {"14:00-18:00", "14:00-06:00"}),
    ("오전 10시~오후 12시", {"10:00-12:00", "10:00-24:00"}),
]
NO_SPAN = ["10:00~10:00", "오전 10시~10시", "오후 8시~오후 6시", "22:00~15:00", "익일 9시~18시", "9시~", "~18시", "9시 18시", "밤 5시~6시"]


@pytest.mark.parametrize(("text", "spans"), CERTAIN)
def test_a_certain_span_is_read(text, spans):
    assert convert_hours_text(f"매일 {text}").opening_hours == f"Mo-Su {spans}"


@pytest.mark.parametrize(("text", "spans"), TWO_READINGS)
def test_a_span_with_two_readings_is_refused_and_both_are_offered(text, spans):
    told = convert_hours_text(f"매일 {text}")
    assert (told.refusal.code, told.refusal.piece) == (TextFault.HALF_DAY, text)
    assert set(told.alternatives) == {f"Mo-Su {item}" for item in spans}


@pytest.mark.parametrize("text", NO_SPAN)
def test_times_that_make_no_span_are_refused(text):
    assert convert_hours_text(f"매일 {text}").refusal is not None


def test_other_times_of_the_text_show_a_24_hour_clock():
    assert convert_hours_text("토 8시~12시").refusal is not None
    assert convert_hours_text("평일 9~18시, 토 8시~12시").opening_hours == "Mo-Fr 09:00-18:00; Sa 08:00-12:00"
    assert convert_hours_text("평일 9~18시, 토 1시~5시").refusal is not None
