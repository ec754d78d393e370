import numpy as np
import pytest
from esda import Moran_Local
from libpysal.graph import Graph

from geo.errors import ThinDataError
from geo.statistics.moran import LABELS, local_moran
from tests.unit.geo.statistics.grids import grid

MIDDLE = [189, 190, 191, 209, 210, 211, 229, 230, 231]  # of a grid of 20 x 20, around 210


def values(number=400, seed=2):
    return np.random.default_rng(seed).normal(50, 5, number)


@pytest.mark.parametrize("seed", range(5))
def test_i_and_quadrants_are_those_of_esda(seed):
    figures = values(100, seed).round()
    ours = local_moran(figures, grid(10), 1, permutations=99)
    theirs = Moran_Local(figures, Graph.from_sparse(grid(10)), permutations=0)
    np.testing.assert_allclose(ours.i, theirs.Is, rtol=0, atol=1e-9)
    np.testing.assert_array_equal(ours.quadrant, theirs.q)


@pytest.mark.filterwarnings("ignore:The alternative hypothesis for conditional randomization:DeprecationWarning")
def test_chances_are_twice_the_one_sided_ones_of_esda():
    figures = values(100)
    ours = local_moran(figures, grid(10), 1, permutations=9_999)
    theirs = Moran_Local(figures, Graph.from_sparse(grid(10)), permutations=9_999, seed=1)
    np.testing.assert_allclose(ours.p, np.minimum(1, 2 * theirs.p_sim), atol=0.05)


def test_areas_that_stand_out_from_their_neighbours_are_named_by_how():
    figures = values()
    figures[MIDDLE] = 20
    figures[210] = 80
    assert local_moran(figures, grid(20), 1).label[210] == "high among low"
    assert local_moran(-figures, grid(20), 1).label[210] == "low among high"


def test_areas_that_are_like_their_neighbours_are_named_by_how():
    figures = values()
    figures[MIDDLE] = 80
    assert local_moran(figures, grid(20), 1).label[210] == "high among high"
    assert local_moran(-figures, grid(20), 1).label[210] == "low among low"


def test_figures_that_lie_anywhere_by_chance_name_hardly_an_area():
    labelled = [sum(map(bool, local_moran(values(seed=seed), grid(20), 1).label)) for seed in range(10)]
    assert np.mean(labelled) <= 0.05 * 400
    assert labelled.count(0) >= 7


def test_an_area_without_a_figure_has_no_label_and_is_nobodys_neighbour():
    figures = values()
    figures[5] = np.nan
    others = np.arange(400) != 5
    ours = local_moran(figures, grid(20), 1, permutations=99)
    alone = local_moran(figures[others], grid(20)[others][:, others], 1, permutations=99)
    assert (np.isnan(ours.i[5]), np.isnan(ours.p[5]), ours.quadrant[5], ours.label[5]) == (True, True, 0, LABELS[0])
    np.testing.assert_allclose(ours.i[others], alone.i)


@pytest.mark.parametrize(
    ("figures", "side", "says"),
    [
        (values(16), 4, "20 or more areas need figures and a neighbour, and here are 16; look at"),
        (np.full(25, 4.0), 5, "areas must differ, and here all are the same; choose"),
    ],
)
def test_thin_data_are_refused_with_what_to_do(figures, side, says):
    with pytest.raises(ThinDataError, match=f"{says} [^.]*\\.$"):
        local_moran(figures, grid(side), 1)
