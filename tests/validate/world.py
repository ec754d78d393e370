"""A world: areas with counts by month and harm group, real or made, in which a search can be tried."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from geo.areas.area_set import AreaSet
from geo.counts.cube import Cube
from geo.harms import HARM_GROUPS
from geo.release.kinds import Open

Counts = npt.NDArray[np.int64]
CHOSEN: Final = 3  # months that a page looks at


@dataclass(frozen=True)
class World:
    """Areas and who neighbours whom, schools (points in metres, by URN), and ``n`` [area, month, harm group].

    ``months`` run without a break; those in ``missing`` were never supplied.
    """

    areas: AreaSet = field(repr=False)
    graph: csr_array = field(repr=False)
    schools: Mapping[str, npt.NDArray[np.float64]] = field(repr=False)
    months: tuple[str, ...]
    harms: tuple[str, ...]
    missing: frozenset[str]
    n: Counts = field(repr=False)

    @property
    def known(self) -> npt.NDArray[np.bool_]:
        """Which months have figures, [month]."""
        return np.array([month not in self.missing for month in self.months])

    @property
    def chosen(self) -> tuple[str, ...]:
        """The months that a page looks at: the last three."""
        return self.months[-CHOSEN:]

    @property
    def cube(self) -> Cube:
        """The counts as the product keeps them, a category for each harm group."""
        labels = tuple(HARM_GROUPS[code] for code in self.harms)
        return Cube(self.areas.codes, self.months, labels, self.harms, self.missing, self.n)

    @property
    def released(self) -> Open:
        """The counts as those of an open dataset."""
        return Open(self.cube)

    def holding(self, n: Counts) -> "World":
        """Return the same areas and months with other counts."""
        return replace(self, n=n)
