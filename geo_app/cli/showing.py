"""What commands share: settings, the workspace, sentences on the terminal."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import click

from geo_app.domain.calendar import SEOUL
from geo_app.domain.errors import GeoAppError
from geo_app.domain.problem import Problem
from geo_app.settings import Settings, load_settings
from geo_app.wording.catalogue import DEFAULT_LANGUAGE, Words, get_words
from geo_app.wording.problems import error_sentence, problem_hint, problem_sentence
from geo_app.workspace.workspace import Workspace


def current_settings() -> Settings:
    """The settings of this process's environment."""
    return load_settings(os.environ)


def terminal_words() -> Words:
    """Sentences in the language of GEO_APP_LANG, else Korean."""
    return get_words(os.environ.get("GEO_APP_LANG", DEFAULT_LANGUAGE))


@contextmanager
def opened_workspace() -> Iterator[Workspace]:
    """The workspace of GEO_APP_HOME, closed at the end. Raises `NotFounded`."""
    workspace = Workspace(current_settings().home)
    try:
        yield workspace
    finally:
        workspace.close()


def now() -> datetime:
    """The clock in Seoul, to the second."""
    return datetime.now(SEOUL).replace(microsecond=0)


def operator() -> str:
    """Who types: the account's name on this machine."""
    return os.environ.get("SUDO_USER") or os.environ.get("USER") or os.environ.get("LOGNAME") or "operator"


def show_error(fault: GeoAppError) -> None:
    """One sentence on standard error, with its code for the phone call."""
    click.echo(f"{error_sentence(fault, terminal_words())} [{fault.code}]", err=True)


def problem_document(problem: Problem, words: Words) -> dict[str, Any]:
    """A problem as `--json` shows it."""
    return {
        "line": problem.line,
        "column": problem.column,
        "value": problem.value,
        "code": problem.code,
        "severity": problem.severity.value,
        "message": problem_sentence(problem, words),
        "hint": problem_hint(problem, words),
    }


def read_moment(text: str | None) -> datetime:
    """`--at`: an ISO 8601 time, without a zone Seoul's; None is now. Raises a usage error."""
    if text is None or text == "now":
        return now()
    try:
        value = datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(terminal_words()("{text} is not a time like 2026-01-13T02:10", text=text), param_hint="--at") from None
    return value.replace(tzinfo=SEOUL) if value.tzinfo is None else value.astimezone(SEOUL)
