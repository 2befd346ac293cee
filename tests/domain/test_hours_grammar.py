"""The canonical grammar: what is read, how it is written again, what is refused and where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.domain.hours import HOLIDAY_RULES, BadHours, Refusal, parse_holiday_rule, parse_opening_hours
from geo_app.domain.hours.canonical import find_canonical
from geo_app.domain.problem import Problem

ACCEPTED = [
    ("24/7", "24/7", "usual"),
    ("24/7; PH off", "24/7", "closed"),
    ("24/7; Su off", "24/7; Su off", "usual"),
    ("00:00-24:00", "Mo-Su 00:00-24:00", None),
    ("Mo-Su 10:00-22:00", "Mo-Su 10:00-22:00", None),
    ("mo-fr 9:00-18:00;sa 10:00-14:00 ;", "Mo-Fr 09:00-18:00; Sa 10:00-14:00", None),
    ("Mo-Fr 18:00-26:00", "Mo-Fr 18:00-02:00", None),
    ("Mo-Fr 18:00-00:00", "Mo-Fr 18:00-24:00", None),
    ("09:00-33:00", "Mo-Su 09:00-33:00", None),
    ("Mo-Fr 15:30-22:00,10:00-14:00", "Mo-Fr 10:00-14:00,15:30-22:00", None),
    ("Mo-Fr 10:00-14:00, 15:30-22:00", "Mo-Fr 10:00-14:00,15:30-22:00", None),
    ("Mo-Fr 10:00-14:00, Sa 15:30-22:00", "Mo-Fr 10:00-14:00, Sa 15:30-22:00", None),
    ("Mo-Fr 10:00-14:00, Sa closed", "Mo-Fr 10:00-14:00; Sa off", None),
    ("Fr-Mo 10:00-14:00", "Mo,Fr-Su 10:00-14:00", None),
    ("Mo,Tu,We,Sa 10:00-14:00", "Mo-We,Sa 10:00-14:00", None),
    ("Mo-Su 10:00-22:00; Su[4,2] off", "Mo-Su 10:00-22:00; Su[2,4] off", None),
    ("Su[-1],Su[1-2] 10:00-14:00", "Su[1,2,-1] 10:00-14:00", None),
    ("Su[1],Su 10:00-14:00", "Su 10:00-14:00", None),
    ("Mar-Oct: Mo-Fr 10:00-14:00", "Mar-Oct Mo-Fr 10:00-14:00", None),
    ("Jan,Nov-Feb 10:00-14:00", "Jan,Nov-Feb 10:00-14:00", None),
    ("Dec 24-26 off", "Dec 24-26 off", None),
    ("Dec 24-Jan 3,Feb 29 off", "Feb 29,Dec 24-Jan 3 off", None),
    ("Mar 1-Oct 31 10:00-14:00", "Mar-Oct 10:00-14:00", None),
    ("Jan-Dec Mo 10:00-14:00", "Mo 10:00-14:00", None),
    ("off", "Mo-Su off", None),
    ("Mo-Sa 09:00-18:00; Su,PH off", "Mo-Sa 09:00-18:00; Su off", "closed"),
    ("Mo-Sa 09:00-18:00, PH off", "Mo-Sa 09:00-18:00", "closed"),
    ("Mo-Sa 09:00-18:00; Su,PH 10:00-16:00", "Mo-Sa 09:00-18:00; Su 10:00-16:00", "sunday"),
    ("Mo-Sa 09:00-18:00; PH 10:00-16:00,18:00-26:00", "Mo-Sa 09:00-18:00", "hours:10:00-16:00,18:00-02:00"),
    ("Mo-Fr,PH 09:00-18:00", "Mo-Fr 09:00-18:00", "hours:09:00-18:00"),
    ("Mo-Su,PH 09:00-18:00; We off", "Mo-Su 09:00-18:00; We off", "usual"),
    ("Su[1],PH 09:00-18:00", "Su[1] 09:00-18:00", "hours:09:00-18:00"),
]

REFUSED = [
    ("", "hours-empty", 1, ""),
    ("  ", "hours-empty", 3, ""),
    ("Mo 10:00-12:00;" * 40, "hours-too-long", 511, "Mo 10:00-12:00;Mo 10"),
    ("Mo 10:00-12:00 || off", "hours-fallback", 16, "||"),
    ('Mo 10:00-12:00 "예약"', "hours-comment", 16, '"예약"'),
    ("Mo 10:00-12:00 unknown", "hours-modifier", 16, "unknown"),
    ("Mo open", "hours-modifier", 4, "open"),
    ("SH 10:00-12:00", "hours-school-holiday", 1, "sh"),
    ("Mo sunrise-18:00", "hours-sun-time", 4, "sunrise"),
    ("Mo 10:00-dusk", "hours-sun-time", 10, "dusk"),
    ("Mo 18:00+", "hours-open-end", 9, "+"),
    ("Mo 18:00-20:00+", "hours-open-end", 15, "+"),
    ("week 1-10 Mo 10:00-12:00", "hours-week-number", 1, "week"),
    ("easter off", "hours-easter", 1, "easter"),
    ("2026 Dec 25 off", "hours-year", 1, "2026"),
    ("Dec 2026 off", "hours-year", 5, "2026"),
    ("Feb 30 off", "hours-bad-date", 5, "30"),
    ("Dec 26-24 off", "hours-bad-date", 8, "24"),
    ("Mar 5-Oct off", "hours-bad-date", 7, "oct"),
    ("Su[6] off", "hours-bad-nth", 4, "6"),
    ("Su[0] off", "hours-bad-nth", 4, "0"),
    ("Su[3-1] off", "hours-bad-nth", 7, "]"),
    ("Su[1] +1 day off", "hours-bad-nth", 7, "+"),
    ("Mo 10:60-12:00", "hours-bad-time", 4, "10:60"),
    ("Mo 24:00-26:00", "hours-bad-time", 4, "24:00"),
    ("Mo 10:00-49:00", "hours-bad-time", 10, "49:00"),
    ("Mo 10:00-10:00", "hours-empty-span", 10, "10:00"),
    ("Mo 09:00-33:01", "hours-long-span", 4, "09:00"),
    ("Mo 09:00-14:00,13:00-18:00", "hours-overlap", 16, "13:00"),
    ("Mo-Fr", "hours-without-time", 6, ""),
    ("Mar-Oct; Mo 10:00-12:00", "hours-without-time", 8, ";"),
    ("Mo 09:00-18:00; Mo 12:00-13:00 off", "hours-timed-off", 32, "off"),
    ("Mo 09:00-18:00; Dec PH off", "hours-holiday-selector", 17, "Dec PH off"),
    ("PH off; Mo-Fr 09:00-18:00", "hours-holiday-order", 1, "PH off"),
    ("Su,PH 10:00-16:00; Mo-Sa 09:00-18:00", "hours-holiday-order", 1, "Su,PH 10:00-16:00"),
    ("Mo 09:00-18:00; PH off; PH 10:00-12:00", "hours-holiday-twice", 25, "PH 10:00-12:00"),
    ("Mo 09:00-18:00, PH 10:00-12:00", "hours-holiday-added", 17, "PH 10:00-12:00"),
    ("PH off", "hours-holiday-only", 1, "PH off"),
    ("매일 10:00-22:00", "hours-unexpected", 1, "매"),
    ("Mo 10:00~22:00", "hours-unexpected", 9, "~"),
    ("Mo 10:00", "hours-unexpected", 9, ""),
    ("Mo-10:00", "hours-unexpected", 4, "10:00"),
    ("Mo, 10:00-12:00", "hours-unexpected", 5, "10:00"),
    ("Mo 10:00-12:00 Tu", "hours-unexpected", 16, "tu"),
    ("Mo 10:00-12:00,", "hours-unexpected", 16, ""),
    ("Mo 10:00-12:00;; Tu off", "hours-unexpected", 16, ";"),
    ("24/7 off", "hours-unexpected", 6, "off"),
    ("Mo ١٠:٠٠-12:00", "hours-unexpected", 4, "١"),
]


@pytest.mark.parametrize(("text", "canonical", "on_holidays"), ACCEPTED)
def test_a_text_is_written_again_in_one_way(text, canonical, on_holidays):
    parsed = parse_opening_hours(text)
    assert (parsed.opening_hours, parsed.on_holidays) == (canonical, on_holidays)
    assert parse_opening_hours(canonical).rules == parsed.rules


@pytest.mark.parametrize(("text", "code", "position", "value"), REFUSED)
def test_what_is_not_accepted_is_refused_by_name_and_place(text, code, position, value):
    with pytest.raises(BadHours) as caught:
        parse_opening_hours(text)
    assert (caught.value.reason.value, caught.value.position, caught.value.value) == (code, position, value)
    assert caught.value.as_problem(line=3, column="hours") == Problem(
        code, line=3, column="hours", value=value, details={"position": position}
    )


def test_every_refusal_of_a_text_has_an_example_above():
    shown = {code for _, code, _, _ in REFUSED}
    assert shown == {reason.value for reason in Refusal} - {Refusal.HOLIDAY_RULE.value}


def test_no_hours_and_hours_not_understood_have_no_canonical_form():
    assert find_canonical(None) is None
    assert find_canonical("매일 10시부터") is None


@pytest.mark.parametrize(
    "text", ["closed", "sunday", "usual", "closed-seollal-chuseok", "hours:10:00-16:00", "hours:10:00-12:00,18:00-02:00"]
)
def test_a_holiday_rule_is_written_as_it_was_read(text):
    assert text.split(":")[0] in HOLIDAY_RULES
    assert str(parse_holiday_rule(text)) == text


@pytest.mark.parametrize("text", ["", "open", "hours", "hours:", "hours:25:00", "closed:10:00-12:00", "hours:10:00-12:00 off"])
def test_another_holiday_rule_is_refused(text):
    with pytest.raises(BadHours):
        parse_holiday_rule(text)


PIECES = ["Mo", "Su", "Fr", "PH", "SH", "Mar", "Dec", "24/7", "10:00", "18:00", "26:00", "00:00", "12:00", "24", "31", "2026"]
PIECES += ["off", "week", "-", "-", "-", ",", ",", ";", "[", "]", "+", ":", "||", " ", " ", " ", "x", "점심"]


@given(st.one_of(st.lists(st.sampled_from(PIECES), max_size=14).map("".join), st.text(max_size=30)))
def test_any_text_is_either_refused_or_written_again_the_same(text):
    parsed = find_canonical(text)
    if parsed is None:
        with pytest.raises(BadHours) as caught:
            parse_opening_hours(text)
        assert 1 <= caught.value.position <= len(text) + 1
        return
    again = parse_opening_hours(parsed.opening_hours)
    assert (again.opening_hours, again.rules) == (parsed.opening_hours, parsed.rules)
    assert parsed.on_holidays is None or str(parse_holiday_rule(parsed.on_holidays)) == parsed.on_holidays
