"""History on a terminal is one line a revision, whatever a reason holds."""

import json

import pytest
from click.testing import CliRunner

from geo_app.cli.upkeep import history_command, restore_command

REASON = "되돌림 ㄱ\u3000ㄴ\n9  2026-01-01\x1b[2J\u009b2J\u202e\x7f"


@pytest.fixture
def restored(demo_home, monkeypatch):
    monkeypatch.setenv("GEO_APP_HOME", str(demo_home))
    runner = CliRunner()
    assert runner.invoke(restore_command, ["1", "--reason", REASON], catch_exceptions=False).exit_code == 0
    return runner


def test_a_reason_cannot_steer_a_terminal_or_make_a_line_of_its_own(restored):
    told = restored.invoke(history_command, catch_exceptions=False).output
    assert not {"\x1b", "\u009b", "\u202e", "\x7f"} & set(told)
    assert len(told.splitlines()) == 4
    assert "되돌림 ㄱ\u3000ㄴ\\n9  2026-01-01\\x1b[2J\\x9b2J\\u202e\\x7f" in told.splitlines()[0]


def test_json_holds_the_reason_as_it_was_given_and_no_control_character(restored):
    told = restored.invoke(history_command, ["--json"], catch_exceptions=False).output
    assert json.loads(told)[0]["reason"] == REASON
    assert not {"\x1b", "\u009b", "\u202e", "\x7f"} & set(told)
