"""`geo-app coverage`: the planner's question on the command line, with the parameters of `/api/coverage`."""

from datetime import datetime
from typing import Any

import click

from geo_app import __version__
from geo_app.cli.coverage_lines import basis_lines, gap_lines, host_lines, slice_lines, week_lines
from geo_app.cli.showing import now, opened_workspace, read_moment, terminal_words
from geo_app.domain.layers import LAYERS
from geo_app.exports.answer_json import AnswerHead, json_bytes
from geo_app.exports.coverage_json import coverage_document, gaps_document, hosts_document, week_document
from geo_app.exports.coverage_query import week_question
from geo_app.planning.coverage import ask_coverage
from geo_app.planning.day_kind import DayKind
from geo_app.planning.demand_bases import COMPLEX_WORKERS
from geo_app.planning.gaps import DEFAULT_MOST, GapCause, GapList, find_gaps
from geo_app.planning.hosts import ComplexNeed, find_hosts
from geo_app.planning.question import MINUTES_LIMIT, NTH_LIMIT, STAY_LIMIT_MIN, CoverageQuestion
from geo_app.planning.scenario import Edit, parse_edits
from geo_app.planning.week import ask_week
from geo_app.planning.world import PlanningWorld, get_world
from geo_app.snapshot.snapshot import Snapshot
from geo_app.travel.speeds import Mode
from geo_app.workspace.old_revisions import OldRevisions
from geo_app.workspace.typed_hours import read_typed_hours
from geo_app.workspace.workspace import Workspace

LAYERS_WITH_HOURS = [name for name, layer in LAYERS.items() if layer.has_hours]
DEFAULT_WORKERS = 1_000
MOST_GAPS = 200


def _ids(_context: click.Context, _parameter: click.Parameter, value: str) -> tuple[str, ...]:
    return tuple(sorted({item.strip() for item in value.split(",") if item.strip()}))


