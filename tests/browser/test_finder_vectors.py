"""The phone's script says what Python says: the same ranking, the same metres, the same sentences in every language."""

import json
import math
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from browser.every_page import SPOKEN
from browser.waiting import wait_for_rest
from pyproj import Geod

from geo_app.domain.calendar import SEOUL
from geo_app.domain.hours import Answer, State
from geo_app.domain.layers import AMENITIES, ENTRY_RULES
from geo_app.domain.report import ReportSummary
from geo_app.finder.directions import directions
from geo_app.wording.bilingual import told_name
from geo_app.wording.catalogue import LANGUAGES, get_words
from geo_app.wording.clock import clock_time, day_name, duration, moment
from geo_app.wording.door_state import state_sentence
from geo_app.wording.figures import format_distance, format_number
from geo_app.wording.labels import choice_label
from geo_app.wording.shelter_card import (
    checked_sentence,
    days_ago,
    door_sentence,
    entry_sentence,
    report_sentence,
    rough_way_sentence,
    way_sentence,
)

pytestmark = pytest.mark.browser

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "finder_vectors.json").read_text(encoding="utf-8"))
MODES = ("walk", "bicycle", "motorbike")
AT = datetime(2026, 12, 30, 22, 7, tzinfo=SEOUL)
# The answer of rank.js in the rows of the vectors.
RANK = """(vectors) => vectors.map(({ bundle, question: asked }) => {
  const { time, rank } = geoFinder;
  const at = time.ofMinutes(time.read(bundle.first_day + "T00:00").minutes + asked.minute);
  const found = rank(bundle, { lon: asked.lon, lat: asked.lat, at, mode: asked.mode, stayMin: asked.stay_min,
    amenities: asked.amenities, isRegistered: asked.is_registered });
  const ids = (items) => items.map((item) => item.id);
  const row = (item) => [item.id, item.standing, item.distanceM, item.nearM, item.farM, item.travelMin, item.arrivalMin, item.leftMin,
    item.now.state, item.arrival.state];
  const empty = found.empty && { maybe: ids(found.empty.maybe), usable: ids(found.empty.usable), next: ids(found.empty.nextOpen),
    warm: ids(found.empty.warm) };
  return { near: found.near.map(row), far: found.far.map(row), rough: found.rough.map(row), empty, is_outside: found.isOutside,
    dongs: ids(found.nearestDongs) };
})"""
METRES = "(pairs) => pairs.map((pair) => geoFinder.distanceM(...pair))"
LOCAL = "const local = (text) => text && geoFinder.time.read(text);"


@pytest.fixture(scope="module")
def pages(browser: Any, shown_server: Any) -> Any:
    """The finder in each language, its words loaded; nothing is asked of a worker."""
    context = browser.new_context(service_workers="block", timezone_id="America/New_York")

    class Opened(dict[str, Any]):
        def __missing__(self, lang: str) -> Any:
            page = self[lang] = context.new_page()
            page.goto(f"{shown_server.url}/?lang={lang}")
            wait_for_rest(page)
            return page

    yield Opened()
    context.close()


@pytest.fixture(scope="module")
def page(pages: Any) -> Any:
    """The finder in the first language."""
    return pages[LANGUAGES[0]]


def metres_near(metres: float) -> Any:
    return pytest.approx(metres, abs=0.1, rel=1e-5)


def rows_near(rows: list[list[Any]]) -> list[list[Any]]:
    return [
        [row[0], row[1], *(metres_near(value) for value in row[2:5]), pytest.approx(row[5], abs=0.01, rel=1e-5), *row[6:]] for row in rows
    ]


def test_every_vector_is_ranked_as_python_ranks_it(page):
    answers = page.evaluate(RANK, VECTORS)
    assert len(answers) == len(VECTORS) >= 80
    for vector, answer in zip(VECTORS, answers, strict=True):
        expected = vector["expected"]
        groups = {name: rows_near(expected[name]) for name in ("near", "far", "rough")}
        assert answer == {**expected, **groups}, vector["name"]


@pytest.mark.parametrize(("reach_deg", "least_m"), [(0.0005, 0.001), (0.02, 0.01), (0.3, 0.1), (2.5, 3.0)])
def test_metres_are_those_of_the_ellipsoid(page, reach_deg, least_m):
    chance = np.random.default_rng(7)
    start = chance.uniform((126.64, 35.06), (126.88, 35.27), (500, 2))
    pairs = np.column_stack((start, start + chance.uniform(-reach_deg, reach_deg, (500, 2))))
    metres = Geod(ellps="GRS80").inv(*pairs.T)[2]
    told = page.evaluate(METRES, pairs.tolist())
    assert np.abs(np.asarray(told) - metres).max() < least_m


