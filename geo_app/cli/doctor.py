"""`geo-app doctor`: each check says what it found and, for a fault, what to do."""

import json
import stat
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

import click

from geo_app.assets import AssetsMissing, find_assets
from geo_app.cli.calendar_lines import list_miscounted_feasts
from geo_app.cli.roads_work import streets_line
from geo_app.cli.serving import proxy_warning
from geo_app.cli.showing import current_settings, now, opened_workspace, problem_document, terminal_words
from geo_app.domain.errors import GeoAppError
from geo_app.papers.fonts import FontsMissing, find_font_files
from geo_app.settings import SETTINGS, Settings
from geo_app.snapshot.snapshot import Snapshot
from geo_app.wording.catalogue import Words
from geo_app.wording.labels import ALERT_KIND_WORDS, label
from geo_app.wording.problems import error_sentence
from geo_app.workspace.home import Home
from geo_app.workspace.reports import KEY_FILE
from geo_app.workspace.street_import import find_streets_meta
from geo_app.workspace.workspace import Workspace

Finding = tuple[bool, str]
# The calendar must reach this far ahead: the hours that a phone subscribes to reach eight weeks, and bringing a calendar up to date
# takes days.
CALENDAR_AHEAD_DAYS = 60


@click.command("doctor", help="Check settings, stores and data; exit 1 when something needs a hand.")
@click.option("--settings", "list_settings", is_flag=True, help="List every setting with its default and meaning.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
def doctor_command(list_settings: bool, as_json: bool) -> None:
    """Check, or list the settings."""
    words = terminal_words()
    if list_settings:
        if as_json:
            click.echo(json.dumps([asdict(doc) for doc in SETTINGS], ensure_ascii=False, indent=2))
            return
        for doc in SETTINGS:
            click.echo(f"{doc.name}={doc.default}\n    {doc.meaning}")
        return
    findings = list(_findings(words))
    if as_json:
        shown = [{"good": is_good, "message": sentence} for is_good, sentence in findings]
        click.echo(json.dumps({"good": all(is_good for is_good, _ in findings), "findings": shown}, ensure_ascii=False, indent=2))
    for is_good, sentence in () if as_json else findings:
        click.echo(f"{words('good') if is_good else words('mend')}  {sentence}")
    if not all(is_good for is_good, _ in findings):
        raise SystemExit(1)


def _findings(words: Words) -> Iterator[Finding]:
    try:
        settings = current_settings()
    except GeoAppError as fault:
        yield False, error_sentence(fault, words)
        return
    yield True, words("The settings can be used.")
    yield from _check_files(settings, words)
    if not Home(settings.home).is_founded():
        yield False, words("{home} holds no ledger yet: run geo-app init", home=settings.home)
        return
    try:
        with opened_workspace() as workspace:
            for check in CHECKS:
                yield from check(workspace, words)
    except GeoAppError as fault:
        yield False, error_sentence(fault, words)


def _check_files(settings: Settings, words: Words) -> Iterator[Finding]:
    for folder in ("static/vendor", "templates", "data"):
        try:
            root, *rest = folder.split("/")
            is_there = Path(find_assets(root), *rest).is_dir()
        except AssetsMissing:
            is_there = False
        yield (
            is_there,
            words("{folder} is there.", folder=folder)
            if is_there
            else words("{folder} is missing: install the project again (pip install .)", folder=folder),
        )
    yield _check_fonts(words)
    warning = proxy_warning(settings, words)
    if warning:
        yield False, warning
    if not settings.public_url:
        yield True, words("GEO_APP_PUBLIC_URL is not set: links name the address that was asked for.")


def _check_fonts(words: Words) -> Finding:
    try:
        files = find_font_files()
    except FontsMissing as fault:
        return False, error_sentence(fault, words)
    return True, words("The fonts of posters are there ({count} files).", count=len(files))


def _check_secret(workspace: Workspace, words: Words) -> Iterator[Finding]:
    key = workspace.home.folder / KEY_FILE  # there on days with a report only
    for path in (workspace.home.secret, workspace.home.ledger, workspace.home.desk, *([key] if key.exists() else [])):
        is_private = path.exists() and not stat.S_IMODE(path.stat().st_mode) & 0o077
        yield (
            is_private,
            words("{file} can be read by its owner only.", file=path.name)
            if is_private
            else words("{file} must be readable by its owner only: chmod 600 {file}", file=path),
        )


def _check_reports(workspace: Workspace, words: Words) -> Iterator[Finding]:
    workspace.reports.look(now())
    fault = workspace.reports.fault
    if fault is None:
        yield True, words("Riders' reports can be read.")
        return
    reason = error_sentence(fault, words) if isinstance(fault, GeoAppError) else type(fault).__name__
    yield False, words("Riders' reports cannot be read; shelters are still shown, without what riders say. {reason}", reason=reason)


def _check_ledger(workspace: Workspace, words: Words) -> Iterator[Finding]:
    problems = workspace.ledger.verify()
    if not problems:
        yield True, words("The ledger is whole: {count} revisions, every SHA-256 matches.", count=workspace.ledger.head_number())
    for item in problems:
        shown = problem_document(item, words)
        yield False, f"{shown['message']} {shown['hint']}"


def _check_snapshot(workspace: Workspace, words: Words) -> Iterator[Finding]:
    snapshot = workspace.load_snapshot()
    yield True, words("Revision {number} is loaded: {layers} layers.", number=snapshot.number, layers=len(snapshot.layers))
    if snapshot.sample_count:
        yield (
            True,
            words(
                "{count} made-up records are published; geo-app samples remove withdraws them before going public.",
                count=snapshot.sample_count,
            ),
        )
    yield _check_calendar(snapshot, words)
    yield from _check_feasts(snapshot, words)
    yield True, _alerts_sentence(snapshot, words)


def _check_calendar(snapshot: Snapshot, words: Words) -> Finding:
    wanted = now().date() + timedelta(days=CALENDAR_AHEAD_DAYS)
    if snapshot.calendar.covers(wanted):
        return True, words("Public holidays are known until {day}.", day=snapshot.calendar.covers_until)
    return False, words(
        "Public holidays are not known for {day}, {count} days from now: bring the calendar up to date.",
        day=wanted,
        count=CALENDAR_AHEAD_DAYS,
    )


def _check_feasts(snapshot: Snapshot, words: Words) -> Iterator[Finding]:
    miscounted = list_miscounted_feasts(snapshot.calendar)
    if not miscounted and snapshot.calendar.covers_from is not None:
        yield True, words("Each year that the calendar covers has one Seollal and one Chuseok.")
    for year, name, count in miscounted:
        yield (
            False,
            words(
                "{year} has {count} days called {name}; there must be exactly one. Mend it: geo-app holidays add, geo-app holidays remove",
                year=year,
                count=count,
                name=name,
            ),
        )


def _alerts_sentence(snapshot: Snapshot, words: Words) -> str:
    today = now().date()
    held = [item for item in snapshot.calendar.alerts if item.first <= today <= item.last]
    if not held:
        return words("No weather alert is in force today.")
    named = [words("{alert} until {day}", alert=label(words, ALERT_KIND_WORDS, item.kind), day=item.last) for item in held]
    return words("Weather alerts in force today: {alerts}", alerts=", ".join(named))


def _check_streets(workspace: Workspace, words: Words) -> Iterator[Finding]:
    meta = find_streets_meta(workspace)
    if meta is None:
        yield True, words("There are no streets; ways are estimated. Bring some in: geo-app roads import FILE")
    else:
        yield True, words("Streets: {streets}", streets=streets_line(meta, words))


CHECKS: tuple[Callable[[Workspace, Words], Iterator[Finding]], ...] = (
    _check_secret,
    _check_reports,
    _check_ledger,
    _check_snapshot,
    _check_streets,
)
