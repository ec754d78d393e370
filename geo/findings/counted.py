"""Counted: what a part of the map holds now and a year before, what changed there, and how both are said."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from geo.areas.reach import USUAL, Reach
from geo.counts import filters
from geo.counts.cube import Cube
from geo.counts.filters import Choice, TwoCounts
from geo.findings.nearby import Nearby, nearby, over_all
from geo.maps import map_sentences
from geo.views.busy_places import BusyPlaces
from geo.views.extent import Extent
from geo.wording import how_many

NO_KIND: Final = "No kind of harm is chosen that these data know."
NO_YEAR_BEFORE: Final = "A year before cannot be compared, as part of it is missing from the data."


@dataclass(frozen=True)
class Counted:
    """Counts around a school, those of a year before, what changed by harm group and over all, and frames for charts.

    ``by_distance`` says that points are counted; else it is areas. Of points, ``elsewhere`` lists what is recorded for
    elsewhere (and counted in only if the extent says so), ``busy`` the busiest places, and ``named`` says whether their
    names are known.
    """

    two: TwoCounts
    changes: Sequence[Nearby]
    over_all: Nearby
    by_harm: pd.DataFrame
    series: pd.DataFrame
    by_distance: bool = False
    elsewhere: Sequence[tuple[str, int]] = ()
    busy: BusyPlaces | None = None
    named: bool = False


def of_areas(cube: Cube, choice: Choice, areas: Sequence[int]) -> Counted:
    """Count what some areas (positions) hold together."""
    return Counted(
        two=filters.with_year_before(cube, choice, areas),
        changes=nearby(cube, choice, areas),
        over_all=over_all(cube, choice, areas),
        by_harm=filters.mix_by_harm(cube, choice, areas),
        series=filters.series(cube, choice, areas),
    )


def sentence(counted: Counted, part: Extent, areas: int, periods: Sequence[str], *, protected: bool) -> str:
    """Say how much there is, counted how, how much a year before, and whether that is a change.

    ``areas`` is how many areas of the part are counted where no points are.
    """
    said, short = _counts_said(counted, part, areas, periods, protected=protected), counted.over_all.short
    nothing = counted.two.before is None or not short or not part.areas
    return said if nothing else f"{said.removesuffix('.')}: {short}."


def where(part: Extent, *, by_distance: bool, protected: bool) -> str:
    """Name what is counted: "within 800 m in a straight line", "in the zones touching 800 m", "in Rotherham"."""
    if part.circle is None:
        return f"in {part.name}"
    if by_distance:
        return f"within {reach_of(part).said}"
    return f"in the {areas_word(protected=protected)} touching {reach_of(part).words}"


def of_whole_areas(part: Extent, *, protected: bool) -> str:
    """Name what a table of areas lists: whole areas, which reach beyond a distance."""
    of = f"touching {reach_of(part).words}" if part.circle is not None else f"in {part.name}"
    return f"{areas_word(protected=protected).capitalize()} {of}, each counted whole, most incidents first"


def areas_word(*, protected: bool) -> str:
    """Name what whole areas are called."""
    return "zones" if protected else "small areas"


def reach_of(part: Extent) -> Reach:
    """Return how far around its school a part of the map goes, the usual reach where it is around none."""
    return USUAL if part.circle is None else part.circle[1]


def unchanged(changes: Sequence[Nearby]) -> str:
    """Say in how many harm groups no real change is seen, and of how many too little is known.

    Or why none can be compared; "" where each changed.
    """
    if not changes:
        return NO_KIND
    if not any(one.short for one in changes):
        return NO_YEAR_BEFORE
    said = []
    if same := sum(one.judged and not one.direction for one in changes):
        said.append(f"No real change in {how_many(same, 'harm group', 'harm groups')} since a year before.")
    if silent := sum(not one.judged for one in changes):
        said.append(f"Too few to say of {how_many(silent, 'harm group', 'harm groups')}.")
    return " ".join(said)


def _counts_said(counted: Counted, part: Extent, areas: int, periods: Sequence[str], *, protected: bool) -> str:
    two = counted.two
    if part.circle is None:
        return map_sentences.in_part(part.name, two.now, two.before, periods, protected=protected)
    school, reach = part.circle
    if counted.by_distance:
        return map_sentences.within_distance(school, reach, two.now, two.before, periods)
    return map_sentences.around(school, reach, areas, two.now, two.before, periods, protected=protected)
