"""Caveats: what could explain a finding other than harm, from what is known of the data, the area and the time."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from geo.calendar import lockdowns, months
from geo.calendar import periods as p
from geo.findings.finding import Finding, FindingKind
from geo.maps.measure import FEW_RESIDENTS
from geo.statistics.emerging import Pattern
from geo.views.scene import Scene

MOSTLY: Final = 0.7  # share of a finding's incidents in one of several areas, from which it is worth saying
REPORTING: Final = "fuller reporting"
LESS_REPORTING: Final = "less reporting"
# Said of all but police series: whoever brings incidents in, a school, a council or the police, may write down more.
RECORDING: Final = "more being written down than before"
LESS_RECORDING: Final = "less being written down than before"
POLICE: Final = "police searches, which find drugs where they are made"
FEWER_SEARCHES: Final = "fewer police searches"
RULES: Final = "breaches of Covid rules, often recorded as anti-social behaviour"


def caveats(found: Finding, scene: Scene, of_police: bool) -> tuple[str, ...]:
    """List what else could explain a finding, the most telling first; there is always one.

    ``of_police`` says whether the counts are a police series: of any other nobody is said to have recorded them.
    """
    fewer = found.kind is FindingKind.FALL or found.pattern is Pattern.HISTORICAL
    searches = FEWER_SEARCHES if fewer else POLICE
    sentences = [
        _hub(found, scene) if found.kind is FindingKind.PATTERN else "",
        _lockdown(found),
        _missing(found, scene),
        searches if of_police and "substances" in found.harms else "",
        _one_area(found, scene),
        _recording(of_police=of_police, fewer=fewer),
    ]
    return tuple(one for one in sentences if one)[:3]


def _recording(*, of_police: bool, fewer: bool) -> str:
    if fewer:
        return LESS_REPORTING if of_police else LESS_RECORDING
    return REPORTING if of_police else RECORDING


def _hub(found: Finding, scene: Scene) -> str:
    first = found.units[0]
    residents = scene.view.units.residents[first]
    if residents < FEW_RESIDENTS:
        return f"a place that many pass through and where few live ({residents:,.0f} residents)"
    counts = scene.view.cube.n[:, :, :].sum(axis=(1, 2))
    share = np.mean(counts <= counts[first])
    return "a busy centre where much of everything is recorded" if share >= 0.98 else ""


def _lockdown(found: Finding) -> str:
    """Say what a lockdown may have to do with it, in the finding's months or in those it is compared with."""
    if found.kind is FindingKind.PATTERN or p.is_half_term(found.periods[0]):
        return ""
    if lockdowns.MONTHS & set(found.periods):
        return f"the lockdown then, and {RULES}" if "asb" in found.harms else "the lockdown then"
    changed = found.kind in (FindingKind.RISE, FindingKind.FALL)
    first = found.periods[0]
    compared = (
        p.year_before(found.periods) if changed else months.between(months.shift(first, -12), months.shift(first, -1))
    )
    if not lockdowns.MONTHS & set(compared):
        return ""
    if found.rising:
        return "life coming back after the lockdowns"
    return RULES if "asb" in found.harms else "the lockdown a year before"


def _missing(found: Finding, scene: Scene) -> str:
    lacking = [period for period, there in zip(scene.periods, scene.supplied, strict=True) if not there]
    within = [period for period in lacking if found.periods[0] <= period <= found.periods[-1]]
    return f"the missing {_listed(within)}" if within else ""


def _one_area(found: Finding, scene: Scene) -> str:
    if len(found.units) == 1 or found.share < MOSTLY:
        return ""
    return f"one address or one night, since most of them lie in {scene.view.units.names[found.units[0]]}"


def _listed(missing: Sequence[str]) -> str:
    return ", ".join(p.say(period) for period in missing)
