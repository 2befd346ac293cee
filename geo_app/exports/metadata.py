"""What every exported file says of itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class FileNotes(Protocol):
    """What a file says of itself, by name."""

    def members(self) -> Mapping[str, str | int]:
        """The names as files carry them."""
        ...


@dataclass(frozen=True, slots=True)
class ExportMetadata:
    """Whose data it is and how old. `revision` is the last that touched the layer; `made_at` has a zone."""

    layer: str
    revision: int
    made_at: datetime
    licence: str = ""
    source: str = ""

    def members(self) -> dict[str, str | int]:
        """The same by name, as files carry it."""
        return {
            "layer": self.layer,
            "revision": self.revision,
            "made_at": self.made_at.isoformat(),
            "licence": self.licence,
            "source": self.source,
        }
