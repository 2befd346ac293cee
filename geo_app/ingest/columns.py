"""The columns that a problem is about, as the file writes them."""

from collections.abc import Mapping
from types import MappingProxyType

from geo_app.ingest.drafts import UnplacedRow

_NOTHING: Mapping[str, str] = MappingProxyType({})
_JOINT = ", "
_GEOJSON_MEMBER = "geometry"


class Columns:
    """A file's headers by our fields. `mapping` is header → field; `has_geometries` where places stand in members of their own (GeoJSON).

    >>> columns = Columns({"시설명": "name", "위도": "lat", "경도": "lon"})
    >>> columns.of("lon", "lat"), columns.of("name", "address"), columns.of("kind")
    ('경도, 위도', '시설명', None)
    """

    def __init__(self, mapping: Mapping[str, str] = _NOTHING, *, has_geometries: bool = False) -> None:
        self._headers = {name: header for header, name in mapping.items()}
        self._has_geometries = has_geometries

    def of(self, *fields: str) -> str | None:
        """The headers of those of the fields that the file has a column for; None where it has none."""
        return _JOINT.join(self._headers[name] for name in fields if name in self._headers) or None

    @property
    def address(self) -> str | None:
        """The column that addresses come from: the road address, else the lot's."""
        return self.of("address") or self.of("address_lot")

    def place(self, row: UnplacedRow | None = None) -> str | None:
        """Where the coordinates of a row stand: both columns in the order of the value shown (east, north), or the shape's."""
        if self._has_geometries:
            return _GEOJSON_MEMBER
        is_area = row is not None and row.outline is not None and row.outline.area is not None
        pair, shape = self.of("lon", "lat"), self.of("geometry_wkt")
        return (shape or pair) if is_area else (pair or shape)
