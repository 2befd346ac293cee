"""Contrast of two colours, as WCAG 2.2 measures it."""

# The threshold of IEC 61966-2-1; WCAG's printed 0.03928 gives the same for 8-bit colours.
LINEAR_UP_TO = 0.04045


def relative_luminance(colour: str) -> float:
    """Relative luminance of an sRGB colour `#RRGGBB`, 0 (black) to 1 (white). Source: WCAG 2.2, "relative luminance"."""
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (_linear(channel) for channel in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast_ratio(first: str, second: str) -> float:
    """Contrast ratio of two colours `#RRGGBB`, 1 to 21, in either order. Source: WCAG 2.2, "contrast ratio".

    >>> round(contrast_ratio("#000000", "#FFFFFF"))
    21
    """
    dark, light = sorted((relative_luminance(first), relative_luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= LINEAR_UP_TO else float(((channel + 0.055) / 1.055) ** 2.4)
