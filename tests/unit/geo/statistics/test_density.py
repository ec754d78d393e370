"""Density: equal to references, found from the incidents, drawn as squares, and refused when data are thin."""

import json

import numpy as np
import pytest
from scipy import integrate
from scipy.spatial.distance import cdist
from scipy.stats import gaussian_kde

from geo.areas.drawing import drawing
from geo.areas.proximity import Place
from geo.errors import InputError, ThinDataError
from geo.statistics import density as d
from geo.statistics.density import Density, Grid, Kernel, around, density, scores, spread

SCHOOL = Place("A school", -1.339417, 53.432605)
GRID = Grid(440_000.0, 390_000.0, 100.0, 20, 30)


def scattered(n=200, seed=1, grid=GRID):
    """Return places on a grid, in two clumps, and the incidents at each."""
    rng = np.random.default_rng(seed)
    middle = np.array([[grid.x.mean() - 400, grid.y.mean()], [grid.x.mean() + 500, grid.y.mean() + 300]])
    xy = middle[rng.integers(2, size=n)] + rng.normal(0, 150, (n, 2))
    return xy, rng.integers(1, 8, n).astype(float)


def middles(grid):
    return np.array([(x, y) for y in grid.y for x in grid.x])


def score_by_hand(xy, n, width):
    """Score one bandwidth pair by pair, leaving out each place whole."""
    apart, whole = cdist(xy, xy), n.sum()

    def bell(width):
        return np.exp(-(apart**2) / (2 * width**2)) / (2 * np.pi * width**2)

    total, heights = 0.0, bell(width)
    for at in range(len(n)):
        rest = np.arange(len(n)) != at
        total += n[at] * (n[rest] @ heights[at, rest]) / (whole - n[at])
    return n @ bell(np.sqrt(2) * width) @ n / whole**2 - 2 * total / whole


def test_gaussian_equals_scipy_on_every_cell():
    xy, n = scattered()
    # SciPy smooths by the shape of the cloud; one that is round is smoothed alike in every direction.
    rounding = np.linalg.inv(np.linalg.cholesky(np.cov(xy.T, aweights=n, bias=False)))
    xy = xy.mean(axis=0) + 300 * (xy - xy.mean(axis=0)) @ rounding.T
    reference = gaussian_kde(xy.T, bw_method=120 / 300, weights=n)(middles(GRID).T) * n.sum() * 1e6
    found = spread(xy, n, GRID, Kernel.GAUSSIAN, 120.0)
    np.testing.assert_allclose(found.ravel(), reference, rtol=1e-9, atol=1e-9)


