"""Makes what tests release: counts of a small town over two school years, and incidents that they are the counts of."""

from datetime import date, timedelta

import numpy as np
import pyarrow as pa

from data.records.rows import CONTRIBUTOR_FIELD, REQUIRED_FIELDS, TIME_FIELDS
from data.services.releasing import basis_of
from geo import columns as c
from geo.calendar.school_calendar import NATIONAL_PATTERN
from geo.harms import HARM_GROUPS
from geo.release import release_steps
from geo.release.ledger import Ledger
from geo.release.release_steps import Basis
from tests.unit.geo.release.towns import town

SECRET = b"the secret of these tests"
HARMS = tuple(HARM_GROUPS)
AREAS = town(2, districts=2)
TILES = NATIONAL_PATTERN.half_terms_of_years(
    date(2023, 9, 1), date(2025, 8, 31)
)  # twelve half-terms of the national pattern
KEYS = tuple(one.key for one in TILES)
YEARS = ("2023/24", "2024/25")


def over(period):
    """Return the day on which the half-term of this position can be released."""
    return TILES[period].last + timedelta(days=14)


ALL_OVER = over(-1)


def usual(seed=1, rate=0.6, contributors=1, areas=AREAS):
    """Return skewed counts, contributor × area × half-term × harm group."""
    rng = np.random.default_rng(seed)
    weight = rng.lognormal(0, 1, (contributors, len(areas.codes), 1, 1)) * rng.lognormal(0, 0.5, (1, 1, 1, len(HARMS)))
    return rng.poisson(rate * weight, (contributors, len(areas.codes), len(TILES), len(HARMS)))


def more(n, by, area=0, period=0, harm=0, contributor=0):
    """Return the counts with ``by`` more incidents in one place, half-term and harm group."""
    added = n.copy()
    added[contributor, area, period, harm] += by
    return added


def release(n, on=ALL_OVER, after=None, secret=SECRET, areas=AREAS, clocks=None):
    """Release counts whose half-terms are the first of ``TILES``."""
    basis = Basis(TILES, TILES[: n.shape[2]], n, clocks or {})
    return release_steps.release(after or Ledger(), basis, areas, secret, on)


def rows(n, seed=1, areas=AREAS, schools=("1", "2", "3")):
    """Return incidents as readers hand them on, shuffled, at any time of their half-term, of ``schools``."""
    rng = np.random.default_rng(seed)
    contributor, area, period, harm = np.repeat(np.argwhere(n), n[n > 0], axis=0).T
    first, last = (np.array([getattr(one, end) for one in TILES], "datetime64[s]") for end in ("first", "last"))
    long = (last - first).astype(int) + 24 * 60 * 60
    start = first[period] + rng.integers(0, long[period])
    nowhere = np.full(len(area), np.nan)
    columns = {
        c.MONTH: np.datetime_as_string(start, unit="M"),
        c.CATEGORY: np.array(HARMS)[harm],
        c.STATED: np.array(areas.codes)[area],
        c.LON: pa.array(nowhere, from_pandas=True),
        c.LAT: pa.array(nowhere, from_pandas=True),
        c.START: start,
        c.END: pa.nulls(len(area), pa.timestamp("s")),
        c.CONTRIBUTOR: np.array(schools)[contributor],
    }
    fields = (*REQUIRED_FIELDS, *TIME_FIELDS, CONTRIBUTOR_FIELD)
    table = pa.table({field.name: pa.array(columns[field.name]).cast(field.type) for field in fields})
    return table.take(rng.permutation(len(area)))


def positions(table, areas=AREAS):
    """Return the position of each row's area."""
    return np.array([areas.codes.index(code) for code in table[c.STATED].to_pylist()], dtype=np.int64)


def basis(table, areas=AREAS, terms=NATIONAL_PATTERN, before=None):
    """Count incidents as they are counted to be released."""
    harm_of = {code: code for code in HARMS}
    return basis_of(table, positions(table, areas), areas, harm_of, terms, before or Ledger())


def release_rows(table, on=ALL_OVER, after=None, secret=SECRET, areas=AREAS, terms=NATIONAL_PATTERN):
    """Release incidents."""
    counted = basis(table, areas, terms, after)
    return release_steps.release(after or Ledger(), counted, areas, secret, on)


def months_only(table):
    """Return incidents of which the months are known and not the days."""
    return table.drop_columns([c.START, c.END])
