"""The attack on the register: known hotspots made up at will, to learn from what data say of them.

Whoever keeps a register may add a thousand hotspots anywhere, of any kinds of harm, and reads of each its state, its
sentence and its figures. What they say is compared for worlds that differ in one cell: a count of that cell for which
they would not be what they are is ruled out. Beside the product stands what must be found: states by exact counts near
the place, ``ByExactRows``.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

import numpy as np
import pandas as pd
import shapely

from geo.areas.area_set import DEGREES, METRES
from geo.counts.cube import Counts
from geo.evidence import hotspot_states
from geo.evidence.beside import NEAR, AreaSource, Held
from geo.register.hotspot import Hotspot
from geo.release import zoning
from geo.release.ledger import Ledger
from geo.release.zones import Zones
from geo.statistics.excess import excess
from geo.views.view import view_counts
from tests.attack.presence import Presence
from tests.attack.rules import released
from tests.attack.strongest import Strongest
from tests.attack.trials import of_interest
from tests.attack.verdicts import Tally
from tests.attack.worlds import HARMS, TODAY, World, make, town

ENTRIES: Final = 1_000  # hotspots that are made up
TARGETS: Final = 3  # cells of a world
_STATES: Final = ("supported", "quiet", "not_testable")
_UNTOLD: Final = 9  # the key of a difference of which one part is not told
_YEAR: Final = 6  # half-terms
Answers = tuple[tuple[object, ...], ...]


class Design(Protocol):
    """A way to say of known hotspots what data say: from what is released, and from what really happened."""

    def source(self, ledger: Ledger, exact: Counts) -> object:
        """Return what is looked at near a hotspot; ``exact`` counts area × half-term of the latest year × harm."""


class Product:
    """The product's own: the released cube alone."""

    def source(self, ledger: Ledger, exact: Counts) -> AreaSource:  # noqa: ARG002 - nothing exact is looked at
        public = ledger.released
        year = public.periods[-1].year
        view = view_counts(public, town(), "zone", (year,))
        shapes = zoning.shapes(town(), view.units).geometry.to_crs(METRES).to_numpy()
        periods = tuple(one.key for one in public.periods if one.year == year)
        return AreaSource("Incidents", periods, view, tuple(shapes), "zone")


@dataclass(frozen=True)
class _ExactNear:
    """Incidents counted where they happened, within the distance that open data are looked at in."""

    exact: Counts
    periods: tuple[str, ...]
    title: str = "Incidents"
    protected: bool = False
    harms: frozenset[str] = frozenset(HARMS)
    known: tuple[shapely.Geometry, ...] = ()

    def near(self, place: shapely.Geometry, harms: tuple[str, ...]) -> Held:
        counts = self.exact[:, :, [HARMS.index(one) for one in harms]].sum(axis=(1, 2)).astype(float)
        inside = np.asarray(shapely.dwithin(town().metres.to_numpy(), place, NEAR))
        ones = np.ones(len(counts))
        found = excess(counts[inside].sum(), float(inside.sum()), counts[~inside], ones[~inside])
        return Held(f"within {NEAR} m", found, "" if found else "too few")


class ByExactRows:
    """What must be found: exact counts within 250 m of a hotspot, which its state, sentence and figures tell of."""

    def source(self, ledger: Ledger, exact: Counts) -> _ExactNear:
        public = ledger.released
        return _ExactNear(exact, tuple(one.key for one in public.periods[-_YEAR:]))


def answers(design: Design, ledger: Ledger, exact: Counts, entries: Sequence[Hotspot]) -> Answers:
    """Return all that is told of some hotspots, in their order."""
    told = _states(design, ledger, exact, entries)
    return tuple(tuple(row) for row in told.fillna(-1.0).itertuples(index=False))


def _states(design: Design, ledger: Ledger, exact: Counts, entries: Sequence[Hotspot]) -> pd.DataFrame:
    return hotspot_states.states(entries, [design.source(ledger, exact)], TODAY)  # type: ignore[list-item]


def made_up(rng: np.random.Generator, number: int) -> list[Hotspot]:
    """Make hotspots up, anywhere and of any harms."""
    west, south, east, north = town().frame.total_bounds
    points = [shapely.Point(rng.uniform(west, east), rng.uniform(south, north)) for _ in range(number)]
    return [
        _hotspot(at, one, [HARMS[harm] for harm in rng.permutation(len(HARMS))[: int(rng.integers(1, len(HARMS) + 1))]])
        for at, one in enumerate(points)
    ]