@click.command("coverage", help="Who is served within the minutes, in all and by dong, at one time (--week: at each hour of its week).")
@click.option("--layer", type=click.Choice(LAYERS_WITH_HOURS), default="shelters", show_default=True, help="Whose places serve.")
@click.option("--mode", type=click.Choice([item.value for item in Mode]), default="walk", show_default=True)
@click.option("--minutes", type=click.FloatRange(1, MINUTES_LIMIT), default=10.0, show_default=True)
@click.option("--at", "at_text", metavar="ISO", help="The time to ask about; without a zone it is Seoul's. Default: now.")
@click.option("--demand", default="residents", show_default=True, help="residents, complex-workers, job:rider, table:<key> …")
@click.option("--day", type=click.Choice([item.value for item in DayKind]), default="calendar", show_default=True)
@click.option("--sites", default="", callback=_ids, metavar="IDS", help="Only these places, comma-separated.")
@click.option("--without", default="", callback=_ids, metavar="IDS", help="As if these places were not there.")
@click.option("--neighbours/--no-neighbours", default=True, show_default=True, help="Places outside the district count too.")
@click.option("--registered", is_flag=True, help="Places that ask for registration or a card count too.")
@click.option("--checked", is_flag=True, help="Only places whose hours were checked lately and whose entry is known.")
@click.option("--stay-min", type=click.IntRange(0, STAY_LIMIT_MIN), default=0, show_default=True)
@click.option("--nth", type=click.IntRange(1, NTH_LIMIT), default=1, show_default=True, help="Served is who reaches so many places.")
@click.option("--edits", "edits_text", default="", metavar="TEXT", help="Changes to try: open:<lon>,<lat>,<hours>;close:<id>;…")
@click.option("--revision", type=click.IntRange(min=1), help="An earlier revision of the data.")
@click.option("--week", "wants_week", is_flag=True, help="The 168 hours of the week.")
@click.option("--gaps", "wants_gaps", is_flag=True, help="Where and when nobody is served.")
@click.option("--hosts", "wants_hosts", is_flag=True, help="Complexes not served, and who could host a place there.")
@click.option("--workers", type=click.IntRange(min=0), default=DEFAULT_WORKERS, show_default=True, help="With --hosts: at least so many.")
@click.option("--most", type=click.IntRange(1, MOST_GAPS), default=DEFAULT_MOST, show_default=True, help="With --gaps: how many.")
@click.option(
    "--cause",
    type=click.Choice([item.value for item in GapCause]),
    help="With --gaps: only with no place near enough (far), or with shut doors (shut).",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output, as the machine doors answer.")
def coverage_command(
    at_text: str | None, edits_text: str, revision: int | None, *, wants_week: bool, wants_gaps: bool, wants_hosts: bool, workers: int,
    most: int, cause: str | None, as_json: bool, mode: str, day: str, **same: Any,
) -> None:  # fmt: skip
    """Ask a snapshot."""
    question = CoverageQuestion(at=_moment(at_text), mode=Mode(mode), day=DayKind(day), **same)
    edits = parse_edits(edits_text, read_hours=read_typed_hours)
    asked = [name for name, is_wanted in (("week", wants_week), ("gaps", wants_gaps), ("hosts", wants_hosts)) if is_wanted]
    with opened_workspace() as workspace:
        snapshot = _snapshot(workspace, revision)
        told = _Told(snapshot, question, edits, workers, most, None if cause is None else GapCause(cause))
        for name in asked or ["slice"]:
            if as_json:
                click.echo(json_bytes(getattr(told, f"{name}_document")()))
            else:
                for line in getattr(told, f"{name}_lines")():
                    click.echo(line)


class _Told:
    """The answers to one question, as documents and as lines."""

    def __init__(
        self, snapshot: Snapshot, question: CoverageQuestion, edits: tuple[Edit, ...], workers: int, most: int, cause: GapCause | None
    ) -> None:
        self._world: PlanningWorld = get_world(snapshot)
        self._question, self._edits, self._workers, self._most = question, edits, workers, most
        self._cause = cause
        self._head = AnswerHead(snapshot.number, question, edits, __version__)
        self._words = terminal_words()

    def slice_document(self) -> dict[str, Any]:
        """As `/api/coverage`."""
        return coverage_document(self._head, ask_coverage(self._world, self._question, self._edits))

    def slice_lines(self) -> list[str]:
        """A table by dong under the figures in all."""
        return slice_lines(self._head, ask_coverage(self._world, self._question, self._edits), self._words)

    def week_document(self) -> dict[str, Any]:
        """As `/api/coverage/week`."""
        return week_document(self._head, ask_week(self._world, week_question(self._question), self._edits))

    def week_lines(self) -> list[str]:
        """Seven lines of twenty-four shares."""
        return [*self._basis_lines(), *week_lines(ask_week(self._world, week_question(self._question), self._edits), self._words)]

    def gaps_document(self) -> dict[str, Any]:
        """As `/api/coverage/gaps`."""
        return gaps_document(self._head, self._gaps(), self._world.cells, self._words)

    def gaps_lines(self) -> list[str]:
        """How many there are, and a line a gap."""
        return [*self._basis_lines(), *gap_lines(self._gaps(), self._world.demand(self._question.demand).info.unit.value, self._words)]

    def hosts_document(self) -> dict[str, Any]:
        """As `/api/coverage/hosts`."""
        return hosts_document(self._head, self._hosts(), self._workers)

    def hosts_lines(self) -> list[str]:
        """A line a complex and its hosts below it."""
        return [*self._basis_lines(COMPLEX_WORKERS), *host_lines(self._hosts(), self._words)]

    def _basis_lines(self, demand: str | None = None) -> list[str]:
        info = self._world.demand(demand or self._question.demand).info
        return basis_lines(info, self._world.times.kind, self._words)

    def _gaps(self) -> GapList:
        return find_gaps(self._world, week_question(self._question), self._edits, self._most, self._cause)

    def _hosts(self) -> tuple[ComplexNeed, ...]:
        return find_hosts(self._world, self._question, self._workers, self._edits)


def _moment(text: str | None) -> datetime:
    return now() if text is None else read_moment(text)


def _snapshot(workspace: Workspace, revision: int | None) -> Snapshot:
    newest = workspace.load_snapshot()
    return newest if revision is None else OldRevisions(workspace.home, workspace.ledger).load(revision, newest)
