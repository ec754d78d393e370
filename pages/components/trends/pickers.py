"""What the Trends page's own pickers hold: which harms, areas, periods and figures, and which side of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import streamlit as st

from geo.calendar import periods as p
from geo.harms import HARM_GROUPS
from geo.maps.map_words import LEVEL_WORDS
from geo.trends.finest import Judgeable, finest
from geo.trends.series import Figure
from geo.trends.trend_table import TrendTableRequest
from geo.views.extent import Extent, Where
from pages.components.cached import loads, trend_results
from pages.components.cached.cache_keys import ViewKey
from pages.components.frame import area_picker
from pages.components.frame.selection import BOUND, Selection

EACH: Final = "Each harm group"
TOGETHER: Final = "All these harm groups"
WHOLE: Final = "All areas together"
EVERY: Final = "Each area"
OVER_TIME: Final = "Over time"
COMPARED: Final = "Areas compared"
FIGURE_WORDS: Final = {Figure.COUNT: "Incidents", Figure.WEEK: "Each week", Figure.SCHOOL_DAY: "Each school day"}
FIGURE_HELP: Final = (
    "Half-terms, terms and months differ in length, so their incidents are set against the weeks or the school days "
    "they have. All incidents are counted, those of weekends and holidays too."
)
WIDE: Final = 260  # px
HARM, LEVEL, AREA, UNIT, FIGURE, SIDE, ACTION = (
    "trend_harm", "trend_level", "trend_area", "trend_by", "trend_figure", "trend_side", "trend_action",
)  # fmt: skip


@dataclass(frozen=True)
class TrendRequest:
    """What is looked at.

    ``harms`` are the groups of harms that have a line each; ``level`` is None where all areas are counted together, and
    ``area`` a unit's code, or None for each of a level.
    """

    harms: tuple[tuple[str, ...], ...]
    level: str | None
    area: str | None
    unit: p.Unit
    figure: Figure
    side: str

    @property
    def one(self) -> bool:
        """Whether one chart is looked at, and not many."""
        return len(self.harms) == 1 and (self.level is None or self.area is not None)

    @property
    def table(self) -> TrendTableRequest:
        """What a download of the one chart asks for."""
        return TrendTableRequest(self.harms[0], self.level, self.area, self.unit, self.figure)


def pick(chosen: Selection) -> TrendRequest:
    """Draw the page's pickers and return what they hold."""
    several, harms = _pick_harms(chosen)
    picked = st.segmented_control(
        "Areas", [WHOLE, *reversed(chosen.levels)], default=WHOLE,
        format_func=lambda level: together(chosen.extent) if level == WHOLE else level_word(level),
        key=LEVEL, required=True, bind=BOUND,
    )  # fmt: skip
    level = None if picked == WHOLE else picked
    if several and level is not None:
        harms = harms[:-1]  # many areas have enough charts without one of all harms more
    area = None if level is None else _pick_area(chosen, level)
    side = OVER_TIME
    if len(harms) == 1:
        side = st.segmented_control(
            "Look at", [OVER_TIME, COMPARED], default=OVER_TIME, key=SIDE, required=True, bind=BOUND
        )
    if side == COMPARED:  # of the chosen periods together, whatever they are split by
        return TrendRequest(harms, level, area, p.unit_of(chosen.covered), Figure.COUNT, side)
    return TrendRequest(harms, level, area, *_pick_periods(chosen), side)


def by_which(chosen: Selection) -> tuple[Judgeable, ...]:
    """Return how many kinds of harm can be judged by each unit of periods; nothing of figures that are all shown."""
    if not chosen.about:
        return ()
    base = p.unit_of(chosen.covered)
    of = counted_as_one(chosen, chosen.extent)
    return trend_results.judgeable_by(*of, base, chosen.choice.harms, chosen.school_urn, chosen.asking)


def counted_as_one(chosen: Selection, extent: Extent) -> tuple[ViewKey, Extent | None]:
    """Return what the counts of a part of the map together are kept by: a view, and the part unless it is all of it."""
    if extent.where is Where.EVERYWHERE:
        return chosen.view_key(chosen.levels[-1], chosen.covered), None
    return chosen.view_key(chosen.levels[0], chosen.covered), extent


def _pick_periods(chosen: Selection) -> tuple[p.Unit, Figure]:
    """Draw the pickers of periods and figures; protected figures open by the finest periods that can be judged."""
    base, offered = p.unit_of(chosen.covered), by_which(chosen)
    opens = finest(offered) if offered else base
    # Keys of their own: whoever looks as a board would, and then no more, is back at the months they came from.
    unit = st.segmented_control(
        "By", p.larger(base), default=opens, format_func=str.capitalize,
        key=UNIT if base == "month" else f"{UNIT}_released", required=True, bind=BOUND,
    )  # fmt: skip
    # Months are nearly of one length; of longer periods, counts alone would say how long they are.
    figures = [Figure.COUNT, Figure.SCHOOL_DAY] if unit == "month" else [Figure.WEEK, Figure.SCHOOL_DAY]
    figure = st.segmented_control(
        "Figures", figures, default=figures[0], format_func=FIGURE_WORDS.__getitem__,
        key=f"{FIGURE}_{'month' if unit == 'month' else 'long'}", required=True, bind=BOUND, help=FIGURE_HELP,
    )  # fmt: skip
    return unit, figure


def look_at(**keys: str) -> Callable[[], None]:
    """Return what a button does that turns the page to another chart: it sets pickers, by their keys."""

    def turn() -> None:
        for key, value in keys.items():
            st.session_state[key] = value
        if LEVEL in keys and AREA in keys:
            # The picker of an area is not drawn yet, and what is set for such a one would not get into the address.
            st.query_params[AREA] = keys[AREA]

    return turn


def may_write() -> bool:
    """Return whether the person who looks may set limits and record actions; a board only looks."""
    return not loads.is_board()


def harm_label(harms: tuple[str, ...]) -> str:
    """Name a group of harms, as the picker of harms does."""
    return HARM_GROUPS[harms[0]] if len(harms) == 1 else TOGETHER


def _pick_harms(chosen: Selection) -> tuple[bool, tuple[tuple[str, ...], ...]]:
    """Draw the picker of harms; return whether the last group is all of several together, and the groups."""
    by_label = {HARM_GROUPS[code]: (code,) for code in chosen.choice.harms}
    several = {TOGETHER: chosen.choice.harms} if len(by_label) > 1 else {}
    offered = [EACH, *by_label, *several] if len(by_label) > 1 else list(by_label)
    picked = st.selectbox("Harm", offered, key=HARM, bind=BOUND, width=WIDE)
    if picked == EACH or picked is None:
        return bool(several), tuple(by_label.values()) + tuple(several.values())
    return False, ((by_label | several)[picked],)


def _pick_area(chosen: Selection, level: str) -> str | None:
    units = loads.view(chosen.view_key(level, chosen.covered)).units
    return area_picker.pick_area(units, AREA, EVERY, WIDE)


def level_word(level: str) -> str:
    """Name a level."""
    return LEVEL_WORDS[level]


def together(extent: Extent) -> str:
    """Name all that lies in a part of the map, counted together."""
    if extent.circle is not None:
        return f"All within {extent.circle[1].words}"
    return WHOLE if extent.where is Where.EVERYWHERE else f"All of {extent.name}"
