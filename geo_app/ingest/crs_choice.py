"""Which coordinate system a file's numbers are in: what was said, else what places them in the district, never in silence."""

from dataclasses import dataclass

import numpy as np

from geo_app.domain.problem import Problem, Severity
from geo_app.ingest.frame import Frame
from geo_app.ingest.refusal import FileRefused
from geo_app.spatial.crs import GEOGRAPHIC, READABLE_CRS, FloatArray, lonlat_from

_DEGREES = 360.0  # numbers within this are meant as degrees, right or wrong
_INSIDE_SHARE = 0.5  # a system that puts fewer of the points into the district than this is no candidate
_SAMPLE = 5_000


@dataclass(frozen=True, slots=True)
class CrsChoice:
    """The system, whether it was guessed, and what the clerk must know of the guess."""

    crs: str
    is_guessed: bool = False
    problems: tuple[Problem, ...] = ()


def choose_crs(xy: FloatArray, frame: Frame, declared: str | None, *, lacks_crs: bool = False) -> CrsChoice:
    """The system of (n, 2) finite pairs as the file writes them, x first. Raises `FileRefused` (`unknown-crs`, `crs-unknown`).

    Degrees are longitude and latitude, which is said as a guess where `lacks_crs` (see `Table`). Metres are tried in every readable
    system; one that fits is taken with a warning. EPSG:5174 and EPSG:5181 lie about 300 m apart, so both fit: the first is taken for a
    look at the map, with an error that asks which it is.
    """
    if declared is not None:
        return CrsChoice(check_crs(declared))
    told = xy[np.any(xy != 0.0, axis=1)][:_SAMPLE]
    if not len(told) or np.mean(np.all(np.abs(told) <= _DEGREES, axis=1)) >= _INSIDE_SHARE:
        return _guess(GEOGRAPHIC, _count_inside(told, GEOGRAPHIC, frame), len(told)) if len(told) and lacks_crs else CrsChoice(GEOGRAPHIC)
    fits = _list_fits(told, frame)
    if not fits:
        low, high = told.min(axis=0), told.max(axis=0)
        evidence = {"min_x": float(low[0]), "max_x": float(high[0]), "min_y": float(low[1]), "max_y": float(high[1])}
        raise FileRefused("crs-unknown", evidence, known=", ".join(READABLE_CRS))
    crs, inside = fits[0]
    if len(fits) > 1:
        shown: dict[str, str | int | float] = {"crs": crs, "inside": inside, "count": len(told)}
        candidates = ", ".join(name for name, _ in fits)
        return CrsChoice(crs, is_guessed=True, problems=(Problem("crs-ambiguous", details={**shown, "candidates": candidates}),))
    return _guess(crs, inside, len(told))


def check_crs(name: str) -> str:
    """The system's name as we write it. Raises `FileRefused` where it is none that we read."""
    wanted = name.strip().upper().replace("EPSG::", "EPSG:")
    if wanted.isdigit():
        wanted = f"EPSG:{wanted}"
    if wanted not in READABLE_CRS:
        raise FileRefused("unknown-crs", crs=name[:100], known=", ".join(READABLE_CRS))
    return wanted


def _guess(crs: str, inside: int, count: int) -> CrsChoice:
    details: dict[str, str | int | float] = {"crs": crs, "inside": inside, "count": count}
    return CrsChoice(crs, is_guessed=True, problems=(Problem("crs-guessed", Severity.WARNING, details=details),))


def _count_inside(xy: FloatArray, crs: str, frame: Frame) -> int:
    """How many points lie in the district, in the order of axes that puts more of them there."""
    straight, swapped = (int(frame.contains(lonlat_from(pairs, crs)).sum()) for pairs in (xy, xy[:, ::-1]))
    return max(straight, swapped)


def _list_fits(xy: FloatArray, frame: Frame) -> list[tuple[str, int]]:
    """(system, how many points it puts into the district), best first. Swapped columns count too: each row then says so itself."""
    fits = [(crs, _count_inside(xy, crs, frame)) for crs in READABLE_CRS if crs != GEOGRAPHIC]
    wanted = _INSIDE_SHARE * len(xy)
    return sorted((fit for fit in fits if fit[1] >= wanted), key=lambda fit: -fit[1])
