"""A demand in one sentence, for files and lines."""

from geo_app.planning.demand_info import DemandInfo
from geo_app.wording.catalogue import Words
from geo_app.wording.demand_terms import demand_name
from geo_app.wording.question_terms import UNIT_WORDS


def demand_text(info: DemandInfo, words: Words) -> str:
    """Whom a demand counts, of which year, in what unit, from where, and whether it is an assumption."""
    unit = words(UNIT_WORDS[info.unit.value])
    named = demand_name(words, info.name_msgid, info.names)
    about = unit if info.year is None else words("{year}, {unit}", year=info.year, unit=unit)
    told = words("{name} ({about}); source: {source}", name=named, about=about, source=info.source)
    return words("{demand}; an assumption", demand=told) if info.is_assumption else told
