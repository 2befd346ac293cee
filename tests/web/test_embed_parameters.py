"""The parameters of frames and pictures: read, told again, refused all at once."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from geo_app.domain.calendar import SEOUL
from geo_app.web.embed_parameters import EMBED, EMBED_LAYERS, SHOWS, THEMES, EmbedRequest, embed_query, read_embed
from geo_app.web.parameters import BadParameters
from geo_app.wording.catalogue import LANGUAGES

minutes = st.integers(0, 97 * 365 * 24 * 60).map(lambda count: datetime(2001, 1, 1, tzinfo=SEOUL) + timedelta(minutes=count))
requests = st.builds(
    EmbedRequest,
    layers=st.sets(st.sampled_from(EMBED_LAYERS), min_size=1).map(lambda names: tuple(name for name in EMBED_LAYERS if name in names)),
    area=st.one_of(st.just(""), st.integers(0, 999_999).map(lambda number: f"dg-{number:06d}")),
    lang=st.sampled_from(LANGUAGES),
    theme=st.sampled_from(THEMES),
    show=st.sampled_from(SHOWS),
    only_open=st.booleans(),
    at=minutes,
    is_now=st.just(value=False),
    check=st.booleans(),
)


@given(requests)
def test_what_a_request_says_of_itself_reads_back_as_the_same(asked):
    assert read_embed(MultiDict(embed_query(asked))) == asked


@given(requests)
def test_a_query_keeps_the_order_of_the_table_and_says_nothing_twice(asked):
    names = [item.name for item in EMBED]
    told = list(embed_query(asked))
    assert told == sorted(told, key=names.index)


def test_nothing_asked_is_the_shelters_of_the_whole_district_now():
    before = datetime.now(SEOUL)
    asked = read_embed(MultiDict())
    assert before <= asked.at <= before + timedelta(seconds=60)
    assert (asked.layers, asked.area, asked.lang, asked.theme, asked.show) == (("shelters",), "", "ko", "auto", "both")
    assert (asked.is_now, asked.only_open, asked.check) == (True, False, False)
    assert embed_query(asked) == {}


def test_layers_stand_in_our_order_each_once():
    asked = read_embed(MultiDict({"layers": "village-jobs,shelters,village-jobs"}))
    assert asked.layers == ("shelters", "village-jobs")


@pytest.mark.parametrize("layers", ["dongs", "legal-dongs", "shelters,", "Shelters", "shelters;village-jobs"])
def test_only_layers_of_places_can_be_shown(layers):
    with pytest.raises(BadParameters):
        read_embed(MultiDict({"layers": layers}))


def test_everything_that_cannot_be_used_is_named_at_once():
    with pytest.raises(BadParameters) as fault:
        read_embed(
            MultiDict(
                [
                    ("layers", "x"),
                    ("area", "ld-1"),
                    ("lang", "fr"),
                    ("theme", "red"),
                    ("show", "all"),
                    ("open", "yes"),
                    ("at", "soon"),
                    ("q", "1"),
                ]
            )
        )
    assert {problem.column for problem in fault.value.problems} == {"layers", "area", "lang", "theme", "show", "open", "at", "q"}
