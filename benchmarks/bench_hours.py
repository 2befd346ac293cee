"""How long a week of open, closed and unknown takes for ten thousand places, beside bare opening_hours on the same texts in the same run.

    python benchmarks/bench_hours.py [--sites 10000] [--rounds 3]

*Shared*: 200 schedules, as a district's chains and offices have them. *Distinct*: a text of its own for each place. *First*: texts never
read before, as after a start; *again*: the texts are known, the week is new, as every midnight. Bare opening_hours reads each text and
lists a week's intervals, without holidays, closures or the eve's tail: it is the measure, not a rival.
"""

import argparse
import json
import time
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from opening_hours import OpeningHours

from geo_app.domain.calendar import Calendar
from geo_app.domain.hours import canonical, list_intervals, shifts, weekly
from geo_app.domain.hours.canonical import parse_opening_hours
from geo_app.domain.site import Closure, HoursStatement

CALENDAR_FILE = Path(__file__).parents[1] / "data" / "gwangsan" / "calendar.json"
FIRST_DAY = date(2026, 2, 14)  # the week of 설날: three holidays to judge
ON_HOLIDAYS = (None, "closed", "sunday", "usual", "closed-seollal-chuseok")
SHARED_COUNT = 200
AIM_SECONDS = 1.5

Site = tuple[tuple[HoursStatement, ...], tuple[Closure, ...]]


def make_texts(count: int) -> list[str]:
    """Canonical texts, all different: weekdays, Saturdays in two sittings and past midnight, two Sundays off."""
    texts = []
    for number in range(count):
        opens, closes = 300 + 5 * (number % 97), 1260 + 5 * (number // 97 % 72)
        text = f"Mo-Fr {opens // 60:02}:{opens % 60:02}-{closes // 60:02}:{closes % 60:02}"
        evening = 960 + number // (97 * 72)
        texts.append(f"{text}; Sa 10:00-14:30,{evening // 60:02}:{evening % 60:02}-26:00; Su[2,4] off")
    return [parse_opening_hours(text).opening_hours for text in texts]


def make_sites(texts: Sequence[str], count: int) -> list[Site]:
    closed = (Closure(date(2026, 2, 18), date(2026, 2, 19)),)
    return [
        ((HoursStatement("", texts[number % len(texts)], ON_HOLIDAYS[number % len(ON_HOLIDAYS)]),), closed if number % 19 == 0 else ())
        for number in range(count)
    ]


def forget() -> None:
    """As after a start: no text is known."""
    for kept in (canonical.parse_opening_hours, weekly.get_weekly_rule, weekly._get_sunday_pair, shifts._speak):  # noqa: SLF001 - only here
        kept.cache_clear()


def ask_all(sites: Sequence[Site], calendar: Calendar, first_day: date) -> int:
    told = 0
    for statements, closures in sites:
        told += len(list_intervals(statements, closures=closures, calendar=calendar, first_day=first_day, day_count=7))
    return told


def ask_bare(texts: Sequence[str], count: int) -> int:
    first = datetime.combine(FIRST_DAY, datetime.min.time())
    last = first + timedelta(days=7)
    return sum(len(list(OpeningHours(texts[number % len(texts)]).intervals(first, last))) for number in range(count))


def timed(work: Callable[[], int]) -> float:
    start = time.perf_counter()
    assert work() > 0
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    calendar = Calendar.from_record(json.loads(CALENDAR_FILE.read_text(encoding="utf-8")))
    distinct = make_texts(given.sites)
    assert len(set(distinct)) == given.sites
    best: dict[str, list[float]] = {}
    for number in range(given.rounds):
        for who, texts in (("shared", distinct[:SHARED_COUNT]), ("distinct", distinct)):
            sites = make_sites(texts, given.sites)
            forget()
            trials: dict[str, Callable[[], int]] = {
                "bare opening_hours": lambda texts=texts: ask_bare(texts, given.sites),
                "first": lambda sites=sites: ask_all(sites, calendar, FIRST_DAY),
                "again, another week": lambda sites=sites, number=number: ask_all(
                    sites, calendar, FIRST_DAY + timedelta(days=7 * (number + 1))
                ),
            }
            for name, work in trials.items():
                best.setdefault(f"{who} · {name}", []).append(timed(work))
    print(f"{given.sites:,} places, a week of intervals each, best of {given.rounds} (aim: < {AIM_SECONDS} s)")
    for name, seconds in best.items():
        bare = min(best[f"{name.split(' · ')[0]} · bare opening_hours"])
        print(f"  {name:34} {min(seconds):6.2f} s   {min(seconds) / bare:5.2f} × bare")


if __name__ == "__main__":
    main()
