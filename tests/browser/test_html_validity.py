"""Markup and pictures in which the Nu validator (the one behind the W3C's own) finds no error and nothing to warn of."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from browser.every_page import in_language, main_pages

from geo_app.assets import find_assets
from geo_app.wording.catalogue import LANGUAGES

TOOL = Path(__file__).parents[1] / "tools" / "html_validator"
JAR = TOOL / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
JVM_SECONDS = 240


@pytest.fixture(scope="module")
def validator():
    """The command; where it cannot run, the tests are skipped, or fail on a machine that must run the whole set."""
    lacking = "" if shutil.which("java") else "Java is missing: apt install default-jre-headless"
    lacking = lacking or ("" if JAR.is_file() else "the validator is not fetched: make validator")
    if lacking and os.environ.get("GEO_APP_REQUIRE_BROWSER"):
        pytest.fail(lacking)
    if lacking:
        pytest.skip(lacking)
    # A machine for Java that starts quickly: it lives for seconds.
    return [
        "java",
        "-Xss2m",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-jar",
        str(JAR),
        "--format",
        "json",
        "--stdout",
        "--exit-zero-always",
    ]


def complaints(validator, folder, *options):
    """Every error and warning in the files of a folder: the name of the folder it lies in, and a line; one Java machine for all."""
    told = subprocess.run([*validator, *options, str(folder)], capture_output=True, text=True, check=True, timeout=JVM_SECONDS)
    return [
        (Path(item["url"]).parent.name, f"{Path(item['url']).name}:{item.get('lastLine')}: {item['message']} … {item.get('extract')}")
        for item in json.loads(told.stdout)["messages"]
        if item["type"] != "info" or item.get("subType") == "warning"
    ]


def save(client, paths, folder):
    """Each page in a file whose name still tells its address."""
    for path in paths:
        name = path.strip("/").replace("/", "~").replace("?", "+") or "index"
        (folder / f"{name}.html").write_bytes(client.get(path).data)
    return folder


@pytest.fixture(scope="module")
def looked_at(validator, client, every_page, tmp_path_factory):
    """What is held against every page, every picture and two slips, from one Java machine."""
    folder = tmp_path_factory.mktemp("markup")
    for part in ("pages", "pictures", "slip"):
        (folder / part).mkdir()
    save(client, [*every_page.pages, *every_page.errors], folder / "pages")
    (folder / "slip" / "slip.html").write_text('<!DOCTYPE html><html lang="en"><title>x</title><p id="a"><p id="a"><b>', encoding="utf-8")
    (folder / "slip" / "slip.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><foo/></svg>', encoding="utf-8")
    for picture in (find_assets("static") / "img").rglob("*.svg"):
        shutil.copy(picture, folder / "pictures")
    assert any((folder / "pictures").iterdir())
    return complaints(validator, folder, "--also-check-svg")


def test_every_page_in_korean_is_valid(looked_at):
    told = [line for part, line in looked_at if part == "pages"]
    assert not told, "\n".join(told)


def test_every_picture_of_the_house_is_valid(looked_at):
    assert [line for part, line in looked_at if part == "pictures"] == []


@pytest.mark.parametrize("slip", ["slip.html:1: Duplicate ID", "slip.svg:1: Element “foo” not allowed"])
def test_the_validator_itself_finds_a_slip(looked_at, slip):
    assert any(part == "slip" and line.startswith(slip) for part, line in looked_at)


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_main_pages_are_valid_in_every_language(validator, client, tmp_path, lang):
    told = complaints(validator, save(client, [in_language(path, lang) for path in main_pages()], tmp_path), "--skip-non-html")
    assert not told, told
