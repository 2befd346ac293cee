"""A mark as SVG. It is drawn once, with every part in it; class names on the root show the parts that a state needs."""

from geo_app.cartography.marks import MARKS, Mark

# A small key in the lower right corner: a ground, a bow and a bit.
_KEY = '<g class="mark-key"><circle cx="25" cy="25" r="7"/><path d="M22.5 25a1.8 1.8 0 1 0 0-.01M24.3 25h4.4M27.6 25v2"/></g>'
_QUESTION = '<text class="mark-question" x="16" y="22" text-anchor="middle">?</text>'


def mark_svg(layer: str, classes: str = "") -> str:
    """The mark of a layer as an SVG element, for the legend and as the template that the page's script copies.

    `classes` are state classes of `marks.LEGEND` ("is-open is-sample"). It holds no text of a site.
    Raises `KeyError` for a layer without a mark.
    """
    mark = MARKS[layer]
    names = " ".join(filter(None, ("mark", f"mark-{layer}", classes)))
    return f'<svg class="{names}" viewBox="-4 -4 40 40" aria-hidden="true" focusable="false">{_parts(mark)}</svg>'


def _parts(mark: Mark) -> str:
    glyph = f'<path class="mark-glyph" d="{mark.glyph}"/>' if mark.glyph else ""
    dot = '<circle class="mark-dot" cx="16" cy="16" r="4.5"/>' if mark.layer == "village-jobs" else ""
    return (
        '<circle class="mark-range" cx="16" cy="16" r="18"/>'
        f'<path class="mark-edge" d="{mark.outline}"/>'
        f'<g class="mark-body"><path class="mark-fill" d="{mark.outline}"/><path class="mark-half" d="{mark.half}"/>{glyph}{dot}</g>'
        f"{_QUESTION}{_KEY}"
    )
