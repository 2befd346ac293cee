"""`/api/latin`: the names of a layer in Latin letters, for who cannot read Hangul; asked for once by a map in another language."""

from collections.abc import Mapping
from typing import Any

import orjson
from flask import Blueprint, Response, request

from geo_app.domain.layers import LAYERS
from geo_app.finder.keeping import KeptByLayer
from geo_app.snapshot.layer import LayerSnapshot
from geo_app.web.coding import compress_page
from geo_app.web.house import get_snapshot
from geo_app.web.parameters import Parameter, choice, read_parameters
from geo_app.wording.romanise import romanise, romanise_address

blueprint = Blueprint("latin", __name__, url_prefix="/api")
LATIN = (Parameter("layer", choice([*LAYERS]), {"type": "string", "enum": [*LAYERS]}, "which layer", default="shelters"),)
_kept: KeptByLayer[Mapping[str, str]] = KeptByLayer()


@blueprint.get("/latin")
def names() -> Response:
    """Id → name in Latin letters, of every place of a layer whose name is written in others and whose data has no English one."""
    held = get_snapshot().get_layer(read_parameters(LATIN, request.args)["layer"])
    told = _kept.get(held, (), lambda: _read(held))
    data = orjson.dumps({"revision": held.meta.revision, "layer": held.name, "names": told})
    headers = [("Access-Control-Allow-Origin", "*"), ("Cache-Control", "public, max-age=0, must-revalidate")]
    return compress_page(Response(data, headers=headers, content_type="application/json"))


def _read(layer: LayerSnapshot) -> Mapping[str, str]:
    rows = ((site_id, layer.feature(position)["properties"]) for position, site_id in enumerate(layer.ids))
    told = ((site_id, _latin(properties, layer.name), properties["name"]) for site_id, properties in rows if "name_en" not in properties)
    return {site_id: latin for site_id, latin, name in told if latin != name}


def _latin(properties: Mapping[str, Any], layer_name: str) -> str:
    # Units of areas keep their sound and stand behind a hyphen: Cheomdan 2-dong.
    return romanise_address(properties["name"]) if LAYERS[layer_name].is_reference else romanise(properties["name"])
