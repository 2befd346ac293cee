"""Text in a picture: how wide it is at most in whatever font draws it, cut to fit, wrapped, safe to stand in XML."""

import unicodedata
from collections.abc import Sequence
from html import escape
from typing import Final

# Widths in parts of the size, a little more than those of DejaVu Sans, the widest of the fonts a system may draw with (Pretendard, Malgun
# Gothic, Noto Sans and Roboto are narrower), so that nothing runs over its room.
_EM: Final = {"wide": 1.0, "hangul": 0.96, "capital": 0.8, "letter": 0.63, "digit": 0.64, "space": 0.32, "sign": 0.4}
BOLD_FACTOR: Final = 1.13
_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn")


def plain_text(text: str) -> str:
    """The text on one line, composed, without control characters and signs that steer other text (bidirectional overrides)."""
    kept = "".join(" " if sign.isspace() else sign for sign in text if sign.isspace() or unicodedata.category(sign) not in _HIDDEN)
    return " ".join(unicodedata.normalize("NFC", kept).split())


def xml_text(text: str) -> str:
    r"""The text as it may stand in an element or in a quoted attribute.

    >>> xml_text("<b>&\u202e\"")
    '&lt;b&gt;&amp;&quot;'
    """
    return escape(plain_text(text), quote=True)


def text_width_px(text: str, size_px: float) -> float:
    """The most that a line may need at that size."""
    # A font of Chinese letters draws middle dots and dashes as wide as these.
    has_han = any("一" <= sign <= "鿿" for sign in text)
    return size_px * sum(_EM["wide"] if has_han and sign in "·—–…“”" else _em(sign) for sign in text)


def fit_text(text: str, size_px: float, width_px: float) -> str:
    """The text, or as much of it as fits with "…" behind it; nothing where not even one letter fits."""
    shown = plain_text(text)
    if text_width_px(shown, size_px) <= width_px:
        return shown
    while shown and text_width_px(shown + "…", size_px) > width_px:
        shown = shown[:-1]
    return f"{shown.rstrip()}…" if shown.strip() else ""


def fit_forms(forms: Sequence[str], sizes_px: Sequence[float], width_px: float, factor: float = 1.0) -> tuple[str, float]:
    """The first of the forms, long ones first, that fits whole in one of the sizes, large ones first, and its size.

    `factor` widens the letters (`BOLD_FACTOR`). Where no form fits, the last one is cut in the last size.
    """
    told = [plain_text(form) for form in forms]
    fitting = ((form, size) for form in told for size in sizes_px if text_width_px(form, size * factor) <= width_px)
    return next(fitting, (fit_text(told[-1], sizes_px[-1] * factor, width_px), sizes_px[-1]))


def wrap_text(text: str, size_px: float, width_px: float, most_lines: int) -> list[str]:
    """The text in lines broken between words; what the last line cannot hold is cut."""
    words = plain_text(text).split(" ")
    lines: list[str] = []
    while words and len(lines) < most_lines - 1:
        count = max(1, sum(text_width_px(" ".join(words[: number + 1]), size_px) <= width_px for number in range(len(words))))
        lines.append(fit_text(" ".join(words[:count]), size_px, width_px))
        words = words[count:]
    return [*lines, fit_text(" ".join(words), size_px, width_px)] if words else lines


def flow(widths_px: Sequence[float], room_px: float, gap_px: float) -> list[list[int]]:
    """Positions of items in rows, each row as full as it can be."""
    rows: list[list[int]] = []
    used = 0.0
    for position, width in enumerate(widths_px):
        if rows and used + gap_px + width <= room_px:
            rows[-1].append(position)
            used += gap_px + width
        else:
            rows.append([position])
            used = width
    return rows


def _em(sign: str) -> float:
    if unicodedata.east_asian_width(sign) in "WF":
        return _EM["hangul" if "가" <= sign <= "힣" else "wide"]
    if sign.isspace():
        return _EM["space"]
    if sign.isalpha():
        return _EM["capital"] if sign.isupper() or sign in "mwшщюжмфыMW" else _EM["letter"]
    return _EM["digit"] if sign.isdigit() else _EM["wide"] if sign in "…—" else 0.0 if unicodedata.combining(sign) else _EM["sign"]
