"""The command that brings in files of any kind: it says what it takes each for, and keeps them in order."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from data.cli.command_line import BAD_INPUT, is_on_screen, progress, say
from data.principal import LOCAL_USER
from geo.errors import InputError

if TYPE_CHECKING:
    from data.formats.sources import Source
    from data.records.locality import Locality
    from data.services.setup_plan import SetupPlan
    from data.store.store import Store

_KM = 1000.0


def add(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Files of any kind, in any order.")],
    dry_run: Annotated[bool, typer.Option(help="Say what each file is and what would be done; save nothing.")] = False,
    council: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="A council to which national files are cut.")
    ] = None,
    around: Annotated[
        str | None, typer.Option(metavar="URN", help="The school around which national files are cut.")
    ] = None,
    within: Annotated[float | None, typer.Option(metavar="KM", min=0.1, help="How far around that school.")] = None,
) -> None:
    """Recognise files of any kind and bring them in, in the right order."""
    from data.formats.sources import from_paths
    from data.sandbox import warm_up
    from data.services import bringing_in
    from data.services.opening import open_store

    warm_up()
    store, sources = open_store(), from_paths(files)
    locality = _locality(store, sources, council or [], around, within)
    with progress() as tell:
        made = bringing_in.plan(store, LOCAL_USER, sources, locality, tell)
    _say_plan(made)
    if dry_run:
        say("Dry run: nothing was saved.")
        return
    saved, refused = _carry_out(store, made)
    if refused or not saved:
        raise typer.Exit(BAD_INPUT)


def _say_plan(made: SetupPlan) -> None:
    """Write one line for each file, then one for each step and for each file that is left out."""
    from data.recognition.file_role import FileRole

    for one in made.recognised:
        why = "" if one.role is FileRole.UNKNOWN else f": {one.why}"
        typer.echo(f"{one.file}: {one.what}{why}.")
    for step in made.steps:
        say(f"{step.row}: {step.says}{' Here already.' if step.known else ''}", *step.notes)
    for left in made.left_out:
        say(f"Left out: {left.sentence}")


def _carry_out(store: Store, made: SetupPlan) -> tuple[int, int]:
    """Carry a plan out, say what comes of each step, and count what was saved or is here, and what was refused."""
    from data.recognition.file_role import FileRole
    from data.services import bringing_in

    done = refused = 0
    with progress() as tell:
        for step in (*made.steps, *bringing_in.own_incidents(made)):
            for one in bringing_in.carry_out_step(store, LOCAL_USER, step, tell, on_screen=is_on_screen()):
                said = [note for note in one.notes if note not in step.notes]
                say(f"{'Error: ' if one.refused else ''}{one.sentence}", *said)
                refused += one.refused
                done += not one.refused
    unread = sum(one.role is FileRole.UNKNOWN for one in made.recognised)
    return done, refused + unread


def _locality(
    store: Store, sources: list[Source], councils: list[str], around: str | None, within: float | None
) -> Locality | None:
    """Return what options choose of national files; None leaves it to the files."""
    from data.records.locality import Locality
    from data.services import bringing_in

    if (around is None) != (within is None):
        raise InputError("A distance needs a school, and a school a distance; give both --around and --within.")
    if around is not None and within is not None:
        point = bringing_in.school_position(store, LOCAL_USER, around, sources)
        return Locality(tuple(councils), (point,), within * _KM)
    return Locality(tuple(councils)) if councils else None
