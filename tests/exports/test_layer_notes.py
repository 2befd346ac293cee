"""Licences, sources and days of a layer as its records tell them."""

from geo_app.exports.layer_notes import find_licence_address, layer_metadata, read_notes

CARDS = [
    {"file": "dongs.geojson", "title": "행정동 경계", "producer": "통계청", "licence": "KOGL-1", "licence_url": "https://www.kogl.or.kr/"},
    {"file": "shelters.json", "title": "쉼터", "producer": "기사", "licence": "facts", "licence_url": ""},
]


def _feature(source="a", licence="facts", status="reported", **days):
    return {"properties": {"source": source, "status": status, **({"licence": licence} if licence else {}), **days}}


def test_licences_and_sources_stand_by_how_many_records_have_them():
    notes = read_notes("shelters", [_feature(), _feature("b", "MIT"), _feature("b"), _feature("b", None)], CARDS)
    assert (notes.licences, notes.sources) == (("facts", "MIT"), ("b", "a"))
    assert (notes.licence_text, notes.source_text) == ("facts; MIT", "쉼터 (기사); b; a")


def test_days_are_those_of_real_records_only():
    features = [
        _feature(as_of="2026-01-18", checked_on="2026-11-20"), _feature(as_of="2025-07-16"), _feature(status="sample", as_of="2026-11-21"),
    ]  # fmt: skip
    notes = read_notes("shelters", features, CARDS)
    assert (notes.as_of, notes.checked_on) == (("2025-07-16", "2026-01-18"), ("2026-11-20", "2026-11-20"))
    assert read_notes("shelters", [_feature(status="sample", as_of="2026-11-21")], []).as_of is None


def test_the_card_of_the_file_is_named_as_long_as_its_records_are_there(metadata):
    assert read_notes("dongs", [_feature("sgis", "KOGL-1")], CARDS).card == CARDS[0]
    assert read_notes("dongs", [_feature("office", "facts")], CARDS).card is None
    assert read_notes("village-jobs", [_feature()], CARDS).card is None


def test_a_file_says_what_the_notes_say(metadata):
    told = layer_metadata("dongs", 3, metadata("dongs").made_at, read_notes("dongs", [_feature("sgis", "KOGL-1")], CARDS)).members()
    assert (told["licence"], told["source"], told["revision"]) == ("KOGL-1", "행정동 경계 (통계청); sgis", 3)


def test_a_licence_without_an_address_has_none():
    assert find_licence_address("KOGL-1", CARDS) == "https://www.kogl.or.kr/"
    assert find_licence_address("facts", CARDS) is None
    assert find_licence_address("unheard of", CARDS) is None
