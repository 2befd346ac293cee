"""Names of fields that only the doors for programs show to people; the others have theirs on every page (`labels`)."""

FURTHER_FIELD_WORDS = {
    "id": "Identifier",
    "geometry": "Geometry",
    "name": "Name",
    "hours": "Opening hours",
    "closures": "Days it is closed",
    "dated_hours": "Hours on certain days",
    "source_key": "Key at the source",
    "source_url": "Address of the source",
    "amenities": "Amenities",
    "entry": "Who may come in",
    "legal_dongs": "Legal dongs it lies in",
    "administrative_dongs": "Administrative dongs it lies in",
    "projects": "Projects",
    "figures": "Figures by year",
    "aged": "Built long ago",
    "completed_year": "Year of completion",
    "codes": "Official codes",
    "population": "Population",
    "establishments": "Businesses",
    "consent": "Agreed to be named",
}
