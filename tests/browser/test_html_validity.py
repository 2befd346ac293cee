"""Markup and pictures in which the Nu validator (the one behind the W3C's own) finds no error and nothing to warn of."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from browser.every_page import find_every_page, in_language, main_pages

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
    return ["java", "-Xss2m", "-jar", str(JAR), "--format", "json", "--stdout", "--exit-zero-always"]


def complaints(validator, folder, *options):
    """Every error and warning in the files of a folder, a line each; one Java machine for all."""
    told = subprocess.run([*validator, *options, str(folder)], capture_output=True, text=True, check=True, timeout=JVM_SECONDS)
    return [
        f"{Path(item['url']).name}:{item.get('lastLine')}: {item['message']} … {item.get('extract')}"
        for item in json.loads(told.stdout)["messages"]
        if item["type"] != "info" or item.get("subType") == "warning"
    ]


def save(client, paths, folder):
    """Each page in a file whose name still tells its address."""
    for path in paths:
        name = path.strip("/").replace("/", "~").replace("?", "+") or "index"
        (folder / f"{name}.html").write_bytes(client.get(path).data)
    return folder


def test_every_page_in_korean_and_the_main_pages_in_every_language_are_valid(validator, client, demo_workspace, tmp_path):
    found = find_every_page(client, demo_workspace)
    spoken = [in_language(path, lang) for path in main_pages() for lang in LANGUAGES]
    pages = save(client, [*found.pages, *found.errors, *spoken], tmp_path)
    told = complaints(validator, pages, "--skip-non-html")
    assert not told, "\n".join(told)


def test_every_picture_of_the_house_is_valid(validator):
    assert complaints(validator, find_assets("static") / "img", "--skip-non-svg") == []


def test_the_validator_itself_finds_a_slip(validator, tmp_path):
    (tmp_path / "slip.html").write_text('<!DOCTYPE html><html lang="en"><title>x</title><p id="a"><p id="a"><b>', encoding="utf-8")
    assert any("Duplicate ID" in line for line in complaints(validator, tmp_path, "--skip-non-html"))
