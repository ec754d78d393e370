"""Funnel plot: every area of a level by what its residents lead one to expect. Never a league table."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from geo import disclosure
from geo.calendar import periods as p
from geo.counts.filters import Choice, not_supplied, totals
from geo.errors import ThinDataError
from geo.maps.measure import FEW_RESIDENTS
from geo.release.balancing import STEP
from geo.statistics.funnel import Funnel, drawn, funnel
from geo.views.view import View
from geo.wording import how_many

WORDS: Final = {
    2: "clearly more than chance explains (outside 99.8 %)",
    1: "more than chance usually explains (outside 95 %)",
    0: "no different from chance",
    -1: "fewer than chance usually explains (outside 95 %)",
    -2: "clearly fewer than chance explains (outside 99.8 %)",
}
FEW: Final = "few residents: it fills with people who live elsewhere"
_GRID: Final = 80


@dataclass(frozen=True)
class FunnelPlot:
    """A funnel plot of one choice: its points, its curves, a table in alphabetical order, and what it says.

    ``points`` has ``label``, ``expected``, ``ratio``, ``told``, ``beyond`` and ``chosen``; ``curves`` has ``expected``,
    ``low95``, ``high95``, ``low998`` and ``high998``, the limits by which areas are judged.
    """

    points: pd.DataFrame
    curves: pd.DataFrame
    rows: pd.DataFrame
    sentence: str
    method: str


def funnel_plot(view: View, choice: Choice, at: int | None = None) -> FunnelPlot:
    """Return the funnel plot of all units of a view by the count of a choice; ``at`` is the position of the chosen one.

    Raises ThinDataError where residents are unknown, a period is missing, or there are too few areas or incidents.
    """
    if lacking := not_supplied(view.cube, choice):
        raise ThinDataError(
            f"A comparison needs all the periods chosen, and {p.say(lacking[0])} has no figures; choose others."
        )
    observed, residents = totals(view.cube, choice), np.where(view.elsewhere, np.nan, view.units.residents)
    usable = residents > 0
    if not usable.any():
        raise ThinDataError(
            "Areas are compared by their residents, and those of these areas are not known; load the areas with their "
            "residents."
        )
    protected = view.cube.protected
    comparable = usable & (observed >= disclosure.THRESHOLD) if protected else usable
    share = np.where(usable, residents, 0.0) / residents[usable].sum()
    expected = np.where(comparable, share * np.nansum(observed[usable]), np.nan)
    found = funnel(np.where(comparable, observed, np.nan), expected, off_by=STEP if protected else 0.0)
    points = _points(view, found, at)
    return FunnelPlot(points, _curves(found), _rows(view, found), _sentence(view, choice, found, at), _method(found))


def _points(view: View, found: Funnel, at: int | None) -> pd.DataFrame:
    about = "about " * view.cube.protected
    frame = pd.DataFrame(
        {
            "label": view.units.names,
            "expected": found.expected,
            "ratio": found.ratio,
            "told": [
                f"{about}{n:,.0f}, {about}{e:,.0f} expected" if u else ""
                for n, e, u in zip(found.observed, found.expected, found.usable, strict=True)
            ],
            "beyond": found.beyond,
            "chosen": np.arange(len(found.ratio)) == (-1 if at is None else at),
        }
    )
    return frame[found.usable].reset_index(drop=True)


def _curves(found: Funnel) -> pd.DataFrame:
    expected = found.expected[found.usable]
    grid = np.geomspace(max(float(expected.min()), 1.0), float(expected.max()) * 1.05, _GRID)
    low95, high95 = drawn(found, grid, 0.95)
    low998, high998 = drawn(found, grid, 0.998)
    return pd.DataFrame({"expected": grid, "low95": low95, "high95": high95, "low998": low998, "high998": high998})


def _rows(view: View, found: Funnel) -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "name": view.units.names,
            "n": found.observed,
            "expected": found.expected,
            "ratio": found.ratio,
            "verdict": [WORDS[int(one)] for one in found.beyond],
            "residents": view.units.residents,
        }
    )
    few = frame["residents"] < FEW_RESIDENTS
    frame.loc[few, "verdict"] = frame.loc[few, "verdict"] + f"; {FEW}"
    return frame[found.usable].sort_values("name", ignore_index=True)


def _sentence(view: View, choice: Choice, found: Funnel, at: int | None) -> str:
    when, about = p.say_range(choice.periods), "about " * view.cube.protected
    if at is None:
        return _every(found, when)
    name = view.units.names[at]
    if not view.units.residents[at] > 0:
        return f"{name} cannot be compared with other areas, since its residents are not known."
    if not found.usable[at]:
        return f"Too few to compare {name} with other areas, {when}."
    return (
        f"{name}: {found.ratio[at]:.1f} times what its residents lead one to expect ({about}{found.observed[at]:,.0f}, "
        f"where {about}{found.expected[at]:,.0f} would be in line), {WORDS[int(found.beyond[at])]}, {when}."
    )


def _every(found: Funnel, when: str) -> str:
    high, low = int((found.beyond == 2).sum()), int((found.beyond == -2).sum())
    looked = how_many(int(found.usable.sum()), "area", "areas")
    if not high and not low:
        return f"Of {looked}, none has clearly more or fewer than its residents lead one to expect, {when}."
    have, their = ("has", "its") if high == 1 else ("have", "their")
    return (
        f"Of {looked}, {high or 'none'} {have} clearly more than {their} residents lead one to expect, and "
        f"{low or 'none'} clearly fewer, {when}."
    )


def _method(found: Funnel) -> str:
    if not found.over_dispersed:
        return "Limits: exact Poisson, 95 % and 99.8 %. Areas differ no more than chance makes them."
    return (
        f"Limits allow for how much areas differ from each other anyway (over-dispersion: {found.phi:,.1f} times "
        "chance), 95 % and 99.8 %; without that allowance more areas would lie outside."
    )
