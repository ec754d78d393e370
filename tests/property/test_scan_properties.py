"""Laws of the space-time scan: what it gives is what trying every circle and window gives."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from geo.statistics.circles import circles
from geo.statistics.scan import scan
from geo.statistics.share_changes import latest, share_changes

AREAS, PERIODS = 20, 20


@st.composite
def places(draw):
    """Areas anywhere, and counts by area × period; the last periods have at least ten."""
    points = draw(arrays.arrays(np.float64, (AREAS, 2), elements=st.integers(0, 50).map(float), unique=True))
    counts = draw(arrays.arrays(np.int64, (AREAS, PERIODS), elements=st.integers(0, 9)))
    counts[0, -1] += 10
    return points, counts.astype(float)


@given(places(), st.one_of(st.none(), st.floats(1, 60)))
@settings(max_examples=25)
def test_circles_are_the_nearest_areas_that_hold_up_to_half_and_lie_within_the_radius(drawn, radius):
    points, counts = drawn
    found = circles(points, counts.sum(axis=1), radius)
    members = found.members.toarray() > 0
    assert members.sum(axis=1).tolist() == found.lengths.tolist()
    assert (members @ counts.sum(axis=1) <= counts.sum() / 2 + 1e-6).all()
    for inside in members:
        if inside.sum() and radius is not None:
            away = [np.hypot(*(points[inside] - points[centre]).T).max() for centre in np.flatnonzero(inside)]
            assert min(away) <= radius + 1e-3


@given(places())
@settings(max_examples=10)
def test_each_cluster_is_the_strongest_that_shares_no_area_with_those_before(drawn):
    points, counts = drawn
    given_back = scan(counts, points, seed=1, replications=19, significance=1.0).clusters
    rank = np.lexsort((points[:, 1], points[:, 0]))
    candidates = circles(points[rank], counts[rank].sum(axis=1)).members
    every = share_changes(counts[rank], candidates, latest(range(1, 7), PERIODS), seed=1, replications=19)
    inside, left = candidates.toarray() > 0, every.score.copy()
    for one in given_back:
        assert np.isclose(one.score, left.max())
        left[inside[:, np.isin(rank, one.areas)].any(axis=1)] = 0.0
    assert left.max() == 0
