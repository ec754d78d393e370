"""Emerging hot spots: which areas are hot, since when, and whether they are getting hotter or cooler.

Each area gets a series of Gi* scores over its neighbourhood in space and time (itself and its neighbours, in a step
and in the one before), a state in each step, a trend, and from these one pattern. Source: ESRI, How Emerging Hot Spot
Analysis works; its classes are put in a fixed order and without gaps, so that an area always has exactly one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array, eye_array, kron
from scipy.stats import false_discovery_control, norm

from geo.arrays import Floats
from geo.errors import ThinDataError
from geo.statistics.gi_star import gi_star
from geo.statistics.mann_kendall import MannKendall, inflation_of, mann_kendall
from geo.statistics.time_steps import MIN_STEPS, expected, known_steps

SIGNIFICANCE: Final = 0.05
MOSTLY: Final = 0.9  # of the steps; a place that is hot in as many is so consistently
MIN_AREAS: Final = 20  # fewer cannot say what is usual
MIN_EXPECTED: Final = 5.0  # incidents in a usual neighbourhood, under which scores follow single incidents
HOT: Final = 1
COLD: Final = -1
WORDS: Final = {HOT: "hot", COLD: "cold", 0: "neither"}
UNKNOWN: Final = "not known"

States = npt.NDArray[np.integer] | npt.NDArray[np.floating]


class Pattern(IntEnum):
    """How an area has been hot, or cold (below zero), over the steps; a cold pattern is its hot one below zero."""

    NONE = 0
    NEW = 1
    CONSECUTIVE = 2
    INTENSIFYING = 3
    PERSISTENT = 4
    DIMINISHING = 5
    SPORADIC = 6
    OSCILLATING = 7
    HISTORICAL = 8
    COLD_NEW = -1
    COLD_CONSECUTIVE = -2
    COLD_INTENSIFYING = -3
    COLD_PERSISTENT = -4
    COLD_DIMINISHING = -5
    COLD_SPORADIC = -6
    COLD_OSCILLATING = -7
    COLD_HISTORICAL = -8


@dataclass(frozen=True)
class Emerged:
    """What was found: by area × step ``z`` and ``states`` (1 hot, −1 cold, 0 neither), by area the rest.

    A missing step is NaN in both. ``patterns`` are values of ``Pattern``.
    """

    z: Floats
    states: Floats
    trends: MannKendall
    patterns: npt.NDArray[np.int8]


def space_time_gi(counts: Floats, graph: csr_array, whole_cube: bool = False) -> Floats:
    """Return how far each area's neighbourhood in space and time is above or below what chance gives; area × step.

    The neighbourhood is the area and its neighbours, in the step and in the one before (the first step, and one that
    follows a missing one, has only itself). Each area's two counts are added, vⱼ = xⱼ(t) + xⱼ(t−1), and the sums get
    the Gi* of Getis and Ord (``geo.statistics.gi_star``), for k areas out of n with their mean v̄ and variance S²:

        z = (Σⱼ vⱼ − k·v̄) / (S·√[k(n−k)/(n−1)])

    So each of the two steps is compared with its own mean, and a rise everywhere lights no area. The variance is
    exactly that of the sum when whole areas, with their histories, change places at random: z has mean 0 and variance
    1 where nothing lies together. Taking the 2k counts as 2k draws from 2n would not do: places keep their level, so
    that two counts of one area are nearly one count twice, and z would have a variance of about 1 + r, where r is the
    correlation between the steps. Nor are steps standardised before they are added: a cluster widens the S of its own
    step, and would then hardly count in its first one, be it ever so large.

    ``whole_cube`` compares with the mean and S of all steps instead, so that what rises everywhere is hot. NaN in a
    missing step; 0 in a step in which all areas are alike.
    """
    z, known = np.full(counts.shape, np.nan), known_steps(counts)
    if known.any():
        there = counts[:, known]
        # A step alone counts twice, so that it can be compared with the others across the cube.
        sums = there + np.where(_looking_back(known), np.roll(there, 1, axis=1), there)
        z[:, known] = np.nan_to_num(_across_the_cube(sums, graph) if whole_cube else gi_star(sums, graph))
    return z


def shares(counts: Floats, graph: csr_array) -> Floats:
    """Return each neighbourhood's share of all incidents, in a step and the one before, as scores have them.

    NaN in a missing step, 0 where nothing happened.
    """
    found, known = np.full(counts.shape, np.nan), known_steps(counts)
    if known.any():
        there = counts[:, known]
        sums = there + np.where(_looking_back(known), np.roll(there, 1, axis=1), 0.0)
        found[:, known] = (sums + graph @ sums) / np.maximum(sums.sum(axis=0), 1.0)
    return found


def hot_and_cold(z: Floats) -> Floats:
    """Return the state of each area in each step: 1 hot, −1 cold, 0 neither; NaN in a missing step.

    Significant at 95 %, two-sided, after the correction of Benjamini and Hochberg (1995) over the areas of the step.
    An area that holds very many lights its neighbours too, wherever it lies: shuffling the areas of South Yorkshire
    leaves 1 to 2 % of them hot, where 5 % are.
    """
    states = np.full(z.shape, np.nan)
    known = known_steps(z)
    scores = z[:, known]
    p = false_discovery_control(2 * norm.sf(np.abs(scores)), axis=0)
    states[:, known] = np.where(p < SIGNIFICANCE, np.sign(scores), 0.0)
    return states


def emerging(counts: Floats, graph: csr_array, whole_cube: bool = False) -> Emerged:
    """Return each area's scores, states, trend and pattern from counts by area × step.

    The method is ESRI's emerging hot spot analysis. ``graph`` says who neighbours whom (``geo.areas.contiguity``).
    Missing steps (NaN) are left out. A trend is a Mann–Kendall test at 5 % of each neighbourhood's share of all
    incidents (``shares``), which allows for each step being in two of them. The published method tests the scores:
    these grow with the number of incidents, so that a rise everywhere makes every hot area seem to gain on the others.
    Raises ThinDataError for fewer than 10 steps, fewer than 20 areas, or fewer than 5 incidents
    expected in a usual neighbourhood.

    An area is compared with the others, not with its own past: one that always had more is not new when it has more
    still. What moves between neighbours stays in their neighbourhoods and is not seen here.

    Protected counts are rounded to fives. That adds the same chance to every area: it widens S and hides weak
    patterns, and makes none.
    """
    _require_enough(counts, graph)
    z = space_time_gi(counts, graph, whole_cube)
    moving = z if whole_cube else shares(counts, graph)
    states, trends = hot_and_cold(z), mann_kendall(moving, _shared(known_steps(z)))
    return Emerged(z, states, trends, classify(states[:, known_steps(z)], trends.direction))


def classify(states: States, trends: npt.NDArray[np.integer]) -> npt.NDArray[np.int8]:
    """Return each area's ``Pattern``, from its states and the direction of its z scores.

    ``states`` (area × step, oldest first) holds 1 for hot, −1 for cold, 0 for neither and no missing step; ``trends``
    holds 1 where an area's z scores rise, −1 where they fall, else 0. In this order:

    1. hot in 90 % of the steps or more: *historical* when the last step is not hot; else *intensifying* when z rises,
       *diminishing* when it falls, *persistent* when it does neither;
    2. hot in the last step: *oscillating* when ever cold; *new* when hot in no step before; *consecutive* when its hot
       steps are one unbroken run of two or more up to the last; else *sporadic*;
    3. hot in some step and never cold: *sporadic*; otherwise the same is asked about cold.
    """
    hot = _hot_patterns(states, trends)
    cold = _hot_patterns(-states, -trends)
    return np.where(hot != Pattern.NONE, hot, -cold).astype(np.int8)


def strip(states: npt.NDArray[np.floating]) -> Sequence[str]:
    """Name one area's states, oldest first: "hot", "cold", "neither", or "not known" for a missing step (NaN)."""
    return [UNKNOWN if np.isnan(state) else WORDS[int(state)] for state in states]


