"""The curves by hour of the week that a revision was frozen with; a district that has none gets the built-in ones, and says so."""

from dataclasses import dataclass
from functools import lru_cache

import orjson

from geo_app.domain.demand import CURVES_DOCUMENT, JobCurve, load_curves
from geo_app.planning.default_curves import list_default_curves
from geo_app.snapshot.snapshot import Snapshot


@dataclass(frozen=True, slots=True, eq=False)
class CurveBook:
    """The jobs, in the document's order. `is_built_in`: the district has no document `curves`, these stand in the program."""

    jobs: tuple[JobCurve, ...]
    is_built_in: bool

    def find(self, job_id: str) -> JobCurve | None:
        """The job of that id, or None."""
        return next((job for job in self.jobs if job.id == job_id), None)


def get_curves(snapshot: Snapshot) -> CurveBook:
    """The curves of a revision. Raises `BadRecord` for a document that does not have its form."""
    return read_curves(snapshot.documents.get(CURVES_DOCUMENT))


@lru_cache(maxsize=8)
def read_curves(text: str | None) -> CurveBook:
    """The curves of a document's JSON text; None: the district has no such document."""
    if text is None:
        return CurveBook(list_default_curves(), is_built_in=True)
    return CurveBook(load_curves(orjson.loads(text)), is_built_in=False)
