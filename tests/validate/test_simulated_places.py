"""A few simulations of what ``make validate`` does two hundred times."""

import pytest

from tests.validate import hot_spots, scanning
from tests.validate.places import PERIODS, made_up

PLACE = made_up(8)
FEW = range(40)
KINDS = pytest.mark.parametrize("kind", [kind for kind in scanning.KINDS if kind != "as released"])


@KINDS
def test_scan_seldom_finds_what_is_not_there(kind):
    assert sum(scanning.false_alarm(PLACE, 2.0, kind, seed) for seed in FEW) <= 6


@KINDS
def test_scan_finds_what_is_planted(kind):
    assert sum(scanning.found(PLACE, 60, kind, seed) for seed in FEW) >= 36


def test_scan_of_released_counts_seldom_finds_what_is_not_there():
    assert sum(scanning.false_alarm(PLACE, 2.0, "as released", seed) for seed in range(5)) <= 1


@pytest.mark.parametrize("rate", hot_spots.RATES)
def test_hot_spots_are_seldom_where_nothing_is(rate):
    assert sum(hot_spots.flagged(PLACE, rate, seed) for seed in range(10)) / 10 <= 0.05


def test_hot_spots_are_where_they_are_planted():
    assert sum(hot_spots.found(PLACE, 60, seed) for seed in FEW) >= 36


@pytest.mark.parametrize("usual", [60, 20])
def test_planted_areas_have_three_times_what_is_usual_there(usual):
    three = [9, 10, 17]
    planted = PLACE.planted(three, usual)
    assert planted.shape == (64, PERIODS)
    assert planted[three, -3:].sum() == pytest.approx(3 * usual)
    assert planted[three, -6:-3].sum() == pytest.approx(usual)
