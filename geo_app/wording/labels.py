"""Words for codes: one table from each code to its message id, shared by lists, pages, the map and the command line."""

from collections.abc import Mapping

from geo_app.wording.catalogue import Words
from geo_app.wording.demand_terms import DEMAND_NAME_WORDS, DEMAND_UNIT_WORDS, INDEX_SCALE_WORDS
from geo_app.wording.figures import UNIT_WORDS

LAYER_WORDS = {
    "industrial-complexes": "Industrial complexes",
    "shelters": "Rest shelters",
    "village-jobs": "Village-job facilities",
    "improved-companies": "Improved companies",
    "public-facilities": "Public facilities",
    "dongs": "Administrative dongs",
    "legal-dongs": "Legal dongs",
}
KIND_WORDS = {
    "general": "General industrial complex",
    "agro-industrial": "Agro-industrial complex",
    "national": "National industrial complex",
    "cafe": "Cafe",
    "convenience_store": "Convenience store",
    "public": "Public shelter",
    "child-centre": "Community child centre",
    "small-library": "Small library",
    "welfare-centre": "Welfare centre",
    "community-centre": "Community centre",
    "senior-centre": "Senior centre",
    "cultural-space": "Cultural space",
    "subscribed-office": "Subscribed office",
    "other": "Other",
    "workplace-innovation": "Workplace innovation",
    "facility": "Facility improvement",
    "working-environment": "Working environment",
    "toilet": "Open toilet",
    "dong-office": "Dong office",
    "laundry": "Workwear laundry",
    "support-centre": "Support centre",
    "administrative": "Administrative dong",
    "legal": "Legal dong",
}
HOLIDAY_KIND_WORDS = {
    "public": "Public holiday",
    "substitute": "Substitute holiday",
    "temporary": "Temporary public holiday",
    "election": "Election day",
    "local": "Local holiday",
}
ALERT_KIND_WORDS = {"heat-wave": "Heat-wave alert", "cold-wave": "Cold-wave alert"}
STATUS_WORDS = {
    "confirmed": "Confirmed",
    "reported": "Reported",
    "planned": "Planned",
    "closed": "Closed down",
    "sample": "Sample",
}
PRECISION_WORDS = {
    "address": "Known to the address",
    "street": "Known only to the street",
    "dong": "Known only to the dong",
    "complex": "Known only to the complex",
    "none": "Location not known yet",
}
ENTRY_WORDS = {
    "open-door": "Just walk in",
    "ask-staff": "Tell the staff; you need not buy anything",
    "purchase-expected": "They expect you to buy something",
    "registration": "Only for people who have registered",
    "card": "Opens with a card",
}
AMENITY_WORDS = {
    "toilet": "Toilet",
    "charging": "Charging",
    "water": "Water",
    "heating": "Heating",
    "cooling": "Cooling",
    "seats": "Seats",
    "women-only-room": "Women-only room",
    "motorbike-parking": "Motorbike parking",
    "no-purchase": "No purchase needed",
    "step-free": "Step-free",
    "accessible-toilet": "Accessible toilet",
}
PROGRAMME_WORDS = {"dalgona": "Dalgona partner", "city-shelter": "City shelter for mobile workers", "other": "Other programme"}
PART_WORDS = {
    "whole": "Whole complex lies in the district",
    "part": "Part of it lies in the district",
    "edge": "Only its edge lies in the district",
}
FIELD_WORDS = {
    "address": "Address",
    "dong": "Dong",
    "kind": "Kind",
    "status": "Status",
    "precision": "Location",
    "area_m2": "Area",
    "tenants": "Tenants",
    "employees": "Employees",
    "designated": "Designated",
    "completed": "Completed",
    "part_of_district": "Share of the district",
    "programme": "Programme",
    "seats": "Seats",
    "phone": "Phone",
    "note": "Note",
    "people_placed": "People placed",
    "period": "Period",
    "recruiting_from": "Recruiting from",
    "recruiting_until": "Recruiting until",
    "work_hours": "Working hours",
    "allowance": "Allowance",
    "eligibility": "Who may apply",
    "apply_url": "How to apply",
    "year": "Year",
    "effect": "Effect",
    "sector": "Sector",
    "complex": "Complex",
    "entry_note": "How to get in",
    "source": "Source",
    "as_of": "As of",
    "checked_on": "Checked on",
    "licence": "Licence",
    "name_en": "Name in English",
}
LICENCE_WORDS = {
    "KOGL-1": "Korea Open Government Licence type 1 (attribution)",
    "NGII-unrestricted": "free use with attribution (National Geographic Information Institute)",
    "MIT": "MIT",
    "facts": "facts",
}
# Sources of ours that are no address; a file somebody imported is shown by the name she gave it.
SOURCE_WORDS = {
    "sgis-2020": "Statistics Korea SGIS, 2020",
    "ngii-2023-09-15": "National Geographic Information Institute, 2023-09-15",
    "samples": "Sample data",
    "예시": "Sample data",
}
# By the name of the field that holds the code; `layer` and `amenity` for the codes of layers and of amenities.
CHOICE_WORDS: Mapping[str, Mapping[str, str]] = {
    "layer": LAYER_WORDS,
    "amenity": AMENITY_WORDS,
    "kind": KIND_WORDS,
    "status": STATUS_WORDS,
    "precision": PRECISION_WORDS,
    "entry": ENTRY_WORDS,
    "programme": PROGRAMME_WORDS,
    "part_of_district": PART_WORDS,
    "licence": LICENCE_WORDS,
    "source": SOURCE_WORDS,
}
ALL_TABLES = (
    FIELD_WORDS, UNIT_WORDS, HOLIDAY_KIND_WORDS, ALERT_KIND_WORDS, DEMAND_NAME_WORDS, DEMAND_UNIT_WORDS, INDEX_SCALE_WORDS,
    *CHOICE_WORDS.values(),
)  # fmt: skip


def label(words: Words, table: Mapping[str, str], code: str | None) -> str:
    """The word for a code; a code without a word is shown as it stands, an absent one as nothing."""
    return "" if code is None else words(table.get(code, code))


def choice_label(words: Words, field: str, code: str | None) -> str:
    """The word for a code of that field."""
    return label(words, CHOICE_WORDS[field], code)
