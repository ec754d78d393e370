"""Search: every method over every chosen harm group and no other, each place listed once, each refusal kept."""

from dataclasses import replace

import numpy as np
import pytest

from geo.areas.contiguity import graph_of
from geo.findings import changes, clusters, patterns
from geo.findings import search as looking
from geo.findings.finding import FindingKind
from geo.findings.search import Refusal, Search, scenes_of, search, together
from geo.release.kinds import Open
from geo.statistics.emerging import Pattern
from tests.unit.geo.findings import making
from tests.unit.geo.samples import SOUTH, WEST

PLANTED = (18, 19, 26, 27)
MSOAS = [f"M{row // 2}{column // 2}" for row in range(8) for column in range(8)]
GRID = making.grid(8, msoa_code=MSOAS, msoa_name=MSOAS)
GRAPH = graph_of(GRID.metres.to_numpy())
MONTHS = 48


def counted(periods=MONTHS):
    n = making.even(GRID, periods)
    n[np.ix_(PLANTED, np.arange(periods - 3, periods))] *= 5
    return n


def look(by_harm, harms, last=3, **of_cube):
    cube = making.cube_of(by_harm, GRID, **of_cube)
    scenes = scenes_of(Open(cube), GRID, GRAPH, cube.periods[-1])
    return search(scenes, harms, cube.periods[-last:])


def test_the_two_smallest_levels_are_looked_at():
    cube = making.cube_of({"violence": counted()}, GRID)
    assert [one.level for one in scenes_of(Open(cube), GRID, GRAPH, "2021-06")] == ["lsoa", "msoa"]
    assert [one.periods[-1] for one in scenes_of(Open(cube), GRID, GRAPH, "2021-06")] == ["2021-06"] * 2


def test_what_is_planted_is_found_in_its_harm_group_alone():
    found = look({"violence": counted(), "asb": making.even(GRID, MONTHS, seed=4)}, ("violence", "asb"))
    assert found.refused == ()
    assert {harm for one, _ in found.found for harm in one.harms} == {"violence"}
    clusters_found = [one for one, _ in found.found if one.kind is FindingKind.CLUSTER]
    assert set(PLANTED) & {unit for one in clusters_found for unit in one.units}


def test_a_harm_group_that_is_not_asked_for_is_not_told():
    found = look({"violence": counted(), "asb": counted()}, ("asb",))
    assert {harm for one, _ in found.found for harm in one.harms} == {"asb"}
    assert look({"violence": counted()}, ()) == Search((), ())


def test_more_in_one_place_is_told_once():
    by_harm = {"violence": counted()}
    cube = making.cube_of(by_harm, GRID)
    scene = scenes_of(Open(cube), GRID, GRAPH, cube.periods[-1])[0]
    methods = (
        making.told_of(clusters.find(scene, ("violence",))),
        making.told_of(changes.find(scene, "violence", cube.periods[-3:])),
        making.told_of(patterns.find(scene, "violence")),
    )
    assert sum(any(set(one.units) & set(PLANTED) for one in each) for each in methods) > 1
    view = []
    for one, _ in look(by_harm, ("violence",)).found:
        if more_now(one):
            assert 2 * len(set(one.units) & set().union(*view)) <= len(one.units)
            view.append(set(one.units))
    assert view


def more_now(one):
    return one.kind in (FindingKind.CLUSTER, FindingKind.RISE) or one.pattern in looking.NEW


def test_two_harm_groups_in_one_place_are_told_each():
    found = look({"violence": counted(), "asb": counted()}, ("violence", "asb"))
    both = [{one.harms for one, _ in found.found if set(one.units) & set(PLANTED)}]
    assert both == [{("violence",), ("asb",)}]


@pytest.fixture
def levels():
    cube = making.cube_of({"violence": counted()}, GRID)
    return scenes_of(Open(cube), GRID, GRAPH, cube.periods[-1])


def sentences(*every):
    return [each for each, _ in looking._once_each(list(every))]


def test_a_place_is_known_at_every_level(levels):
    small, large = levels
    inside = int(large.view.units.member[18])
    areas = np.flatnonzero(large.view.units.member == inside).tolist()
    most = making.finding(units=tuple(areas[:3]))
    rise = making.finding(FindingKind.RISE, units=(inside,), level="msoa")
    assert sentences((most, small), (rise, large)) == [most]
    assert sentences((rise, large), (most, small)) == [rise]


