"""Reach: metres in a straight line or minutes on foot, in words that say which."""

import pytest

from geo.areas.reach import CIRCLES, USUAL, WALKS, Reach, on_foot, read_reach


def test_a_straight_line_says_so() -> None:
    assert (USUAL.words, USUAL.label, USUAL.address) == ("800 m", "800 m", "800")
    assert Reach(1600).said == "1,600 m in a straight line"
    assert not USUAL.on_foot


def test_a_walk_says_its_minutes_and_its_metres_at_eighty_a_minute() -> None:
    walk = on_foot(10)
    assert (walk.metres, walk.on_foot) == (800, True)
    assert walk.said == "10 minutes’ walk (800 m along streets and paths)"
    assert (walk.label, walk.address) == ("10 min", "walk-10")
    assert on_foot(1).words == "1 minute’s walk"


def test_walks_along_other_maps_are_not_the_same() -> None:
    assert on_foot(10).along("one") != on_foot(10).along("other")
    assert on_foot(10).along("one").said == on_foot(10).said


@pytest.mark.parametrize("reach", [*CIRCLES, *WALKS])
def test_an_address_is_read_as_it_was_written(reach: Reach) -> None:
    assert read_reach(reach.address) == reach


@pytest.mark.parametrize("address", ["", "801", "walk-11", "walk-0", "walk-", "-800", "far", "walk-10 "])
def test_what_is_not_offered_is_no_reach(address: str) -> None:
    with pytest.raises(ValueError, match=r"reach|literal"):
        read_reach(address)
