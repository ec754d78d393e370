"""The command that counts the incidents of an open dataset within a straight-line distance of a school."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

import typer

from data.cli.command_line import say
from data.principal import LOCAL_USER
from data.store.bounds import LARGEST_ID
from geo.errors import InputError, RefusedError

if TYPE_CHECKING:
    from data.store.datasets import Dataset
    from data.store.store import Store
    from geo.areas.proximity import Place
    from geo.views.published_points import PublishedPoints

FARTHEST: Final = 50_000  # metres; farther is no surroundings


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
    place = school_of(store, school)
    found, points = _points(store, dataset)
    chosen = chosen_periods(found.months, first, last)
    _require_areas(store, found, place, within)
    view = circle.circle_and_rest(points, place, Reach(within), found.months, found.gaps)
    listed = circle.list_within(view, chosen, named=points.names is not None)
    rows = listed.to_dict("records")
    typer.echo(
        csv_output.frame_csv(listed) if form == "csv" else json.dumps(rows, ensure_ascii=False, indent=0), nl=False
    )
    missing = periods.missing_periods([month for month in chosen if month in found.gaps])
    say(f"{view.units.names[0]}, {periods.say_range(chosen)}: {found.title} (dataset {found.id}).")
    say(*([missing] if missing else []), *([UNNAMED] if points.names is None and found.kind == "police" else []))


def school_of(store: Store, urn: str) -> Place:
    """Return the school of a URN; raises InputError where there is none."""
    from data.store import places
    from geo import columns as c
    from geo.areas.proximity import labelled

    schools = places.schools(store, LOCAL_USER)
    of_urn = labelled(schools[schools[c.URN] == urn.strip()])
    if not of_urn:
        raise InputError(
            f"A school must be named by the URN of one that is loaded, and “{urn}” is none of {len(schools):,}; "
            "bring schools in with `python -m data schools`, or correct it."
        )
    return next(iter(of_urn.values()))


def _points(store: Store, number: int | None) -> tuple[Dataset, PublishedPoints]:
    """Return a dataset and its points: the one of a number, or the newest open one with points.

    Raises RefusedError for a protected one, and InputError where there are no points.
    """
    from data.records.rows import DatasetKind
    from data.store import datasets
    from data.store.datasets import Access

    if number is None:
        own = [one for one in datasets.datasets(store, LOCAL_USER) if one.owner == LOCAL_USER.organisation]
        asked = [one for one in own if one.access is Access.OPEN and one.kind != DatasetKind.MARKS]
    else:
        asked = [datasets.load_dataset(store, LOCAL_USER, number)]
    for one in asked:
        if one.access is not Access.OPEN:
            raise RefusedError(
                f"Nobody gets points of protected data, and dataset {one.id} is protected; list the zones of its "
                f"release with `python -m data counts --dataset {one.id} --by area,harm`, or name an open dataset."
            )
        points = _published(store, one)
        if len(points.xy):
            return one, points
    which = "no open dataset here has any" if number is None else f"dataset {number} has none"
    raise InputError(
        f"Counting by distance needs incidents with coordinates, and {which}; use `python -m data counts --by area`."
    )


def _published(store: Store, dataset: Dataset) -> PublishedPoints:
    from data.services import open_points
    from geo.counts.filters import Choice
    from geo.harms import HARM_GROUPS
    from geo.views.published_points import publish_points

    every = Choice(tuple(dataset.months), tuple(HARM_GROUPS))
    return publish_points(open_points.open_points(store, LOCAL_USER, dataset, every), dataset.harm_of)


def _require_areas(store: Store, dataset: Dataset, place: Place, within: int) -> None:
    """Raise InputError for a circle that lies beyond the areas of a dataset, of which nothing is known there."""
    from data.store import area_sets
    from geo.areas.proximity import areas_within

    areas = area_sets.load_area_set(store, LOCAL_USER, dataset.area_set_id)
    if not areas_within(areas, place, within):
        raise InputError(
            f"A school must lie in the areas of the dataset, and {place.name} is more than {within:,} m from all of "
            f"“{areas.title}”; choose a dataset of its place."
        )
