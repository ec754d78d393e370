"""``python -m tests.validate [PART …] [--simulations N] [--whole] …`` tries the statistics where truth is known.

``places``: simulated places without clusters but the planted ones, three neighbouring areas at three times the rate for
three periods. Where 60 cases were expected there otherwise, they have to be found; how many are found where 20 were is
told beside. Two hundred of everything in one district take 20 minutes on two busy processors. ``charts``: control
charts of 1,000 series of each kind, however many ``--simulations`` are asked for. ``told``: nulls of South Yorkshire
and made-up ones, in which a search may hardly tell anything. ``register``: entries at random street points, of which
hardly any may be called supported, and what is planted in demonstration towns, which has to be told. ``marks``:
sessions that agree with what is recorded and sessions that do not. ``way-home``: made-up towns with a dangerous stretch
on the way home and without. ``power``: what was planted in nulls, which a search has to tell. ``told`` and ``power``
print what was measured before beside what is now (``promises`` lists their options).
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

from tests.validate import control_charts, hot_spots, promises, register, safety_marks, scanning, way_home
from tests.validate.places import Place, places

PARTS: Final = ("places", "charts", register.REGISTER, "marks", "way-home", promises.TOLD, promises.POWER)
SIMULATIONS: Final = 200
MOST_PLACES: Final = 0.10  # in which the scan may find what is not there
MOST_AREAS: Final = 0.05  # that may be flagged without a reason
LEAST_FOUND: Final = 0.90  # of the planted clusters
USUAL: Final = (60, 20)  # cases expected in a planted cluster, were it as everywhere; the bar is for the first


def main() -> int:
    """Simulate, and say how it went; answer 1 when a bar was missed."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.validate", description="Try statistics where truth is known."
    )
    parser.add_argument("part", nargs="*", metavar="PART", help=f"{', '.join(PARTS)}; all of them if left out")
    parser.add_argument("--simulations", type=int, default=SIMULATIONS, help=f"how many of each ({SIMULATIONS})")
    parser.add_argument("--seed", type=int, default=0, help="the seed of the first simulation")
    parser.add_argument("--whole", action="store_true", help="not only a district, but all of South Yorkshire too")
    promises.add_options(parser)
    asked = parser.parse_args()
    if unknown := set(asked.part) - set(PARTS):
        parser.error(f"A part must be one of {', '.join(PARTS)}, and {', '.join(sorted(unknown))} is none.")
    parts = asked.part or PARTS
    begun = time.perf_counter()
    good = []
    with multiprocessing.get_context("spawn").Pool(2, promises.be_nice) as pool:
        if "places" in parts:
            good += _places(pool, asked)
        if "charts" in parts:
            good += _control_charts(asked.seed)
        if register.REGISTER in parts:
            good.append(register.try_register(pool, asked, _say))
        if "marks" in parts:
            good += _marks(asked)
        if "way-home" in parts:
            good += _way_home(pool, range(asked.seed, asked.seed + asked.simulations))
        if promises.TOLD in parts:
            good.append(promises.try_told(pool, asked, _say))
        if promises.POWER in parts:
            good.append(promises.try_power(pool, asked, _say))
    _say(f"{time.perf_counter() - begun:.0f} seconds. {'Everything holds.' if all(good) else 'It does not hold.'}")
    return 0 if all(good) else 1


def _places(pool: Pool, asked: argparse.Namespace) -> list[bool]:
    """Try what looks for places."""
    seeds = range(asked.seed, asked.seed + asked.simulations)
    return [
        held for place in places(asked.whole) for held in (*_hot_spots(pool, place, seeds), *_scan(pool, place, seeds))
    ]


def _hot_spots(pool: Pool, place: Place, seeds: range) -> list[bool]:
    """Try Gi*."""
    _say(f"Gi* in {place.name}, {len(place.shapes)} areas, {len(seeds)} simulations")
    good = []
    for rate in hot_spots.RATES:
        share = _mean(pool, partial(hot_spots.flagged, place, rate), seeds)
        good.append(_at_most(f"areas flagged without a cluster, {rate:g} cases in an area", share, MOST_AREAS))
    for usual in USUAL:
        share = _mean(pool, partial(hot_spots.found, place, usual), seeds)
        good.append(_at_least(f"planted clusters found, {usual} cases expected", share, usual >= max(USUAL)))
    return good


def _scan(pool: Pool, place: Place, seeds: range) -> list[bool]:
    """Try the scan."""
    _say(f"Space-time scan in {place.name}, {len(place.shapes)} areas, {len(seeds)} simulations")
    good = []
    for kind, rate in product(scanning.KINDS, scanning.RATES):
        share = _mean(pool, partial(scanning.false_alarm, place, rate, kind), seeds)
        what = f"places flagged without a cluster, {rate:g} cases a period, {kind}"
        good.append(_at_most(what, share, MOST_PLACES))
    for kind, usual in product(scanning.KINDS, USUAL):
        share = _mean(pool, partial(scanning.found, place, usual, kind), seeds)
        good.append(_at_least(f"planted clusters found, {usual} cases expected, {kind}", share, usual >= max(USUAL)))
    return good


