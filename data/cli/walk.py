"""The command that writes what can be reached on foot from a school, and how far it is on foot to another place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

import typer

from data.cli.command_line import say
from data.cli.school_circle import school_of
from data.principal import LOCAL_USER
from geo.errors import InputError

if TYPE_CHECKING:
    from geo.areas.proximity import Place
    from geo.walking.walks import Walks

LONGEST: Final = 120  # minutes; longer is no surroundings
DISTANCE: Final = "distance_metres"
_FORMS: Final = ("geojson", "csv", "text")
_DECIMALS: Final = 6  # as exact as they are computed, for programs; no map is


def walk(
    school: Annotated[str, typer.Option(help="URN of a school.")],
    minutes: Annotated[int, typer.Option(min=1, max=LONGEST, help="Minutes on foot, at 80 m a minute.")] = 10,
    to: Annotated[str | None, typer.Option(metavar="LON,LAT", help="A place, to say how far it is on foot.")] = None,
    form: Annotated[str, typer.Option("--format", help="geojson or, with --to, csv or text.")] = "geojson",
) -> None:
    """Write what can be reached on foot from a school, and with --to how far another place is."""
    from data.services import walking
    from data.services.opening import open_store
    from geo.areas.reach import on_foot
    from geo.walking import walk_sentences
    from geo.walking.walking_area import as_feature, in_degrees, walking_area

    if form not in _FORMS or (to is None and form != "geojson"):
        raise InputError(
            f"A format must be geojson or, with --to, csv or text, and “{form}” is none of these here; choose another."
        )
    target = None if to is None else _place(to)
    store = open_store()
    place, reach = school_of(store, school), on_foot(minutes)
    ways, attribution = walking.ways_at(store, LOCAL_USER, place)
    found = walking.walks_of(ways, place, reach.metres)
    notes = (*walk_sentences.warnings(found, place.name), *walk_sentences.method(found))
    facts: dict[str, object] = {
        "school": place.name,
        "urn": place.urn,
        "minutes": minutes,
        "metres": reach.metres,
        "snap_metres": round(found.away, _DECIMALS),
        **({} if target is None else _distance(found, target)),
        "source": attribution,
        "notes": list(notes),
    }
    if form == "geojson":
        typer.echo(as_feature(in_degrees(walking_area(found)), facts))
    else:
        typer.echo(f"{DISTANCE}\n{facts[DISTANCE]}" if form == "csv" else facts[DISTANCE])
    say(f"Within {reach.said} of {place.name}.", *notes)


def _place(text: str) -> Place:
    """Read a place in degrees: "-1.53,53.81"."""
    from geo.areas.proximity import Place

    try:
        lon, lat = map(float, text.split(","))
    except ValueError:
        lon = lat = float("nan")
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise InputError(
            f"A place must be given as longitude and latitude in degrees, as in --to -1.53,53.81, and “{text}” is "
            "neither; correct it."
        )
    return Place(f"the place at {lon:g}, {lat:g}", lon, lat)


def _distance(found: Walks, target: Place) -> dict[str, object]:
    """Say how far a place is on foot. Raises InputError where it has no way near."""
    from data.services import walking
    from geo.walking.walks import metres_between

    if fault := walking.too_far(found.network, target):
        raise InputError(fault)
    metres = metres_between(found.network, found.xy, walking.metres_of(target))
    return {"to": [target.lon, target.lat], DISTANCE: round(metres, _DECIMALS)}
