"""``python -m tests.attack.trade [--worlds N]`` sets how deniable presence is beside what that costs.

The product's rule is released with other shares of deniable zeros and other dithers of totals, and other published ways
to protect counts are set beside it: unbiased random rounding of every cell to a multiple of some base, and a
differentially private cube (OpenDP's geometric noise on every cell). Theirs is the smallest figure that is shown for
something; what it leaves of "there was nothing" is compared with a shown 5. The same is told of half-terms put together
to terms and school years, which are coarser rather than noisier.
"""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby, product
from multiprocessing import get_context
from typing import Final
from unittest import mock

import numpy as np
import opendp.prelude as dp

from geo.counts.cube import Counts
from geo.disclosure import THRESHOLD
from geo.harms import HARM_GROUPS
from geo.release import deniable_zeros, rounding
from geo.release.ledger import Ledger
from geo.release.rounding_error import RoundingError
from geo.release.zones import Zones
from tests.attack import worlds
from tests.attack.feasible import STEP
from tests.attack.rules import FIRST, PRODUCT, SECRET, released

SHARES: Final = (0.0, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4)
DITHERS: Final = (0, 1, 2)
BASES: Final = (2, 3, 5)
EPSILONS: Final = (0.5, 1.0, 2.0, 4.0)
BLOCKS: Final = {1: "half-terms", 2: "terms", 6: "school years"}

COLUMNS: Final = "zone-year, harm-year, total: mean errors | zone-year at most | totals of 10 or more"

Way = Callable[[worlds.World], "Trade"]


@dataclass
class Trade:
    """How deniable presence is, and what is off: over the cells of one or more releases.

    ``fives`` cells show the least that is shown for something, and ``nothing`` of them stand for nothing. ``zones`` and
    ``harms`` are errors of zones and of harm groups in a school year, ``totals`` of all that was shown so far.
    ``told`` of ``of_year`` totals of a half-term (term, school year) reach what is shown as a figure.
    """

    fives: int = 0
    nothing: int = 0
    zones: list[int] = field(default_factory=list)
    harms: list[int] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    told: int = 0
    blocks: int = 0

    def add(self, other: "Trade") -> None:
        """Add other releases."""
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)

    def __str__(self) -> str:
        deniable = f"{100 * self.nothing / self.fives:5.1f} %" if self.fives else "      -"
        told = f"{100 * self.told / self.blocks:3.0f} %"
        errors = " | ".join(
            f"{np.mean(np.abs(one)) if one else np.nan:5.2f}" for one in (self.zones, self.harms, self.totals)
        )
        return f"{deniable} | {errors} | {max(map(abs, self.zones), default=0):3d} | {told}"


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.attack.trade", description="Deniability against utility.")
    parser.add_argument("--worlds", type=int, default=40, help="how many of each size (40)")
    asked = parser.parse_args()
    with get_context("spawn").Pool(2) as pool:
        for size in worlds.SIZES:
            _say(f"{size // 3:,} incidents a year: nothing where 5 is shown | {COLUMNS}")
            jobs = list(product(ways(), range(asked.worlds), [size]))
            found = pool.starmap(of_world, jobs, chunksize=4)
            for name, of_way in groupby(zip(jobs, found, strict=True), key=lambda one: one[0][0]):
                trade = Trade()
                for _, one in of_way:
                    trade.add(one)
                _say(f"  {name:48} {trade}")
    return 0


@cache
def ways() -> dict[str, Way]:
    """Return what is compared, by name."""
    return {
        "first edition": lambda world: of_ledger(released(world, rule=FIRST)),
        **{f"share of zeros {share:.2f}": _with_share(share, 1) for share in SHARES},
        **{f"dither of totals {dither}": _with_share(deniable_zeros.SHARE, dither) for dither in DITHERS},
        **{f"released by {name}": _by_blocks(number) for number, name in BLOCKS.items()},
        **{f"random rounding to {base}": _rounded(base) for base in BASES},
        **{f"differentially private, epsilon {epsilon:g}": _private(epsilon) for epsilon in EPSILONS},
    }


def of_world(name: str, seed: int, size: int) -> Trade:
    """Return what one way makes of one world."""
    return ways()[name](worlds.make(seed, size))


def of_ledger(ledger: Ledger) -> Trade:
    """Set a release beside its exact counts."""
    years = [
        (year, np.array([one.shown for one in frozen]), np.array([one.exact for one in frozen]))
        for year, frozen in (
            (year, list(of_year)) for year, of_year in groupby(ledger.frozen, lambda one: one.period.year)
        )
    ]
    return _trade(ledger, ((year, shown, exact) for year, shown, exact in years), STEP)


