"""Waiting for something to be true on a page."""

import time
from typing import Any

from playwright.sync_api import Error

# What a page says of a condition whose subject is not there yet: it is just being left for the next one.
_NOT_YET = ("context was destroyed", "is not defined", "of null", "of undefined", "is navigating")


def wait_until(page: Any, condition: str, patience_s: float = 15) -> None:
    """Waits for a JavaScript condition (Playwright's own waiting evaluates text in the page, which its policy refuses)."""
    end = time.monotonic() + patience_s
    while not _holds(page, condition):
        assert time.monotonic() < end, condition
        page.wait_for_timeout(50)


def _holds(page: Any, condition: str) -> bool:
    try:
        return bool(page.evaluate(condition))
    except Error as fault:
        if any(text in str(fault) for text in _NOT_YET):
            return False
        raise
