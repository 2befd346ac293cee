"""Made files: whole or not at all, and not without end."""

import os
import time

import pytest

from geo_app.domain.errors import BrokenStore
from geo_app.web import made_files
from geo_app.web.made_files import made_file


def test_a_file_is_made_once(tmp_path):
    calls = []

    def make(path):
        calls.append(path)
        path.write_text("가")

    for _ in range(3):
        assert made_file(tmp_path, "a.csv", make).read_text() == "가"
    assert len(calls) == 1


def test_what_fails_leaves_nothing_and_may_be_tried_again(tmp_path):
    def fail(path):
        path.write_text("half")
        raise KeyError

    with pytest.raises(KeyError):
        made_file(tmp_path, "a.csv", fail)
    assert list((tmp_path / "exports").iterdir()) == []
    assert made_file(tmp_path, "a.csv", lambda path: path.write_text("whole")).read_text() == "whole"


def test_a_disk_that_takes_nothing_is_said(tmp_path):
    (tmp_path / "exports").write_text("in the way")
    with pytest.raises(BrokenStore):
        made_file(tmp_path, "a.csv", lambda path: path.write_text("x"))


@pytest.mark.parametrize(("name", "value"), [("MOST_FILES", 3), ("MOST_BYTES", 35)])
def test_those_asked_for_longest_ago_go_first(tmp_path, monkeypatch, name, value):
    monkeypatch.setattr(made_files, name, value)
    paths = [made_file(tmp_path, f"{number}.csv", lambda path: path.write_text("x" * 10)) for number in range(3)]
    for number, path in enumerate(paths):
        os.utime(path, (time.time() - 100 + number,) * 2)
    made_file(tmp_path, "0.csv", lambda _: pytest.fail("it is there"))
    made_file(tmp_path, "3.csv", lambda path: path.write_text("x" * 10))
    assert sorted(path.name for path in (tmp_path / "exports").iterdir()) == ["0.csv", "2.csv", "3.csv"]
