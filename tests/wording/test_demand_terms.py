"""What demands are called: every built-in name has its message, and names that data gives are preferred."""

import pytest

from geo_app.planning.cells import build_cells
from geo_app.planning.demand import list_demands, load_demand
from geo_app.wording.catalogue import get_words
from geo_app.wording.demand_terms import DEMAND_NAME_WORDS, DEMAND_UNIT_WORDS, demand_name, demand_unit


def test_every_built_in_demand_has_words_in_korean(demo_workspace):
    snapshot, korean = demo_workspace.keeper.current, get_words("ko")
    infos = [*list_demands(snapshot), load_demand(snapshot, build_cells(snapshot), "mix:rider=1").info]
    for info in infos:
        assert info.names or info.name_msgid in DEMAND_NAME_WORDS.values()
        assert demand_name(korean, info.name_msgid, info.names) != info.name_msgid
        assert DEMAND_UNIT_WORDS[info.unit.value] in korean.messages


def test_an_index_says_a_thousand_only_where_that_is_its_busiest_hour(demo_workspace):
    snapshot = demo_workspace.keeper.current
    cells, english = build_cells(snapshot), get_words("en")
    for text in ("job:rider", "job:courier", "jobs", "mix:rider=60,courier=40"):
        demand = load_demand(snapshot, cells, text)
        has_hour = demand.totals().max() == pytest.approx(1_000)
        told = demand_unit(english, demand.info.unit.value, demand.info.key)
        assert (told == "index (1,000 at the busiest hour)") == has_hour, text
    assert "times its share" in demand_unit(english, "index", "jobs")
    assert demand_unit(get_words("ko"), "index", "table:night") == "지수"
    assert demand_unit(get_words("ko"), "people", "job:rider") == "명"


def test_a_name_that_data_gives_comes_in_the_reader_s_language_else_in_english_else_in_korean():
    assert demand_name(get_words("vi"), "", {"ko": "라이더", "en": "Rider", "vi": "Tài xế"}) == "Tài xế"
    assert demand_name(get_words("vi"), "", {"ko": "라이더", "en": "Rider"}) == "Rider"
    assert demand_name(get_words("vi"), "", {"ko": "라이더"}) == "라이더"
