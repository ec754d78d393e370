"""Widening: time first, then harm groups, then places, and always said."""

import pytest

from geo.counts.filters import Choice
from geo.harms import HARM_GROUPS
from geo.views import widening
from geo.views.widening import Wide
from tests.unit.geo.release.making import KEYS

LEVELS = ("zone", "msoa", "district")
ALL = tuple(HARM_GROUPS)
ASKED = Choice(KEYS[1:3], ("cse",))  # Autumn 2 and Spring 1 of the first year
FIRST_YEAR = KEYS[:6]


def looked(choice=ASKED, level="zone", levels=LEVELS, enough=None):
    """Widen until the step of number ``enough`` holds 10; give all that was looked at, and where it ended."""
    steps = []

    def holds(choice, level):
        steps.append((choice, level))
        return 10 if len(steps) == enough else 5

    return steps, widening.widened(choice, level, levels, KEYS, holds)


def test_the_order_is_time_then_harm_groups_then_places():
    steps, _ = looked()
    assert steps == [
        (ASKED, "zone"),
        (Choice(FIRST_YEAR, ("cse",)), "zone"),
        (Choice(FIRST_YEAR, ALL), "zone"),
        (Choice(FIRST_YEAR, ALL), "msoa"),
        (Choice(FIRST_YEAR, ALL), "district"),
    ]


@pytest.mark.parametrize(
    ("enough", "by"),
    [
        (1, ()),
        (2, ("school year 2023/24",)),
        (3, ("school year 2023/24", "all harm groups")),
        (4, ("school year 2023/24", "all harm groups", "MSOA")),
        (5, ("school year 2023/24", "all harm groups", "District")),
        (None, ("school year 2023/24", "all harm groups", "District")),
    ],
)
def test_it_goes_no_further_than_needed_and_says_each_step(enough, by):
    steps, found = looked(enough=enough)
    assert (found.choice, found.level) == steps[-1]
    assert len(steps) == (enough or 5)
    assert found.by == by


def test_10_is_enough_and_5_is_not():
    assert widening.widened(ASKED, "zone", LEVELS, KEYS, lambda *_: 10).by == ()
    assert widening.widened(ASKED, "zone", LEVELS, KEYS, lambda *_: 5).by != ()


def test_a_view_of_several_years_widens_to_all_of_them():
    _, found = looked(Choice(KEYS[5:7], ALL), enough=2)
    assert found == Wide(Choice(KEYS, ALL), "zone", ("school years 2023/24 – 2024/25",))


def test_steps_that_would_change_nothing_are_left_out():
    steps, _ = looked(Choice(KEYS, ALL), level="msoa")
    assert [level for _, level in steps] == ["msoa", "district"]


def test_one_category_widens_to_all_harm_groups():
    steps, _ = looked(Choice(FIRST_YEAR, ALL, HARM_GROUPS["cse"]), level="district")
    assert [choice for choice, _ in steps] == [Choice(FIRST_YEAR, ALL, HARM_GROUPS["cse"]), Choice(FIRST_YEAR, ALL)]


def test_wards_cut_across_larger_areas_and_are_no_step():
    steps, _ = looked(Choice(FIRST_YEAR, ALL), levels=("zone", "msoa", "ward", "district"))
    assert [level for _, level in steps] == ["zone", "msoa", "district"]


def test_only_released_half_terms_are_looked_at():
    found = widening.widened(Choice((KEYS[6],), ALL), "district", LEVELS, KEYS[:8], lambda *_: 0)
    assert found.choice.periods == KEYS[6:8]


def test_what_was_widened_is_one_sentence_and_nothing_is_said_of_nothing():
    assert widening.sentence(Wide(ASKED, "zone")) is None
    found = Wide(ASKED, "msoa", ("school year 2023/24", "MSOA"))
    assert widening.sentence(found) == (
        "Widened to school year 2023/24, MSOA: what was chosen holds fewer than 10 incidents, too few to show."
    )
    assert widening.sentence(found, "Hill 001").startswith("Widened to school year 2023/24, Hill 001: ")


def test_a_place_is_named_only_where_places_were_widened():
    found = Wide(ASKED, "zone", ("school year 2023/24",))
    assert widening.sentence(found, "Hill 001") == widening.sentence(found)
