"""Commands run as the installed script runs them, but in this process: a process for each would take a second of imports."""

import subprocess
import sys

import pytest

from geo_app.cli.group import main


@pytest.fixture
def run_over(monkeypatch, capsys):
    """Gives the runner of a data folder: `run(*arguments, **environment)` → exit code, standard output and error."""

    def over(home):
        def run(*arguments, **environment):
            with monkeypatch.context() as patch:
                for name, value in {"GEO_APP_HOME": str(home), **environment}.items():
                    patch.setenv(name, value)
                patch.setattr(sys, "argv", ["geo-app", *map(str, arguments)])
                try:
                    main()
                    code = 0
                except SystemExit as end:
                    code = end.code or 0
            told = capsys.readouterr()
            return subprocess.CompletedProcess(arguments, code, told.out, told.err)

        return run

    return over


@pytest.fixture
def run(run_over, demo_home):
    """A `geo-app` command over a demo district of one's own."""
    return run_over(demo_home)
