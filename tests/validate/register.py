"""The register, tried: how many entries are called supported where nothing is, and what is said of planted ones."""

import argparse
from collections.abc import Callable, Iterable
from multiprocessing.pool import Pool
from typing import Final

import numpy as np

from tests.validate import south_yorkshire
from tests.validate.register_south_yorkshire import NAMES, registers, told_of_forty
from tests.validate.register_towns import Said, null_town, wrong_in_town

REGISTER: Final = "register"
SUPPORTED: Final = 0.05  # of entries at random places, at most
RIGHT: Final = 0.9  # of demonstration towns in which a planted truth is told, at least
TOWNS: Final = 10
_LEVELS: Final = (0.1, 0.05, 0.01)


def try_register(pool: Pool, asked: argparse.Namespace, say: Callable[[str], None]) -> bool:
    """Measure and print what is said of registers; answer whether all is as promised."""
    say(f"Entries at random street points of {asked.simulations} null towns")
    seeds = range(asked.seed, asked.seed + asked.simulations)
    good = [_within(pool.map(null_town, seeds, chunksize=5), say)]
    if south_yorkshire.there():
        for null, found in zip(NAMES, pool.starmap(registers, [(null, asked.seed) for null in NAMES]), strict=True):
            say(f"Registers of 40 at random street points of South Yorkshire, {null}")
            good.append(_within(found, say))
        for kind, states in told_of_forty().items():
            say(f"Entries at {kind}: {', '.join(f'{n} {state}' for state, n in states.items())}")
    else:
        say(south_yorkshire.ABSENT)
    wrong = pool.map(wrong_in_town, range(5, 5 + TOWNS))
    most = (1 - RIGHT) * TOWNS
    for reference in sorted({one for each in wrong for one in each}):
        often = sum(reference in each for each in wrong)
        say(f"{reference} is not as planted in {often} of {TOWNS} towns{'' if often <= most else ' — missed'}")
        good.append(often <= most)
    return all(good)


def share_supported(found: Iterable[Said]) -> float:
    """Return the share of entries that are called supported."""
    listed = list(found)
    return sum(one.supported for one in listed) / sum(one.entries for one in listed)


def _within(found: list[Said], say: Callable[[str], None]) -> bool:
    share = share_supported(found)
    p = np.concatenate([one.p for one in found])
    at = ", ".join(f"{(p <= level).mean():.3f} at {level}" for level in _LEVELS)
    missed = "" if share <= SUPPORTED else " — missed"
    say(f"  supported: {share:.1%} (at most {SUPPORTED:.0%}){missed}; of {len(p)} compared, p is under: {at}")
    return share <= SUPPORTED
