"""Laws of the space-time scan: the fast search finds what trying every zone and window finds."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from geo.statistics.scan import _rounded
from geo.statistics.scan_search import Field, candidate_zones, floor_of, maxima, statistic, strongest


@st.composite
def fields(draw):
    """Areas anywhere, weights, and counts of a few replications by area × window, all with the same total."""
    areas, windows, replications = draw(st.integers(2, 7)), draw(st.integers(1, 3)), draw(st.integers(1, 4))
    points = draw(arrays.arrays(np.float64, (areas, 2), elements=st.integers(0, 50).map(float), unique=True))
    weight = draw(arrays.arrays(np.float64, areas, elements=st.integers(1, 9).map(float)))
    shape = (areas, windows, replications)
    counts = np.cumsum(draw(arrays.arrays(np.int64, shape, elements=st.integers(0, 9))), axis=1)
    total = int(counts[:, -1].sum(axis=0).max()) + draw(st.integers(1, 20))
    factor = total * np.arange(1, windows + 1) / draw(st.integers(windows, 6))
    radius = draw(st.one_of(st.none(), st.floats(1, 60)))
    return Field(candidate_zones(points, weight, radius), factor, total), counts


def everything(field, counts):
    """Try every zone and window of one replication: statistic, areas and periods."""
    for order, size, share in zip(field.zones.order, field.zones.size, field.zones.share, strict=True):
        for k in range(size):
            for window, factor in enumerate(field.factor):
                observed = counts[order[: k + 1], window].sum()
                yield float(statistic(observed, share[k] * factor, field.total)), set(order[: k + 1].tolist()), window


@given(fields(), st.floats(0, 8), st.integers(1, 3))
def test_largest_statistic_is_that_of_trying_everything(drawn, floor, together):
    field, counts = drawn
    number = counts.shape[2]
    blocks = [counts[:, :, start : start + together] for start in range(0, number, together)]
    found = maxima(field, blocks, floor, 2)
    for at in range(number):
        most = max((value for value, _, _ in everything(field, counts[:, :, at])), default=0.0)
        assert np.isclose(found[at], most) if most >= floor else found[at] <= most + 1e-9


@given(fields())
def test_each_cluster_is_the_strongest_that_shares_no_area_with_those_before(drawn):
    field, counts = drawn
    one, taken = counts[:, :, 0], set()
    for place, value in strongest(field, one, 0.0):
        left = [told for told in everything(field, one) if not told[1] & taken]
        areas = set(field.zones.order[place.centre, : place.areas].tolist())
        assert np.isclose(value, max(told[0] for told in left))
        assert any(np.isclose(told[0], value) and told[1:] == (areas, place.periods - 1) for told in left)
        taken |= areas
    assert not any(told[0] > 1e-9 and not told[1] & taken for told in everything(field, one))


@given(fields(), st.floats(0, 1))
def test_more_than_the_level_reach_the_floor(drawn, level):
    field, counts = drawn
    best = maxima(field, [counts], 0.0, 1)
    reached = np.count_nonzero(best >= floor_of(field, [counts], level) - 1e-9)
    assert 1 + reached > level * (len(best) + 1) or reached == len(best)


@given(arrays.arrays(np.int64, (3, 2, 6), elements=st.integers(0, 30)), st.integers(0, 99))
def test_rounded_cells_are_multiples_beside_the_cell_with_the_same_totals(cells, seed):
    cells[..., -1] += -cells.sum(axis=-1) % 5
    found = _rounded(cells, 5, np.random.default_rng(seed))
    assert not (found % 5).any()
    assert (abs(found - cells) < 5).all()
    assert (found.sum(axis=-1) == cells.sum(axis=-1)).all()


def test_rounding_is_right_on_average():
    cells = np.tile(np.array([1, 3, 0, 7, 9, 5]), (20_000, 1, 1))
    found = _rounded(cells, 5, np.random.default_rng(0))
    assert abs(found.mean(axis=0) - cells[0]).max() < 0.06  # four standard errors
