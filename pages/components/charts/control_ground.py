"""The ground of a control chart: what lies behind its curve, as surfaces and lines in periods and figures."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import Any, Final

from geo.disclosure import THRESHOLD
from pages.components.charts.chart_look import EDGE, FEW, INK, SHADE

USUAL: Final = "#d3e4ef"  # the usual range
MISSING: Final = "#efe9f0"  # where there are no figures

Row = dict[str, Any]
Limits = tuple[float | None, float | None, float | None]  # low end, middle, high end


def placed(rows: Iterable[Row], level: Callable[[float], float]) -> Iterator[Row]:
    """Return what is placed in px from the top its height as a figure; what has no foot ends at the axis."""
    for row in rows:
        foot = row.get("foot")
        yield row | {"top": level(row["top"]), "foot": 0.0 if foot is None else level(foot)}


def behind(rows: Sequence[Row], shaded: tuple[int, int] | None, top: float, *, band: bool) -> Iterator[Row]:
    """Return what lies behind the curve, from below: the chosen periods, the usual range, what is fewer than 10, gaps.

    ``rows`` have ``order``, ``drawn`` (None: no figures) and ``limits``. A surface has ``first``, ``last``, ``low``,
    ``high``, ``colour`` and ``opacity``; ``top`` is how high one goes that is of no figure. ``band``
    asks for one of what is fewer than 10.
    """
    if shaded is not None:
        yield _surface(*shaded, 0, top, SHADE)
    for (low, _, high), first, last in _stretches(rows):
        if high is not None:
            yield _surface(first, last, low or 0, high, USUAL)
    if band:
        yield _surface(0, len(rows) - 1, 0, THRESHOLD, FEW, opacity=0.75)
    for first, last in gaps(rows):
        yield _surface(first, last, 0, top, MISSING)


def gaps(rows: Sequence[Row]) -> Iterator[tuple[int, int]]:
    """Return the first and the last period of each gap."""
    for absent, same in groupby(rows, lambda row: row["drawn"] is None):
        orders = [row["order"] for row in same]
        if absent:
            yield orders[0], orders[-1]


def _surface(first: float, last: float, low: float, high: float, colour: str, opacity: float = 1) -> Row:
    return {"first": first - 0.5, "last": last + 0.5, "low": low, "high": high, "colour": colour, "opacity": opacity}


def _stretches(rows: Sequence[Row]) -> list[tuple[Limits, int, int]]:
    """Return each stretch of one range: its low end, middle and high end, its first and its last period."""
    runs = [(limits, [row["order"] for row in same]) for limits, same in groupby(rows, lambda row: row["limits"])]
    return [(limits, orders[0], orders[-1]) for limits, orders in runs]


def usual(rows: Sequence[Row], rebases: Sequence[int]) -> Iterator[Row]:
    """Return the ends of the usual range and its middle as lines in steps, without a step where a range begins anew."""
    stretches = _stretches(rows)
    for limits, first, last in stretches:
        for value, colour, dashed in zip(limits, (EDGE, INK, EDGE), (False, True, False), strict=True):
            if value is not None:
                yield _step(first - 0.5, value, last + 0.5, value, colour, dashed=dashed)
    for (before, _, _), (after, first, _) in pairwise(stretches):
        for end in () if first in rebases else (0, 2):
            one, other = before[end], after[end]
            if one is not None and other is not None and one != other:
                yield _step(first - 0.5, one, first - 0.5, other, EDGE)


def _step(at: float, top: float, to: float, foot: float, colour: str, *, dashed: bool = False) -> Row:
    return {"at": at, "top": top, "to": to, "foot": foot, "width": 1, "dashed": dashed, "colour": colour}
