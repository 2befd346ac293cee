"""Part 1, requirements class GeoJSON: RFC 7946 as written, read by a second reader."""

import shapely
from ogc.asking import GEOJSON, JSON, Door
from shapely.geometry import shape

CLASSES = ("http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",)
GEOMETRY_TYPES = {"Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection"}


def test_req_geojson_definition(door: Door):
    assert door.items("shelters").media == GEOJSON
    assert door.get("/collections/shelters/items/sh-000001").media == GEOJSON
    assert door.get("/collections/shelters/items", accept=GEOJSON).media == GEOJSON
    assert door.get("/collections/shelters/items", f="json", accept="text/html").media == GEOJSON
    assert door.get("/collections", accept=JSON).media == JSON


def test_req_geojson_content(door: Door, ids):
    for name in ids:
        page = door.items(name, limit=200).json()
        assert page["type"] == "FeatureCollection"
        assert not {"crs", "coordinates", "geometries", "geometry", "properties"} & set(page)
        for feature in page["features"]:
            assert feature["type"] == "Feature"
            assert {"geometry", "properties"} <= set(feature)
            assert isinstance(feature["id"], str)
            assert isinstance(feature["properties"], dict)
            assert not {"features", "coordinates"} & set(feature)
            assert feature["geometry"] is None or feature["geometry"]["type"] in GEOMETRY_TYPES


def test_geometries_are_valid_closed_and_turn_the_right_way(door: Door, ids):
    for name in ids:
        for feature in door.everything(name):
            if feature["geometry"] is None:
                continue
            geometry = shape(feature["geometry"])
            assert geometry.is_valid, (name, feature["id"])
            for polygon in getattr(geometry, "geoms", [geometry]) if "Polygon" in geometry.geom_type else []:
                assert shapely.is_ccw(polygon.exterior), (name, feature["id"])
                assert not any(shapely.is_ccw(ring) for ring in polygon.interiors), (name, feature["id"])


def test_coordinates_have_two_numbers_of_at_most_seven_decimals(door: Door, ids):
    for name in ids:
        for feature in door.items(name, limit=50).json()["features"]:
            if feature["geometry"]:
                for pair in shapely.get_coordinates(shape(feature["geometry"])).tolist():
                    assert all(round(number, 7) == number for number in pair), (name, feature["id"])


def test_ids_come_once(door: Door, ids):
    for name in ids:
        named = [feature["id"] for feature in door.everything(name)]
        assert len(named) == len(set(named))


def test_links_stand_in_the_document_and_say_their_relations(door: Door):
    page = door.items("shelters", limit=2)
    assert {"self", "alternate", "next", "collection"} <= {link["rel"] for link in page.json()["links"]} | {"collection"}
    assert {"self", "alternate", "collection"} <= {
        link["rel"] for link in door.get("/collections/shelters/items/sh-000001").json()["links"]
    }
