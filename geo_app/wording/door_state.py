"""The state of a door as one sentence."""

from datetime import datetime, timedelta

from geo_app.domain.hours import State
from geo_app.wording.catalogue import Words
from geo_app.wording.clock import duration, moment

CLOSING_SOON_MIN = 15  # about the time it takes to drink a cup: a rider should not set out for such a rest
LONGEST_REST_TOLD_MIN = 6 * 60  # nobody plans a rest in hours; past that the closing time alone is clearer


def state_sentence(state: State, until: datetime | None, at: datetime, words: Words, then: State | None = None) -> str:
    """What to tell somebody at `at`: "열려 있어요 · 새벽 2시까지 (38분 쉴 수 있음)", "닫혀 있어요 · 오전 9시에 열어요", "영업시간 미확인".

    `until` and `then` are those of `domain.hours.Answer`; without `then` a door that is open then closes, and one that is closed opens.
    """
    if state is State.UNKNOWN:
        return words("Opening hours not known")
    if state is State.CLOSED:
        opens = until is not None and then is not State.UNKNOWN
        return words("Closed · opens at {moment}", moment=moment(until, at, words)) if opens and until else words("Closed now")
    if until is None:  # no end as far as we look ahead: two weeks, and on a phone never less than a day
        return words("Open 24 hours")
    if then is State.UNKNOWN:
        return words("Open · known until {moment}", moment=moment(until, at, words))
    return _open_sentence(until, at, words)


def _open_sentence(until: datetime, at: datetime, words: Words) -> str:
    left_min = (until - at) // timedelta(minutes=1)
    if left_min <= CLOSING_SOON_MIN:
        return words("Closing soon · in {duration}", duration=duration(left_min, words))
    told = moment(until, at, words)
    if left_min > LONGEST_REST_TOLD_MIN:
        return words("Open · until {moment}", moment=told)
    return words("Open · until {moment} ({duration} to rest)", moment=told, duration=duration(left_min, words))
