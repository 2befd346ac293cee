"""The map page's bytes and render time against naive Folium (a Marker each), and the bytes of a first view.

    python benchmarks/bench_map_page.py [--sizes 100 1000 10000 100000] [--naive-up-to 100000]

Aims: page ≤ 10 KB gzipped whatever the number of records; first view of /map ≤ 120 KB gzipped on the default district and at most
70 KB more per 1,000 records. Naive Folium takes minutes at 100,000.
"""

import argparse
import gzip
import json
import re
import tempfile
import time
from pathlib import Path

import folium
from made_up import made_up_shelters
from served import found, publish

from geo_app.settings import load_settings
from geo_app.web.app import create_app
from geo_app.workspace.workspace import Workspace

KB = 1000
GZIP = {"Accept-Encoding": "gzip"}
RENDERS = 5


def naive_page(count: int) -> bytes:
    """What a few lines of Folium make of the same places."""
    drawn = folium.Map(location=[35.14, 126.79], zoom_start=12)
    for draft in made_up_shelters(count):
        folium.Marker([draft.geometry.y, draft.geometry.x], tooltip=draft.name).add_to(drawn)
    return drawn.get_root().render().encode()


def packed(client: object, path: str) -> int:
    """Bytes of an answer as a browser receives it."""
    answer = client.get(path, headers=GZIP)  # type: ignore[attr-defined]
    assert answer.status_code == 200, path
    size = len(answer.get_data())
    answer.close()
    return size


def first_view(client: object) -> dict[str, int]:
    """Bytes that /map asks for before anybody touches it."""
    page = gzip.decompress(client.get("/map", headers=GZIP).get_data()).decode()  # type: ignore[attr-defined]
    constants = json.loads(re.search(r'id="map-constants">(.*?)</script>', page, re.DOTALL)[1])  # type: ignore[index]
    files = set(re.findall(r'<(?:link rel="(?:stylesheet|icon)"|script)[^>]*?(?:href|src)="([^"]+)"', page))
    files |= set(re.findall(r'<link[^>]*?href="(/static/[^"]+\.(?:css|svg))"', page))
    parts = {"page": packed(client, "/map"), "scripts and styles": sum(packed(client, path) for path in files)}
    parts["layers"] = sum(packed(client, f"/layers/{name}.geojson") for name in constants["first"])
    parts["states"] = sum(packed(client, f"/api/states?layer={name}") for name in constants["first"] if name in constants["with_hours"])
    return parts


def ours(home: Path) -> tuple[float, int, dict[str, int], int]:
    """Milliseconds to answer /map once it has been drawn, its bytes, the first view, and the records on it."""
    workspace = Workspace(home)
    snapshot = workspace.load_snapshot()
    client = create_app(load_settings({"GEO_APP_HOME": str(home)}), workspace).test_client()
    packed(client, "/map")
    started = time.perf_counter()
    for _ in range(RENDERS):
        size = packed(client, "/map")
    milliseconds = (time.perf_counter() - started) / RENDERS * 1000
    view = first_view(client)
    records = len(snapshot.layers["shelters"])
    workspace.close()
    return milliseconds, size, view, records


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[0, 100, 1_000, 10_000, 100_000])
    parser.add_argument("--naive-up-to", type=int, default=100_000)
    arguments = parser.parse_args()
    base = 0
    for count in arguments.sizes:
        with tempfile.TemporaryDirectory() as folder:
            home = found(Path(folder))
            if count:
                publish(home, count)
            milliseconds, size, view, _ = ours(home)
        total = sum(view.values())
        base = base or total
        growth = f", {(total - base) / KB / (count / 1000):5.1f} KB per further 1,000 (aim 70)" if count else " (aim 120)"
        page = f"page {size / KB:5.1f} KB gz (aim 10), {milliseconds:6.1f} ms"
        print(f"{count:>8,} further records: {page}; first view {total / KB:7.1f} KB gz{growth}")
        if not count:
            print("         " + ", ".join(f"{name} {value / KB:.1f}" for name, value in view.items()))
        if 0 < count <= arguments.naive_up_to:
            started = time.perf_counter()
            naive = naive_page(count)
            seconds = time.perf_counter() - started
            print(
                f"         naive Folium: {seconds:7.2f} s ({seconds * 1000 / milliseconds:9.0f} ×), "
                f"{len(naive) / KB:9.1f} KB, {len(gzip.compress(naive)) / KB:8.1f} KB gz ({len(gzip.compress(naive)) / size:6.0f} ×)"
            )


if __name__ == "__main__":
    main()
