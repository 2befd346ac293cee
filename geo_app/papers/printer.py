"""The one printer: sheets in, PDF or pictures out, the same bytes for the same sheet; what was printed lately is kept."""

import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import typst

from geo_app.domain.errors import GeoAppError
from geo_app.papers.fonts import find_font_files
from geo_app.papers.sheet import Sheet, Size

LAYOUTS = Path(__file__).parent / "layout"
KEPT_SHEETS = 64  # some 60 shelters in one language; a sheet weighs 30–80 KB
# Tagged for screen readers, with title, language and alternative texts checked at compile time (ISO 14289-1).
STANDARD: Literal["ua-1"] = "ua-1"


class BadSheet(GeoAppError):
    """A sheet that cannot be printed as it should look. Values: `reason`."""

    code = "bad-sheet"


class Printer:
    """Prints and keeps. Safe to share between threads: typst compiles for one at a time."""

    def __init__(self, *, kept: int = KEPT_SHEETS) -> None:
        self._lock = threading.Lock()
        self._fonts: typst.Fonts | None = None
        self._compilers: dict[Size, typst.Compiler] = {}
        self._kept: OrderedDict[Hashable, bytes] = OrderedDict()
        self._most = kept

    def print_pdf(self, sheet: Sheet, size: Size, *, made_at: datetime) -> bytes:
        """A PDF/UA-1 of one page. `made_at` is the time it states as its own. Raises `FontsMissing`, `BadSheet`."""
        with self._lock:
            return self._compile(sheet, size, "pdf", made_at=made_at)

    def draw_png(self, sheet: Sheet, size: Size, *, dots_per_inch: float) -> bytes:
        """The same page as a picture. Raises as `print_pdf`."""
        with self._lock:
            return self._compile(sheet, size, "png", dots_per_inch=dots_per_inch)

    def keep_pdf(self, key: Hashable, size: Size, *, made_at: datetime, build: Callable[[], Sheet]) -> bytes:
        """The PDF kept under `key` (all that the sheet depends on), else that of `build()`, kept from now on."""
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                found = self._kept[key] = self._compile(build(), size, "pdf", made_at=made_at)
                if len(self._kept) > self._most:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(key)
            return found

    def _compile(
        self, sheet: Sheet, size: Size, form: Literal["pdf", "png"], *, made_at: datetime | None = None, dots_per_inch: float | None = None
    ) -> bytes:
        try:
            made, warnings = self._compiler(size).compile_with_warnings(
                format=form,
                ppi=dots_per_inch,
                sys_inputs={"sheet": json.dumps(sheet, ensure_ascii=False)},
                pdf_standards=[STANDARD] if form == "pdf" else [],
                timestamp=None if made_at is None else made_at.astimezone(UTC),
            )
        except typst.TypstError as fault:
            raise BadSheet(reason=str(fault).partition("\n")[0]) from fault
        # typst warns of a font that it cannot find and goes on without a letter: a blank sheet is no sheet.
        if warnings or not isinstance(made, bytes):
            raise BadSheet(reason="; ".join(item.message for item in warnings) or "more than one page")
        return made

    def _compiler(self, size: Size) -> typst.Compiler:
        if size not in self._compilers:
            if self._fonts is None:
                # Nothing of the machine's own: a sheet looks the same wherever it is printed.
                self._fonts = typst.Fonts(
                    include_system_fonts=False, include_embedded_fonts=False, font_paths=[find_font_files()[0].parent]
                )
            self._compilers[size] = typst.Compiler(LAYOUTS / f"{size}.typ", root=LAYOUTS, font_paths=self._fonts)
        return self._compilers[size]
