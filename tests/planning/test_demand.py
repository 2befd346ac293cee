"""Demand over the cells of the demo district: sums that must stay, curves, mixes, tables, and what is left out."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.domain.demand import DemandUnit, UnknownDemand, curves_record
from geo_app.domain.errors import BadArgument
from geo_app.domain.record import canonical_json
from geo_app.planning.cells import build_cells
from geo_app.planning.curves import get_curves
from geo_app.planning.default_curves import list_default_curves
from geo_app.planning.demand import list_demands, load_demand
from geo_app.planning.demand_tables import overlaps
from geo_app.spatial.grid import GridSquare, parse_grid_code


@pytest.fixture(scope="module")
def snapshot(demo_workspace):
    return demo_workspace.keeper.current


@pytest.fixture(scope="module")
def cells(snapshot):
    return build_cells(snapshot)


@pytest.fixture
def with_document(snapshot):
    def make(name, value):
        return replace(snapshot, documents={**snapshot.documents, name: canonical_json(value)})

    return make


def table(rows, **changes):
    return {"name": "야간 노동자", "year": 2026, "source": "구청", "unit": "people", "placed_by": "cell", "rows": rows, **changes}


def dong_properties(snapshot):
    layer = snapshot.layers["dongs"]
    return [layer.feature(position)["properties"] for position in layer.pins.tolist()]


@pytest.mark.parametrize(
    ("text", "year", "read"),
    [
        ("residents", 2025, lambda row: row["population"]["2025"]["total"]),
        ("residents:2015", 2015, lambda row: row["population"]["2015"]["total"]),
        ("foreign-residents", 2025, lambda row: row["population"]["2025"]["foreign"]),
        ("establishments", 2020, lambda row: row["establishments"]["2020"]),
    ],
)
def test_each_dong_keeps_its_figure(snapshot, cells, text, year, read):
    demand = load_demand(snapshot, cells, text)
    expected = [read(row) for row in dong_properties(snapshot)]
    assert cells.sum_by_dong(demand.weights(0)) == pytest.approx(expected, rel=1e-9)
    assert (demand.info.year, demand.info.key, demand.info.left_out) == (year, text, ())
    assert not demand.info.is_assumption
    assert "통계청" in demand.info.source


def test_people_of_a_dong_lie_evenly_over_its_ground(snapshot, cells):
    weights = load_demand(snapshot, cells).weights(0)
    for dong in range(len(cells.dong_ids)):
        mine = cells.piece_dong == dong
        density = weights[mine] / cells.piece_area_m2[mine]
        assert density == pytest.approx(density[0])


def test_a_count_is_the_same_at_every_hour(snapshot, cells):
    totals = load_demand(snapshot, cells).totals()
    assert totals.shape == (168,)
    assert (totals == totals[0]).all()


def test_the_newest_year_by_name_is_the_default_by_another_name(snapshot, cells):
    assert load_demand(snapshot, cells, "residents:2025").info == load_demand(snapshot, cells, "residents").info


def test_workers_of_the_complexes_stand_on_their_ground_and_the_others_are_named(snapshot, cells):
    demand = load_demand(snapshot, cells, "complex-workers")
    layer = snapshot.layers["industrial-complexes"]
    rows = [layer.feature(position) for position in range(len(layer))]
    known = [row["properties"]["employees"] for row in rows if row["geometry"] and row["properties"].get("employees")]
    unknown = {row["properties"]["name"] for row in rows if not (row["geometry"] and row["properties"].get("employees"))}
    assert set(demand.info.left_out) == unknown
    assert unknown
    assert 0 < demand.totals()[0] <= sum(known) + 1e-6
    assert demand.info.is_rough
    assert demand.info.unit is DemandUnit.PEOPLE
    assert cells.sum_by_dong(demand.weights(0))[cells.dong_names.index("하남동")] > 0


@pytest.mark.parametrize("job", ["rider", "designated-driver", "courier", "complex-shift"])
def test_a_job_without_a_head_count_is_an_index_of_a_thousand_at_its_busiest(snapshot, cells, job):
    demand = load_demand(snapshot, cells, f"job:{job}")
    assert demand.totals().max() == pytest.approx(1_000)
    assert demand.info.unit is DemandUnit.INDEX
    assert demand.info.is_assumption
    for hour in (0, 26, 167):
        assert demand.weights(hour).sum() == pytest.approx(demand.totals()[hour])


def test_the_hours_of_the_jobs_are_those_that_their_reasons_tell(snapshot, cells):
    rider = load_demand(snapshot, cells, "job:rider").totals().reshape(7, 24)
    driver = load_demand(snapshot, cells, "job:designated-driver").totals().reshape(7, 24)
    courier = load_demand(snapshot, cells, "job:courier").totals().reshape(7, 24)
    assert rider[1].argmax() == 18
    assert driver[4].argmax() in (21, 22)
    assert (driver[:, 4:18] == 0).all()
    assert driver[5, 2] > driver[1, 2], "the night of Friday runs into Saturday"
    assert (courier[:, :7] == 0).all()
    assert (courier[:, 20:] == 0).all()


def test_all_jobs_are_an_equal_mix(snapshot, cells):
    demand = load_demand(snapshot, cells, "jobs")
    assert [part.base.sum() for part in demand.parts] == pytest.approx([250] * 4)
    assert demand.totals() == pytest.approx(sum(load_demand(snapshot, cells, f"job:{part.job}").totals() / 4 for part in demand.parts))
    assert demand.weights(42).sum() == pytest.approx(demand.totals()[42])


def test_a_mix_is_taken_by_proportion(snapshot, cells):
    demand = load_demand(snapshot, cells, "mix:rider=60,courier=40")
    same = load_demand(snapshot, cells, "mix: rider=3, courier=2")
    assert [(part.job, part.base.sum()) for part in demand.parts] == [("rider", pytest.approx(600)), ("courier", pytest.approx(400))]
    assert demand.info.key == same.info.key == "mix:rider=60,courier=40"
    assert np.array_equal(demand.weights(42), same.weights(42))


@pytest.mark.parametrize("text", ["mix:", "mix:rider", "mix:rider=0", "mix:rider=-1", "mix:rider=1,rider=2", "mix:rider=nan"])
def test_a_mix_that_cannot_be_read_is_refused(snapshot, cells, text):
    with pytest.raises(BadArgument):
        load_demand(snapshot, cells, text)


@pytest.mark.parametrize("text", ["", "people", "residents:1999", "residents:", "job:pilot", "mix:pilot=1", "table:nothing"])
def test_an_unknown_demand_names_the_known_ones(snapshot, cells, text):
    with pytest.raises(UnknownDemand) as fault:
        load_demand(snapshot, cells, text)
    for known in ("residents", "residents:2020", "complex-workers", "job:rider", "jobs"):
        assert known in str(fault.value.values["known"]).split(", ")


def test_every_demand_that_is_listed_can_be_loaded(snapshot, cells):
    infos = list_demands(snapshot)
    assert infos[0].key == "residents"
    assert [load_demand(snapshot, cells, info.key).info for info in infos] == list(infos)


def test_a_head_count_makes_people_of_an_index(with_document, cells):
    record = curves_record(list_default_curves())
    record[0] |= {"people": 1200, "people_source": "구청 2026 조사"}
    demand = load_demand(with_document("curves", record), cells, "job:rider")
    assert (demand.info.unit, demand.totals().max()) == (DemandUnit.PEOPLE, pytest.approx(1_200))
    assert "구청 2026 조사" in demand.info.source


def test_a_district_without_curves_gets_the_built_in_ones_and_is_told_so(snapshot, cells):
    bare = replace(snapshot, documents={name: text for name, text in snapshot.documents.items() if name != "curves"})
    assert get_curves(bare).is_built_in
    assert not get_curves(snapshot).is_built_in
    assert load_demand(bare, cells, "job:rider").totals() == pytest.approx(load_demand(snapshot, cells, "job:rider").totals())


def test_a_table_by_grid_keeps_its_figures(with_document, cells):
    rows = [[cells.codes[0], 10.0], [cells.codes[1500], 32.5]]
    demand = load_demand(with_document("demand:night", table(rows)), cells, "table:night")
    by_cell = cells.sum_by_cell(demand.weights(3))
    assert (by_cell[0], by_cell[1500], by_cell.sum()) == (pytest.approx(10), pytest.approx(32.5), pytest.approx(42.5))
    assert (demand.info.year, demand.info.names["ko"]) == (2026, "야간 노동자")


@given(st.sampled_from([10, 100, 250, 500, 1_000]), st.integers(0, 4_000), st.integers(0, 4_000))
def test_the_parts_of_a_square_on_cells_are_its_area(size_m, column, row):
    square = GridSquare(930_000 + column * size_m, 1_680_000 + row * size_m, size_m)
    shared = overlaps(square)
    assert sum(share for _, share in shared) * 62_500 == pytest.approx(size_m**2)
    assert len({corner for corner, _ in shared}) == len(shared)


@pytest.mark.parametrize("code", ["다라3380", "다라33a80b", "다라331802", "다라33128020"])
def test_a_square_of_any_size_puts_its_whole_figure_on_the_cells_it_meets(with_document, cells, code):
    demand = load_demand(with_document("demand:night", table([[code, 7.0]])), cells, "table:night")
    assert demand.totals()[0] == pytest.approx(7)
    met = {cells.position_of[corner] for corner, _ in overlaps(parse_grid_code(code)) if corner in cells.position_of}
    assert set(np.flatnonzero(cells.sum_by_cell(demand.weights(0)))) == met


def test_a_table_by_dong_names_the_dongs_that_are_gone(with_document, cells):
    rows = [[cells.dong_ids[2], 80.0], ["dg-999999", 5.0]]
    demand = load_demand(with_document("demand:night", table(rows, placed_by="dong")), cells, "table:night")
    assert cells.sum_by_dong(demand.weights(0))[2] == pytest.approx(80)
    assert demand.totals()[0] == pytest.approx(80)
    assert demand.info.left_out == ("dg-999999",)


def test_without_a_base_that_is_known_a_job_weighs_nothing(snapshot):
    layers = {name: layer for name, layer in snapshot.layers.items() if name != "industrial-complexes"}
    bare = replace(snapshot, layers=layers)
    demand = load_demand(bare, build_cells(bare), "job:complex-shift")
    assert (demand.totals() == 0).all()
