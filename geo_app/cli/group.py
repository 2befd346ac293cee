"""The group of commands, each imported only when it is asked for."""

import sys
from importlib import import_module

import click

# name → (module, one line for --help)
COMMANDS = {
    "init": ("founding", "Make the data folder and publish the district's files (--demo adds samples)."),
    "samples": ("founding", "Made-up records: remove them before going public."),
    "extract": ("founding", "Make the boundary and population files of any Korean district."),
    "import": ("importing", "Bring a CSV, XLSX or GeoJSON file into a layer."),
    "roads": ("roads", "Streets for minutes and maps: import, show, remove."),
    "nearest": ("asking", "The nearest places to a point, with the state of their doors."),
    "hours": ("asking", "Read opening hours and say whether the door is open."),
    "holidays": ("holidays", "Public holidays: list, add, remove; a running server follows."),
    "alerts": ("holidays", "Weather alerts for seasonal hours: list, add, remove."),
    "demand": ("demand", "What coverage is counted in: tables by grid, dong or point, curves by hour."),
    "coverage": ("coverage", "Who is served within the minutes, by dong and hour of the week."),
    "serve": ("serving", "Serve the map."),
    "export": ("upkeep", "Write a layer to a file."),
    "poster": ("papers", "Write the poster or door sticker of a shelter, or of all, as PDF."),
    "history": ("upkeep", "List revisions: who changed what, when and why."),
    "restore": ("upkeep", "Go back to an earlier revision by writing a new one."),
    "publish": ("publishing", "Write what is public to one signed file for a machine outside."),
    "inbox": ("inbox", "Reports and wishes taken in outside: copy them out, bring them inside."),
    "backup": ("upkeep", "Write ledger and desk to one file."),
    "doctor": ("doctor", "Check settings, stores and data, with a hint for each fault."),
}


class LazyGroup(click.Group):
    """Knows its commands by name and imports a module only to run one."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of `COMMANDS`."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, or None."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"geo_app.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands without importing any."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gwangsan-work-shelter-map", prog_name="geo-app")
def group() -> None:
    """광산 일터·쉼터 지도 (Gwangsan Work & Shelter Map): run it, feed it, ask it.

    The data folder is GEO_APP_HOME (default ./instance). Settings are listed by `geo-app doctor --settings`.
    """


def main() -> None:
    """Run the command line; a known fault is one sentence and exit code 2."""
    from geo_app.domain.errors import GeoAppError

    try:
        group.main(standalone_mode=True)
    except GeoAppError as fault:
        from geo_app.cli.showing import show_error

        show_error(fault)
        sys.exit(2)
