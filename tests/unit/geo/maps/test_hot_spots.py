"""Hot spots on a map are those of Gi* on the counts that a choice leaves."""

import numpy as np
import pytest

from geo.errors import ThinDataError
from geo.maps import hot_spots as hot
from geo.maps.measure import Measure
from geo.statistics.gi_star import gi_star, hot_spots, poisson_residuals
from tests.unit.geo.findings import making
from tests.unit.geo.maps.looking import AREAS, CORNER, GRID, MONTHS, column, hot_corner, last, measure, scene

LABELS = (
    "No hot spot",
    "Hot spot, about 1 in 10 a false alarm",
    "Hot spot, about 1 in 20 a false alarm",
    "Hot spot, about 1 in 100 a false alarm",
)


def test_scores_are_gi_star_of_the_counts_and_classes_are_their_bins():
    n = hot_corner()
    view = scene(n)
    found = measure(view, Measure.HOT)
    sums = n[:, -12:].sum(axis=1).astype(float)
    assert found.values == pytest.approx(gi_star(sums, view.graph))
    assert column(found, "z") == found.values.tolist()
    bins = np.maximum(hot_spots(sums, view.graph, hot.SEED).bins, 0)
    assert set(CORNER) <= set(np.flatnonzero(bins == 3))
    assert found.result.painted.classes.marks == "".join(map(str, bins))
    assert list(column(found, "hot")) == [LABELS[one] for one in bins]
    assert found.result.words == tuple(LABELS[one] for one in bins)


def test_against_residents_what_is_judged_is_what_residents_do_not_explain():
    residents = np.full(AREAS, 1000.0)
    residents[list(CORNER)] = 5000
    view = scene(hot_corner(), making.grid(6, residents=residents))
    by_count, by_residents = (measure(view, Measure.HOT, residents=each) for each in (False, True))
    residuals = poisson_residuals(by_count.counts, residents)
    assert by_residents.values == pytest.approx(gi_star(residuals, view.graph))
    assert by_residents.result.painted.classes.marks[0] == "0"
    assert by_count.result.painted.classes.marks[0] == "3"
    assert "residents" in by_residents.result.method
    assert "residents" not in by_count.result.method


def test_cold_spots_show_only_when_asked_for():
    n = making.even(GRID, MONTHS, 12)
    n[list(CORNER)] = 0
    view = scene(n)
    without, with_cold = (measure(view, Measure.HOT, cold=each) for each in (False, True))
    assert without.result.painted.classes.marks[0] == "0"
    assert column(without, "hot")[0] == "No hot spot"
    assert column(with_cold, "hot")[0] == "Cold spot, about 1 in 100 a false alarm"
    assert with_cold.result.headline == without.result.headline  # it answers where it is hot


def test_the_method_names_neighbours_and_correction_and_how_chance_was_found():
    many, few = (measure(scene(hot_corner(each=each)), Measure.HOT) for each in (6, 0.2))
    for found in (many, few):
        assert "neighbours (areas that touch it)" in found.result.method
        assert "false discovery rate" in found.result.method
    assert "shuffles" in few.result.method
    assert "shuffles" not in many.result.method


def test_the_headline_names_the_hottest_and_counts_the_others():
    found = measure(scene(hot_corner()), Measure.HOT)
    many = sum(mark in "23" for mark in found.result.painted.classes.marks)
    top = found.units.names[found.order[0]]
    assert found.result.headline == (
        f"{top} and {many - 1} other areas are hot spots, Jan–Dec 2020. {hot.FALSE_ALARMS}"
    )
    assert measure(scene(making.even(GRID, MONTHS)), Measure.HOT).result.headline == (
        "No area stands out from chance as a hot spot, Jan–Dec 2020."
    )


def test_the_same_counts_always_give_the_same_picture():
    one, other = (measure(scene(hot_corner(each=0.2)), Measure.HOT) for _ in range(2))
    assert one.table.equals(other.table)
    assert one.result.painted.classes.marks == other.result.painted.classes.marks


def test_too_few_areas_too_few_incidents_and_no_residents_are_refused_in_a_sentence_each():
    few = making.grid(4)
    with pytest.raises(ThinDataError, match="20 or more areas"):
        measure(scene(making.even(few, MONTHS), few), Measure.HOT)
    with pytest.raises(ThinDataError, match="10 or more incidents"):
        measure(scene(np.zeros((AREAS, MONTHS), dtype=int)), Measure.HOT)
    nobody = scene(hot_corner(), making.grid(6, residents=[np.nan] * AREAS))
    with pytest.raises(ThinDataError, match=r"^Hot spots adjusted for population need the residents of the areas"):
        measure(nobody, Measure.HOT, residents=True)


def test_an_area_is_set_beside_its_neighbours_in_words():
    n = making.even(GRID, MONTHS, 6)
    n[list(CORNER)] *= 6
    n[35] *= 10
    view = scene(n)
    told = hot.against_neighbours(view, last(view))
    assert told[0] == "It and the areas beside it hold more than most."
    assert "" not in told
    assert "It does not stand out from the areas beside it." in told


def test_where_neighbours_cannot_be_compared_nothing_is_said_of_them():
    few = making.grid(4)
    view = scene(making.even(few, MONTHS), few)
    assert hot.against_neighbours(view, last(view)) == [""] * 16
