"""The layers of the district and the fields each may carry: one table that readers, forms, doors and tests share."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from geo_app.domain.errors import UnknownLayer


class FieldKind(StrEnum):
    """What a field's value is once parsed. `JSON` is a structure that only our own files may carry."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"
    URL = "url"
    JSON = "json"


class GeometryKind(StrEnum):
    """Points are pins; areas are polygons (a complex may also be a point with an official area)."""

    POINT = "point"
    AREA = "area"
    POINT_OR_AREA = "point-or-area"


@dataclass(frozen=True, slots=True)
class Field:
    """One attribute of a layer. The unit is in the name; `choices` are codes, their words are in the catalogues."""

    name: str
    kind: FieldKind = FieldKind.TEXT
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layer:
    """A kind of place. `is_main` layers are drawn at once; the others when somebody asks for them."""

    name: str
    id_prefix: str
    geometry: GeometryKind
    kinds: tuple[str, ...]
    fields: tuple[Field, ...]
    is_main: bool = False
    is_reference: bool = False
    has_hours: bool = False

    def find_field(self, name: str) -> Field | None:
        """The field of that name, or None."""
        return next((field for field in self.fields if field.name == name), None)


AMENITIES = (
    "toilet", "charging", "water", "heating", "cooling", "seats",
    "women-only-room", "motorbike-parking", "no-purchase", "step-free", "accessible-toilet",
)  # fmt: skip
ENTRY_RULES = ("open-door", "ask-staff", "purchase-expected", "registration", "card")
PROGRAMMES = ("dalgona", "city-shelter", "other")

_ENTRY = (Field("entry", FieldKind.CHOICE, ENTRY_RULES), Field("entry_note"))
_ACCESS = (*_ENTRY, Field("amenities", FieldKind.CHOICES, AMENITIES), Field("phone"), Field("note"))

_LAYERS = (
    Layer(
        "industrial-complexes", "ic", GeometryKind.POINT_OR_AREA, ("general", "agro-industrial", "national"),
        (
            Field("area_m2", FieldKind.INTEGER), Field("tenants", FieldKind.INTEGER), Field("employees", FieldKind.INTEGER),
            Field("designated"), Field("completed"), Field("completed_year", FieldKind.INTEGER),
            Field("part_of_district", FieldKind.CHOICE, ("whole", "part", "edge")),
            Field("legal_dongs", FieldKind.JSON), Field("projects", FieldKind.JSON), Field("figures", FieldKind.JSON),
            Field("note"),
        ),
        is_main=True,
    ),
    Layer(
        "shelters", "sh", GeometryKind.POINT, ("cafe", "convenience_store", "public"),
        (Field("programme", FieldKind.CHOICE, PROGRAMMES), Field("seats", FieldKind.INTEGER), Field("complex"), *_ACCESS),
        is_main=True, has_hours=True,
    ),
    Layer(
        "village-jobs", "vj", GeometryKind.POINT,
        (
            "child-centre", "small-library", "welfare-centre", "community-centre", "senior-centre", "cultural-space",
            "subscribed-office", "other",
        ),
        (
            Field("people_placed", FieldKind.INTEGER), Field("period"),
            Field("recruiting_from", FieldKind.DATE), Field("recruiting_until", FieldKind.DATE),
            Field("work_hours"), Field("allowance"), Field("eligibility"), Field("apply_url", FieldKind.URL), *_ACCESS,
        ),
        is_main=True, has_hours=True,
    ),
    Layer(
        "improved-companies", "co", GeometryKind.POINT, ("workplace-innovation", "facility", "working-environment"),
        (
            Field("year", FieldKind.INTEGER), Field("effect"), Field("sector"), Field("complex"),
            Field("consent", FieldKind.BOOLEAN), Field("note"),
        ),
        is_main=True,
    ),
    Layer(
        "public-facilities", "pf", GeometryKind.POINT, ("toilet", "dong-office", "laundry", "support-centre", "other"),
        _ACCESS, has_hours=True,
    ),
    Layer(
        "dongs", "dg", GeometryKind.AREA, ("administrative",),
        (
            Field("codes", FieldKind.JSON), Field("population", FieldKind.JSON), Field("establishments", FieldKind.JSON),
            Field("area_m2", FieldKind.INTEGER), Field("name_en"),
        ),
        is_reference=True,
    ),
    Layer(
        "legal-dongs", "ld", GeometryKind.AREA, ("legal",),
        (Field("codes", FieldKind.JSON), Field("area_m2", FieldKind.INTEGER), Field("administrative_dongs", FieldKind.JSON)),
        is_reference=True,
    ),
)  # fmt: skip

LAYERS: Mapping[str, Layer] = MappingProxyType({layer.name: layer for layer in _LAYERS})
MAIN_LAYERS: tuple[str, ...] = tuple(layer.name for layer in _LAYERS if layer.is_main)


def get_layer(name: str) -> Layer:
    """The layer of that name. Raises `UnknownLayer`."""
    try:
        return LAYERS[name]
    except KeyError:
        raise UnknownLayer(layer=name, known=", ".join(LAYERS)) from None