def test_the_other_side_of_the_world_is_far_and_the_date_line_is_near(page):
    far, near, same = page.evaluate(METRES, [[126.8, 35.1, -53.2, -35.1], [179.999, 35, -179.999, 35], [126.8, 35.1, 126.8, 35.1]])
    assert far == pytest.approx(math.pi * 6_371_008.8, rel=0.005)
    assert near == metres_near(182.57)
    assert same == 0


def times_around() -> list[datetime]:
    minutes = [*range(-2 * 1440, 0, 389), *range(0, 2 * 1440, 61), *range(0, 400 * 1440, 9973), *range(110, 120)]
    return [AT + timedelta(minutes=minute) for minute in minutes]


def iso(at: datetime | None) -> str | None:
    return None if at is None else at.strftime("%Y-%m-%dT%H:%M")


@pytest.mark.parametrize("lang", SPOKEN)
def test_times_dates_and_figures_are_told_alike(pages, lang):
    words, page = get_words(lang), pages[lang]
    spans, day = [*range(130), 240, 1439, 2880], AT.replace(hour=0, minute=0)
    clocks = [day + timedelta(minutes=minute) for minute in range(1440)]
    metres = [0, 4.9, 5, 15, 25, 418.2, 994.9, 995, 1000, 1049, 1050, 1250, 1350, 1750, 2250, 3579, 12345, 99950, 1234567]
    script = f"""([at, times, clocks, spans, metres, counts]) => {{ {LOCAL}
      const {{ time, say }} = geoFinder;
      return [times.map((text) => time.moment(local(text), local(at))), times.map((text) => time.date(local(text), local(at))),
        clocks.map((text) => time.clock(local(text))), spans.map((span) => time.duration(span)), metres.map((one) => say.distance(one)),
        counts.map((one) => say.number(one))]; }}"""
    counts = [0, 1, 12, 999, 1000, 21193, 1234567, 0.25, 0.75, 1.05, 2.5]
    told = page.evaluate(script, [iso(AT), [*map(iso, times_around())], [*map(iso, clocks)], spans, metres, counts])
    dates = [at for at in times_around() if abs((at.date() - AT.date()).days) > 1]
    assert told[0] == [moment(at, AT, words) for at in times_around()]
    assert [text for at, text in zip(times_around(), told[1], strict=True) if at in dates] == [day_name(at, AT, words) for at in dates]
    assert told[2] == [clock_time(at.time(), words) for at in clocks]
    assert told[3] == [duration(span, words) for span in spans]
    assert told[4] == [format_distance(one, words) for one in metres]
    assert told[5] == [format_number(round(one, 1), words) for one in counts]


def glances(chance: np.random.Generator, count: int) -> list[tuple[Answer, Answer, datetime, bool, int | None]]:
    found = []
    for _ in range(count):
        until = [None if chance.random() < 0.2 else AT + timedelta(minutes=int(chance.integers(0, 3000))) for _ in range(2)]
        states = [State(str(state)) for state in chance.choice([*State], 4)]
        now, arrival = (Answer(states[place], until[place], None if until[place] is None else states[place + 2]) for place in (0, 1))
        arrives_at = AT + timedelta(minutes=int(chance.integers(0, 90)))
        found.append(
            (now, arrival, arrives_at, bool(chance.random() < 0.3), None if chance.random() < 0.2 else int(chance.integers(0, 900)))
        )
    return found


def plain(answer: Answer) -> dict[str, Any]:
    return {"state": answer.state.value, "until": iso(answer.until), "then": None if answer.then is None else answer.then.value}


@pytest.mark.parametrize("lang", SPOKEN)
def test_doors_are_told_alike(pages, lang):
    words = get_words(lang)
    cases = glances(np.random.default_rng(11), 600)
    script = f"""([at, cases]) => {{ {LOCAL}
      const read = (glance) => ({{ ...glance, until: local(glance.until) }});
      return cases.map(([now, arrival, arrivesAt, isDoubtful, checkedDays]) => [
        geoFinder.sentences.door({{ now: read(now), arrival: read(arrival), at: local(at), arrivesAt: local(arrivesAt),
          isDoubtful, checkedDays }}),
        geoFinder.doorWords.sentence(now.state, local(now.until), now.then, local(at)).text]); }}"""
    asked = [[plain(now), plain(arrival), iso(arrives_at), is_doubtful, days] for now, arrival, arrives_at, is_doubtful, days in cases]
    told = pages[lang].evaluate(script, [iso(AT), asked])
    for (now, arrival, arrives_at, is_doubtful, days), sentences in zip(cases, told, strict=True):
        door = door_sentence(now, arrival, AT, arrives_at, words, is_doubtful=is_doubtful, checked_days=days)
        assert sentences == [door, state_sentence(now.state, now.until, AT, words, now.then)]


