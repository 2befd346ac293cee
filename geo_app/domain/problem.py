"""A fault in something that came from outside, with the place where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """An error keeps its row out; a warning lets it in and says what to look at."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault. `line` counts from 1 as an editor shows it; `column` is the header as the file writes it.

    `details` fill the sentence and the hint that `wording` has for `code`; it never holds a sentence itself.
    """

    code: str
    severity: Severity = Severity.ERROR
    line: int | None = None
    column: str | None = None
    value: str | None = None
    details: Mapping[str, str | int | float] = field(default_factory=dict)

    @property
    def is_error(self) -> bool:
        """True when the row it names must stay out."""
        return self.severity is Severity.ERROR
