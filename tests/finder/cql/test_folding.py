"""Patterns match as a plain regular expression would, but never take long over it."""

import time

from finder.cql_oracle import like
from hypothesis import example, given, settings
from hypothesis import strategies as st

from geo_app.finder.cql.folding import build_matcher, fold_accents, fold_case


@settings(max_examples=500, deadline=None)
@given(st.text(alphabet="ab%_\\.*가", max_size=8), st.text(alphabet="ab%_\\.*가\n", max_size=8))
@example("a%a", "a")
@example("%ab%ab", "ab")
@example("\\", "\\")
@example("%\\%", "50%")
def test_a_pattern_matches_what_the_second_witness_matches(pattern, text):
    assert build_matcher(pattern)(text) == like(text, pattern)


def test_many_wildcards_over_a_long_text_do_not_take_long():
    matches, began = build_matcher("%a" * 1_500 + "%b"), time.perf_counter()
    assert not matches("a" * 20_000)
    assert time.perf_counter() - began < 1


def test_case_and_accents_are_folded_and_hangul_stays_whole():
    assert fold_case("STRASSE") == fold_case("straße")
    assert fold_accents("débárquér") == "debarquer"
    assert fold_accents("쉼터 Đà Nẵng") == "쉼터 Đa Nang"
