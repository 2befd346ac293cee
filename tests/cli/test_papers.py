"""`geo-app poster`."""

import io

import pypdf
import pytest

from geo_app.cli import papers as papers_command
from geo_app.papers.fonts import FontsMissing
from geo_app.papers.printer import BadSheet

PUBLIC = {"GEO_APP_PUBLIC_URL": "https://www.gwangsan.go.kr/shelter"}


@pytest.fixture
def run(run_over, demo_template):
    """A `geo-app` command over the demo district, which it only reads."""
    return run_over(demo_template)


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


def test_one_shelter_that_cannot_be_printed_costs_no_other_its_sheet(run, tmp_path, monkeypatch, demo_workspace):
    ids = demo_workspace.keeper.current.get_layer("shelters").ids
    build = papers_command.build_sheet

    def build_or_fail(feature, order):
        if feature["id"] == ids[1]:
            raise BadSheet(reason="heading title is empty")
        return build(feature, order)

    monkeypatch.setattr(papers_command, "build_sheet", build_or_fail)
    done = run("poster", "--all", tmp_path / "sheets", "--size", "a6", **PUBLIC)
    assert done.returncode == 1
    assert len(list((tmp_path / "sheets").iterdir())) == len(ids) - 1
    assert f"{len(ids) - 1}장" in done.stdout
    assert [line for line in done.stderr.splitlines() if ids[1] in line and "heading title is empty" in line]


def test_missing_fonts_are_told_once_and_nothing_is_written(run, tmp_path, monkeypatch):
    def find_none():
        raise FontsMissing(folder="fonts", file="Pretendard-Bold.ttf")

    monkeypatch.setattr(papers_command, "find_font_files", find_none)
    done = run("poster", "--all", tmp_path / "sheets", **PUBLIC)
    assert done.returncode == 2
    assert done.stderr.count("Pretendard-Bold.ttf") == 1
    assert not (tmp_path / "sheets").exists()
