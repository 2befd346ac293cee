"""The open doors: one table that `/api/openapi.json` and `/api/` are made from, out of the parameter tables that read requests."""

from dataclasses import dataclass, field
from typing import Final

from geo_app.domain.layers import LAYERS
from geo_app.exports.exporting import FORMATS
from geo_app.exports.indicator_table import TABLE_NAME
from geo_app.web.api import NEAREST, SITES, STATES
from geo_app.web.coverage import AREAS, GAPS, GEOJSON, HOSTS, JSON
from geo_app.web.coverage_parameters import QUESTION
from geo_app.web.embed_parameters import EMBED
from geo_app.web.feed import FEED_TYPE
from geo_app.web.feed import LANG as FEED_LANG
from geo_app.web.files import BESIDE, CSVW_TYPE
from geo_app.web.files import FILE as FILE_TABLE
from geo_app.web.latin import LATIN
from geo_app.web.parameters import Parameter
from geo_app.web.pictures import PICTURE
from geo_app.web.plan_files import FURTHER, TABLES
from geo_app.web.wish_files import WISHES_FILE

COVERAGE_DOOR: Final = "/api/coverage"
FILE: Final = "File"
PAGE: Final = "text/html"
PROBLEM: Final = "application/problem+json"
FILE_TYPES: Final = tuple(item.media_type.partition(";")[0] for item in FORMATS.values())
_FORMATS: Final = tuple(FORMATS)
_DATA_SETS: Final = (*LAYERS, TABLE_NAME)
# Groups in their order, with what a page says above each.
GROUPS: Final = {
    "places": "Places and their doors",
    "coverage": "Coverage",
    "files": "Files and news",
    "embed": "For other sites",
    "service": "The service itself",
}


@dataclass(frozen=True, slots=True)
class Door:
    """One address that is asked by GET. `names`: what its path may hold. `schema`: the answer's name among the document's schemas.

    `is_tagged`: it sends an ETag and answers 304 to who has it; `is_matching`: and 412 to an `If-Match` of others; `is_ranged`: it gives
    parts. `missing`: what a 404 means. `faults`: the types of its errors. `is_open`: to pages of any origin.
    """

    path: str
    group: str
    summary: str
    table: tuple[Parameter, ...] = ()
    media: tuple[str, ...] = (JSON,)
    schema: str | None = None
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    missing: str = ""
    is_tagged: bool = False
    is_matching: bool = False
    is_ranged: bool = False
    is_revised: bool = False
    is_named: bool = False
    faults: tuple[str, ...] = (PROBLEM,)
    is_open: bool = True
    is_posted: bool = False

    @property
    def own_table(self) -> tuple[Parameter, ...]:
        """Its parameters without the question of coverage, which is told once, at the door that all of it is asked of."""
        return self.table if self.path == COVERAGE_DOOR else tuple(item for item in self.table if item not in QUESTION)

    @property
    def asks_coverage(self) -> bool:
        """True where the question of coverage is among its parameters."""
        return QUESTION[0] in self.table


def _coverage(name: str, summary: str, table: tuple[Parameter, ...], media: str, schema: str) -> Door:
    return Door(
        f"{COVERAGE_DOOR}{name}", "coverage", summary, table, (media,), schema,
        missing="No such revision or scenario", is_tagged=True, is_revised=True,
    )  # fmt: skip