def _marks(asked: argparse.Namespace) -> list[bool]:
    """Try what tells where young people's marks and records disagree."""
    _say(f"Safety marks, {asked.simulations} sessions of each kind")
    good = []
    for marks in (150, 250, 400, 600):
        share = safety_marks.told_wrongly(asked.simulations, marks, asked.seed)
        good.append(_at_most(f"told though all places feel alike, {marks} marks", share, safety_marks.MOST_TOLD))
    for kind, enough in safety_marks.ENOUGH.items():
        for marks in (150, 250, 400, 600, 800):
            share = safety_marks.found(asked.simulations, marks, kind, asked.seed)
            good.append(_at_least(f"found, {kind}, {marks} marks", share, False) or marks < enough)
        share = safety_marks.found(asked.simulations, enough, kind, asked.seed)
        good.append(share >= safety_marks.LEAST_FOUND)
    return good


def _control_charts(seed: int) -> list[bool]:
    """Try control charts."""
    series = control_charts.SERIES
    _say(f"Control charts, {series:,} series of {control_charts.PERIODS} periods; signals a series without any change")
    published = control_charts.known_limits(20 * series, seed)
    bar = control_charts.told(published)
    alone = ", ".join(f"{rule} {often:.3f}" for rule, often in control_charts.by_rule(published).items())
    _say(f"  the rules themselves, by limits that are known: {bar:.2f} (each alone: {alone})")
    good = []
    for kind, one in control_charts.STABLE.items():
        for mean in control_charts.MEANS[kind]:
            often = one(mean, series, seed)
            good.append(often <= bar)
            missed = "" if good[-1] else " — missed"
            _say(f"  {kind}, {mean:g} a period: {often:.2f} (at most {bar:.2f}){missed}")
    good += _baselines(series, seed)
    for mean, way in product(control_charts.STEPPING, control_charts.TIMES):
        share = control_charts.step_found(mean, way, series, seed)
        what = f"steps {way} by half seen in {control_charts.AFTER} periods, {mean} a period before"
        good.append(_at_least(what, share, mean >= control_charts.SURE))
    for mean, way in product(control_charts.MEANS["waits"], control_charts.TIMES_RARE):
        share = control_charts.rare_step_found(mean, way, series, seed)
        times = f"{control_charts.TIMES_RARE[way]:g} times"
        what = f"steps to {times} {mean:g} a period seen by waits in {control_charts.AFTER_RARE} periods"
        good.append(_at_least(what, share, False))
    return good


def _way_home(pool: Pool, seeds: range) -> list[bool]:
    """Try which stretches of the way home are named, where one is dangerous and where none is."""
    _say(f"Stretches of the way home, {len(seeds)} made-up towns of each kind")
    good = []
    for tail, alike in product(way_home.TAILS, way_home.ALIKE):
        kind = f"{tail} tail, neighbours {'alike' if alike else 'each by themselves'}"
        named = _mean(pool, partial(way_home.named_without_reason, tail, alike), seeds)
        good.append(_at_most(f"towns where one is named without a reason, {kind}", named, MOST_AREAS))
        for times in way_home.TIMES:
            found = _mean(pool, partial(way_home.found, tail, alike, times), seeds)
            barred = times >= max(way_home.TIMES) and alike > 0
            good.append(_at_least(f"planted stretches found, {times:g} times as many, {kind}", found, barred))
    return good


def _baselines(series: int, seed: int) -> list[bool]:
    """Try control charts on short baselines, on bursty ones, and on those with odd periods in them."""
    good = []
    for periods, mean in product(control_charts.SHORT, control_charts.MEANS["counts"]):
        bar = control_charts.told(control_charts.known_limits(20 * series, seed, periods))
        often = control_charts.counts_of(mean, series, seed, periods)
        good.append(often <= bar)
        missed = "" if good[-1] else " — missed"
        _say(f"  counts, {mean:g} a period, {periods} periods: {often:.2f} (at most {bar:.2f}){missed}")
    ranges = control_charts.by_ranges
    for times, mean in product(control_charts.BURSTS, control_charts.BURSTING):
        often, before = (control_charts.bursts_of(mean, times, series, seed, *by) for by in ((), (ranges,)))
        _say(
            f"  bursts of {times:g} times the variance, {mean:g} a period: {often:.2f} (by moving ranges {before:.2f})"
        )
    for odd, mean, way in product(((0, 1.0), *control_charts.ODD), control_charts.STEPPING[:3], control_charts.TIMES):
        found, before = (control_charts.step_found(mean, way, series, seed, odd, *by) for by in ((), (ranges,)))
        what = f"steps {way} by half, {mean} a period, {odd[0]} odd periods before of {odd[1]:g} times as much"
        _say(f"  {what}: {found:.1%} (by moving ranges {before:.1%})")
    return good


def _mean(pool: Pool, one: Callable[[int], float], seeds: range) -> float:
    found = pool.map(one, seeds, chunksize=5)
    return sum(found) / len(found)


def _at_most(what: str, share: float, bar: float) -> bool:
    _say(f"  {what}: {share:.1%} (at most {bar:.0%}){'' if share <= bar else ' — missed'}")
    return share <= bar


def _at_least(what: str, share: float, barred: bool) -> bool:
    """Say what was found; where the bar is not for so few cases, that is all."""
    if not barred:
        _say(f"  {what}: {share:.1%}")
        return True
    _say(f"  {what}: {share:.1%} (at least {LEAST_FOUND:.0%}){'' if share >= LEAST_FOUND else ' — missed'}")
    return share >= LEAST_FOUND


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
