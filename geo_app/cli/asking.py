"""`geo-app nearest`, `geo-app hours`."""

import json

import click

from geo_app.cli.showing import opened_workspace, problem_document, read_moment, terminal_words
from geo_app.domain.calendar import Calendar
from geo_app.domain.hours import BadHours, parse_opening_hours, state_at
from geo_app.domain.problem import Problem
from geo_app.domain.provenance import POINT_PRECISIONS
from geo_app.domain.site import HoursStatement
from geo_app.finder.nearest import NearestQuestion, Order, find_nearest, nearby_properties
from geo_app.travel.speeds import Mode
from geo_app.wording.door_state import state_sentence
from geo_app.wording.readback import read_back

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
        held = snapshot.get_layer(layer)
        found = [(held.feature(item.position), item) for item in find_nearest(snapshot, question)]
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
        sentence = state_sentence(item.now_answer.state, item.now_answer.until, at, words, item.now_answer.then)
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


@click.command("hours", help="Read TEXT as opening hours (OpenStreetMap form), say it back, and judge the door.")
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
    problems: list[Problem] = []
    statement = HoursStatement(text)
    try:
        parsed = parse_opening_hours(text)
        statement = HoursStatement(text, parsed.opening_hours, on_holidays or parsed.on_holidays)
    except BadHours as fault:
        problems.append(
            Problem(
                fault.code,
                value=text,
                details={name: value for name, value in fault.values.items() if isinstance(value, str | int | float)},
            )
        )
    answer = state_at((statement,), calendar=_calendar(), at=at)
    shown = [problem_document(item, words) for item in problems]
    readback = read_back(statement.opening_hours, statement.on_holidays, words)
    document = {
        "text": text,
        "opening_hours": statement.opening_hours,
        "on_holidays": statement.on_holidays,
        "readback": readback,
        "understood": statement.opening_hours is not None,
        "state": answer.state.value,
        "until": None if answer.until is None else answer.until.isoformat(),
        "at": at.isoformat(),
        "problems": shown,
    }
    if as_json:
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
        return
    if readback:
        click.echo(readback)
    click.echo(state_sentence(answer.state, answer.until, at, words, answer.then))
    for item in shown:
        click.echo(f"{item['message']} {item['hint']}", err=True)


def _calendar() -> Calendar:
    from geo_app.workspace.home import NotFounded

    try:
        with opened_workspace() as workspace:
            return workspace.load_snapshot().calendar
    except NotFounded:
        return Calendar()
