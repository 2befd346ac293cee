"""Waiting for something to be true on a page."""

import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Error

PATIENCE_S = 30
# What a page says of a condition whose subject is not there yet: it is just being left for the next one.
_NOT_YET = ("context was destroyed", "is not defined", "of null", "of undefined", "is navigating", "find context with")
# The page's own script has come to rest: the map has its layers, the planner its week and gaps, the finder answers by itself, the frame
# has its ground.
_RESTED = """(() => {
  const { geoMap, geoFinder, geoEmbed } = window;
  if (geoEmbed) return !geoMap || document.body.classList.contains("is-ground-drawn");
  if (geoMap && geoMap.plan) return document.body.classList.contains("is-plan-ready") && geoMap.plan.weekAnswer !== null
    && geoMap.plan.isSettled && !document.body.classList.contains("is-behind");
  if (geoMap) return document.body.classList.contains("is-map-ready")
    && [...geoMap.store.layers.values()].every((layer) => !layer.isOn || layer.isLoaded);
  return !geoFinder || !geoFinder.setup.bundle_url || geoFinder.heldBundle() !== null;
})()"""


def wait_until(page: Any, condition: str, patience_s: float = PATIENCE_S) -> None:
    """Waits for a JavaScript condition (Playwright's own waiting evaluates text in the page, which its policy refuses)."""
    end = time.monotonic() + patience_s
    while not _holds(page, condition):
        assert time.monotonic() < end, condition
        page.wait_for_timeout(50)


def becomes(page: Any, read: Callable[[], Any], wanted: Any = True, patience_s: float = PATIENCE_S) -> None:  # noqa: FBT002 any value may be wanted
    """Waits until what is read is what is wanted; fails with what it was instead. The page may be left for the next one meanwhile."""
    end = time.monotonic() + patience_s
    while (found := _read(read)) != wanted and time.monotonic() < end:
        page.wait_for_timeout(50)
    assert found == wanted, f"{found!r} is not {wanted!r}"


def wait_for_rest(page: Any) -> None:
    """Waits until the page's own script, where it has one, has done what it does by itself."""
    wait_until(page, _RESTED, 30)


def _holds(page: Any, condition: str) -> bool:
    return _read(lambda: bool(page.evaluate(condition))) is True


def _read(read: Callable[[], Any]) -> Any:
    try:
        return read()
    except Error as fault:
        if any(text in str(fault) for text in _NOT_YET):
            return fault
        raise
    except (LookupError, TypeError) as fault:
        # The first of a list that is still empty, the box of what is not shown yet.
        return fault
