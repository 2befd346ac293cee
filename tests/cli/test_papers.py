"""`geo-app poster`."""

import io
import subprocess
import sys

import pypdf
import pytest

from geo_app.cli.group import main

PUBLIC = {"GEO_APP_PUBLIC_URL": "https://www.gwangsan.go.kr/shelter"}


@pytest.fixture
def run(demo_template, monkeypatch, capsys):
    """A `geo-app` command over the demo district, which it only reads."""

    def run(*arguments, **environment):
        with monkeypatch.context() as patch:
            for name, value in {"GEO_APP_HOME": str(demo_template), **environment}.items():
                patch.setenv(name, value)
            patch.setattr(sys, "argv", ["geo-app", *map(str, arguments)])
            try:
                main()
                code = 0
            except SystemExit as end:
                code = end.code or 0
        told = capsys.readouterr()
        return subprocess.CompletedProcess(arguments, code, told.out, told.err)

    return run


def test_one_sheet_is_the_one_that_the_page_gives(run, tmp_path, make_client):
    path = tmp_path / "포스터.pdf"
    assert run("poster", "sh-000009", path, "--size", "a6", "--lang", "en", **PUBLIC).returncode == 0
    client = make_client(**PUBLIC)
    assert path.read_bytes() == client.get("/sites/shelters/sh-000009/poster.pdf?size=a6&lang=en").data


def test_all_sheets_go_into_a_folder(run, tmp_path, demo_workspace):
    folder = tmp_path / "쉼터" / "스티커"
    done = run("poster", "--all", folder, "--size", "a6", **PUBLIC)
    assert done.returncode == 0, done.stderr
    ids = demo_workspace.keeper.current.get_layer("shelters").ids
    assert sorted(path.name for path in folder.iterdir()) == sorted(f"{site_id}-a6-ko.pdf" for site_id in ids)
    assert f"{len(ids)}장" in done.stdout
    document = pypdf.PdfReader(io.BytesIO((folder / f"{ids[-1]}-a6-ko.pdf").read_bytes()))
    assert len(document.pages) == 1


def test_without_a_public_address_no_code_is_printed(run, tmp_path):
    done = run("poster", "sh-000009", tmp_path / "a.pdf", GEO_APP_PUBLIC_URL="")
    assert done.returncode == 2
    assert "GEO_APP_PUBLIC_URL" in done.stderr
    assert not list(tmp_path.glob("*.pdf"))


@pytest.mark.parametrize(
    "arguments",
    [(), ("sh-000009",), ("sh-000009", "a.pdf", "--all", "folder"), ("sh-000009", "a.pdf", "--size", "a3"), ("sh-999999", "a.pdf")],
)
def test_bad_usage_is_exit_2_and_writes_nothing(run, tmp_path, monkeypatch, arguments):
    monkeypatch.chdir(tmp_path)
    assert run("poster", *arguments, **PUBLIC).returncode == 2
    assert list(tmp_path.iterdir()) == []
