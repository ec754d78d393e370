"""Wander: how much further places move over months and years than their scatter from month to month explains.

A place's level drifts: shops open, a school moves, people come and go. Each such move is small, and all places make
them; a finding has to stand out from them. How large they usually are is seen from the comparisons themselves, made at
many times and for all places: from how far half of them reach, so that the few which truly changed count for nothing
(an empirical null: Efron 2004, Journal of the American Statistical Association 99). A level that moves by some percent
moves a count by the more standard deviations of chance the larger it is: the variance of scores is 1 + wander × what is
expected.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from geo.arrays import Floats

_MEDIAN: Final = 0.6745  # standard deviations that half of normal values lie within
_LEAST: Final = 3.0  # incidents expected, under which a score takes too few values to have a spread
_MIN_GROUPS: Final = 10
_IN_A_BIN: Final = 30  # groups
_BINS: Final = 12
_FAR_OFF: Final = 3.0  # standard deviations, from which a group has changed and not wandered
_ROUNDS: Final = 3
_CLEAR: Final = 1.0  # standard deviations of what chance makes, from which places are seen to wander


def wander(scores: Floats, expected: Floats) -> float:
    """Return by how much the variance of scores grows with what is expected; less than 0 where they look too calm.

    Both arrays are group × comparison; scores are of variance 1 where chance and scatter are all there is. Groups are
    put together by what is expected of them, 30 or more at a time, so that few which truly changed are never half of
    them, and those which are far off are then left out. Of fewer than 10 groups nothing is known.
    """
    middle = expected.mean(axis=1)
    own = (np.median(np.abs(scores), axis=1) / _MEDIAN) ** 2
    kept, found = middle >= _LEAST, 0.0
    for _ in range(_ROUNDS):
        there = int(np.count_nonzero(kept))
        if there < _MIN_GROUPS:
            return 0.0
        bins = min(_BINS, max(1, there // _IN_A_BIN))
        parts = np.array_split(np.flatnonzero(kept)[np.argsort(middle[kept], kind="stable")], bins)
        more = np.array([np.median(own[part]) for part in parts]) - 1
        held = np.array([middle[part].mean() for part in parts])
        weight = 1 / (1 + max(found, 0.0) * held) ** 2  # a variance is off by so much the more, the larger it is
        found = float((weight * held * more).sum() / (weight * held**2).sum())
        kept &= own <= _FAR_OFF**2 * (1 + max(found, 0.0) * middle)
    return found


def beyond_chance(seen: float, by_chance: Sequence[float]) -> float:
    """Return what is seen of how places wander, as far as it is clearly more than chance makes it look.

    ``by_chance`` is what is seen of the same counts with their periods in random order, in which nothing wanders. Few
    places tell little: what is seen is drawn towards nothing, the more so the less it stands out (James and Stein
    1961).
    """
    more = seen - float(np.mean(by_chance))
    noise = _CLEAR * float(np.std(by_chance))
    return more * (1 - (noise / more) ** 2) if more > noise else 0.0