def test_quartic_equals_a_direct_sum_on_every_cell():
    xy, n = scattered()
    width = 320.0
    expected = [
        sum(
            weight * 3 / (np.pi * width**2) * (1 - apart**2 / width**2) ** 2
            for weight, apart in zip(n, np.hypot(*(xy - middle).T), strict=True)
            if apart < width
        )
        for middle in middles(GRID)
    ]
    found = spread(xy, n, GRID, Kernel.QUARTIC, width)
    np.testing.assert_allclose(found.ravel(), np.array(expected) * 1e6, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("kernel", Kernel)
def test_the_cells_hold_all_incidents_where_none_spreads_beyond_the_edge(kernel):
    xy, n = scattered()
    wide = Grid(437_000.0, 387_000.0, 50.0, 200, 200)
    found = spread(xy, n, wide, kernel, 250.0)
    assert found.sum() * 50**2 / 1e6 == pytest.approx(n.sum(), rel=2e-4)


def test_the_score_is_the_one_of_a_sum_over_pairs():
    xy, n = scattered(120)
    pixel = 12.5
    xy = np.round(xy / pixel) * pixel  # so that rounding to pixels changes nothing
    widths = np.array([40.0, 90.0, 200.0, 500.0])
    expected = [score_by_hand(xy, n, width) for width in widths]
    np.testing.assert_allclose(scores(xy, n, widths, pixel), expected, rtol=1e-9)


def test_the_score_begins_with_the_integral_of_the_squared_density():
    xy, n = scattered(40)
    width, whole = 150.0, n.sum()
    fine = Grid(438_500.0, 388_500.0, 10.0, 500, 600)
    share = spread(xy, n, fine, Kernel.GAUSSIAN, width) / 1e6 / whole
    without = [spread(np.delete(xy, at, 0), np.delete(n, at), _at(xy[at]), Kernel.GAUSSIAN, width) for at in range(40)]
    left_out = np.array([one.item() for one in without]) / 1e6 / (whole - n)
    expected = (share**2).sum() * 10**2 - 2 * (n @ left_out) / whole
    assert score_by_hand(xy, n, width) == pytest.approx(expected, rel=1e-6)


def _at(xy):
    """Return a grid of one cell with its middle at a point."""
    return Grid(xy[0] - 0.5, xy[1] - 0.5, 1.0, 1, 1)


def test_rounding_to_pixels_moves_the_best_bandwidth_by_less_than_one_in_a_hundred():
    xy, n = scattered()
    tried = np.geomspace(60, 300, 200)
    best = tried[np.argmin([score_by_hand(xy, n, width) for width in tried])]
    assert best >= 8 * 7
    assert tried[np.argmin(scores(xy, n, tried, 7.0))] == pytest.approx(best, rel=0.01)


def test_the_bandwidth_is_the_one_with_the_least_score():
    xy, n = scattered()
    tried = np.geomspace(40, 400, 150)
    best = tried[np.argmin([score_by_hand(xy, n, width) for width in tried])]
    for kernel, expected in ((Kernel.GAUSSIAN, best), (Kernel.QUARTIC, best * d.QUARTIC_FOR_GAUSSIAN)):
        found = density(xy, n, Grid(GRID.west, GRID.south, 25.0, 80, 120), kernel)
        assert found.bandwidth == pytest.approx(expected, rel=0.03)
        assert not found.floored


def test_many_incidents_at_one_place_do_not_make_the_map_sharp():
    xy, n = scattered()
    stacked = np.repeat(xy, 30, axis=0)
    found = density(stacked, np.repeat(n, 30), GRID, Kernel.GAUSSIAN)
    assert found.bandwidth == density(xy, n, GRID, Kernel.GAUSSIAN).bandwidth > GRID.cell / 2


def test_a_normal_cloud_gets_about_the_bandwidth_that_theory_gives_it():
    rng = np.random.default_rng(5)
    xy = np.array([GRID.x.mean(), GRID.y.mean()]) + rng.normal(0, 300, (1500, 2))
    inside = xy[GRID.holds(xy)]
    found = density(inside, np.ones(len(inside)), Grid(GRID.west, GRID.south, 20.0, 100, 150), Kernel.GAUSSIAN)
    assert found.bandwidth == pytest.approx(300 * 1500 ** (-1 / 6), rel=0.25)


def test_the_quartic_that_smooths_as_much_as_a_gaussian_follows_from_their_integrals():
    def kernel(r):
        return 3 / np.pi * (1 - r**2) ** 2

    squared = integrate.quad(lambda r: kernel(r) ** 2 * 2 * np.pi * r, 0, 1)[0]
    moment = integrate.quad(lambda r: kernel(r) * r**2 / 2 * 2 * np.pi * r, 0, 1)[0]
    whole = integrate.quad(lambda r: kernel(r) * 2 * np.pi * r, 0, 1)[0]
    assert whole == pytest.approx(1)
    ratio = (squared / moment**2) ** (1 / 6) / (1 / (4 * np.pi)) ** (1 / 6)
    assert pytest.approx(ratio) == d.QUARTIC_FOR_GAUSSIAN


@pytest.mark.parametrize("kernel", Kernel)
def test_the_bandwidth_is_never_below_the_side_of_a_cell(kernel):
    rng = np.random.default_rng(2)
    clumps = np.array([440_500.0, 390_500.0]) + 700 * rng.integers(0, 3, (90, 2)) + rng.normal(0, 8, (90, 2))
    found = density(clumps, np.ones(90), GRID, kernel)
    assert (found.bandwidth, found.floored) == (100.0, True)
    assert "spread over 100 m round its place: the least that these squares can show." in found.sentence


def test_incidents_all_within_one_cell_are_spread_over_the_side_of_a_cell():
    xy = np.array([441_050.0, 391_050.0]) + np.arange(60).reshape(30, 2) / 10
    found = density(xy, np.ones(30), GRID, Kernel.GAUSSIAN)
    assert (found.bandwidth, found.floored) == (100.0, True)
    assert found.values.max() == found.values[10, 10]


def test_the_sentence_tells_the_bandwidth_in_metres():
    found = Density(GRID, np.zeros((20, 30)), 1207.6, Kernel.QUARTIC, floored=False)
    assert found.sentence == (
        "Incidents per square kilometre, each spread over 1,208 m round its place: the distance that fits these "
        "incidents best."
    )


def test_the_edge_of_the_grid_hides_nothing_that_lies_beyond_it():
    xy, n = scattered()
    outside = np.array([[GRID.west - 30.0, GRID.south + 50.0]])
    alone = density(xy, n, GRID)
    found = density(np.vstack([xy, outside]), [*n, 50.0], GRID)
    assert found.bandwidth == alone.bandwidth
    assert found.values[0, 0] > alone.values[0, 0]


@pytest.mark.parametrize(
    ("places", "each", "told"),
    [(29, 1, "here are 29 at 29"), (9, 100, "here are 900 at 9"), (0, 1, "here are 0 at 0")],
)
def test_thin_data_are_refused_with_the_reason(places, each, told):
    xy, _ = scattered(places)
    with pytest.raises(ThinDataError, match=f"at least 30 incidents at 10 different places, and {told};"):
        density(xy, np.full(places, each), GRID)


def test_incidents_off_the_grid_do_not_make_thin_data_enough():
    xy, n = scattered()
    with pytest.raises(ThinDataError):
        density(xy + 50_000, n, GRID)


def test_lines_without_incidents_are_no_places():
    xy, _ = scattered(40)
    with pytest.raises(ThinDataError, match="here are 40 at 9;"):
        density(xy, [*np.full(8, 4), 8, *np.zeros(31)], GRID)


def test_a_grid_around_a_school_has_it_in_the_middle():
    grid = around(SCHOOL, 1600, 100)
    assert (grid.rows, grid.columns, grid.cell) == (32, 32, 100)
    assert (grid.x.mean(), grid.y.mean()) == pytest.approx((443_986, 393_072), abs=10)
    assert (grid.x[0], grid.x[-1]) == pytest.approx((grid.x.mean() - 1550, grid.x.mean() + 1550))
    assert len(grid.shapes) == 1024


def test_a_grid_reaches_at_least_as_far_as_it_is_asked_to():
    assert around(SCHOOL, 1600, 150).columns * 150 >= 3200


@pytest.mark.parametrize("cell", [0, -100, 1601, float("nan")])
def test_squares_that_do_not_fit_are_refused(cell):
    with pytest.raises(InputError, match="squares of a grid"):
        around(SCHOOL, 1600, cell)


def test_the_shapes_are_listed_as_the_values_are():
    grid = Grid(440_000.0, 390_000.0, 100.0, 2, 3)
    shapes = grid.shapes
    assert list(shapes["area"]) == ["r01c01", "r01c02", "r01c03", "r02c01", "r02c02", "r02c03"]
    assert list(shapes["name"][:2]) == ["100 m west, 50 m south", "0 m east, 50 m south"]
    assert shapes.crs.to_epsg() == 4326
    centres = shapes.to_crs(27700).geometry.centroid
    x, y = np.meshgrid(grid.x, grid.y)
    np.testing.assert_allclose(np.column_stack([centres.x, centres.y]), np.column_stack([x.ravel(), y.ravel()]), atol=1)
    np.testing.assert_allclose(shapes.to_crs(27700).area, 10_000, rtol=1e-3)


def test_a_map_can_draw_the_shapes():
    grid = around(SCHOOL, 500, 50)
    drawn = json.loads(drawing(grid.shapes))["features"]
    assert [one["properties"]["c"] for one in drawn] == list(grid.shapes["area"])
    assert len({one["properties"]["n"] for one in drawn}) == len(drawn) == 400
    assert all(len(one["geometry"]["coordinates"][0]) >= 5 for one in drawn)
