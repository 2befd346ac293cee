"""A file that cannot be read at all, and a list of problems that cannot grow without bound."""

from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from geo_app.domain.problem import Problem, Severity

_NOTHING: Mapping[str, str | int | float] = MappingProxyType({})


class FileRefused(Exception):
    """The whole file stays out. `problem` says why; it never leaves this room as an exception."""

    def __init__(
        self, code: str, values: Mapping[str, str | int | float] = _NOTHING, *,
        line: int | None = None, column: str | None = None, value: str | None = None, **details: str | float,
    ) -> None:  # fmt: skip
        self.problem = Problem(code, Severity.ERROR, line, column, shortened(value), {**values, **details})
        super().__init__(self.problem)


class ProblemList:
    """Problems in the order they were met, at most `per_code` of each code; the rest are counted and said once."""

    def __init__(self, per_code: int) -> None:
        self._per_code = per_code
        self._listed: list[Problem] = []
        self._counts: Counter[tuple[str, Severity]] = Counter()

    def add(self, problem: Problem) -> None:
        """Lists the problem, or only counts it once its code has filled its share."""
        key = (problem.code, problem.severity)
        self._counts[key] += 1
        if self._counts[key] <= self._per_code:
            self._listed.append(problem)

    def extend(self, problems: Iterable[Problem]) -> None:
        """Adds each."""
        for problem in problems:
            self.add(problem)

    def listed(self) -> list[Problem]:
        """All that were listed, and one warning `more-of-the-same` for each code that was cut (its errors are listed, so it is none)."""
        cut = [(code, count - self._per_code) for (code, _), count in self._counts.items() if count > self._per_code]
        return self._listed + [Problem("more-of-the-same", Severity.WARNING, details={"code": code, "count": count}) for code, count in cut]


SHOWN_CHARS = 200


def shortened(value: str | None) -> str | None:
    """A value as a problem shows it: at most 200 characters, so that a 20,000-character name does not fill the list."""
    return value if value is None or len(value) <= SHOWN_CHARS else value[:SHOWN_CHARS] + "…"
