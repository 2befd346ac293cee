import math
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
import shapely
from opening_hours import OpeningHours

from geo_app.domain.errors import BadArgument
from geo_app.domain.hours import parse_holiday_rule
from geo_app.domain.layers import AMENITIES, ENTRY_RULES, get_layer
from geo_app.domain.provenance import Precision, Status
from geo_app.domain.record import draft_record, load_draft
from geo_app.ingest.district_checks import check_draft
from geo_app.ingest.district_files import load_drafts
from geo_app.ingest.samples import sample_drafts
from geo_app.spatial.geodesy import distance_m

DATA = Path(__file__).parents[2] / "data" / "gwangsan"
TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def places():
    return load_drafts(DATA)


@pytest.fixture(scope="module", params=[1, 7, 2026])
def samples(request, places):
    return sample_drafts(places, seed=request.param, today=TODAY)


def test_counts_are_those_of_the_plan(samples):
    assert Counter((sample.layer, sample.kind) for sample in samples if sample.layer == "shelters") == {
        ("shelters", "cafe"): 38,
        ("shelters", "convenience_store"): 8,
    }
    assert Counter(sample.layer for sample in samples) == {
        "shelters": 46,
        "village-jobs": 37,
        "improved-companies": 6,
        "public-facilities": 3,
    }
    assert len({sample.kind for sample in samples if sample.layer == "village-jobs"}) == 7
    assert "subscribed-office" not in {sample.kind for sample in samples}


def test_a_sample_says_so_in_its_name_status_source_and_note(samples):
    for sample in samples:
        assert sample.name.startswith("예시 ")
        assert sample.status is Status.SAMPLE
        assert sample.precision is Precision.STREET
        assert sample.address is None
        assert sample.provenance.source == "samples"
        assert sample.provenance.source_key.startswith("sample-")
        assert "예시 위치" in sample.attributes["note"]
    assert len({sample.provenance.source_key for sample in samples}) == len(samples)
    assert len({(sample.layer, sample.name) for sample in samples}) == len(samples)


def test_samples_do_not_add_up_to_an_official_figure(samples):
    assert sum(sample.attributes.get("people_placed", 0) for sample in samples) != 363


def test_every_sample_keeps_its_layers_rules_and_survives_storage(samples):
    for sample in samples:
        check_draft(sample, get_layer(sample.layer), file="samples")
        record = draft_record(sample)
        assert draft_record(load_draft(record)) == record


def test_a_sample_stands_near_a_dong_office_or_in_a_complex_and_in_the_district(samples, places):
    district = shapely.union_all([place.geometry for place in places if place.layer == "dongs"])
    circles = [(place.geometry, 400.0) for place in places if place.kind == "dong-office"]
    complexes = [place for place in places if place.layer == "industrial-complexes" and place.geometry is not None]
    circles += [(place.geometry, math.sqrt(place.attributes["area_m2"] / math.pi)) for place in complexes]
    for sample in samples:
        point = sample.geometry
        assert district.covers(point)
        assert any(distance_m(point.x, point.y, centre.x, centre.y) <= reach_m for centre, reach_m in circles)


def test_a_sample_named_after_a_dong_stands_in_that_dong(samples, places):
    dongs = {place.name: place.geometry for place in places if place.layer == "dongs"}
    named = [(sample, sample.name.split()[2]) for sample in samples if sample.name.split()[2] in dongs]
    assert len(named) == 75
    assert all(dongs[name].covers(sample.geometry) for sample, name in named)


def test_companies_consented_and_stand_in_named_complexes(samples, places):
    companies = [sample for sample in samples if sample.layer == "improved-companies"]
    names = {place.name for place in places if place.layer == "industrial-complexes"}
    assert Counter(company.kind for company in companies) == {"workplace-innovation": 2, "facility": 2, "working-environment": 2}
    assert all(company.attributes["consent"] is True and company.attributes["complex"] in names for company in companies)


def test_the_same_seed_and_day_give_the_same_samples_and_another_seed_others(places):
    first = [draft_record(sample) for sample in sample_drafts(places, seed=3, today=TODAY)]
    assert [draft_record(sample) for sample in sample_drafts(places, seed=3, today=TODAY)] == first
    assert [draft_record(sample) for sample in sample_drafts(places, seed=4, today=TODAY)] != first


def test_the_day_moves_only_what_is_dated(places):
    now, later = (sample_drafts(places, seed=3, today=TODAY + timedelta(days=days)) for days in (0, 30))
    assert [sample.geometry for sample in now] == [sample.geometry for sample in later]
    assert [sample.name for sample in now] == [sample.name for sample in later]


def test_a_second_reader_parses_every_rule_and_the_variety_is_real(samples):
    statements = [statement for sample in samples for statement in sample.hours]
    rules = {statement.opening_hours for statement in statements}
    for rule in rules - {None}:
        OpeningHours(rule)
    assert None in rules
    assert "24/7" in rules
    assert any("-02:00" in rule or "-04:00" in rule for rule in rules if rule)
    assert any("Su[2,4] off" in rule for rule in rules if rule)
    assert any("14:00,15:00" in rule for rule in rules if rule)
    treatments = {statement.on_holidays for statement in statements}
    assert {None, "usual", "closed", "sunday", "closed-seollal-chuseok", "hours:10:00-16:00"} == treatments
    assert all(str(parse_holiday_rule(treatment)) == treatment for treatment in treatments - {None})


def test_entries_and_amenities_are_varied(samples):
    shelters = [sample for sample in samples if sample.layer == "shelters"]
    assert {shelter.attributes["entry"] for shelter in shelters} == set(ENTRY_RULES)
    assert {amenity for shelter in shelters for amenity in shelter.attributes["amenities"]} == set(AMENITIES)


def test_no_sample_expects_a_purchase_and_says_that_none_is_needed(samples):
    shelters = [sample.attributes for sample in samples if sample.layer == "shelters"]
    free = [item["entry"] for item in shelters if "no-purchase" in item["amenities"]]
    assert free
    assert "purchase-expected" not in free


def test_public_places_open_all_night_stand_beside_the_shelters(samples):
    places = [sample for sample in samples if sample.layer == "public-facilities"]
    assert {place.kind for place in places} == {"support-centre", "other"}
    assert {statement.opening_hours for place in places for statement in place.hours} == {"24/7"}
    assert all(place.attributes["entry"] in {"open-door", "ask-staff"} for place in places)


def test_some_facilities_recruit_today_some_later_and_some_no_more(samples):
    facilities = [sample.attributes for sample in samples if sample.layer == "village-jobs"]
    days = [(item["recruiting_from"], item["recruiting_until"]) for item in facilities if "recruiting_from" in item]
    dated = [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in days]
    assert all(first <= last for first, last in dated)
    assert sum(first <= TODAY <= last for first, last in dated) == 10
    assert any(first > TODAY for first, _ in dated)
    assert any(last < TODAY for _, last in dated)
    assert len(dated) < len(facilities)


def test_a_few_shelters_are_shut_for_a_while_around_today(samples):
    shut = [closure for sample in samples for closure in sample.closures]
    assert len(shut) == 3
    assert all(closure.first <= TODAY <= closure.last for closure in shut)


def test_a_district_of_dongs_alone_gets_its_samples_too(places):
    dongs = [place for place in places if place.layer == "dongs"]
    samples = sample_drafts(dongs, seed=1, today=TODAY)
    assert len(samples) == 92
    assert not any(sample.attributes.get("complex") for sample in samples)


def test_no_dong_no_samples():
    with pytest.raises(BadArgument):
        sample_drafts([], seed=1, today=TODAY)
