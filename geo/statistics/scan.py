"""Space-time scan: is there a cluster right now, where is it, and since when?

Kulldorff's prospective scan. Every circle of neighbouring areas that holds up to half of all that is expected, with
every window of the last 1 to 6 periods, is a candidate; the one whose count is least likely by chance is the most
likely cluster. How often chance alone makes one as strong anywhere is seen from replications, so that the many
candidates are accounted for. Two expectations:

- **By residents**, within the windows' periods: more than the area's share of residents × periods (Kulldorff 2001).
  It finds where there is much now, and a town centre with few residents is always such a place.
- **By permutation**, without residents: more than zone's cases × window's cases / all cases, within all periods given
  (Kulldorff and others 2005). It finds where it has become more than it was there, beyond what happened everywhere:
  permanent hotspots and a rise of the whole place cancel out. Its statistic is formally no likelihood ratio.

Replications have Poisson's variation. Recorded incidents may vary more: one night counts several times, one operation
makes a month. Of South Yorkshire's months, drugs, weapons and robbery do so hardly (1.0 to 1.1 times Poisson's
variance, once areas and months are allowed for), violence does (1.5 times). Then chance makes clusters more often than
p says, unless ``dispersion`` is given. p can be read as a recurrence interval (Kleinman and others 2004): scanned each
period, chance makes a cluster once in 1/p periods.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.stats import random_table

from geo.arrays import Floats
from geo.errors import ThinDataError
from geo.statistics.scan_search import Field, ZoneWindow, candidate_zones, floor_of, maxima, strongest

Counts = npt.NDArray[np.int64]

WINDOWS: Final = 6
MIN_AREAS: Final = 20
MIN_INCIDENTS: Final = 10
MIN_PERIODS_BEFORE: Final = 12  # periods before the windows that tell what is usual in an area

_TOGETHER: Final = 100  # replications that are searched at a time
_TIE_TOLERANCE: Final = 1 - 1e-9  # equal statistics are equal, however they were added up


@dataclass(frozen=True)
class Cluster:
    """Areas and last periods with more than is expected there.

    ``areas`` are positions, the nearest to ``centre`` (the first) first; ``periods`` are columns of the counts, oldest
    first, and ``by_period`` the counts of all its areas in each of them. ``p`` is the part of the replications, what
    was seen included, whose strongest cluster is at least as strong.
    """

    areas: tuple[int, ...]
    periods: tuple[int, ...]
    observed: int
    expected: float
    statistic: float
    p: float
    by_period: tuple[int, ...]

    @property
    def centre(self) -> int:
        """The area around which the cluster is drawn."""
        return self.areas[0]

    @property
    def ratio(self) -> float:
        """Observed ÷ expected."""
        return self.observed / self.expected


@dataclass(frozen=True)
class _Setting:
    """What is scanned: cases by area × recent period, those of each area before, the columns, and perhaps residents."""

    recent: Counts
    before: Counts
    columns: npt.NDArray[np.intp]
    residents: Floats | None

    @property
    def by_area(self) -> Counts:
        return self.recent.sum(axis=1) + self.before

    def field(self, points: Floats, radius: float | None) -> Field:
        """Return zones and expectations."""
        by_area, windows = self.by_area, np.arange(1, self.recent.shape[1] + 1)
        total = int(by_area.sum())
        if self.residents is None:
            return Field(
                candidate_zones(points, by_area.astype(np.float64), radius), _by_window(self.recent).sum(axis=0), total
            )
        return Field(candidate_zones(points, self.residents, radius), total * windows / len(windows), total)


def scan(
    counts: Floats,
    points: Floats,
    *,
    seed: int,
    residents: Floats | None = None,
    dispersion: Floats | None = None,
    windows: int = WINDOWS,
    radius: float | None = None,
    rounded_to: int = 1,
    replications: int = 999,
    significance: float = 0.05,
    threads: int = 2,
    progress: Callable[[float], None] | None = None,
) -> list[Cluster]:
    """Return the clusters of now with p up to ``significance``, most likely first; no two of them share an area.

    ``counts`` is area × period, oldest first; a period with an unknown (NaN) is left out, of windows too. ``points``
    are the areas' centres in metres, ``residents`` by area (left out: by permutation), ``radius`` the largest circle in
    metres. Periods count alike: where they differ in length, as half-terms do, scan by permutation. ``rounded_to`` is 5
    for protected counts, which vary more than incidents do: replications are then rounded as well. ``dispersion`` is
    each area's usual variance over that of chance (``geo.statistics.overdispersion.dispersion_of_counts``): the
    statistic of a cluster is divided by that of its areas, a quasi-likelihood (Zhang, Zhang and Lin 2012, Statistics in
    Medicine 31), so that what varies much has to stand out more. The same seed gives the same, whatever the order of
    the areas and the number of threads; ``progress`` is called with the part done, and not at all where the search is
    over at once, because nothing stands out.

    Raises ThinDataError where there is too little, ValueError where counts are not whole multiples of ``rounded_to``.
    """
    # Areas are taken from west to east, so that their order in the input changes nothing.
    rank = np.lexsort((points[:, 1], points[:, 0]))
    setting = _setting(counts[rank], None if residents is None else residents[rank], windows, rounded_to)
    field = setting.field(points[rank], radius)
    rng = np.random.default_rng(seed)
    sizes = [min(_TOGETHER, replications - start) for start in range(0, replications, _TOGETHER)]
    blocks = [_replications(setting, size, rounded_to, rng) for size in sizes]
    floor = floor_of(field, blocks, significance) * _TIE_TOLERANCE
    usual = np.ones(len(counts)) if dispersion is None else dispersion[rank]
    strong = [
        (place, value / _usual(setting, field, place, usual))
        for place, value in strongest(field, _by_window(setting.recent), floor)
    ]
    found = sorted((one for one in strong if one[1] >= floor), key=lambda one: -one[1])
    if not found:
        return []
    chance = maxima(field, blocks, found[-1][1] * _TIE_TOLERANCE, threads, progress)
    p = [(1 + int((chance >= value * _TIE_TOLERANCE).sum())) / (replications + 1) for _, value in found]
    return [
        _cluster(setting, field, rank, place, value, of_it)
        for (place, value), of_it in zip(found, p, strict=True)
        if of_it <= significance
    ]


def _setting(counts: Floats, residents: Floats | None, windows: int, rounded_to: int) -> _Setting:
    known = np.flatnonzero(~np.isnan(counts).any(axis=0))
    cases = np.rint(counts[:, known]).astype(np.int64)
    if (cases != counts[:, known]).any() or (cases % rounded_to).any() or (cases < 0).any():
        raise ValueError(f"counts have to be whole multiples of {rounded_to}, none of them negative")
    recent, before = cases[:, -windows:], cases[:, :-windows]
    _refuse_thin(recent, before.shape[1] if residents is None else None, residents, windows)
    # By residents, only the windows' periods are looked at.
    earlier = before.sum(axis=1) if residents is None else np.zeros(len(cases), dtype=np.int64)
    return _Setting(recent, earlier, known[-windows:], residents)


def _refuse_thin(recent: Counts, before: int | None, residents: Floats | None, windows: int) -> None:
    areas, periods = recent.shape
    if areas < MIN_AREAS:
        raise ThinDataError(
            f"A search for clusters needs at least {MIN_AREAS} areas, and there are {areas}; "
            "look at each area over time instead."
        )
    unknown = 0 if residents is None else int(np.count_nonzero(~(residents > 0)))
    if unknown:
        raise ThinDataError(
            f"A search for clusters by residents needs the number of residents of every area, and {unknown} of "
            f"{areas} have none; compare each area with its own past instead."
        )
    if periods < windows:
        raise ThinDataError(
            f"A search for clusters needs {windows} periods with counts, and there are {periods}; "
            "add earlier ones, or look at the map of all periods together."
        )
    if before is not None and before < MIN_PERIODS_BEFORE:
        raise ThinDataError(
            f"A search for what has become more needs at least {MIN_PERIODS_BEFORE} periods before the last {windows}, "
            "and "
            f"there are {before}; add earlier ones, or compare areas by their residents."
        )
    if recent.sum() < MIN_INCIDENTS:
        raise ThinDataError(
            f"A search for clusters needs at least {MIN_INCIDENTS} incidents in the last {windows} periods, and "
            "there are fewer; choose more kinds of harm together."
        )


def _by_window(recent: Counts) -> Counts:
    """Sum the last 1, 2, … periods: the second axis is periods in, windows out."""
    return np.cumsum(recent[:, ::-1], axis=1)


def _replications(setting: _Setting, size: int, rounded_to: int, rng: np.random.Generator) -> npt.NDArray[np.integer]:
    """Make replications without clusters, counts by area × window × replication, with as many cases in all.

    By permutation, each area and each period has as many as it had, too.
    """
    areas, periods = setting.recent.shape
    if setting.residents is None:
        by_period = [setting.before.sum(), *setting.recent.sum(axis=0)]
        cells = random_table(by_period, setting.by_area).rvs(size, random_state=rng)[:, 1:]
    else:
        chance = np.tile(setting.residents / setting.residents.sum() / periods, periods)
        cells = rng.multinomial(int(setting.recent.sum()), chance, size=size).reshape(size, 1, -1)
    if rounded_to > 1:
        cells = _rounded(cells, rounded_to, rng)
    return _by_window(cells.reshape(size, periods, areas).T).astype(np.int32)


def _rounded(cells: Counts, step: int, rng: np.random.Generator) -> Counts:
    """Round each cell up or down to a multiple of ``step``, right on average, so that sums along the last axis stay.

    Running sums in a random order are rounded down after one random shift: what a cell gains, the next one loses. So
    cells are rounded as if each by itself, but for their sum. A release also keeps the sums of areas and larger areas
    close, and so has rather fewer clusters by chance than these. What an area's recent periods gain by permutation, the
    ones before have lost.
    """
    order = rng.permutation(cells.shape[-1])
    sums = np.cumsum(cells[..., order], axis=-1) + rng.integers(step, size=(*cells.shape[:-1], 1))
    found = np.empty_like(cells)
    found[..., order] = np.diff(sums // step * step, axis=-1, prepend=0)
    return found


def _usual(setting: _Setting, field: Field, place: ZoneWindow, dispersion: Floats) -> float:
    """Return the usual variance over that of chance in a place: that of its areas, by what each holds."""
    members = field.zones.order[place.centre, : place.areas]
    held = setting.by_area[members]
    return float(np.average(dispersion[members], weights=held)) if held.sum() else 1.0


def _cluster(
    setting: _Setting, field: Field, rank: npt.NDArray[np.intp], place: ZoneWindow, value: float, p: float
) -> Cluster:
    zones = field.zones
    members = zones.order[place.centre, : place.areas]
    by_period = setting.recent[members, -place.periods :].sum(axis=0)
    return Cluster(
        areas=tuple(rank[members].tolist()),
        periods=tuple(setting.columns[-place.periods :].tolist()),
        observed=int(by_period.sum()),
        expected=float(zones.share[place.centre, place.areas - 1] * field.factor[place.periods - 1]),
        statistic=value,
        p=p,
        by_period=tuple(by_period.tolist()),
    )
