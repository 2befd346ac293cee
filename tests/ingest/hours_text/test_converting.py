"""Whole texts: what is understood, what is refused and by which piece, and what is never done."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo_app.domain.calendar import AlertKind
from geo_app.domain.hours import parse_holiday_rule, parse_opening_hours
from geo_app.ingest.hours_text import AlertHours, Note, TextFault, convert_hours_text

UNDERSTOOD = [
    ("평일 9시~18시", "Mo-Fr 09:00-18:00", None),
    ("０９：００～１８：００", "Mo-Su 09:00-18:00", None),
    ("월요일부터 금요일까지 오전 9시부터 오후 6시까지, 토요일은 오전 9시부터 낮 12시까지", "Mo-Fr 09:00-18:00; Sa 09:00-12:00", None),
    ("평일 09:00-18:00 / 토 10:00-15:00 / 일·공휴일 휴무", "Mo-Fr 09:00-18:00; Sa 10:00-15:00", "closed"),
    ("영업시간: 09:00~18:00\n휴무일: 매주 월요일, 설날·추석 당일", "Tu-Su 09:00-18:00", "closed-seollal-chuseok"),
    ("월화수목금 9:30-18:30", "Mo-Fr 09:30-18:30", None),
    ("월,수,금 10시반~19시 / 화,목 13시~21시", "Mo,We,Fr 10:30-19:00; Tu,Th 13:00-21:00", None),
    ("09:00~18:00 (토,일,공휴일 휴무)", "Mo-Fr 09:00-18:00", "closed"),
    ("10:00~19:00(화~토), 13:00~18:00(일)", "Tu-Sa 10:00-19:00; Su 13:00-18:00", None),
    ("[평일] 09:00~18:00 [토요일] 09:00~13:00 [일요일/공휴일] 휴무", "Mo-Fr 09:00-18:00; Sa 09:00-13:00", "closed"),
    ("매일 10:00~익일 02:00, 설·추석 당일 휴무", "Mo-Su 10:00-02:00", "closed-seollal-chuseok"),
    ("금·토 12:00~익일 03:00, 그 외 12:00~24:00", "Mo-Th,Su 12:00-24:00; Fr-Sa 12:00-03:00", None),
    ("평일 09:00~21:00, 주말·공휴일 10:00~20:00", "Mo-Fr 09:00-21:00; Sa-Su 10:00-20:00", "sunday"),
    ("월~금 9~18시, 토·일 10~17시, 공휴일은 일요일과 동일", "Mo-Fr 09:00-18:00; Sa-Su 10:00-17:00", "sunday"),
    ("평일 9~18시, 토 10~13시, 공휴일은 토요일과 같음", "Mo-Fr 09:00-18:00; Sa 10:00-13:00", "hours:10:00-13:00"),
    ("매일 9~18시 (공휴일 포함)", "Mo-Su 09:00-18:00", "usual"),
    ("24시간 영업", "Mo-Su 00:00-24:00", None),
    ("24시간 365일", "24/7", "usual"),
    ("24시간 (설·추석 당일 휴무)", "24/7", "closed-seollal-chuseok"),
    ("상시 24시간 개방", "24/7", "usual"),
    ("연중무휴 9~22시", "Mo-Su 09:00-22:00", "usual"),
    ("매일 08:00~22:00 (브레이크타임 14:00~15:00)", "Mo-Su 08:00-14:00,15:00-22:00", None),
    ("매일 10시~22시, 브레이크타임 3~5시", "Mo-Su 10:00-15:00,17:00-22:00", None),
    ("평일 9~18시 (점심시간 12~1시 제외)", "Mo-Fr 09:00-12:00,13:00-18:00", None),
    ("매일 10~22시, 평일 브레이크타임 15~17시", "Mo-Fr 10:00-15:00,17:00-22:00; Sa-Su 10:00-22:00", None),
    ("09:00~21:00, 둘째·넷째 일요일 휴무", "Mo-Su 09:00-21:00; Su[2,4] off", None),
    ("2,4째주 일요일 휴무 09:00~22:00", "Mo-Su 09:00-22:00; Su[2,4] off", None),
    ("09:00~22:00 / 매월 마지막 주 월요일 휴무", "Mo-Su 09:00-22:00; Mo[-1] off", None),
    ("하절기(4월~9월) 09:00~21:00, 동절기(10월~3월) 09:00~20:00", "Apr-Sep 09:00-21:00; Oct-Mar 09:00-20:00", None),
    ("3~10월 09~18시, 11~2월 09~17시, 월요일 휴무", "Mar-Oct Tu-Su 09:00-18:00; Nov-Feb Tu-Su 09:00-17:00", None),
    ("3~10월 8~21시, 11~2월 9~19시, 공휴일 10~16시", "Mar-Oct 08:00-21:00; Nov-Feb 09:00-19:00", "hours:10:00-16:00"),
    ("평일 09~18시, 7~8월 평일 09~20시", "Mo-Fr 09:00-18:00; Jul-Aug Mo-Fr 09:00-20:00", None),
    ("신정·설·추석 당일 휴무, 10:00~22:00", "Mo-Su 10:00-22:00; Jan 1 off", "closed-seollal-chuseok"),
    ("매일 10~22시, 8월 1~5일 휴무", "Mo-Su 10:00-22:00; Aug 1-5 off", None),
    ("Mo-Fr 09:00-18:00; PH off", "Mo-Fr 09:00-18:00", "closed"),
    ("AM 9:00 ~ PM 6:00", "Mo-Su 09:00-18:00", None),
    ("매일 10am~9pm", "Mo-Su 10:00-21:00", None),
    ("평일 09.00~18.00", "Mo-Fr 09:00-18:00", None),
    ("09.30~18.30", "Mo-Su 09:30-18:30", None),
    ("월욜~금욜 10~19시, 일욜은 쉽니다", "Mo-Fr 10:00-19:00", None),
    ("월.수.금 10:00~19:00 / 토.일.공휴일 휴무", "Mo,We,Fr 10:00-19:00", "closed"),
    ("평일 토요일 모두 10시~19시, 일요일은 쉬어요", "Mo-Sa 10:00-19:00", None),
    ("주말에만 영업해요 (12시~19시)", "Sa-Su 12:00-19:00", None),
    ("금·토는 12~22시, 나머지 요일은 12~20시", "Mo-Th,Su 12:00-20:00; Fr-Sa 12:00-22:00", None),
    ("MON-FRI 10:00-19:00 / SAT 11:00-17:00 / SUN 휴무", "Mo-Fr 10:00-19:00; Sa 11:00-17:00", None),
    ("Mon. - Fri. 09:00 - 18:00", "Mo-Fr 09:00-18:00", None),
    ("Weekdays 09:00-18:00 / Weekend closed", "Mo-Fr 09:00-18:00", None),
    ("11:00 AM - 9:00 PM (Closed Mondays)", "Tu-Su 11:00-21:00", None),
    ("평일 07:00-22:00ㅣ주말 08:00-22:00", "Mo-Fr 07:00-22:00; Sa-Su 08:00-22:00", None),
    ("09:00~18:00<br>※ 입장마감 17:00<br/>매주 월요일 휴관", "Tu-Su 09:00-18:00", None),
    ("업무시간 : 평일 09:00 ~ 18:00 (토,일,공휴일 휴무)", "Mo-Fr 09:00-18:00", "closed"),
    ("진료시간 평일 09:00~18:30, 일요일·공휴일 휴진", "Mo-Fr 09:00-18:30", "closed"),
    ("우체국 민원업무 월~금 09:00~18:00", "Mo-Fr 09:00-18:00", None),
    ("PC방 매일 09:00~익일 09:00 연중무휴", "Mo-Su 09:00-33:00", "usual"),
    ("편의점 24시 연중무휴", "24/7", "usual"),
    ("24시 (일요일 휴무)", "Mo-Sa 00:00-24:00", None),
    ("쉬는 날 없이 매일 오전 9시~오후 9시", "Mo-Su 09:00-21:00", "usual"),
    ("공휴일 포함 매일 10:00~19:00", "Mo-Su 10:00-19:00", "usual"),
    ("월~토 9~18시 (공휴일 포함)", "Mo-Sa 09:00-18:00", "usual"),
    ("10:00~24:00 (매월 둘째, 넷째 일요일 의무휴업)", "Mo-Su 10:00-24:00; Su[2,4] off", None),
    ("월 10:00 - 20:00\n화 10:00 - 21:00\n일 정기휴무 (매주 일요일)", "Mo 10:00-20:00; Tu 10:00-21:00", None),
    ("월~토 10~20시 / 일 휴무 (일요일, 공휴일)", "Mo-Sa 10:00-20:00", "closed"),
    (
        "평일 8~20시, 토 9~15시, 일 10~14시, 공휴일은 토요일과 동일하게 운영",
        "Mo-Fr 08:00-20:00; Sa 09:00-15:00; Su 10:00-14:00",
        "hours:09:00-15:00",
    ),
    ("평일 10~20시, 토 11~19시, 일·공휴일은 토요일과 동일", "Mo-Fr 10:00-20:00; Sa-Su 11:00-19:00", "hours:11:00-19:00"),
    ("매년 6월 1일~8월 31일 10:00~18:00", "Jun-Aug 10:00-18:00", None),
    (
        "2~5월 09~18시, 6~8월 09~19시, 9~1월 09~17시, 화요일 휴관",
        "Feb-May Mo,We-Su 09:00-18:00; Jun-Aug Mo,We-Su 09:00-19:00; Sep-Jan Mo,We-Su 09:00-17:00",
        None,
    ),
    ("여름(6~8월) 05~21시, 그 외(9~5월) 06~19시", "Jun-Aug 05:00-21:00; Sep-May 06:00-19:00", None),
    ("[하절기(4월~9월)] 매일 6~20시 [동절기(10월~3월)] 매일 7~18시", "Apr-Sep 06:00-20:00; Oct-Mar 07:00-18:00", None),
]


@pytest.mark.parametrize(("text", "opening_hours", "on_holidays"), UNDERSTOOD)
def test_what_people_write_becomes_canonical(text, opening_hours, on_holidays):
    told = convert_hours_text(text)
    assert (told.opening_hours, told.on_holidays, told.refusal) == (opening_hours, on_holidays, None)
    assert told.text == text


REFUSED = [
    ("", TextFault.EMPTY, ""),
    (" \n", TextFault.EMPTY, ""),
    ("사장님 사정에 따라 달라요", TextFault.UNKNOWN_WORD, "사장님"),
    ("영업일 09:00~18:00", TextFault.UNKNOWN_WORD, "일"),
    ("수영장 09~18시", TextFault.UNKNOWN_WORD, "수영장"),
    ("금일 휴무", TextFault.UNKNOWN_WORD, "금일"),
    ("062-960-8114", TextFault.UNKNOWN_WORD, "062"),
    ("2024~2025", TextFault.UNKNOWN_WORD, "2024"),
    ("10:00~18:00 (매표 09:00~17:00)", TextFault.UNKNOWN_WORD, "매표"),
    ("매일 06~22시, 민원업무 평일 09~18시", TextFault.UNKNOWN_WORD, "민원업무"),
    ("운영시간 매일 06~22시, 민원업무 평일 09~18시", TextFault.UNKNOWN_WORD, "민원업무"),
    ("평일 09~18시, 편의점 24시", TextFault.UNKNOWN_WORD, "편의점"),
    ("토요일 24시", TextFault.UNFINISHED, "24시"),
    ("평일 24시, 주말 휴무", TextFault.UNFINISHED, "24시"),
    ("3.10~10.31 09:00~18:00", TextFault.UNKNOWN_WORD, ".10~10.31"),
    ("09.30~12.30", TextFault.UNKNOWN_WORD, ".30~12.30"),
    ("매년 10:00~18:00", TextFault.NOT_WEEKLY, "매년"),
    ("공휴일 포함 월~토 09~18시", TextFault.DAYS_UNCLEAR, "포함"),
    ("월~토 10~20시 / 일 정기휴무 (매주 월요일)", TextFault.WITHOUT_TIMES, "월요일"),
    ("여름(6~8월) 05~21시, 그 외(9~4월) 06~19시", TextFault.SEASON_UNCLEAR, "그 외"),
    ("09~18시 영업 (3~10월), 토 10~15시", TextFault.WITHOUT_TIMES, "3"),
    ("평일 10~20시, 일요일은 토요일과 동일", TextFault.DAYS_UNCLEAR, "일요일"),
    ("평일 10~18시 (월요일이 공휴일인 경우 다음날 휴관)", TextFault.UNKNOWN_WORD, "이"),
    ("9시~6시", TextFault.HALF_DAY, "9시~6시"),
    ("오전 9시~6시", TextFault.HALF_DAY, "오전 9시~6시"),
    ("25시~26시", TextFault.BAD_TIME, "25시"),
    ("9시~31시", TextFault.BAD_TIME, "31시"),
    ("평일 18시까지", TextFault.UNFINISHED, "18시"),
    ("00:00~00:00", TextFault.UNFINISHED, "00:00"),
    ("일, 공휴일 휴무", TextFault.WITHOUT_TIMES, "일, 공휴일 휴무"),
    ("평일 9~18시, 토요일", TextFault.WITHOUT_TIMES, "토요일"),
    ("평일 9~18시, 둘째 일요일 휴무", TextFault.WITHOUT_TIMES, "휴무"),
    ("휴무: 월요일, 화요일 10:00~18:00", TextFault.DAYS_UNCLEAR, "월요일"),
    ("09:00~18:00, 토요일 10:00~15:00", TextFault.DAYS_UNCLEAR, "09:00"),
    ("월요일 휴무(공휴일 제외) 10~18시", TextFault.DAYS_UNCLEAR, "제외"),
    ("토요일 자정~오전 6시", TextFault.DAYS_UNCLEAR, "자정"),
    ("둘째 일요일, 월요일 휴무 09~18시", TextFault.DAYS_UNCLEAR, "일요일"),
    ("주말 영업, 09~18시", TextFault.DAYS_UNCLEAR, "주말"),
    ("매일 월~금 9~18시", TextFault.DAYS_UNCLEAR, "매일"),
    ("월~수 9~18시, 수~금 10~19시", TextFault.CONFLICT, "10"),
    ("연중무휴 09~18시, 일요일 휴무", TextFault.CONFLICT, "연중무휴"),
    ("평일 09~18시 연중무휴", TextFault.CONFLICT, "연중무휴"),
    ("주말 휴무, 토 10~15시, 평일 9~18시", TextFault.CONFLICT, "10"),
    ("매일 9~18시, 빨간날 휴무", TextFault.CONFLICT, "휴무"),
    ("매일 09~18시, 격주 월요일 휴무", TextFault.NOT_WEEKLY, "격주"),
    ("매월 1일 휴무, 09~18시", TextFault.NOT_WEEKLY, "1일"),
    ("8월 1~5일 17~21시", TextFault.NOT_WEEKLY, "17"),
    ("상시개방", TextFault.NOT_CERTAIN, "상시"),
    ("전화 문의", TextFault.NOT_CERTAIN, "전화 문의"),
    ("하절기 09~18시", TextFault.SEASON_UNCLEAR, "하절기"),
    ("하절기(3~10월) 9~18시 / 동절기(11~2월) 9~17시, 월요일 휴무", TextFault.SEASON_UNCLEAR, "휴무"),
    ("4~9월 9~18시, 9~3월 9~17시", TextFault.SEASON_UNCLEAR, "9"),
    ("평일 09~18시, 토 10~15시(공휴일 제외)", TextFault.HOLIDAYS_UNCLEAR, "제외"),
    ("평일 10~22시, 주말 11~22시 (브레이크타임 15~17시)", TextFault.BREAK_UNCLEAR, "브레이크타임"),
    ("평일 9~18시, 점심시간 17~18시", TextFault.BREAK_UNCLEAR, "점심시간"),
    ("매일 10~21시, 점심 11~14시", TextFault.BREAK_UNCLEAR, "점심"),
    ("평일 09~18시, 폭염특보 시 24시간 개방", TextFault.ALERT_UNCLEAR, "폭염특보 시"),
]


@pytest.mark.parametrize(("text", "fault", "piece"), REFUSED)
def test_what_is_not_certain_is_refused_by_its_piece(text, fault, piece):
    told = convert_hours_text(text)
    assert told.opening_hours is None
    assert told.on_holidays is None
    assert (told.refusal.code, told.refusal.piece) == (fault, piece)
    assert text[told.refusal.position - 1 :].startswith(piece)


def test_notation_that_is_wrong_is_refused_in_its_own_words():
    refusal = convert_hours_text("Mo-Fr 9-18").refusal
    assert (refusal.code, refusal.piece, refusal.position) == ("hours-unexpected", "9", 7)


def test_two_readings_of_a_time_are_both_offered():
    assert convert_hours_text("평일 9시~6시").alternatives == ("Mo-Fr 09:00-18:00", "Mo-Fr 09:00-06:00")
    assert convert_hours_text("평일 9시~6시, 격주 휴무").alternatives == ()


@pytest.mark.parametrize(
    "said",
    ["L.O 21:30", "입장마감 21:30", "관람종료 21:30", "매표 마감 21:00", "매표 21:00까지", "21:00까지 입장 가능", "마감 30분 전 입장 마감",
     "라스트오더 14:30, 21:30"],
)  # fmt: skip
def test_the_last_order_or_entry_is_a_note_and_not_the_end(said):
    told = convert_hours_text(f"11:00~22:00 ({said}), 월요일 휴무")
    assert (told.opening_hours, told.notes) == ("Tu-Su 11:00-22:00", (Note.LAST_ORDER,))


@pytest.mark.parametrize("said", ["명절 연휴 휴무", "설날 휴무", "설 당일 휴무", "공휴일 10~16시, 설·추석 당일 휴무", "설날 10~15시"])
def test_what_the_holiday_rules_cannot_tell_leaves_holidays_unknown(said):
    told = convert_hours_text(f"평일 09~18시, {said}")
    assert (told.opening_hours, told.on_holidays, told.notes) == ("Mo-Fr 09:00-18:00", None, (Note.HOLIDAYS_LEFT_OPEN,))


@pytest.mark.parametrize(
    ("said", "opening_hours"),
    [
        ("폭염특보 시 21시까지 연장", "Mo-Fr 09:00-21:00; Sa 10:00-21:00"),
        ("폭염특보 발효 시 매일 24시간 개방", "Mo-Su 00:00-24:00"),
        ("폭염특보 시 평일 09~20시", "Mo-Fr 09:00-20:00; Sa 10:00-15:00"),
    ],
)
def test_hours_under_an_alert_are_a_further_statement(said, opening_hours):
    told = convert_hours_text(f"평일 09~18시, 토 10~15시, 공휴일 휴무 / {said}")
    assert (told.opening_hours, told.alerts) == (
        "Mo-Fr 09:00-18:00; Sa 10:00-15:00",
        (AlertHours(AlertKind.HEAT_WAVE, opening_hours, "closed"),),
    )


@pytest.mark.parametrize(
    "said", ["폭염특보 시 9시까지 연장", "폭염특보 시 17시까지 연장", "폭염특보 시 휴무", "폭염특보 시 연장", "폭염경보 시 21시까지 연장"]
)
def test_an_alert_that_is_not_clear_refuses_all(said):
    assert convert_hours_text(f"매일 09~18시, {said}").refusal is not None


WORDS = re.findall(
    r"\S+",
    """평일 매일 주말 월 토 일요일 월~금 토·일 공휴일 명절 당일 연휴 둘째 2,4째주 매월 09:00~18:00 9~6 오전 9시 26시 자정 ~ - 부터 까지 익일
    , / · ( ) : ; 휴무 휴무일 제외 포함 정상영업 영업 동일 과 은 24시간 상시 연중무휴 브레이크타임 12~13시 라스트오더 21:00 폭염특보시 연장
    하절기 3~10월 1월1일 8월1~5일 그밖의기간 그외 격주 가나 Mo PH 24/7
    OPEN CLOSE 점심 저녁 런치 디너 야간 입장마감 21:00까지 그외(9~5월) [ ] 모두 편의점
    월욜 MON-FRI 09.00~18.00 없음 휴게 24시 민원업무 동일 매년""",
)
JOINED = st.tuples(st.sampled_from(["", " ", "\n"]), st.lists(st.sampled_from(WORDS), max_size=12)).map(
    lambda drawn: drawn[0].join(drawn[1])
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=60), JOINED))
def test_any_text_is_converted_or_refused_and_never_raises(text):
    told = convert_hours_text(text)
    assert (told.opening_hours is None) is (told.refusal is not None)
    if told.opening_hours is not None:
        assert parse_opening_hours(told.opening_hours).opening_hours == told.opening_hours
    if told.on_holidays is not None:
        assert str(parse_holiday_rule(told.on_holidays)) == told.on_holidays
    if told.refusal is not None:
        assert 1 <= told.refusal.position <= len(text) + 1 or not text.isascii()


STRANGE = st.sampled_from(["가나다", "사장님", "2층", "12345", "x", "@", "재료소진", "휴게실", "격주", "약", "경", "오늘"])


@settings(max_examples=100, deadline=None)
@given(st.sampled_from([text for text, _, _ in UNDERSTOOD if not text.isascii()]), STRANGE, st.data())
def test_a_strange_word_anywhere_refuses_the_whole_text(text, word, data):
    place = data.draw(st.sampled_from([0, len(text), *(at for at, letter in enumerate(text) if letter in " ,/")]))
    assert convert_hours_text(f"{text[:place]} {word} {text[place:]}").refusal is not None


@pytest.mark.parametrize(
    "piece",
    [
        "평일 09:00~18:00, ",
        "1,",
        "(",
        "월",
        "둘째 ",
        "09:00~10:00 ",
        "~",
        " ",
        "3~",
        "가",
        "1월 ",
        "시간:",
        "점심 1,저녁 1,",
        "[3월]",
        "9시까지,",
        "09~18시 월 ",
    ],
)
def test_the_work_is_bounded_however_long_the_text_is(piece):
    for count in (100_000, 1_990):
        started = time.process_time()
        convert_hours_text((piece * count)[:count])
        assert time.process_time() - started < 2
