"""Corrections: large ones only, once a year, and never with another secret."""

from datetime import date, timedelta

import numpy as np
import pytest

from geo.release.ledger import FrozenPeriod, is_due, rows_changed
from geo.release.rounding import EDITION
from tests.unit.geo.release.making import TILES

FROZEN_ON = date(2023, 11, 14)
EXACT = np.array([[10, 0, 3, 0, 0, 0, 0], [0, 7, 0, 0, 0, 0, 20]])


def frozen(corrected_on=None, edition=EDITION):
    return FrozenPeriod(TILES[0], EXACT // 5 * 5, EXACT, FROZEN_ON, corrected_on, "one", edition)


def with_more(by):
    after = EXACT.copy()
    after[0, 0] += by
    return after


@pytest.mark.parametrize("by", [0, 1, 9, 10, -9, -10])
def test_rows_added_and_rows_taken_away_count_alike(by):
    assert rows_changed(EXACT, with_more(by)) == abs(by)


def test_single_rows_that_come_or_go_in_many_places_count_together():
    ones = np.ones((2, 7), dtype=np.int64)
    assert rows_changed(ones, 0 * ones) == rows_changed(0 * ones, ones) == 14


def test_a_row_that_moved_is_one_row_changed():
    after = EXACT.copy()
    after[1, 6] -= 3
    after[0, 1] += 3
    assert rows_changed(EXACT, after) == 3
    after[0, 1] += 2  # and two more came
    assert rows_changed(EXACT, after) == 5


@pytest.mark.parametrize(("by", "due"), [(9, False), (10, True), (-9, False), (-10, True)])
def test_ten_rows_must_have_changed(by, due):
    assert is_due(frozen(), with_more(by), "one", FROZEN_ON) is due


def test_another_secret_never_corrects():
    for later in (0, 365, 3_650):
        assert not is_due(frozen(), with_more(100), "another", FROZEN_ON + timedelta(days=later))


def test_what_other_rules_have_rounded_is_never_corrected():
    for later in (0, 365, 3_650):
        assert not is_due(frozen(edition=1), with_more(100), "one", FROZEN_ON + timedelta(days=later))


@pytest.mark.parametrize(("days", "due"), [(0, False), (364, False), (365, True)])
def test_a_correction_waits_a_year_for_the_one_before(days, due):
    first = date(2024, 3, 1)
    assert is_due(frozen(corrected_on=first), with_more(50), "one", first + timedelta(days=days)) is due
