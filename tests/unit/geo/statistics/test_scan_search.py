from math import log

import numpy as np
import pytest

from geo.statistics.scan_search import Field, ZoneWindow, candidate_zones, floor_of, maxima, statistic, strongest

# Five areas with as many residents each; D is nearer to C than to E. Of 20 cases, half are expected in each of two
# periods, and a fifth in each area.
LINE = np.array([[0.0, 0], [100, 0], [210, 0], [330, 0], [460, 0]])
FIELD = Field(candidate_zones(LINE, np.ones(5)), np.array([10.0, 20.0]), 20)
CASES = np.array([[1, 2], [1, 2], [5, 6], [6, 7], [2, 3]])  # of the last period, and of the last two


@pytest.mark.parametrize(
    ("c", "mu", "total", "found"),
    [
        (11, 4, 20, 11 * log(11 / 4) + 9 * log(9 / 16)),
        (6, 2, 20, 6 * log(3) + 14 * log(14 / 18)),
        (20, 4, 20, 20 * log(5)),
        (4, 4, 20, 0),
        (3, 4, 20, 0),
        (0, 0, 20, 0),
    ],
)
def test_statistic_is_that_of_the_definition_above_what_is_expected_and_zero_elsewhere(c, mu, total, found):
    assert statistic(c, mu, total) == pytest.approx(found, abs=1e-12)


def test_most_likely_cluster_is_the_worked_one():
    (place, value), *rest = strongest(FIELD, CASES, 0.0)
    assert place == ZoneWindow(centre=3, areas=2, periods=1)  # D and C: 11 cases where 4 are expected
    assert value == pytest.approx(5.94933, abs=1e-5)
    assert rest == []


def test_next_cluster_shares_no_area_with_the_first_though_others_are_stronger():
    cases = np.array([[4, 4], [0, 0], [5, 6], [6, 7], [0, 0]])
    found = list(strongest(Field(FIELD.zones, np.array([10.5, 21.0]), 21), cases, 0.0))
    assert [place for place, _ in found] == [ZoneWindow(3, 2, 1), ZoneWindow(0, 1, 1)]
    assert [value for _, value in found] == [statistic(11, 4.2, 21), statistic(4, 2.1, 21)]
    assert statistic(6, 2.1, 21) > found[1][1]  # D by itself


def test_nothing_under_the_floor_is_given():
    assert list(strongest(FIELD, CASES, 5.95)) == []
    assert len(list(strongest(FIELD, CASES, 5.94))) == 1


def test_equal_clusters_are_the_smallest_and_the_shortest():
    cases = np.array([[4, 4], [0, 0], [0, 0], [0, 0], [4, 4]])
    field = Field(FIELD.zones, np.array([8.0, 8.0]), 8)
    assert [place for place, _ in strongest(field, cases, 0.0)] == [ZoneWindow(0, 1, 1), ZoneWindow(4, 1, 1)]


def test_strongest_of_each_replication_is_found_in_whatever_blocks_they_come():
    second = np.array([[1, 2], [1, 2], [2, 3], [6, 7], [5, 6]])
    three = np.stack([CASES, second, np.full((5, 2), [2, 4])], axis=2)
    found = [statistic(11, 4, 20), statistic(11, 4, 20), 0.0]
    told = []
    assert maxima(FIELD, [three], 0.0, 1).tolist() == found
    assert maxima(FIELD, [three[:, :, :2], three[:, :, 2:]], 1.0, 2, told.append).tolist() == found
    assert told == [0.5, 1.0]


def test_single_areas_tell_what_so_many_replications_reach():
    # D by itself has 6, 5, 4 and 3 cases in the last period of four replications: 10 / 5 are expected.
    blocks = [np.array([[0, 0], [0, 0], [0, 0], [6, 6], [0, 0]])[:, :, None] - [0, 1], np.zeros((5, 2, 2), dtype=int)]
    blocks[1][3] = [[4, 3], [4, 3]]
    assert floor_of(FIELD, blocks, 0.0) == statistic(6, 2, 20)
    assert floor_of(FIELD, blocks, 0.5) == statistic(4, 2, 20)
    assert floor_of(FIELD, blocks, 1.0) == statistic(3, 2, 20)


def test_without_any_zone_nothing_is_found():
    none = Field(candidate_zones(LINE, np.ones(5), -1.0), np.array([10.0, 20.0]), 20)
    assert list(strongest(none, CASES, 0.0)) == []
    assert floor_of(none, [CASES[:, :, None]], 0.05) == 0.0
    assert maxima(none, [CASES[:, :, None]], 0.0, 1).tolist() == [0.0]
