"""Tables of what was measured, beside what was before: told rates by null and kind, and power by what was planted."""

from collections.abc import Iterator, Mapping
from typing import Final

from scipy.stats import binom

from tests.validate import power
from tests.validate.around_school import NEAR
from tests.validate.nulls import NULLS
from tests.validate.power import LEAST, Powers
from tests.validate.sources import POINTS, REAL, judged
from tests.validate.told import KINDS
from tests.validate.told_rates import COUNTY, MOST, SCHOOL, SURE, Rate, Rates

EVERY: Final = (*KINDS, *NEAR)
_FALSE: Final = (*NULLS, POINTS)  # nulls that can be set beside what is told of the same places as they are


def rates(now: Rates, before: Rates) -> Iterator[str]:
    """Write the told rates, a line for each null, kind and reach."""
    yield f"Told rates: the share of searches that tell anything where nothing is going on, {MOST:.0%} at most"
    yield f"  {'':26}{'':7}{'before':>9}  {'now':>14}  {'a search':>8}  {'as it is':>8}  false"
    for null in dict.fromkeys(key[0] for key in now if key[0] != REAL):
        yield f" {null}"
        for kind in EVERY:
            for scope in (COUNTY, SCHOOL):
                if (null, scope, kind) in now:
                    yield _rate(null, scope, kind, now, before)


def missed(now: Rates) -> list[str]:
    """List what is told too often of a null, by more than chance has it."""
    every = ((key, one) for key, one in now.items() if key[0] != REAL and judged(key[0], key[2]))
    return [f"{' / '.join(key)} {one.rate:.1%}" for key, one in every if one.missed]


def _rate(null: str, scope: str, kind: str, now: Rates, before: Rates) -> str:
    one, real = now[null, scope, kind], now.get((REAL, scope, kind))
    was = before.get((null, scope, kind))
    there = "" if real is None else f"{real.mean:.2f}"
    verdict = "" if judged(null, kind) else "  true there, not judged"
    if judged(null, kind) and one.rate > MOST:
        verdict = "  missed" if one.missed else "  above, within chance"
    return (
        f"  {kind:26}{scope:7}{'' if was is None else f'{was.rate:.1%}':>9}  {one.rate:6.1%} ± {one.error:5.1%}  "
        f"{one.mean:8.2f}  {there:>8}  {_false(null, kind, one, real):8}{verdict}  ({one.searches} searches)"
    )


def _false(null: str, kind: str, one: Rate, real: Rate | None) -> str:
    """Say how much of what is told of real data is false by a null's own count: "1 in 20"."""
    if real is None or not real.told or null not in _FALSE or not judged(null, kind):
        return ""
    return f"1 in {real.mean / one.mean:.0f}" if one.told else "none"


def powers(now: Powers, before: Powers, best: Mapping[power.Key, float]) -> Iterator[str]:
    """Write how often what was planted is told, a line for each null, thing planted and reach."""
    yield f"Power: the share of worlds in which what was planted is told, {LEAST:.0%} at least where any test could"
    yield f"  {'':38}{'':7}{'before':>9}  {'now':>7}  {'at best':>7}"
    for null in dict.fromkeys(key[0] for key in now):
        yield f" {null}"
        for _, scope, what in (key for key in sorted(now, key=_order) if key[0] == null):
            worlds, found = now[null, scope, what]
            was, most = before.get((null, scope, what)), best.get((null, scope, what))
            share = "" if was is None else f"{was[1] / was[0]:.0%}"
            yield (
                f"  {what:38}{scope:7}{share:>9}  {found / worlds:7.0%}  {'' if most is None else f'{most:.0%}':>7}"
                f"{_verdict(worlds, found, most)}  ({worlds} worlds)"
            )


def _order(key: power.Key) -> tuple[int, str]:
    return [plant.name for plant in power.PLANTS].index(key[2]), key[1]


def _verdict(worlds: int, found: int, best: float | None) -> str:
    if found >= LEAST * worlds:
        return ""
    if best is not None and best < power.REACHABLE:
        return "  out of reach" if best < LEAST else "  hardly in reach"
    return "  under, within chance" if found >= binom.ppf(SURE, worlds, LEAST) else "  missed"


def unheard(now: Powers, best: Mapping[power.Key, float]) -> list[str]:
    """List what was planted and told too seldom, by more than chance has it, although a test could tell it."""
    verdicts = ((key, _verdict(*numbers, best.get(key))) for key, numbers in now.items())
    return [" / ".join(key) for key, verdict in verdicts if "missed" in verdict]
