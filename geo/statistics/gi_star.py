"""Gi*: areas that, together with their neighbours, hold more or fewer incidents than chance allows.

Source: Getis and Ord (1992) and Ord and Getis (1995), Geographical Analysis 24(3) and 27(4).
"""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array, eye_array
from scipy.stats import norm

from geo.arrays import Bools, Floats
from geo.errors import ThinDataError
from geo.statistics.false_discovery import benjamini_hochberg
from geo.statistics.permutation import PERMUTATIONS, group_tails

How = Literal["normal", "permuted", "none"]

MIN_AREAS: Final = 20  # areas with a figure and a neighbour
MIN_INCIDENTS: Final = 10  # in a period
SPARSE: Final = 5.0  # expected in the middle area; sums of fewer lean too far to one side to be taken for normal
FDR_LEVELS: Final = (0.10, 0.05, 0.01)  # the share of the flagged areas that chance may flag: bins 1, 2 and 3

_NOISE: Final = 1e-12  # of a figure, in which two ways to add it up may differ


@dataclass(frozen=True)
class HotSpots:
    """Where it is hot or cold, in the shape of the counts: [area] or [area, period].

    ``z`` is Gi*. ``p`` is two-sided, for the area alone. ``bins`` go from −3 to 3: cold or hot at 90 % (1), 95 % (2) or
    99 % (3) once the false discovery rate is controlled across the areas of the period. ``how`` says for each period
    where p comes from: "normal"; "permuted", for sparse counts; or "none" for a period that was never supplied or is
    too thin. Such a period, and an area without a figure, has z and p NaN and bin 0. Cold can mean that less is
    reported.
    """

    z: Floats
    p: Floats
    bins: npt.NDArray[np.int8]
    how: tuple[How, ...]


def gi_star(values: Floats, graph: csr_array, star: bool = True) -> Floats:
    """Return each area's z-score of Gi*: of its value and its neighbours' together, against what areas hold on average.

    ``values`` is [area] or [area, period], and z has its shape; ``graph`` says who neighbours whom, and weights are
    binary. With ``star`` an area counts among its neighbours, and an island is judged by its own value; without, this
    is Gi: an area is judged by its neighbours alone, against all others, and an island has NaN. An area whose values
    are all NaN is left out: it has NaN and is nobody's neighbour. A period has NaN whose values are all NaN, or all the
    same. Raises ValueError where a value is missing, but neither its whole area nor its whole period is.
    """
    table = values.reshape(len(values), -1)
    kept, supplied = known(table)
    there = np.ix_(kept, supplied)
    z = np.full(table.shape, np.nan)
    if z[there].size:
        links = graph[kept][:, kept].astype(np.float64)
        z[there] = _with_itself(table[there], links) if star else _without_itself(table[there], links)
    return z.reshape(values.shape)


def known(table: Floats) -> tuple[Bools, Bools]:
    """Return the areas that have a figure and the periods that were supplied, of values by area × period.

    Raises ValueError where a value is missing, but neither its whole area nor its whole period is.
    """
    there: Bools = ~np.isnan(table)
    areas, periods = np.atleast_1d(there.any(axis=1)), np.atleast_1d(there.any(axis=0))
    if not np.array_equal(there, np.outer(areas, periods)):
        raise ValueError("values must be known for all periods of an area, or for none of them")
    return areas, periods


def expected(counts: Floats, residents: Floats) -> Floats:
    """Return what each area would hold if incidents were shared out by residents: [area, period].

    ``counts`` is [area, period]. An area without residents, or without known ones, or without counts has NaN, and its
    incidents are not shared out.
    """
    housed = (residents > 0) & known(counts)[0]
    shares = np.where(housed, residents, np.nan) / residents[housed].sum()
    return np.outer(shares, counts[housed].sum(axis=0))


def poisson_residuals(counts: Floats, residents: Floats) -> Floats:
    """How far each area lies from its residents' share of all incidents, (O − E) / √E, in the shape of ``counts``.

    This makes areas comparable whose populations differ widely. NaN as for ``expected``, and in a period without
    incidents.
    """
    table = counts.reshape(len(counts), -1)
    share = expected(table, residents)
    share[:, ~(np.nansum(share, axis=0) > 0)] = np.nan
    return ((table - share) / np.sqrt(share)).reshape(counts.shape)


