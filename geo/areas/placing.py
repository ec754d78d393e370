"""Placing: which area an incident belongs to, and why some belong to none.

The stated area code wins if the set has it; else the point decides; else the row has no location or lies outside.
Both of the last two are counted and shown, never dropped in silence.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo.arrays import Floats, Ints

NOWHERE = -1


@dataclass(frozen=True)
class Located:
    """Rows before placing, as columns of equal length.

    ``stated`` indexes ``vocabulary`` (−1 where no code is stated); ``lon`` and ``lat`` are degrees (EPSG:4326), NaN
    where the row has no point.
    """

    stated: npt.NDArray[np.integer]
    vocabulary: Sequence[str]
    lon: Floats
    lat: Floats


@dataclass(frozen=True)
class Placement:
    """Where each row was placed, and how many were not.

    ``area`` is the position of the row's area in the set, or −1. Rows placed by their point may state a code that
    the set does not have. ``foreign_codes`` are such codes of which most points lie inside the set, with the rows
    placed: the mark of codes from another edition of the areas. ``border_rows`` counts the other rows: their code
    is that of an area outside, whose border is drawn a little differently.
    """

    area: Ints
    by_code: int
    by_point: int
    no_location: int
    outside: int
    foreign_codes: dict[str, int]
    border_rows: int

    @property
    def placed(self) -> int:
        """How many rows belong to an area."""
        return self.by_code + self.by_point


def place(rows: Located, codes: Sequence[str], shapes: npt.NDArray[np.object_]) -> Placement:
    """Return the area of each row, and how many rows belong to none.

    ``codes`` and ``shapes`` (EPSG:4326) describe the areas in the same order. A point on a shared border goes to the
    first of its areas. Each distinct coordinate is looked up once: police points are snap points that thousands of
    rows share.
    """
    area = _by_stated_code(rows, codes)
    by_code = int((area != NOWHERE).sum())
    rest = np.flatnonzero(area == NOWHERE)
    has_point = ~(np.isnan(rows.lon[rest]) | np.isnan(rows.lat[rest]))
    pointed = rest[has_point]
    area[pointed] = locate(rows.lon[pointed], rows.lat[pointed], shapes)
    by_point = int((area[pointed] != NOWHERE).sum())
    states_a_code = rows.stated[rest] != NOWHERE
    no_location = int((~has_point & ~states_a_code).sum())
    foreign, border_rows = _foreign(rows, pointed, area)
    return Placement(
        area,
        by_code,
        by_point,
        no_location,
        outside=len(area) - by_code - by_point - no_location,
        foreign_codes=foreign,
        border_rows=border_rows,
    )


def locate(lon: Floats, lat: Floats, shapes: npt.NDArray[np.object_]) -> Ints:
    """Return the position of the area that each point lies in, or −1; points and shapes are in degrees."""
    points = pd.MultiIndex.from_arrays([lon, lat])
    which, distinct = points.factorize()
    found = np.full(len(distinct), NOWHERE, dtype=np.int64)
    if len(distinct):
        tree = shapely.STRtree(shapes)
        coordinates = np.asarray([distinct.get_level_values(0), distinct.get_level_values(1)]).T
        point, area = tree.query(shapely.points(coordinates), predicate="intersects")
        # Largest first, so that the smallest position is what stays for a point on a border.
        order = np.argsort(-area, kind="stable")
        found[point[order]] = area[order]
    return found[which]


def _by_stated_code(rows: Located, codes: Sequence[str]) -> Ints:
    position = {code: index for index, code in enumerate(codes)}
    # One entry more than the vocabulary, so that "no code stated" (−1) reads the last.
    of_vocabulary = np.array([position.get(code, NOWHERE) for code in rows.vocabulary] + [NOWHERE], dtype=np.int64)
    return of_vocabulary[rows.stated]


def _foreign(rows: Located, pointed: Ints, area: Ints) -> tuple[dict[str, int], int]:
    """Return the codes of another edition: those whose points lie mostly inside the set, not just outside it."""
    stated = rows.stated[pointed]
    inside = area[pointed] != NOWHERE

    def tally(which: npt.NDArray[np.bool_]) -> Ints:
        return np.bincount(stated[which & (stated != NOWHERE)], minlength=len(rows.vocabulary))

    placed, elsewhere = tally(inside), tally(~inside)
    foreign = {code: int(n) for code, n, out in zip(rows.vocabulary, placed, elsewhere, strict=True) if n > out}
    return foreign, int(placed.sum()) - sum(foreign.values())
