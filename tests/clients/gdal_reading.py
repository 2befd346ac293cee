"""Reads a collection through GDAL's OAPIF driver, in a process of its own, and writes what it found as JSON.

python gdal_reading.py list ADDRESS
python gdal_reading.py read ADDRESS COLLECTION [PAGE_SIZE] [WEST,SOUTH,EAST,NORTH] [WHERE] [CRS]
"""

import json
import sys

import pyogrio
import shapely


def listed(address: str) -> list[str]:
    """The collections that GDAL finds."""
    return [name for name, _ in pyogrio.list_layers(f"OAPIF:{address}").tolist()]


def read(address: str, collection: str, page_size: str = "10", box: str = "", where: str = "", crs: str = "") -> dict:
    """Ids, names and places of the features GDAL gives, and what it says of the table."""
    options = {"PAGE_SIZE": int(page_size), **({"CRS": crs} if crs else {})}
    frame = {"bbox": tuple(map(float, box.split(",")))} if box else {}
    meta, _, geometries, columns = pyogrio.raw.read(f"OAPIF:{address}", layer=collection, **frame, where=where or None, **options)
    fields = dict(zip(meta["fields"].tolist(), columns, strict=True))
    points = [None if item is None else shapely.from_wkb(item) for item in geometries] if geometries is not None else []
    return {
        "crs": meta["crs"],
        "ids": fields["id"].tolist(),
        "names": fields["name"].tolist() if "name" in fields else [],
        "centres": [None if item is None else [item.centroid.x, item.centroid.y] for item in points],
        "areas": [None if item is None else item.area for item in points],
        "fields": sorted(fields),
    }


if __name__ == "__main__":
    asked = {"list": listed, "read": read}[sys.argv[1]]
    sys.stdout.write(json.dumps(asked(*sys.argv[2:])))
