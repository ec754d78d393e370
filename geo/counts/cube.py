"""Cubes: counts of incidents by area × period × category, from which everything shown is read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo import columns as c
from geo import harms
from geo.areas.area_set import Units
from geo.calendar import months
from geo.errors import InputError

Counts = npt.NDArray[np.int64]
DIMENSIONS: Final = {"area": c.AREA, "period": c.MONTH, "category": c.CATEGORY, "harm": c.HARM}


@dataclass(frozen=True)
class Cube:
    """Counts by area × period × category.

    ``n`` has that shape. ``periods`` are months, or the half-terms of a protected release; they run without a break
    from first to last, and those in ``missing`` were never supplied, so their zeros mean "unknown". ``harm`` gives the
    harm group of each category. ``protected`` counts are rounded ones: ``geo.disclosure`` says how their sums may
    be shown, and nothing may show them otherwise.
    """

    areas: tuple[str, ...]
    periods: tuple[str, ...]
    categories: tuple[str, ...]
    harm: tuple[str, ...]
    missing: frozenset[str]
    n: Counts
    protected: bool = False

    @cached_property
    def _period_position(self) -> dict[str, int]:
        return {period: index for index, period in enumerate(self.periods)}

    def period_slice(self, chosen: Sequence[str]) -> list[int]:
        """Return the positions of the chosen periods that the cube has."""
        return [self._period_position[period] for period in chosen if period in self._period_position]

    def rolled_up(self, units: Units) -> "Cube":
        """Return the same counts for larger areas; each is the sum of the areas inside it."""
        n = np.zeros((len(units.codes), *self.n.shape[1:]), dtype=self.n.dtype)
        np.add.at(n, units.member, self.n)
        return replace(self, areas=units.codes, n=n)


def count(
    area: npt.NDArray[np.integer],
    month: npt.NDArray[np.integer],
    category: npt.NDArray[np.integer],
    shape: tuple[int, int, int],
) -> Counts:
    """Return the counts of placed rows, of ``shape``, from positions of area (−1: left out), month and category."""
    placed = area >= 0
    cell = np.ravel_multi_index((area[placed], month[placed], category[placed]), shape)
    return np.bincount(cell, minlength=int(np.prod(shape))).reshape(shape)


def cube_from_cells(
    cells: pd.DataFrame,
    areas: Sequence[str],
    gaps: Sequence[str],
    mapping: Mapping[str, str] | None = None,
    span: tuple[str, str] | None = None,
) -> Cube:
    """Return a cube from its non-empty cells: a frame with ``area``, ``month``, ``category`` and ``n``.

    ``span`` (first and last month) widens the cube beyond the cells; ``gaps`` are the months never supplied.
    """
    occurring = sorted(cells[c.MONTH].unique())
    first, last = span or (occurring[0], occurring[-1])
    all_months = tuple(months.between(first, last))
    categories = tuple(sorted(cells[c.CATEGORY].unique()))
    n = np.zeros((len(areas), len(all_months), len(categories)), dtype=np.int64)
    where = (
        pd.Index(areas).get_indexer(cells[c.AREA]),
        pd.Index(all_months).get_indexer(cells[c.MONTH]),
        pd.Index(categories).get_indexer(cells[c.CATEGORY]),
    )
    np.add.at(n, where, cells[c.COUNT].to_numpy())
    harm = tuple(harms.harm_of(category, mapping) for category in categories)
    return Cube(tuple(areas), all_months, categories, harm, frozenset(gaps), n)


def cells(cube: Cube) -> pd.DataFrame:
    """List the non-empty cells of a cube: ``area``, ``month``, ``category``, ``n``, in that order of sorting."""
    area, month, category = np.nonzero(cube.n)
    return pd.DataFrame(
        {
            c.AREA: np.array(cube.areas, dtype=object)[area],
            c.MONTH: np.array(cube.periods, dtype=object)[month],
            c.CATEGORY: np.array(cube.categories, dtype=object)[category],
            c.COUNT: cube.n[area, month, category],
        }
    )


def by_category(cube: Cube) -> pd.DataFrame:
    """Return the sums of a cube by category: ``category``, ``harm`` (label), ``n``, most first."""
    table = pd.DataFrame(
        {
            c.CATEGORY: cube.categories,
            c.HARM: [harms.HARM_GROUPS[code] for code in cube.harm],
            c.COUNT: cube.n.sum(axis=(0, 1)),
        }
    )
    return table.sort_values(c.COUNT, ascending=False, ignore_index=True)


def tabulate(cube: Cube, by: Sequence[str]) -> pd.DataFrame:
    """Return the sums of a cube over everything that ``by`` does not name: area, period, category, harm.

    The columns are those of ``by``, in its order, and ``n``; only non-empty cells are listed. Raises InputError for an
    unknown name.
    """
    unknown = [name for name in by if name not in DIMENSIONS]
    if unknown or not by:
        raise InputError(
            f"Counts can be listed by {', '.join(DIMENSIONS)}, and {', '.join(unknown) or 'nothing'} was asked for; "
            "name one or more of them, separated by commas."
        )
    listed = cells(cube)
    listed[c.HARM] = listed[c.CATEGORY].map(dict(zip(cube.categories, cube.harm, strict=True)))
    listed = listed.rename(columns={column: name for name, column in DIMENSIONS.items()})
    return listed.groupby(list(by), as_index=False, sort=True)[c.COUNT].sum()
