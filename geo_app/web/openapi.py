"""`/api/openapi.json`, made from the same parameter tables that read requests, and `/api/`, the same for people."""

import orjson
from flask import Blueprint, Response, render_template, request

from geo_app.web.api_page import api_page
from geo_app.web.coding import compress_page
from geo_app.web.house import get_house
from geo_app.web.open_document import open_document
from geo_app.web.parameters import read_parameters

blueprint = Blueprint("openapi", __name__)


@blueprint.get("/api/openapi.json")
def document() -> Response:
    """OpenAPI 3.1."""
    read_parameters((), request.args)
    told = open_document(with_scenarios=get_house().scenarios is not None)
    answer = Response(orjson.dumps(told, option=orjson.OPT_INDENT_2), mimetype="application/json")
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cache-Control"] = "public, max-age=300"
    return compress_page(answer)


@blueprint.get("/api/")
def documentation() -> Response:
    """The machine doors in words."""
    return compress_page(Response(render_template("web/api.html", page="api", is_now=True, **api_page()), mimetype="text/html"))
