"""`geo-app publish`, `serve --public` and `inbox`: an office and a machine outside, as real processes."""

import json
import os
import shutil
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from click.testing import CliRunner
from conftest import Server

from geo_app.cli import serving

SWAP_SECONDS = 10  # two are promised on an idle machine; a test waits longer on a busy one
PLACE = "sh-000005"


def ask(server, path, data=None):
    body = None if data is None else json.dumps(data).encode()
    headers = {"Accept": "application/json", "Content-Type": "application/json"}
    with urlopen(Request(server.url + path, body, headers), timeout=20) as answer:
        return json.load(answer)


def names(server):
    return {item["id"]: item["properties"]["name"] for item in ask(server, "/layers/shelters.geojson")["features"]}


def run(server, *arguments):
    done = server.run(*arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def inside(demo_template, tmp_path_factory):
    server = Server(Path(shutil.copytree(demo_template, tmp_path_factory.mktemp("inside") / "instance")))
    yield server
    server.stop()


@pytest.fixture(scope="module")
def public(inside, tmp_path_factory):
    """(folder, the published file, the key)."""
    folder = tmp_path_factory.mktemp("outside")
    told = json.loads(run(inside, "publish", str(folder / "map.zip"), "--json"))
    assert told["publisher"] == run(inside, "publish", "--show-key").strip()
    return folder, folder / "map.zip", told["publisher"]


@pytest.fixture(scope="module")
def outside(public):
    folder, file, key = public
    server = Server(folder / "home", GEO_APP_PUBLISHED_FILE=str(file), GEO_APP_PUBLISHER_KEY=key, GEO_APP_WORKERS="2")
    yield server
    server.stop()


def wait_for(condition):
    end = time.monotonic() + SWAP_SECONDS
    while not condition():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.1)


def import_renamed(server, folder, name):
    feature = next(item for item in ask(server, "/layers/shelters.geojson")["features"] if item["id"] == PLACE)
    feature["properties"]["name"] = name
    (folder / "one.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    told = server.run("import", str(folder / "one.geojson"), "--layer", "shelters", "--reason", "test", "--json")
    assert json.loads(told.stdout)["changed"] == 1, told.stdout


def test_a_changed_site_appears_outside_and_all_workers_agree(inside, outside, public, tmp_path):
    assert names(outside) == names(inside)
    import_renamed(inside, tmp_path, "바뀐 이름 쉼터")
    run(inside, "publish", str(tmp_path / "new.zip"))
    (tmp_path / "new.zip").replace(public[1])
    wait_for(lambda: {names(outside)[PLACE] for _ in range(8)} == {"바뀐 이름 쉼터"})
    assert ask(outside, "/api/revision")["revision"] == ask(inside, "/api/revision")["revision"]


def test_a_report_outside_comes_to_the_office_once(inside, outside, tmp_path):
    assert ask(outside, "/reports", {"site": PLACE, "seen": "closed"})["reports"]["closed_count"] == 1
    run(outside, "inbox", "export", str(tmp_path / "inbox.sqlite"))
    zero = {"changed": 0, "too_old": 0, "refused": 0, "over_limit": 0, "vouching": 0}
    first = json.loads(run(inside, "inbox", "import", str(tmp_path / "inbox.sqlite"), "--json"))
    assert first["reports"] == {"added": 1, "unchanged": 0, "unknown_sites": 0, **zero}
    second = json.loads(run(inside, "inbox", "import", str(tmp_path / "inbox.sqlite"), "--json"))
    assert second["reports"] == {"added": 0, "unchanged": 1, "unknown_sites": 0, **zero}
    assert "1" in run(inside, "inbox", "import", str(tmp_path / "inbox.sqlite"))
    # The office's own report is now the second: its server counts both.
    wait_for(lambda: ask(inside, "/reports", {"site": PLACE, "seen": "closed"})["reports"]["closed_count"] == 2)


def test_a_broken_file_is_told_by_every_worker_and_the_log_and_the_last_good_one_is_served(outside, public):
    good, before = public[1].read_bytes(), names(outside)
    broken = bytearray(good)
    broken[len(broken) // 3] ^= 1
    public[1].write_bytes(broken)

    def ready():
        with urlopen(f"{outside.url}/readyz", timeout=20) as answer:
            return answer.read().decode()

    wait_for(lambda: all("refused" in ready() for _ in range(8)))
    assert names(outside) == before
    assert "published-altered" in outside.log.read_text(encoding="utf-8")
    public[1].write_bytes(good)
    wait_for(lambda: not any("refused" in ready() for _ in range(8)))


def test_nothing_of_the_office_is_needed_or_made_outside(outside):
    found = {path.name for path in outside.home.iterdir()}
    assert not found & {"ledger.sqlite", "desk.sqlite", "secret", "publish.key"}
    with pytest.raises(HTTPError) as refused:
        ask(outside, "/scenarios", {"edits": "close:sh-000005"})
    with refused.value as answer:
        assert (answer.code, json.load(answer)["code"]) == (403, "scenarios-not-kept")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda _folder, file, _key: ("--public", file), "no-publisher-key"),
        (lambda _folder, file, key: ("--public", file, "--publisher", key[:-2]), "bad-publisher-key"),
        (lambda _folder, file, _key: ("--public", file, "--publisher", "ed25519:" + "A" * 43), "published-by-another"),
        (lambda folder, _file, key: ("--public", folder / "none.zip", "--publisher", key), "published-missing"),
        (lambda folder, _file, key: ("--public", folder / "cut.zip", "--publisher", key), "published-not-whole"),
    ],
)
def test_what_may_not_be_served_is_refused_with_a_sentence(public, tmp_path, change, code):
    folder, file, key = public
    (folder / "cut.zip").write_bytes(file.read_bytes()[:1000])
    environment = {"GEO_APP_HOME": str(tmp_path / "home"), "GEO_APP_PUBLISHED_FILE": "", "GEO_APP_PUBLISHER_KEY": ""}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        patch.setattr(serving, "_run", lambda *_: pytest.fail("it was served"))
        done = CliRunner().invoke(serving.serve_command, [str(item) for item in change(folder, file, key)], catch_exceptions=True)
    assert getattr(done.exception, "code", None) == code


def test_the_office_own_folder_is_not_served_as_a_public_one(inside, public):
    done = inside.run("serve", "--public", str(public[1]), "--publisher", public[2])
    assert done.returncode == 2
    assert "[public-has-ledger]" in done.stderr


def test_the_workers_are_told_the_file_and_the_key(public, tmp_path, monkeypatch):
    folder, file, key = public
    seen = {}
    monkeypatch.setenv("GEO_APP_HOME", str(tmp_path / "home"))
    for name in ("GEO_APP_PUBLISHED_FILE", "GEO_APP_PUBLISHER_KEY"):
        monkeypatch.setenv(name, "")
    monkeypatch.setattr(serving, "_run", lambda *_: seen.update(os.environ))
    monkeypatch.chdir(folder)
    done = CliRunner().invoke(serving.serve_command, ["--public", file.name, "--publisher", key])
    assert done.exit_code == 0, done.output
    assert (seen["GEO_APP_PUBLISHED_FILE"], seen["GEO_APP_PUBLISHER_KEY"]) == (str(file), key)
    refused = CliRunner().invoke(serving.serve_command, ["--public", file.name, "--publisher", key, "--production"])
    assert refused.exit_code == 2  # the demo's made-up records are published
