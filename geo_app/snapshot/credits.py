"""Whose borders and streets a snapshot draws, as their open licences ask to be told wherever they are shown."""

import re

from geo_app.snapshot.snapshot import Snapshot

# What follows a name: years in brackets, a further sentence, or by which package it came.
_AFTER_NAME = re.compile(r"\(|\. |, through ")


def boundary_producers(snapshot: Snapshot) -> str:
    """Who drew the borders, by name alone; years, ways and licences stand in `/about#sources`."""
    drawn = [item["producer"] for item in snapshot.document("sources") or () if item["file"].endswith(".geojson")]
    return " · ".join(dict.fromkeys(_AFTER_NAME.split(producer, maxsplit=1)[0].strip() for producer in drawn))


def street_producer(snapshot: Snapshot) -> str:
    """Whom the imported streets come from; nothing where there are none."""
    meta = snapshot.streets_meta or {}
    return str(meta.get("attribution") or meta.get("source") or "")
