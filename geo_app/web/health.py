"""`/healthz` says the process lives; `/readyz` says that it can answer."""

from collections.abc import Iterator

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

    What is told beside it is no reason to turn anybody away: riders' reports that cannot be read, a published file that was refused.
    """
    snapshot = get_snapshot()
    fault = get_house().keeper.fault
    if fault is not None:
        raise NotReady(reason=type(fault).__name__)
    return Response("".join([f"ready: revision {snapshot.number}\n", *_told()]), mimetype="text/plain")


def _told() -> Iterator[str]:
    board, refusal = get_house().reports, get_house().keeper.refusal
    if board is not None and board.fault is not None:
        yield f"reports cannot be read: {type(board.fault).__name__}\n"
    if refusal is not None:
        # The paths of this machine are nobody's business; the log has them.
        yield f"the published file was refused and the last good one is served: {refusal.code}\n"
