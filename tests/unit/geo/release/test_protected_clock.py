"""The clock of a school year: it says when in the week, never where, and no more than the cube does."""

import numpy as np
import pytest

from geo.calendar.school_day import BAND_NAMES, DAY_KINDS, WEEKDAYS
from geo.release import protected_clock
from tests.unit.geo.release.making import SECRET

SHAPE = (len(BAND_NAMES), len(WEEKDAYS), len(DAY_KINDS))


def counts(seed=1, contributors=1, rate=2.0):
    return np.random.default_rng(seed).poisson(rate, (contributors, *SHAPE))


def whole(n):
    return (n // 5 * 5).sum(axis=0)


@pytest.mark.parametrize("beside", [-5, 0, 5])
def test_a_clock_has_the_total_of_its_cube_whatever_its_own_would_be(beside):
    n = counts()
    total = int(n.sum()) // 5 * 5 + beside
    found = protected_clock.protect("2024/25", n, total, SECRET)
    assert found.year == "2024/25"
    assert found.n.shape == SHAPE
    assert int(found.n.sum()) == total
    assert not (found.n % 5).any()


def test_every_count_of_a_clock_is_one_of_the_two_fives_beside_it():
    n = counts()
    found = protected_clock.protect("2024/25", n, int(n.sum()) // 5 * 5, SECRET).n
    assert set(np.unique(found - whole(n))) == {0, 5}


def test_a_pooled_clock_is_rounded_contributor_by_contributor():
    n = np.zeros((3, *SHAPE), dtype=np.int64)
    n[:, 1, 0, 0] = 4  # 12 together: as one count they would be shown as 10 or 15
    n[:, 2, 0, 0] = 9
    found = {int(protected_clock.protect("2024/25", n, total, SECRET).n[1, 0, 0]) for total in range(15, 50, 5)}
    assert found >= {0, 5, 10}
    with pytest.raises(ValueError, match="cannot be rounded"):
        protected_clock.protect("2024/25", n, 10, SECRET)  # under the whole fives of the three, which are 5 each


def test_a_pooled_clock_goes_no_further_than_each_that_has_5_rounded_up_and_one_for_every_two():
    n = counts(contributors=3)
    total = int(n.sum()) // 5 * 5
    shown = protected_clock.protect("2024/25", n, total, SECRET).n
    assert int(shown.sum()) == total
    assert (shown >= whole(n)).all()
    assert (shown <= whole(n) + 5 * np.maximum((n >= 5).sum(axis=0), 2)).all()


@pytest.mark.parametrize("total", [3, 45, 10_000])
def test_a_total_that_no_rounding_has_is_refused(total):
    n = np.zeros((1, *SHAPE), dtype=np.int64)
    n[0, 1, 2, 0] = 50
    with pytest.raises(ValueError, match="cannot be rounded to that total"):
        protected_clock.protect("2024/25", n, total, SECRET)


def test_a_year_without_incidents_has_an_empty_clock():
    assert not protected_clock.protect("2024/25", np.zeros((1, *SHAPE), dtype=np.int64), 0, SECRET).n.any()


def test_two_years_of_the_same_counts_are_rounded_apart():
    n = counts()
    total = int(n.sum()) // 5 * 5
    one, other = (protected_clock.protect(year, n, total, SECRET).n for year in ("2023/24", "2024/25"))
    assert (one != other).any()
    assert np.array_equal(one, protected_clock.protect("2023/24", n, total, SECRET).n)


def test_some_parts_of_the_week_without_incidents_are_shown_as_if_there_were_some():
    n = counts(rate=0.5)
    total = int(n.sum()) // 5 * 5
    found = [protected_clock.protect("2024/25", n, total, bytes([secret])).n for secret in range(20)]
    assert any((shown[n.sum(axis=0) == 0] == 5).any() for shown in found)


@pytest.mark.parametrize("shown", [0, 5])
@pytest.mark.parametrize("incidents", [0, 1])
def test_none_and_one_incident_may_be_shown_alike(incidents, shown):
    n = counts(rate=0.5)
    n[0, 4, 0, 0] = incidents
    n[0, 5, 0, 0] = 1 - incidents
    total = int(n.sum()) // 5 * 5
    assert any(protected_clock.protect("2024/25", n, total, bytes([at])).n[4, 0, 0] == shown for at in range(256))
