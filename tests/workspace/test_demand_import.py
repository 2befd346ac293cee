"""Tables and curves as revisions: one each, none where nothing differs, none while anything is wrong."""

from datetime import datetime

import pytest

from geo_app.domain.calendar import SEOUL
from geo_app.domain.demand import DemandUnit
from geo_app.domain.errors import BadArgument
from geo_app.exports.csv_file import write_csv_rows
from geo_app.ingest.curves_file import COLUMNS, curve_rows
from geo_app.planning.cells import build_cells
from geo_app.planning.demand import list_demands, load_demand
from geo_app.workspace.calendar_edits import Editor
from geo_app.workspace.demand_import import TableOrder, UnknownTable, import_curves, import_table, read_curve_book, remove_table

EDITOR = Editor("tester", "구청 자료", datetime(2026, 11, 21, 13, 0, tzinfo=SEOUL))


@pytest.fixture
def order(tmp_path):
    def make(text, **changes):
        path = tmp_path / "표.csv"
        path.write_text(text, encoding="cp949")
        told = {
            "path": path,
            "key": "night",
            "name": "야간 노동자",
            "year": 2026,
            "source": "구청 2026",
            "unit": DemandUnit.PEOPLE,
            **changes,
        }
        return TableOrder(**told)

    return make


@pytest.fixture
def curves(workspace, tmp_path):
    """Writes the curves to a file after a change of its rows."""

    def write(change):
        rows = curve_rows(read_curve_book(workspace).jobs)
        change(rows)
        path = tmp_path / "곡선.csv"
        write_csv_rows(COLUMNS, rows, path, encoding="utf-8-sig")
        return path

    return write


def test_a_table_is_one_revision_that_holds_its_source_year_and_digest(workspace, order):
    head = workspace.ledger.head_number()
    done = import_table(workspace, order("행정동,인원\n하남동,320\n광산구 송정1동,80\n"), EDITOR)
    assert done.revision.number == head + 1
    assert (done.revision.actor, done.revision.reason) == ("tester", "구청 자료")
    assert [(item.collection, item.key) for item in workspace.ledger.list_changes(head + 1)] == [("documents", "demand:night")]
    snapshot = workspace.load_snapshot()
    stored = snapshot.document("demand:night")
    assert (stored["source"], stored["year"], stored["unit"], len(stored["file_sha256"])) == ("구청 2026", 2026, "people", 64)
    demand = load_demand(snapshot, build_cells(snapshot), "table:night")
    assert demand.totals()[0] == pytest.approx(400)
    assert "table:night" in [info.key for info in list_demands(snapshot)]


def test_the_same_table_again_and_a_dry_run_write_nothing(workspace, order):
    text = "행정동,인원\n하남동,320\n"
    assert import_table(workspace, order(text, is_dry_run=True), EDITOR).revision is None
    import_table(workspace, order(text), EDITOR)
    head = workspace.ledger.head_number()
    again = import_table(workspace, order(text), EDITOR)
    assert (again.revision, again.is_same, workspace.ledger.head_number()) == (None, True, head)


def test_a_newer_table_takes_the_place_of_the_older(workspace, order):
    import_table(workspace, order("행정동,인원\n하남동,320\n"), EDITOR)
    import_table(workspace, order("행정동,인원\n하남동,100\n", year=2027), EDITOR)
    stored = workspace.load_snapshot().document("demand:night")
    assert (stored["year"], [figure for _, figure in stored["rows"]]) == (2027, [100.0])


def test_a_table_with_a_fault_writes_nothing_at_all(workspace, order):
    head = workspace.ledger.head_number()
    done = import_table(workspace, order("행정동,인원\n하남동,320\n없는동,1\n"), EDITOR)
    assert [(problem.code, problem.line) for problem in done.reading.problems] == [("unknown-dong", 3)]
    assert (done.revision, workspace.ledger.head_number()) == (None, head)


def test_a_key_that_is_none_is_refused(workspace, order):
    with pytest.raises(BadArgument):
        import_table(workspace, order("행정동,인원\n하남동,320\n", key="야간"), EDITOR)


def test_a_table_is_taken_away_by_a_revision(workspace, order):
    import_table(workspace, order("행정동,인원\n하남동,320\n"), EDITOR)
    remove_table(workspace, "night", EDITOR)
    assert workspace.load_snapshot().document("demand:night") is None
    with pytest.raises(UnknownTable):
        remove_table(workspace, "night", EDITOR)


def test_the_codes_of_both_provinces_name_the_same_dong(workspace, order):
    for code in ("2920051500", "1233051500"):
        import_table(workspace, order(f"행정동코드,값\n{code},5\n", key=f"code-{code}"), EDITOR)
    snapshot = workspace.load_snapshot()
    assert snapshot.document("demand:code-2920051500")["rows"] == snapshot.document("demand:code-1233051500")["rows"]


def test_an_edited_curve_is_one_revision_with_its_own_source(workspace, curves):
    def later(rows):
        rows[0]["20시"] = 0.99

    head = workspace.ledger.head_number()
    before = read_curve_book(workspace)
    done = import_curves(workspace, curves(later), EDITOR, source="구청 조사 2026")
    assert done.revision.number == head + 1
    after = read_curve_book(workspace)
    assert after.jobs[0].curve[20] == 0.99
    assert after.jobs[0].source == "구청 조사 2026"
    assert after.jobs[1].source == before.jobs[1].source
    assert not after.is_built_in


def test_unedited_curves_write_nothing(workspace, curves):
    done = import_curves(workspace, curves(list), EDITOR, source="–")
    assert (done.revision, done.is_same) == (None, True)


def test_a_base_that_nobody_knows_is_refused(workspace, curves):
    done = import_curves(workspace, curves(lambda rows: rows[0].update(base="pilots=1")), EDITOR, source="–")
    assert [(problem.code, problem.value) for problem in done.problems] == [("curve-unknown-base", "rider: pilots")]
    assert done.revision is None
