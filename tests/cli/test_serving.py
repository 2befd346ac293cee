"""A real server among clients that dawdle, forge and break off."""

import contextlib
import json
import re
import socket
import time
from collections.abc import Iterator
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest
from conftest import Server

from geo_app.settings import MAX_REQUEST_BYTES

# A probe that is held up waits for as long as the half request does; one on a busy machine for a moment.
PROBES, PROBE_SECONDS = 12, 8.0
HALF_LINE = b"GET / HT"
HALF_BODY = b"POST /api/nearest HTTP/1.1\r\nHost: localhost\r\nContent-Length: 30\r\n\r\nlon=126"
HALF_CHUNK = b"POST /api/nearest HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n8\r\nlon"
WHOLE = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"


@contextlib.contextmanager
def opened(server: Server, first: bytes, count: int = 1, **options: int) -> Iterator[list[socket.socket]]:
    with contextlib.ExitStack() as stack:
        sockets = []
        for _ in range(count):
            client = stack.enter_context(socket.socket())
            for name, value in options.items():
                client.setsockopt(socket.SOL_SOCKET, getattr(socket, name), value)
            client.settimeout(15)
            client.connect(("127.0.0.1", server.port))
            client.sendall(first)
            sockets.append(client)
        yield sockets


def read_all(client: socket.socket) -> bytes:
    received = b""
    with contextlib.suppress(ConnectionResetError):
        while piece := client.recv(65536):
            received += piece
    return received


def ask(server: Server, request: bytes) -> bytes:
    """The answers to raw bytes, up to the end of the connection."""
    with opened(server, request) as (client,):
        return read_all(client)


def assert_quick(server: Server) -> None:
    time.sleep(0.3)
    for _ in range(PROBES):
        started = time.monotonic()
        with urlopen(f"{server.url}/healthz", timeout=PROBE_SECONDS) as answer:
            assert answer.status == 200
        assert time.monotonic() - started < PROBE_SECONDS


def new_log(server: Server, since: int, wanted: str) -> str:
    for _ in range(50):
        told = server.log.read_bytes()[since:].decode()
        if wanted in told:
            return told
        time.sleep(0.1)
    pytest.fail(told)


@pytest.mark.parametrize(
    "first", [HALF_LINE, HALF_BODY, HALF_CHUNK, b"", WHOLE + HALF_LINE], ids=["line", "body", "chunk", "silent", "heels"]
)
def test_clients_that_send_half_hold_nobody_up(live_server, first):
    with opened(live_server, first, 12):
        assert_quick(live_server)


def test_a_request_in_two_pieces_is_answered(live_server):
    with opened(live_server, WHOLE[:20]) as (client,):
        time.sleep(0.5)
        client.sendall(WHOLE[20:])
        assert client.recv(65536).startswith(b"HTTP/1.1 200")


def test_requests_on_each_others_heels_are_answered_in_order(live_server):
    about = b"GET /about HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    answers = ask(live_server, WHOLE + HALF_BODY + b"&lat=35.1&limit=1&layer" + about)
    assert re.findall(rb"HTTP/1.1 (\d+)", answers) == [b"200", b"400", b"200"]


@pytest.mark.parametrize(
    "chunk", [b"ZZ\r\nlon=1\r\n0\r\n\r\n", b"3;\x01\r\nlon\r\n0\r\n\r\n", b"3\r\nlonXX0\r\n\r\n", b"0\r\nBad Trailer\r\n\r\n"]
)
def test_a_malformed_chunk_is_a_bad_request(live_server, chunk):
    since = live_server.log.stat().st_size
    head = HALF_CHUNK.partition(b"8\r\n")[0].replace(b"\r\n\r\n", b"\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n")
    answer = ask(live_server, head + chunk)
    assert answer.startswith(b"HTTP/1.1 400")
    assert json.loads(answer.partition(b"\r\n\r\n")[2])["status"] == 400
    assert "Traceback" not in new_log(live_server, since, "400")


@pytest.mark.parametrize("head", [b"Content-Length: 90000\r\n", b"Transfer-Encoding: chunked\r\n"])
def test_a_body_that_is_too_large_is_refused_by_the_door_itself(live_server, head):
    body = b"q=" + b"x" * 89_998
    sent = b"%X\r\n%s\r\n0\r\n\r\n" % (len(body), body) if b"chunked" in head else body
    kind = b"Content-Type: application/x-www-form-urlencoded\r\n"
    answer = ask(live_server, b"POST /api/nearest HTTP/1.1\r\nHost: localhost\r\n" + kind + head + b"\r\n" + sent)
    assert answer.startswith(b"HTTP/1.1 413")
    assert b'"too-large"' in answer


def test_a_body_that_is_not_read_ends_its_connection_and_says_so(live_server):
    head = f"POST /scenarios HTTP/1.1\r\nHost: localhost\r\nContent-Length: {MAX_REQUEST_BYTES + 1}\r\n\r\n".encode()
    answer = ask(live_server, head + b"x" * (MAX_REQUEST_BYTES + 1) + WHOLE)
    assert b" 413 " in answer.splitlines()[0]
    assert b"\r\nConnection: close\r\n" in answer
    assert answer.count(b"HTTP/1.1 ") == 1


def test_the_longest_area_that_is_promised_fits_into_a_request_line(live_server):
    ring = "1 1,2 1,2 2,1 1"
    area = f"POLYGON(({ring[:-3]}" + "1 2," * 988 + "1 1))"
    assert 3950 < len(area) <= 4000
    with urlopen(f"{live_server.url}/api/sites?within={quote(area, safe='')}", timeout=5) as answer:
        assert answer.status == 200


def test_a_longer_request_line_is_refused_in_words_for_machines(live_server):
    with pytest.raises(HTTPError) as refused:
        urlopen(f"{live_server.url}/api/sites?q=" + "x" * 9000, timeout=5)
    with refused.value as answer:
        assert (answer.code, answer.headers["Content-Type"]) == (414, "application/problem+json")


def test_a_path_cannot_forge_a_line_of_the_log(live_server):
    since = live_server.log.stat().st_size
    ask(
        live_server,
        b"GET /x%0a[21/Nov/2026]%20GET%20/admin%20200%0a%1b[2J%3Flon=126.8 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    )
    told = new_log(live_server, since, "404")
    assert "\x1b" not in told
    assert "126.8" not in told
    assert len([line for line in told.splitlines() if "404" in line or "/admin" in line]) == 1


@pytest.mark.parametrize(
    "request_line",
    [b"GET /api/nearest?lon=126.8&lat=35.1\xff HTTP/1.1", b"GET /?lon=126.8 HTTP/9.9", b"get /?lon=126.8 HTTP/1.1", b"/?lon=126.8"],
)
def test_a_request_that_cannot_be_parsed_leaves_no_trace_of_what_it_asked(live_server, request_line):
    since = live_server.log.stat().st_size
    answer = ask(live_server, request_line + b"\r\nHost: localhost\r\nX-Position: 126.8\r\n\r\n")
    told = new_log(live_server, since, "refused")
    assert answer.startswith(b"HTTP/1.1 400")
    assert "126.8" not in told + answer.decode()
    assert "127.0.0.1" not in told


def test_an_access_line_holds_time_method_path_status_and_milliseconds(live_server):
    since = live_server.log.stat().st_size
    with urlopen(Request(f"{live_server.url}/api/nearest?lon=126.8&lat=35.1", headers={"Referer": "http://x/?secret"}), timeout=5):
        pass
    told = new_log(live_server, since, "nearest")
    assert re.fullmatch(r"\[\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}\] GET /api/nearest 200 \d+ms\n", told)