def aimed(zones: Zones, zone: int, harm: int) -> list[Hotspot]:
    """Make two hotspots up in every area of a zone, alike but that one is of all harms and one of all but one."""
    middles = town().frame.to_crs(DEGREES).geometry.to_numpy()[zones.member == zone]
    place = shapely.MultiPoint([one.representative_point() for one in middles])
    return [_hotspot(-1, place, HARMS), _hotspot(-2, place, [one for one in HARMS if one != HARMS[harm]])]


def _hotspot(at: int, shape: shapely.Geometry, harms: Sequence[str]) -> Hotspot:
    return Hotspot(f"H{at}", f"Place {at}", "other", harms[0], "active", shape, tuple(harms[1:]))


@dataclass
class EvidenceFound:
    """What states give away: ``spans`` of cells, and whether a shown 5 may be nothing, by what is told near it."""

    spans: Tally = field(default_factory=Tally)
    narrowed: int = 0
    presence: Presence = field(default_factory=Presence)

    def add(self, other: "EvidenceFound") -> None:
        """Add what was found in another world."""
        self.spans.add(other.spans)
        self.narrowed += other.narrowed
        self.presence.add(other.presence)


def attack(seed: int, size: int, design: Design, entries: int = ENTRIES, targets: int = TARGETS) -> EvidenceFound:
    """Attack a world by known hotspots, ``entries`` of them made up for each of some targets."""
    world = make(seed, size)
    ledger, rng = released(world), np.random.default_rng([seed, size, 7])
    found = EvidenceFound()
    _by_cells(design, world, ledger, rng, found, (entries, targets))
    _by_presence(design, world, ledger, found)
    return found


def _by_cells(
    design: Design, world: World, ledger: Ledger, rng: np.random.Generator, found: EvidenceFound, cost: tuple[int, int]
) -> None:
    """Rule out counts of cells of the latest year, every other incident known."""
    strongest, zones = Strongest(ledger), ledger.zones[-1]
    first = len(ledger.frozen) - _YEAR
    listed = [
        (period, zone, harm)
        for period in range(first, len(ledger.frozen))
        for zone, harm in np.argwhere(of_interest(ledger.frozen[period].exact, ledger.frozen[period].shown)).tolist()
    ]
    for at in rng.permutation(len(listed))[: cost[1]].tolist():
        period, zone, harm = listed[at]
        truth = int(ledger.frozen[period].exact[zone, harm])
        low, high = strongest.span(period, zone, harm)
        asked = aimed(zones, zone, harm) + made_up(rng, cost[0])
        exact = world.pooled[:, first:]
        seen = answers(design, ledger, exact, asked)
        fit = [
            n
            for n in range(low, high + 1)
            if answers(design, ledger, _with(exact, zones.member == zone, period - first, harm, n), asked) == seen
        ]
        found.narrowed += (fit[0], fit[-1]) != (low, high)
        found.spans.judge(truth, fit[0], fit[-1], f"world {world.seed} of {world.size}, register, {listed[at]}")


def _by_presence(design: Design, world: World, ledger: Ledger, found: EvidenceFound) -> None:
    """Count how often there is nothing where 5 is shown, by what a hotspot there is told with and without its harm."""
    zones, exact = ledger.zones[-1], world.pooled[:, -_YEAR:]
    asked = [aimed(zones, zone, harm) for zone in range(len(zones.codes)) for harm in range(len(HARMS))]
    told = _states(design, ledger, exact, [one for pair in asked for one in pair])
    state = told[hotspot_states.STATE].map({name: at for at, name in enumerate(_STATES)}).to_numpy().reshape(-1, 2)
    observed = told["observed"].to_numpy().reshape(-1, 2)
    difference = np.where(np.isnan(observed).any(axis=1), _UNTOLD, np.clip(observed[:, 0] - observed[:, 1], 0, 6))
    keys = np.column_stack([state, difference]).astype(np.int64).T
    for one in ledger.frozen[-_YEAR:]:
        found.presence.count(world.seed % 2, keys, one.exact.ravel() == 0, one.shown.ravel())


def _with(exact: Counts, inside: np.ndarray, period: int, harm: int, n: int) -> Counts:
    """Return exact counts in which a zone has another count in one half-term and harm group: more or less where any."""
    changed, areas = exact.copy(), np.flatnonzero(inside)
    while (more := n - int(changed[areas, period, harm].sum())) < 0:
        changed[areas[int(changed[areas, period, harm].argmax())], period, harm] -= 1
    changed[areas[0], period, harm] += more
    return changed
