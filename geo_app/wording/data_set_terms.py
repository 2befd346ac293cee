"""What each data set holds, in a sentence for people and search engines."""

from geo_app.wording.catalogue import Words

DATA_SET_WORDS = {
    "industrial-complexes": (
        "Industrial complexes with area, tenants, employees, year of completion and improvement works, each figure with its source."
    ),
    "shelters": "Rest shelters for mobile workers: places, opening hours as each source tells them, closures, amenities and how to get in.",
    "village-jobs": (
        "Facilities that take part in village jobs, with people placed, recruiting and working hours as far as they are published."
    ),
    "improved-companies": "Companies whose working environment was improved, by programme and year, as far as they agreed to be named.",
    "public-facilities": "Open toilets, dong offices, laundries and support centres that riders need and that are no shelters.",
    "dongs": "Boundaries of administrative dongs with their codes, population and establishments.",
    "legal-dongs": "Boundaries of legal dongs with their codes.",
    "indicators": "Dated indicators of the district with definition, formula and source.",
}


def data_set_description(name: str, words: Words) -> str:
    """The sentence; empty for a data set without one."""
    return words(DATA_SET_WORDS[name]) if name in DATA_SET_WORDS else ""
