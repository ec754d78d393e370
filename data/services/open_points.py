"""Points of open datasets: where published incidents are, for a density map and for near repeats.

Nobody gets points of protected data: not on a map, not in a table, not rounded.
"""

from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.principal import Principal
from data.store import datasets, rows_at_rest
from data.store.datasets import Access, Dataset
from data.store.store import Store
from geo import columns as c
from geo.areas.area_set import DEGREES, METRES
from geo.calendar.school_calendar import SchoolCalendar
from geo.calendar.school_day import BAND_NAMES, HOME_TIME, band_of, weekday_of
from geo.counts.filters import Choice
from geo.errors import RefusedError, ThinDataError
from geo.harms import HARM_GROUPS
from geo.statistics.density import X, Y
from geo.statistics.near_repeats import MONTHS_ONLY
from geo.views.published_points import PublishedPoints, publish_points

DAY: Final = "day"
_WEEKEND: Final = 5  # Saturday, when Monday is 0


def open_points(
    store: Store, principal: Principal, dataset: Dataset, choice: Choice, *, by_area: bool = False
) -> pd.DataFrame:
    """Return the places of an open dataset's incidents: ``x``, ``y``, ``month``, ``category`` and ``n``.

    ``x`` and ``y`` are metres (EPSG:27700); a place has a line for each month and category of the choice that occurs
    there. Where the dataset has names of places there is ``place`` before ``n``, empty for a row without one, and where
    lines are asked for ``by_area`` the ``stated_area``. Incidents outside the areas are there, those without a location
    are not. Raises RefusedError for a protected dataset,
    InputError and PermissionError as ``datasets.load_rows`` does.
    """
    rows = _chosen(store, principal, dataset, choice)
    wanted = (c.MONTH, c.CATEGORY, c.PLACE, *([c.STATED] if by_area else []))
    words = [name for name in wanted if name in rows.column_names]
    key = [c.LON, c.LAT, *words]
    found = rows.select(key).group_by(key).aggregate([([], "count_all")]).to_pandas()
    x, y = _metres(found)
    named = {name: found[name].astype(object).fillna("") for name in words}
    listed = pd.DataFrame({X: x, Y: y, **named, c.COUNT: found["count_all"]})
    return listed.sort_values([X, Y, *words], ignore_index=True)


def all_points(store: Store, principal: Principal, dataset: Dataset, *, by_area: bool = False) -> PublishedPoints:
    """Return all points of an open dataset. Raises as ``open_points`` does.

    With ``by_area`` a point is there once for each area that its rows state.
    """
    every = Choice(tuple(dataset.months), tuple(HARM_GROUPS))
    return publish_points(open_points(store, principal, dataset, every, by_area=by_area), dataset.harm_of)


def named_places(store: Store, principal: Principal, dataset: Dataset) -> pd.DataFrame:
    """Return the places of an open dataset that have names: ``place``, ``lon``, ``lat`` (EPSG:4326) and ``n``.

    ``place`` is as published, "On or near High Street", and ``n`` counts the incidents there. None where the dataset
    keeps no names. Raises as ``open_points`` does.
    """
    require_open(dataset)
    rows = rows_at_rest.from_geoparquet(datasets.load_rows(store, principal, dataset))
    if c.PLACE not in rows.column_names:
        return pd.DataFrame({c.PLACE: [], c.LON: [], c.LAT: [], c.COUNT: []})
    key = [c.PLACE, c.LON, c.LAT]
    named = rows.filter(pc.and_(pc.is_valid(rows[c.PLACE]), pc.is_valid(rows[c.LON])))
    found = named.select(key).group_by(key).aggregate([([], "count_all")]).to_pandas()
    listed = found.rename(columns={"count_all": c.COUNT}).astype({c.PLACE: "str"})
    return listed.sort_values(key, ignore_index=True)


def may_be_counted(principal: Principal, dataset: Dataset) -> bool:
    """Return whether points may stand for a dataset's counts: it is open, and of this person's organisation."""
    return dataset.access is Access.OPEN and dataset.owner == principal.organisation


def dated_points(store: Store, principal: Principal, dataset: Dataset, choice: Choice) -> pd.DataFrame:
    """Return where and when each incident of an open dataset happened, or began: ``x``, ``y``, ``day``.

    ``x`` and ``y`` are metres (EPSG:27700), ``day`` is in days since 1970-01-01. Incidents without a location are left
    out. Raises as ``open_points`` does, and ThinDataError for a dataset that knows months only.
    """
    rows = _chosen(store, principal, dataset, choice)
    if c.START not in rows.column_names:
        raise ThinDataError(MONTHS_ONLY)
    found = rows.select([c.LON, c.LAT, c.START]).to_pandas().dropna()
    x, y = _metres(found)
    day = found[c.START].to_numpy().astype("datetime64[D]").astype(np.int64)
    return pd.DataFrame({X: x, Y: y, DAY: day})


def home_time_points(
    store: Store, principal: Principal, dataset: Dataset, choice: Choice, calendar: SchoolCalendar
) -> pd.DataFrame:
    """Return where each incident of an open dataset was that happened at home time on a school day: ``x``, ``y``.

    Home time is the band of that name (``geo.calendar.school_day``), on weekdays in term by a calendar. Raises as
    ``dated_points`` does.
    """
    rows = _chosen(store, principal, dataset, choice)
    if c.START not in rows.column_names:
        raise ThinDataError(MONTHS_ONLY)
    start, end = (rows[name].to_numpy().astype("datetime64[s]") for name in (c.START, c.END))
    at_home_time = band_of(start, end) == BAND_NAMES.index(HOME_TIME)
    day = start.astype("datetime64[D]")
    at_home_time &= ~np.isnat(start) & (weekday_of(day) < _WEEKEND) & ~calendar.is_holiday(day)
    found = rows.select([c.LON, c.LAT]).to_pandas()[at_home_time]
    x, y = _metres(found)
    return pd.DataFrame({X: x, Y: y})


def require_open(dataset: Dataset) -> None:
    """Raise RefusedError unless a dataset is open."""
    if dataset.access is not Access.OPEN:
        raise RefusedError(
            f"Only incidents that are published already may be looked at point by point, and dataset {dataset.id} is "
            "protected: what is shared of it are released counts, which have neither points nor days; choose an open "
            "dataset."
        )


def _chosen(store: Store, principal: Principal, dataset: Dataset, choice: Choice) -> pa.Table:
    """Return the rows of an open dataset that a choice includes and that have a location."""
    require_open(dataset)
    rows = rows_at_rest.from_geoparquet(datasets.load_rows(store, principal, dataset))
    categories = [
        name
        for name, harm in dataset.harm_of.items()
        if (harm in choice.harms if choice.category is None else name == choice.category)
    ]
    in_period = pc.is_in(rows[c.MONTH].cast(pa.string()), pa.array(choice.periods, pa.string()))
    of_kind = pc.is_in(rows[c.CATEGORY].cast(pa.string()), pa.array(categories, pa.string()))
    return rows.filter(pc.and_(pc.and_(in_period, of_kind), pc.is_valid(rows[c.LON])))


def _metres(found: pd.DataFrame) -> tuple["pd.Series[float]", "pd.Series[float]"]:
    """Turn degrees into metres, each distinct place once."""
    key = [c.LON, c.LAT]
    places = found[key].drop_duplicates()
    points = gpd.points_from_xy(places[c.LON], places[c.LAT], crs=DEGREES).to_crs(METRES)
    merged = found[key].merge(places.assign(**{X: points.x, Y: points.y}), on=key, how="left")
    return merged[X], merged[Y]
