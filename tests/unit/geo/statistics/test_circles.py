import numpy as np
import pytest

from geo.statistics.circles import circles

LINE = np.array([[0.0, 0], [100, 0], [210, 0], [330, 0], [460, 0]])
SAME = np.ones(5)


def around(points=LINE, weight=SAME, radius=None):
    found = circles(points, weight, radius)
    return [found.order[centre, :size].tolist() for centre, size in enumerate(found.size)]


def test_circles_grow_by_the_nearest_area_up_to_half_of_the_weight():
    assert around() == [[0, 1], [1, 0], [2, 1], [3, 2], [4, 3]]
    assert around(weight=np.array([1, 1, 1, 1, 4])) == [[0, 1, 2, 3], [1, 0, 2, 3], [2, 1, 3, 0], [3, 2], [4]]


def test_exactly_half_is_allowed_however_it_is_added_up():
    weight = np.array([0.1, 0.2, 0.3, 0.1, 0.5])  # 0.1 + 0.2 + 0.3 is more than 0.6 in floating point
    assert around(weight=weight)[0] == [0, 1, 2]


def test_an_area_with_more_than_half_is_the_centre_of_nothing():
    assert around(weight=np.array([1, 1, 1, 1, 5])) == [[0, 1, 2, 3], [1, 0, 2, 3], [2, 1, 3, 0], [3, 2], []]


@pytest.mark.parametrize(
    ("radius", "found"), [(105.0, [[0, 1], [1, 0], [2], [3], [4]]), (99.0, [[n] for n in range(5)])]
)
def test_no_circle_reaches_farther_than_the_radius(radius, found):
    assert around(radius=radius) == found


def test_members_are_the_areas_of_each_circle_from_small_to_large():
    found = circles(LINE, SAME, 130.0)
    assert found.members.toarray().tolist() == [
        [1, 0, 0, 0, 0],
        [1, 1, 0, 0, 0],
        [0, 1, 0, 0, 0],
        [1, 1, 0, 0, 0],
        [0, 0, 1, 0, 0],
        [0, 1, 1, 0, 0],
        [0, 0, 0, 1, 0],
        [0, 0, 1, 1, 0],
        [0, 0, 0, 0, 1],
        [0, 0, 0, 1, 1],
    ]
    assert found.lengths.tolist() == [1, 2] * 5


def test_where_one_area_has_it_all_it_has_no_circle():
    found = circles(LINE[:2], np.array([1.0, 0.0]))
    assert found.members.toarray().tolist() == [[0, 1]]
    assert circles(LINE[:1], np.array([1.0])).members.shape == (0, 1)


def test_areas_at_the_same_distance_come_from_west_to_east():
    cross = np.array([[0.0, 0], [0, 10], [10, 0], [0, -10], [-10, 0]])
    assert circles(cross, np.array([0.0, 0, 0, 0, 1])).order.shape == (5, 4)
    assert circles(cross, np.array([0.0, 0, 0, 0, 1])).order[1].tolist()[:2] == [1, 0]
    assert around(cross, np.array([1.0, 1, 1, 1, 4])) == [[0], [1, 0], [2, 0, 3, 1], [3, 0], [4]]
