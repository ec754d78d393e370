"""Placing: which area an incident belongs to, and why some belong to none.

The stated area code wins if the set has it; else the point decides; else the row has no location or lies outside.
Both of the last two are counted and shown, never dropped in silence.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo.arrays import Floats, Ints

NOWHERE = -1
NEAR: Final = 300  # metres by which a generalised outline may differ from a full one; measured: 99 % under 175
_AROUND: Final = 16  # points on a circle, which tell whether all around a point lies inside
_DEGREE: Final = 111_320  # metres of a degree of latitude


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
    the set does not have. ``foreign_codes`` are such codes of which most points lie inside the set and any lies deep
    inside, more than ``NEAR`` from its outline, with the rows placed: the mark of codes from another edition of the
    areas. ``border_codes`` are the others: they are of areas outside, which a neighbour has in every edition, and
    whose border is drawn a little differently.
    """

    area: Ints
    by_code: int
    by_point: int
    no_location: int
    outside: int
    foreign_codes: dict[str, int]
    border_codes: dict[str, int]

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
    foreign, border = _foreign(rows, pointed, area, shapes)
    return Placement(
        area,
        by_code,
        by_point,
        no_location,
        outside=len(area) - by_code - by_point - no_location,
        foreign_codes=foreign,
        border_codes=border,
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


def _foreign(
    rows: Located, pointed: Ints, area: Ints, shapes: npt.NDArray[np.object_]
) -> tuple[dict[str, int], dict[str, int]]:
    """Return the codes of another edition, whose points lie mostly inside the set and not all at its outline.

    Then the others that rows placed by their points state.
    """
    stated = rows.stated[pointed]
    inside = area[pointed] != NOWHERE

    def tally(which: npt.NDArray[np.bool_]) -> Ints:
        return np.bincount(stated[which & (stated != NOWHERE)], minlength=len(rows.vocabulary))

    placed, elsewhere = tally(inside), tally(~inside)
    # One entry more than the vocabulary, so that "no code stated" (−1) reads the last.
    tried = inside & np.append(placed > elsewhere, [False])[stated]
    deep = tally(_scattered(tried, _is_deep(rows.lon[pointed[tried]], rows.lat[pointed[tried]], shapes)))
    stating = [(code, int(n), bool(at)) for code, n, at in zip(rows.vocabulary, placed, deep, strict=True) if n]
    foreign, border = ({code: n for code, n, is_deep in stating if is_deep is which} for which in (True, False))
    return foreign, border


def _scattered(where: npt.NDArray[np.bool_], values: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    found = np.zeros(len(where), dtype=np.bool_)
    found[where] = values
    return found


def _is_deep(lon: Floats, lat: Floats, shapes: npt.NDArray[np.object_]) -> npt.NDArray[np.bool_]:
    """Return whether all at a distance of ``NEAR`` around each point lies in some area too."""
    which, distinct = pd.MultiIndex.from_arrays([lon, lat]).factorize()
    east, north = (distinct.get_level_values(at).to_numpy(dtype=np.float64)[:, None] for at in (0, 1))
    turn = np.linspace(0, 2 * np.pi, _AROUND, endpoint=False)
    lon_around = east + NEAR / _DEGREE * np.cos(turn) / np.cos(np.radians(north))
    lat_around = north + NEAR / _DEGREE * np.sin(turn)
    inside = locate(lon_around.ravel(), lat_around.ravel(), shapes) != NOWHERE
    found: npt.NDArray[np.bool_] = inside.reshape(lon_around.shape).all(axis=1)[which]
    return found
