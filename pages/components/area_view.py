"""What the Area map page shows: every area of a level by one measure, and one area's profile."""

from dataclasses import dataclass, replace
from html import escape
from typing import Any, Final

import streamlit as st

from geo import periods, selecting
from geo.areas import LEVELS
from geo.measuring import Measure, Measured, measured
from geo.release import widening
from geo.release.widening import Wide
from geo.release.zoning import ZONE
from geo.selecting import Choice
from geo.sentences import standing
from geo.viewing import View
from pages import downloads as download_routes
from pages.components import cached, chrome, tables
from pages.components.map_panel import MapView
from pages.components.selection import BOUND, Figures, Selection
from pages.components.tables import Column
from pages.components.value_map import Said, value_map

MEASURE_WORDS: Final = {Measure.COUNT: "Count", Measure.RATE: "Rate"}
LEVEL_WORDS: Final = {ZONE: "Zone", **LEVELS}
UNITS: Final = {Measure.COUNT: "incidents", Measure.RATE: "incidents per 1,000 residents"}
DECIMALS: Final = {Measure.COUNT: 0, Measure.RATE: 1}
EVERY_CATEGORY: Final = "All of the harm groups"
NO_AREA: Final = "None"
ROWS_A_PAGE: Final = 20


@dataclass(frozen=True)
class Asked:
    """What the page's own pickers hold; ``choice`` is the shared choice with the category picked here."""

    measure: Measure
    level: str
    choice: Choice


@dataclass(frozen=True)
class Found:
    """Every area of the level, measured, as the map, the legend and the table show them; ``area`` is the chosen one.

    ``wide`` is what is shown, which may be wider than what was asked for.
    """

    area: str | None
    wide: Wide
    seen: View
    measured: Measured
    absent: list[str]
    shaded: tuple[str, str]
    view: MapView
    legend: str


@dataclass(frozen=True)
class Profile:
    """One area: its standing, its figures over time and its mix."""

    name: str
    heading: str
    shaded: tuple[str, str]
    series: Any
    mix: Any
    categories: str


def pick(chosen: Selection) -> Asked:
    """Draw the page's pickers and give what they hold."""
    measure = st.segmented_control(
        "Measure", list(Measure), default=Measure.COUNT, format_func=MEASURE_WORDS.__getitem__,
        key="measure", required=True, bind=BOUND,
    )  # fmt: skip
    level = st.segmented_control(
        "Level", chosen.levels, default=chosen.levels[0], format_func=LEVEL_WORDS.__getitem__,
        key="level", required=True, bind=BOUND,
    )  # fmt: skip
    return Asked(measure, level, replace(chosen.choice, category=_pick_category(chosen)))


def _pick_category(chosen: Selection) -> str | None:
    if chosen.about:  # a release knows harm groups only
        return None
    known = sorted(chosen.dataset.harm_of)
    category = st.selectbox("Recorded as", [EVERY_CATEGORY, *known], key="category", bind=BOUND)
    return None if category == EVERY_CATEGORY else category


def widen(chosen: Selection, asked: Asked) -> Wide:
    """Give what the page shows: what was asked for or, where no area of it could be told, something wider."""
    if not chosen.about:
        return Wide(asked.choice, asked.level)
    asking = cached.asker()

    def most(choice: Choice, level: str) -> float:
        seen = cached.view(chosen.dataset, level, choice.periods, asking)
        return float(measured(seen, choice, Measure.COUNT).values.max(initial=0.0, where=~seen.elsewhere))

    return widening.widened(asked.choice, asked.level, chosen.levels, chosen.covered, most)


def gather(chosen: Selection, asked: Asked, wide: Wide, area: str | None) -> Found:
    """Measure every area of the level and say how the map shows it, with ``area`` (a code) outlined."""
    asking, dataset, choice = cached.asker(), chosen.dataset, wide.choice
    seen = cached.view(dataset, wide.level, choice.periods, asking)
    result = measured(seen, choice, asked.measure)
    said = Said(
        title=f"{MEASURE_WORDS[asked.measure]} by {LEVEL_WORDS[wide.level]}",
        unit=UNITS[asked.measure],
        period=periods.say_range(choice.periods),
        source=chrome.source(chosen),
        decimals=DECIMALS[asked.measure],
        protected=chosen.about,
        multiples=chrome.MULTIPLES[chosen.about and asked.measure is Measure.COUNT],
        aside=chrome.ASIDE[chosen.about],
    )
    drawn = value_map(
        result.values,
        said,
        cached.geometry(dataset, wide.level, choice.periods, asking),
        cached.drawings(dataset.area_set_id, asking.principal).get("backdrop"),
        cached.hotspot_markers(dataset.area_set_id, asking),
    )
    absent = selecting.not_supplied(seen.cube, choice)
    shaded = (choice.periods[0], choice.periods[-1])
    return Found(area, wide, seen, result, absent, shaded, replace(drawn.view, selected=area), drawn.legend)


