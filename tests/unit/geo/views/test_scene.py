"""A scene holds the units that are a place, up to one period, and finds its way back to the view."""

import numpy as np
import pytest

from geo.areas.contiguity import graph_of
from geo.counts.filters import Choice
from geo.release.kinds import Open
from geo.statistics.overdispersion import dispersion_of_counts
from geo.views.scene import MIN_UNITS, ROUNDING, scene_of
from geo.views.view import view_counts, years_of
from tests.unit.geo.findings import making
from tests.unit.geo.release.making import HARMS, KEYS, YEARS, release, usual
from tests.unit.geo.release.towns import town
from tests.unit.geo.samples import SOUTH, WEST

GRID = making.grid(4, msoa_code=["M1", "M2"] * 8, msoa_name=["West", "East"] * 8)
N = {"violence": making.even(GRID, 6), "substances": making.even(GRID, 6, seed=2)}
CUBE = making.cube_of(N, GRID, missing=("2018-03",))
AREAS = town(5)


def few_in_the_east():
    """Count what usually happens in three MSOAs, and hardly anything in two, so that one of these is elsewhere."""
    n = usual(areas=AREAS)
    n[:, 12:] = 0
    n[:, 13, :, 1] = 1
    n[:, 18, ::4] = 1
    return n


RELEASED = release(few_in_the_east(), areas=AREAS).released
GRAPH = graph_of(AREAS.metres.to_numpy())


def of_release(until=KEYS[-1], level="zone"):
    view = view_counts(RELEASED, AREAS, level, YEARS)
    return scene_of(view, AREAS, GRAPH, until)


def test_history_is_the_sum_of_the_cube_over_the_chosen_harm_groups():
    found = making.look(CUBE, GRID)
    known = [0, 1, 3, 4, 5]
    assert np.array_equal(found.history(("violence",))[:, known], N["violence"][:, known])
    both = found.history(("violence", "substances"))[:, known]
    assert np.array_equal(both, (N["violence"] + N["substances"])[:, known])


def test_a_category_is_counted_whatever_its_harm_group():
    found = making.look(CUBE, GRID)
    assert np.nansum(found.history((), "Drugs and alcohol")) == np.delete(N["substances"], 2, axis=1).sum()


def test_a_missing_month_is_unknown_and_not_zero():
    found = making.look(CUBE, GRID)
    assert found.supplied.tolist() == [True, True, False, True, True, True]
    assert np.isnan(found.history(("violence",))[:, 2]).all()
    assert np.isnan(found.totals(Choice(("2018-03",), ("violence",)))).all()
    there = found.totals(Choice(("2018-02", "2018-03"), ("violence",)))
    assert np.array_equal(there, N["violence"][:, 1])


def test_nothing_after_now_is_looked_at():
    found = making.look(CUBE, GRID, until="2018-02")
    assert found.periods == ("2018-01", "2018-02")
    assert found.history(("violence",)).shape == (16, 2)
    assert np.isnan(found.totals(Choice(("2018-05",), ("violence",)))).all()


def test_points_are_the_middles_of_the_units():
    found = making.look(CUBE, GRID)
    centroids = GRID.metres.centroid
    assert np.allclose(found.points, np.column_stack([centroids.x, centroids.y]))
    west, east = making.look(CUBE, GRID, level="msoa").points
    assert np.allclose(east - west, (making.SIDE, 0), atol=0.1)


def test_the_middle_of_a_larger_unit_lies_where_its_residents_live():
    residents = np.full(16, 999)
    residents[12] = 99_999  # in the north-west, so that its unit's middle moves there
    lived_in = making.grid(4, msoa_code=["M1"] * 16, msoa_name=["All"] * 16, residents=residents)
    (middle,) = making.look(making.cube_of(N, lived_in), lived_in, level="msoa").points
    (centre,) = making.look(CUBE, making.grid(4, msoa_code=["M1"] * 16, msoa_name=["All"] * 16), level="msoa").points
    assert middle[0] < centre[0] - making.SIDE
    assert middle[1] > centre[1] + making.SIDE


def test_unknown_residents_leave_middles_known():
    unknown = making.grid(4, residents=[float("nan")] * 16)
    assert np.allclose(making.look(CUBE, unknown).points, making.look(CUBE, GRID).points)


def test_what_is_gathered_from_several_places_is_left_out_everywhere():
    found = of_release()
    view = found.view
    assert view.elsewhere.any()
    assert not view.elsewhere[found.kept].any()
    left = len(found.kept)
    assert left == (~view.elsewhere).sum()
    assert found.points.shape == (left, 2)
    assert found.graph.shape == (left, left)
    assert found.residents.shape == (left,)
    assert found.history(HARMS).shape == (left, len(found.periods))
    assert found.history(HARMS).sum() == view.cube.n[~view.elsewhere].sum() < view.cube.n.sum()


