"""A Korean hours text becomes canonical hours, or is refused."""

import re

from geo_app.domain.hours import BadHours, HolidayRule, HolidayTreatment, parse_opening_hours
from geo_app.domain.hours.rules import rules_text
from geo_app.ingest.hours_text.alerts import build_alerts
from geo_app.ingest.hours_text.breaks import apply_breaks
from geo_app.ingest.hours_text.claims import check_claims
from geo_app.ingest.hours_text.converted import Converted, NotUnderstood, TextFault, TextRefusal
from geo_app.ingest.hours_text.facts import Said
from geo_app.ingest.hours_text.holidays import settle_holidays
from geo_app.ingest.hours_text.letters import plain_letters
from geo_app.ingest.hours_text.named_sittings import name_sittings
from geo_app.ingest.hours_text.reading import read_clauses
from geo_app.ingest.hours_text.rules_of_text import build_rules, is_always_open
from geo_app.ingest.hours_text.scopes import settle_seasons
from geo_app.ingest.hours_text.sittings import SpanReader, shows_24_hours
from geo_app.ingest.hours_text.token_cursor import TokenCursor
from geo_app.ingest.hours_text.tokens import tokenise
from geo_app.ingest.hours_text.weeks import Weeks, settle_weeks

MAX_TEXT_LENGTH = 2_000  # what a cell of hours may hold; it bounds the work too
_PIECE_CHARS = 40
_READINGS = (0, 1)
_DAYS_MAY_BE_LAST = frozenset({TextFault.DAYS_UNCLEAR, TextFault.WITHOUT_TIMES, TextFault.CONFLICT})
_CANONICAL_WORD = re.compile(r"[a-z]|24/7")
_HANGUL = re.compile(r"[가-힣]")
_SAY_ALWAYS = (HolidayRule(HolidayTreatment.USUAL), HolidayRule(HolidayTreatment.CLOSED_SEOLLAL_CHUSEOK))


def convert_hours_text(text: str) -> Converted:
    """What the text tells, canonical hours as they stand included; whatever is not certain is a refusal. Never raises.

    >>> told = convert_hours_text("평일 9시~18시, 일·공휴일 휴무")
    >>> told.opening_hours, told.on_holidays
    ('Mo-Fr 09:00-18:00', 'closed')
    >>> convert_hours_text("9시~6시").alternatives
    ('Mo-Su 09:00-18:00', 'Mo-Su 09:00-06:00')
    >>> convert_hours_text("격주 월요일 휴무").refusal.piece
    '격주'
    """
    plain = plain_letters(text)
    if not plain.strip():
        return _refused(text, TextRefusal(TextFault.EMPTY, "", 1))
    if len(plain) > MAX_TEXT_LENGTH:
        return _refused(text, TextRefusal(TextFault.TOO_LONG, plain[:_PIECE_CHARS], MAX_TEXT_LENGTH + 1))
    canonical = _convert_canonical(text, plain)
    if canonical is not None and canonical.refusal is None:
        return canonical
    try:
        return _convert_either_way(text, plain)
    except NotUnderstood as fault:
        if canonical is not None and not _HANGUL.search(plain):
            return canonical
        return _refused(text, fault.refusal, _list_alternatives(text, plain) if fault.reason is TextFault.HALF_DAY else ())


def _convert_canonical(text: str, plain: str) -> Converted | None:
    """The text read in OpenStreetMap's notation; None where none of its words stands in it."""
    if not _CANONICAL_WORD.search(plain):
        return None
    try:
        parsed = parse_opening_hours(text.strip())
    except BadHours as fault:
        return _refused(text, TextRefusal(fault.reason.value, fault.value, fault.position))
    return Converted(text, parsed.opening_hours, parsed.on_holidays)


def _convert_either_way(text: str, plain: str) -> Converted:
    """The days before their times or, where that is not understood, all behind them. Raises `NotUnderstood` by the first way."""
    try:
        return _convert(text, plain, choice=None)
    except NotUnderstood as fault:
        if fault.reason not in _DAYS_MAY_BE_LAST:
            raise
        try:
            return _convert(text, plain, choice=None, has_days_last=True)
        except NotUnderstood:
            raise fault from None


def _convert(text: str, plain: str, *, choice: int | None, has_days_last: bool = False) -> Converted:
    tokens = name_sittings(tokenise(plain))
    spans = SpanReader(plain, shows_24=shows_24_hours(tokens), choice=choice)
    said = read_clauses(TokenCursor(tokens), spans, has_days_last=has_days_last)
    settle_seasons(said)
    apply_breaks(said)
    weeks = settle_weeks(said)
    check_claims(said, weeks)
    rule = settle_holidays(said, weeks)
    opening_hours = _opening_hours(said, weeks, rule, plain)
    alerts = build_alerts(said, weeks, rule)
    return Converted(text, opening_hours, None if rule is None else str(rule), tuple(sorted(said.notes)), alerts)


def _opening_hours(said: Said, weeks: Weeks, rule: HolidayRule | None, plain: str) -> str:
    """The canonical text. `24/7` says that holidays are meant too, so it stands only where the text said so."""
    if is_always_open(said, weeks) and rule in _SAY_ALWAYS:
        return "24/7"
    rules = build_rules(said, weeks)
    if not rules:
        raise NotUnderstood(TextFault.WITHOUT_TIMES, position=1, piece=plain.strip()[:_PIECE_CHARS])
    try:
        return parse_opening_hours(rules_text(rules)).opening_hours
    except BadHours as fault:
        raise NotUnderstood(TextFault.CONFLICT, position=1, piece=plain.strip()[:_PIECE_CHARS]) from fault


def _list_alternatives(text: str, plain: str) -> tuple[str, ...]:
    found = []
    for choice in _READINGS:
        try:
            found.append(_convert(text, plain, choice=choice).opening_hours or "")
        except NotUnderstood:
            continue
    return tuple(dict.fromkeys(found))


def _refused(text: str, refusal: TextRefusal, alternatives: tuple[str, ...] = ()) -> Converted:
    return Converted(text, refusal=refusal, alternatives=alternatives)
