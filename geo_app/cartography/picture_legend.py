"""The legend of a picture: a mark, a word and a number for each layer and state that is in it, in rows."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geo_app.cartography.marks import MARKS
from geo_app.cartography.picture_colours import Paint
from geo_app.cartography.picture_marks import MarkBook
from geo_app.cartography.picture_scene import CLOSED, OPEN, ROUGH, SAMPLE, UNKNOWN, WITHOUT_HOURS, DrawnPlace, PictureWords
from geo_app.cartography.picture_text import fit_text, flow, text_width_px, xml_text

SYMBOL_PX, SPACE_PX, GAP_PX = 15.0, 5.0, 14.0
ROW_PX = 19.0
_TIMED = (OPEN, UNKNOWN, CLOSED)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; the mark of `shown` stands before the text, None is a text alone."""

    text: str
    shown: DrawnPlace | None = None

    @property
    def symbol_px(self) -> float:
        """What its mark takes."""
        return 0.0 if self.shown is None else SYMBOL_PX + SPACE_PX

    def width_px(self, size_px: float) -> float:
        """How much room it needs."""
        return text_width_px(self.text, size_px) + self.symbol_px


def list_entries(places: Sequence[DrawnPlace], words: PictureWords, missing_count: int) -> list[Entry]:
    """What alone is shown, layers, states of those with hours, samples, rough places, how many are not in the picture; what there is."""
    told = words.legend
    layers = Counter(place.layer for place in places)
    states = Counter(place.state for place in places)
    first = next((layer for layer in MARKS if layers[layer]), "")
    timed = next((layer for layer in MARKS if any(place.layer == layer and place.state in _TIMED for place in places)), "")
    entries = [Entry(f"{told[state]} {states[state]}", DrawnPlace(timed, None, state)) for state in _TIMED if states[state]]
    # One kind of place needs no word of its own: the title says what it is.
    if len(layers) > 1 or not entries:
        named = [layer for layer in MARKS if layers[layer]]
        entries = [*(Entry(f"{told[layer]} {layers[layer]}", DrawnPlace(layer, None, WITHOUT_HOURS)) for layer in named), *entries]
    sample_count = sum(place.is_sample for place in places)
    rough_count = sum(place.is_rough for place in places)
    if sample_count:
        entries.append(Entry(f"{told[SAMPLE]} {sample_count}", DrawnPlace(first, is_sample=True)))
    if rough_count:
        entries.append(Entry(f"{told[ROUGH]} {rough_count}", DrawnPlace(first, is_rough=True)))
    selection = [Entry(words.selection)] if words.selection else []
    return [*selection, *entries, *([Entry(words.note.replace("{count}", str(missing_count)))] if missing_count else [])]


def legend_rows(entries: Sequence[Entry], width_px: float, size_px: float, most_rows: int) -> list[list[Entry]]:
    """The entries in rows; those beyond the last row are left out, the description has them all."""
    fitted = [Entry(fit_text(entry.text, size_px, width_px - entry.symbol_px), entry.shown) for entry in entries]
    rows = flow([entry.width_px(size_px) for entry in fitted], width_px, GAP_PX)
    return [[fitted[position] for position in row] for row in rows[:most_rows]]


def draw_legend(rows: Iterable[Iterable[Entry]], left_px: float, top_px: float, size_px: float, book: MarkBook, paint: Paint) -> str:
    """The rows from (left, top) downwards."""
    parts = []
    for number, row in enumerate(rows):
        x, middle = left_px, top_px + (number + 0.5) * ROW_PX
        for entry in row:
            if entry.shown is not None:
                parts.append(book.use(entry.shown, x + SYMBOL_PX / 2, middle, SYMBOL_PX))
            place = f'x="{x + entry.symbol_px:.1f}" y="{middle + size_px * 0.36:.1f}"'
            parts.append(f'<text {place} font-size="{size_px:g}"{paint(fill="ink")}>{xml_text(entry.text)}</text>')
            x += entry.width_px(size_px) + GAP_PX
    return "".join(parts)
