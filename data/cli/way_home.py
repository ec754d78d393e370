"""The command that writes the stretches of the way home of a school, with what is recorded at each."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from data.cli.command_line import log_export, say
from data.cli.school_circle import school_of
from data.principal import LOCAL_USER
from data.store.bounds import LARGEST_ID
from geo.errors import InputError

if TYPE_CHECKING:
    from data.store.datasets import Dataset
    from data.store.store import Store
    from geo.areas.proximity import Place
    from geo.walking.pupil_origin import PupilOrigin

_FORMS = ("csv", "geojson")


def way_home(
    school: Annotated[str, typer.Option(help="URN of a school.")],
    file: Annotated[
        Path | None, typer.Option("--from", metavar="FILE", help="Postcode sectors with how many pupils live in each.")
    ] = None,
    origin: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="A stop, station, estate, park or area; may be repeated.")
    ] = None,
    dataset: Annotated[
        int | None, typer.Option(min=1, max=LARGEST_ID, help="Number of a dataset; the newest if left out.")
    ] = None,
    form: Annotated[str, typer.Option("--format", help="csv or geojson.")] = "csv",
) -> None:
    """Write the stretches of the way home of a school; those that ask for an adult come first, by number.

    Without --from and --origin, pupils set out from what is saved for the school. Nothing is saved.
    """
    from data.formats import csv_output
    from data.services import walking
    from data.services import way_home as service
    from data.services.opening import open_store
    from geo.evidence import way_home_sentences

    if form not in _FORMS:
        raise InputError(f"A format must be csv or geojson, and “{form}” is neither; choose one of them.")
    store = open_store()
    place = school_of(store, school)
    chosen = _dataset(store, dataset)
    origins = _origins(store, chosen, place, file, origin or [])
    ways, _ = walking.ways_at(store, LOCAL_USER, place)
    if ways.ready is None:
        raise InputError(way_home_sentences.NO_MAP)
    known = service.incidents_of(store, LOCAL_USER, chosen, service.usual_choice(chosen), place)
    found = service.find(store, LOCAL_USER, ways.ready, place, origins, known)
    log_export("way-home", chosen.id)
    content = csv_output.frame_csv(service.table(found)) if form == "csv" else service.as_geojson(found)
    typer.echo(content, nl=form == "geojson")
    say(way_home_sentences.headline(found), *way_home_sentences.notes(found))


def _dataset(store: Store, number: int | None) -> Dataset:
    """Return the dataset of a number, or the newest of the organisation's own incidents, open ones first."""
    from data.records.rows import DatasetKind
    from data.store import datasets
    from data.store.datasets import Access

    if number is not None:
        return datasets.load_dataset(store, LOCAL_USER, number)
    own = [one for one in datasets.datasets(store, LOCAL_USER) if one.kind != DatasetKind.MARKS]
    if not own:
        raise InputError("The way home needs incidents, and no dataset is loaded; bring one in first.")
    return min(own, key=lambda one: one.access is not Access.OPEN)


def _origins(
    store: Store, dataset: Dataset, place: Place, file: Path | None, names: list[str]
) -> tuple[PupilOrigin, ...]:
    """Return where pupils set out from. Raises InputError for a name that is none, and where there is nothing."""
    from data.formats.sources import from_paths
    from data.services import pupil_origins
    from data.store import pupil_origins as kept
    from geo.evidence.way_home_sentences import NO_ORIGINS

    found: list[PupilOrigin] = []
    if file is not None:
        brought = pupil_origins.read_sectors(store, LOCAL_USER, from_paths([file])[0])
        say(brought.said)
        found += brought.origins
    if names:
        offered = pupil_origins.places_near(store, LOCAL_USER, dataset.area_set_id, place)
        by_name = {one.name.casefold(): one for one in reversed(offered.values())}
        for name in names:
            if name.strip().casefold() not in by_name:
                raise InputError(
                    f"A place that pupils set out from must be within 4 km and have a name on the map, and “{name}” "
                    "has not; choose another, such as a stop."
                )
            found.append(by_name[name.strip().casefold()])
    if file is None and not names:
        found += kept.origins(store, LOCAL_USER, place.urn or "")
    if not found:
        raise InputError(NO_ORIGINS)
    return tuple(found)
