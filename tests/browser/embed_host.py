"""Somebody else's site: a small server of its own pages, with whatever headers a page is to have."""

import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class HostSite:
    """Serves what is put into `pages` (path → body, headers) on a port of its own.

    It has two origins: `named`, which our server is told of, and `stranger`, which it is not.
    """

    def __init__(self) -> None:
        self.pages: dict[str, tuple[str, Mapping[str, str]]] = {}
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body, headers = site.pages.get(self.path.partition("?")[0], ("", {}))
                self.send_response(200)
                for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, *_: object) -> None:
                """Says nothing: the tests do."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        port = self._server.server_address[1]
        self.named, self.stranger = f"http://localhost:{port}", f"http://127.0.0.1:{port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def put(self, path: str, body: str, **headers: str) -> str:
        """The page of that path on the named origin."""
        whole = f'<!DOCTYPE html><html lang="ko"><head><meta charset="utf-8"><title>Host</title></head><body>{body}</body></html>'
        self.pages[path] = (whole, {name.replace("_", "-"): value for name, value in headers.items()})
        return self.named + path

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
