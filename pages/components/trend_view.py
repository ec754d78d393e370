"""What the Trends page shows: a monthly line per harm group or per area, each with its two plain counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from geo import comparing, selecting, trends
from geo.areas import LEVELS
from geo.counting import Cube
from geo.harms import HARM_GROUPS
from geo.selecting import Choice
from geo.sentences import compared
from geo.trends import Line
from pages.components import cached, tables
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
    """The lines, their sentences and their table."""

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
    person, set_id = cached.who(), chosen.dataset.area_set_id
    levels = cached.area_set(set_id, person).levels
    by = st.segmented_control(
        "A line for each of", [BY_HARM, BY_AREA], default=BY_HARM, key="lines", required=True, bind=BOUND
    )
    level = st.segmented_control(
        "Level",
        levels,
        default=levels[-1],
        format_func=LEVELS.__getitem__,
        key="trend_level",
        required=True,
        bind=BOUND,
    )
    known = cached.units(set_id, level, person).by_label
    areas = st.multiselect(
        "Areas", list(known), key="trend_areas", bind=BOUND, max_selections=MOST_SERIES, placeholder="All areas"
    )
    return Asked(by, level, tuple(area for area in areas if area in known))


def gather(chosen: Selection, asked: Asked) -> Found:
    """Count month by month along each line."""
    person, dataset, choice = cached.who(), chosen.dataset, chosen.choice
    units = cached.units(dataset.area_set_id, asked.level, person)
    cube = cached.cube_at(dataset, asked.level, person)
    picked = [units.position[units.by_label[label]] for label in asked.areas]
    lines = _lines(cube, choice, asked, picked)
    where = _say_where(asked)
    two = comparing.with_year_before(cube, choice, picked or None)
    frame = trends.long(cube, lines)
    return Found(
        where=where,
        sentence=f"{where}: {compared(two.now, two.before, choice.months)}",
        each=[_sentence(cube, line) for line in lines],
        absent=selecting.not_supplied(cube, choice),
        shaded=(choice.months[0], choice.months[-1]),
        lines=frame,
        columns=(Column("month", "Month"), *(Column(line.label, line.label, 0) for line in lines)),
        rows=trends.wide(cube, lines).to_dict("records"),
    )


def _lines(cube: Cube, choice: Choice, asked: Asked, picked: Sequence[int]) -> list[Line]:
    if asked.by == BY_AREA and picked:
        return [Line(label, choice, (index,)) for label, index in zip(asked.areas, picked, strict=True)]
    if asked.by == BY_AREA:
        return [Line("All areas", choice, None)]
    areas = tuple(picked) or None
    present = [code for code in HARM_GROUPS if code in choice.harms and code in cube.harm]
    return [Line(HARM_GROUPS[code], Choice(choice.months, (code,)), areas) for code in present[:MOST_SERIES]]


def _sentence(cube: Cube, line: Line) -> str:
    two = comparing.with_year_before(cube, line.choice, line.areas)
    return f"**{line.label}**: {compared(two.now, two.before, line.choice.months)}"


def _say_where(asked: Asked) -> str:
    return ", ".join(asked.areas) if asked.areas else "All areas"
