"""What the server writes down, and what it answers where no application can: never a query, a position or an address of a person."""

import json
import sys
import traceback
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from gunicorn.glogging import Logger
from gunicorn.http.errors import (
    ConfigurationProblem,
    ExpectationFailed,
    InvalidResponseHeader,
    InvalidResponseHeaderName,
    LimitRequestHeaders,
    LimitRequestLine,
    ParseException,
    UnsupportedTransferCoding,
)

# Method, path, status and milliseconds only: a query may hold what somebody looks for, an address may be a person.
ACCESS_LOG = "%(t)s %(m)s %(U)s %(s)s %(M)sms"
PATH_CHARACTERS = 200
TOKEN_PATH = "/scenarios/"  # noqa: S105 what stands before a scenario's token, which is its key
PATH_SAFE = "/~:@!$&'()*+,;="
STATUS_BY_FAULT: dict[type[BaseException], HTTPStatus] = {
    LimitRequestLine: HTTPStatus.REQUEST_URI_TOO_LONG,
    LimitRequestHeaders: HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    ExpectationFailed: HTTPStatus.EXPECTATION_FAILED,
    UnsupportedTransferCoding: HTTPStatus.NOT_IMPLEMENTED,
    ConfigurationProblem: HTTPStatus.INTERNAL_SERVER_ERROR,
    InvalidResponseHeader: HTTPStatus.INTERNAL_SERVER_ERROR,
    InvalidResponseHeaderName: HTTPStatus.INTERNAL_SERVER_ERROR,
    ParseException: HTTPStatus.BAD_REQUEST,
    BaseException: HTTPStatus.INTERNAL_SERVER_ERROR,
}


class DiscreetLogger(Logger):  # type: ignore[misc]
    """gunicorn's logger with the atoms of `ACCESS_LOG` alone, and faults without their messages, which may quote the request."""

    def atoms(self, resp: Any, req: Any, environ: dict[str, Any], request_time: Any) -> dict[str, Any]:
        """The atoms of one answer: `t`, `m`, `U`, `s`, `M`."""
        del req
        return {
            "t": self.now(),
            "m": quoted_path(environ.get("REQUEST_METHOD", "-")),
            "U": quoted_path(environ.get("PATH_INFO", "-")),
            "s": str(resp.status).split(None, 1)[0],
            "M": int(request_time.total_seconds() * 1000),
        }

    def exception(self, msg: str, *args: Any, **kwargs: Any) -> None:
        """`msg`, the kind of the fault that is being handled, and where it arose."""
        del args, kwargs
        self.fault(msg.replace("%s", "").strip(), sys.exc_info()[1])

    def fault(self, msg: str, fault: BaseException | None) -> None:
        """`msg`, the kind of `fault` and where it arose; not what it says."""
        frames = "".join(traceback.format_tb(fault.__traceback__)) if fault else ""
        self.error("%s: %s\n%s", msg, type(fault).__name__, frames)


def quoted_path(path: str) -> str:
    """A decoded path (a WSGI string) on one line: quoted again, cut when it is long, without a question or a token."""
    head, mark, token = path.partition(TOKEN_PATH)
    path = head + mark + "-" if token else path
    return quote(path.partition("?")[0][:PATH_CHARACTERS].encode("latin-1", "replace"), safe=PATH_SAFE)


def status_of(fault: BaseException) -> HTTPStatus:
    """The status that answers a fault of the protocol; 500 for any other."""
    return next(STATUS_BY_FAULT[kind] for kind in type(fault).__mro__ if kind in STATUS_BY_FAULT)


def problem_answer(status: HTTPStatus) -> bytes:
    """A whole HTTP answer, a problem document, after which the connection closes. It repeats nothing of the request."""
    code = status.phrase.lower().replace(" ", "-")
    body = json.dumps({"type": "about:blank", "title": code, "status": status.value, "code": code}).encode()
    head = (
        f"HTTP/1.1 {status.value} {status.phrase}\r\nConnection: close\r\nContent-Type: application/problem+json\r\n"
        f"Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
