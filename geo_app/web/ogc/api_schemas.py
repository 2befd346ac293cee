"""The forms of the answers as schemas of OpenAPI 3.0."""

from typing import Any, Final

_LINKS: Final = {"type": "array", "items": {"$ref": "#/components/schemas/Link"}}
_NUMBERS: Final = {"type": "array", "items": {"type": "number"}}


def _object(required: tuple[str, ...], **properties: Any) -> dict[str, Any]:
    return {"type": "object", **({"required": [*required]} if required else {}), "properties": properties}


SCHEMAS: Final[dict[str, Any]] = {
    "Object": {"type": "object"},
    "Link": _object(
        ("href", "rel"),
        href={"type": "string", "format": "uri-reference"},
        rel={"type": "string"},
        type={"type": "string"},
        title={"type": "string"},
    ),
    "LandingPage": _object(
        ("links",),
        title={"type": "string"},
        description={"type": "string"},
        attribution={"type": "string"},
        revision={"type": "integer"},
        links=_LINKS,
    ),
    "Conformance": _object(("conformsTo",), conformsTo={"type": "array", "items": {"type": "string"}}, links=_LINKS),
    "Extent": _object(
        (),
        spatial=_object(
            (), bbox={"type": "array", "minItems": 1, "items": {**_NUMBERS, "minItems": 4, "maxItems": 6}}, crs={"type": "string"}
        ),
        temporal=_object(
            (),
            interval={
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "array",
                    "minItems": 2,
                    "maxItems": 2,
                    "items": {"type": "string", "format": "date-time", "nullable": True},
                },
            },
            trs={"type": "string"},
        ),
    ),
    "Collection": _object(
        ("id", "links"),
        id={"type": "string"},
        title={"type": "string"},
        description={"type": "string"},
        itemType={"type": "string", "enum": ["feature"]},
        crs={"type": "array", "items": {"type": "string"}},
        storageCrs={"type": "string"},
        revision={"type": "integer"},
        extent={"$ref": "#/components/schemas/Extent"},
        licences={
            "type": "array",
            "items": _object(
                ("code", "title"), code={"type": "string"}, title={"type": "string"}, href={"type": "string", "format": "uri"}
            ),
        },
        links=_LINKS,
    ),
    "Collections": _object(
        ("links", "collections"),
        links=_LINKS,
        crs={"type": "array", "items": {"type": "string"}},
        revision={"type": "integer"},
        collections={"type": "array", "items": {"$ref": "#/components/schemas/Collection"}},
    ),
    "Geometry": {
        **_object(
            ("type",),
            type={
                "type": "string",
                "enum": ["Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection"],
            },
            coordinates={"type": "array", "items": {}},
            geometries={"type": "array", "items": {"type": "object"}},
        ),
        "nullable": True,
        "description": "RFC 7946; in the coordinate system that the header Content-Crs names",
    },
    "Feature": _object(
        ("type", "id", "geometry", "properties"),
        type={"type": "string", "enum": ["Feature"]},
        id={"type": "string"},
        geometry={"$ref": "#/components/schemas/Geometry"},
        properties={"type": "object"},
        links=_LINKS,
    ),
    "FeatureCollection": _object(
        ("type", "features", "links", "timeStamp", "numberMatched", "numberReturned"),
        type={"type": "string", "enum": ["FeatureCollection"]},
        features={"type": "array", "items": {"$ref": "#/components/schemas/Feature"}},
        links=_LINKS,
        timeStamp={"type": "string", "format": "date-time"},
        numberMatched={"type": "integer", "minimum": 0},
        numberReturned={"type": "integer", "minimum": 0},
        revision={"type": "integer"},
    ),
    "Problem": {
        **_object(
            ("type", "title", "status", "code"),
            type={"type": "string"},
            title={"type": "string"},
            status={"type": "integer"},
            code={"type": "string"},
            detail={"type": "string"},
            problems={"type": "array", "items": {"type": "object"}},
        ),
        "description": "RFC 9457",
    },
}
