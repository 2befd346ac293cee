"""One row of a file, read."""

from dataclasses import dataclass

from geo_app.domain.site import SiteDraft


@dataclass(frozen=True, slots=True)
class Row:
    """`line` counts from 1 as an editor shows it. `site_id` is the record that the row itself names, as our own exports do."""

    line: int
    draft: SiteDraft
    site_id: str | None = None