def test_what_says_the_same_of_half_a_place_or_less_leaves_the_whole_to_be_told(levels):
    small, large = levels
    inside = int(large.view.units.member[18])
    areas = np.flatnonzero(large.view.units.member == inside).tolist()
    half = making.finding(units=tuple(areas[:2]))
    rise = making.finding(FindingKind.RISE, units=(inside,), level="msoa")
    assert sentences((half, small), (rise, large)) == [half, rise]
    one, beside = making.finding(units=(18, 19)), making.finding(FindingKind.RISE, units=(26,))
    assert sentences((one, small), (beside, small)) == [one, beside]


def test_more_and_less_and_what_has_long_been_so_are_told_each(levels):
    small, _ = levels
    every = [
        making.finding(units=(18,)),
        making.finding(FindingKind.FALL, units=(18,)),
        making.finding(FindingKind.PATTERN, units=(18,), pattern=Pattern.PERSISTENT),
        making.finding(FindingKind.RISE, units=(18,)),
        making.finding(FindingKind.PATTERN, units=(18,), pattern=Pattern.NEW),
        making.finding(FindingKind.PATTERN, units=(18,), pattern=Pattern.CONSECUTIVE),
        making.finding(FindingKind.PATTERN, units=(18,), pattern=Pattern.INTENSIFYING),
        making.finding(FindingKind.PATTERN, units=(18,), pattern=Pattern.HISTORICAL),
    ]
    assert sentences(*((one, small) for one in every)) == every[:3]


def test_a_fall_of_a_few_months_is_not_told_again_of_a_whole_year():
    n = making.even(GRID, MONTHS, each=12)
    n[5, -12:] //= 6
    found = look({"violence": n}, ("violence",)).found
    falls = [one for one, _ in found if one.kind is FindingKind.FALL and 5 in one.units]
    assert [len(one.periods) for one in falls] == [3]


def test_a_change_that_a_few_months_are_too_short_for_is_told_of_a_whole_year():
    n = making.even(GRID, MONTHS, each=6)
    n[5, -12:] = np.random.default_rng(8).poisson(2.5, 12)
    found = look({"violence": n}, ("violence",)).found
    falls = [one for one, _ in found if one.kind is FindingKind.FALL]
    assert [(one.units, len(one.periods)) for one in falls] == [((5,), 12)]


def test_changes_are_looked_for_in_larger_areas_where_small_ones_hold_too_little():
    n = np.random.default_rng(3).poisson(1.5, (64, MONTHS))
    n[np.ix_(PLANTED, np.arange(MONTHS - 3, MONTHS))] += 12
    cube = making.cube_of({"violence": n}, GRID)
    scenes = scenes_of(Open(cube), GRID, GRAPH, cube.periods[-1])
    assert looking._comparable(scenes, "violence", cube.periods[-3:]).level == "msoa"
    assert looking._comparable(scenes, "violence", cube.periods[-12:]).level == "lsoa"


def test_changes_are_looked_for_where_enough_areas_can_be_compared_else_where_most_can():
    n = np.zeros((64, MONTHS), dtype=int)
    n[: looking.MIN_AREAS, -3:] = 10

    def level():
        cube = making.cube_of({"violence": n}, GRID)
        scenes = scenes_of(Open(cube), GRID, GRAPH, cube.periods[-1])
        return looking._comparable(scenes, "violence", cube.periods[-3:]).level

    assert level() == "lsoa"
    n[looking.MIN_AREAS - 1] = 0
    assert level() == "lsoa"  # 19 areas, and fewer larger ones than that
    n[:, -3:] = 3  # 9 in each area, 36 in each of the 16 larger ones
    assert level() == "msoa"


def test_each_refusal_names_its_harm_group_its_search_and_its_reason():
    found = look({"violence": counted(), "asb": making.even(GRID, MONTHS, each=0)}, ("violence", "asb"))
    assert {one.harm for one in found.refused} == {"asb"}
    assert [one.what for one in found.refused] == [
        "current clusters",
        "changes from a year before",
        "changes of a whole year",
        "hot spots over time",
    ]
    assert all(one.reason.endswith(".") for one in found.refused)


def test_a_missing_month_stops_the_changes_that_need_it_alone():
    found = look({"violence": counted()}, ("violence",), missing=("2020-11",))
    assert [one.what for one in found.refused] == list(looking.CHANGES)
    assert any(one.kind is FindingKind.CLUSTER for one, _ in found.found)
    found = look({"violence": counted()}, ("violence",), missing=("2020-03",))
    assert [one.what for one in found.refused] == ["changes of a whole year"]


