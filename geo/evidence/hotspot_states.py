"""Hotspot states: of each known hotspot that is not closed, whether the latest year of data near it supports it.

Supported: more happened near it than near 19 in 20 places like it around (``geo.statistics.excess``), and of all that
are called so in a register, one in five at most is by chance (Benjamini and Hochberg 1995). Held to one in twenty, a
register of forty would hardly have more than its hottest entry called supported. Quiet: that much could be told, and is
not there. Not testable: too little is expected there for either.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo import columns as c
from geo.areas.area_set import DEGREES, METRES
from geo.arrays import Floats
from geo.calendar import periods as p
from geo.calendar.data_age import data_age
from geo.disclosure import THRESHOLD
from geo.evidence.beside import NOT_RECORDED, Held, Source
from geo.evidence.register_evidence import HotspotState
from geo.harms import counted_of, spoken_groups
from geo.register.hotspot import Hotspot
from geo.statistics.change_apart import ChangeApart
from geo.statistics.false_discovery import benjamini_hochberg, holm
from geo.wording import count, figure

SIGNIFICANCE: Final = 0.05  # of places like it hold as much, at most, where an entry is called supported
FALSE: Final = 0.2  # of those called supported, that chance may have brought
FEWEST: Final = 10  # incidents observed and expected together, under which nothing is said; twice that if protected
EXPECTED: Final = 5.0  # under which a place that holds little is not called quiet
STATE: Final = "state"
SENTENCE: Final = "sentence"
_FIGURES: Final = ("observed", "expected", "low", "high", "p")
NO_DATA: Final = "Not testable: there are no incidents to set beside it yet."
_CLOSED: Final = "closed"


@dataclass(frozen=True)
class _Looked:
    """What one source says near one hotspot, of which of its harm groups."""

    source: Source
    harms: tuple[str, ...]
    held: Held

    @property
    def expected(self) -> float:
        return self.held.excess.expected if self.held.excess else 0.0

    @property
    def told(self) -> bool:
        """Whether there is enough to say anything."""
        found, least = self.held.excess, FEWEST * (2 if self.source.protected else 1)
        return found is not None and found.observed + found.expected >= least


def states(entries: Sequence[Hotspot], sources: Sequence[Source], today: date) -> pd.DataFrame:
    """Return what data say of each entry that is not closed, as ``RegisterEvidence.states`` has it.

    Of the ``sources``, those to be preferred first, the first that expects enough near an entry speaks of it.
    """
    open_ones = [one for one in entries if one.status != _CLOSED]
    shapes = gpd.GeoSeries([one.shape for one in open_ones], crs=DEGREES).to_crs(METRES)
    beside = [replace(source, known=tuple(shapes)) for source in sources]
    looked = [_look(one, shape, beside) for one, shape in zip(open_ones, shapes, strict=True)]
    found = [None if one is None else one.held.excess for one in looked]
    high = _high(np.array([np.nan if one is None else one.p for one in found], dtype=np.float64))
    moved = _moved([None if one is None else one.held.change for one in looked])
    rows = [
        {c.REFERENCE: entry.reference, **_row(one, above, change, today)}
        for entry, one, above, change in zip(open_ones, looked, high, moved, strict=True)
    ]
    return pd.DataFrame(rows, columns=[c.REFERENCE, STATE, SENTENCE, *_FIGURES]).astype(
        dict.fromkeys(_FIGURES, "float64")
    )


def _high(p_values: Floats) -> list[bool]:
    """Return which entries stand out, among places like them and among all that are looked at."""
    if not len(p_values):
        return []
    return [bool(each) for each in (p_values <= SIGNIFICANCE) & (benjamini_hochberg(p_values) <= FALSE)]


def _moved(changes: Sequence[ChangeApart | None]) -> list[str]:
    """Say of each entry what it did since a year before, apart from its surroundings; "" where that cannot be told."""
    adjusted = holm(np.array([np.nan if one is None else one.p for one in changes], dtype=np.float64))
    said = []
    for one, p_value in zip(changes, adjusted, strict=True):
        way = "no clear change"
        if one is not None and p_value <= SIGNIFICANCE:
            way = f"a {'rise' if one.rose else 'fall'} apart from what its surroundings did"
        said.append("" if one is None else f"A year before it was {one.before:,.0f}: {way}.")
    return said


def _look(entry: Hotspot, shape: shapely.Geometry, sources: Sequence[Source]) -> _Looked | None:
    """Look near an entry in each source until one expects enough; else that which says most."""
    asked = (entry.harm, *entry.other_harms)
    best: _Looked | None = None
    for source in sources:
        harms = tuple(code for code in dict.fromkeys(asked) if code in source.harms)
        held = source.near(shape, harms) if harms else Held("", why=NOT_RECORDED.format(harms=spoken_groups(asked)))
        one = _Looked(source, harms or asked, held)
        if one.expected >= EXPECTED:
            return one
        if best is None or (one.held.excess and not best.held.excess):
            best = one
    return best


def _row(one: _Looked | None, high: bool, moved: str, today: date) -> dict[str, object]:
    if one is None:
        return {STATE: HotspotState.NOT_TESTABLE.value, SENTENCE: NO_DATA}
    if one.told and high:
        state = HotspotState.SUPPORTED
    elif one.told and one.expected >= EXPECTED:
        state = HotspotState.QUIET
    else:
        state = HotspotState.NOT_TESTABLE
    said = _not_testable(one) if state is HotspotState.NOT_TESTABLE else _tested(one, state, moved)
    age = data_age(one.source.periods[-1], today)
    row: dict[str, object] = {STATE: state.value, SENTENCE: " ".join(filter(None, (said, age)))}
    return row if state is HotspotState.NOT_TESTABLE else row | _figures(one)


def _figures(one: _Looked) -> dict[str, float]:
    """Return the figures of a test; of protected data nothing that tells of fewer than 10."""
    found = one.held.excess
    assert found is not None  # noqa: S101 - what is tested was compared
    if not one.source.protected:
        return {name: getattr(found, name) for name in _FIGURES}
    expected = 5.0 * round(found.expected / 5)
    if found.observed < THRESHOLD:
        return {"expected": expected}
    return {name: getattr(found, name) for name in _FIGURES} | {"expected": expected}


def _tested(one: _Looked, state: HotspotState, moved: str) -> str:
    """Say what was counted where and when, what was to be expected, and how far places like it differ."""
    found, protected = one.held.excess, one.source.protected
    assert found is not None  # noqa: S101 - what is tested was compared
    held = counted_of(count(found.observed, protected=protected), one.harms)
    expected, most = (
        figure(5 * round(each / 5) if protected else each, protected=protected)
        for each in (found.expected, found.usual)
    )
    about = expected if protected else f"about {expected}"
    if state is HotspotState.SUPPORTED:
        said = f"more than its surroundings lead one to expect ({about})"
    elif found.observed <= found.expected:
        said = f"no more than its surroundings lead one to expect ({about})"
    else:
        said = (
            f"not clearly more than its surroundings lead one to expect ({about}, and 19 in 20 places like it hold "
            f"up to {most})"
        )
    when = p.say_range(one.source.periods)
    whole = f"{state.value.capitalize()}: {held} {one.held.reach} in {when}, {said}."
    return " ".join(filter(None, (whole, moved, f"Source: {one.source.title}.")))


def _not_testable(one: _Looked) -> str:
    when = p.say_range(one.source.periods)
    if one.held.excess is None:
        return f"Not testable: {one.held.why}. Source: {one.source.title}, {when}."
    of = spoken_groups(one.harms)
    return (
        f"Not testable: too few incidents of {of} happen {one.held.reach} or around it to tell ({when}); "
        f"this does not mean that nothing happens there. Source: {one.source.title}."
    )