def choose(code: str) -> None:
    """Take a click on the map as the choice of an area; what the browser sends is checked by the picker."""
    st.session_state["_clicked"] = code


def pick_area(chosen: Selection, wide: Wide) -> str | None:
    """Draw the picker of one area, which a click on the map sets; give the chosen area's code."""
    units = cached.view(chosen.dataset, wide.level, wide.choice.periods, cached.asker()).units
    clicked = st.session_state.pop("_clicked", None)
    if clicked in units.label_of:
        st.session_state["area"] = units.label_of[clicked]
    label = st.selectbox("Area", [NO_AREA, *units.by_label], key="area", bind=BOUND)
    return units.by_label.get(label)


def profile(chosen: Selection, asked: Asked, found: Found) -> Profile | None:
    """Gather the chosen area's profile, or None when no area is chosen.

    A protected area that holds too few for what was chosen is looked at in wider terms, and the heading says so.
    """
    if found.area is None:
        return None
    seen, wide, at = found.seen, found.wide, found.seen.units.position[found.area]
    if chosen.about:
        seen, wide, at = _widened_area(chosen, found, at)
    name = seen.units.names[at]
    shown = (
        measured(seen, wide.choice, asked.measure) if seen is not found.seen or wide != found.wide else found.measured
    )
    told = standing(shown, seen.units.codes[at], wide.choice.periods)
    widened_to = widening.sentence(wide, name) if wide != found.wide else None
    mix = selecting.mix(seen.cube, wide.choice, [at])
    period = periods.say_range(wide.choice.periods)
    return Profile(
        name=name,
        heading=f'<div class="lc-block"><h2>{escape(name)}</h2>{chrome.notice(widened_to)}<p>{escape(told)}</p></div>',
        shaded=(wide.choice.periods[0], wide.choice.periods[-1]),
        series=selecting.series(seen.cube, wide.choice, [at]),
        mix=selecting.mix_by_harm(seen.cube, wide.choice, [at]),
        categories=tables.html_table(
            chrome.caption(chosen, f"What was recorded in {name}, {period}"),
            _mix_columns(chosen),
            mix.to_dict("records"),
        ),
    )


def _widened_area(chosen: Selection, found: Found, at: int) -> tuple[View, Wide, int]:
    """Give the view, what it shows, and the position in it of the area that holds the chosen one."""
    asking, inside = cached.asker(), int(found.seen.units.member.tolist().index(at))

    def seen_at(choice: Choice, level: str) -> tuple[View, int]:
        seen = cached.view(chosen.dataset, level, choice.periods, asking)
        return seen, int(seen.units.member[inside])

    def holds(choice: Choice, level: str) -> float:
        seen, where = seen_at(choice, level)
        return selecting.total(seen.cube, choice, [where])

    wide = widening.widened(found.wide.choice, found.wide.level, chosen.levels, chosen.covered, holds)
    seen, where = seen_at(wide.choice, wide.level)
    return seen, (found.wide if not wide.by else wide), where


def _mix_columns(chosen: Selection) -> tuple[Column, ...]:
    what = "Harm group" if chosen.about else "Recorded as"
    return (Column("category", what), Column("n", chrome.counted(chosen), 0, about=chosen.about))


def _columns(chosen: Selection) -> tuple[Column, ...]:
    about = chosen.about
    # The code of a zone is the codes of its areas: too long to read, and in the download.
    code = () if about else (Column("area", "Code", wide_only=True),)
    return (
        Column("rank", "Rank", 0),
        Column("name", "Area"),
        *code,
        Column("n", chrome.counted(chosen), 0, about=about),
        Column("residents", "Residents", 0, wide_only=True),
        Column("rate", "About, per 1,000 residents" if about else "Per 1,000 residents", 1),
    )


def table(chosen: Selection, found: Found) -> str:
    """Draw the picker of a page of rows, and write that page of the same facts as the map as a table (HTML)."""
    listed = found.measured.order
    pages = -(-len(listed) // ROWS_A_PAGE)
    # Another level can have fewer pages than the one that was turned to.
    page = min(pages, st.pagination(pages, key="rows", bind=BOUND)) if pages > 1 else 1
    rows = found.measured.rows(listed[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE])
    caption = chrome.caption(chosen, f"All {len(listed):,} areas, highest first")
    return tables.html_table(caption, _columns(chosen), rows)


def download(chosen: Selection, asked: Asked, found: Found) -> str:
    """Write the link to what is shown as CSV, or, where its figures are exact and must stay here, say so (HTML)."""
    if chosen.figures is Figures.EXACT:
        told = "These figures are exact, so they cannot be downloaded: see it as a board would, and download that."
        return f'<p class="lc-quiet">{told}</p>'
    return tables.download_link(
        "Download these figures (CSV)",
        download_routes.AREAS,
        download_routes.asked_for(chosen.dataset.id, found.wide.level, asked.measure, found.wide.choice),
    )
