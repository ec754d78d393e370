"""The command that lists the busiest places of an open dataset within a straight-line distance of a school."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

import typer

from data.cli import school_circle
from data.cli.command_line import log_export, say
from data.cli.school_circle import FARTHEST
from data.store.bounds import LARGEST_ID
from geo.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

    from geo.views.published_points import PublishedPoints

_TOGETHER: Final = "Places of one name are taken together here; --format geojson has each point by itself."
_DECIMALS: Final = 6  # of degrees, as points are published


def places(
    school: Annotated[str, typer.Option(help="URN of a school.")],
    within: Annotated[int, typer.Option(min=1, max=FARTHEST, help="Metres in a straight line.")],
    dataset: Annotated[
        int | None,
        typer.Option(min=1, max=LARGEST_ID, help="Number of an open dataset; the newest with points if left out."),
    ] = None,
    first: Annotated[str | None, typer.Option("--from", metavar="YYYY-MM", help="First month.")] = None,
    last: Annotated[str | None, typer.Option("--to", metavar="YYYY-MM", help="Last month.")] = None,
    form: Annotated[str, typer.Option("--format", help="csv or geojson.")] = "csv",
) -> None:
    """List the named places within a distance of a school, the busiest first, by category."""
    from data.formats import csv_output
    from data.services.opening import open_store
    from geo.calendar import periods
    from geo.findings.place_sentences import POINTS
    from geo.views import circle, place_listing
    from geo.views.listing import chosen_periods
    from geo.wording import say_metres

    if form not in ("csv", "geojson"):
        raise InputError(f"A format must be csv or geojson, and “{form}” is neither; choose one of them.")
    store = open_store()
    place = school_circle.school_of(store, school)
    found, points = school_circle.points_of(store, dataset)
    chosen = chosen_periods(found.months, first, last)
    if points.names is None:
        raise InputError(
            f"Places are listed by their names, and dataset {found.id} has none; if it is of the police, import the "
            "same files again, else use `python -m data around`."
        )
    school_circle.require_areas(store, found, place, within)
    listed = place_listing.by_point(points, circle.metres_from(points, place) <= within, chosen)
    log_export("places", found.id)
    if form == "csv":
        typer.echo(csv_output.frame_csv(place_listing.by_name(listed)), nl=False)
    else:
        typer.echo(_geojson(listed, points))
    missing = periods.missing_periods([month for month in chosen if month in found.gaps])
    where = f"Within {say_metres(within)} of {place.name} in a straight line"
    say(f"{where}, {periods.say_range(chosen)}: {found.title} (dataset {found.id}).")
    say(POINTS, *([_TOGETHER] if form == "csv" else []), *([missing] if missing else []))


def _geojson(listed: pd.DataFrame, points: PublishedPoints) -> str:
    """Write each point with its position (EPSG:4326), its name, its incidents and those of each category."""
    import json

    from geo import columns as c
    from geo.views.circle import RECORDED_ELSEWHERE
    from geo.views.place_listing import AT

    lon, lat = points.degrees
    features = [
        {
            "type": "Feature",
            "geometry": {
                "type": "Point",
                "coordinates": [round(float(lon[at]), _DECIMALS), round(float(lat[at]), _DECIMALS)],
            },
            "properties": {
                c.PLACE: rows[c.PLACE].iloc[0],
                RECORDED_ELSEWHERE: rows[RECORDED_ELSEWHERE].iloc[0],
                c.COUNT: int(rows[c.COUNT].sum()),
                "categories": dict(zip(rows[c.CATEGORY], rows[c.COUNT].tolist(), strict=True)),
            },
        }
        for at, rows in listed.groupby(AT, sort=False)
    ]
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
    return f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}'
