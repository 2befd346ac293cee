"""What is tried out on the planner's page: the changes, what they would bring, and the form that adds one without a script."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import request

from geo_app.planning.answers import CoverageAnswer
from geo_app.planning.edits import MAX_EDITS, MAX_NAME_CHARACTERS, Edit, EditKind, write_edits
from geo_app.planning.plan_site import REGISTERED_ONLY, PlanSite
from geo_app.planning.question import CoverageQuestion
from geo_app.planning.scenario import edited_ids
from geo_app.planning.usable import may_enter
from geo_app.web.coverage_parameters import Asked
from geo_app.web.house import get_house, link
from geo_app.web.plan_links import PlanLinks
from geo_app.web.scenarios import TOKEN_PARAMETER, load_scenario
from geo_app.wording.catalogue import DEFAULT_LANGUAGE, Words
from geo_app.wording.compare_terms import exact_percent
from geo_app.wording.plan_terms import demand_figure

# Fields of the form of one change; a text of `planning.edits` is made of them.
KIND, SITE, PLACE, HOURS, NAME = "edit", "edit_site", "edit_place", "edit_hours", "edit_name"
EDIT_FIELDS = (KIND, SITE, PLACE, HOURS, NAME)
KIND_WORDS = {
    EditKind.OPEN: "Open a place",
    EditKind.CLOSE: "Close a place",
    EditKind.MOVE: "Move a place",
    EditKind.HOURS: "Change its hours",
}
_EDIT_WORDS = {
    EditKind.OPEN: "Open: {name} · {hours}",
    EditKind.CLOSE: "Close: {name}",
    EditKind.MOVE: "Move: {name} to {place}",
    EditKind.HOURS: "Hours: {name} · {hours}",
}


UNREACHED_WORDS = "No effect: nobody reaches this place (no street within 500 m, or none that leads there)"


def added_edit(given: Mapping[str, str]) -> str:
    """The text of the change that the form asks for, put behind those that stand; "" where none is asked. What is wrong is for its reader.

    >>> added_edit({"edit": "open", "edit_place": "126.8, 35.1", "edit_hours": "24/7", "edits": "close:sh-000001"})
    'close:sh-000001;open:126.8,35.1,24/7'
    """
    kind = given.get(KIND, "")
    if not kind:
        return given.get("edits", "")
    site, hours, name = (_part(given.get(field, "")) for field in (SITE, HOURS, NAME))
    place = given.get(PLACE, "").replace(" ", "")
    parts = {
        EditKind.OPEN: [place, hours, *([name] if name else [])],
        EditKind.CLOSE: [site],
        EditKind.MOVE: [site, place],
        EditKind.HOURS: [site, hours],
    }
    told = parts.get(EditKind(kind), []) if kind in [*EditKind] else []
    return ";".join(filter(None, [given.get("edits", ""), f"{kind}:{','.join(told)}"]))


def _part(text: str) -> str:
    # The marks that part a change from the next and its parts from each other may stand in a name.
    return text.strip().replace("%", "%25").replace(";", "%3B").replace(",", "%2C")


def scenario_values(
    asked: Asked, sites: Sequence[PlanSite], answer: CoverageAnswer, base: CoverageAnswer | None, links: PlanLinks, words: Words
) -> dict[str, Any]:
    """`base` is the answer without the changes, None where there are none."""
    names = {site.id: site.name for site in sites}
    edits = asked.edits
    unreached = words(UNREACHED_WORDS)
    why = {**without_effect(asked.question, sites, words), **dict.fromkeys(answer.unreached, unreached)}
    return {
        "edits": [
            {
                "text": edit_sentence(edit, names, words),
                "why": why.get(site_id, ""),
                "remove_href": _taken_back(edits, place, links),
            }
            for place, (edit, site_id) in enumerate(zip(edits, edited_ids(edits), strict=True))
        ],
        "is_full": len(edits) >= MAX_EDITS,
        "kinds": [(kind.value, words(sentence)) for kind, sentence in KIND_WORDS.items()],
        "sites": [(site.id, site.name) for site in sorted(sites, key=lambda site: (site.name, site.id))],
        "most_name": MAX_NAME_CHARACTERS,
        "kept": links.hidden("edits", "at", lang=False),
        "at": links.full["at"],
        "edits_text": write_edits(edits),
        "parameters": {name: text for name, text in asked.parameters.items() if name != "edits"},
        "base_href": links.page("scenario", edits=None, **{TOKEN_PARAMETER: None}),
        "token": links.short.get(TOKEN_PARAMETER, ""),
        "saved": _saved(links.short.get(TOKEN_PARAMETER, "")),
        # Where no scenario can be kept, nothing offers to.
        "save_action": link("scenarios.save") if get_house().scenarios else "",
        **_difference(answer, base, words),
    }


def _saved(token: str) -> dict[str, Any] | None:
    """What stands under the link that was opened, and the doors that change it."""
    if not token:
        return None
    kept = load_scenario(token)
    return {
        "name": kept.name,
        "note": kept.note,
        "revision": kept.base_revision,
        "until": kept.expires_on.isoformat(),
        "link": link("plan", scenario=token),
        "action": link("scenarios.change", token=token),
        "compare_action": link("compare.page", lang=DEFAULT_LANGUAGE),
        "is_changed": bool(request.args.get("edits")),
    }


def edit_sentence(edit: Edit, names: Mapping[str, str], words: Words) -> str:
    """A change in words."""
    place = "" if edit.lon is None or edit.lat is None else f"{edit.lon:.5f}, {edit.lat:.5f}"
    name = edit.name or names.get(edit.site_id or "", edit.site_id or place)
    told = {"name": name, "place": place, "hours": edit.hours or ""}
    sentence = _EDIT_WORDS[edit.kind]
    return words(sentence, **{key: text for key, text in told.items() if f"{{{key}}}" in sentence})


def without_effect(question: CoverageQuestion, sites: Sequence[PlanSite], words: Words) -> dict[str, str]:
    """Of each counted place by its id why it is never usable, whatever is changed in it; "" where it may be."""
    return {site.id: words(why) if (why := _never_usable(question, site)) else "" for site in sites}


def _never_usable(question: CoverageQuestion, site: PlanSite) -> str:
    if site.id in question.without or (question.sites and site.id not in question.sites) or (site.is_neighbour and not question.neighbours):
        return "No effect: the conditions leave this place out"
    if may_enter(site, question.layer, registered=question.registered, checked=question.checked):
        return ""
    if site.entry in REGISTERED_ONLY:
        return "No effect: only with registration or a card, so it is not among the usable places"
    return "No effect: how to get in is not known, so it is not among the usable places"


def _taken_back(edits: Sequence[Edit], place: int, links: PlanLinks) -> str:
    """The page without that change. Where none is left, the saved scenario's own would come back: then its link goes too."""
    left = write_edits([edit for number, edit in enumerate(edits) if number != place])
    return links.page("scenario", edits=left) if left else links.page("scenario", edits=None, **{TOKEN_PARAMETER: None})


def _difference(answer: CoverageAnswer, base: CoverageAnswer | None, words: Words) -> dict[str, Any]:
    if base is None:
        return {"difference": None}
    unit = answer.demand_info.unit
    return {
        "difference": [
            (words("As it is"), exact_percent(base.share, words), demand_figure(base.uncovered, unit, words)),
            (words("With these changes"), exact_percent(answer.share, words), demand_figure(answer.uncovered, unit, words)),
        ]
    }
