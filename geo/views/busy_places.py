"""Busy places: which published points have most incidents, what they are, and whether that is a change.

A place is one snap point, which stands for eight or more addresses: an incident is on or near it, never at a door.
Places that record for elsewhere (``geo.areas.place_names``) are left out unless they are asked for.

A change is told from the same months a year before, all of them or none, as ``geo.statistics.change_permutation`` has
it. The busiest places are those that hold most now, which by itself makes rises likelier among them: so the false
discovery rate (Benjamini and Hochberg 1995) is held at 5 % over all places within reach that can be tested, and a place
has the same verdict however long the list.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from geo.areas.place_names import street
from geo.arrays import Bools, Floats, Ints, Positions
from geo.calendar import months
from geo.counts.filters import Choice
from geo.harms import HARM_GROUPS
from geo.statistics.change_permutation import PAST, changes_since_year_before
from geo.views.published_points import PublishedPoints

YEAR: Final = 12  # months
CLOSE: Final = 400.0  # metres: a street further off does not say where a place is


@dataclass(frozen=True)
class BusyPlace:
    """A place within reach, and its incidents of a choice.

    ``name`` is its street or kind ("" where it has none), and ``near`` the nearest street that tells it from others of
    that name, "" where none does or none is needed. ``n`` counts the chosen months, ``in_year`` the last twelve that
    the data cover, and ``before`` the chosen ones a year before, None where months are missing. ``certain`` says
    whether the change from ``before`` is unlikely to be chance, None where nothing can be said. ``mix`` has the
    incidents of each harm group, most first. ``metres`` is how far away it is; it lies at ``xy`` (EPSG:27700) and
    ``lon``, ``lat`` (EPSG:4326). ``at`` is its position among the published places.
    """

    at: int
    name: str
    near: str
    n: int
    in_year: int
    before: int | None
    certain: bool | None
    mix: tuple[tuple[str, int], ...]
    metres: float
    xy: Floats = field(compare=False, repr=False)
    lon: float
    lat: float

    @property
    def title(self) -> str:
        """What the place is called: "High Street", "Supermarket, near Oakwood Avenue"."""
        name = self.name or "A place without a name"
        return f"{name}, near {self.near}" if self.near else name


@dataclass(frozen=True)
class BusyPlaces:
    """The busiest places within reach, most incidents first; ``tied`` more have as many as the last of them.

    ``year`` are the twelve months that ``in_year`` counts, of which the data hold ``held``.
    """

    places: tuple[BusyPlace, ...]
    tied: int
    year: tuple[str, ...]
    held: int

    def leading(self, first: int, most: int) -> "BusyPlaces":
        """Return only the ``first`` places and those that tie with the last of them, but never over ``most``."""
        if len(self.places) <= first:
            return self
        least = self.places[first - 1].n
        kept = [one for one in self.places if one.n >= least]
        tied = len(kept[most:]) + (self.tied if len(kept) == len(self.places) else 0)
        return BusyPlaces(tuple(kept[:most]), tied, self.year, self.held)


@dataclass(frozen=True)
class _Counts:
    """The incidents ``n`` [place, month, harm group] of the places ``at``, in the order of ``months``."""

    at: Positions
    months: tuple[str, ...]
    n: Ints

    def of(self, periods: Collection[str]) -> Ints:
        """Return the incidents in some months, [place, harm group]."""
        where = np.flatnonzero(np.isin(self.months, list(periods)))
        found: Ints = self.n[:, where].sum(axis=1)
        return found


def busiest_places(
    points: PublishedPoints,
    inside: Bools,
    away: Floats,
    choice: Choice,
    supplied: Collection[str],
    *,
    first: int = 3,
    most: int | None = None,
    elsewhere: bool = False,
) -> BusyPlaces:
    """Return the places within reach that have most incidents of a choice, most first and then nearest first.

    ``inside`` and ``away`` (metres) are [places], and ``supplied`` are the months that the dataset has figures for. All
    that tie with the last of the ``first`` are there too, up to ``most`` places. Places that record for elsewhere are
    there only if ``elsewhere``.
    """
    counts = _count(points, inside if elsewhere else inside & ~points.elsewhere, choice)
    last = max(supplied, default=choice.periods[-1])
    year = tuple(months.between(months.shift(last, 1 - YEAR), last))
    held = len(set(year) & set(supplied))
    by_harm = counts.of(choice.periods)
    now = by_harm.sum(axis=1)
    listed, tied = _listed(now, away[counts.at], first, most)
    before, certain = _changes(counts, choice.periods, supplied, now)
    in_year = counts.of(year).sum(axis=1)
    at = counts.at[listed]
    lon, lat = points.degrees
    places = tuple(
        BusyPlace(
            at=int(place),
            name=name,
            near=near,
            n=int(now[row]),
            in_year=int(in_year[row]),
            before=None if before is None else int(before[row]),
            certain=None if np.isnan(certain[row]) else bool(certain[row]),
            mix=_mix(by_harm[row]),
            metres=float(away[place]),
            xy=points.xy[place],
            lon=float(lon[place]),
            lat=float(lat[place]),
        )
        for row, place, (name, near) in zip(listed, at, _told_apart(points, at), strict=True)
    )
    return BusyPlaces(places, tied, year, held)


def elsewhere_within(points: PublishedPoints, inside: Bools, choice: Choice) -> tuple[tuple[str, int], ...]:
    """List what is recorded for elsewhere within reach: the name of the place ("Hospital") and its incidents.

    Most first; several places of one name are taken together. ``inside`` is [places].
    """
    counts = _count(points, inside & points.elsewhere, choice)
    found = Counter[str]()
    for at, n in zip(counts.at.tolist(), counts.of(choice.periods).sum(axis=1).tolist(), strict=True):
        found[_name(points, at)] += n
    return tuple(sorted(((name, n) for name, n in found.items() if n), key=lambda one: (-one[1], one[0])))


def _count(points: PublishedPoints, inside: Bools, choice: Choice) -> _Counts:
    """Count some places by month and harm group, of the kinds of harm that are chosen."""
    at = np.flatnonzero(inside)
    slot = np.full(len(points.xy), -1)
    slot[at] = np.arange(len(at))
    lines = points.lines_at(at)
    group = np.array([list(HARM_GROUPS).index(code) for code in points.harm], dtype=np.int64)
    chosen = [
        harm in choice.harms if choice.category is None else category == choice.category
        for category, harm in zip(points.categories, points.harm, strict=True)
    ]
    kept = lines[np.array(chosen, dtype=np.bool_)[points.category[lines]]]
    n = np.zeros((len(at), len(points.months), len(HARM_GROUPS)), dtype=np.int64)
    np.add.at(n, (slot[points.place[kept]], points.month[kept], group[points.category[kept]]), points.n[kept])
    return _Counts(at, points.months, n)


def _listed(now: Ints, away: Floats, first: int, most: int | None) -> tuple[Positions, int]:
    """Return which places to list, in order, and how many more have as many as the last of them."""
    order = np.lexsort((away, -now))
    order = order[now[order] > 0]
    if not len(order):
        return order, 0
    least = now[order[min(first, len(order)) - 1]]
    tied = order[now[order] >= least]
    return tied[:most], len(tied) - len(tied[:most])


def _changes(counts: _Counts, shown: Sequence[str], supplied: Collection[str], now: Ints) -> tuple[Ints | None, Floats]:
    """Return the incidents of a year before, and whether the change is real (1), may be chance (0), or unknown (NaN).

    Where a month is missing from either side, nothing is left out in silence: there are no incidents then.
    """
    earlier = months.year_before(shown)
    verdict = np.full(len(now), np.nan)
    if not {*shown, *earlier} <= set(supplied):
        return None, verdict
    table = _table(counts, shown, supplied)
    found = changes_since_year_before(table, len(shown), YEAR)
    verdict = np.where(np.isnan(found.ratios.p), np.nan, found.real)
    return counts.of(earlier).sum(axis=1), verdict


def _table(counts: _Counts, shown: Sequence[str], supplied: Collection[str]) -> Floats:
    """Return the incidents of places up to the last month shown, [place, month], NaN in months never supplied."""
    columns = months.between(months.shift(shown[-1], 1 - len(shown) - max(PAST, YEAR)), shown[-1])
    there = {month: index for index, month in enumerate(counts.months)}
    by_month = counts.n.sum(axis=2)
    table = np.zeros((len(by_month), len(columns)))
    for column, month in enumerate(columns):
        if month not in supplied:
            table[:, column] = np.nan
        elif month in there:
            table[:, column] = by_month[:, there[month]]
    return table


def _mix(by_harm: Ints) -> tuple[tuple[str, int], ...]:
    found = [(code, int(n)) for code, n in zip(HARM_GROUPS, by_harm, strict=True) if n]
    return tuple(sorted(found, key=lambda one: -one[1]))


def _told_apart(points: PublishedPoints, at: Positions) -> list[tuple[str, str]]:
    """Return the name of each place and the street near it, where its name is that of others too."""
    names = [_name(points, place) for place in at.tolist()]
    shared = Counter(names)
    return [
        (name, _nearest_street(points, place, name) if shared[name] > 1 or not points.streets[place] else "")
        for name, place in zip(names, at.tolist(), strict=True)
    ]


def _nearest_street(points: PublishedPoints, at: int, name: str) -> str:
    """Return the name of the nearest street that is called otherwise, "" where none is close."""
    metres = np.hypot(*(points.xy - points.xy[at]).T)
    near = np.flatnonzero(points.streets & (metres <= CLOSE))
    found = (_name(points, place) for place in near[np.argsort(metres[near], kind="stable")].tolist())
    return next((street_name for street_name in found if street_name != name), "")


def _name(points: PublishedPoints, at: int) -> str:
    return "" if points.names is None else street(points.names[at])
