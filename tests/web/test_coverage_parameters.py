"""The question of coverage: every bad parameter at once, the same question in one form, no text that breaks the door."""

import json
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from geo_app.domain.calendar import SEOUL
from geo_app.planning.question import CoverageQuestion
from geo_app.web.coverage_parameters import MOST_SITES, QUESTION, read_question
from geo_app.web.parameters import BadParameters

DEFAULTS = {
    "layer": "shelters", "mode": "walk", "minutes": "10", "at": "2026-11-24T02:00+09:00", "demand": "residents", "day": "calendar",
    "neighbours": "true", "registered": "false", "checked": "false", "stay_min": "0", "nth": "1",
}  # fmt: skip


@pytest.fixture
def read(client):
    """Reads parameters as a request does."""

    def asked(*pairs, **given):
        with client.application.test_request_context("/api/coverage"):
            return read_question(MultiDict([*pairs, *given.items()]))

    return asked


def problems(read, *pairs, **given):
    with pytest.raises(BadParameters) as fault:
        read(*pairs, **given)
    return {(problem.column, problem.code) for problem in fault.value.problems}


def test_without_parameters_the_question_is_the_usual_one_at_this_minute(read):
    asked = read()
    assert asked.is_now
    assert (asked.question.at.second, asked.question.at.tzinfo) == (0, SEOUL)
    assert asked.question == CoverageQuestion(at=asked.question.at)


def test_the_parameters_of_a_question_are_all_told_and_ask_it_again(read):
    asked = read(at="2026-11-24T02:00:59")
    assert asked.parameters == DEFAULTS
    assert read(**asked.parameters)[:4] == asked[:4]


def test_the_same_question_in_other_words_is_the_same_question(read):
    first = read(at="2026-11-24T02:00", sites="sh-000007,sh-000006,sh-000006", minutes="10.0")
    second = read(at="2026-11-23T17:00Z", sites="sh-000006,sh-000007", minutes="10", neighbours="true")
    assert first[:4] == second[:4]
    assert first.parameters["sites"] == "sh-000006,sh-000007"


def test_all_that_is_bad_is_named_at_once(read):
    unreadable = ("minutes", "mode", "at", "layer", "day", "stay_min", "revision", "neighbours", "edits", "without")
    found = problems(
        read, ("nth", "1"), ("nth", "2"),
        minutes="0", mode="fly", at="gestern", layer="dongs", day="sunday", stay_min="-1", revision="0", neighbours="yes",
        edits="open:1", sites="sh-999999", without="x", demand="nobody", bogus="1",
    )  # fmt: skip
    assert found == {
        ("bogus", "unknown-parameter"), ("edits", "bad-edit"),
        ("nth", "repeated-parameter"), ("sites", "unknown-sites"), ("demand", "unknown-demand"),
        *((name, "unreadable-parameter") for name in unreadable if name != "edits"),
    }  # fmt: skip


def test_a_change_of_a_place_that_is_not_counted_is_named(read):
    assert problems(read, edits="close:sh-999999") == {("edits", "unknown-edited-site")}
    assert problems(read, demand="mix:rider=x", edits="close:sh-999999") == {("edits", "unknown-edited-site"), ("demand", "bad-argument")}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("sites", ",".join(["sh-000006"] * (MOST_SITES + 1))),
        ("without", "sh-000006," * 5_000),
        ("edits", "close:sh-000006;" * 1_000),
        ("edits", ";".join(["close:sh-000006"] * 21)),
        ("demand", "r" * 10_000),
        ("minutes", "1" * 400),
        ("minutes", "120.01"),
        ("minutes", "nan"),
        ("at", "2" * 10_000),
        ("nth", "9" * 5_000),
        ("revision", "9" * 5_000),
    ],
)
def test_a_hostile_length_is_refused_in_few_words(client, name, text):
    answer = client.get("/api/coverage", query_string={name: text})
    assert answer.status_code == 400
    assert len(answer.data) < 3_000
    assert [problem["parameter"] for problem in json.loads(answer.data)["problems"]] == [name]


def test_a_place_that_the_question_opens_may_be_named_in_it(read):
    asked = read(edits="open:126.8,35.15,24/7", sites="new-1,sh-000006")
    assert asked.question.sites == ("new-1", "sh-000006")
    assert problems(read, edits="open:126.8,35.15,24/7", sites="new-2") == {("sites", "unknown-sites")}


def test_an_unknown_scenario_and_revision_are_not_found(client):
    assert client.get("/api/coverage", query_string={"revision": "999"}).status_code == 404
    assert client.get("/api/coverage", query_string={"scenario": "x" * 22}).status_code == 404


def test_a_saved_scenario_brings_its_changes_and_given_ones_take_their_place(make_client, workspace):
    from geo_app.settings import load_settings
    from geo_app.web.app import create_app

    client = create_app(load_settings({"GEO_APP_HOME": str(workspace.home.folder)}), workspace).test_client()
    saved = client.post("/scenarios", json={"name": "밤", "edits": "close:sh-000006"}, headers={"Accept": "application/json"})
    assert saved.status_code == 201, saved.data
    token = json.loads(saved.data)["token"]

    def edits(**given):
        asked = client.get("/api/coverage", query_string={"at": "2026-11-24T02:00", "scenario": token, **given})
        assert token not in asked.get_data(as_text=True)
        return json.loads(asked.data)["parameters"].get("edits")

    assert edits() == "close:sh-000006"
    assert edits(edits="close:sh-000007") == "close:sh-000007"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from([item.name for item in QUESTION]), st.text(max_size=40), min_size=1, max_size=4))
def test_no_text_breaks_the_door(client, query):
    answer = client.get("/api/coverage/values", query_string={"at": "2026-11-24T02:00", **query})
    assert answer.status_code in (200, 400, 404), answer.data


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    minutes=st.decimals(1, 120, places=2), stay=st.integers(0, 1440), nth=st.integers(1, 10),
    at=st.datetimes(datetime(2001, 1, 1), datetime(2098, 1, 1)),  # noqa: DTZ001 as somebody types it, without a zone
    flags=st.tuples(st.booleans(), st.booleans(), st.booleans()),
)  # fmt: skip
def test_every_question_comes_back_from_its_parameters(read, minutes, stay, nth, at, flags):
    neighbours, registered, checked = (str(flag).lower() for flag in flags)
    asked = read(
        minutes=str(minutes), stay_min=str(stay), nth=str(nth), at=at.isoformat(), neighbours=neighbours, registered=registered,
        checked=checked,
    )  # fmt: skip
    assert read(**asked.parameters)[:4] == asked[:4]
