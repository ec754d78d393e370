"""Hit rates: what each area is to expect in the next period, and how well such a ranking would have served so far.

Last month's map misleads, most for rare harms: what it shows is largely chance. Two things steady it. Every period
counts, one of a year ago half as much as the last. And where the counts of a harm are few, an area is taken to have its
share of all harms together until its own counts say otherwise: a Gamma-Poisson mean, as in Clayton and Kaldor (1987),
with periods discounted as in West and Harrison (1997). How far the shares are trusted is learnt from the counts. The
half-life of a year is the one figure that was chosen; from nine to fifteen months it makes next to no difference, and
neighbours' counts, the same season or a half-life for each harm add nothing that lasts.
"""

from dataclasses import dataclass
from math import ceil
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from geo.arrays import Floats
from geo.errors import ThinDataError

SHARE: Final = 0.05  # of the areas are looked at
TESTS: Final = 20  # periods are tested, the last ones
LONG: Final = 2  # years are counted for the long counts
SIGNIFICANCE: Final = 0.05

MIN_AREAS: Final = 20  # so that the top 5 % is an area at least
MIN_TESTS: Final = 6  # with fewer no lead can be distinguished from chance
MIN_INCIDENTS: Final = 10  # in a period tested, on average

NAIVE_METHODS: Final = ("last", "year", "long")
METHODS: Final = ("ours", *NAIVE_METHODS, "perfect")


@dataclass(frozen=True)
class HitRates:
    """How much of each period fell into the areas that stood highest before it.

    ``table`` has a row for each period tested, oldest first: ``period`` (its column in the counts), ``incidents``, and
    the share of these (0 to 1) in the top areas by ``ours`` (``score``), by the ``last`` period, by the same period a
    ``year`` before, by ``long`` counts of two years, and by a ``perfect`` map that knew the period itself. ``areas`` is
    how many areas count as top, the share ``share`` of all; a year has ``season`` periods.
    """

    table: pd.DataFrame
    areas: int
    share: float
    season: int

    @property
    def means(self) -> dict[str, float]:
        """The mean share by method, each period counting alike."""
        return {method: float(self.table[method].mean()) for method in METHODS}

    @property
    def rival(self) -> str:
        """Name the simpler map that did best: "last", "year" or "long"."""
        means = self.means
        return max(NAIVE_METHODS, key=means.__getitem__)

    @property
    def p(self) -> float:
        """The two-sided p of ours against the best simpler map, period by period (Wilcoxon's signed ranks)."""
        # Rounded, as shares of ties differ in the last digit although they are equal.
        lead = (self.table["ours"] - self.table[self.rival]).round(12)
        differing = lead[lead != 0].to_numpy()
        return float(stats.wilcoxon(differing).pvalue) if len(differing) else 1.0


def score(counts: Floats, all_harms: Floats, season: int) -> Floats:
    """Return the incidents to expect in each area in the period after the last one.

    ``counts`` (area × period, oldest first, NaN where a period is missing) are of the harm asked for and ``all_harms``
    of all harms together, that one included; a year has ``season`` periods (12 months, 6 half-terms). An area where
    nothing was ever recorded is to expect nothing. Raises ThinDataError when every period is missing.
    """
    known = _known(counts, all_harms)
    if not known.any():
        raise ThinDataError(
            "What to expect next is told from at least one period with counts, and there is none; "
            "bring in data of earlier periods."
        )
    weight = np.where(known, 0.5 ** (np.arange(counts.shape[1], 0, -1) / season), 0.0)[known]
    of_harm, together = counts[:, known] @ weight, all_harms[:, known] @ weight
    if not of_harm.any():
        return np.zeros(len(of_harm))
    expected = together / together.sum() * of_harm.sum()
    differ = _differ(of_harm, expected, float((weight**2).sum() / weight.sum()))
    return expected / weight.sum() * (1 + differ * of_harm) / (1 + differ * expected)


def hit_rates(counts: Floats, all_harms: Floats, season: int, share: float = SHARE, tests: int = TESTS) -> HitRates:
    """Return how ``score`` did on the last ``tests`` periods, each from those before it alone, and how simple maps did.

    ``counts``, ``all_harms`` and ``season`` are those of ``score``. All methods are tested on the same periods: those
    with incidents that have counts of the same period a year before, or where that one is missing, of two or more
    years. For the last period stands the latest that is there. Of areas that tie at the cut, each gets the
    same part of the places left, so the order of areas makes no difference. The number of top areas is rounded up.

    Raises ThinDataError for fewer than 20 areas, fewer than 6 periods to test, or fewer than 10 incidents in these on
    average.
    """
    areas = ceil(round(share * len(counts), 9))
    known = _known(counts, all_harms)
    tested = [
        (at, before)
        for at in range(season, counts.shape[1])
        if known[at] and counts[:, at].any() and (before := _year_before(at, known, season)) is not None
    ][-tests:]
    _refuse_thin(len(counts), [float(counts[:, at].sum()) for at, _ in tested])
    rows = [_tested(counts, all_harms, known, season, areas, at, before) for at, before in tested]
    return HitRates(pd.DataFrame(rows), areas, share, season)


