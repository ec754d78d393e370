"""What the Area map page shows of one area: its standing, its course, what was recorded, and areas like it."""

from dataclasses import dataclass
from html import escape
from typing import Any, Final

from geo.calendar import periods
from geo.counts import filters
from geo.counts.filters import Choice
from geo.maps import map_sentences
from geo.maps.map_words import LEVEL_WORDS
from geo.maps.measure import Measure, Measured, measured
from geo.maps.measure_result import Past
from geo.maps.measures import STATISTICS
from geo.maps.peer_rates import statistical_neighbours
from geo.views import widening
from geo.views.view import View
from geo.views.widening import Wide
from pages.components.area_map.measured_areas import MeasuredAreas, view_key
from pages.components.cached import loads, statistics
from pages.components.frame import chrome, html_tables
from pages.components.frame.addresses import CHOSEN, KEPT, link
from pages.components.frame.html_tables import Column
from pages.components.frame.selection import Selection
from pages.components.trends import pickers

_STATES: Final = {
    "hot": ("hot", "H"),
    "cold": ("cold", "C"),
    "neither": ("neither", "–"),
    "not known": ("unknown", "?"),
}


@dataclass(frozen=True)
class Profile:
    """One area: its standing, its figures over time and its mix, and its past as a hot spot where that is shown."""

    name: str
    heading: str
    past: str
    harms: tuple[str, ...]
    shown: tuple[str, ...]
    shaded: tuple[str, str]
    series: Any
    mix: Any
    categories: str
    trend: str


def profile(chosen: Selection, areas: MeasuredAreas, area: str | None) -> Profile | None:
    """Return the profile of an area (its code), or None when no area is chosen.

    A protected area that holds too few for what was chosen is looked at in wider terms, and the heading says so.
    """
    if area is None:
        return None
    view, wide, at = areas.view, areas.wide, areas.view.units.position[area]
    if chosen.about:
        view, wide, at = _widened_area(chosen, areas, at)
    name = view.units.names[at]
    same = view is areas.view and wide == areas.wide
    shown = areas.measured if same else measured(view, wide.choice, _plain(areas.measured.measure))
    past = shown.result.past if same and shown.result else None
    period = periods.say_range(wide.choice.periods)
    return Profile(
        name=name,
        heading=_heading(areas, shown, at, name, wide, same=same),
        past="" if past is None else _past(past, at),
        harms=wide.choice.harms,
        shown=wide.choice.periods,
        shaded=(wide.choice.periods[0], wide.choice.periods[-1]),
        series=filters.series(view.cube, wide.choice, [at]),
        mix=filters.mix_by_harm(view.cube, wide.choice, [at]),
        categories=html_tables.html_table(
            chrome.caption(chosen, f"What was recorded in {name}, {period}"),
            _mix_columns(chosen),
            filters.mix(view.cube, wide.choice, [at]).to_dict("records"),
            search=False,
        ),
        trend=_trend(wide.level, view.units.label_of[view.units.codes[at]]),
    )


def _heading(areas: MeasuredAreas, shown: Measured, at: int, name: str, wide: Wide, *, same: bool) -> str:
    """Write the area's name, what was widened, its standing, and how it compares with areas like it (HTML)."""
    standing = map_sentences.standing(shown, shown.units.codes[at], wide.choice.periods)
    if same and shown.measure is Measure.HOT:
        standing = f"{standing}. {statistics.against_neighbours(areas.key, wide.choice)[at]}".strip()
    widened_to = widening.sentence(wide, name) if wide != areas.wide else None
    peers = statistical_neighbours(loads.area_set(*areas.key.area_set), shown, at)
    return (
        f'<div class="lc-block"><h2>{escape(name)}</h2>{chrome.notice(widened_to)}<p>{escape(standing)}</p>'
        f"{chrome.quiet(peers) if peers else ''}</div>"
    )


def _trend(level: str, label: str) -> str:
    """Write the link to the area's trends, a chart for each harm group (HTML)."""
    held = {pickers.LEVEL: LEVEL_WORDS[level], pickers.AREA: label}
    changing = link("trends", "Is it changing? See its trends", held, (*KEPT, *CHOSEN))
    return f'<p class="lc-screen">{changing}</p>'


def _plain(measure: Measure) -> Measure:
    """Return the measure of an area that is looked at in wider terms than the map, for which no statistic is made."""
    return Measure.COUNT if measure in STATISTICS else measure


def _past(past: Past, at: int) -> str:
    """Write what the area was in each step of time (HTML); nothing where there is no step."""
    if not past.of(at):
        return ""
    steps = "".join(
        f'<li class="lc-{_STATES[state][0]}" title="{escape(step)}: {escape(state)}">'
        f'<span aria-hidden="true">{_STATES[state][1]}</span>'
        f'<span class="lc-unseen">{escape(step)}: {escape(state)}. </span></li>'
        for step, state in zip(past.steps, past.of(at), strict=True)
    )
    key = "H hot · C cold · – neither · ? not known"
    ends = f"{past.steps[0]} to {past.steps[-1]}, oldest first"
    listed = f'<ol class="lc-past">{steps}</ol>{chrome.quiet(f"{ends}: {key}.")}'
    return f'<div class="lc-block"><h2>As a hot spot</h2>{listed}</div>'


def _widened_area(chosen: Selection, areas: MeasuredAreas, at: int) -> tuple[View, Wide, int]:
    """Return the view, what it shows, and the position in it of the area that holds the chosen one."""
    inside = int(areas.view.units.member.tolist().index(at))

    def view_of(choice: Choice, level: str) -> tuple[View, int]:
        view = loads.view(view_key(chosen, areas.request, choice, level))
        return view, int(view.units.member[inside])

    def holds(choice: Choice, level: str) -> float:
        view, where = view_of(choice, level)
        return filters.total(view.cube, choice, [where])

    wide = widening.widened(areas.wide.choice, areas.wide.level, chosen.levels, chosen.covered, holds)
    view, where = view_of(wide.choice, wide.level)
    return view, (areas.wide if not wide.by else wide), where


def _mix_columns(chosen: Selection) -> tuple[Column, ...]:
    what = "Harm group" if chosen.about else chrome.category_label(chosen.dataset.kind)
    return (Column("category", what), Column("n", chrome.counted(chosen), 0, about=chosen.about))
