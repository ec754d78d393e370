"""An area belongs to the larger one that holds the largest part of it, and to none if most of it lies in none."""

import numpy as np
import shapely

from geo.areas.largest_part import NONE, holding_most

WARDS = [shapely.box(0, 0, 10, 10), shapely.box(10, 0, 20, 10)]


def held(*areas):
    return holding_most(np.array(areas), np.array(WARDS)).tolist()


def test_the_largest_part_decides():
    assert held(shapely.box(1, 1, 3, 3), shapely.box(12, 1, 14, 3), shapely.box(7, 0, 14, 5)) == [0, 1, 1]


def test_equal_parts_go_to_the_first():
    assert held(shapely.box(8, 0, 12, 5)) == [0]


def test_what_lies_mostly_outside_belongs_to_none():
    assert held(shapely.box(18, 0, 23, 5), shapely.box(16, 0, 23, 5), shapely.box(20, 0, 30, 10)) == [NONE, 1, NONE]


def test_an_area_cut_in_three_belongs_to_the_largest_third():
    assert held(shapely.box(6, -3, 15, 9)) == [1]


def test_areas_far_from_all_belong_to_none():
    assert held(shapely.box(100, 100, 101, 101)) == [NONE]
