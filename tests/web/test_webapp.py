"""The finder as an app of the phone: manifest, service worker, words."""

import json
import re

import pytest

from geo_app.assets import find_assets, without_comments
from geo_app.web.phone_words import PHONE_PLURALS, PHONE_SENTENCES
from geo_app.wording.catalogue import LANGUAGES, get_words

JS = find_assets("static") / "js"


def parts(folder):
    return [(JS / folder / name).resolve() for name in (JS / folder / "order.txt").read_text(encoding="utf-8").split()]


ALL = "\n".join(path.read_text(encoding="utf-8") for path in dict.fromkeys([*parts("finder"), *parts("sw"), JS / "sw_off.js"]))
# Tables whose values are said by name: `const ENTRY = {…}`.
TABLES = ("WAY", "LONGEST_WAY", "ENTRY", "BEFOREHAND", "KIND", "NEAR", "EMPTY")


def said():
    bodies = [re.search(rf"const {name} = {{(.*?)}};", ALL, re.DOTALL)[1] for name in TABLES]
    named = {text for body in bodies for text in re.findall(r':\s*"([^"]*)"', body)}
    return set(re.findall(r'\bsay\("([^"]+)"', ALL)) | named


def test_the_words_are_exactly_the_sentences_that_the_scripts_say():
    assert sorted(PHONE_SENTENCES) == sorted(said())
    assert sorted(PHONE_PLURALS) == sorted(set(re.findall(r'\bsay\.plural\("([^"]+)", "([^"]+)"', ALL)))


def test_every_sentence_is_said_with_its_name_written_out_or_from_a_table():
    # `say(name)` with anything else could not be found by the test above.
    spoken = re.findall(r"\bsay\((?!\")([A-Za-z_]+)", ALL)
    assert set(spoken) - {"msgid"} == set(TABLES)


@pytest.mark.parametrize("folder", ["finder", "sw", "site"])
def test_every_file_of_a_script_is_in_its_order(folder):
    own = [path for path in parts(folder) if path.parent.name == folder]
    assert sorted(own) == sorted((JS / folder).glob("*.js"))
    assert all(path.is_file() for path in parts(folder))


def test_no_script_of_the_phone_holds_markup_of_a_name_or_runs_text():
    assert "`" not in re.sub(r"/\*.*?\*/|//[^\n]*", "", ALL, flags=re.DOTALL)
    assert not re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", ALL)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_words_come_in_each_language_with_the_forms_of_its_plurals(client, lang):
    answer = client.get(f"/words/{lang}.json?v=0123")
    told = answer.get_json()
    words = get_words(lang)
    assert answer.headers["Cache-Control"] == "no-cache"
    assert set(told) <= {"", *PHONE_SENTENCES, *(one for one, _ in PHONE_PLURALS)}
    for msgid in PHONE_SENTENCES:
        assert told.get(msgid, msgid) == words(msgid)
    for one, many in PHONE_PLURALS:
        forms = told.get(one, [one, many])
        for count in (0, 1, 2, 3, 5, 11, 21, 22, 101, 111, 112, 199):
            place = int(told[""]["plural"][count]) if len(told[""]["plural"]) > 1 else 0
            assert forms[min(place, len(forms) - 1)].format(count=count) == words.plural(one, many, count)


