"""Every command of ``python -m data`` by its name, in the order in which help lists them."""

from collections.abc import Callable
from typing import Final

import typer

from data import private_files
from data.cli import (
    access_command,
    adding,
    around,
    basemap,
    briefing_command,
    command_line,
    duties_command,
    findings,
    import_command,
    keeping,
    marks_command,
    near_repeats,
    partner_layer,
    places,
    register_command,
    secret_command,
    setup_commands,
    sharing,
    undo_command,
    walk,
    watch,
    way_home,
)

COMMANDS: Final[dict[str, Callable[..., None]]] = {
    "counts": sharing.counts,
    "around": around.around,
    "places": places.places,
    "walk": walk.walk,
    "safety-marks": marks_command.safety_marks,
    "way-home": way_home.way_home,
    "release": sharing.release,
    "findings": findings.findings,
    "briefing": briefing_command.briefing,
    "status": keeping.status,
    "history": keeping.history,
    "restore-version": keeping.restore_version,
    "remove": keeping.remove,
    "undo": undo_command.undo,
    "retention": keeping.set_retention,
    "backup": keeping.backup,
    "restore": keeping.restore,
    "verify": keeping.verify,
    "remove-damaged": keeping.remove_damaged,
    "access-log": access_command.access_log,
    "hotspots": register_command.hotspots,
    "near-repeats": near_repeats.near_repeats,
    "duties": duties_command.duties,
    "secret": secret_command.secret,
    "add": adding.add,
    "areas": setup_commands.areas,
    "name-areas": setup_commands.name_areas,
    "schools": setup_commands.schools,
    "calendar": setup_commands.calendar,
    "basemap": basemap.basemap,
    "partner-layer": partner_layer.partner_layer,
    "import": import_command.import_,
    "watch": watch.watch,
    "demo": setup_commands.demo,
}


def main() -> None:
    """Run the command that the arguments of this process name, and end the process with its exit code."""
    private_files.from_now_on()
    app = typer.Typer(
        help="Local Context: bring data in, list what is there, write counts out, keep it safe.",
        pretty_exceptions_enable=False,
        suggest_commands=False,
        add_completion=False,
    )
    for name, command in COMMANDS.items():
        app.command(name)(command)
    command_line.run(app)
