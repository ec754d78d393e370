"""Smoothed rate on a map: each area's rate drawn towards the rate of all, the more so the fewer people live there."""

from typing import Final

import numpy as np

from geo import disclosure
from geo.counts.filters import Choice
from geo.errors import ThinDataError
from geo.maps.classes import shown
from geo.maps.measure import Measured
from geo.maps.measure_result import Fact, MeasureResult
from geo.statistics.empirical_bayes import empirical_bayes, shrinkage
from geo.views.scene import Scene

PER: Final = 1000.0
METHOD: Final = (
    "Empirical Bayes (Marshall 1991): the rate per 1,000 residents, drawn towards the rate of all areas where few live"
)
MEANING: Final = (
    "With few residents a single incident makes a high rate, and none makes a low one. The smoothed rate takes an "
    "area’s own rate for as much as its number of residents makes it worth, and the rate of all areas for the rest. It "
    "is the better guess of what to expect there, and the fairer way to set small areas side by side. It does not know "
    "that a town centre holds many visitors: there any rate by residents runs high."
)


def smoothed_result(base: Measured, scene: Scene, choice: Choice, when: str) -> MeasureResult:
    """Return the smoothed rate of every unit per 1,000 residents; what has no rate in ``base`` has none here either.

    Raises ThinDataError as ``geo.statistics.empirical_bayes`` does, and where no residents are known.
    """
    if not (scene.residents > 0).any():
        raise ThinDataError(
            "Smoothed rates need the residents of the areas, and these areas were loaded without; look at the counts."
        )
    sums = scene.totals(choice)
    every = scene.spread((PER * empirical_bayes(sums, scene.residents)).tolist(), np.nan)
    shares = scene.spread((100 * shrinkage(sums, scene.residents)).tolist(), np.nan)
    rates, weights = (np.where(np.isnan(base.rates), np.nan, each) for each in (every, shares))
    about = "about " if base.protected else ""
    words = [
        ""
        if np.isnan(rate)
        else f"{about}{shown(rate, 1)} per 1,000 residents; weight given to this area’s own rate: {weight:.0f} %"
        for rate, weight in zip(rates.tolist(), weights.tolist(), strict=True)
    ]
    texts = ["" if np.isnan(rate) else f"{about}{shown(rate, 1)}" for rate in rates.tolist()]
    facts = (
        Fact("smoothed", "Smoothed rate, about" if base.protected else "Smoothed rate", rates.tolist(), 1),
        Fact("own_share", "Weight given to this area’s own rate, %", weights.tolist(), 0),
    )
    return MeasureResult(rates, words, texts, facts, _headline(base, rates, about, when), METHOD, MEANING)


def _headline(base: Measured, rates: np.typing.NDArray[np.float64], about: str, when: str) -> str:
    if np.isnan(rates).all():
        return f"No area can be told apart: each has {disclosure.FEWER_THAN} incidents, {when}."
    top = int(np.nanargmax(rates))
    named = base.units.names[top]
    return f"{named} has the highest smoothed rate: {about}{shown(rates[top], 1)} per 1,000 residents, {when}."
