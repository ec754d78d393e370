"""What the Trends page shows: a monthly line per harm group or per area, each with its two plain counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from geo import comparing, periods, selecting, trends
from geo.counting import Cube
from geo.harms import HARM_GROUPS
from geo.release import widening
from geo.release.widening import Wide
from geo.selecting import Choice
from geo.sentences import compared
from geo.trends import Line
from geo.viewing import View
from pages.components import cached, tables
from pages.components.area_words import LEVEL_WORDS
from pages.components.charts import MOST_SERIES
from pages.components.selection import BOUND, Selection
from pages.components.tables import Column

BY_HARM: Final = "Harm groups"
BY_AREA: Final = "Areas"


@dataclass(frozen=True)
class Asked:
    """What the page's own pickers hold: what a line is, the level, and the chosen areas (labels; none means all)."""

    by: str
    level: str
    areas: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """The lines, their sentences and their table; ``wide`` is what they are shown for."""

    wide: Wide
    where: str
    sentence: str
    each: Sequence[str]
    absent: list[str]
    shaded: tuple[str, str]
    lines: Any
    columns: Sequence[Column]
    rows: Sequence[Mapping[str, tables.Cell]]


def pick(chosen: Selection) -> Asked:
    """Draw the page's pickers and give what they hold."""
    levels = chosen.levels
    by = st.segmented_control(
        "A line for each of", [BY_HARM, BY_AREA], default=BY_HARM, key="lines", required=True, bind=BOUND
    )
    level = st.segmented_control(
        "Level",
        levels,
        default=levels[-1],
        format_func=LEVEL_WORDS.__getitem__,
        key="trend_level",
        required=True,
        bind=BOUND,
    )
    known = _seen(chosen, level).units.by_label
    areas = st.multiselect(
        "Areas", list(known), key="trend_areas", bind=BOUND, max_selections=MOST_SERIES, placeholder="All areas"
    )
    return Asked(by, level, tuple(area for area in areas if area in known))


def gather(chosen: Selection, asked: Asked) -> Found:
    """Count period by period along each line.

    Where harm groups were widened to all of them, one line is drawn.
    """
    seen = _seen(chosen, asked.level)
    picked = [seen.units.position[seen.units.by_label[label]] for label in asked.areas]
    wide = _widened(chosen, asked, seen, picked)
    choice, lines = wide.choice, _lines(seen.cube, wide.choice, asked, picked)
    if wide.every_harm and asked.by == BY_HARM:
        lines = [Line("All harm groups", choice, tuple(picked) or None)]
    where = _say_where(asked)
    two = comparing.with_year_before(seen.cube, choice, picked or None)
    return Found(
        wide=wide,
        where=where,
        sentence=f"{where}: {compared(two.now, two.before, choice.periods, protected=chosen.about)}",
        each=[_sentence(seen.cube, line) for line in lines],
        absent=selecting.not_supplied(seen.cube, choice),
        shaded=(choice.periods[0], choice.periods[-1]),
        lines=trends.long(seen.cube, lines),
        columns=(
            Column("period", periods.unit_of(choice.periods).capitalize()),
            *(Column(line.label, line.label, 0, about=chosen.about) for line in lines),
        ),
        rows=trends.wide(seen.cube, lines).to_dict("records"),
    )


def _seen(chosen: Selection, level: str) -> View:
    """Give the counts at a level, in units that stay the same through all that is covered."""
    return cached.view(chosen.dataset, level, chosen.covered, cached.asker())


def _widened(chosen: Selection, asked: Asked, seen: View, picked: Sequence[int]) -> Wide:
    """Give what is shown: what was chosen or, where its figure or all its lines could not be told, something wider."""
    if not chosen.about:
        return Wide(chosen.choice, asked.level)

    def holds(choice: Choice, _: str) -> float:
        return selecting.total(seen.cube, choice, picked or None)

    wide = widening.widened(chosen.choice, asked.level, (asked.level,), chosen.covered, holds)
    told = trends.highest(seen.cube, _lines(seen.cube, wide.choice, asked, picked)) > 0
    return wide if told or asked.by == BY_AREA else widening.with_all_harms(wide)


def _lines(cube: Cube, choice: Choice, asked: Asked, picked: Sequence[int]) -> list[Line]:
    if asked.by == BY_AREA and picked:
        return [Line(label, choice, (index,)) for label, index in zip(asked.areas, picked, strict=True)]
    if asked.by == BY_AREA:
        return [Line("All areas", choice, None)]
    areas = tuple(picked) or None
    present = [code for code in HARM_GROUPS if code in choice.harms and code in cube.harm]
    return [Line(HARM_GROUPS[code], Choice(choice.periods, (code,)), areas) for code in present[:MOST_SERIES]]


def _sentence(cube: Cube, line: Line) -> str:
    two = comparing.with_year_before(cube, line.choice, line.areas)
    return f"**{line.label}**: {compared(two.now, two.before, line.choice.periods, protected=cube.protected)}"


def _say_where(asked: Asked) -> str:
    return ", ".join(asked.areas) if asked.areas else "All areas"
