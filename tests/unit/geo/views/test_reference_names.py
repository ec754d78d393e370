"""Reference names: "everywhere" is never said of a part, and a part is named as it was cut."""

import math
from dataclasses import replace

import numpy as np
import pytest

from geo.areas.area_set import AreaSet
from geo.views.reference_names import Reference, reference_of
from tests.unit.geo.findings import making
from tests.unit.geo.samples import SOUTH, WEST

PLAIN = making.grid(8)
GRID = AreaSet("Millshire", "lsoa", PLAIN.frame)  # 4 by 4 km
SCENE = making.scene(making.even(GRID, 12), GRID)
CORNER = np.array([WEST, SOUTH])


def test_all_areas_are_called_by_the_name_of_the_place():
    assert reference_of(SCENE) == Reference("in the rest of Millshire", "all areas in Millshire")
    unnamed = making.scene(making.even(PLAIN, 12), PLAIN)
    assert reference_of(unnamed) == Reference("in the rest of these areas", "all these areas")


def test_around_a_school_the_distance_is_said():
    near = SCENE.around(CORNER, 5000)
    assert len(near.kept) > len(SCENE.kept) / 2
    assert reference_of(near) == Reference("elsewhere within 5 km", "all areas within 5 km")


def test_where_few_lie_within_the_distance_the_nearest_are_not_said_to():
    assert reference_of(SCENE.around(CORNER, 800)) == Reference(
        "in the other 29 areas nearest to the school", "the 30 areas nearest to the school"
    )


def test_where_too_few_are_there_to_leave_any_out_all_are_meant():
    few = making.grid(4)
    scene = making.scene(making.even(few, 12), few)
    assert reference_of(scene.around(CORNER, 300)) == reference_of(scene)


@pytest.mark.parametrize("reach", [math.inf, 5000.0])
def test_what_is_gathered_from_several_places_is_in_no_whole(reach):
    gathered = np.zeros(len(SCENE.view.units.codes), dtype=bool)
    gathered[3] = True
    scene = replace(SCENE, view=replace(SCENE.view, elsewhere=gathered), reach=reach)
    assert "rest of" not in reference_of(scene).rest
