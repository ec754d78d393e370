"""The command that counts the incidents of an open dataset within a straight-line distance of a school."""

from __future__ import annotations

from typing import Annotated

import typer

from data.cli import school_circle
from data.cli.command_line import log_export, say
from data.cli.school_circle import FARTHEST
from data.store.bounds import LARGEST_ID
from geo.errors import InputError


def around(
    school: Annotated[str, typer.Option(help="URN of a school.")],
    within: Annotated[int, typer.Option(min=1, max=FARTHEST, help="Metres in a straight line.")],
    dataset: Annotated[
        int | None,
        typer.Option(min=1, max=LARGEST_ID, help="Number of an open dataset; the newest with points if left out."),
    ] = None,
    first: Annotated[str | None, typer.Option("--from", metavar="YYYY-MM", help="First month.")] = None,
    last: Annotated[str | None, typer.Option("--to", metavar="YYYY-MM", help="Last month.")] = None,
    form: Annotated[str, typer.Option("--format", help="csv or json.")] = "csv",
) -> None:
    """Count what is published within a distance of a school, by harm group and category."""
    import json

    from data.formats import csv_output
    from data.services.opening import open_store
    from geo.areas.reach import Reach
    from geo.calendar import periods
    from geo.maps.map_sentences import UNNAMED
    from geo.views import circle
    from geo.views.listing import chosen_periods

    if form not in ("csv", "json"):
        raise InputError(f"A format must be csv or json, and “{form}” is neither; choose one of them.")
    store = open_store()
    place = school_circle.school_of(store, school)
    found, points = school_circle.points_of(store, dataset)
    chosen = chosen_periods(found.months, first, last)
    school_circle.require_areas(store, found, place, within)
    view = circle.circle_and_rest(points, place, Reach(within), found.months, found.gaps)
    listed = circle.list_within(view, chosen, named=points.names is not None)
    rows = listed.to_dict("records")
    log_export("around", found.id)
    typer.echo(
        csv_output.frame_csv(listed) if form == "csv" else json.dumps(rows, ensure_ascii=False, indent=0), nl=False
    )
    missing = periods.missing_periods([month for month in chosen if month in found.gaps])
    say(f"{view.units.names[0]}, {periods.say_range(chosen)}: {found.title} (dataset {found.id}).")
    say(*([missing] if missing else []), *([UNNAMED] if points.names is None and found.kind == "police" else []))
