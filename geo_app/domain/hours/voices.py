"""Who says what: each source speaks with one voice, which is another one under a weather alert where it says so."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from geo_app.domain.calendar import AlertKind
from geo_app.domain.site import HoursStatement

# (opening_hours, on_holidays): all that moves a door; the text, the page and the day of a statement do not.
Said = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class Voice:
    """What one source says on ordinary days (None: nothing), and `under_alert` in its place, by the kind of alert."""

    ordinary: Said | None
    under_alert: tuple[tuple[AlertKind, Said], ...] = ()

    def say(self, kinds: Collection[AlertKind] = ()) -> Said | None:
        """What it says of a day with those alerts in force."""
        return next((said for kind, said in self.under_alert if kind in kinds), self.ordinary)

    def list_said(self) -> list[Said]:
        """All that it ever says."""
        return [said for said in (self.ordinary, *(said for _, said in self.under_alert)) if said is not None]


_NOBODY = Voice((None, None))


def list_voices(statements: Sequence[HoursStatement]) -> list[Voice]:
    """The voices of some statements, at least one: nobody's is not understood.

    Two statements of one source that speak of the same days are two voices, as two sources are: they may disagree.
    """
    if all(item.alert is None for item in statements):
        return [Voice((item.opening_hours, item.on_holidays)) for item in statements] or [_NOBODY]
    by_source: dict[str | None, list[HoursStatement]] = {}
    for item in statements:
        by_source.setdefault(item.source, []).append(item)
    return [voice for spoken in by_source.values() for voice in _voices_of_one(spoken)]


def _voices_of_one(spoken: Sequence[HoursStatement]) -> list[Voice]:
    by_alert: dict[AlertKind | None, list[Said]] = {}
    for item in spoken:
        by_alert.setdefault(item.alert, []).append((item.opening_hours, item.on_holidays))
    ordinary = by_alert.pop(None, [])
    count = max(map(len, (ordinary, *by_alert.values())))
    kinds = [(kind, by_alert[kind]) for kind in AlertKind if kind in by_alert]
    # Where one list is shorter its last is said twice, which changes nothing: a thing said twice still agrees with itself.
    return [
        Voice(_at(ordinary, place) if ordinary else None, tuple((kind, _at(said, place)) for kind, said in kinds)) for place in range(count)
    ]


def _at(said: Sequence[Said], place: int) -> Said:
    return said[min(place, len(said) - 1)]
