"""OGC API – Features Part 2 (18-058r1): coordinate systems by reference, with the official order of axes.

Second witness: pyproj with the authority's own axis order, and shapely on coordinates transformed that way.
"""

import numpy as np
import pytest
import shapely
from ogc.asking import CRS84, EPSG, GEOJSON, PROBLEM, Door
from pyproj import CRS, Transformer
from shapely.geometry import box, shape

CLASSES = ("http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",)
CODES = (4326, 3857, 5179, 5186)
NORTH_FIRST = {4326, 5179, 5186}
URIS = [CRS84, *(f"{EPSG}{code}" for code in CODES)]


def official(code: int, lonlat: np.ndarray) -> np.ndarray:
    """(n, 2) in the axis order of the authority itself."""
    first, second = Transformer.from_crs("OGC:CRS84", f"EPSG:{code}").transform(lonlat[:, 0], lonlat[:, 1])
    return np.column_stack((first, second))


def coordinates(feature) -> np.ndarray:
    return shapely.get_coordinates(shape(feature["geometry"]))


def test_the_order_of_axes_is_what_we_take_it_for():
    for code in CODES:
        is_north_first = CRS.from_epsg(code).axis_info[0].direction == "north"
        assert is_north_first == (code in NORTH_FIRST)


def test_req_crs_crs_uri(door: Door):
    for item in door.collections():
        if item.get("crs"):
            assert all(uri.startswith("#") or uri in URIS for uri in item["crs"]), item["crs"]


def test_req_crs_fc_md_crs_list(door: Door):
    document = door.get("/collections").json()
    for item in document["collections"]:
        if item.get("extent", {}).get("spatial"):
            listed = [uri for entry in item["crs"] for uri in (document["crs"] if entry == "#/crs" else [entry])]
            assert listed[0] == CRS84
            assert set(URIS) <= set(listed)


def test_req_crs_fc_md_crs_list_of_one_collection_stands_alone(door: Door):
    assert set(URIS) <= set(door.get("/collections/shelters").json()["crs"])


def test_req_crs_fc_md_storage_crs(door: Door):
    for name in ("shelters", "dongs", "coverage-cells"):
        item = door.get(f"/collections/{name}").json()
        assert item["storageCrs"] in item["crs"]


def test_req_crs_fc_md_storage_crs_coordinate_epoch(door: Door):
    """No system here is dynamic, so none has an epoch."""
    assert all("storageCrsCoordinateEpoch" not in item for item in door.collections())


def test_req_crs_fc_crs_definition(api):
    path = next(path for path in api["paths"] if path.endswith("/items"))
    for name in ("crs", "bbox-crs"):
        found = [item for item in _parameters(api, path) if item["name"] == name]
        assert len(found) == 1
        assert (found[0]["in"], found[0].get("required", False), found[0]["schema"]["type"]) == ("query", False, "string")


def _parameters(api, path):
    for item in [*api["paths"][path].get("parameters", []), *api["paths"][path]["get"]["parameters"]]:
        found = item
        if "$ref" in item:
            found = api
            for part in item["$ref"].removeprefix("#/").split("/"):
                found = found[part.replace("~1", "/")]
        yield found


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("collection", ["shelters", "dongs", "coverage-gaps"])
def test_req_crs_crs_action(door: Door, code, collection):
    plain = door.items(collection, limit=1000).json()["features"]
    turned = door.items(collection, limit=1000, crs=f"{EPSG}{code}").json()["features"]
    assert [item["id"] for item in turned] == [item["id"] for item in plain]
    tolerance = 1e-6 if code == 4326 else 0.002
    for one, other in zip(plain, turned, strict=True):
        assert (one["geometry"] is None) == (other["geometry"] is None)
        assert one["properties"] == other["properties"]
        if one["geometry"]:
            np.testing.assert_allclose(coordinates(other), official(code, coordinates(one)), atol=tolerance, rtol=0)


