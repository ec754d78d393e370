"""The command that tells what was detected, in plain words on stdout: clusters, changes and hot spots over time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from data.cli.command_line import progress, say
from data.cli.sharing import PROTECTED
from data.principal import LOCAL_USER
from data.store.bounds import LARGEST_ID
from geo.errors import InputError

if TYPE_CHECKING:
    from data.store.datasets import Dataset
    from data.store.store import Store
    from geo.areas.area_set import AreaSet
    from geo.areas.proximity import Place
    from geo.counts.completeness import Completeness
    from geo.findings.landmarks import Landmarks
    from geo.findings.report import Entry, Seeker
    from geo.findings.search import Search
    from geo.views.placed_points import PlacedPoints


def findings(
    dataset: Annotated[
        int | None, typer.Option(min=1, max=LARGEST_ID, help="Number of the dataset; the newest if left out.")
    ] = None,
    harm: Annotated[list[str] | None, typer.Option(help="Code of a harm group; may be given again.")] = None,
    first: Annotated[str | None, typer.Option("--from", help="First month (2025-09) or half-term (2025/26-1).")] = None,
    last: Annotated[str | None, typer.Option("--to", help="Last month or half-term: what is looked at as now.")] = None,
    school: Annotated[
        str | None, typer.Option(help="Name of a school: what is of most use to it comes first, with its distance.")
    ] = None,
    most: Annotated[int, typer.Option(min=1, max=LARGEST_ID, help="How many to tell at most.")] = 20,
    areas: Annotated[bool, typer.Option("--areas", help="Name all areas of each finding below it.")] = False,
) -> None:
    """Tell what stands out in released counts, how sure it is, and what else could explain it."""
    from data.services import status_report, visibility
    from data.services.completeness import open_completeness
    from data.services.opening import open_store
    from data.store import area_sets, datasets, places
    from geo.areas import proximity
    from geo.areas.contiguity import graph_of
    from geo.calendar import periods as p
    from geo.findings.landmarks import landmarks
    from geo.findings.place_sentences import NO_NAMES
    from geo.findings.report import nothing
    from geo.findings.search import FAR, scenes_of, search
    from geo.harms import usual_harms
    from geo.release.kinds import Protected
    from geo.views import listing, view
    from geo.wording import how_many

    store = open_store()
    number = status_report.newest(store, LOCAL_USER).id if dataset is None else dataset
    found = datasets.load_dataset(store, LOCAL_USER, number)
    released = visibility.released_counts(store, LOCAL_USER, found)
    place = area_sets.load_area_set(store, LOCAL_USER, found.area_set_id)
    there = view.periods(released)
    chosen = listing.usual_or_chosen(there, first, last, found.gaps)
    present = view.harms_in(released)
    listing.require_known("harm group", harm or (), present, ", ".join(present))
    harms = tuple(dict.fromkeys(harm or ())) or usual_harms(present)
    schools = proximity.labelled(proximity.inside(place, places.schools(store, LOCAL_USER)))
    seeker = _seeker(schools, school)
    with progress() as tell:
        scenes = scenes_of(released, place, graph_of(place.metres.to_numpy()), chosen[-1])
        result = search(scenes, harms, chosen, seeker.point, lambda done, what: tell(done, f"Looking at {what}"))
    placed = _placed(store, found, place)
    rows = open_completeness(store, LOCAL_USER, found)
    entries = _entries(result, landmarks(place, schools), seeker, found, placed, rows)
    typer.echo(f"{found.title}: what stands out as of {p.say(chosen[-1])}, changes in {p.say_range(chosen)}")
    none = nothing(harms, p.say(chosen[-1]), None if school is None else FAR, result.refused)
    for line in _lines(entries[:most], areas=areas) or [none]:
        typer.echo(line)
    if len(entries) > most:
        typer.echo(f"And {how_many(len(entries) - most, 'more finding', 'more findings')}.")
    for line in _below(result, harms, chosen, rows):
        typer.echo(line)
    if isinstance(released, Protected):
        say(PROTECTED)
    elif placed is None and found.kind == "police":
        say(NO_NAMES)


def _entries(
    result: Search,
    known: Landmarks,
    seeker: Seeker,
    found: Dataset,
    placed: PlacedPoints | None,
    rows: Completeness | None,
) -> list[Entry]:
    """Return what was found in words, with what completeness may have to do with it."""
    from geo.findings.completeness_doubt import with_completeness
    from geo.findings.report import report

    entries = report(result, known, seeker, of_police=found.kind == "police", placed=placed)
    return with_completeness(entries, rows)


def _below(result: Search, harms: tuple[str, ...], chosen: tuple[str, ...], rows: Completeness | None) -> list[str]:
    """Say what could not be checked, and what completeness alone would show since a year before."""
    from geo.counts.completeness import completeness_note
    from geo.counts.filters import Choice
    from geo.findings.report import refusals

    note = completeness_note(rows, Choice(chosen, harms))
    return [*refusals(result.refused, harms), *([note] if note else [])]


def _placed(store: Store, dataset: Dataset, areas: AreaSet) -> PlacedPoints | None:
    """Return the points of an open dataset with the area of each, None where none of its places may be named."""
    from data.services import open_points
    from geo.views.placed_points import place_points

    if not open_points.may_be_counted(LOCAL_USER, dataset):
        return None
    points = open_points.all_points(store, LOCAL_USER, dataset, by_area=True)
    return None if points.names is None else place_points(points, areas)


def _seeker(schools: dict[str, Place], name: str | None) -> Seeker:
    from geo.findings.landmarks import in_metres
    from geo.findings.report import Seeker

    if name is None:
        return Seeker()
    if name not in schools:
        raise InputError(
            f"A school must be one that lies in these areas, and “{name}” is none of the {len(schools):,} there are; "
            "write its name as the school picker does."
        )
    (point,) = in_metres([schools[name]])
    return Seeker(point, name)


def _lines(entries: list[Entry], *, areas: bool) -> list[str]:
    """Write each finding in a line; where they are asked for, its ``areas`` in another below it."""
    lines = []
    for number, one in enumerate(entries, start=1):
        lines.append(f"{number}. {one.sentences.whole}")
        if areas:
            lines.append(f"   Areas: {'; '.join(one.sentences.areas)}")
    return lines