def test_progress_is_told_by_harm_group():
    cube = making.cube_of({"violence": counted(18), "asb": counted(18)}, GRID)
    said = []
    scenes = scenes_of(Open(cube), GRID, GRAPH, cube.periods[-1])
    search(scenes, ("violence", "asb"), cube.periods[-1:], tell=lambda part, what: said.append((part, what)))
    assert said == [(0, "violence and weapons"), (0.5, "anti-social behaviour")]


WIDE = making.grid(16)
WIDE_GRAPH = graph_of(WIDE.metres.to_numpy())
FARTHEST = (238, 239, 254, 255)  # in the north-east corner, 11 km from the south-west one
CORNER = np.array([WEST, SOUTH], dtype=float)


def look_around(n, school):
    cube = making.cube_of({"violence": n}, WIDE)
    scenes = scenes_of(Open(cube), WIDE, WIDE_GRAPH, cube.periods[-1])
    return [one for one, _ in search(scenes, ("violence",), cube.periods[-3:], school).found]


def wide(places=(), last=3, times=4):
    n = making.even(WIDE, 36)
    for place in places:
        n[np.ix_(place, np.arange(36 - last, 36))] *= times
    return n


def test_with_a_school_clusters_and_changes_are_those_around_it_and_hot_spots_those_of_everywhere():
    n = wide([FARTHEST], last=36, times=10)
    n[np.ix_((34, 35), np.arange(33, 36))] *= 4
    n[200, -12:] = 0
    everywhere, around = look_around(n, None), look_around(n, CORNER)
    assert any(one.kind is FindingKind.FALL and one.units == (200,) for one in everywhere)
    assert any(one.kind is FindingKind.CLUSTER and {34, 35} & set(one.units) for one in around)
    compared = [one for one in around if one.kind is not FindingKind.PATTERN]
    middles = making.look(making.cube_of({"violence": n}, WIDE), WIDE).points
    for one in compared:
        assert np.hypot(*(middles[list(one.units)] - CORNER).T).max() <= looking.FAR
    assert any(one.pattern is Pattern.PERSISTENT and set(one.units) & set(FARTHEST) for one in around)


def test_what_happens_far_away_changes_nothing_that_is_said_of_clusters_and_changes_around_a_school():
    near, far = ((34, 35, 50, 51),), ((34, 35, 50, 51), FARTHEST)
    said = [
        [one for one in look_around(wide(each), CORNER) if one.kind is not FindingKind.PATTERN] for each in (near, far)
    ]
    assert said[0]
    assert said[0] == said[1]


def test_searches_are_put_together_in_their_order():
    by_harm = {"violence": counted(), "asb": making.even(GRID, MONTHS, each=0)}
    both = look(by_harm, ("violence", "asb"))
    cube = making.cube_of(by_harm, GRID)
    scenes = scenes_of(Open(cube), GRID, GRAPH, cube.periods[-1])
    merged = together([looking.look(scenes, harm, cube.periods[-3:]) for harm in ("violence", "asb")])
    assert both.found
    assert [one for one, _ in merged.found] == [one for one, _ in both.found]
    assert merged.refused == both.refused
    assert together([]) == Search((), ())


def test_where_no_place_can_be_told_apart_nothing_is_looked_for():
    cube = making.cube_of({"violence": counted()}, GRID)
    scenes = scenes_of(Open(cube), GRID, GRAPH, cube.periods[-1])
    nowhere = [replace(one, kept=one.kept[:0]) for one in scenes]
    found = search(nowhere, ("violence", "asb"), cube.periods[-3:])
    assert found.found == ()
    assert found.refused == tuple(Refusal(harm, looking.EVERYTHING, looking.NOWHERE) for harm in ("violence", "asb"))
    assert search(nowhere, ("asb",), cube.periods[-3:], CORNER).refused == found.refused[1:]


@pytest.mark.parametrize("harm", ["violence", "cse"])
def test_a_small_place_is_refused_by_every_method_and_breaks_none(harm):
    few = making.grid(2)
    cube = making.cube_of({"violence": making.even(few, 24), "cse": making.even(few, 24, each=0)}, few)
    scenes = scenes_of(Open(cube), few, graph_of(few.metres.to_numpy()), cube.periods[-1])
    found = search(scenes, (harm,), cube.periods[-3:])
    assert (found.found, len(found.refused)) == ((), 4)
