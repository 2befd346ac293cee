"""The finder on a phone: milliseconds to rank on the device, against a bare sort by distance in the same page; bytes of a first visit.

    python benchmarks/bench_phone.py [--sizes 60 1000] [--slowdown 4] [--rounds 15]

The page is opened in Chromium with the processor slowed down (DevTools' own throttling; 4 × is Lighthouse's middle-class phone). The
bundle of the demo district is filled up with made-up shelters. Aims: 1,000 sites in less than 50 ms; the first answer ≤ 14 KB gzipped,
the bundle ≤ 30 KB gzipped for 60 sites, the script ≤ 14 KB, the words ≤ 4 KB, a first visit ≤ 150 KB in all.
"""

import argparse
import contextlib
import gzip
import random
import shutil
import socket
import tempfile
import threading
from pathlib import Path
from typing import Any

import orjson
from playwright.sync_api import Browser, Page, sync_playwright
from served import found, serving

KB = 1000
SETTLE_MS = 5000
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
HERE = {"lon": 126.793145, "lat": 35.143721}
ASKED = """const asked = { ...here, at: geoFinder.time.now(), mode: "walk", stayMin: 20, amenities: [], isRegistered: false };"""
# Medians of some rounds, each asking both ten times, so that a busy machine is busy for both; before that once, nothing compiled yet.
RACE = f"""([bundle, here, rounds]) => {{ {ASKED}
  const bare = () => bundle.sites.map((site) => [geoFinder.distanceM(here.lon, here.lat, site.lon, site.lat), site.id])
    .sort((one, other) => one[0] - other[0] || (one[1] < other[1] ? -1 : 1));
  const full = () => geoFinder.rank(bundle, asked);
  const timed = (act) => {{ const start = performance.now(); for (let time = 0; time < 10; time += 1) act();
    return (performance.now() - start) / 10; }};
  const began = performance.now();
  full();
  const first = performance.now() - began;
  const times = Array.from({{ length: rounds }}, () => [timed(full), timed(bare)]);
  const median = (place) => times.map((pair) => pair[place]).sort((one, other) => one - other)[rounds >> 1];
  return [first, median(0), median(1)]; }}"""
DRAW = "(bundle) => { const start = performance.now(); geoFinder.draw(); return performance.now() - start; }"


def filled_up(bundle: dict[str, Any], count: int) -> dict[str, Any]:
    """The bundle with made-up sites, as many as asked for, over the district: the real ones first, then moved copies."""
    chance = random.Random(1)  # noqa: S311 the same places each time, nothing secret
    sites = bundle["sites"][:count]
    while len(sites) < count:
        model = bundle["sites"][len(sites) % len(bundle["sites"])]
        moved = {"lon": round(chance.uniform(126.65, 126.87), 6), "lat": round(chance.uniform(35.07, 35.26), 6)}
        sites.append({**model, **moved, "id": f"sh-9{len(sites):05}"})
    return {**bundle, "sites": sites}


def open_finder(browser: Browser, url: str) -> Page:
    """The finder, settled, its bundle in memory."""
    page = browser.new_context(viewport={"width": 412, "height": 839}, is_mobile=True, service_workers="block").new_page()
    page.goto(url)
    page.evaluate("geoFinder.loadBundle()")
    return page


class CountingWay:
    """A way to the server that counts every byte coming back, the service worker's too. `port` is its own."""

    def __init__(self, target_port: int) -> None:
        self.received = 0
        self._target_port = target_port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            caller, _ = self._listener.accept()
            target = socket.create_connection(("127.0.0.1", self._target_port))
            for source, sink in ((caller, target), (target, caller)):
                threading.Thread(target=self._pass, args=(source, sink, sink is caller), daemon=True).start()

    def _pass(self, source: socket.socket, sink: socket.socket, is_answer: bool) -> None:  # noqa: FBT001
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                self.received += len(data) if is_answer else 0
                sink.sendall(data)
            sink.shutdown(socket.SHUT_RDWR)


def first_visit(browser: Browser, url: str) -> tuple[int, int, int]:
    """Bytes of a first visit, headers included: when the list stands, when the night is provided for, and with the map asked for."""
    way = CountingWay(int(url.rpartition(":")[2]))
    context = browser.new_context(viewport={"width": 412, "height": 839}, is_mobile=True)
    page = context.new_page()
    counts = []
    page.goto(f"http://127.0.0.1:{way.port}/", wait_until="load")
    counts.append(way.received)
    page.wait_for_timeout(SETTLE_MS)
    counts.append(way.received)
    page.goto(f"http://127.0.0.1:{way.port}/map")
    page.wait_for_timeout(SETTLE_MS)
    context.close()
    return counts[0], counts[1], way.received


def packed(page: Page, address: str) -> int:
    """Bytes of an answer, gzipped as a phone receives it."""
    answer = page.request.get(address, headers={"Accept-Encoding": "identity"})
    assert answer.ok, address
    return len(gzip.compress(answer.body(), 6, mtime=0))


def show_bytes(page: Page, url: str, bundle: dict[str, Any]) -> None:
    setup = page.evaluate("geoFinder.setup")
    script = page.evaluate("document.querySelector('script[src*=finder]').src")
    sixty = len(gzip.compress(orjson.dumps(filled_up(bundle, 60)), 6, mtime=0))
    rows = [
        ("the page", packed(page, f"{url}/"), 14),
        ("the script", packed(page, script), 14),
        ("the words", packed(page, url + setup["words_url"]), 4),
        ("the bundle of 60 sites", sixty, 30),
    ]
    for name, size, aim in rows:
        print(f"{name:28} {size / KB:7.1f} KB gz   aim {aim}")


def show_ranking(page: Page, bundle: dict[str, Any], sizes: list[int], slowdown: float, rounds: int) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": slowdown})
    for size in sizes:
        first, ranked, bare = page.evaluate(RACE, [filled_up(bundle, size), HERE, rounds])
        aim = "aim 50 ms" if size == 1000 else ""
        ratio = f"{ranked / bare:5.1f} × a bare sort by distance"
        print(f"rank {size:6,} sites          {ranked:7.1f} ms ({first:.1f} the first time)   {ratio}   {aim}")
    print(f"draw the page anew         {page.evaluate(DRAW, bundle):7.1f} ms for {len(bundle['sites'])} sites")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[60, 1000])
    parser.add_argument("--slowdown", type=float, default=4)
    parser.add_argument("--rounds", type=int, default=15)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, serving(found(Path(folder))) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        page = open_finder(browser, url)
        bundle = page.evaluate("geoFinder.heldBundle()")
        show_bytes(page, url, bundle)
        names = ("first visit: the list", "  and a night provided for", "  and the map asked for")
        for name, size in zip(names, first_visit(browser, url), strict=True):
            print(f"{name:28} {size / KB:7.1f} KB      aim 150")
        show_ranking(page, bundle, arguments.sizes, arguments.slowdown, arguments.rounds)
        browser.close()


if __name__ == "__main__":
    main()