def test_words_that_are_known_are_not_sent_again(client):
    first = client.get("/words/ko.json", headers={"Accept-Encoding": "gzip"})
    again = client.get("/words/ko.json", headers={"Accept-Encoding": "gzip", "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("lang", ["xx", "..", "ko.json"])
def test_there_are_no_words_of_another_language(client, lang):
    assert client.get(f"/words/{lang}.json").status_code == 404


def test_the_words_are_small(client):
    for lang in LANGUAGES:
        assert len(client.get(f"/words/{lang}.json", headers={"Accept-Encoding": "gzip"}).data) <= 4 * 1024


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_manifest_starts_the_finder_in_its_language_and_names_icons_that_are_there(client, lang):
    answer = client.get(f"/manifest.webmanifest?lang={lang}")
    told = json.loads(answer.data)
    assert answer.mimetype == "application/manifest+json"
    assert (told["scope"], told["id"], told["display"], told["lang"]) == ("/", "/", "standalone", lang)
    assert client.get(told["start_url"]).status_code == 200
    for icon in told["icons"]:
        with client.get(icon["src"]) as picture:
            assert (picture.status_code, picture.mimetype) == (200, icon["type"])
            if icon["type"] == "image/png":
                width, height = (int.from_bytes(picture.data[start : start + 4]) for start in (16, 20))
                assert icon["sizes"] == f"{width}x{height}"
    assert {"maskable", "any"} == {icon["purpose"] for icon in told["icons"]}


def setup_of(script):
    return json.loads(re.match(r"const SETUP = (.*?);\n", script)[1])


def test_the_service_worker_is_never_cached_and_knows_where_it_lives(make_client):
    plain = make_client().get("/sw.js")
    assert plain.headers["Cache-Control"] == "no-cache"
    assert plain.mimetype == "text/javascript"
    assert setup_of(plain.text)["root"] == "/"
    below = make_client(GEO_APP_PUBLIC_URL="https://localhost/shelter").get("/shelter/sw.js")
    assert setup_of(below.text)["root"] == "/shelter/"
    assert setup_of(below.text)["version"] == setup_of(plain.text)["version"]


def test_every_answer_of_ours_carries_the_mark_that_the_service_worker_looks_for(client):
    name, value = setup_of(client.get("/sw.js").text)["mark"]
    page = client.get("/").text
    assets = re.findall(r'(?:src|href)="(/static/[^"]+)"', page)
    assert len(assets) > 3
    known = client.get("/shelters.bundle.json").headers["ETag"]
    for path in ("/", "/about", "/sites/shelters/sh-999999", "/words/ko.json", "/shelters.bundle.json", *assets):
        with client.get(path) as answer:
            assert answer.headers.getlist(name) == [value], path
    # What is not sent again refreshes the headers of what is held.
    again = client.get("/shelters.bundle.json", headers={"If-None-Match": known})
    assert (again.status_code, again.headers[name]) == (304, value)


def test_the_manifest_stays_below_the_prefix(make_client):
    told = json.loads(make_client(GEO_APP_PUBLIC_URL="https://localhost/shelter").get("/shelter/manifest.webmanifest").data)
    assert (told["scope"], told["start_url"]) == ("/shelter/", "/shelter/")
    assert all(icon["src"].startswith("/shelter/static/") for icon in told["icons"])


def test_turned_off_it_takes_back_what_it_kept_and_pages_register_nothing(make_client):
    client = make_client(GEO_APP_OFFLINE="off")
    script = client.get("/sw.js").text
    assert "unregister()" in script
    assert '"fetch"' not in script
    assert json.loads(re.search(r'id="finder-setup">(.*?)</script>', client.get("/").text)[1])["sw_url"] is None


def test_the_version_follows_the_words(client, monkeypatch):
    from geo_app.web import webapp

    before = setup_of(client.get("/sw.js").text)["version"]
    monkeypatch.setattr(webapp, "_words_json", lambda lang: lang.encode())
    assert setup_of(client.get("/sw.js").text)["version"] != before


def test_pages_may_start_our_worker_and_read_our_manifest_only(client):
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "worker-src 'self'" in policy
    assert "manifest-src 'self'" in policy


def test_the_finder_page_names_its_manifest(client):
    assert '<link rel="manifest" href="/manifest.webmanifest' in client.get("/").text


def test_a_line_in_front_of_the_worker_is_all_that_differs_from_the_file(client):
    script = client.get("/sw.js").text.partition("\n")[2]
    assert script == without_comments("".join(path.read_text(encoding="utf-8") for path in parts("sw")))
