"""The attacker: collects exports around a cell, and works out what its count can be.

It sees what anybody sees: sums over any areas × a run of half-terms × any harm groups, of which at least one dimension
is listed line by line, as in every export. It sees a cell, so the finest there is, in a grid: a block of cells around
it, and what is outside the block as a whole, so that "everything but" can be asked too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations, product
from typing import Final

import numpy as np

from geo.counts.cube import Counts
from tests.attack.designs import DIMENSIONS, Answer, Design, Export, Line, Slot
from tests.attack.feasible import Claims

FIGURES: Final = 1_000  # random filter rectangles around a target
PAIRS: Final = 1_000  # overlapping exports whose differences are averaged
_BLOCK: Final = (4, 4, 3)  # areas, half-terms, harm groups
_PATIENCE: Final = 200  # exports in a row that ask for nothing new
_SHARE: Final = 0.6  # of what may be added up, in a random sum
_PERIOD: Final = DIMENSIONS.index("period")
_LISTED: Final = ((0,), (1,), (2,), (0, 1), (0, 2), (1, 2))  # by what to list
Cell = tuple[int, int, int]


@dataclass(frozen=True)
class Grid:
    """A partition of each dimension into slots, those of the block one position each."""

    slots: tuple[tuple[Slot, ...], tuple[Slot, ...], tuple[Slot, ...]]

    @property
    def shape(self) -> Cell:
        """How many slots each dimension has."""
        return len(self.slots[0]), len(self.slots[1]), len(self.slots[2])

    def block(self) -> Iterator[Cell]:
        """Return the cells of the block."""
        yield from product(*([slot[0] for slot in slots if len(slot) == 1] for slots in self.slots))

    def at(self, cell: Cell) -> int:
        """Return the position of a cell of the block among the cells of the grid."""
        slots = [self.slots[axis].index((cell[axis],)) for axis in range(3)]
        return int(np.ravel_multi_index(slots, self.shape))

    def sizes(self) -> Counts:
        """Return how many of the finest cells each cell of the grid has."""
        lengths = [np.array([len(slot) for slot in slots]) for slots in self.slots]
        return np.einsum("a,p,h->aph", *lengths).ravel()

    def row(self, line: Line) -> Counts:
        """Return which cells of the grid a line of an export is the sum of, 0 or 1 each."""
        inside = [np.array([slot[0] in asked for slot in slots]) for slots, asked in zip(self.slots, line, strict=True)]
        return np.einsum("a,p,h->aph", *inside).ravel().astype(np.int64)


def grid_around(target: Cell, truth: Counts, rng: np.random.Generator) -> Grid:
    """Lay a block around a target: its own area and group with the busiest others, and a run of half-terms.

    Who is busiest is plain from any export; the truth is only the shorter way to it.
    """
    areas = _with_busiest(target[0], truth.sum(axis=(1, 2)), _BLOCK[0])
    harms = _with_busiest(target[2], truth.sum(axis=(0, 1)), _BLOCK[2])
    first = int(np.clip(target[1] - rng.integers(_BLOCK[1]), 0, max(truth.shape[1] - _BLOCK[1], 0)))
    last = min(first + _BLOCK[1], truth.shape[1])
    runs = [tuple(range(first)), *[(at,) for at in range(first, last)], tuple(range(last, truth.shape[1]))]
    return Grid(
        (_with_rest(areas, truth.shape[0]), tuple(run for run in runs if run), _with_rest(harms, truth.shape[2]))
    )


def collect(design: Design, grid: Grid, rng: np.random.Generator, figures: int = FIGURES) -> Claims:
    """Ask for all single filters and their complements, then for random rectangles until ``figures`` more are known.

    No figure is asked for twice; a grid that has fewer gives all that chance finds.
    """
    known: dict[bytes, tuple[Counts, Answer]] = {}
    for export in _single_filters(grid):
        _ask(design, grid, export, known)
    enough, in_vain = len(known) + figures, 0
    while len(known) < enough and in_vain < _PATIENCE:
        before = len(known)
        _ask(design, grid, _random_export(grid, rng), known)
        in_vain = in_vain + 1 if len(known) == before else 0
    rows, answers = zip(*known.values(), strict=True)
    low, high = (np.array([answer[at] for answer in answers], dtype=np.float64) for at in (1, 2))
    return Claims(np.array(rows, dtype=np.float64), low, high)


def differences(design: Design, target: Cell, rng: np.random.Generator, pairs: int = PAIRS) -> list[int]:
    """Ask for sums of areas with and without the target's, again and again, and give the differences of the two.

    Pairs of which one is hidden are left out. The mean of the rest is what an averaging attacker takes for the truth.
    """
    area, period, harm = target
    others = np.array([at for at in range(design.truth.shape[0]) if at != area])
    found = []
    for taken in np.unique(rng.random((pairs, len(others))) < _SHARE, axis=0):
        without = tuple(others[taken].tolist())
        if without:
            sums = [
                design.export(Export(("period",), areas, (period,), (harm,)))[0].shown
                for areas in (without, (*without, area))
            ]
            if sums[0] is not None and sums[1] is not None:
                found.append(sums[1] - sums[0])
    return found


def _ask(design: Design, grid: Grid, export: Export, known: dict[bytes, tuple[Counts, Answer]]) -> None:
    rows = [grid.row(line) for line in export.lines()]
    if all(row.tobytes() in known for row in rows):
        return
    for row, answer in zip(rows, design.export(export), strict=True):
        known[row.tobytes()] = (row, answer)


def _single_filters(grid: Grid) -> Iterator[Export]:
    """Ask by each dimension for everything, for each slot of another alone, and for all but that slot."""
    for by, axis in permutations(range(3), 2):
        for part in _parts(grid, axis):
            chosen = [tuple(range(size)) for size in grid.shape]
            chosen[axis] = part
            yield _export(grid, (by,), chosen)


def _parts(grid: Grid, axis: int) -> Iterator[tuple[int, ...]]:
    every = tuple(range(grid.shape[axis]))
    yield every
    for at in every:
        yield (at,)
        # Half-terms are asked for as a run, so that "all but one" is what comes before it and what comes after.
        rest = (every[:at], every[at + 1 :]) if axis == _PERIOD else (every[:at] + every[at + 1 :],)
        yield from (part for part in rest if part)


def _random_export(grid: Grid, rng: np.random.Generator) -> Export:
    chosen = []
    for axis, size in enumerate(grid.shape):
        if axis == _PERIOD:
            first, last = np.sort(rng.integers(size, size=2))
            chosen.append(tuple(range(first, last + 1)))
        else:
            taken = np.flatnonzero(rng.random(size) < _SHARE)
            chosen.append(tuple(taken.tolist()) or (int(rng.integers(size)),))
    return _export(grid, _LISTED[int(rng.integers(len(_LISTED)))], chosen)


def _export(grid: Grid, by: tuple[int, ...], chosen: Sequence[tuple[int, ...]]) -> Export:
    """Write slots as an export; along what is listed, all single positions of the grid are, whatever was chosen."""
    positions = [tuple(one for at in chosen[axis] for one in slots[at]) for axis, slots in enumerate(grid.slots)]
    for axis in by:
        positions[axis] = tuple(slot[0] for slot in grid.slots[axis] if len(slot) == 1)
    return Export(tuple(DIMENSIONS[axis] for axis in by), *positions)


def _with_busiest(own: int, totals: Counts, number: int) -> list[int]:
    busiest = [at for at in np.argsort(-totals, kind="stable").tolist() if at != own]
    return sorted([own, *busiest[: number - 1]])


def _with_rest(chosen: Sequence[int], size: int) -> tuple[Slot, ...]:
    rest = tuple(at for at in range(size) if at not in chosen)
    return (*[(at,) for at in chosen], *([rest] if rest else []))
