"""Phrases of known meaning, put together at random, mean what they meant one by one; and what is read back is read again as the same.

The witness knows nothing of rules or notation: it counts the minutes of each day from the drawn meaning and the calendar.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from geo_app.domain.calendar import Calendar, Holiday
from geo_app.domain.hours import State, build_timeline
from geo_app.domain.site import HoursStatement
from geo_app.ingest.hours_text import convert_hours_text
from geo_app.wording.catalogue import get_words
from geo_app.wording.readback import read_back

DAY_MIN = 1440
FIRST_DAY, DAY_COUNT = date(2026, 8, 30), 65  # a Sunday; 추석 and other holidays, a change of month twice
CHUSEOK = Holiday(date(2026, 9, 25), "추석")
HOLIDAYS = Calendar((
    Holiday(date(2026, 9, 24), "추석 전날"), CHUSEOK, Holiday(date(2026, 10, 3), "개천절"), Holiday(date(2026, 10, 9), "한글날"),
))  # fmt: skip
KOREAN = get_words("ko")
NAMES = "월화수목금토일"
GROUPS = (
    ((range(7),), ("매일",)),
    ((range(7),), ("월~일",)),
    ((range(5), (5, 6)), ("평일", "주말")),
    ((range(5), (5,), (6,)), ("월~금", "토요일", "일요일")),
    (((0, 2, 4), (1, 3), (5, 6)), ("월,수,금", "화·목", "토/일요일")),
    ((range(6), (6,)), ("월요일부터 토요일까지", "매주 일요일은")),
)


@dataclass(frozen=True)
class Meaning:
    """`spans` by weekday; shut on `nths` (weekday, nth); on holidays: None unknown, () shut, spans, or "sunday" / "usual" / "feast"."""

    spans: dict
    nths: frozenset
    holidays: object

    def shift(self, day):
        if day.weekday() in {weekday for weekday, nth in self.nths if (day.day - 1) // 7 + 1 == nth}:
            return ()
        return self.spans[day.weekday()]

    def open_minutes(self, day):
        """The open minutes of the shift that starts on the day, or None where holidays are not known."""
        if not HOLIDAYS.is_public_holiday(day):
            return self.shift(day)
        if self.holidays == "sunday":
            return self.shift(day) if day.weekday() == 6 else self.spans[6]
        if self.holidays == "usual" or (self.holidays == "feast" and day != CHUSEOK.day):
            return self.shift(day)
        return () if self.holidays == "feast" else self.holidays


def hour_text(minute, style):
    hour, rest = divmod(minute, 60)
    if style == "colon":
        return f"{hour:02}:{rest:02}"
    if style == "plain":
        return f"{hour}시 {rest}분" if rest else f"{hour}시"
    part = "오후" if 12 <= hour < 24 else "오전"
    return f"{part} {(hour % 12) or 12}시" + (" 반" if rest == 30 else "")


@st.composite
def timed(draw, *, has_break):
    """(the open minutes of a day, how they are written)."""
    style = draw(st.sampled_from(["colon", "plain", "said"]))
    starts = draw(st.integers(6, 11)) * 60 + draw(st.sampled_from([0, 30]))
    ends = draw(st.integers(32, 52)) * 30
    joint, last = draw(st.sampled_from([("~", ""), (" - ", ""), ("부터 ", "까지")]))
    if ends > DAY_MIN:
        end = draw(st.sampled_from(["익일", "다음날 "])) + hour_text(ends - DAY_MIN, "colon")
    elif ends == DAY_MIN:
        # "6시~자정" could begin in the evening: it is refused, so it is not written here.
        end = draw(st.sampled_from(["24:00", "24시"] if style == "plain" else ["자정", "24:00", "24시", "밤 12시"]))
    else:
        end = hour_text(ends, style)
    text = f"{hour_text(starts, style)}{joint}{end}{last}"
    if not has_break:
        return ((starts, ends),), text
    pause = draw(st.sampled_from(["브레이크타임 13:00~14:30", "브레이크타임 오후 1시~오후 2시 반", "13시~14시 30분 제외"]))
    return ((starts, 13 * 60), (14 * 60 + 30, ends)), f"{text} ({pause})"


@st.composite
def told(draw):
    """(text, meaning)."""
    groups, names = draw(st.sampled_from(GROUPS))
    spans, clauses = {}, []
    has_break = draw(st.booleans())
    for days, name in zip(groups, names, strict=True):
        is_shut = len(groups) > 1 and draw(st.integers(0, 3)) == 0 and clauses
        held, text = ((), draw(st.sampled_from(["휴무", "쉼", "정기휴무"]))) if is_shut else draw(timed(has_break=has_break))
        clauses.append(f"{name} {text}")
        spans.update(dict.fromkeys(days, held))
    nths = frozenset()
    if spans[6] and draw(st.booleans()):
        nths = frozenset({(6, 2), (6, 4)})
        clauses.append(draw(st.sampled_from(["둘째·넷째 일요일 휴무", "매월 2,4째주 일요일 휴무", "2번째, 4번째 일요일 쉼"])))
    holidays, phrase = draw(
        st.sampled_from([
            (None, ""), ((), "공휴일 휴무"), ((), "법정공휴일은 쉽니다"), ("usual", "공휴일 정상영업"), ("feast", "설·추석 당일 휴무"),
            ("sunday", "공휴일은 일요일과 동일"), (((600, 900),), "공휴일 10~15시"), ("feast", "명절 당일 휴무"),
        ])
    )  # fmt: skip
    joint = draw(st.sampled_from([", ", " / ", "\n", "; "]))
    label = draw(st.sampled_from(["", "영업시간: ", "운영시간 "]))
    return label + joint.join([*clauses, *([phrase] if phrase else [])]), Meaning(spans, nths, holidays)


def witness(meaning):
    """The state of each minute of the days, counted from the meaning alone."""
    states = [State.CLOSED] * (DAY_MIN * DAY_COUNT)
    for offset in range(-1, DAY_COUNT):
        day = FIRST_DAY + timedelta(days=offset)
        held = meaning.open_minutes(day)
        pieces, state = (((0, DAY_MIN), *meaning.shift(day)), State.UNKNOWN) if held is None else (held, State.OPEN)
        for starts, ends in pieces:
            for minute in range(max(0, offset * DAY_MIN + starts), min(len(states), offset * DAY_MIN + ends)):
                if states[minute] is not State.OPEN:
                    states[minute] = state
    return states


@settings(max_examples=60, deadline=None)
@given(told())
def test_a_composed_text_means_what_its_phrases_mean(drawn):
    text, meaning = drawn
    converted = convert_hours_text(text)
    assert converted.refusal is None, text
    statement = HoursStatement(text, converted.opening_hours, converted.on_holidays)
    timeline = build_timeline([statement], calendar=HOLIDAYS, first_day=FIRST_DAY, day_count=DAY_COUNT)
    expected = witness(meaning)
    assert [timeline.state_at(minute) for minute in range(0, len(expected), 15)] == expected[::15], text


@settings(max_examples=60, deadline=None)
@given(told(), st.sampled_from(["", " / 8월 1~15일 휴무"]))
def test_what_is_read_back_is_read_again_as_the_same(drawn, closed):
    first = convert_hours_text(drawn[0] + closed)
    assert first.refusal is None, drawn[0]
    sentence = read_back(first.opening_hours, first.on_holidays, KOREAN)
    again = convert_hours_text(sentence)
    assert again.refusal is None, sentence
    calendar = [HoursStatement("", item.opening_hours, item.on_holidays) for item in (first, again)]
    one, other = (build_timeline([item], calendar=HOLIDAYS, first_day=FIRST_DAY, day_count=DAY_COUNT) for item in calendar)
    assert one == other, sentence