def _trade(ledger: Ledger, years: Iterable[tuple[str, Counts, Counts]], least: int) -> Trade:
    """Set what is shown beside what was: by school year, each block × zone × harm group."""
    found, so_far, elsewhere = Trade(), 0, {one.year: np.array(one.elsewhere) for one in ledger.zones}
    for year, shown, exact in years:
        error = shown - exact
        fives = shown == least
        found.fives += int(fives.sum())
        found.nothing += int((fives & (exact == 0)).sum())
        found.zones += error.sum(axis=(0, 2))[~elsewhere[year]].tolist()
        found.harms += error.sum(axis=(0, 1)).tolist()
        found.told += int((shown.sum(axis=(1, 2)) >= THRESHOLD).sum())
        found.blocks += len(shown)
        for one in error:
            so_far += int(one.sum())
            found.totals.append(so_far)
    return found


def _with_share(share: float, dither: int) -> Way:
    def way(world: worlds.World) -> Trade:
        with ExitStack() as patched:
            for module in (deniable_zeros, rounding):
                patched.enter_context(mock.patch.object(module, "SHARE", share))
            patched.enter_context(mock.patch.object(rounding, "DITHER", dither))
            return of_ledger(released(world, rule=PRODUCT))

    return way


def _years(ledger: Ledger) -> Iterator[tuple[str, Counts]]:
    """Yield each school year with its exact counts, half-term × zone × harm group."""
    for year, frozen in groupby(ledger.frozen, key=lambda one: one.period.year):
        yield year, np.array([one.exact for one in frozen])


def _by_blocks(number: int) -> Way:
    """Round so many half-terms together, in the zones of the release by half-terms."""

    def way(world: worlds.World) -> Trade:
        ledger = released(world, rule=PRODUCT)
        zones, shown_of = {one.year: one for one in ledger.zones}, []
        errors = RoundingError.fresh(len(ledger.zones[0].codes), 1)
        for year, exact in _years(ledger):
            size = len(zones[year].codes)
            parent = np.zeros(size, dtype=np.int64)
            together = exact.reshape(-1, number, *exact.shape[1:]).sum(axis=1)
            shown = []
            for at, n in enumerate(together):
                names = [f"{year}|{at}|{zone}|{harm}" for zone in zones[year].codes for harm in HARM_GROUPS]
                shown.append(rounding.protect(n[np.newaxis], parent, errors, names, SECRET))
                errors = errors.after(n[np.newaxis], shown[-1], parent)
            shown_of.append((year, np.array(shown), together))
            errors = errors.next_year(*_next(zones, year, size))
        return _trade(ledger, shown_of, STEP)

    return way


def _next(zones: dict[str, Zones], year: str, size: int) -> tuple[int, Counts]:
    """Return how many zones the next school year has, and which of them takes on the errors of each of this."""
    later = min((one for one in zones if one > year), default=year)
    shared = np.zeros((size, len(zones[later].codes)), dtype=np.int64)
    np.add.at(shared, (zones[year].member, zones[later].member), 1)
    return shared.shape[1], shared.argmax(axis=1)


def _rounded(base: int) -> Way:
    """Round every cell up or down to a multiple of a base, with the chance that makes it right on average."""

    def way(world: worlds.World) -> Trade:
        ledger, rng = released(world), np.random.default_rng([world.seed, world.size, base])

        def shown(n: Counts) -> Counts:
            rounded: Counts = (n // base + (rng.random(n.shape) < n % base / base)) * base
            return rounded

        return _trade(ledger, [(year, shown(n), n) for year, n in _years(ledger)], base)

    return way


def _private(epsilon: float) -> Way:
    """Add geometric noise to every cell; one incident changes one cell by 1, so the whole cube has this epsilon."""

    def way(world: worlds.World) -> Trade:
        ledger, add_noise = released(world), _noise(1 / epsilon)

        def shown(n: Counts) -> Counts:
            noisy = np.array(add_noise(n.ravel().tolist()), dtype=np.int64).reshape(n.shape)
            return np.maximum(noisy, 0)

        return _trade(ledger, [(year, shown(n), n) for year, n in _years(ledger)], 1)

    return way


@cache
def _noise(scale: float) -> Callable[[Sequence[int]], Sequence[int]]:
    dp.enable_features("contrib")
    space = dp.vector_domain(dp.atom_domain(T=int)), dp.l1_distance(T=int)
    made: Callable[[Sequence[int]], Sequence[int]] = dp.m.make_geometric(*space, scale=scale)
    return made


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
