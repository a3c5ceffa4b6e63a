"""Smart Safety Zone console: the command line. Arguments only; every command lives in `app`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

STATION = click.Path(path_type=Path)


@click.group(invoke_without_command=True)
@click.option("--station", type=STATION, help="The station's folder; without it the demo station.")
@click.pass_context
def main(context: click.Context, station: Path | None) -> None:
    """Open the console (default), or run one of the commands below."""
    if context.invoked_subcommand is None:
        from app.console import run_console

        sys.exit(run_console(station))


@main.command()
def shift() -> None:
    """Play a short shift on the demo station, say what happened, leave pictures."""
    from app.console import run_shift

    sys.exit(run_shift())


@main.command()
def shots() -> None:
    """Leave a picture of every screen in shots/."""
    from app.console import run_shots

    sys.exit(run_shots())


def _add_station_commands() -> None:
    from app.commands import add_camera, new_station, verify

    for command in (verify, new_station, add_camera):
        main.add_command(command)


if __name__ == "__main__":
    _add_station_commands()
    main()
