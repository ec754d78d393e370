"""Patterns over time on a map are those of emerging hot spots, and the strip of past states shows why."""

import numpy as np
import pytest

from geo.errors import ThinDataError
from geo.maps.measure import Measure
from geo.statistics.emerging import Pattern, classify, emerging, strip
from geo.statistics.time_steps import steps
from tests.unit.geo.findings import making
from tests.unit.geo.maps.looking import AREAS, CORNER, GRID, MONTHS, column, hot_corner, last, measure, scene


def of_many_kinds():
    """Return counts with one place that is newly hot, one that has long been less so, and one that was for a while."""
    n = hot_corner(10, 35)
    n[[28, 29, 34, 35]] *= 3
    n[[4, 5, 10, 11], :6] *= 2
    return n


@pytest.mark.parametrize(
    ("first", "until", "expected"),
    [(35, 36, Pattern.NEW), (32, 36, Pattern.CONSECUTIVE), (0, 36, Pattern.PERSISTENT), (10, 20, Pattern.SPORADIC)],
)
def test_a_pattern_is_told_by_when_it_was_hot(first, until, expected):
    found = measure(scene(hot_corner(8, first, until)), Measure.PATTERN)
    assert column(found, "pattern")[0] == expected.name.capitalize()
    assert found.result.painted.classes.index[0] == expected
    often = "consistently " if expected is Pattern.PERSISTENT else ""
    assert found.result.words[0].startswith(f"{expected.name.capitalize()}: {often}hot")


def test_patterns_are_those_of_the_method_on_the_steps_of_the_counts():
    n = hot_corner(8, 20)
    view = scene(n)
    found = measure(view, Measure.PATTERN)
    stepped = steps(n.astype(float), view.periods, view.graph)
    expected = emerging(stepped.counts, view.graph)
    assert np.array_equal(found.result.painted.classes.index, np.maximum(expected.patterns, 0))
    assert np.array_equal(found.result.past.states, expected.states)
    assert found.result.past.of(0) == strip(expected.states[0])


@pytest.mark.parametrize("first", [0, 20, 34, 35])
def test_the_strip_of_past_states_explains_the_pattern(first):
    found = measure(scene(hot_corner(8, first)), Measure.PATTERN)
    states = found.result.past.states
    for name, row in zip(column(found, "pattern"), states, strict=True):
        hot = np.flatnonzero(row == 1)
        if name == "New":
            assert hot.tolist() == [len(row) - 1]
        elif name == "Consecutive":
            assert len(hot) > 1
            assert hot.tolist() == list(range(hot[0], len(row)))
        elif name in ("Persistent", "Intensifying", "Diminishing"):
            assert row[-1] == 1
            assert 10 * len(hot) >= 9 * len(row)
        elif name == "None" and (row != -1).all():
            assert not len(hot)
    told = [f"{int((row == 1).sum())} of {len(row)}" for row in states]
    assert list(column(found, "hot_steps")) == told


def test_a_month_that_was_never_supplied_is_not_known_and_is_no_step_that_was_not_hot():
    found = measure(scene(hot_corner(8), missing=("2019-06",)), Measure.PATTERN)
    at = found.result.past.steps.index("Jun 2019")
    assert {found.result.past.of(unit)[at] for unit in range(AREAS)} == {"not known"}
    states = found.result.past.states
    assert column(found, "hot_steps")[0] == f"{int((states[0] == 1).sum())} of {MONTHS - 1}"
    known = np.delete(states, at, axis=1)
    none = np.zeros(len(known), dtype=int)
    lasting = {Pattern.PERSISTENT, Pattern.INTENSIFYING, Pattern.DIMINISHING}
    assert classify(known, none)[0] in lasting
    assert found.result.painted.classes.index[0] in lasting


def test_cold_patterns_show_only_when_asked_for_and_share_a_class():
    n = making.even(GRID, MONTHS, 12)
    n[list(CORNER)] = 0
    view = scene(n)
    without, with_cold = (measure(view, Measure.PATTERN, cold=each) for each in (False, True))
    assert column(without, "pattern")[0] == "None"
    assert without.result.words[0] == "No hot pattern"
    assert column(with_cold, "pattern")[0].startswith("Cold ")
    assert with_cold.result.painted.classes.marks[0] == "9"
    assert with_cold.result.words[0].startswith("Cold, ")


def test_what_became_hot_lately_comes_first_and_what_is_over_before_what_never_was():
    found = measure(scene(of_many_kinds()), Measure.PATTERN)
    names = np.array(column(found, "pattern"))[found.order]
    group = np.where(names == "New", 0, np.where(names == "None", 2, 1))
    assert group.tolist() == sorted(group)
    assert {"New", "Historical", "Sporadic", "None"} <= set(names)


def test_a_pattern_is_of_all_periods_up_to_now_whatever_is_chosen():
    view = scene(hot_corner(8, 20))
    one, other = (measure(view, Measure.PATTERN, last(view, months)) for months in (1, 24))
    assert one.result.words == other.result.words
    assert np.array_equal(one.result.past.states, other.result.past.states)
    assert not np.array_equal(one.counts, other.counts)


def test_the_headline_counts_the_patterns_newest_first():
    found = measure(scene(of_many_kinds()), Measure.PATTERN)
    names = list(column(found, "pattern"))
    counted = [
        f"{names.count(one.name.capitalize())} {one.name.lower()}"
        for one in Pattern
        if one > 0 and one.name.capitalize() in names
    ]
    assert counted[0].endswith(" new")
    name, rest = found.result.headline.split(" stands out most, ")
    assert rest == f"new; in all, up to Dec 2020: {', '.join(counted)}."
    assert names[found.units.names.index(name)] == "New"


def test_where_nothing_was_ever_hot_that_is_said():
    n = np.tile(making.even(GRID, 1, 30), MONTHS)
    assert measure(scene(n), Measure.PATTERN).result.headline == "No area has been a hot spot, up to Dec 2020."


@pytest.mark.parametrize(("each", "length"), [(6, "in each month and"), (0.2, "in each step of three months and")])
def test_the_method_names_neighbours_steps_and_correction(each, length):
    method = measure(scene(making.even(GRID, MONTHS, each)), Measure.PATTERN).result.method
    assert length in method
    assert "neighbours (areas that touch it)" in method
    assert "false discovery rate" in method


def test_too_short_a_time_is_refused():
    with pytest.raises(ThinDataError, match="10 steps"):
        measure(scene(making.even(GRID, 9)), Measure.PATTERN)
