"""Pictures for other sites, in one process: the first, the next, one that is kept; of the demo and of ten thousand places.

Run: python benchmarks/bench_pictures.py
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

from flask.testing import FlaskClient
from served import found

from geo_app.settings import load_settings
from geo_app.web.app import create_app
from geo_app.workspace.workspace import Workspace

ALL = "layers=industrial-complexes,shelters,village-jobs,improved-companies,public-facilities"
ROUNDS = 20
MS = 1000


def timed(client: FlaskClient, path: str) -> float:
    begun = time.perf_counter()
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return (time.perf_counter() - begun) * MS


def run(home: Path, label: str, query: str) -> None:
    workspace = Workspace(home)
    workspace.load_snapshot()
    client = create_app(load_settings({"GEO_APP_HOME": str(home)}), workspace).test_client()
    bare = statistics.median(timed(client, "/healthz") for _ in range(ROUNDS))
    for kind in ("svg", "png"):
        # Each minute is another picture: nothing of it is kept.
        path = f"/embed.{kind}?{query}at=2026-11-24T"
        first = timed(client, f"{path}01:00")
        following = statistics.median(timed(client, f"{path}02:{minute:02}") for minute in range(ROUNDS))
        kept = statistics.median(timed(client, f"{path}02:00") for _ in range(ROUNDS))
        told = f"first {first:7.1f} ms · next {following:6.1f} ms · kept {kept:5.2f} ms ({kept / bare:.1f} × /healthz)"
        print(f"{label:28} {kind}  {told}")
    workspace.close()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = found(Path(folder))
        run(home, "demo, shelters", "")
        run(home, "demo, all layers, 1200 × 900", f"{ALL}&width=1200&height=900&")
        run(home, "demo, one dong", "area=dg-000013&")
    with tempfile.TemporaryDirectory() as folder:
        run(found(Path(folder), extra=int(sys.argv[1]) if len(sys.argv) > 1 else 10_000), "10,000 shelters", "")


if __name__ == "__main__":
    main()