def _require_enough(counts: Floats, graph: csr_array) -> None:
    there, areas = int(known_steps(counts).sum()), len(counts)
    what = "Telling new hot spots from lasting ones needs"
    if there < MIN_STEPS:
        raise ThinDataError(
            f"{what} at least {MIN_STEPS} steps of time with figures, and there are {there}; "
            "choose a longer time, or look at the map of counts instead."
        )
    if areas < MIN_AREAS:
        raise ThinDataError(
            f"{what} at least {MIN_AREAS} areas to compare, and there are {areas}; "
            "choose smaller areas or a larger part of the map, or look at the trend of each area instead."
        )
    found = expected(counts, graph)
    if found < MIN_EXPECTED:
        raise ThinDataError(
            f"{what} at least {MIN_EXPECTED:.0f} incidents in a usual area with its neighbours over two steps, "
            "and there are fewer; choose more kinds of harm together or larger areas, "
            "or look at the total of all periods instead."
        )


def _looking_back(known: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Return which known steps look back at the one before; a step after a gap does not look across it."""
    return np.asarray(np.concatenate([[False], known[:-1]])[known])


def _shared(known: npt.NDArray[np.bool_]) -> float:
    """Return by how much the variance of a trend of scores is inflated, as each step is in two scores in a row."""
    looks_back = _looking_back(known).astype(np.float64)
    return _inflation(tuple(looks_back[1:].tolist()))


@lru_cache(maxsize=64)  # it depends on which steps there are alone, and takes longer than all else
def _inflation(looks_back: tuple[float, ...]) -> float:
    return inflation_of(np.eye(len(looks_back) + 1) + np.diag(looks_back, k=-1))


def _across_the_cube(values: Floats, graph: csr_array) -> Floats:
    """Return Gi* against the areas of all steps: all values in one column, linked within their own step only."""
    steps = values.shape[1]
    links = csr_array(kron(eye_array(steps, dtype=graph.dtype), graph))
    return np.asarray(gi_star(values.T.reshape(-1), links).reshape(steps, -1).T)


def _hot_patterns(states: States, trends: npt.NDArray[np.integer]) -> npt.NDArray[np.int64]:
    hot, steps = states == HOT, states.shape[1]
    times = hot.sum(axis=1)
    mostly = times >= MOSTLY * steps - 1e-9
    last = hot[:, -1]
    ever_cold = (states == COLD).any(axis=1)
    unbroken = times == _run_at_the_end(hot)
    rules: Sequence[tuple[npt.NDArray[np.bool_], Pattern]] = (
        (mostly & ~last, Pattern.HISTORICAL),
        (mostly & (trends > 0), Pattern.INTENSIFYING),
        (mostly & (trends < 0), Pattern.DIMINISHING),
        (mostly, Pattern.PERSISTENT),
        (last & ever_cold, Pattern.OSCILLATING),
        (last & (times == 1), Pattern.NEW),
        (last & unbroken, Pattern.CONSECUTIVE),
        (last, Pattern.SPORADIC),
        ((times > 0) & ~ever_cold, Pattern.SPORADIC),
    )
    return np.select([met for met, _ in rules], [int(pattern) for _, pattern in rules], int(Pattern.NONE))


def _run_at_the_end(hot: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """Count the hot steps in one run up to the last step; 0 where the last is not hot."""
    backwards = hot[:, ::-1]
    return np.asarray(np.where(backwards.all(axis=1), hot.shape[1], np.argmin(backwards, axis=1)))
