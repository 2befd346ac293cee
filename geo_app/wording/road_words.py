"""Sentences about files of streets: for every code what is wrong, and what to do. A part of `problems.PROBLEM_WORDS`."""

from collections.abc import Mapping
from types import MappingProxyType

_FETCH_AGAIN = "Download the file again; nothing was written."
_NEAR = (
    "Within {metres} m of one: {walk} % of the squares on foot, {bicycle} % by bicycle, {motorbike} % by motorbike;"
    " {near} of {places} counted places."
)
ROAD_PROBLEM_WORDS: Mapping[str, tuple[str, str]] = MappingProxyType({
    "road-packages-missing": ("A package for reading streets is missing: {missing}.", "Install it: {hint}."),
    "roads-unknown-kind": (
        "{value} is no file of streets that is read here ({known}).",
        "Give an extract of OpenStreetMap, or 표준노드링크 as .zip or as its folder.",
    ),
    "roads-not-osm": ("{value} is called a file of OpenStreetMap but does not hold one.", _FETCH_AGAIN),
    "roads-not-shapefile": ("{value} is called a shapefile but does not hold one.", _FETCH_AGAIN),
    "roads-broken-file": ("{value} is damaged or not whole ({reason}).", _FETCH_AGAIN),
    "roads-too-large": (
        "{value} has {size_mb} MB; at most {limit_mb} MB are read.",
        "Cut the province out of it first, for example with osmium extract.",
    ),
    "roads-archive-too-large": (
        "Unpacked, {value} has more than {limit} {what}.",
        "Check where the archive comes from; nothing was written.",
    ),
    "roads-part-missing": ("{value} is missing.", "Keep MOCT_LINK.shp, .dbf and .prj together, in one folder or archive."),
    "roads-part-twice": ("{value} is there {count} times.", "Keep one edition in the folder or archive and take the others out."),
    "roads-columns-missing": (
        "{value} lacks the columns {missing}. It has: {columns}.",
        "Give the link file of 표준노드링크 as it was downloaded.",
    ),
    "roads-unknown-crs": ("The coordinate system of the file is not read: {value}.", "Save the file in one of: {known}."),
    "roads-bad-cell": (
        "The link was left out: {column} says “{value}”.",
        "Look at the link in a newer edition of the file.",
    ),
    "roads-none": ("{value} holds no streets.", "Give a file with ways (highway), not one of places or borders only."),
    "roads-none-here": (
        "None of the {count} ways of {value} lies in the district and its margin ({box}).",
        "Give the file of the province that the district lies in; nothing was written.",
    ),
    "roads-islands": (
        "{percent} % of the street length, in {count} parts, is not joined to the largest part.",
        "They are kept: from there nothing else can be reached. Often the map lacks a crossing.",
    ),
    "roads-sparse": (
        f"Too little of the district is near a street. {_NEAR}",
        "At least {least} % is needed: give a file of the whole district. --accept-sparse takes this one; nothing was written.",
    ),
    "roads-thin": (
        f"Parts of the district have no street. {_NEAR}",
        "From there nothing can be reached, so shares come out lower. Check that the file covers the whole district.",
    ),
    "roads-date-unknown": (
        "The file does not say of which day its data is.",
        "Give the day with --date, so that every figure can state it.",
    ),
})  # fmt: skip
