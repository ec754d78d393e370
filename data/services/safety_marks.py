"""Safety marks: what is released of young people's safe and unsafe places, by zone, for every page that shows them.

Nobody gets exact marks here, their custodians neither: a page, an export and a command all say the same.
"""

from dataclasses import replace
from datetime import date
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd

from data.formats.sources import Source
from data.principal import Principal
from data.records.rows import DatasetKind
from data.services import importing, visibility
from data.services.import_request import ImportRequest, PreparedImport
from data.services.month_changes import BESIDE
from data.store import area_sets, datasets
from data.store.datasets import Access, Dataset
from data.store.store import Store
from geo import columns as c
from geo import disclosure
from geo.arrays import Floats
from geo.calendar import periods
from geo.counts.filters import Choice
from geo.errors import InputError, RefusedError
from geo.evidence.marked_places import MarkedPlaces, Recorded, marked_places, years_of_marks
from geo.feelings import FEELINGS, SAFE, UNSAFE
from geo.release import zoning
from geo.release.kinds import Protected, Released
from geo.wording import how_many

PERIOD: Final = c.PERIOD
SHOWN: Final = {code: f"{code}_shown" for code in FEELINGS}  # columns of words
ELSEWHERE: Final = "elsewhere"


def datasets_of_marks(store: Store, principal: Principal) -> list[Dataset]:
    """List the organisation's own protected datasets of marks, newest first."""
    return [
        one
        for one in datasets.datasets(store, principal)
        if one.holds_marks and one.access is Access.PROTECTED and one.owner == principal.organisation
    ]


def shown_datasets(store: Store, principal: Principal) -> list[Dataset]:
    """List those of the organisation's datasets of marks of which anything is released, newest first."""
    return [one for one in datasets_of_marks(store, principal) if years_shown(store, principal, one)]


def years_shown(store: Store, principal: Principal, dataset: Dataset) -> tuple[str, ...]:
    """Return the school years in which marks of a dataset are released, the newest first; none where nothing is."""
    try:
        return years_of_marks(visibility.released_marks(store, principal, dataset))
    except RefusedError:
        return ()


def places(
    store: Store,
    principal: Principal,
    dataset: Dataset,
    year: str | None = None,
    beside: tuple[Dataset, Choice] | None = None,
) -> MarkedPlaces:
    """Return the released marks of a school year, the newest if None, with released counts of incidents beside them.

    ``beside`` are incidents in the same areas. Raises RefusedError where nothing is released, of either, and
    InputError for a year of which nothing is and for incidents that are counted in other areas.
    """
    marks = visibility.released_marks(store, principal, dataset)
    areas = area_sets.load_area_set(store, principal, dataset.area_set_id)
    recorded = None
    if beside is not None:
        other, choice = beside
        if other.area_set_id != dataset.area_set_id:
            raise InputError(
                f"Marks and incidents are laid beside each other in the same areas, and “{other.title}” is counted in "
                "others; choose a dataset of the same areas."
            )
        counts = visibility.released_counts(store, principal, other)
        recorded = Recorded(counts, choice.of(_released_periods(counts, choice)))
    return marked_places(marks, areas, years_of_marks(marks)[0] if year is None else year, recorded)


def prepare_session(store: Store, principal: Principal, source: Source, today: date) -> PreparedImport:
    """Read what was typed in after a session; nothing is written.

    It goes on with the newest dataset of marks, and is one of its own where that holds marks of the same month already.
    Raises as ``importing.prepare`` does.
    """
    alone = ImportRequest(DatasetKind.MARKS, [source], today=today)
    for one in datasets_of_marks(store, principal)[:1]:
        try:
            made = importing.prepare(store, principal, replace(alone, onto=one.id))
        except InputError:  # in other areas, or of months alone: then it stands alone
            break
        if made.change is not None and not (made.change.replaced or made.change.lost):
            return made
    return importing.prepare(store, principal, alone)


def marks_by_zone(
    store: Store, principal: Principal, dataset: Dataset | None = None, year: str | None = None
) -> gpd.GeoDataFrame:
    """Return released marks by zone, those of the newest session there is if no dataset is named.

    Columns are ``area`` (code of the zone), ``name``, ``safe`` and ``unsafe`` (a missing integer under 10),
    ``safe_shown`` and ``unsafe_shown`` ("about 15", "fewer than 10"), ``period`` ("2025/26"), ``elsewhere`` (whether it
    gathers places with too few marks) and ``geometry`` (EPSG:4326). No rows where no marks are released.
    """
    found = [dataset] if dataset is not None else shown_datasets(store, principal)[:1]
    if not found:
        columns = [c.AREA, c.NAME, *FEELINGS, *SHOWN.values(), PERIOD, ELSEWHERE]
        return gpd.GeoDataFrame(pd.DataFrame(columns=columns), geometry=gpd.GeoSeries([], crs="EPSG:4326"))
    marked = places(store, principal, found[0], year)
    areas = area_sets.load_area_set(store, principal, found[0].area_set_id)
    shaped = zoning.shapes(areas, marked.units)
    for code, sums in ((SAFE, marked.safe), (UNSAFE, marked.unsafe)):
        shaped[code], shaped[SHOWN[code]] = _shown(sums)
    shaped[PERIOD] = periods.school_year(marked.periods[0])
    shaped[ELSEWHERE] = marked.elsewhere
    return shaped


def marks_table(store: Store, principal: Principal, dataset: Dataset, year: str | None = None) -> pd.DataFrame:
    """List released marks by zone: the columns of ``marks_by_zone`` but for shapes, and the source."""
    listed = pd.DataFrame(marks_by_zone(store, principal, dataset, year).drop(columns="geometry"))
    return listed.assign(source=dataset.source)


def said_of(prepared: PreparedImport) -> list[str]:
    """Return what reading a session showed, for the person who brings it."""
    change, placement = prepared.change, prepared.placement
    number = prepared.description.rows_read if change is None else change.rows_after - change.rows_before
    said = [f"{how_many(number, 'mark', 'marks')} read from this file."]
    astray = placement.outside + placement.no_location
    if astray:
        said.append(f"{how_many(astray, 'mark lies', 'marks lie')} outside “{prepared.areas.title}”, and in no figure.")
    if change is not None:
        said.append("They go on with the sessions that are here.")
    return [*said, *(note for note in prepared.description.notes if not note.startswith(BESIDE))]


def _released_periods(counts: Released, choice: Choice) -> tuple[str, ...]:
    """Return the periods that are looked at: those of a release that were chosen, or else its newest school year."""
    if not isinstance(counts, Protected):
        return choice.periods
    chosen = tuple(one.key for one in counts.periods if one.key in choice.periods)
    return chosen or tuple(one.key for one in counts.periods if one.year == counts.periods[-1].year)


def _shown(sums: Floats) -> tuple[pd.Series, list[str]]:
    """Return sums of protected marks as they may be shown: as numbers, missing under 10, and in words."""
    kept = disclosure.suppress_small(sums)
    number = pd.Series(np.where(kept < disclosure.THRESHOLD, np.nan, kept)).astype("Int64")
    return number, [disclosure.say(one) for one in kept.tolist()]
