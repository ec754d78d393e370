"""A stretch is named where far more is recorded than streets like it have, and nearly never without a reason."""

import numpy as np
import pytest
import shapely
from scipy.stats import nbinom, poisson

from geo.evidence import stretches
from geo.evidence.stretches import StreetSpread, spread_of
from tests.validate import way_home as towns

FEW_TOWNS = 8  # `make validate` tries 200 of each kind
LINES = [shapely.LineString([(0, 0), (100, 0)]), shapely.LineString([(0, 80), (100, 80)])]


def test_each_point_counts_once_for_the_nearest_stretch_within_reach() -> None:
    points = np.array([[50.0, 30.0], [50.0, 45.0], [50.0, 131.0], [50.0, 129.0]])
    assert stretches.nearest_stretch(LINES, points).tolist() == [0, 1, -1, 1]


def test_what_streets_have_is_told_by_their_mean_and_how_far_they_lie_apart() -> None:
    rng = np.random.default_rng(1)
    alike = spread_of(rng.poisson(4.0, 4_000).astype(float), np.ones(4_000))
    assert alike.beyond <= 0.05
    apart = spread_of(nbinom.rvs(2.0, 1 / 3, size=4_000, random_state=2).astype(float), np.ones(4_000))
    assert (apart.rate, apart.long_tail) == (pytest.approx(4.0, rel=0.1), False)
    assert apart.beyond == pytest.approx(0.5, rel=0.2)
    long = rng.poisson(4 * np.exp(rng.normal(-0.32, 0.8, 4_000))).astype(float)
    assert spread_of(long, np.ones(4_000)).long_tail


def test_how_likely_so_many_are_is_that_of_scipy() -> None:
    assert StreetSpread(2.0, 0.0).chance_of(9, 2.0) == pytest.approx(poisson.sf(8, 4.0))
    assert StreetSpread(2.0, 0.5).chance_of(9, 2.0) == pytest.approx(nbinom.sf(8, 2.0, 2 / 6))
    rng = np.random.default_rng(3)
    drawn = rng.poisson(4.0 * np.exp(rng.normal(-np.log1p(0.5) / 2, np.sqrt(np.log1p(0.5)), 400_000)))
    assert StreetSpread(2.0, 0.5, long_tail=True).chance_of(9, 2.0) == pytest.approx((drawn >= 9).mean(), rel=0.03)
    low, high = StreetSpread(2.0, 0.5).usual(2.0)
    assert nbinom.cdf([low - 1, low, high - 1, high], 2.0, 2 / 6) == pytest.approx([0, 0.02, 0.97, 0.98], abs=0.12)


def test_a_stretch_without_a_point_has_no_data_and_is_no_test() -> None:
    rng = np.random.default_rng(4)
    points = rng.uniform(300, 2_000, (60, 2))
    found = stretches.by_points(LINES, points, rng.poisson(4.0, 60).astype(float))
    assert found[["observed", "expected", "p"]].isna().all(axis=None)
    assert not found["told"].any()


def test_with_too_few_points_around_nothing_is_told() -> None:
    points = np.array([[50.0, 10.0], [50.0, 90.0]])
    found = stretches.by_points(LINES, points, np.array([500.0, 1.0]))
    assert found["observed"].tolist() == [500.0, 1.0]
    assert found["p"].isna().all()


def test_by_metres_a_longer_stretch_is_expected_to_have_more() -> None:
    rng = np.random.default_rng(5)
    metres = rng.uniform(50, 300, 200)
    counts = rng.poisson(metres / 100).astype(float)
    found = stretches.by_metres(np.array([100.0, 200.0, 100.0]), np.array([1.0, 2.0, 30.0]), metres, counts)
    assert found["expected"].iloc[1] == pytest.approx(2 * found["expected"].iloc[0])
    assert found["told"].tolist() == [False, False, True]


def test_what_lies_near_a_line_is_listed_the_nearest_first() -> None:
    shapes = shapely.points([(50, 60), (50, 20), (50, 500)])
    assert stretches.lines_near(LINES, shapes, 65.0) == [[1, 0], [0, 1]]


@pytest.mark.parametrize("tail", ["gamma", "lognormal"])
def test_a_planted_stretch_is_found_and_none_without_one(tail: towns.Tail) -> None:
    found = [towns.found(tail, 0.5, max(towns.TIMES), seed) for seed in range(FEW_TOWNS)]
    assert sum(found) >= FEW_TOWNS - 1
    assert sum(towns.named_without_reason(tail, 0.5, seed) for seed in range(FEW_TOWNS)) <= 1
