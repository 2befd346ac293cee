"""An SVG picture as PNG, with the fonts of the posters: the same on every machine, Hangul and Chinese included."""

import json
import threading

import typst

from geo_app.papers.fonts import find_font_files
from geo_app.papers.printer import LAYOUTS, BadSheet

LAYOUT = LAYOUTS / "picture.typ"
_DOTS_PER_INCH = 72.0  # a point of the page is a pixel of the picture


class PicturePrinter:
    """Turns pictures into PNG. Safe to share between threads: typst compiles for one at a time; its fonts are read at the first picture."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._compiler: typst.Compiler | None = None

    def draw_png(self, svg: str, *, width_px: int, height_px: int) -> bytes:
        """The picture in `width_px` × `height_px` pixels; equal SVG gives equal bytes. Raises `FontsMissing`, `BadSheet`."""
        told = json.dumps({"svg": svg, "width": width_px, "height": height_px}, ensure_ascii=False)
        with self._lock:
            try:
                made, warnings = self._ready().compile_with_warnings(format="png", ppi=_DOTS_PER_INCH, sys_inputs={"picture": told})
            except typst.TypstError as fault:
                raise BadSheet(reason=str(fault).partition("\n")[0]) from fault
        if warnings or not isinstance(made, bytes):
            raise BadSheet(reason="; ".join(item.message for item in warnings) or "more than one page")
        return made

    def _ready(self) -> typst.Compiler:
        if self._compiler is None:
            # Nothing of the machine's own, as for posters.
            fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[find_font_files()[0].parent])
            self._compiler = typst.Compiler(LAYOUT, root=LAYOUTS, font_paths=fonts)
        return self._compiler
