"""Three versions of an entry: what is saved over another's change is one's own changes, and nothing else."""

from dataclasses import replace

import shapely

from geo.register.hotspot import Hotspot
from geo.register.three_ways import differences, save_mine_over

BEFORE = Hotspot("A", "Steps", "other", "asb", "active", shapely.Point(0, 53), rag="red", rag_reason="Dark", revision=3)


def test_fields_that_either_person_changed_are_told_apart() -> None:
    mine = replace(BEFORE, name="Mill steps", rag="amber")
    theirs = replace(BEFORE, rag="green", watched_by="Wardens", revision=4)
    found = {one.name: (one.mine_changed, one.theirs_changed) for one in differences(BEFORE, mine, theirs)}
    assert found == {"name": (True, False), "rag": (True, True), "watched_by": (False, True)}


def test_mine_over_theirs_keeps_what_only_they_changed_and_the_newest_revision() -> None:
    mine = replace(BEFORE, rag="amber")
    theirs = replace(BEFORE, rag="green", watched_by="Wardens", revision=4)
    assert save_mine_over(BEFORE, mine, theirs) == replace(theirs, rag="amber")


def test_the_same_place_drawn_again_is_no_change() -> None:
    assert differences(BEFORE, replace(BEFORE, shape=shapely.Point(0, 53)), BEFORE) == []
