"""`/plan`: where, and at which hour of the week, nobody is served; whole without a script."""

from functools import lru_cache
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from geo_app.cartography.drawing import mark_svg
from geo_app.cartography.marks import MARKS
from geo_app.domain.district import District
from geo_app.finder.gazetteer import list_places
from geo_app.maps.offers import StreetOffer
from geo_app.maps.plan_shell import build_plan_shell
from geo_app.maps.shell import MapShell
from geo_app.web.coding import compress_page
from geo_app.web.coverage import WORKERS
from geo_app.web.coverage_parameters import Asked, read_question
from geo_app.web.headers import content_security_policy
from geo_app.web.house import asset, get_district, get_language, get_snapshot, link, seoul_now, words_of_reader
from geo_app.web.parameters import BadParameters, Parameter, choice
from geo_app.web.plan_area_tables import AREA_SORTS
from geo_app.web.plan_change import ChangeFault, fault_of, find_fault, refused_values, with_place
from geo_app.web.plan_content import plan_values
from geo_app.web.plan_form import form_query
from geo_app.web.plan_gap_tables import GAP_SORTS
from geo_app.web.plan_place_tables import PLACE_SORTS
from geo_app.web.plan_scenario import EDIT_FIELDS
from geo_app.web.plan_scenario import KIND as EDIT_KIND
from geo_app.web.plan_setup import with_places
from geo_app.web.plan_tables import sort_reader
from geo_app.web.scenarios import ERASED, TOKEN_PARAMETER, with_saved
from geo_app.web.streets import street_offer
from geo_app.web.wish_list import WISH_SORTS
from geo_app.wording.catalogue import LANGUAGES, get_words

blueprint = Blueprint("plan", __name__)
SORTS = {**AREA_SORTS, **GAP_SORTS, **PLACE_SORTS, **WISH_SORTS}
FURTHER = (
    Parameter("lang", lambda text: text, {"type": "string", "enum": [*LANGUAGES]}, "language of the page", default="ko"),
    Parameter("sort", sort_reader(SORTS), {"type": "string"}, "a table and its column, `by-dong.share`, downwards `by-dong.-share`"),
    WORKERS,
    Parameter(ERASED, choice(("yes",)), {"type": "string", "enum": ["yes"]}, "a scenario was just erased"),
)


@blueprint.get("/plan")
def page() -> AnyResponse:
    """The planner's page; a sent form leads on to the address of its question."""
    given = with_place(request.args, list_places(get_snapshot())) if EDIT_KIND in request.args else request.args
    sent = form_query(given, seoul_now().date())
    fault = _fault(given, sent) if sent is not None and EDIT_KIND in given else None
    if fault is not None:
        return _refused(fault)
    if sent is not None:
        return redirect(link("plan", **_known(sent)), 303)
    asked = read_question(with_saved(request.args), FURTHER)
    return _answer(asked, _values(asked))


def _values(asked: Asked) -> dict[str, Any]:
    further, words = asked.further, words_of_reader()
    told = plan_values(asked, further["sort"], further["workers"], words, root=request.script_root)
    return {**told, "is_erased": further["erased"] is not None}


def _fault(given: MultiDict[str, str], sent: dict[str, str]) -> ChangeFault | None:
    """What is wrong with the change that the form asks for, by itself or with those before it."""
    words = words_of_reader()
    fault = find_fault(given, words)
    if fault is None:
        try:
            read_question(with_saved(MultiDict(sent)), FURTHER)
        except BadParameters as error:
            return fault_of(error, given, words)
    return fault


def _refused(fault: ChangeFault) -> Response:
    """The page as it was, with the form of the change as it was sent and what is wrong with it."""
    kept = MultiDict((name, text) for name, text in request.args.items(multi=True) if name not in EDIT_FIELDS)
    asked = read_question(with_saved(kept), FURTHER)
    values = _values(asked)
    answer = _answer(asked, {**values, "scenario": {**values["scenario"], "refused": refused_values(request.args, fault)}})
    answer.status_code = 400
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _known(query: dict[str, str]) -> dict[str, Any]:
    """Names that url_for takes for its own go no further."""
    return {name: text for name, text in query.items() if not name.startswith("_")}


def _answer(asked: Asked, values: dict[str, Any]) -> Response:
    snapshot = get_snapshot()
    shell = _shell(get_language(), get_district(snapshot), street_offer(snapshot), asset("").rstrip("/"), request.script_root)
    text = render_template("web/plan.html", page="plan", shell=shell, marks=MARKS, mark_svg=mark_svg, **values)
    answer = Response(text, mimetype="text/html")
    answer.headers["Content-Security-Policy"] = content_security_policy(
        scripts=shell.script_hashes, styles=shell.style_hashes, images=shell.image_hosts
    )
    # A saved scenario may be changed at any moment, and no proxy should hold what its link shows.
    is_kept_nowhere = asked.is_now or TOKEN_PARAMETER in request.args
    answer.headers["Cache-Control"] = "no-cache" if is_kept_nowhere else "public, max-age=60"
    return compress_page(answer)


@lru_cache(maxsize=16)
def _shell(language: str, district: District, backdrop: StreetOffer | None, asset_root: str, root: str) -> MapShell:
    del root  # it only keys the cache: link() puts the prefix of this request in front
    addresses = {
        "layer": link("layers.geojson", layer="LAYER", lang="ko"),
        "states": link("api.states", lang="ko"),
        "latin": link("latin.names", lang="ko"),
        "site": link("site", layer="LAYER", site_id="SITE", lang=language),
    }
    urls = {name: with_places(address) for name, address in addresses.items()}
    return build_plan_shell(
        lang=language,
        words=get_words(language),
        asset=lambda name: f"{asset_root}/{name}",
        urls=urls,
        district=district,
        backdrop=backdrop,
    )
