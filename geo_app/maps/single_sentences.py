"""The sentences that only the map file's own scripts speak (`static/js/single`); the rest are the map page's. A test compares them."""

SINGLE_SENTENCES: tuple[str, ...] = (
    "Past the times this file knows",
    "Past the times this file knows: it was made on {date} and tells for two weeks. It cannot say who is open. Fetch a new file.",
)
