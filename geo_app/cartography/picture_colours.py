"""The colours of a picture, each with its name, light and dark: attributes that no policy refuses, and one constant style for `auto`."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from geo_app.cartography.marks import GROUND_DARK, GROUND_LIGHT, MARKS
from geo_app.cartography.picture_scene import Theme

# (light, dark); the same as in static/css/tokens.css (a test compares them).
COLOURS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "land": (GROUND_LIGHT, GROUND_DARK),
        "surface": ("#FFFFFF", "#1B2129"),
        "ink": ("#1B1F24", "#EDEFF2"),
        "ink-2": ("#4A5058", "#B9C1CB"),
        "line": ("#D8D4C9", "#38424E"),
        "dong-line": ("#A9A598", "#4A5562"),
        "dong-ink": ("#666257", "#97A1AD"),
        "accent": ("#9A4A0B", "#FFB866"),
        "accent-ink": ("#FFFFFF", "#1B1F24"),
        "warn-ground": ("#FFF1D6", "#35290F"),
        "warn-ink": ("#4A3200", "#FFE2AE"),
        **{f"mark-{mark.layer}": (mark.colour_light, mark.colour_dark) for mark in MARKS.values()},
    }
)
_DARK_RULES = "".join(f".f-{name}{{fill:{dark}}}.s-{name}{{stroke:{dark}}}" for name, (_, dark) in COLOURS.items())
# The only style in a picture, the same in each, so that a policy can name its digest.
AUTO_STYLE: Final = f"@media (prefers-color-scheme:dark){{{_DARK_RULES}}}"


class Paint:
    """Attributes for colours by their names. With `auto`: the light ones, and classes for `AUTO_STYLE`."""

    def __init__(self, theme: Theme) -> None:
        self.style = AUTO_STYLE if theme is Theme.AUTO else ""
        self._place = 1 if theme is Theme.DARK else 0

    def __call__(self, *, fill: str = "none", stroke: str = "") -> str:
        """`fill` and `stroke` as attributes; "none" is no colour, "" nothing at all. Raises `KeyError` for a colour without a name here."""
        told = f' fill="{self._code(fill)}"' if fill else ""
        told += f' stroke="{self._code(stroke)}"' if stroke else ""
        names = [f"{kind}-{name}" for kind, name in (("f", fill), ("s", stroke)) if name not in ("", "none")]
        return f' class="{" ".join(names)}"{told}' if self.style and names else told

    def _code(self, name: str) -> str:
        return "none" if name == "none" else COLOURS[name][self._place]
