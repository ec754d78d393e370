"""Clusters are what the scan finds, small enough to act on, sure enough to report, and strong enough to matter."""

import numpy as np
import pytest

from geo.errors import ThinDataError
from geo.findings import clusters
from geo.findings.finding import FindingKind
from geo.findings.told import Family
from tests.unit.geo.findings import making

GRID = making.grid(8)
PLANTED = (18, 19, 26, 27)


def found_in(scene, *harms):
    return making.told_of(clusters.find(scene, *harms))


def planted(times=3, last=3, periods=48, each=6):
    n = making.even(GRID, periods, each)
    n[np.ix_(PLANTED, np.arange(periods - last, periods))] *= times
    return n


def test_a_planted_cluster_is_found_with_its_areas_its_months_and_its_counts():
    n = planted()
    found = found_in(making.scene(n, GRID), ("violence",))[0]
    assert found.kind is FindingKind.CLUSTER
    assert len(set(found.units) & set(PLANTED)) >= 3
    assert found.periods == ("2021-10", "2021-11", "2021-12")
    assert found.observed == n[list(found.units), -3:].sum()
    assert found.ratio == pytest.approx(found.observed / found.expected)
    assert found.p == 0.001
    inside = np.isin(np.arange(64), found.units)
    before, now = n[:, -clusters.PERIODS : -3].sum(axis=1), n[:, -3:].sum(axis=1)
    moved = now[~inside].sum() / before[~inside].sum()
    assert found.expected == pytest.approx(before[inside].sum() * moved, rel=1e-5)
    assert found.usual == pytest.approx(3 * before[inside].sum() / (clusters.PERIODS - 3))
    held = n[list(found.units), -3:].sum(axis=1)
    assert found.share == pytest.approx(held[0] / held.sum())
    assert held.tolist() == sorted(held, reverse=True)


def test_what_is_usual_is_told_from_the_last_thirty_periods():
    n = planted(periods=30)
    longer = np.concatenate([making.even(GRID, 24, each=60, seed=9), n], axis=1)
    found = found_in(making.scene(n, GRID), ("violence",))
    assert found
    assert found_in(making.scene(longer, GRID, first="2016-01"), ("violence",)) == found


def test_no_cluster_is_wider_than_a_walk():
    n = making.even(GRID, 36)
    n[:8, -3:] *= 4  # a strip of 4 km in the south
    scene = making.scene(n, GRID)
    sentences = found_in(scene, ("violence",))
    assert sentences
    for found in sentences:
        points = scene.points[list(found.units)]
        assert np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1)).max() <= 2 * clusters.RADIUS


def test_a_place_that_was_always_busy_and_a_rise_everywhere_are_no_clusters():
    usual = np.where(np.isin(np.arange(64), PLANTED), 30, 6)[:, np.newaxis]
    n = np.random.default_rng(2).poisson(usual * np.where(np.arange(36) < 33, 1, 3))
    assert found_in(making.scene(n, GRID), ("violence",)) == []


def test_a_real_cluster_that_is_hardly_more_than_usual_is_not_told():
    n = making.even(GRID, 36, each=900)
    n[list(PLANTED), -3:] += n[list(PLANTED), -3:] // 8
    assert found_in(making.scene(n, GRID), ("violence",)) == []


def scattering(seed, k):
    """Return a place where nothing happens: areas of all sizes, and counts that scatter with k (none: chance alone)."""
    rng = np.random.default_rng(seed)
    usual = 6 * rng.lognormal(-0.3, 0.8, 64)[:, np.newaxis]
    return rng.poisson(usual * (rng.gamma(k, 1 / k, (64, 48)) if k else np.ones((64, 48))))


@pytest.mark.parametrize("k", [None, 8, 2], ids=["chance", "scatter", "much"])
def test_counts_that_scatter_more_than_chance_make_few_clusters(k, thorough):
    places = [making.scene(scattering(seed, k), GRID) for seed in range(40 if thorough else 16)]
    assert np.mean([bool(found_in(place, ("violence",))) for place in places]) <= 0.125


def test_what_is_found_comes_with_the_strongest_of_searches_where_nothing_is_going_on():
    (detected,) = clusters.find(making.scene(planted(), GRID), ("violence",))
    assert detected.family is Family.CLUSTER
    assert len(detected.strongest) == 999
    assert detected.found[0].p == (1 + np.count_nonzero(detected.strongest >= detected.found[0].score)) / 1000


def test_a_cluster_is_found_among_counts_that_scatter():
    found = 0
    for seed in range(12):
        n = scattering(seed, 8)
        n[list(PLANTED), -3:] = n[list(PLANTED), -3:] * 4 + 6
        sentences = found_in(making.scene(n, GRID), ("violence",))
        found += any(len(set(one.units) & set(PLANTED)) >= 3 for one in sentences)
    assert found >= 10


def test_the_same_counts_give_the_same_clusters():
    n = planted()
    first, again = (found_in(making.scene(n, GRID), ("violence",)) for _ in range(2))
    assert first == again


def test_a_missing_month_is_left_out_and_the_cluster_still_found():
    n = planted(last=4)
    found = found_in(making.scene(n, GRID, missing=("2021-11",)), ("violence",))[0]
    assert "2021-11" not in found.periods
    where = [making.scene(n, GRID).periods.index(period) for period in found.periods]
    assert found.observed == n[list(found.units)][:, where].sum()


def test_harm_groups_are_searched_together_and_one_category_alone():
    cube = making.cube_of({"violence": planted(), "asb": making.even(GRID, 48, seed=3)}, GRID)
    scene = making.look(cube, GRID)
    both = found_in(scene, ("violence", "asb"))[0]
    assert both.harms == ("violence", "asb")
    assert set(both.units) & set(PLANTED)
    assert not any(set(one.units) & set(PLANTED) for one in found_in(scene, ("asb",)))
    named = found_in(scene, (), "Violence and weapons")[0]
    assert named.units == found_in(scene, ("violence",))[0].units


@pytest.mark.parametrize(
    ("n", "areas", "sentences"),
    [
        (planted(), making.grid(8), None),
        (making.even(making.grid(4), 36), making.grid(4), "needs at least 20 areas, and there are 16"),
        (making.even(GRID, 12), GRID, "at least 12 periods before the last 6, and there are 6"),
        (making.even(GRID, 36, each=0), GRID, "needs at least 10 incidents in the last 6 periods, and there are fewer"),
    ],
)
def test_thin_data_are_refused_in_one_sentence(n, areas, sentences):
    if sentences is None:
        assert found_in(making.scene(n, areas), ("violence",))
        return
    with pytest.raises(ThinDataError, match=sentences) as refused:
        found_in(making.scene(n, areas), ("violence",))
    assert str(refused.value).count(".") == 1


@pytest.mark.parametrize("few", [0, 5], ids=["none", "five"])
def test_protected_counts_under_ten_are_refused_alike_whatever_they_are(few):
    n = np.zeros((64, 36), dtype=int)
    n[3, 35] = few
    with pytest.raises(ThinDataError, match=r"and there are fewer; choose more kinds of harm together\.$"):
        found_in(making.scene(n, GRID, protected=True), ("violence",))
