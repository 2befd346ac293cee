"""The command line `geo-app`: parse, ask one question, show.

Lives here: click, exit codes, tables for a terminal. Each command's module is imported when the command runs, so `--help` is quick.
Exit codes: 0 done or nothing to do, 1 problems and nothing applied, 2 bad usage or a refusal that names what to do.
"""

from geo_app.cli.group import main

__all__ = ["main"]