def test_positions_map_back_to_the_view():
    found = of_release()
    spread = found.spread(found.kept.tolist(), -1)
    assert len(spread) == len(found.view.elsewhere) > 0
    for at, value in enumerate(spread):
        assert value == (-1 if found.view.elsewhere[at] else at)


@pytest.mark.parametrize("level", ["zone", "msoa"])
def test_units_of_a_release_are_neighbours_where_their_areas_touch(level):
    found = of_release(level=level)
    member, touching = found.view.units.member, GRAPH.toarray()
    assert len(found.kept) > 1
    for one, first in enumerate(found.kept):
        for other, second in enumerate(found.kept):
            meet = touching[np.ix_(member == first, member == second)].any() and first != second
            assert bool(found.graph[one, other]) == meet


def test_a_release_is_looked_at_by_half_terms_up_to_now():
    found = of_release(until=KEYS[7])
    assert found.periods == KEYS[:8]
    assert found.supplied.all()
    assert years_of(RELEASED, found.periods) == YEARS
    assert (found.history(HARMS) % 5 == 0).all()


def test_an_open_scene_leaves_nothing_out():
    found = scene_of(view_counts(Open(CUBE), GRID, "lsoa"), GRID, graph_of(GRID.metres.to_numpy()), "2018-06")
    assert np.array_equal(found.kept, np.arange(16))
    assert found.level == "lsoa"


WIDE = making.grid(12)
WIDE_N = {"violence": making.even(WIDE, 40)}
WIDE_SCENE = making.look(making.cube_of(WIDE_N, WIDE, missing=("2018-05",)), WIDE)
CORNER = np.array([WEST, SOUTH], dtype=float)


def test_around_a_point_are_the_units_whose_middle_lies_within_so_many_metres():
    near = WIDE_SCENE.around(CORNER, 4000)
    away = np.hypot(*(WIDE_SCENE.points - CORNER).T)
    assert near.kept.tolist() == np.flatnonzero(away <= 4000).tolist()
    assert MIN_UNITS < len(near.kept) < 144
    assert np.array_equal(near.points, WIDE_SCENE.points[near.kept])
    assert np.array_equal(near.graph.toarray(), WIDE_SCENE.graph.toarray()[np.ix_(near.kept, near.kept)])
    there = WIDE_SCENE.history(("violence",))[near.kept]
    assert np.array_equal(near.history(("violence",)), there, equal_nan=True)
    assert (near.periods, near.level, near.view) == (WIDE_SCENE.periods, WIDE_SCENE.level, WIDE_SCENE.view)


def test_around_a_point_are_at_least_the_nearest_thirty():
    near = WIDE_SCENE.around(CORNER, 500)
    away = np.hypot(*(WIDE_SCENE.points - CORNER).T)
    assert len(near.kept) == MIN_UNITS
    assert away[near.kept].max() <= np.delete(away, near.kept).min()
    few = making.look(CUBE, GRID)
    assert few.around(CORNER, 100).kept.tolist() == few.kept.tolist()


def test_what_is_around_a_point_finds_its_way_back_to_the_view():
    near = WIDE_SCENE.around(CORNER + 3000, 1500)
    spread = near.spread(near.kept.tolist(), -1)
    assert [at for at, value in enumerate(spread) if value == at] == near.kept.tolist()
    assert near.around(CORNER + 3000, 1e9).kept.tolist() == near.kept.tolist()


def test_scatter_is_that_of_three_years_without_the_latest_half_year_and_without_missing_months():
    counts = WIDE_SCENE.history(("violence",))
    known = np.delete(counts[:, 4:34], 0, axis=1)  # May 2018 is missing
    assert not np.isnan(known).any()
    assert np.array_equal(WIDE_SCENE.dispersion(("violence",)), dispersion_of_counts(known))
    n = WIDE_N["violence"].copy()
    n[3, :4], n[3, -6:] = 90, 70
    changed = making.look(making.cube_of({"violence": n}, WIDE, missing=("2018-05",)), WIDE)
    assert np.array_equal(changed.dispersion(("violence",)), WIDE_SCENE.dispersion(("violence",)))


def test_scatter_of_a_release_has_what_rounding_adds_taken_off():
    found = of_release()
    assert np.array_equal(found.dispersion(HARMS), dispersion_of_counts(found.history(HARMS)[:, -36:-6], ROUNDING))


def test_scatter_of_a_short_time_is_that_of_chance():
    assert making.look(CUBE, GRID).dispersion(("violence",)).tolist() == [1.0] * 16
