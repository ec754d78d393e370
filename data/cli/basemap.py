"""The command that brings in a base map: streets, parks, stations and stops that people find their way by."""

from pathlib import Path
from typing import Annotated

import typer

from data.cli.command_line import progress, say
from data.principal import LOCAL_USER


def basemap(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="One file or several, which make one map.")],
    title: Annotated[str | None, typer.Option(help="What the map is called; made from the first file's name.")] = None,
    dry_run: Annotated[bool, typer.Option(help="Read the files, say what they hold, and save nothing.")] = False,
) -> None:
    """Load a base map from OpenStreetMap, open maps of Ordnance Survey, any lines, stops or postcodes."""
    from data.formats.sources import from_paths
    from data.records.base_map import summary
    from data.services import base_mapping
    from data.services.opening import open_store

    store = open_store()
    asked = base_mapping.request(store, LOCAL_USER, from_paths(files), title)
    with progress() as tell:
        found = base_mapping.prepare(store, LOCAL_USER, asked, tell)
    beyond = base_mapping.warning(asked, found)
    say(*summary(found), *found.notes, *([beyond] if beyond else []))
    if dry_run:
        say("Dry run: nothing was saved.")
        return
    say(f"Base map {base_mapping.keep(store, LOCAL_USER, asked, found)} is loaded: {found.title}.")
