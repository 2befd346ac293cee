"""Words for demands: what the built-in ones are called, their units, and what can be wrong with a table or a curve."""

from collections.abc import Mapping
from types import MappingProxyType

from geo_app.wording.catalogue import DEFAULT_LANGUAGE, Words

DEMAND_NAME_WORDS: Mapping[str, str] = MappingProxyType({
    "residents": "Residents",
    "foreign-residents": "Foreign residents",
    "establishments": "Establishments",
    "complex-workers": "Workers of industrial complexes",
    "jobs-index": "All jobs, in equal parts",
    "jobs-people": "All jobs",
    "mix": "Mix of jobs",
})  # fmt: skip
DEMAND_UNIT_WORDS: Mapping[str, str] = MappingProxyType({
    "people": "people (demand)",
    "establishments": "establishments (demand)",
    "index": "index",
})  # fmt: skip
# What an index is measured by. Several jobs are never all at their busiest in one hour, so their sum has no hour of 1,000.
INDEX_SCALE_WORDS: Mapping[str, str] = MappingProxyType({
    "job": "index (1,000 at the busiest hour)",
    "jobs": "index (each job 1,000 at its own busiest hour, times its share)",
    "mix": "index (each job 1,000 at its own busiest hour, times its share)",
})  # fmt: skip
# Codes of problems and errors: the sentence, and what to do.
DEMAND_PROBLEM_WORDS: Mapping[str, tuple[str, str]] = MappingProxyType({
    "unknown-demand": ("There is no demand {demand}.", "Known: {known}."),
    "unknown-demand-table": ("There is no table of demand {key}.", "Tables that are there: {known}."),
    "demand-no-place": (
        "No column says where a row lies. Columns found: {columns}.",
        "Call it 격자코드 (grid code), 행정동 or 행정동코드, or 경도 and 위도.",
    ),
    "demand-no-figure": ("No column holds the figures. Columns found: {columns}.", "Call it 값 or figure."),
    "demand-nothing-inside": ("No row lies in the district.", "Check that it is the file of this district."),
    "demand-outside": ("{value} lies outside the district.", "Its figure is not counted; check it or take the row out."),
    "demand-swapped": (
        "Longitude and latitude seem swapped: {value}.",
        "The other way round it is {guess}. Swap the two columns and import the file again.",
    ),
    "demand-other-crs": (
        "These are no degrees; read as {crs} they lie in the district: {value}.",
        "Convert the columns to longitude and latitude (EPSG:4326); this point becomes {guess}.",
    ),
    "demand-no-degrees": ("These are no degrees of longitude and latitude: {value}.", "Convert the columns to EPSG:4326 (WGS 84)."),
    "demand-zero": ("The coordinates are 0, 0: a place in the Atlantic.", "Write where the row lies, or take it out."),
    "demand-twice": ("{value} stands in line {first} already.", "Leave one row for each place."),
    "bad-grid-code": (
        "“{value}” is not a code of the national grid.",
        "Write it as 다라34ab05ba (250 m), 다라34a05b, 다라3405 or 다라345052.",
    ),
    "unknown-dong": ("There is no dong “{value}”.", "Known: {known}."),
    "negative-figure": ("{value} is below 0.", "Write a figure of 0 or more."),
    "curve-columns-missing": ("Columns are missing: {missing}.", "Start from the file that geo-app demand curves-export writes."),
    "curve-unknown-day": ("“{value}” is not a day of the week.", "Write 월, 화, 수, 목, 금, 토 or 일."),
    "curve-day-twice": ("{value} stands there twice.", "Leave one row for each job and day."),
    "curve-days-missing": ("The job {value} lacks days: {days}.", "Give it all seven days."),
    "curve-bad-share": ("{value} is not between 0 and 1.", "1 stands for the job's busiest hour."),
    "curve-bad-job": (
        "The job “{value}” is not whole ({field}).",
        "It needs a key of small Latin letters, name_ko and name_en, a base that adds up to 1, an hour above 0 and a reason.",
    ),
    "curve-unknown-base": ("{value} is no base that is known.", "Known: {known}."),
})  # fmt: skip


def demand_unit(words: Words, unit: str, key: str) -> str:
    """A demand's unit, of an index with what it is measured by; `key` is the parameter that asks for the demand."""
    scale = INDEX_SCALE_WORDS.get(key.partition(":")[0]) if unit == "index" else None
    return words(scale or DEMAND_UNIT_WORDS[unit])


def demand_name(words: Words, name_msgid: str, names: Mapping[str, str]) -> str:
    """What a demand is called: by its own names where data gives them (in Korean where nobody translated them), else by the message."""
    if names:
        return names.get(words.lang) or names.get("en") or names[DEFAULT_LANGUAGE]
    return words(name_msgid)
