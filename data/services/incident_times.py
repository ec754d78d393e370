"""When the incidents of a dataset happened, for the school-day clock: times for those who may see them, else a release.

Times of day and areas leave here in columns that no page lists: ``geo.clock`` makes sums of them. Points do not.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa

from data.principal import Principal
from data.services import visibility
from data.store import area_sets, datasets, rows_at_rest
from data.store.datasets import Access, Dataset
from data.store.store import Store
from geo import columns as c
from geo.areas.placing import place
from geo.calendar.school_calendar import SchoolCalendar
from geo.clock.clock_sentences import MONTHS_ONLY
from geo.clock.released_clock import of_release, years_of
from geo.clock.timed_counts import Timed
from geo.clock.week_clock import Clock, Visibility
from geo.errors import RefusedError, ThinDataError
from geo.release.kinds import Protected


def timed(store: Store, principal: Principal, dataset: Dataset) -> Timed:
    """Return when and in which area each incident of a dataset happened.

    For an open dataset, and for custodians of a protected one (exact counts). Raises RefusedError for other people,
    ThinDataError where only months are known, and InputError and PermissionError as ``datasets.load_rows`` does.
    """
    exact = dataset.access is Access.PROTECTED
    if exact and not visibility.is_custodian(principal, dataset):
        raise RefusedError(
            f"When each incident of the protected dataset {dataset.id} happened is for its custodians only; look at "
            "the clock of its release."
        )
    rows = rows_at_rest.from_geoparquet(datasets.load_rows(store, principal, dataset))
    if c.START not in rows.column_names:
        raise ThinDataError(MONTHS_ONLY)
    areas = area_sets.load_area_set(store, principal, dataset.area_set_id)
    category, categories = rows_at_rest.positions(rows, c.CATEGORY)
    months = tuple(month for month in dataset.months if month not in set(dataset.gaps))
    start, end = (rows[name].to_numpy().astype("datetime64[s]") for name in (c.START, c.END))
    return Timed(
        visibility=Visibility.EXACT if exact else Visibility.OPEN,
        start=start,
        end=end,
        area=place(rows_at_rest.located(rows), areas.codes, areas.frame.geometry.to_numpy()).area,
        month=_months(rows, months),
        category=category,
        months=months,
        categories=tuple(categories),
        harm=tuple(dataset.harm_of.get(category, "") for category in categories),
    )


def released_years(store: Store, principal: Principal, dataset: Dataset) -> tuple[str, ...]:
    """List the school years of which a protected dataset has a released clock. Raises as ``released_clock`` does."""
    return years_of(_released(store, principal, dataset))


def released_clock(
    store: Store, principal: Principal, dataset: Dataset, years: Sequence[str], calendar: SchoolCalendar
) -> Clock:
    """Return the clock of some school years of a protected dataset as it may be shared.

    ``calendar`` has the term dates that count. Raises RefusedError when nothing of the dataset is released or it is
    open, whose times are published; ThinDataError when no clock of these years is released, or only months are known.
    """
    return of_release(_released(store, principal, dataset), years, calendar)


def _released(store: Store, principal: Principal, dataset: Dataset) -> Protected:
    counts = visibility.released_counts(store, principal, dataset)
    if not isinstance(counts, Protected):
        raise RefusedError(
            f"A clock is released of protected datasets, and dataset {dataset.id} is open; look at its own times."
        )
    return counts


def _months(rows: pa.Table, months: Sequence[str]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return the position of each row's month among ``months``."""
    position, words = rows_at_rest.positions(rows, c.MONTH)
    return pd.Index(months).get_indexer(words).astype(np.int64)[position]
