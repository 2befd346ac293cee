"""Addresses of the planner's page: every link asks the same question but for what it changes, in as few words as it can."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request

from geo_app.web.coverage_parameters import QUESTION, Asked
from geo_app.web.house import get_language, link
from geo_app.wording.catalogue import DEFAULT_LANGUAGE

AT_FORMAT = "%Y-%m-%dT%H:%M"  # Seoul's time, as a form writes it
# What the page itself asks beside the question.
KEPT_FURTHER = ("sort", "workers")
DEFAULTS = {item.name: item.default for item in QUESTION}


@dataclass(frozen=True, slots=True)
class PlanLinks:
    """`short`: what differs from the defaults, `full`: every parameter of the question, `further`: the page's own; all without language."""

    short: Mapping[str, str]
    full: Mapping[str, str]
    further: Mapping[str, str]

    def page(self, fragment: str = "", **changes: Any) -> str:
        """This page with some parameters changed; None takes one away."""
        told = {**self.short, **self.further, **changes}
        address = link("plan", **{name: value for name, value in told.items() if value not in (None, "")})
        return f"{address}#{fragment}" if fragment else address

    def hidden(self, *without: str, lang: bool = True) -> list[tuple[str, str]]:
        """The same as hidden fields of a form that changes those named."""
        language = [("lang", get_language())] if lang and get_language() != DEFAULT_LANGUAGE else []
        return language + [(name, text) for name, text in {**self.short, **self.further}.items() if name not in without]

    def door(self, endpoint: str, /, **values: Any) -> str:
        """A machine door or a download of the whole question."""
        return link(endpoint, **{"lang": DEFAULT_LANGUAGE, **self.full, **values})


def make_links(asked: Asked) -> PlanLinks:
    """The links of the page that was asked. A saved scenario and an older revision stay named by what names them."""
    given = request.args
    kept = {name: given[name] for name in ("revision", "scenario") if given.get(name)}
    parameters = dict(asked.parameters)
    parameters["at"] = asked.question.at.strftime(AT_FORMAT)
    if "scenario" in kept and not given.get("edits"):
        parameters.pop("edits", None)
    further = {name: given[name] for name in KEPT_FURTHER if given.get(name)}
    return PlanLinks({**without_defaults(parameters), **kept}, {**parameters, **kept}, further)


def without_defaults(parameters: Mapping[str, str]) -> dict[str, str]:
    """Those that say something."""
    return {name: text for name, text in parameters.items() if text != _as_text(DEFAULTS.get(name))}


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, int | float) else str(value)
