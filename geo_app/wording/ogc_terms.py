"""The words of the collections that programs read: what each holds, and the columns that only they have."""

from collections.abc import Mapping
from types import MappingProxyType

# Beside the titles of layers, which `labels.LAYER_WORDS` has.
MADE_TITLE_WORDS: Mapping[str, str] = MappingProxyType({
    "coverage-cells": "Hours served, by cell of the national grid",
    "coverage-gaps": "Gaps: where and when nobody is served",
    "indicators": "Indicators",
})  # fmt: skip
DESCRIPTION_WORDS: Mapping[str, str] = MappingProxyType({
    "industrial-complexes": "Industrial complexes that lie in the district wholly or in part: area, tenants, workers, years.",
    "shelters": "Places where mobile workers may rest: opening hours, how to get in, amenities. Samples are marked by their status.",
    "village-jobs": "Facilities where neighbours work near their home: kind, people, recruiting. Samples are marked by their status.",
    "improved-companies": "Companies whose workplace was improved with support, as far as they agreed to be named.",
    "public-facilities": "Open toilets, dong offices, laundries and centres: places one needs on the way that are no rest shelters.",
    "dongs": "Outlines of the administrative dongs with residents and establishments.",
    "legal-dongs": "Outlines of the legal dongs with their codes and the administrative dongs they lie in.",
    "coverage-cells": "Squares of 250 m with their residents, and in how many of the 168 hours of an ordinary week they reach a rest "
    "shelter that is open, on foot within {minutes} minutes. An ordinary week has no holidays and no single closures; hours are those of "
    "the week from {monday}. Samples among the shelters count.",
    "coverage-gaps": "Where residents reach no open rest shelter on foot within {minutes} minutes, and in which hours of an ordinary week, "
    "the worst first. Far: no shelter is near enough whatever its hours; shut: there is one, but its doors are shut then. Hours are those "
    "of the week from {monday}. Samples among the shelters count.",
    "indicators": "Dated figures of the district's programmes, each with its definition and source. Without geometry.",
})  # fmt: skip
# Further columns; those of coverage are in `coverage_terms.COLUMN_WORDS`, those of places in `labels.FIELD_WORDS`.
MADE_FIELD_WORDS: Mapping[str, str] = MappingProxyType({
    "dong_name": "Name of the dong",
    "residents": "Residents of the cell",
    "hours_served": "Hours a week with an open shelter within reach",
    "hours_nominal": "Hours a week with any shelter within reach, open or shut",
    "travel_min": "Minutes to the nearest shelter, open or shut",
    "name_en": "Name in English",
    "when": "When",
    "when_en": "When, in English",
    "hours": "Hours of the week without a shelter (0 = Monday 00:00)",
    "value": "Value",
    "unit": "Unit",
    "as_of": "As of",
    "dated_from": "First day of the stated date",
    "dated_until": "Last day of the stated date",
    "definition": "Definition",
    "formula": "Formula",
    "as_written": "As the source wrote it",
    "planned": "Planned, not reached",
    "series": "Series",
    "computed_from": "Worked out from",
    "by_dong": "By dong",
    "by_nationality": "By nationality",
    "source_note": "Note on the source",
    "source_url": "Address of the source",
})  # fmt: skip
