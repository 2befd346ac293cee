"""Clock times in languages that write figures, and the line that says of when a page is."""

from datetime import datetime

import pytest

from geo_app.domain.calendar import SEOUL
from geo_app.wording.catalogue import LANGUAGES, get_words
from geo_app.wording.clock import clock_time, dated_figures

NOW = datetime(2026, 12, 30, 22, 7, tzinfo=SEOUL)


def test_russian_writes_every_hour_with_two_figures():
    words = get_words("ru")
    told = [clock_time(minute, words) for minute in range(1, 1440)]
    assert told == [f"{minute // 60:02d}:{minute % 60:02d}" for minute in range(1, 1440)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_dated_time_has_figures_and_the_year_only_where_it_is_another(lang):
    words = get_words(lang)
    same, next_year = (dated_figures(at, NOW, words) for at in (NOW.replace(hour=2, minute=5), NOW.replace(year=2027)))
    assert "02:05" in same
    assert "2026" not in same
    assert "22:07" in next_year
    assert "2027" in next_year


def test_korean_says_day_weekday_and_time():
    assert dated_figures(NOW, NOW, get_words("ko")) == "12월 30일(수) 22:07"
