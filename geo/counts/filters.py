"""Filters: what a person has chosen, and the counts that it leaves.

Sums of a protected cube leave here as they may be shown (``geo.disclosure``): 0 stands for fewer than 10.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo import columns as c
from geo import disclosure
from geo.arrays import Floats
from geo.calendar.periods import year_before
from geo.counts.cube import Counts, Cube
from geo.harms import HARM_GROUPS, category_label


@dataclass(frozen=True)
class Choice:
    """A person's filter: periods (a run of months or half-terms), harm groups, and one category or all.

    A category is looked at as itself, whether or not its harm group is among those chosen.
    """

    periods: tuple[str, ...]
    harms: tuple[str, ...]
    category: str | None = None

    def of(self, periods: Sequence[str]) -> "Choice":
        """Return the same choice for other periods."""
        return Choice(tuple(periods), self.harms, self.category)


@dataclass(frozen=True)
class TwoCounts:
    """A count, and that of the same periods a year before; ``before`` is None when they cannot be compared."""

    now: float
    before: float | None


def chosen_categories(cube: Cube, choice: Choice) -> list[int]:
    """Return the positions of the categories that a choice includes."""
    if choice.category is not None:
        return [index for index, category in enumerate(cube.categories) if category == choice.category]
    return [index for index, harm in enumerate(cube.harm) if harm in choice.harms]


def supplied(cube: Cube, choice: Choice) -> list[str]:
    """List the chosen periods for which the dataset holds figures."""
    there = set(cube.periods) - cube.missing
    return [period for period in choice.periods if period in there]


def not_supplied(cube: Cube, choice: Choice) -> list[str]:
    """List the chosen periods for which the dataset holds none: missing inside it, or outside those it covers."""
    have = set(supplied(cube, choice))
    return [period for period in choice.periods if period not in have]


def totals(cube: Cube, choice: Choice) -> Floats:
    """Return the incidents of each area, [area]; NaN everywhere when none of the chosen periods was supplied."""
    if not supplied(cube, choice):
        return np.full(len(cube.areas), np.nan)
    return _figures(cube, _chosen(cube, choice).sum(axis=(1, 2)))


def total(cube: Cube, choice: Choice, areas: Sequence[int] | None = None) -> float:
    """Return the incidents of some areas (positions) or of all; NaN when none of the chosen periods was supplied."""
    if not supplied(cube, choice):
        return float("nan")
    return float(_figures(cube, _chosen(cube, choice, areas).sum(keepdims=True))[0, 0, 0])


def with_year_before(cube: Cube, choice: Choice, areas: Sequence[int] | None = None) -> TwoCounts:
    """Return the count of the chosen periods and of the same a year before, in some areas (positions) or in all.

    Where a period is missing from either side, nothing is left out in silence: ``before`` is then None.
    """
    earlier = choice.of(year_before(choice.periods))
    comparable = not not_supplied(cube, choice) and not not_supplied(cube, earlier)
    return TwoCounts(total(cube, choice, areas), total(cube, earlier, areas) if comparable else None)


def series(cube: Cube, choice: Choice, areas: Sequence[int] | None = None) -> pd.DataFrame:
    """Return the counts of all periods of the cube: ``period``, ``n``; one never supplied is NaN, not zero.

    ``areas`` are positions; all areas when None.
    """
    of_areas = cube.n if areas is None else cube.n[list(areas)]
    by_period = _figures(cube, of_areas[:, :, chosen_categories(cube, choice)].sum(axis=(0, 2)))
    by_period[cube.period_slice(sorted(cube.missing))] = np.nan
    return pd.DataFrame({c.PERIOD: cube.periods, c.COUNT: by_period})


def mix(cube: Cube, choice: Choice, areas: Sequence[int] | None = None) -> pd.DataFrame:
    """Return the counts by harm group and category, both as they are shown: ``harm``, ``category``, ``n``, most first.

    Zeros are left out.
    Of a protected cube all groups are listed, in the order of the closed list where their figures are equal: leaving
    one out would disclose something of it.
    """
    chosen = chosen_categories(cube, choice)
    listed = pd.DataFrame(
        {
            c.HARM: [HARM_GROUPS[cube.harm[index]] for index in chosen],
            c.CATEGORY: [category_label(cube.categories[index]) for index in chosen],
            c.COUNT: _figures(cube, _chosen(cube, choice, areas).sum(axis=(0, 1))),
        }
    )
    kept = listed if cube.protected else listed[listed[c.COUNT] > 0]
    return kept.sort_values(c.COUNT, ascending=False, ignore_index=True, kind="stable")


def mix_by_harm(cube: Cube, choice: Choice, areas: Sequence[int] | None = None) -> pd.DataFrame:
    """Return the counts by harm group: ``harm`` (label), ``n``, most first; of a protected cube all, as in ``mix``."""
    by_harm = mix(cube, choice, areas).groupby(c.HARM, as_index=False)[c.COUNT].sum()
    return by_harm.sort_values([c.COUNT, c.HARM], ascending=[False, True], ignore_index=True)


def _chosen(cube: Cube, choice: Choice, areas: Sequence[int] | None = None) -> Counts:
    of_areas = cube.n if areas is None else cube.n[list(areas)]
    return of_areas[:, cube.period_slice(choice.periods), :][:, :, chosen_categories(cube, choice)]


def _figures(cube: Cube, sums: Counts) -> Floats:
    """Return sums of a cube's cells as they may be shown."""
    return (disclosure.suppress_small(sums) if cube.protected else sums).astype("float64")
