"""Small files of streets, written by other programs than the one that reads them."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import osmium
from osmium.osm.mutable import Node, Way
from shapely.geometry import LineString

LON, LAT = 126.80, 35.15
BOUNDS = (126.795, 35.145, 126.815, 35.160)
STEP = 0.001


def node_place(number):
    """Node 1 + 10 r + c stands in row r, column c."""
    row, column = divmod(number - 1, 10)
    return LON + column * STEP, LAT + row * STEP


def write_osm(path: Path, ways, *, nodes=None, places=node_place):
    """`ways`: (id, [node numbers], tags). Nodes that no list names are left out."""
    numbers = sorted({number for _, line, _ in ways for number in line}) if nodes is None else nodes
    writer = osmium.SimpleWriter(str(path))
    try:
        for number in numbers:
            writer.add_node(Node(id=number, location=places(number), timestamp="2026-11-03T01:02:03Z", version=1))
        for way_id, line, tags in ways:
            writer.add_way(Way(id=way_id, nodes=line, tags=tags, timestamp="2026-11-05T01:02:03Z", version=1))
    finally:
        writer.close()
    return path


# An H of streets, a one-way loop, a tunnel, a motorway, an island, something that is no street.
TOWN = [
    (1, [1, 2, 3, 4], {"highway": "residential", "maxspeed": "30"}),
    (2, [11, 12, 13, 14], {"highway": "secondary", "name": "{{7*7}}"}),
    (3, [2, 12], {"highway": "secondary", "tunnel": "yes"}),
    (4, [4, 24, 14], {"highway": "residential", "oneway": "yes"}),
    (5, [1, 31], {"highway": "motorway"}),
    (6, [51, 52], {"highway": "footway"}),
    (7, [41, 42], {"building": "yes"}),
]


def mesh_of(bounds, columns, rows):
    """Ways and the places of their nodes: a mesh of residential streets over `bounds` (least first), whole to its edge."""
    min_lon, min_lat, max_lon, max_lat = bounds

    def place(number):
        row, column = divmod(number - 1, columns)
        return min_lon + (max_lon - min_lon) * column / (columns - 1), min_lat + (max_lat - min_lat) * row / (rows - 1)

    along = [[1 + row * columns + column for column in range(columns)] for row in range(rows)]
    across = [list(line) for line in zip(*along, strict=True)]
    return [(1 + number, line, {"highway": "residential"}) for number, line in enumerate([*along, *across])], place


PRJ_NATIONAL = (
    'PROJCS["ITRF2000_Central_Belt_60",GEOGCS["GCS_ITRF_2000",DATUM["D_ITRF_2000",SPHEROID["GRS_1980",6378137.0,298.257222101]],'
    'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",200000.0],'
    'PARAMETER["False_Northing",600000.0],PARAMETER["Central_Meridian",127.0],PARAMETER["Scale_Factor",1.0],'
    'PARAMETER["Latitude_Of_Origin",38.0],UNIT["Meter",1.0]]'
)
LINKS = [
    # LINK_ID, F_NODE, T_NODE, ROAD_RANK, ROAD_TYPE, ROAD_USE, MAX_SPD, bend in degrees
    ("1001", 1, 2, "103", "000", "0", 60, 0.0),
    ("1002", 2, 1, "103", "000", "0", 60, 0.0),
    ("1003", 2, 3, "107", "004", "0", 50, 0.0),
    ("1004", 3, 13, "108", "000", "0", 30, 0.0),
    ("1005", 1, 11, "101", "000", "0", 100, 0.0),
    ("1006", 13, 12, "107", "000", "1", 50, 0.0),
    ("1007", 3, 4, "104", "000", "0", 50, 0.0003),
    ("1008", 4, 3, "104", "000", "0", 50, 0.0),
    ("1009", 4, 14, "107", "000", "0", 50, 0.0),
]


def write_links(folder: Path, links=LINKS, *, crs="EPSG:5186", prj=PRJ_NATIONAL, drop=(), places=node_place):
    """MOCT_LINK as GDAL writes it, in CP949."""
    lines = []
    for _, start, end, *_, bend in links:
        (x, y), (to_x, to_y) = places(start), places(end)
        lines.append(LineString([(x, y), ((x + to_x) / 2, (y + to_y) / 2 + bend), (to_x, to_y)]))
    columns = ("LINK_ID", "F_NODE", "T_NODE", "ROAD_RANK", "ROAD_TYPE", "ROAD_USE", "MAX_SPD")
    table = {name: [link[number] for link in links] for number, name in enumerate(columns)}
    table["F_NODE"], table["T_NODE"] = [str(node) for node in table["F_NODE"]], [str(node) for node in table["T_NODE"]]
    table["ROAD_NAME"] = ["어등대로"] * len(links)
    frame = gpd.GeoDataFrame(table, geometry=lines, crs="EPSG:4326").to_crs(crs).drop(columns=list(drop))
    frame.to_file(folder / "MOCT_LINK.shp", engine="pyogrio", encoding="cp949")
    if prj is not None:
        (folder / "MOCT_LINK.prj").write_text(prj, encoding="ascii")
    return folder


def edge_between(streets, start, end, places=node_place):
    """(position, True where the edge runs from `start` to `end`) of the one edge between two nodes."""
    found = [int(np.abs(streets.node_lonlat - places(node)).sum(axis=1).argmin()) for node in (start, end)]
    for position, pair in enumerate(zip(streets.edge_from.tolist(), streets.edge_to.tolist(), strict=True)):
        if sorted(pair) == sorted(found):
            return position, pair == tuple(found)
    raise AssertionError((start, end))
