"""Laws of aoristic analysis: nobody counts twice, and what is written more finely says the same."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from geo.statistics.aoristic import quarters_touched, spread

DAY = 24 * 60 * 60
START = int(np.datetime64("2019-01-01", "s").astype(np.int64))
SECONDS = st.integers(START, START + 4 * 365 * DAY)
LENGTHS = st.one_of(
    st.integers(-DAY, 3 * DAY),
    st.integers(6 * DAY, 40 * DAY),
    st.sampled_from([0, 1, 3600, DAY - 1, DAY, 7 * DAY, 7 * DAY + 1]),
)
ROWS = st.lists(st.tuples(SECONDS, st.none() | LENGTHS), max_size=12)
HOURS = st.lists(st.tuples(st.integers(400_000, 420_000), st.integers(0, 168)), max_size=12)
MINUTES = st.sampled_from([15, 30, 60])


def columns(rows):
    """Return start and end of rows (start, length) in seconds."""
    start = np.array([begins for begins, _ in rows], dtype="datetime64[s]")
    end = [np.datetime64("NaT") if length is None else np.datetime64(begins + length, "s") for begins, length in rows]
    return start, np.array(end, dtype="datetime64[s]")


def grid(start, end, minutes, kinds=1):
    """Spread rows, days of two kinds in turn by their number."""
    touched = quarters_touched(start, end, minutes)
    return spread(touched, touched.days.astype(np.int64) % kinds, kinds)


@given(rows=ROWS, minutes=MINUTES)
def test_each_row_weighs_one_and_nothing_weighs_less_than_nothing(rows, minutes):
    for row in rows:
        found = grid(*columns([row]), minutes, 2)
        assert abs(found.sum() - 1) < 1e-9
        assert (found >= 0).all()


@given(rows=ROWS, minutes=MINUTES)
def test_rows_together_weigh_what_they_weigh_apart(rows, minutes):
    apart = sum((grid(*columns([row]), minutes, 2) for row in rows), np.zeros((2, 7, 24 * 60 // minutes)))
    together = grid(*columns(rows), minutes, 2)
    np.testing.assert_allclose(together, apart, atol=1e-9)
    assert (together >= 0).all()


@given(rows=ROWS, minutes=MINUTES, weeks=st.integers(-500, 500))
def test_some_weeks_earlier_or_later_changes_nothing(rows, minutes, weeks):
    start, end = columns(rows)
    moved = np.timedelta64(7 * weeks, "D")
    np.testing.assert_allclose(grid(start + moved, end + moved, minutes), grid(start, end, minutes), atol=1e-9)


@given(hours=HOURS)
def test_quarters_make_up_the_hours_of_what_begins_and_ends_on_the_hour(hours):
    # One moment lies in one quarter of its hour; what lasts lies on all four of each.
    start, end = columns([(3600 * begins, 3600 * length) for begins, length in hours])
    quarters = grid(start, end, 15).reshape(1, 7, 24, 4).sum(axis=3)
    np.testing.assert_allclose(quarters, grid(start, end, 60), atol=1e-9)


@given(rows=ROWS, minutes=MINUTES)
def test_kinds_of_days_make_up_the_week(rows, minutes):
    start, end = columns(rows)
    np.testing.assert_allclose(grid(start, end, minutes, 2).sum(axis=0), grid(start, end, minutes)[0], atol=1e-9)
