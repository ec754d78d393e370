"""Recorded for elsewhere: what a circle holds that belongs elsewhere is counted apart, or counted in where asked."""

from dataclasses import replace
from typing import Final

from geo.views.circle import ELSEWHERE, WITHIN
from geo.views.view import View

COUNTED_IN: Final = "with what is recorded for elsewhere"


def counted_in(view: View) -> View:
    """Return what ``circle.circle_and_rest`` counts, with all that is recorded for elsewhere counted as within.

    The units stay where they are; the one of what is recorded for elsewhere holds nothing.
    """
    n = view.cube.n.copy()
    n[WITHIN] += n[ELSEWHERE]
    n[ELSEWHERE] = 0
    names = list(view.units.names)
    names[WITHIN] = f"{names[WITHIN]}, {COUNTED_IN}"
    return replace(view, units=replace(view.units, names=tuple(names)), cube=replace(view.cube, n=n))
