"""Differences between two versions of a dataset: the months that were added or dropped, and the counts that changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from geo import columns as c
from geo.calendar import months
from geo.counts.cube import Cube
from geo.wording import how_many

BEFORE: Final = "before"
AFTER: Final = "after"


@dataclass(frozen=True)
class Difference:
    """What a newer version has and an older one has not, and the other way round.

    ``by_month`` has ``month``, ``before``, ``after`` (NaN in months that a version lacks) for the months that differ;
    ``by_area`` has ``area``, ``before``, ``after`` for the areas that differ in the months both have, the largest
    change first, and is None where the versions are counted in different areas.
    """

    months_added: tuple[str, ...]
    months_dropped: tuple[str, ...]
    incidents: tuple[int, int]
    by_month: pd.DataFrame
    by_area: pd.DataFrame | None
    areas: int


def between(older: Cube, newer: Cube) -> Difference:
    """Return what changed from an older cube to a newer one."""
    old, new = _supplied(older), _supplied(newer)
    both = [month for month in old if month in set(new)]
    same_areas = older.areas == newer.areas
    return Difference(
        months_added=tuple(month for month in new if month not in set(old)),
        months_dropped=tuple(month for month in old if month not in set(new)),
        incidents=(int(older.n.sum()), int(newer.n.sum())),
        by_month=_changed(c.MONTH, sorted({*old, *new}), _by_month(older, old), _by_month(newer, new)),
        by_area=_by_area(older, newer, both) if same_areas else None,
        areas=len(newer.areas),
    )


def sentence(found: Difference) -> str:
    """Say in one sentence what changed."""
    before, after = found.incidents
    more = after - before
    phrases = [f"{how_many(abs(more))} {'more' if more > 0 else 'fewer'}" if more else "As many incidents"]
    phrases += [f"{_say_months(found.months_added)} added"] if found.months_added else []
    phrases += [f"{_say_months(found.months_dropped)} no longer there"] if found.months_dropped else []
    if found.by_area is None:
        phrases.append("counted in other areas, so that these cannot be compared")
    else:
        changed = len(found.by_area)
        phrases.append(f"{changed:,} of {how_many(found.areas, 'area', 'areas')} changed in the months that both hold")
    return f"{'; '.join(phrases)}."


def _say_months(listed: Sequence[str]) -> str:
    """Write months as people do, those that follow each other as one range."""
    return ", ".join(months.say_range(run) for run in months.runs(listed))


def _supplied(cube: Cube) -> list[str]:
    return [month for month in cube.periods if month not in cube.missing]


def _by_month(cube: Cube, supplied: Sequence[str]) -> dict[str, float]:
    totals = cube.n.sum(axis=(0, 2))
    return {month: float(totals[at]) for month, at in zip(supplied, cube.period_slice(supplied), strict=True)}


def _by_area(older: Cube, newer: Cube, both: Sequence[str]) -> pd.DataFrame:
    totals = [cube.n[:, cube.period_slice(both)].sum(axis=(1, 2)) for cube in (older, newer)]
    before, after = (dict(zip(older.areas, total.astype(float), strict=True)) for total in totals)
    table = _changed(c.AREA, older.areas, before, after)
    order = (table[AFTER] - table[BEFORE]).abs().sort_values(ascending=False, kind="stable").index
    return table.loc[order].reset_index(drop=True)


def _changed(key: str, names: Sequence[str], before: dict[str, float], after: dict[str, float]) -> pd.DataFrame:
    columns = ([values.get(name, np.nan) for name in names] for values in (before, after))
    table = pd.DataFrame(dict(zip((key, BEFORE, AFTER), (list(names), *columns), strict=True)))
    return table[table[BEFORE] != table[AFTER]].reset_index(drop=True)
