"""Rules of control charts: which points say that a series has changed, and not only varied as it always does.

They are the four that the NHS uses (NHS England, Making Data Count; Provost and Murray 2011; after Nelson 1984, Journal
of Quality Technology 16(4)). On 36 points without any change they speak in about one series out of three.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.arrays import Bools, Floats
from geo.statistics.control.limits import ControlLimits

Sides = npt.NDArray[np.int8]  # 1 above or rising, −1 below or falling, 0 neither

IN_A_ROW: Final = 7  # points of a shift, and of a trend
_NOISE: Final = 1e-9  # of a figure: a point on a line lies on it, whatever has become of its last digits


@dataclass(frozen=True)
class Signals:
    """The points of every pattern that a rule has found, series × period: 1 for up, −1 for down, 0 for no pattern.

    ``astronomical``: a point beyond its limit. ``shift``: seven or more in a row on one side of the centre. ``trend``:
    seven or more in a row, each above the one before, or each below; where one turns into the other, that point belongs
    to the first. ``two_of_three``: two, or all, of three in a row beyond the near-limit on one side, but not the third
    where it is not beyond.
    """

    astronomical: Sides
    shift: Sides
    trend: Sides
    two_of_three: Sides

    @property
    def any(self) -> Sides:
        """Which way each point points: by the astronomical rule, or else two of three, then shift, then trend."""
        rules = (self.astronomical, self.two_of_three, self.shift, self.trend)
        return np.select([rule != 0 for rule in rules], rules, np.int8(0)).astype(np.int8)


def signals(values: Floats, limits: ControlLimits, tie: npt.ArrayLike = 0.0) -> Signals:
    """Return the patterns that say that a series has changed.

    ``values`` are series × period in the unit of ``limits``, and each point is compared with those of its own period.
    No pattern crosses a period without a figure (NaN). A point on a line is not beyond it; one on the centre ends a
    shift. Points less than ``tie`` from the centre (a number, or one for each point) lie on it: 0.5 for counts, so that
    the whole number next to the centre is on no side. Without that, small counts make shifts by themselves, for more of
    them lie below their mean than above. The trend looks at values as they are.
    """
    known = ~(np.isnan(values) | np.isnan(limits.centre))
    linked = known.copy()
    linked[:, 1:] &= known[:, :-1]
    linked[:, :1] = False
    noise = _NOISE * np.abs(limits.high)
    return Signals(
        astronomical=_side(values, limits.low - noise, limits.high + noise),
        shift=_shift(_side_of_centre(values - limits.centre, np.asarray(tie, dtype=np.float64), noise), linked),
        trend=_trend(values, linked),
        two_of_three=_two_of_three(_side(values, limits.near_low - noise, limits.near_high + noise), linked),
    )


def in_a_row(marks: npt.NDArray[np.integer] | Bools, linked: Bools) -> npt.NDArray[np.intp]:
    """Return, at every point, how many equal marks are in its row; a point that is not linked begins a new one.

    Both are series × period, and ``linked`` says whether a point follows on the one before.
    """
    begins = ~linked
    begins[:, :1] = True
    begins[:, 1:] |= marks[:, 1:] != marks[:, :-1]
    row = begins.ravel().cumsum() - 1
    return np.bincount(row)[row].reshape(marks.shape)


def _side(values: Floats, low: Floats, high: Floats) -> Sides:
    """Return whether each point is beyond one of two lines; NaN is beyond none."""
    return (values > high).astype(np.int8) - (values < low).astype(np.int8)


def _side_of_centre(distance: Floats, tie: Floats, noise: Floats) -> Sides:
    """Return on which side of the centre each point lies; one that is exactly a tie away is on a side."""
    away = np.abs(distance)
    on = np.isnan(distance) | (away <= noise) | (away < tie - noise)
    return np.where(on, 0, np.sign(distance)).astype(np.int8)


def _shift(side: Sides, linked: Bools) -> Sides:
    return np.where(in_a_row(side, linked) >= IN_A_ROW, side, np.int8(0))


def _trend(values: Floats, linked: Bools) -> Sides:
    step = np.zeros(values.shape, dtype=np.int8)
    step[:, 1:] = np.where(linked[:, 1:], np.sign(np.diff(values, axis=1)), 0)
    # Seven points are six steps, and the first of them has its point before it.
    found = np.where(in_a_row(step, linked) >= IN_A_ROW - 1, step, np.int8(0))
    found[:, :-1] = np.where(found[:, :-1] == 0, found[:, 1:], found[:, :-1])
    return found


def _two_of_three(side: Sides, linked: Bools) -> Sides:
    found = np.zeros_like(side)
    follows = linked[:, 1:] & (side[:, 1:] == side[:, :-1])
    second = linked[:, 2:] & linked[:, 1:-1] & (side[:, 2:] == side[:, :-2])
    for apart, together in ((1, follows), (2, second)):
        found[:, apart:] = np.where(together, side[:, apart:], found[:, apart:])
        found[:, :-apart] = np.where(together, side[:, :-apart], found[:, :-apart])
    return found
