"""gunicorn's threaded worker, discreet: what it answers and logs where no application can repeats nothing of the request.

Slow clients are the business of the buffering proxy in front; `GEO_APP_THREADS` is how many of them a process bears without one.
"""

import errno
from http import HTTPStatus
from typing import Any

from gunicorn.http.body import ChunkedReader
from gunicorn.http.errors import ParseException
from gunicorn.workers.gthread import ThreadWorker

from geo_app.cli.heap import keep_heap_small
from geo_app.cli.server_log import problem_answer, status_of
from geo_app.settings import MAX_REQUEST_BYTES


class Worker(ThreadWorker):  # type: ignore[misc]
    """gunicorn's ThreadWorker with plain faults and discreet answers."""

    def init_process(self) -> None:
        """Begin to serve, with a heap that gives back what it does not need."""
        keep_heap_small()
        super().init_process()

    def handle_request(self, req: Any, conn: Any) -> bool:
        """Let the application answer; a malformed chunk reaches it as a body that cannot be read.

        A body that it will not read is not waited for: the answer says that the connection closes.
        """
        if _told_length(req) > MAX_REQUEST_BYTES:
            req.force_close()
        if isinstance(req.body.reader, ChunkedReader):
            req.body.reader = PlainFaults(req.body.reader)
        return bool(super().handle_request(req, conn))

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:
        """Answer what the application never saw. Neither log nor answer repeats the request."""
        del req, addr
        status = status_of(exc)
        if status is HTTPStatus.INTERNAL_SERVER_ERROR:
            self.log.fault("a request failed", exc)
        else:
            self.log.warning("a request was refused: %d %s", status.value, type(exc).__name__)
        try:
            client.sendall(problem_answer(status))
        except OSError:
            self.log.debug("the client is gone")


def _told_length(req: Any) -> int:
    told = [value for name, value in req.headers if name == "CONTENT-LENGTH"]
    return int(told[0]) if told else 0  # gunicorn has refused what is no whole number


class PlainFaults:
    """A reader of a chunked body whose faults are OSErrors, as WSGI applications expect of a body that cannot be read."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader

    def read(self, size: int) -> bytes:
        """Up to `size` bytes."""
        try:
            return bytes(self._reader.read(size))
        except ParseException as fault:
            raise OSError(errno.EPROTO, type(fault).__name__) from None
