"""The collections that the OGC doors offer of a snapshot: every layer of places, then the analyses."""

from types import MappingProxyType

from geo_app.domain.layers import LAYERS
from geo_app.snapshot.snapshot import Snapshot
from geo_app.web.ogc.collection import Collection, Interval, Licence, LonLatBox, UnknownCollection
from geo_app.web.ogc.layer_collections import layer_collection
from geo_app.web.ogc.made_collections import made_collections

__all__ = ["Collection", "Interval", "Licence", "LonLatBox", "UnknownCollection", "get_collection", "list_collections"]

_NAME = "_ogc_collections"
_Collections = MappingProxyType[str, Collection]


def list_collections(snapshot: Snapshot) -> tuple[Collection, ...]:
    """Every collection: the layers in their order, then the analyses. Quick: no analysis is worked out for it."""
    return tuple(_collections(snapshot).values())


def get_collection(snapshot: Snapshot, collection_id: str) -> Collection:
    """The collection of that id. Raises `UnknownCollection`."""
    offered = _collections(snapshot)
    try:
        return offered[collection_id]
    except KeyError:
        raise UnknownCollection(collection=collection_id, known=", ".join(offered)) from None


def _collections(snapshot: Snapshot) -> _Collections:
    """Kept in the snapshot's own `__dict__`, as its calendar is: exactly as long as it lives. Two threads may make it; one is kept."""
    held = vars(snapshot).get(_NAME)
    if held is None:
        layers = [layer_collection(snapshot.layers[name]) for name in LAYERS if name in snapshot.layers]
        held = vars(snapshot).setdefault(_NAME, MappingProxyType({item.id: item for item in (*layers, *made_collections(snapshot))}))
    offered: _Collections = held
    return offered
