"""A finding as a concern: its own areas as one shape, and a sentence with its source, or none where it is exact."""

import numpy as np
import pytest

from geo.areas.area_set import AreaSet
from geo.findings.concerns import concern_of
from geo.findings.finding import Finding, FindingKind
from geo.findings.finding_sentences import FindingSentences
from geo.findings.report import Entry
from geo.views.view import View
from tests.unit.geo.samples import squares

AREAS: AreaSet = squares(4)
VIEW = View(AREAS.units(AREAS.level), None, np.zeros(4, dtype=bool))


def entry(units, names):
    found = Finding(FindingKind.CLUSTER, ("cse", "cce"), AREAS.level, units, ("2026-05",), 30, 10, 3.0, 0.01, 0.5)
    return Entry(found, "a", FindingSentences("Mill: 30 in May 2026.", "Sure.", "Doubt.", areas=names), 0.0)


@pytest.mark.parametrize("units", [(1,), (2, 1), (0, 1, 2, 3)])
def test_the_shape_is_that_of_the_areas_of_the_finding(units):
    made = concern_of(entry(units, ("Mill",)), VIEW, AREAS, "Police", shareable=True)
    assert made.shape.equals(AREAS.frame.geometry.iloc[list(units)].union_all())
    assert made.harms == ("cse", "cce")
    assert made.reference is None


def test_the_name_is_the_first_area_and_how_many_more():
    assert concern_of(entry((1,), ("Mill",)), VIEW, AREAS, "Police", shareable=True).name == "Mill"
    many = concern_of(entry((1, 2, 3), ("Mill", "Weir", "Hill")), VIEW, AREAS, "Police", shareable=True)
    assert many.name == "Mill and 2 areas near it"


def test_exact_figures_leave_no_sentence():
    shared = concern_of(entry((1,), ("Mill",)), VIEW, AREAS, "Police", shareable=True)
    assert shared.sentence == "Mill: 30 in May 2026. Source: Police."
    assert concern_of(entry((1,), ("Mill",)), VIEW, AREAS, "School", shareable=False).sentence == ""
