"""The two sides of a comparison as an address names them: one question, two sets of changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from werkzeug.datastructures import MultiDict

from geo_app.desk.scenarios import Scenario
from geo_app.exports.coverage_query import question_parameters
from geo_app.planning.answers import WeekAnswer
from geo_app.planning.compare import Comparison, compare_answers
from geo_app.web.coverage_answers import get_answers
from geo_app.web.coverage_parameters import QUESTION, Asked, read_question
from geo_app.web.house import get_snapshot, link
from geo_app.web.parameters import BadParameters, Parameter, Unreadable, choice, read_parameters
from geo_app.web.plan_scenario import edit_sentence
from geo_app.web.scenarios import BASE, NO_QUESTION, TOKEN_PARAMETER, load_scenario, name_scenario
from geo_app.wording.catalogue import DEFAULT_LANGUAGE, LANGUAGES, Words

MAX_LINK_CHARACTERS = 4_000


def _token(text: str) -> str:
    """A token, or the one in a whole link as it is passed on."""
    if len(text) > MAX_LINK_CHARACTERS:
        raise Unreadable(f"≤ {MAX_LINK_CHARACTERS}")
    try:
        found = parse_qs(urlsplit(text.strip()).query).get(TOKEN_PARAMETER, [text.strip()])
    except ValueError:
        raise Unreadable(TOKEN_PARAMETER) from None
    return found[0]


_LANG = Parameter("lang", choice(LANGUAGES), {"type": "string", "enum": [*LANGUAGES]}, "language of the page", default=DEFAULT_LANGUAGE)
SIDES = (
    _LANG,
    Parameter("a", _token, {"type": "string"}, "a saved scenario's token or link; base: things as they are", default=BASE),
    Parameter("b", _token, {"type": "string"}, "the other saved scenario's token or link, or base", default=BASE),
)
# The question may be given anew; the changes are those of the two scenarios.
ASKED_ANEW = tuple(item for item in QUESTION if item.name not in ("edits", TOKEN_PARAMETER))


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: its scenario (None: things as they are) and what is asked of it."""

    token: str
    scenario: Scenario | None
    asked: Asked

    def name(self, words: Words) -> str:
        """What it is called."""
        if self.scenario is None:
            return words("Things as they are")
        return self.scenario.name or words("A scenario without a name")

    def changes(self, words: Words) -> list[str]:
        """What is changed in it, a sentence each."""
        layer = self.asked.snapshot.get_layer(self.asked.question.layer)
        places = {edit.site_id: layer.find_position(edit.site_id) for edit in self.asked.edits if edit.site_id}
        names = {site_id: layer.feature(place)["properties"]["name"] for site_id, place in places.items() if place is not None}
        return [edit_sentence(edit, names, words) for edit in self.asked.edits]


@dataclass(frozen=True, slots=True)
class Sides:
    """Both, asked the same question of the same revision but for their changes."""

    a: Side
    b: Side
    further: Mapping[str, Any]  # the page's own parameters

    def compared(self) -> Comparison:
        """What the second differs in from the first at `at`."""
        answers = get_answers()
        return compare_answers(answers.coverage(self.a.asked), answers.coverage(self.b.asked))

    def weeks(self) -> tuple[WeekAnswer, WeekAnswer]:
        """Both over the whole week."""
        answers = get_answers()
        return answers.week(self.a.asked), answers.week(self.b.asked)

    def query(self, **changes: str) -> Mapping[str, str]:
        """The parameters that ask for this comparison again."""
        asked = self.a.asked
        return {"a": self.a.token, "b": self.b.token, **question_parameters(asked.question), **changes}

    def page(self, fragment: str = "", **changes: Any) -> str:
        """The page of this comparison with some parameters changed, in the order that it was asked for."""
        own = {name: str(value) for name, value in self.further.items() if value is not None}
        return link("compare.page", **self.query(**{**own, **changes})) + (f"#{fragment}" if fragment else "")


def _read(question: Mapping[str, str], tokens: Sequence[str]) -> Asked:
    """The question of one side. `tokens`: its own and the other's, by either of which it may ask for what is gone."""
    try:
        return read_question(MultiDict(question))
    except BadParameters as fault:
        revision = question.get("revision") or get_snapshot().number
        raise name_scenario(fault, question, (token for token in tokens if token != BASE), int(revision)) from None


def read_sides(given: MultiDict[str, str], further: Sequence[Parameter] = ()) -> Sides:
    """Both sides of the address's own question, else of the one that the second scenario was saved with, else the first's.

    `further`: what the page asks beside them. Raises `UnknownScenario`, and as `coverage_parameters.read_question`.
    """
    values = read_parameters((*SIDES, *ASKED_ANEW, *further), given)
    tokens = (values["a"], values["b"])
    scenarios = [None if token == BASE else load_scenario(token) for token in tokens]
    own = {item.name: given[item.name] for item in ASKED_ANEW if item.name in given}
    saved = next((found.parameters for found in reversed(scenarios) if found is not None), {})
    question = own if own.keys() - NO_QUESTION else {**saved, **own}
    a, b = (
        Side(token, found, _read({**question, "edits": "" if found is None else found.edits}, (token, *tokens)))
        for token, found in zip(tokens, scenarios, strict=True)
    )
    if a.asked.is_now:  # the clock may have moved between the two
        b = Side(b.token, b.scenario, b.asked._replace(question=a.asked.question))
    return Sides(a, b, {item.name: values[item.name] for item in further})
