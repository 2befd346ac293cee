"""Requests a second of the machine doors against the trivial route of the same app on the same server.

    python benchmarks/bench_doors.py [--seconds 5] [--rounds 3]

Needs wrk (apt install wrk). The doors are asked in turn, round by round, so that a machine that drifts is fair to all; a ratio is the
median of the rounds'. Aims: nearest ≥ 0.6 and a layer ≥ 0.95 of the trivial route.
"""

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.request import Request, urlopen

from served import found, serving

TRIVIAL = "trivial (/healthz)"
NEAREST = "/api/nearest?lon=126.7937&lat=35.1396"
LAYER = "/layers/shelters.geojson"
AIMS = {"nearest": 0.6, "layer 200, gzip": 0.95, "layer 304": 0.95}
CONNECTIONS = 16


def doors(url: str) -> dict[str, list[str]]:
    """What wrk is told for each door."""
    with urlopen(Request(url + LAYER, headers={"Accept-Encoding": "gzip"}), timeout=10) as answer:
        etag = answer.headers["ETag"]
    return {
        TRIVIAL: [url + "/healthz"],
        "nearest": [url + NEAREST],
        "nearest, open on arrival": [url + NEAREST + "&open=true&stay_min=20"],
        "layer 200, gzip": ["-H", "Accept-Encoding: gzip", url + LAYER],
        "layer 200, plain": [url + LAYER],
        "layer 304": ["-H", "Accept-Encoding: gzip", "-H", f"If-None-Match: {etag}", url + LAYER],
        "states now": ["-H", "Accept-Encoding: gzip", url + "/api/states"],
        "the map page": ["-H", "Accept-Encoding: gzip", url + "/map"],
    }


def requests_per_second(arguments: list[str], seconds: int) -> float:
    """What wrk measures; it fails on answers that are no success."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", *arguments]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "Non-2xx" not in told, told
    return float(next(line for line in told.splitlines() if line.startswith("Requests/sec")).split()[1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    if shutil.which("wrk") is None:
        sys.exit("wrk is missing: apt install wrk")
    with tempfile.TemporaryDirectory() as folder, serving(found(Path(folder))) as url:
        asked = doors(url)
        for command in asked.values():
            requests_per_second(command, 1)
        figures: dict[str, list[float]] = {name: [] for name in asked}
        for _ in range(arguments.rounds):
            for name, command in asked.items():
                figures[name].append(requests_per_second(command, arguments.seconds))
    for name, rounds in figures.items():
        ratio = statistics.median(own / trivial for own, trivial in zip(rounds, figures[TRIVIAL], strict=True))
        print(f"{name:26} {statistics.median(rounds):8.0f} /s   ratio {ratio:5.2f}   aim {AIMS.get(name, '–')}")


if __name__ == "__main__":
    main()
