"""The words of what a file was asked and rests on, one for each name that files carry it by, and of the codes in its cells."""

from collections.abc import Mapping
from types import MappingProxyType

from geo_app.wording.labels import ENTRY_WORDS, LAYER_WORDS

# By the names of `exports.file_basis`.
BASIS_WORDS: Mapping[str, str] = MappingProxyType({
    "title": "Table",
    "asked_at": "Time asked about",
    "layer": "Layer of places",
    "mode": "Travel",
    "minutes": "Minutes allowed",
    "demand": "Demand counted (source, year)",
    "distance_kind": "Travel time",
    "conditions": "Further conditions",
    "notes": "What to know",
    "permalink": "Address of this question",
    "made_at": "Data made at",
    "revision": "Data revision",
    "code_version": "Code version",
})  # fmt: skip
STATE_WORDS: Mapping[str, str] = MappingProxyType({"open": "Open", "closed": "Closed", "unknown": "Hours not known"})
UNIT_WORDS: Mapping[str, str] = MappingProxyType({"people": "people", "establishments": "establishments", "index": "index"})
TRUTH_WORDS: Mapping[bool, str] = MappingProxyType({True: "yes", False: "no"})
# By the name of the column that holds the codes.
CELL_WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType({
    "state": STATE_WORDS,
    "entry": ENTRY_WORDS,
    "host_layer": LAYER_WORDS,
    "unit": UNIT_WORDS,
})  # fmt: skip
