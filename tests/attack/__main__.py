"""``python -m tests.attack [--worlds N] [--seed S]`` attacks releases of N made-up worlds of each size.

It tells what is found of the product's rule beside what is found of the first edition, which must go on being found.
"""

import argparse
import multiprocessing
import sys
import time
from collections.abc import Callable
from functools import partial
from itertools import product
from multiprocessing.pool import Pool
from typing import Final

from tests.attack import comparison, register_states, sessions, trials
from tests.attack.comparison import Findings
from tests.attack.register_states import ByExactRows, EvidenceFound, Product
from tests.attack.rules import FIRST, PRODUCT, RULES
from tests.attack.sessions import SessionsFound
from tests.attack.trials import Outcome
from tests.attack.verdicts import Share, Tally
from tests.attack.worlds import SIZES

WORLDS: Final = 200
POOLED: Final = 4  # of so many worlds, one is attacked as a dataset of several schools
CONTROLS: Final = 52
REGISTERS: Final = 10  # of so many worlds, the register of one is attacked
YEARS: Final = 3  # of a world
POOLINGS: Final = {
    trials.between_schools: f"{trials.SCHOOLS} schools, each against the others",
    trials.between_two: "two schools, twins of the clocks for the one",
}
BROKEN: Final = {"hidden under 10, rest rounded": trials.hide_and_round, "steady noise of 2": trials.steady_noise}


def main() -> int:
    """Attack, and say how it went; answer 1 when anything was found, a bar was missed or a control withstood."""
    parser = argparse.ArgumentParser(prog="python -m tests.attack", description="Attack what is released.")
    parser.add_argument("--worlds", type=int, default=WORLDS, help=f"how many of each size ({WORLDS})")
    parser.add_argument("--seed", type=int, default=0, help="the seed of the first world")
    asked = parser.parse_args()
    begun = time.perf_counter()
    seeds = range(asked.seed, asked.seed + asked.worlds)
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        good = [_controls(pool, asked.seed), _compared(pool, seeds)]
        good += [_ours(pool, seeds, size) for size in SIZES]
        good += [_versions(pool, seeds[::POOLED], size) for size in SIZES]
        good.append(_register(pool, seeds))
        good.append(_sessions(pool, seeds))
        for trial, name in POOLINGS.items():
            good += [_schools(pool, trial, name, seeds[::POOLED], size) for size in SIZES]
    _say(f"{time.perf_counter() - begun:.0f} seconds. {'Everything holds.' if all(good) else 'It does not hold.'}")
    return 0 if all(good) else 1


def _controls(pool: Pool, seed: int) -> bool:
    found = pool.map(partial(trials.broken, targets=CONTROLS, first_seed=seed), BROKEN.values())
    for name, (hidden, solved, averaged) in zip(BROKEN, found, strict=True):
        _say(f"Control, {name}: {solved} of {hidden} hidden counts solved exactly, {averaged} by averaging.")
    return all(solved == hidden for hidden, solved, _ in found)


def _compared(pool: Pool, seeds: range) -> bool:
    """Attack each rule in the same worlds; whether the product keeps every bar, and the first edition is found out."""
    good, weak = True, Findings()
    for size in SIZES:
        begun = time.perf_counter()
        found = {rule: Findings() for rule in RULES}
        asked = list(product(seeds, [size], RULES))
        for (_, _, rule), one in zip(asked, pool.starmap(comparison.attack, asked, chunksize=2), strict=True):
            found[rule].add(one)
        seconds = time.perf_counter() - begun
        _say(f"{size // YEARS:,} incidents a year, {len(seeds)} worlds of {YEARS} years ({seconds:.0f} seconds)")
        _say(f"  {'':58}{FIRST.name:>30}{PRODUCT.name:>30}  bar")
        for first, ours in zip(*(comparison.figures(found[rule]) for rule in RULES), strict=True):
            missed = "" if ours.kept else " — missed"
            _say(f"  {first.what:58}{first.found:>30}{ours.found:>30}  {ours.bar}{missed}".rstrip())
            good &= ours.kept
        weak.add(found[FIRST])
    unfound = comparison.unfound(weak)
    for what in unfound:
        _say(f"  Not found of the first edition: {what}")
    return good and not unfound


def _ours(pool: Pool, seeds: range, size: int) -> bool:
    outcome = Outcome()
    for one in pool.starmap(trials.ours, product(seeds, [size]), chunksize=1):
        outcome.add(one)
    _say(f"{len(seeds)} worlds of {size:,} incidents")
    _say(f"  through exports: {outcome.by_exports}; {outcome.differing} with differences that differ")
    _say(f"  every cell known: {outcome.by_cells}")
    _say(f"  clocks, every cell known: {outcome.by_clock}")
    _say(f"  clocks, the code known: {outcome.twins}")
    attacks = (outcome.by_exports, outcome.by_cells, outcome.by_clock, outcome.twins)
    for line in [line for one in attacks for line in one.told][:10]:
        _say(f"    {line}")
    return outcome.holds


def _versions(pool: Pool, seeds: range, size: int) -> bool:
    tally = Tally()
    for one in pool.starmap(trials.between_versions, product(seeds, [size]), chunksize=1):
        tally.add(one)
    _say(f"{len(seeds)} worlds of {size:,} incidents, corrected: {tally}")
    for line in tally.told[:10]:
        _say(f"    {line}")
    return tally.holds


def _register(pool: Pool, seeds: range) -> bool:
    """Attack what hotspots are told of protected data, and what exact counts near them would tell."""
    found = {}
    for design in (Product, ByExactRows):
        asked = [(seed, size, design()) for seed, size in product(seeds[::REGISTERS], SIZES)]
        found[design] = EvidenceFound()
        for one in pool.starmap(register_states.attack, asked, chunksize=1):
            found[design].add(one)
        told = found[design]
        lowest = f"nothing where 5 is shown {told.presence.all}, the most telling {told.presence.lowest}"
        _say(f"Register, {register_states.ENTRIES:,} hotspots made up, {design.__name__}: {told.spans}; {lowest}")
    ours, control = found[Product], found[ByExactRows]
    kept = ours.spans.holds and not ours.narrowed and ours.presence.all.after.value >= comparison.NOTHING
    return kept and control.spans.exact * 2 > control.spans.targets


def _sessions(pool: Pool, seeds: range) -> bool:
    """Attack what is released of sessions of young people's marks."""
    good = True
    for size in sessions.SIZES:
        found = SessionsFound()
        for one in pool.starmap(sessions.attack, product(seeds, [size]), chunksize=4):
            found.add(one)
        spans, certain = found.spans, Share(found.spans.presences, found.spans.few)
        good &= not spans.exact and spans.narrowest >= spans.least and certain.value <= comparison.CERTAIN
        _say(f"{len(seeds)} sessions of {size} marks: {spans}; of 1 to 4 marks certain {certain}")
        _say(f"  nothing where 5 is shown: {found.presence.all}; totals known {found.totals.exact}")
    return good


def _schools(pool: Pool, trial: Callable[[int, int], Tally], name: str, seeds: range, size: int) -> bool:
    found = pool.starmap(trial, product(seeds, [size]), chunksize=1)
    tally = Tally(least=found[0].least)
    for one in found:
        tally.add(one)
    _say(f"{len(seeds)} worlds of {size:,} incidents of {name}: {tally}")
    for line in tally.told[:10]:
        _say(f"    {line}")
    return trials.have_twins(tally) if trial is trials.between_two else tally.holds


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
