"""Extent sentences: what is said of the part of a map that is looked at."""

from dataclasses import replace

import numpy as np
import pytest

from geo.maps.categories import Painted
from geo.maps.classes import Classes
from geo.maps.extent_sentences import highest_within, kinds_within, share_of_district
from geo.maps.measure import Measure, measured
from geo.maps.measure_result import MeasureResult
from tests.unit.geo.samples import ALL_OF_IT, view

WHERE = "4 areas in Rotherham"
WHEN = ("2021-01",)


def painted(*words):
    return Painted(Classes(np.zeros(len(words), dtype=np.int64), (), (), ""), (), (), words)


def test_kinds_are_counted_among_the_areas_that_are_looked_at_rarest_first():
    found = painted("Rose", "No real change", "No real change", "Rose", "Fell", "No real change")
    said = kinds_within(found, [0, 1, 2, 4], WHERE, WHEN)
    assert said == "Of 4 areas in Rotherham, 1 is “fell”, 1 is “rose” and 2 are “no real change”, Jan 2021."


def test_one_kind_is_said_of_all():
    assert kinds_within(painted("Rose", "Fell"), [1], "1 area", WHEN) == "1 area is “fell”, Jan 2021."
    both = kinds_within(painted("Rose", "Rose"), [0, 1], WHERE, WHEN)
    assert both == "All 4 areas in Rotherham are “rose”, Jan 2021."


def test_what_has_no_words_is_not_counted_and_nothing_is_said_where_none_has():
    assert "too few" in kinds_within(painted("", "Rose"), [0], WHERE, WHEN)


def test_the_highest_is_that_of_the_areas_that_are_looked_at():
    base = measured(view([5, 9, 7], names=["West", "Mid", "East"]), ALL_OF_IT, Measure.COUNT)
    result = MeasureResult(base.counts, ("a", "b", "c"), ("", "", ""), (), "", "", "")
    near = replace(base, result=result).within([0, 2])
    assert highest_within(near, WHERE, WHEN) == "Highest: East, c, Jan 2021."
    assert near.ranked == 2


def test_a_share_is_of_the_districts_incidents_and_residents():
    seen = view([5, 15, 30, 99], residents=[100, 100, 300, 900])
    said = share_of_district(seen, ALL_OF_IT, [0, 1], [0, 1, 2], "Rotherham")
    assert said == "These areas hold 40.0 % of the incidents of Rotherham, and 40.0 % of its residents."


def test_what_lies_outside_the_district_is_no_part_of_its_share():
    seen = view([5, 15, 30, 99], residents=[100, 100, 300, 900])
    said = share_of_district(seen, ALL_OF_IT, [0, 1, 3], [0, 1, 2], "Rotherham")
    assert said.startswith("Those of these areas that lie in Rotherham hold 40.0 % of its incidents, and 40.0 %")


@pytest.mark.parametrize("counts", [[0, 0, 30], [np.nan, np.nan, np.nan]])
def test_nothing_is_shared_where_there_is_nothing_or_nothing_is_known(counts):
    assert share_of_district(view(counts), ALL_OF_IT, [0, 1], [0, 1, 2], "Rotherham") is None


def test_protected_shares_are_about_and_none_is_told_of_fewer_than_ten():
    seen = view([5, 15, 30], protected=True)
    said = share_of_district(seen, ALL_OF_IT, [0, 1], [0, 1, 2], "Rotherham")
    assert said.startswith("These areas hold about 40.0 %")
    assert share_of_district(seen, ALL_OF_IT, [0], [0, 1, 2], "Rotherham") is None