def hot_spots(
    counts: Floats,
    graph: csr_array,
    seed: int,
    *,
    residents: Floats | None = None,
    permutations: int = PERMUTATIONS,
) -> HotSpots:
    """Return the areas that are hot or cold in each period: Gi* of the counts, its chance, and its bin.

    ``counts`` is [area] or [area, period]. With ``residents`` the values judged are Poisson residuals
    (``poisson_residuals``) in place of the counts, so that an area does not stand out for being populous. Where the
    median area is expected to hold fewer than 5 (its share by residents; without them, the median of the counts), p is
    permuted: twice the chance of an area and neighbours so full, or so empty, on the side of z (``group_tails``). All
    values are redrawn, the area's own too, which Gi* counts in: held fast, it could not help to find a rare harm.

    Raises ThinDataError for fewer than 20 areas that have a figure and a neighbour, and where no period has 10
    incidents and areas that differ.
    """
    table = counts.reshape(len(counts), -1).astype(np.float64)
    values = table if residents is None else poisson_residuals(table, residents)
    kept, _ = known(values)
    links = graph[kept][:, kept]
    testable = _testable(table[kept], values[kept], links)
    there = np.ix_(kept, testable)
    middle = np.median((table if residents is None else expected(table, residents))[there], axis=0)
    z, p = np.full(table.shape, np.nan), np.full(table.shape, np.nan)
    z[there] = gi_star(values[there], links)
    p[there] = 2 * norm.sf(np.abs(z[there]))
    how: list[How] = ["normal" if one else "none" for one in testable.tolist()]
    sparse = np.zeros_like(testable)
    sparse[testable] = middle < SPARSE
    if sparse.any():
        there = np.ix_(kept, sparse)
        p[there] = _permuted(values[there], z[there], links, seed, permutations)
        how = ["permuted" if few else one for one, few in zip(how, sparse.tolist(), strict=True)]
    shape = counts.shape
    return HotSpots(z.reshape(shape), p.reshape(shape), bins(z, p).reshape(shape), tuple(how))


def bins(z: Floats, p: Floats) -> npt.NDArray[np.int8]:
    """Return the bins, −3 to 3, of z-scores and their chances [area, period]; 0 where p is NaN."""
    discovered = benjamini_hochberg(p)
    size = sum((discovered <= share).astype(np.int8) for share in FDR_LEVELS)
    return np.where(z < 0, -size, size).astype(np.int8)


def _with_itself(values: Floats, links: csr_array) -> Floats:
    """Return Gi*: mean and spread are those of all areas. Deviations are summed, which loses no digits to the mean."""
    areas, around = len(values), links + eye_array(len(values), format="csr")
    deviation = values - values.mean(axis=0)
    weight = around.sum(axis=1)[:, np.newaxis]
    spread = np.where(np.ptp(values, axis=0) > 0, np.sqrt((deviation**2).mean(axis=0)), 0)
    return _ratio(around @ deviation, spread * np.sqrt((areas * weight - weight**2) / max(areas - 1, 1)))


def _without_itself(values: Floats, links: csr_array) -> Floats:
    """Return Gi: mean and spread are those of all other areas."""
    others = max(len(values) - 1, 1)
    deviation = values - values.mean(axis=0)
    weight = links.sum(axis=1)[:, np.newaxis]
    mean = -deviation / others
    squares = (deviation**2).sum(axis=0)
    variance = (squares - deviation**2) / others - mean**2
    noise = _NOISE * squares + (_NOISE * np.abs(values).max(axis=0)) ** 2
    variance = np.where(variance > noise, variance, 0)  # else the others are all the same, but for their last digits
    share = weight * (others - weight) / max(others - 1, 1)
    return _ratio(links @ deviation - weight * mean, np.sqrt(variance * share))


def _ratio(above: Floats, below: Floats) -> Floats:
    return np.divide(above, below, out=np.full(above.shape, np.nan), where=below > 0)


def _permuted(values: Floats, z: Floats, links: csr_array, seed: int, permutations: int) -> Floats:
    """Return the two-sided chance of neighbours so extreme on the side of z; NaN where z is."""
    below, above = group_tails(values, links, seed, permutations)
    p = np.minimum(1, 2 * np.where(z > 0, above, below))
    return np.where(np.isnan(z), np.nan, p)


def _testable(counts: Floats, values: Floats, links: csr_array) -> Bools:
    """Return the periods with enough incidents and areas that differ; raise ThinDataError where there are none."""
    connected = int((np.diff(links.indptr) > 0).sum())
    if connected < MIN_AREAS:
        raise ThinDataError(
            f"Hot spots need {MIN_AREAS} or more areas that have figures and a neighbour, and here are {connected}; "
            "look "
            "at the counts of the areas themselves, or choose smaller areas."
        )
    enough = counts.sum(axis=0) >= MIN_INCIDENTS  # of a period never supplied the sum is NaN
    if not enough.any():
        raise ThinDataError(
            f"Hot spots need {MIN_INCIDENTS} or more incidents in a period, and here are fewer; choose a longer period "
            "or "
            "more kinds of harm."
        )
    testable = enough & (np.ptp(values, axis=0) > 0)
    if not testable.any():
        raise ThinDataError(
            "Hot spots need areas with different counts, and here all areas have the same; choose a longer period or "
            "more kinds of harm."
        )
    return testable