def caught(ranked_by: Floats, incidents: Floats, areas: int) -> float:
    """Return the share of ``incidents`` that fell in so many areas, those ranked highest.

    Areas that tie at the cut share the places left equally. NaN where there are no incidents.
    """
    if not incidents.any():
        return np.nan
    cut = np.partition(ranked_by, -areas)[-areas]
    above, tied = ranked_by > cut, ranked_by == cut
    part = (areas - above.sum()) / tied.sum()
    return float((incidents[above].sum() + part * incidents[tied].sum()) / incidents.sum())


def verdict(found: HitRates, incidents: str, unit: str) -> str:
    """Say how well the map served, and plainly when it served no better than a simpler one.

    ``incidents`` is what was counted ("drugs incidents") and ``unit`` the word for a period ("month", "half-term").
    """
    percent = {method: f"{100 * mean:.0f} %" for method, mean in found.means.items()}
    at = found.table["period"]
    gaps = " with figures" if at.iloc[-1] - at.iloc[0] >= len(at) else ""
    span = f"{'up to ' if at.iloc[0] < LONG * found.season else ''}{LONG * found.season}"
    named = {
        "last": f"last {unit}'s map",
        "year": f"the map of the same {unit} last year",
        "long": f"counts of {span} {unit}s",
    }
    text = (
        f"In the last {len(at)} {unit}s{gaps} the {100 * found.share:g} % of areas ({found.areas:,}) that this map "
        f"ranks highest held {percent['ours']} of the next {unit}'s {incidents}; {named['last']} would have held "
        f"{percent['last']}, the same {unit} last year {percent['year']}, {named['long']} {percent['long']}, and "
        f"nobody could have held more than {percent['perfect']}."
    )
    rival = named[found.rival]
    if found.p >= SIGNIFICANCE:
        return f"{text} Here it is no better and no worse than {rival}: their difference may be chance."
    if found.means["ours"] < found.means[found.rival]:
        return f"{text} So it is worse here than {rival}, by more than chance explains."
    return text


def _differ(counts: Floats, expected: Floats, discount: float) -> float:
    """Return by how much areas differ from their share of all harms beyond chance: the variance of the ratio.

    Chance alone gives a discounted count a variance of ``discount`` times what is expected; 0 where that is all.
    """
    some = expected > 0
    beyond = ((counts[some] - expected[some]) ** 2 / expected[some] - discount).sum()
    return max(0.0, float(beyond / expected.sum()))


def _known(counts: Floats, all_harms: Floats) -> npt.NDArray[np.bool_]:
    """Return which periods have counts of all areas."""
    return np.all(~np.isnan(counts + all_harms), axis=0)


def _year_before(at: int, known: npt.NDArray[np.bool_], season: int) -> int | None:
    """Return the latest same period of an earlier year that has counts."""
    return next((before for before in range(at - season, -1, -season) if known[before]), None)


def _tested(
    counts: Floats,
    all_harms: Floats,
    known: npt.NDArray[np.bool_],
    season: int,
    areas: int,
    at: int,
    before: int,
) -> dict[str, float]:
    """Test one period by what was known before it; ``before`` is the same period of an earlier year."""
    now, earlier = counts[:, at], np.flatnonzero(known[:at])
    ranked_by = {
        "ours": score(counts[:, :at], all_harms[:, :at], season),
        "last": counts[:, earlier[-1]],
        "year": counts[:, before],
        "long": counts[:, earlier[earlier >= at - LONG * season]].sum(axis=1),
        "perfect": now,
    }
    shares = {method: caught(by, now, areas) for method, by in ranked_by.items()}
    return {"period": at, "incidents": float(now.sum()), **shares}


def _refuse_thin(areas: int, incidents: list[float]) -> None:
    if areas < MIN_AREAS:
        raise ThinDataError(
            f"Testing whether the map predicts needs at least {MIN_AREAS} areas, and there are {areas}; "
            "read the map without this test."
        )
    if len(incidents) < MIN_TESTS:
        raise ThinDataError(
            f"Testing whether the map predicts needs at least {MIN_TESTS} periods with incidents and with the same "
            f"period a year before, and there are {len(incidents)}; bring in data of earlier years."
        )
    mean = float(np.mean(incidents))
    if mean < MIN_INCIDENTS:
        raise ThinDataError(
            f"Testing whether the map predicts needs at least {MIN_INCIDENTS} incidents in a period on average, and "
            "there are fewer; choose more kinds of harm together."
        )
