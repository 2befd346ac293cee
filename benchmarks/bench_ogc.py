"""Requests a second of `/ogc/collections/shelters/items` against the trivial route, and against pygeoapi on the same features and server.

    python benchmarks/bench_ogc.py [--seconds 4] [--rounds 3] [--places 10000] [--without-peer]

Needs wrk and, for the peer, GDAL (apt install wrk python3-gdal). All doors are asked in turn, round by round, so
that a machine that drifts is fair to all; a ratio is the median of the rounds'. Aims: 10 features of a box ≥ 0.4 of the trivial route
and ≥ 10 times pygeoapi.
"""

import argparse
import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from contextlib import ExitStack, closing
from pathlib import Path
from urllib.request import urlopen

from bench_doors import requests_per_second
from peers.pygeoapi_served import has_gdal, serving_pygeoapi
from served import GEO_APP, found, serving

TRIVIAL = "trivial (/healthz)"
BOX = "126.74,35.12,126.80,35.18"
LIMITS, MOST = (10, 100), 10_000
OF_TRIVIAL, OF_PEER = 0.4, 10.0


def items(url: str, limit: int) -> str:
    """A box of the district, so many features of it."""
    return f"{url}?bbox={BOX}&limit={limit}"


def check_same(ours: str, peer: str) -> None:
    """Both must have the same features in the box. What has no geometry is in ours alone: the peer's table was rid of it."""
    found = []
    for address in (ours, peer):
        with urlopen(items(address, MOST) + "&f=json", timeout=60) as told:
            features = json.load(told)["features"]
        found.append(sorted(feature["id"] for feature in features if feature["geometry"]))
    assert found[0] == found[1], [len(ids) for ids in found]
    assert len(found[0]) >= max(LIMITS)


def export_placed(home: Path, gpkg: Path) -> None:
    """The layer as a GeoPackage, without what has no geometry: one of the peer's providers stumbles over it."""
    command = [GEO_APP, "export", "shelters", str(gpkg)]
    subprocess.run(command, env={**os.environ, "GEO_APP_HOME": str(home)}, check=True, capture_output=True)
    with closing(sqlite3.connect(gpkg)) as table, table:
        table.execute("DELETE FROM shelters WHERE geom IS NULL")


def measure(asked: dict[str, str], seconds: int, rounds: int) -> dict[str, list[float]]:
    """Requests a second of each address, round by round."""
    for address in asked.values():
        requests_per_second([address], 1)
    figures: dict[str, list[float]] = {name: [] for name in asked}
    for _ in range(rounds):
        for name, address in asked.items():
            figures[name].append(requests_per_second([address], seconds))
    return figures


def ratio(figures: dict[str, list[float]], name: str, base: str) -> float:
    """The median of the rounds' ratios."""
    return statistics.median(own / other for own, other in zip(figures[name], figures[base], strict=True))


def show(figures: dict[str, list[float]]) -> None:
    for name, rounds in figures.items():
        print(f"{name:28} {statistics.median(rounds):8.0f} /s   of the trivial route {ratio(figures, name, TRIVIAL):6.3f}")
    print(f"\nitems, limit 10, of the trivial route: {ratio(figures, 'items 10', TRIVIAL):.2f}   aim {OF_TRIVIAL}")
    for limit in LIMITS:
        if f"pygeoapi {limit}" in figures:
            times = ratio(figures, f"items {limit}", f"pygeoapi {limit}")
            print(f"items, limit {limit}, times pygeoapi: {times:.1f}" + (f"   aim {OF_PEER:.0f}" if limit == LIMITS[0] else ""))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--places", type=int, default=10_000)
    parser.add_argument("--without-peer", action="store_true")
    arguments = parser.parse_args()
    if shutil.which("wrk") is None:
        sys.exit("wrk is missing: apt install wrk")
    if not arguments.without_peer and not has_gdal():
        sys.exit("GDAL is missing for pygeoapi: apt install python3-gdal, or --without-peer")
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        home = found(Path(folder), extra=arguments.places)
        url = stack.enter_context(serving(home))
        asked = {TRIVIAL: f"{url}/healthz"}
        ours = f"{url}/ogc/collections/shelters/items"
        asked |= {f"items {limit}": items(ours, limit) for limit in LIMITS}
        if not arguments.without_peer:
            gpkg = Path(folder) / "shelters.gpkg"
            export_placed(home, gpkg)
            peer = stack.enter_context(serving_pygeoapi(gpkg))
            check_same(ours, peer)
            asked |= {f"pygeoapi {limit}": items(peer, limit) + "&f=json" for limit in LIMITS}
        show(measure(asked, arguments.seconds, arguments.rounds))


if __name__ == "__main__":
    main()
