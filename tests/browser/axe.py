"""What axe holds against a page."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe


def find_violations(page: Any, **options: Any) -> list[dict[str, Any]]:
    """The violations alone: of what is in order axe would tell each element too, which takes twice the time on a large page."""
    found = Axe().run(page, options={"resultTypes": ["violations"], **options})
    return list(found.response["violations"])
