"""What a revision touched, in words: which data, how many records of each."""

from collections.abc import Mapping

from geo_app.wording.catalogue import Words
from geo_app.wording.labels import LAYER_WORDS, label

COLLECTION_WORDS = {**LAYER_WORDS, "documents": "Reference data (calendar, indicators, demand)", "streets": "Street network"}


def change_lines(counts: Mapping[str, int], words: Words) -> list[str]:
    """A line a collection, in the order of layers; one without a word of ours is called by its name."""
    known = [*COLLECTION_WORDS]
    order = sorted(counts, key=lambda name: (known.index(name) if name in known else len(known), name))
    return [words("{name}: {count}", name=label(words, COLLECTION_WORDS, name), count=counts[name]) for name in order]