@pytest.mark.parametrize("lang", SPOKEN)
def test_ways_entries_and_checks_are_told_alike(pages, lang):
    words = get_words(lang)
    ways = [
        (mode, minutes, metres) for mode in MODES for minutes in (0, 0.2, 1, 5.2, 59.9, 61, 200) for metres in (0, 7, 418.2, 1250, 5600)
    ]
    ranges = [
        (area, near, far) for area in ("하남동", None) for near, far in ((0, 80), (20.5, 950), (0, 1730), (999.9, 1000), (1500, 4520.1))
    ]
    days = [None, 0, 1, 2, 3, 5, 11, 12, 21, 59, 60, 89, 90, 150, 180, 365, 729, 730, 1500, 3000]
    script = """([ways, ranges, days, entries, amenities]) => { const { sentences } = geoFinder; return [
      ways.map(([mode, travelMin, distanceM]) => sentences.way({ isRough: false, travelMin, distanceM }, mode)),
      ranges.map(([area, nearM, farM]) => sentences.way({ isRough: true, travelMin: 7.5, nearM, farM, site: { area } }, "walk")),
      days.map(sentences.checked), days.filter((count) => count !== null).map(sentences.daysAgo),
      ranges.map(([area, nearM, farM]) => sentences.way({ isRough: true, travelMin: 7.5, nearM, farM,
        site: { area, area_latin: area && "Hanam-dong" } }, "walk")),
      entries.map(([rule, note]) => sentences.entry(rule, note)), sentences.amenities(amenities)]; }"""
    entries = [(rule, note) for rule in (*ENTRY_RULES, None) for note in (None, "문 옆 벨을 누르세요 {x}")]
    told = pages[lang].evaluate(script, [ways, ranges, days, entries, list(AMENITIES)])
    assert told[0] == [way_sentence(mode, minutes, metres, words) for mode, minutes, metres in ways]
    assert told[1] == [rough_way_sentence("walk", 7.5, area, near, far, words) for area, near, far in ranges]
    assert told[2] == [checked_sentence(count, words) for count in days]
    assert told[3] == [days_ago(count, words) for count in days if count is not None]
    named = {"하남동": told_name("하남동", "Hanam-dong", words), None: None}
    assert told[4] == [rough_way_sentence("walk", 7.5, named[area], near, far, words) for area, near, far in ranges]
    assert told[5] == [entry_sentence(rule, note, words) for rule, note in entries]
    assert told[6] == " · ".join(choice_label(words, "amenity", code) for code in AMENITIES)


@pytest.mark.parametrize("lang", SPOKEN)
def test_reports_are_told_alike_and_fade_on_a_phone_that_hears_nothing_new(pages, lang):
    words = get_words(lang)
    script = f"([at, now, rows]) => {{ {LOCAL} return rows.map((row) => geoFinder.sentences.report(row, local(at), local(now))); }}"
    closed = [(count, AT - timedelta(hours=hours)) for count in (1, 2, 5, 21) for hours in (0, 3, 23, 24, 43)]
    opened = (None, AT, AT - timedelta(minutes=1439), AT - timedelta(hours=25))
    cases = [ReportSummary(), *(ReportSummary(*one, open_at) for one in closed for open_at in opened)]
    rows = [{"closed": case.closed_count, "closed_at": iso(case.last_closed_at), "opened_at": iso(case.last_open_at)} for case in cases]
    for at, now in ((AT, AT), (AT, AT - timedelta(days=1)), (AT - timedelta(hours=12), AT + timedelta(days=4))):
        told = pages[lang].evaluate(script, [iso(at), iso(now), [None, *rows]])
        assert told == ["", *(report_sentence(case, at, now, words) or "" for case in cases)]


def test_links_of_map_applications_are_those_of_the_server(page, shown_server):
    names = ["예시 카페, 1호", "a/b\\c (d)", "It's *ok*! ~_-.", "100% & <b>\"'?#", "  x\ty\u3000z "]
    page_url = f"{shown_server.url}/sites/shelters/sh-000001"
    told = page.evaluate('(names) => names.map((name) => geoFinder.cards.ways({ name, lon: 126.8, lat: 35.15, id: "sh-000001" }))', names)
    for name, links in zip(names, told, strict=True):
        expected = directions(name, 126.8, 35.15, page_url)
        assert links == {"kakao": expected.kakao, "naver": expected.naver, "tmap": expected.tmap, "geo": expected.geo}