@pytest.mark.parametrize("code", CODES)
def test_req_crs_crs_action_of_one_feature(door: Door, code):
    feature = next(item for item in door.layer("shelters") if item["geometry"])
    answer = door.get(f"/collections/shelters/items/{feature['id']}", crs=f"{EPSG}{code}")
    np.testing.assert_allclose(coordinates(answer.json()), official(code, coordinates(feature)), atol=0.002, rtol=0)
    assert answer.headers["content-crs"] == f"<{EPSG}{code}>"


@pytest.mark.parametrize("uri", URIS)
def test_req_crs_ogc_crs_header(door: Door, uri):
    answer = door.items("shelters", crs=uri)
    assert answer.headers["content-crs"] == f"<{uri}>"
    assert answer.media == GEOJSON


def test_req_crs_fc_crs_default_value(door: Door):
    answer = door.items("shelters", limit=1000)
    assert answer.headers["content-crs"] == f"<{CRS84}>"
    assert answer.json()["features"] == door.items("shelters", limit=1000, crs=CRS84).json()["features"]


@pytest.mark.parametrize("name", ["crs", "bbox-crs", "filter-crs"])
@pytest.mark.parametrize("value", [f"{EPSG}2097", "EPSG:4326", "4326", "http://www.opengis.net/def/crs/EPSG/0/", "x" * 1000])
def test_req_crs_fc_crs_valid_value(door: Door, name, value):
    further = (
        {"bbox": "126,34,128,36"} if name == "bbox-crs" else {"filter": "S_INTERSECTS(geometry,POINT(1 2))"} if "filter" in name else {}
    )
    refused = door.get("/collections/shelters/items", **{name: value}, **further)
    assert (refused.status, refused.media) == (400, PROBLEM)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("collection", ["shelters", "industrial-complexes", "legal-dongs"])
def test_req_crs_fc_bbox_crs_action(door: Door, code, collection):
    """The box is a box in its own system, read in that system's order of axes."""
    corners = official(code, np.array([[126.76, 35.13], [126.83, 35.20]]))
    window = (*corners.min(axis=0), *corners.max(axis=0))
    frame = box(*window)
    expected = []
    for item in door.layer(collection):
        placed = shapely.transform(shape(item["geometry"]), lambda lonlat: official(code, lonlat)) if item["geometry"] else None
        if placed is None or placed.intersects(frame):
            expected.append(item["id"])
    text = ",".join(f"{number:.9f}" for number in window)
    found = door.items(collection, bbox=text, limit=1000, **{"bbox-crs": f"{EPSG}{code}"})
    assert expected
    assert found.ids() == expected
    assert found.headers["content-crs"] == f"<{CRS84}>"


def test_req_crs_fc_bbox_crs_default(door: Door):
    bbox = "126.76,35.13,126.83,35.20"
    assert door.items("shelters", bbox=bbox, limit=1000, **{"bbox-crs": CRS84}).ids() == door.items("shelters", bbox=bbox, limit=1000).ids()


def test_a_box_in_the_other_order_of_axes_finds_nothing_or_is_refused(door: Door):
    swapped = door.get("/collections/shelters/items", bbox="126.76,35.13,126.83,35.20", **{"bbox-crs": f"{EPSG}4326"})
    nowhere = [item["id"] for item in door.layer("shelters") if not item["geometry"]]
    assert swapped.status == 400 or swapped.ids() == nowhere


def test_paging_keeps_the_systems(door: Door):
    first = door.items("shelters", limit=2, crs=f"{EPSG}5186", bbox="35.13,126.76,35.20,126.83", **{"bbox-crs": f"{EPSG}4326"})
    second = door.fetch(first.link("next")["href"])
    assert second.headers["content-crs"] == f"<{EPSG}5186>"
    whole = door.items("shelters", limit=4, crs=f"{EPSG}5186", bbox="35.13,126.76,35.20,126.83", **{"bbox-crs": f"{EPSG}4326"})
    assert first.json()["features"] + second.json()["features"] == whole.json()["features"]


def test_a_collection_without_geometry_needs_no_system(door: Door):
    plain = door.items("indicators", limit=100).json()["features"]
    assert plain
    assert door.items("indicators", limit=100, crs=f"{EPSG}5186").json()["features"] == plain
