"""What `serve` says to try next can be typed as it stands."""

import shlex

import pytest

from geo_app.cli.group import group
from geo_app.cli.serving import NEXT_COMMANDS, _card
from geo_app.wording.catalogue import get_words


def _commands():
    return [
        line.strip()
        for line in _card("http://127.0.0.1:8000", get_words("ko")).splitlines()
        if " holidays list" in line or "poster" in line
    ]


def test_another_data_folder_stands_before_each_command(monkeypatch, tmp_path):
    folder = tmp_path / "우리 자료"
    monkeypatch.setenv("GEO_APP_HOME", str(folder))
    monkeypatch.delenv("GEO_APP_PUBLIC_URL", raising=False)
    holidays, poster = _commands()
    assert shlex.split(holidays)[0] == f"GEO_APP_HOME={folder}"
    assert [word.split("=")[0] for word in shlex.split(poster)[:2]] == ["GEO_APP_HOME", "GEO_APP_PUBLIC_URL"]


@pytest.mark.parametrize("home", ["./instance", "instance", None])
def test_the_usual_folder_is_not_named(monkeypatch, home):
    monkeypatch.delenv("GEO_APP_HOME", raising=False)
    if home is not None:
        monkeypatch.setenv("GEO_APP_HOME", home)
    assert not any("GEO_APP_HOME" in line for line in _commands())


def test_each_is_a_command():
    names = [shlex.split(command)[0] for command in NEXT_COMMANDS]
    assert {"hours", "holidays", "poster"} <= set(names)
    assert all(group.get_command(None, name) is not None for name in names)
