"""Simulated sessions of marks: how often a disagreement is told where there is none, and where one is planted.

Sessions are released as real ones are, by zones and rounded; what is recorded is drawn independently of what is felt.
"""

from datetime import date, timedelta
from typing import Final, NamedTuple

import numpy as np

from geo.calendar.school_calendar import NATIONAL_PATTERN
from geo.counts.cube import Cube
from geo.counts.filters import Choice
from geo.errors import ThinDataError
from geo.evidence.disagreement import MarkedFinding, MarkedKind, marked_findings
from geo.evidence.marked_places import MarkedPlaces, Recorded, marked_places
from geo.harms import SCHOOL_DEFAULT
from geo.release import release_steps
from geo.release.group_lists import FELT
from geo.release.kinds import Open
from geo.release.ledger import Ledger
from geo.release.release_steps import Basis
from tests.unit.geo.release.towns import town

TILES: Final = NATIONAL_PATTERN.half_terms_of_years(date(2025, 9, 1), date(2026, 8, 31))
YEAR: Final = TILES[0].year
PLANTED: Final = 5  # the area, of those that the session covers, that is planted in
USUAL: Final = 0.4  # of marks say unsafe
AREAS: Final = 16  # that the map of a session touches
RECORDED: Final = 60  # incidents of a year in an area, about
# Marks of a session, about 31 or 50 in each place, with which a planted disagreement of a kind has to be found.
ENOUGH: Final = {MarkedKind.UNSAFE_NOT_RECORDED: 500, MarkedKind.RECORDED_FEELS_SAFE: 800}
MOST_TOLD: Final = 0.05
LEAST_FOUND: Final = 0.8


class Session(NamedTuple):
    """What one simulated session tells: every finding, and where it was planted."""

    places: MarkedPlaces
    told: list[MarkedFinding]


def session(seed: int, marks: int, unsafe: float = USUAL, recorded: float = 1.0) -> Session:
    """Simulate a session of so many marks, of which a share in the planted area says unsafe.

    ``recorded`` is how many times as many incidents as elsewhere are recorded there.
    """
    rng = np.random.default_rng(seed)
    areas = town(AREAS // 4)
    weight = rng.dirichlet(np.full(AREAS, 4.0))
    weight[PLANTED] = max(weight[PLANTED], 1 / AREAS)
    where = rng.choice(AREAS, marks, p=weight / weight.sum())
    felt = (rng.random(marks) < np.where(where == PLANTED, unsafe, USUAL)).astype(np.int64)
    n = np.zeros((1, AREAS, 1, len(FELT)), dtype=np.int64)
    np.add.at(n, (0, where, 0, felt), 1)
    basis = Basis(TILES, TILES[:1], n, {}, FELT)
    on = TILES[0].last + timedelta(days=14)
    ledger = release_steps.release(Ledger(), basis, areas, f"secret {seed}".encode(), on)
    expected = RECORDED * rng.lognormal(0, 0.5, AREAS)
    if (unsafe, recorded) != (USUAL, 1.0):
        expected[PLANTED] = np.delete(expected, PLANTED).mean() * recorded
    kinds = rng.poisson(expected)[:, None, None]
    cube = Cube(areas.codes, ("2025-09",), ("Robbery",), ("violence",), frozenset(), kinds)
    beside = Recorded(Open(cube), Choice(("2025-09",), SCHOOL_DEFAULT))
    places = marked_places(ledger.released, areas, YEAR, beside)
    try:
        return Session(places, marked_findings(places))
    except ThinDataError:
        return Session(places, [])


def told_wrongly(sessions: int, marks: int, first: int = 0) -> float:
    """Return the share of sessions without anything planted that tell of any disagreement."""
    seeds = range(first, first + sessions)
    return sum(any(one.disagrees for one in session(seed, marks).told) for seed in seeds) / sessions


def found(sessions: int, marks: int, kind: MarkedKind, first: int = 0) -> float:
    """Return the share of sessions in which the planted disagreement of a kind is told of the planted area."""
    unsafe, recorded = (0.9, 0.5) if kind is MarkedKind.UNSAFE_NOT_RECORDED else (0.05, 3.0)
    times = 0
    for seed in range(first, first + sessions):
        places, told = session(seed, marks, unsafe, recorded)
        unit = int(places.units.member[PLANTED])
        times += any(one.kind is kind and one.unit == unit for one in told)
    return times / sessions
