"""Hours that a planner types into a scenario: the canonical notation, or the Korean words that files may use too."""

from geo_app.domain.hours import BadHours
from geo_app.ingest.hours_text import convert_hours_text
from geo_app.planning.edits import read_canonical_hours


def read_typed_hours(text: str) -> tuple[str, str | None]:
    """(weekly rule in canonical form, rule for holidays or None). Raises `BadHours` where neither notation is understood.

    >>> read_typed_hours("매일 18시~익일 04시"), read_typed_hours("24/7")
    (('Mo-Su 18:00-04:00', None), ('24/7', 'usual'))
    """
    try:
        return read_canonical_hours(text)
    except BadHours:
        told = convert_hours_text(text)
        if told.opening_hours is None:
            raise
        return told.opening_hours, told.on_holidays
