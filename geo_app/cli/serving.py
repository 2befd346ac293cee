"""`geo-app serve`: gunicorn with the house's own settings, and a card of addresses once it answers."""

import os
import shlex
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from geo_app.cli.showing import current_settings, terminal_words
from geo_app.domain.errors import GeoAppError
from geo_app.settings import Settings
from geo_app.wording.catalogue import Words
from geo_app.wording.problems import error_sentence
from geo_app.workspace.public_room import PublicRoom
from geo_app.workspace.publisher_key import read_publisher_key
from geo_app.workspace.workspace import Workspace


class NoPublisherKey(GeoAppError):
    """A published file is to be served and nobody said whose it must be. No values."""

    code = "no-publisher-key"


GRACEFUL_SECONDS = 25
REQUEST_LINE_BYTES = 8190  # the most that gunicorn takes
NEXT_COMMANDS = (
    "nearest 126.7937 35.1396",
    "import FILE.csv --layer shelters",
    "hours '평일 9시~18시, 일·공휴일 휴무'",
    "holidays list",
    "poster --all posters",
)
# Outside there is no ledger to ask.
NEXT_COMMANDS_OUTSIDE = ("inbox export inbox-copy.sqlite",)


@click.command("serve", help="Serve the map with gunicorn.")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--workers", type=click.IntRange(1, 64), help="Server processes (default: GEO_APP_WORKERS).")
@click.option("--production", is_flag=True, help="Refuse to serve while made-up records are published.")
@click.option(
    "--public",
    "published",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Serve this file of `geo-app publish`, read-only, on a machine outside (default: GEO_APP_PUBLISHED_FILE).",
)
@click.option("--publisher", help="The public key that must have signed it (default: GEO_APP_PUBLISHER_KEY).")
def serve_command(host: str, port: int, workers: int | None, production: bool, published: Path | None, publisher: str | None) -> None:
    """Check, then hand over to the server."""
    words = terminal_words()
    if published is not None:  # the workers read the environment
        os.environ["GEO_APP_PUBLISHED_FILE"] = str(published.absolute())
    if publisher is not None:
        os.environ["GEO_APP_PUBLISHER_KEY"] = publisher
    settings = current_settings()
    with closing(_room(settings)) as room:
        sample_count = room.load_snapshot().sample_count
        if room.keeper.refusal is not None:
            click.echo(f"{words('warning')}: {error_sentence(room.keeper.refusal, words)} [{room.keeper.refusal.code}]", err=True)
    if production and sample_count:
        click.echo(
            words("{count} made-up records are published. Withdraw them first: geo-app samples remove", count=sample_count), err=True
        )
        raise SystemExit(2)
    warning = proxy_warning(settings, words)
    if warning:
        click.echo(f"{words('warning')}: {warning}", err=True)
    if host not in ("127.0.0.1", "localhost", "::1"):
        os.environ["GEO_APP_HOSTS"] = ",".join(filter(None, (os.environ.get("GEO_APP_HOSTS"), "" if host in ("0.0.0.0", "::") else host)))  # noqa: S104 compared, not bound
    _run(host, port, workers or settings.workers, settings.threads, words)


def _room(settings: Settings) -> Workspace | PublicRoom:
    if settings.published_file is None:
        return Workspace(settings.home)
    if not settings.publisher_key:
        raise NoPublisherKey
    return PublicRoom(settings.home, settings.published_file, read_publisher_key(settings.publisher_key))


def proxy_warning(settings: Settings, words: Words) -> str:
    """A sentence where a proxy must stand in front and is not counted, else "".

    This server speaks no TLS: behind a public https address somebody else does, and everybody then comes from that one's address.
    """
    if not settings.public_url.startswith("https://") or settings.trusted_proxies:
        return ""
    return words(
        "GEO_APP_PUBLIC_URL is https, so a proxy stands in front, but GEO_APP_TRUSTED_PROXIES is 0: the whole district then counts "
        "as one reporter. Set it to the number of proxies (mostly 1)."
    )


def _run(host: str, port: int, workers: int, threads: int, words: Words) -> None:
    from gunicorn.app.base import BaseApplication
    from gunicorn.util import import_app

    from geo_app.cli.server_log import ACCESS_LOG

    address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    prefix = current_settings().path_prefix

    class Server(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            options: dict[str, Any] = {
                "bind": [f"[{host}]:{port}" if ":" in host else f"{host}:{port}"],
                "workers": workers,
                "threads": threads,
                "worker_class": "geo_app.cli.server.Worker",
                "limit_request_line": REQUEST_LINE_BYTES,
                "logger_class": "geo_app.cli.server_log.DiscreetLogger",
                "accesslog": "-",
                "access_log_format": ACCESS_LOG,
                "graceful_timeout": GRACEFUL_SECONDS,
                "when_ready": lambda _server: click.echo(_card(address + prefix, words)),
                "forwarded_allow_ips": "",
                "control_socket_disable": True,
            }
            for name, value in options.items():
                if name in self.cfg.settings:
                    self.cfg.set(name, value)

        def load(self) -> Any:
            # By name, after the fork: each worker opens its own stores and watches for itself.
            return import_app("geo_app.wsgi:app")

    sys.stdout.flush()
    Server().run()


def _environment(command: str) -> str:
    """What another terminal must put before a command for it to work, and to speak of the same data folder."""
    settings = current_settings()
    told = [] if settings.home.resolve() == Path("instance").resolve() else [f"GEO_APP_HOME={shlex.quote(str(settings.home))}"]
    if command.startswith("poster"):  # its QR code holds an address
        told.append(f"GEO_APP_PUBLIC_URL={shlex.quote(settings.public_url or 'https://map.example.kr')}")
    return "".join(f"{setting} " for setting in told)


def _card(root: str, words: Words) -> str:
    lines = [
        (words("Map"), f"{root}/map"),
        (words("Find a shelter"), f"{root}/"),
        (words("Lists"), f"{root}/list/shelters"),
        (words("About"), f"{root}/about"),
        (words("For machines"), f"{root}/api/"),
    ]
    next_commands = NEXT_COMMANDS if current_settings().published_file is None else NEXT_COMMANDS_OUTSIDE
    hints = [
        words("Try next, in another terminal:"),
        *(f"  {_environment(command)}{sys.argv[0]} {command}" for command in next_commands),
        words("Stop with Ctrl-C."),
    ]
    return "\n".join(
        ["", "  광산 일터·쉼터 지도", *(f"  {name}: {address}" for name, address in lines), "", *(f"  {hint}" for hint in hints), ""]
    )
