"""Which ways are open to people on foot by the tags of OpenStreetMap: what its wiki says of the United Kingdom."""

import pytest

from geo.walking import foot_access
from geo.walking.foot_access import open_to_feet, why_closed

OPEN_BY_KIND = (
    "trunk", "trunk_link", "primary", "secondary", "tertiary", "unclassified", "residential", "living_street",
    "service", "road", "track", "pedestrian", "footway", "path", "steps", "bridleway", "cycleway", "platform",
)  # fmt: skip


@pytest.mark.parametrize("highway", OPEN_BY_KIND)
def test_highways_are_open_unless_their_tags_say_otherwise(highway: str) -> None:
    assert open_to_feet({"highway": highway})


@pytest.mark.parametrize(
    "tags",
    [
        {"highway": "residential", "oneway": "yes"},
        {"highway": "residential", "oneway": "-1"},
        {"highway": "service", "access": "private", "foot": "yes"},
        {"highway": "track", "access": "no", "foot": "permissive"},
        {"highway": "path", "access": "permissive"},
        {"highway": "residential", "access": "destination"},
        {"highway": "residential", "vehicle": "no", "motor_vehicle": "private"},
        {"highway": "trunk", "motorroad": "yes", "foot": "designated"},
        {"highway": "busway", "foot": "yes"},
        {"highway": "pedestrian", "area": "yes"},
        {"highway": "footway", "area": "yes"},
        {"highway": "footway", "indoor": "yes", "foot": "yes"},
        {"highway": "residential", "access": "unknown"},
    ],
)
def test_people_on_foot_are_not_bound_by_what_is_for_vehicles_and_foot_says_more_than_access(
    tags: dict[str, str],
) -> None:
    assert open_to_feet(tags)
    assert why_closed(tags) is None


@pytest.mark.parametrize(
    ("tags", "why"),
    [
        ({"highway": "motorway"}, foot_access.MOTORWAY),
        ({"highway": "motorway_link", "foot": "yes"}, foot_access.MOTORWAY),
        ({"highway": "trunk", "motorroad": "yes"}, foot_access.MOTORWAY),
        ({"highway": "bus_guideway"}, foot_access.BUSES),
        ({"highway": "busway"}, foot_access.BUSES),
        ({"highway": "service", "access": "private"}, foot_access.PRIVATE),
        ({"highway": "service", "access": "customers"}, foot_access.PRIVATE),
        ({"highway": "path", "foot": "private", "access": "yes"}, foot_access.PRIVATE),
        ({"highway": "service", "access": "no"}, foot_access.CLOSED),
        ({"highway": "service", "access": "A&E Only"}, foot_access.CLOSED),
        ({"highway": "primary", "foot": "no"}, foot_access.CLOSED),
        ({"highway": "primary", "foot": "use_sidepath"}, foot_access.CLOSED),
        ({"highway": "no"}, foot_access.NOT_THERE),
        ({"highway": "construction", "construction": "residential"}, foot_access.NOT_THERE),
        ({"highway": "proposed", "foot": "yes"}, foot_access.NOT_THERE),
        ({"highway": "corridor"}, foot_access.NO_THROUGH_WAY),
        ({"highway": "footway", "indoor": "yes"}, foot_access.NO_THROUGH_WAY),
        ({"highway": "service", "area": "yes"}, foot_access.NO_THROUGH_WAY),
        ({"highway": "services"}, foot_access.NO_THROUGH_WAY),
    ],
)
def test_what_is_closed_says_why(tags: dict[str, str], why: str) -> None:
    assert not open_to_feet(tags)
    assert why_closed(tags) == why


def test_what_is_no_highway_is_no_way() -> None:
    assert not open_to_feet({"building": "yes", "foot": "yes"})
    assert not open_to_feet({})
