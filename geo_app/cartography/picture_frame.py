"""The lines above and below the map of a picture: the title, the time, a warning, whose borders they are."""

from dataclasses import dataclass

from geo_app.cartography.picture_colours import Paint
from geo_app.cartography.picture_scene import Picture
from geo_app.cartography.picture_text import BOLD_FACTOR, fit_forms, fit_text, text_width_px, wrap_text, xml_text

EDGE_PX, GAP_PX = 12.0, 14.0
_BAND_PX, _CREDIT_PX = 22.0, 14.0
_NARROW_PX, _LOW_PX = 480, 360
# How much smaller a title may become, and by how many pixels other lines, before words are left out.
_TITLE_STEPS, _LINE_STEPS_PX = (1.0, 0.9, 0.8), (0, 1, 2, 3)


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the map, cut to its room; sizes of letters and heights of the head and the foot in pixels."""

    title: str
    time: str
    band: str
    credit: tuple[str, ...]
    has_time_below: bool
    has_bold_time: bool
    title_px: float
    time_px: float
    band_px: float
    text_px: float
    small_px: float

    @property
    def head_px(self) -> float:
        """From the upper edge to the map."""
        lines = self.title_px * 1.3 + (self.text_px * 1.5 if self.has_time_below else 0)
        return lines + EDGE_PX + (_BAND_PX if self.band else 0)

    @property
    def foot_px(self) -> float:
        """From under the legend to the lower edge."""
        return len(self.credit) * _CREDIT_PX + 6


def build_frame(picture: Picture) -> Frame:
    """The frame of a picture; the time stands beside the title where both fit, else under it."""
    title_px, text_px, small_px = (15.0, 12.0, 10.0) if picture.width_px < _NARROW_PX else (18.0, 13.0, 11.0)
    credit_lines = 1 if picture.height_px < _LOW_PX else 2
    words, room = picture.words, picture.width_px - 2 * EDGE_PX
    title, title_px = fit_forms((words.title, *words.short_titles), [title_px * step for step in _TITLE_STEPS], room, BOLD_FACTOR)
    time_px, has_bold_time = _fit_time(words.time, text_px, room, is_other=words.is_other_time)
    band, band_px = fit_forms((words.band, *words.short_bands), _steps(text_px - 1)[:-1], room)
    needed = (
        text_width_px(title, title_px * BOLD_FACTOR) + GAP_PX + text_width_px(words.time, time_px * (BOLD_FACTOR if has_bold_time else 1))
    )
    return Frame(
        title=title,
        time=fit_text(words.time, time_px * (BOLD_FACTOR if has_bold_time else 1), room),
        band=band,
        credit=tuple(wrap_text(words.attribution, small_px, room, credit_lines)) if words.attribution else (),
        has_time_below=needed > room,
        has_bold_time=has_bold_time,
        title_px=title_px,
        time_px=time_px,
        band_px=band_px,
        text_px=text_px,
        small_px=small_px,
    )


def draw_frame(picture: Picture, frame: Frame, paint: Paint) -> str:
    """Title, time, warning and credit."""
    base = EDGE_PX / 2 + frame.title_px
    place = f'x="{EDGE_PX:g}" y="{base:.1f}" font-size="{frame.title_px:g}" font-weight="700"'
    title = f"<text {place}{paint(fill='ink')}>{xml_text(frame.title)}</text>"
    return title + _draw_time(picture, frame, base, paint) + _draw_band(picture, frame, paint) + _draw_credit(picture, frame, paint)


def _draw_time(picture: Picture, frame: Frame, base_px: float, paint: Paint) -> str:
    colour, weight = "accent" if picture.words.is_other_time else "ink-2", "700" if frame.has_bold_time else "400"
    x, y, anchor = (
        (EDGE_PX, base_px + frame.text_px * 1.45, "start") if frame.has_time_below else (picture.width_px - EDGE_PX, base_px, "end")
    )
    place = f'x="{x:g}" y="{y:.1f}" text-anchor="{anchor}" font-size="{frame.time_px:g}" font-weight="{weight}"'
    return f"<text {place}{paint(fill=colour)}>{xml_text(frame.time)}</text>"


def _draw_band(picture: Picture, frame: Frame, paint: Paint) -> str:
    if not frame.band:
        return ""
    top, size = frame.head_px - _BAND_PX, frame.band_px
    ground = f'<path d="M0 {top:.1f}h{picture.width_px}v{_BAND_PX:g}H0z"{paint(fill="warn-ground")}/>'
    place = f'x="{picture.width_px / 2:g}" y="{top + _BAND_PX / 2 + size * 0.36:.1f}" text-anchor="middle" font-size="{size:g}"'
    return f"{ground}<text {place}{paint(fill='warn-ink')}>{xml_text(frame.band)}</text>"


def _draw_credit(picture: Picture, frame: Frame, paint: Paint) -> str:
    first = picture.height_px - frame.foot_px + frame.small_px
    place = f'x="{EDGE_PX:g}" font-size="{frame.small_px:g}"{paint(fill="ink-2")}'
    lines = enumerate(xml_text(line) for line in frame.credit)
    return "".join(f'<text y="{first + number * _CREDIT_PX:.1f}" {place}>{line}</text>' for number, line in lines)


def _steps(size_px: float) -> list[float]:
    return [size_px - step for step in _LINE_STEPS_PX]


def _fit_time(text: str, size_px: float, room_px: float, *, is_other: bool) -> tuple[float, bool]:
    """Size in pixels and whether it is bold: another time than now is, wherever it fits so."""
    sizes = _steps(size_px)
    ways = [(size, is_bold) for is_bold in ((True, False) if is_other else (False,)) for size in sizes]
    fitting = (way for way in ways if text_width_px(text, way[0] * (BOLD_FACTOR if way[1] else 1)) <= room_px)
    return next(fitting, (sizes[-1], False))
