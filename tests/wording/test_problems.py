"""Every code that the house can say has a sentence and a hint, in Korean too."""

import ast
import re
import string
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import geo_app
from geo_app.domain.errors import BadArgument, GeoAppError, UnknownLayer
from geo_app.domain.hours import BadHours, Refusal
from geo_app.domain.problem import Problem
from geo_app.wording.catalogue import LOCALE_FOLDER, get_words
from geo_app.wording.problems import PROBLEM_WORDS, error_sentence, problem_hint, problem_sentence

HOUSE = Path(geo_app.__file__).parent
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+|fault")
# Functions whose first text is a code.
TELLERS = {"Problem", "FileRefused", "BadCell", "_say", "_refuse", "_fault", "_problem", "warn", "_warn", "_named"}
KOREAN = get_words("ko")


def _first_texts(call):
    for argument in [*call.args, *(word.value for word in call.keywords if word.arg == "code")]:
        found = [node.value for node in ast.walk(argument) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
        if found:
            return found
    return []


def _codes_of(tree, *, is_ingest):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            yield from _first_texts(node) if name in TELLERS else ()
        elif is_ingest and isinstance(node, ast.Assign) and any(getattr(target, "id", "") == "code" for target in node.targets):
            yield from (part.value for part in ast.walk(node.value) if isinstance(part, ast.Constant) and isinstance(part.value, str))


def _used_codes():
    found = {}
    for path in sorted(HOUSE.rglob("*.py")):
        for text in _codes_of(ast.parse(path.read_text()), is_ingest=path.parent.name == "ingest"):
            if CODE.fullmatch(text):
                found.setdefault(text, path.name)
    return found


def _error_classes(parent=GeoAppError):
    for child in parent.__subclasses__():
        yield child
        yield from _error_classes(child)


def test_every_code_used_in_the_house_has_a_sentence_and_a_hint():
    hours = {reason.value for reason in Refusal}
    missing = {code: where for code, where in _used_codes().items() if code not in PROBLEM_WORDS and code not in hours}
    assert missing == {}
    assert len(_used_codes()) > 80


def test_every_error_has_a_sentence():
    for path in HOUSE.rglob("*.py"):
        for match in re.finditer(r'^    code(?:: ClassVar\[str\])? = "([a-z-]+)"', path.read_text(), re.MULTILINE):
            assert match[1] in PROBLEM_WORDS, (match[1], path.name)
    assert {error.code for error in _error_classes()} <= set(PROBLEM_WORDS)


@pytest.mark.parametrize("code", sorted(PROBLEM_WORDS))
def test_korean_says_it_with_the_same_places(code):
    for sentence in PROBLEM_WORDS[code]:
        korean = KOREAN.messages.get(sentence)
        assert isinstance(korean, str), sentence
        assert re.search("[가-힣]", korean), sentence
        assert _places(korean) <= _places(sentence), sentence


@pytest.mark.parametrize("code", sorted(PROBLEM_WORDS))
def test_korean_sentences_end_and_hang_no_particle_on_a_value(code):
    for sentence in PROBLEM_WORDS[code]:
        korean = KOREAN.messages[sentence]
        # “{guess}” is a sentence of its own.
        assert korean.endswith((".", "{guess}")), korean
        assert not re.search(r"\}’?”?(은|는|이|가|을|를|와|과|으로|로|\(으\)로|이\(가\)|은\(는\)|을\(를\))(?=[ .])", korean), korean
        assert not re.search(r"판(이|은|을|의|으로)", korean), korean


def _places(sentence):
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


@pytest.mark.parametrize("code", sorted(PROBLEM_WORDS))
def test_every_sentence_can_be_filled_and_shows_its_value(code):
    details = {name: f"‹{name}›" for name in _places("".join(PROBLEM_WORDS[code])) - {"line", "column", "value", "code"}}
    problem = Problem(code, line=7, column="열", value="값", details=details)
    for words in (KOREAN, get_words("en")):
        shown = problem_sentence(problem, words) + problem_hint(problem, words)
        assert "…" not in shown
        assert "{" not in shown
        assert problem_hint(problem, words)


def test_a_missing_value_shows_an_ellipsis_and_does_not_fail():
    assert problem_sentence(Problem("outside-district"), get_words("en")) == "The place lies … m outside the district (…)."


def test_a_value_with_braces_is_shown_as_it_is():
    shown = problem_sentence(Problem("bad-date", value="{x} {0} {value!r} %s"), KOREAN)
    assert "{x} {0} {value!r} %s" in shown


def test_an_unknown_code_is_shown_as_it_is_without_a_hint():
    problem = Problem("nobody-wrote-this", value="{}")
    assert problem_sentence(problem, KOREAN) == "nobody-wrote-this"
    assert problem_hint(problem, KOREAN) == ""

    class Strange(GeoAppError):
        code = "fault"

    strange = Strange(value="{")
    strange.code = "strange-fault"
    assert "strange-fault" in error_sentence(strange, KOREAN)


def test_a_guess_is_offered_only_where_there_is_one():
    with_guess = Problem("bad-coordinate", value="35,14", details={"guess": "35.14"})
    assert "35.14" in problem_sentence(with_guess, KOREAN)
    assert problem_sentence(Problem("bad-coordinate", value="x", details={"guess": ""}), get_words("en")).endswith("decimals.")


def test_errors_say_what_and_what_to_do_in_one_line():
    assert "shelter" in error_sentence(UnknownLayer(layer="shelter", known="shelters"), KOREAN)
    sentence = error_sentence(BadArgument(name="limit", value=0, expected="1–100"), get_words("en"))
    assert sentence == "limit cannot be 0. Expected: 1–100."


def test_refused_hours_have_the_words_of_the_read_back():
    refusal = BadHours(Refusal.WEEK_NUMBER, position=1, value="week")
    assert problem_sentence(refusal.as_problem(line=3), KOREAN) == KOREAN("Week numbers are not accepted. Write weekdays such as Su[2,4].")
    assert KOREAN("Week numbers are not accepted. Write weekdays such as Su[2,4].") in error_sentence(refusal, KOREAN)
    assert problem_hint(refusal.as_problem(), KOREAN)


def test_no_two_catalogues_translate_one_sentence_differently():
    found = {}
    for path in sorted((LOCALE_FOLDER / "ko").glob("*.po")):
        with path.open("rb") as stream:
            for message in read_po(stream):
                if message.id and message.string:
                    assert found.setdefault(str(message.id), message.string) == message.string, (path.name, message.id)


def test_the_catalogue_holds_no_sentence_that_nobody_says():
    said = {sentence for pair in PROBLEM_WORDS.values() for sentence in pair} | {"Probably meant: {guess}."}
    held = set()
    for name in ("problems.po", "hours_text.po", "road_problems.po"):
        with (LOCALE_FOLDER / "ko" / name).open("rb") as stream:
            held |= {message.id for message in read_po(stream) if message.id}
    assert held == said
