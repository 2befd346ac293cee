"""The finder as a rider holds it: a Pixel 7, what is on the page, what went wrong on it."""

import re
from collections.abc import Callable
from typing import Any

from browser.waiting import PATIENCE_S, becomes, wait_until

HERE = {"latitude": 35.1437219, "longitude": 126.7931458, "accuracy": 12}
HELD = "geoFinder.heldBundle() !== null"
CONTROLLED = "navigator.serviceWorker.controller !== null"
# What the phone keeps: {cache: [addresses]}.
KEPT = """async () => Object.fromEntries(await Promise.all((await caches.keys()).map(async (name) =>
  [name, (await (await caches.open(name)).keys()).map((request) => request.url)])))"""


class Visit:
    """An open finder."""

    def __init__(self, page: Any, url: str) -> None:
        self.page = page
        self.url = url
        self.faults: list[str] = []
        self.asked: list[str] = []
        page.on("console", lambda message: self.faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        page.on("request", lambda request: self.asked.append(request.url))

    def open(self, query: str = "") -> "Visit":
        """Go there and wait until the phone can answer by itself."""
        self.page.goto(f"{self.url}/{query}")
        self.until(HELD)
        return self

    def until(self, condition: str, patience_s: float = PATIENCE_S) -> None:
        wait_until(self.page, condition, patience_s)

    def becomes(self, read: Callable[[], Any], wanted: Any = True) -> None:  # noqa: FBT002 any value may be wanted
        """Wait until what is read is what is wanted."""
        becomes(self.page, read, wanted)

    def settle(self) -> "Visit":
        """Wait until all that a night without a network needs is kept."""
        self.until(CONTROLLED)
        self.until_kept(lambda kept: any(address.endswith("/shelters.bundle.json") for address in kept))
        return self

    def until_kept(self, is_enough: Callable[[list[str]], bool]) -> None:
        self.becomes(lambda: is_enough(self.kept()))

    def kept(self) -> list[str]:
        """Every address in every cache."""
        return [address for addresses in self.page.evaluate(KEPT).values() for address in addresses]

    def ids(self, group: str = "near") -> list[str]:
        """Ids of the cards of a group, in order; none where the group is hidden."""
        return list(self.page.locator(f"#{group}:not([hidden]) > ol > li").evaluate_all("(cards) => cards.map((card) => card.dataset.id)"))

    def groups(self) -> dict[str, list[str]]:
        return {group: self.ids(group) for group in ("near", "far", "rough", "usable", "next-open", "warm")}

    def text(self, selector: str) -> str:
        return str(self.page.locator(selector).first.inner_text())

    def press_near_me(self) -> None:
        self.page.click("#near-me")
        self.until("geoFinder.here.point() !== null")


def served_groups(html: str) -> dict[str, list[str]]:
    """The same as `Visit.groups`, of the server's own page."""
    found = {}
    for group in ("near", "far", "rough", "usable", "next-open", "warm"):
        section = re.search(rf'<section id="{group}"( hidden)?>(.*?)</section>', html, re.DOTALL)
        assert section, group
        found[group] = re.findall(r'<li [^>]*data-id="([^"]+)"', section[2])
    return found
