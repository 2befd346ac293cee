"""`geo-app nearest`, `geo-app hours`."""

import json

import click

from geo_app.cli.showing import opened_workspace, problem_document, read_moment, terminal_words
from geo_app.domain.calendar import Calendar
from geo_app.domain.hours import state_at
from geo_app.domain.problem import Problem, Severity
from geo_app.domain.provenance import POINT_PRECISIONS
from geo_app.domain.site import HoursStatement
from geo_app.finder.nearest import NearestQuestion, Order, find_nearest, nearby_properties
from geo_app.ingest.cell_values import BadCell
from geo_app.ingest.holiday_cells import read_holiday_rule
from geo_app.ingest.hours_text import Converted, convert_hours_text
from geo_app.travel.speeds import Mode
from geo_app.wording.catalogue import Words
from geo_app.wording.door_state import state_sentence
from geo_app.wording.problems import problem_hint, problem_sentence
from geo_app.wording.readback import read_back
from geo_app.wording.shelter_card import door_sentence

_AT = click.option("--at", "at_text", metavar="ISO", help="The time to ask about; without a zone it is Seoul's. Default: now.")
_JSON = click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")


@click.command("nearest", help="The nearest places to LON LAT (EPSG:4326), in true order.")
@click.argument("lon", type=float)
@click.argument("lat", type=float)
@click.option("--layer", default="shelters", show_default=True)
@click.option("--limit", type=click.IntRange(1, 1000), default=5, show_default=True)
@click.option("--within-m", type=click.FloatRange(min=0), help="No farther than this many metres.")
@click.option("--mode", type=click.Choice([item.value for item in Mode]), default="walk", show_default=True)
@click.option("--order", type=click.Choice([item.value for item in Order]), default="distance", show_default=True)
@click.option("--open", "only_open", is_flag=True, help="Only places known to be open on arrival.")
@_AT
@_JSON
def nearest_command(
    lon: float,
    lat: float,
    layer: str,
    limit: int,
    within_m: float | None,
    mode: str,
    order: str,
    only_open: bool,
    at_text: str | None,
    as_json: bool,
) -> None:
    """Ask the newest snapshot."""
    at = read_moment(at_text)
    question = NearestQuestion(lon, lat, at, layer, limit, within_m, Mode(mode), Order(order), only_open)
    with opened_workspace() as workspace:
        snapshot = workspace.load_snapshot()
        # As of now whatever the time asked about: the board lets go of what is old at the time it is asked for.
        reports = workspace.reports.summaries(read_moment(None))
        held = snapshot.get_layer(layer)
        found = [(held.feature(item.position), item) for item in find_nearest(snapshot, question, reports)]
    if as_json:
        features = [{**feature, "properties": {**feature["properties"], **nearby_properties(item)}} for feature, item in found]
        click.echo(
            json.dumps(
                {"type": "FeatureCollection", "revision": snapshot.number, "at": at.isoformat(), "features": features},
                ensure_ascii=False,
                indent=2,
            )
        )
        return
    words = terminal_words()
    if not found:
        click.echo(words("Nothing of this layer has a known place there."))
    for feature, item in found:
        checked_on = None if item.vouched is None else item.vouched.checked_on
        days = None if checked_on is None else (question.at.date() - checked_on).days
        now = item.now_answer
        sentence = door_sentence(now, now, at, at, words, is_doubtful=item.is_doubtful, checked_days=days)
        if feature["properties"]["precision"] not in POINT_PRECISIONS:
            sentence += f" · {words('the exact place is not known')}"
        click.echo(
            words(
                "{metres} m · about {minutes} min · {name} ({id}) · {state}",
                metres=round(item.distance_m),
                minutes=round(item.travel_min),
                name=feature["properties"]["name"],
                id=feature["id"],
                state=sentence,
            )
        )


@click.command("hours", help="Read TEXT as opening hours (Korean words or OpenStreetMap notation), say it back, and judge the door.")
@click.argument("text")
@click.option(
    "--holidays", "on_holidays", help="What holds on public holidays: closed, sunday, usual, closed-seollal-chuseok, hours:10:00-16:00."
)
@_AT
@_JSON
def hours_command(text: str, on_holidays: str | None, at_text: str | None, as_json: bool) -> None:
    """Judge one text with the published calendar, or with none where no data folder is."""
    words = terminal_words()
    at = read_moment(at_text)
    told = convert_hours_text(text)
    on_holidays = None if on_holidays is None else _read_holidays(on_holidays, words)
    statement = HoursStatement(text, told.opening_hours, on_holidays or told.on_holidays if told.opening_hours else None)
    alerts = [HoursStatement(text, item.opening_hours, on_holidays or item.on_holidays, alert=item.alert) for item in told.alerts]
    answer = state_at((statement, *alerts), calendar=_calendar(), at=at)
    notes = [problem_document(Problem(note.value, Severity.WARNING, value=text), words) for note in told.notes]
    problems = [problem_document(item, words) for item in _list_problems(told)]
    document = {
        "text": text,
        **_said(statement, words),
        "understood": statement.opening_hours is not None,
        "alternatives": list(told.alternatives),
        "alerts": [{"alert": item.alert, **_said(item, words)} for item in alerts],
        "state": answer.state.value,
        "until": None if answer.until is None else answer.until.isoformat(),
        "at": at.isoformat(),
        "notes": notes,
        "problems": problems,
    }
    if as_json:
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
        return
    for item in (statement, *alerts):
        if item.opening_hours:
            click.echo(_said(item, words)["readback"])
    click.echo(state_sentence(answer.state, answer.until, at, words, answer.then))
    for shown in (*notes, *problems):
        click.echo(f"{shown['message']} {shown['hint']}", err=True)


def _said(statement: HoursStatement, words: Words) -> dict[str, str | None]:
    readback = read_back(statement.opening_hours, statement.on_holidays, words, alert=statement.alert)
    return {"opening_hours": statement.opening_hours, "on_holidays": statement.on_holidays, "readback": readback}


def _read_holidays(text: str, words: Words) -> str | None:
    """The rule of `--holidays`; None where it says nothing. Raises a usage error."""
    try:
        return read_holiday_rule(text) or None
    except BadCell as fault:
        problem = Problem(fault.code, value=fault.value)
        raise click.UsageError(f"--holidays: {problem_sentence(problem, words)} {problem_hint(problem, words)}") from None


def _list_problems(told: Converted) -> list[Problem]:
    """Why a text is not understood, with the piece at fault and, where there are two readings, both; none where it is."""
    refusal = told.refusal
    if refusal is None:
        return []
    readings = dict(zip(("reading_1", "reading_2"), told.alternatives, strict=False))
    return [Problem(refusal.code, value=refusal.piece, details={"piece": refusal.piece, "position": refusal.position, **readings})]


def _calendar() -> Calendar:
    from geo_app.workspace.home import NotFounded

    try:
        with opened_workspace() as workspace:
            return workspace.load_snapshot().calendar
    except NotFounded:
        return Calendar()