DOORS: Final[tuple[Door, ...]] = (
    Door(
        "/api/nearest", "places", "The nearest places of a layer, in order, with geodesic metres and whether the door is open on arrival",
        NEAREST, (GEOJSON,), "Nearest", is_posted=True,
    ),
    Door("/api/sites", "places", "Places in a window, in an area, by a word; paged", SITES, (GEOJSON,), "Sites", missing="No such area"),
    Door("/api/states", "places", "Open, closed or unknown for each place of a layer at one time", STATES, schema="States"),
    Door("/api/latin", "places", "The names of a layer in Latin letters", LATIN, schema="LatinNames"),
    Door("/api/revision", "places", "The revision's number and the last one that touched each layer", schema="Revision"),
    Door(
        "/layers/{layer}.geojson", "places", "A whole public layer (RFC 7946), with ETag", (), (GEOJSON,), "FeatureCollection",
        {"layer": tuple(LAYERS)}, "No such layer", is_tagged=True, is_revised=True,
    ),
    Door(
        "/shelters.bundle.json", "places",
        "What a phone needs to rank shelters by itself for two weeks: places, ready opening times, holidays; with ETag",
        is_tagged=True, is_revised=True,
    ),
    _coverage(
        "", "Who is served within the minutes at one time, really and nominally: in all, by dong, complex, job and group; with ETag",
        QUESTION, JSON, "Coverage",
    ),
    _coverage("/cells.geojson", "The same by cell of the national 250 m grid (RFC 7946)", QUESTION, GEOJSON, "CoverageCells"),
    _coverage("/values", "The values of the cells alone, in the order of cells.geojson, for a slider", QUESTION, JSON, "CoverageValues"),
    _coverage("/week", "The 168 hours of the week that holds the time, from Monday 00:00", QUESTION, JSON, "CoverageWeek"),
    _coverage(
        "/gaps",
        "Where and when in the week nobody is served, and why: named, outlined, ranked by people times hours among all of the week",
        GAPS, JSON, "CoverageGaps",
    ),
    _coverage(
        "/hosts", "Complexes that are not wholly served at that time, and who there could host a place", HOSTS, JSON, "CoverageHosts"
    ),
    _coverage(
        "/areas.geojson", "From where each place that is usable at that time is reached within the minutes", AREAS, GEOJSON, "CoverageAreas"
    ),
    Door(
        "/plan/{table}.{ext}", "coverage", "A table of the planner as a file, asked with the parameters of coverage", (*QUESTION, *FURTHER),
        FILE_TYPES, FILE, {"table": tuple(TABLES), "ext": _FORMATS}, "No such table, format, revision or scenario",
        is_tagged=True, is_matching=True, is_revised=True, is_named=True, faults=(PROBLEM, PAGE),
    ),
    Door(
        "/export/{table}.csv", "files", "A whole layer or the indicators as CSV, in UTF-8 or CP949; with ETag", FILE_TABLE,
        (FORMATS["csv"].media_type.partition(";")[0],), FILE, {"table": _DATA_SETS}, "No such data set or revision",
        is_tagged=True, is_matching=True, is_ranged=True, is_revised=True, is_named=True,
    ),
    Door(
        "/export/{table}.{ext}", "files", "A whole layer or the indicators as a file, with its source and licence in it; with ETag",
        BESIDE, FILE_TYPES, FILE, {"table": _DATA_SETS, "ext": _FORMATS}, "No such data set, format or revision",
        is_tagged=True, is_matching=True, is_ranged=True, is_revised=True, is_named=True,
    ),
    Door(
        "/export/{table}.csv-metadata.json", "files", "What a CSV file says of its columns, source and licence (CSV on the Web)", BESIDE,
        (CSVW_TYPE,), None, {"table": _DATA_SETS}, "No such data set or revision", is_tagged=True, is_matching=True, is_revised=True,
    ),
    Door(
        "/changes.atom", "files", "News of the data: an entry for each revision with the layers it touched (RFC 4287); with ETag",
        (FEED_LANG,), (FEED_TYPE,), "Text", is_tagged=True, is_matching=True,
    ),
    Door(
        "/api/wishes", "files",
        "How many people wished for a shelter, by place and hour: an opinion, small numbers untold, in no figure of demand",
    ),
    Door(
        "/wishes.{ext}", "files", "The same wishes as a file", WISHES_FILE, FILE_TYPES, FILE, {"ext": _FORMATS}, "No such format",
        is_named=True, faults=(PROBLEM, PAGE),
    ),
    Door(
        "/embed", "embed", "The map and the list as a page for a frame; the only page that other sites may frame, where they are listed",
        EMBED, (PAGE,), "Text", missing="No such dong", faults=(PAGE,), is_open=False,
    ),
    Door("/embed/places.json", "embed", "What the frame fetches anew: its list as ready HTML", EMBED, missing="No such dong"),
    Door(
        "/embed.js", "embed", "The element <work-shelter-map> for pages of other sites; with ETag", (), ("text/javascript",), "Text",
        is_tagged=True, is_matching=True,
    ),
    Door(
        "/embed.svg", "embed", "The places as a picture for other sites, with its own alternative text; with ETag", PICTURE,
        ("image/svg+xml",), "Text", missing="No such dong", is_tagged=True, is_matching=True,
    ),
    Door(
        "/embed.png", "embed", "The same picture as PNG", PICTURE, ("image/png",), FILE, missing="No such dong",
        is_tagged=True, is_matching=True,
    ),
    Door("/api/openapi.json", "service", "These doors as a document for programs (OpenAPI 3.1)"),
    Door("/healthz", "service", "The process lives", media=("text/plain",), schema="Text", is_open=False),
    Door("/readyz", "service", "It can answer: the newest data are loaded", media=("text/plain",), schema="Text", is_open=False),
)  # fmt: skip
