"""Selecting: what a person has chosen, and the counts that it leaves."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo import columns as c
from geo.counting import Counts, Cube
from geo.harms import HARM_GROUPS


@dataclass(frozen=True)
class Choice:
    """A person's filter: months (a run of them), harm groups, and one category or all.

    A category is looked at as itself, whether or not its harm group is among those chosen.
    """

    months: tuple[str, ...]
    harms: tuple[str, ...]
    category: str | None = None

    def of(self, months: Sequence[str]) -> "Choice":
        """Give the same choice for other months."""
        return Choice(tuple(months), self.harms, self.category)


def chosen_categories(cube: Cube, choice: Choice) -> list[int]:
    """Give the positions of the categories that a choice includes."""
    if choice.category is not None:
        return [index for index, category in enumerate(cube.categories) if category == choice.category]
    return [index for index, harm in enumerate(cube.harm) if harm in choice.harms]


def supplied(cube: Cube, choice: Choice) -> list[str]:
    """List the chosen months for which the dataset holds figures."""
    return [month for month in choice.months if month in set(cube.months) - cube.missing]


def not_supplied(cube: Cube, choice: Choice) -> list[str]:
    """List the chosen months for which the dataset holds none: missing inside it, or outside its period."""
    have = set(supplied(cube, choice))
    return [month for month in choice.months if month not in have]


def totals(cube: Cube, choice: Choice) -> npt.NDArray[np.float64]:
    """Count each area's incidents; NaN everywhere when none of the chosen months was supplied."""
    if not supplied(cube, choice):
        return np.full(len(cube.areas), np.nan)
    chosen = cube.n[:, cube.month_slice(choice.months), :][:, :, chosen_categories(cube, choice)]
    return chosen.sum(axis=(1, 2)).astype("float64")


def series(cube: Cube, choice: Choice, areas: Sequence[int] | None = None) -> pd.DataFrame:
    """Count by month over the whole period of the cube: ``month``, ``n``; a month never supplied is NaN, not zero.

    ``areas`` are positions; all areas when None.
    """
    of_areas = cube.n if areas is None else cube.n[list(areas)]
    by_month = of_areas[:, :, chosen_categories(cube, choice)].sum(axis=(0, 2)).astype("float64")
    by_month[cube.month_slice(sorted(cube.missing))] = np.nan
    return pd.DataFrame({c.MONTH: cube.months, c.COUNT: by_month})


def mix(cube: Cube, choice: Choice, areas: Sequence[int] | None = None) -> pd.DataFrame:
    """Count by harm group and category: ``harm`` (label), ``category``, ``n``, most first; zeros are left out."""
    of_areas = cube.n if areas is None else cube.n[list(areas)]
    chosen = chosen_categories(cube, choice)
    by_category: Counts = of_areas[:, cube.month_slice(choice.months), :][:, :, chosen].sum(axis=(0, 1))
    listed = pd.DataFrame(
        {
            c.HARM: [HARM_GROUPS[cube.harm[index]] for index in chosen],
            c.CATEGORY: [cube.categories[index] for index in chosen],
            c.COUNT: by_category,
        }
    )
    return listed[listed[c.COUNT] > 0].sort_values(c.COUNT, ascending=False, ignore_index=True)


def mix_by_harm(cube: Cube, choice: Choice, areas: Sequence[int] | None = None) -> pd.DataFrame:
    """Count by harm group: ``harm`` (label), ``n``, most first."""
    by_harm = mix(cube, choice, areas).groupby(c.HARM, as_index=False)[c.COUNT].sum()
    return by_harm.sort_values([c.COUNT, c.HARM], ascending=[False, True], ignore_index=True)
