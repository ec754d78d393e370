"""Courses to judge: steady baselines whose limits can be worked out by hand, and what a test lets follow them."""

import numpy as np

from geo.calendar import months
from geo.calendar import periods as p
from geo.trends.control_charts import control_charts
from geo.trends.narrative import narrate
from geo.trends.series import Figure, SeriesSet

NAN = np.nan
# Mean 30 and ranges of 6. Chance alone makes limits of 30 ± 3√30: 13.57 to 46.43, and near-limits of 19.05 and 40.95.
BEFORE_A_RISE = [33, 27] * 12
BEFORE_A_FALL = [27, 33] * 12
USUAL = "14 to 46"

HALVES = {"first": "2014/15-1", "protected": True}
# Mean 40 and ranges of 10, limits of 40 ± 26.6: high enough that a figure under 10 lies below them.
HIGH_ENOUGH = [45, 35] * 12
EVERY_FIGURE = {
    Figure.COUNT: {},
    Figure.WEEK: {"figure": Figure.WEEK, "exposure": 7},
    Figure.SCHOOL_DAY: {"figure": Figure.SCHOOL_DAY, "exposure": 35},
}


def periods(first, number):
    """Return some periods in a row, of whatever kind the first is."""
    if p.kind_of(first) == "month":
        return tuple(months.shift(first, step) for step in range(number))
    return tuple(p.between(first, first.replace(first[:7], "2049/50"))[:number])


def course(values, first="2018-01", *, protected=False, figure=Figure.COUNT, exposure=None):
    """Return one course, or several (a list of lists)."""
    counts = np.atleast_2d(np.array(values, dtype=np.float64))
    against = None if exposure is None else np.broadcast_to(np.array(exposure, float), counts.shape[1:]).copy()
    return SeriesSet(figure, periods(first, counts.shape[1]), counts, against, protected)


def judge(values, *, starts=(0,), **of):
    return control_charts(course(values, **of), starts)


def tell(values, last=1, *, starts=(0,), **of):
    """Say what one course shows in the last periods, or in those between two positions."""
    found = judge(values, starts=starts, **of)
    end = len(found.series_set.periods) - 1
    return narrate(found, 0, last if isinstance(last, tuple) else (end - last + 1, end))
