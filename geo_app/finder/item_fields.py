"""What may be asked of a table of items: its fields with their kinds, and those of a layer."""

from dataclasses import dataclass
from typing import Final, Literal

from geo_app.domain.layers import FieldKind, Layer, get_layer
from geo_app.domain.provenance import Precision, Status

ItemKind = Literal["string", "integer", "number", "boolean", "date", "datetime", "array", "object", "geometry"]

GEOMETRY_FIELD: Final = "geometry"
ID_FIELD: Final = "id"
# The time of a record is the day its facts were checked, else the day its source is of.
LAYER_TIME_FIELDS: Final = ("checked_on", "as_of")
_SORTABLE: Final = ("string", "integer", "number", "boolean", "date", "datetime")
_KINDS: Final[dict[FieldKind, ItemKind]] = {
    FieldKind.TEXT: "string",
    FieldKind.INTEGER: "integer",
    FieldKind.NUMBER: "number",
    FieldKind.BOOLEAN: "boolean",
    FieldKind.DATE: "date",
    FieldKind.CHOICE: "string",
    FieldKind.CHOICES: "array",
    FieldKind.URL: "string",
    FieldKind.JSON: "object",
}


@dataclass(frozen=True, slots=True)
class ItemField:
    """One field. An `array` holds strings, an `object` any structure (it can only be asked whether it is there).

    `choices` are the codes a value can have; `title` is for the door that shows it.
    """

    name: str
    kind: ItemKind
    choices: tuple[str, ...] = ()
    title: str = ""

    @property
    def is_sortable(self) -> bool:
        """True where its values have an order."""
        return self.kind in _SORTABLE


Schema = tuple[ItemField, ...]


def layer_schema(name: str) -> Schema:
    """The fields of a published layer, `geometry` first. Raises `UnknownLayer`."""
    layer = get_layer(name)
    return (
        ItemField(GEOMETRY_FIELD, "geometry"),
        ItemField("name", "string"),
        ItemField("kind", "string", layer.kinds),
        ItemField("status", "string", tuple(status.value for status in Status)),
        ItemField("precision", "string", tuple(precision.value for precision in Precision)),
        ItemField("address", "string"),
        ItemField("dong", "string"),
        *_own_fields(layer),
        *(ItemField(name, "object") for name in ("hours", "closures", "dated_hours")),
        *(ItemField(name, "string") for name in ("source", "source_key", "source_url")),
        ItemField("as_of", "date"),
        ItemField("checked_on", "date"),
        ItemField("licence", "string"),
    )


def _own_fields(layer: Layer) -> Schema:
    own = tuple(ItemField(field.name, _KINDS[field.kind], field.choices) for field in layer.fields)
    # The one fact that a snapshot adds to a record by itself.
    return (*own, ItemField("aged", "boolean")) if layer.name == "industrial-complexes" else own
