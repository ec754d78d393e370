"""The search: every method over every chosen harm group and no other, each place told once, each refusal kept."""

from dataclasses import replace

import numpy as np
import pytest

from geo.contiguity import graph_of
from geo.findings import changes, clusters, patterns
from geo.findings import search as looking
from geo.findings.finding import Kind
from geo.findings.search import Search, scenes_of, search
from geo.released import Open
from geo.statistics.emerging import Pattern
from tests.unit.geo.findings import making

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
    clusters_found = [one for one, _ in found.found if one.kind is Kind.CLUSTER]
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
        clusters.find(scene, ("violence",)),
        changes.find(scene, "violence", cube.periods[-3:]),
        patterns.find(scene, "violence"),
    )
    assert sum(any(set(one.units) & set(PLANTED) for one in each) for each in methods) > 1
    told = [set(one.units) for one, _ in look(by_harm, ("violence",)).found if more_now(one)]
    assert sum(map(len, told)) == len(set().union(*told))


def more_now(one):
    return one.kind in (Kind.CLUSTER, Kind.RISE) or one.pattern in looking.NEW


def test_two_harm_groups_in_one_place_are_told_each():
    found = look({"violence": counted(), "asb": counted()}, ("violence", "asb"))
    both = [{one.harms for one, _ in found.found if set(one.units) & set(PLANTED)}]
    assert both == [{("violence",), ("asb",)}]


def test_a_place_is_known_at_every_level():
    cube = making.cube_of({"violence": counted()}, GRID)
    small, large = scenes_of(Open(cube), GRID, GRAPH, cube.periods[-1])
    inside = large.seen.units.member[18]
    one = making.finding(units=(18,))
    rise = making.finding(Kind.RISE, units=(int(inside),), level="msoa")
    fall = replace(rise, kind=Kind.FALL)
    lasting = making.finding(Kind.PATTERN, units=(18,), pattern=Pattern.PERSISTENT)
    new = replace(lasting, pattern=Pattern.NEW)
    every = [(one, small), (rise, large), (fall, large), (lasting, small), (new, small)]
    assert [each for each, _ in looking._once_each(every)] == [one, fall, lasting]


def test_changes_are_looked_for_in_larger_areas_where_small_ones_hold_too_little():
    n = np.random.default_rng(3).poisson(1.5, (64, MONTHS))
    n[np.ix_(PLANTED, np.arange(MONTHS - 3, MONTHS))] += 12
    cube = making.cube_of({"violence": n}, GRID)
    scenes = scenes_of(Open(cube), GRID, GRAPH, cube.periods[-1])
    assert looking._comparable(scenes, "violence", cube.periods[-3:]).level == "msoa"
    assert looking._comparable(scenes, "violence", cube.periods[-12:]).level == "lsoa"


def test_each_refusal_names_its_harm_group_its_search_and_its_reason():
    found = look({"violence": counted(), "asb": making.even(GRID, MONTHS, each=0)}, ("violence", "asb"))
    assert {one.harm for one in found.refused} == {"asb"}
    assert [one.what for one in found.refused] == [
        "clusters of now",
        "changes from a year before",
        "hot spots over time",
    ]
    assert all(one.reason.endswith(".") for one in found.refused)


def test_a_missing_month_stops_changes_alone():
    found = look({"violence": counted()}, ("violence",), missing=("2020-11",))
    assert [one.what for one in found.refused] == ["changes from a year before"]
    assert any(one.kind is Kind.CLUSTER for one, _ in found.found)


def test_progress_is_told_by_harm_group():
    cube = making.cube_of({"violence": counted(18), "asb": counted(18)}, GRID)
    said = []
    scenes = scenes_of(Open(cube), GRID, GRAPH, cube.periods[-1])
    search(scenes, ("violence", "asb"), cube.periods[-1:], lambda part, what: said.append((part, what)))
    assert said == [(0, "serious violence and weapons"), (0.5, "anti-social behaviour")]


def test_where_no_place_can_be_told_apart_nothing_is_looked_for():
    cube = making.cube_of({"violence": counted()}, GRID)
    scenes = scenes_of(Open(cube), GRID, GRAPH, cube.periods[-1])
    nowhere = [replace(one, kept=one.kept[:0]) for one in scenes]
    found = search(nowhere, ("violence", "asb"), cube.periods[-3:])
    assert found.found == ()
    assert [one.harm for one in found.refused] == ["violence", "asb"]


@pytest.mark.parametrize("harm", ["violence", "cse"])
def test_a_small_place_is_refused_by_every_method_and_breaks_none(harm):
    few = making.grid(2)
    cube = making.cube_of({"violence": making.even(few, 24), "cse": making.even(few, 24, each=0)}, few)
    scenes = scenes_of(Open(cube), few, graph_of(few.metres.to_numpy()), cube.periods[-1])
    found = search(scenes, (harm,), cube.periods[-3:])
    assert (found.found, len(found.refused)) == ((), 3)
