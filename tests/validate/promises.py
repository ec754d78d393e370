"""What findings promise, tried: told rates of nulls, and power, each printed beside what it was before."""

import argparse
import os
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.pool import Pool
from pathlib import Path
from typing import Final

from tests.validate import figures, power, south_yorkshire, tables, told_rates
from tests.validate.figures import BEFORE, Figures
from tests.validate.sources import POINTS, REAL, nulls_there

TOLD, POWER = "told", "power"
COUNTIES, SCHOOLS = 10, 6  # worlds of each null; of a school's, each is searched around every school
PLANTED_COUNTIES, PLANTED_SCHOOLS = 4, 24  # worlds of each thing planted, each searched once
_NO_POWER_IN: Final = (POINTS, "areas shuffled")  # there is no level of a place in which to plant anything


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what can be asked of these parts."""
    parser.add_argument("--nulls", default="", help="names of nulls, separated by commas; all of them if left out")
    parser.add_argument("--counties", type=int, help=f"worlds searched as a county ({COUNTIES}, {PLANTED_COUNTIES})")
    parser.add_argument("--schools", type=int, help=f"worlds searched around schools ({SCHOOLS}, {PLANTED_SCHOOLS})")
    parser.add_argument("--before", type=Path, default=BEFORE, help="a file of figures to set beside")
    parser.add_argument("--out", type=Path, help="a file to keep the figures in; what it has of other parts stays")
    parser.add_argument("--about", default="", help="what the figures in that file are of")


def be_nice() -> None:
    """Let other programs come first."""
    os.nice(5)


def try_told(pool: Pool, asked: argparse.Namespace, say: Callable[[str], None]) -> bool:
    """Measure and print told rates; answer whether all are as promised."""
    if not south_yorkshire.there():
        say(south_yorkshire.ABSENT)
    nulls = [name for name in nulls_there() if not asked.nulls or name in asked.nulls.split(",")]
    real = (REAL,) if south_yorkshire.there() else ()
    counties, schools = _or(asked.counties, COUNTIES), _or(asked.schools, SCHOOLS)
    now = told_rates.measure(pool, (*real, *nulls), counties, schools, asked.seed)
    for line in tables.rates(now, figures.read(asked.before).told):
        say(line)
    missed = tables.missed(now)
    say(f"Told too often: {'; '.join(missed) or 'nothing'}.")
    _keep(asked, lambda old: replace(old, told={**old.told, **now}))
    return not missed


def try_power(pool: Pool, asked: argparse.Namespace, say: Callable[[str], None]) -> bool:
    """Measure and print power; answer whether all is told that can be."""
    every = [name for name in nulls_there() if name not in _NO_POWER_IN]
    nulls = [name for name in every if not asked.nulls or name in asked.nulls.split(",")]
    best = power.best(pool, nulls)
    counties, schools = _or(asked.counties, PLANTED_COUNTIES), _or(asked.schools, PLANTED_SCHOOLS)
    now = power.measure(pool, nulls, counties, schools, asked.seed)
    for line in tables.powers(now, figures.read(asked.before).power, best):
        say(line)
    unheard = tables.unheard(now, best)
    say(f"Told too seldom: {'; '.join(unheard) or 'nothing'}.")
    _keep(asked, lambda old: replace(old, power={**old.power, **now}))
    return not unheard


def _or(asked: int | None, usual: int) -> int:
    return usual if asked is None else asked


def _keep(asked: argparse.Namespace, add: Callable[[Figures], Figures]) -> None:
    if asked.out:
        kept = add(figures.read(asked.out))
        figures.write(asked.out, replace(kept, about=asked.about or kept.about))
