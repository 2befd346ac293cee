"""rtree crashes the process when two threads ask one index: so this asks in a process of its own, and looks how it ended."""

import subprocess
import sys

ASK = """
import sys, threading
import numpy as np
from shapely.geometry import box
from geo_app.spatial.index import SpatialIndex

rng = np.random.default_rng(7)
places = rng.uniform((126.65, 35.05), (126.90, 35.25), (3000, 2))
points = SpatialIndex([f"sh-{n:05d}" for n in range(3000)], places)
areas = SpatialIndex([f"ic-{n:04d}" for n in range(400)], [box(lon, lat, lon + 0.02, lat + 0.01) for lon, lat in places[:400]])
queries = rng.uniform((126.65, 35.05), (126.90, 35.25), (60, 2)).tolist()

def ask(lon, lat):
    window = (lon, lat, lon + 0.01, lat + 0.01)
    return (
        points.nearest(lon, lat, 5), points.within(lon, lat, 400.0), points.window(*window), points.intersecting(box(*window)),
        areas.nearest(lon, lat, 3), areas.containing(lon, lat), areas.window(*window), areas.contained_in(box(*window)),
    )

expected = [ask(*query) for query in queries]
bulk = points.nearest_many(np.array(queries), 3)[0]
wrong, done = [], []

def work(start):
    for step in range(40):
        row = (start * 7 + step) % 60
        if ask(*queries[row]) != expected[row]:
            wrong.append(row)
        done.append(1)
    if not (points.nearest_many(np.array(queries), 3)[0] == bulk).all():
        wrong.append("bulk")

sys.setswitchinterval(1e-5)
threads = [threading.Thread(target=work, args=(start,)) for start in range(16)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print(len(done), len(wrong))
"""


def test_sixteen_threads_get_the_answers_of_one_and_nobody_dies():
    ended = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.split() == ["640", "0"]
