"""How soon a new revision is visible in every worker, and how long other requests wait meanwhile.

    python benchmarks/bench_publish.py [--sizes 1000 10000 100000]

Aims: visible within 2 s up to 10,000 records in the changed layer and 15 s at 100,000, counted from the moment the revision is
written; p99 of other requests under 50 ms meanwhile.
"""

import argparse
import http.client
import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

from served import found, serving

from geo_app.ledger.sqlite import open_ledger

AIMS = {1_000: 2, 10_000: 2, 100_000: 15}
WORKERS = 2
SURE_ANSWERS = 40  # as many fresh connections in a row that answer anew: both workers have been met
PUBLISH = (
    "import sys; sys.path.insert(0, sys.argv[3]); from pathlib import Path; from served import publish;"
    "publish(Path(sys.argv[1]), int(sys.argv[2]))"
)


def ask(address: str, path: str) -> tuple[float, bytes]:
    """Seconds and body of one request on a fresh connection."""
    started = time.perf_counter()
    connection = http.client.HTTPConnection(address, timeout=60)
    connection.request("GET", path)
    body = connection.getresponse().read()
    connection.close()
    return time.perf_counter() - started, body


class Others:
    """Somebody else's requests while the revision is published: one every 10 ms."""

    def __init__(self, address: str) -> None:
        self.seconds: list[float] = []
        self._address = address
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        while not self._stop.wait(0.01):
            self.seconds.append(ask(self._address, "/api/nearest?lon=126.79&lat=35.14")[0])

    def stop(self) -> None:
        self._stop.set()
        self._thread.join()


def measure(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = found(Path(folder))
        with serving(home, workers=WORKERS) as url:
            address = urlsplit(url).netloc
            before = json.loads(ask(address, "/api/revision")[1])["revision"]
            idle = Others(address)
            time.sleep(2)
            idle.stop()
            others = Others(address)
            writer = subprocess.Popen([sys.executable, "-c", PUBLISH, str(home), str(count), str(Path(__file__).parent)])
            written = _written_after(home, before)
            seen_in_row = 0
            while seen_in_row < SURE_ANSWERS:
                revision = json.loads(ask(address, "/api/revision")[1])["revision"]
                seen_in_row = seen_in_row + 1 if revision > before else 0
                time.sleep(0.005)
            visible = time.monotonic() - written
            writer.wait()
            others.stop()
            p99 = statistics.quantiles(others.seconds, n=100)[98] * 1000
            p99_idle = statistics.quantiles(idle.seconds, n=100)[98] * 1000
            waits = f"p99 {p99:6.1f} ms (aim 50), idle {p99_idle:5.1f} ms, longest {max(others.seconds) * 1000:6.1f} ms"
            print(f"{count:>8,} records: visible everywhere after {visible:6.2f} s (aim {AIMS.get(count, '–')} s); other requests {waits}")


def _written_after(home: Path, before: int) -> float:
    ledger = open_ledger(home / "ledger.sqlite")
    while ledger.head_number() == before:
        time.sleep(0.005)
    now = time.monotonic()
    ledger.close()
    return now


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    for size in parser.parse_args().sizes:
        measure(size)
