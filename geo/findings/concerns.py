"""Concerns: a finding as what to do next needs it, with a sentence that may be shared or none."""

from collections.abc import Sequence

import numpy as np

from geo.areas.area_set import AreaSet
from geo.findings.report import Entry
from geo.register.concern import Concern, dated
from geo.views.view import View
from geo.wording import how_many


def concern_of(entry: Entry, view: View, areas: AreaSet, source: str, *, shareable: bool) -> Concern:
    """Return a finding as a concern: its areas as one shape (EPSG:4326), and its sentence with its source.

    ``view`` is what it was found in, and ``source`` whose figures they are. Of figures that are not ``shareable`` the
    sentence is empty, since even where something stands out tells of exact counts.
    """
    inside = np.isin(view.units.member, entry.finding.units)
    shape = areas.frame.geometry[inside].union_all()
    sentence = f"{entry.sentences.sentence} Source: {source}." if shareable else ""
    concern = Concern(_name(entry.sentences.areas), entry.finding.harms, sentence, shape)
    return dated(concern, entry.finding.periods)


def _name(areas: Sequence[str]) -> str:
    first, *others = areas
    return f"{first} and {how_many(len(others), 'area', 'areas')} near it" if others else first
