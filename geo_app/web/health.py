"""`/healthz` says the process lives; `/readyz` says that it can answer."""

from flask import Blueprint, Response

from geo_app.web.house import NotReady, get_house, get_snapshot

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """Alive."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
def readyz() -> Response:
    """A snapshot is loaded and the stores can be reached; otherwise 503, while the last good snapshot is still served.

    Riders' reports that cannot be read are told and are no reason to turn anybody away: shelters are found without them.
    """
    snapshot = get_snapshot()
    fault = get_house().keeper.fault
    if fault is not None:
        raise NotReady(reason=type(fault).__name__)
    board = get_house().reports
    told = "" if board is None or board.fault is None else f"reports cannot be read: {type(board.fault).__name__}\n"
    return Response(f"ready: revision {snapshot.number}\n{told}", mimetype="text/plain")
