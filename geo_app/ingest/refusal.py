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
        """All that were listed, in the file's order, and one warning `more-of-the-same` for each code that was cut."""
        cut = [(code, count - self._per_code) for (code, _), count in self._counts.items() if count > self._per_code]
        more = [Problem("more-of-the-same", Severity.WARNING, details={"code": code, "count": count}) for code, count in cut]
        return in_file_order([*self._listed, *more])


def in_file_order(problems: Iterable[Problem]) -> list[Problem]:
    """What concerns the whole file first, then line by line, then what the file lacks and what was only counted."""
    return sorted(problems, key=lambda problem: (problem.code in _SUMMARIES, problem.line is not None, problem.line or 0))


_SUMMARIES = frozenset({"more-of-the-same", "absent-record", "closed-record", "more-missing"})


SHOWN_CHARS = 200


def shortened(value: str | None) -> str | None:
    """A value as a problem shows it: at most 200 characters, so that a 20,000-character name does not fill the list."""
    return value if value is None or len(value) <= SHOWN_CHARS else value[:SHOWN_CHARS] + "…"
