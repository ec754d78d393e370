"""What the Area map page shows of one area: its standing, its course, what was recorded, and areas like it."""

from dataclasses import dataclass
from html import escape
from typing import Any, Final

from geo.calendar import periods
from geo.counts import filters
from geo.counts.filters import Choice
from geo.maps.map_sentences import standing
from geo.maps.measure import Measure, Measured, measured
from geo.maps.measures import STATISTICS
from geo.maps.peer_rates import statistical_neighbours
from geo.views import widening
from geo.views.view import View
from geo.views.widening import Wide
from pages.components.area_map.area_view import MapContent, MapRequest, covering
from pages.components.cached import loads, statistics
from pages.components.frame import chrome, html_tables
from pages.components.frame.addresses import CHOSEN, KEPT, LEVEL_WORDS, link
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
    shaded: tuple[str, str]
    series: Any
    mix: Any
    categories: str
    trend: str


def profile(chosen: Selection, asked: MapRequest, found: MapContent) -> Profile | None:
    """Gather the chosen area's profile, or None when no area is chosen.

    A protected area that holds too few for what was chosen is looked at in wider terms, and the heading says so.
    """
    if found.area is None:
        return None
    asked = asked.by(found.measured.measure)
    seen, wide, at = found.seen, found.wide, found.seen.units.position[found.area]
    if chosen.about:
        seen, wide, at = _widened_area(chosen, asked, found, at)
    name = seen.units.names[at]
    same = seen is found.seen and wide == found.wide
    shown = found.measured if same else measured(seen, wide.choice, _plain(found.measured.measure))
    told = standing(shown, seen.units.codes[at], wide.choice.periods)
    widened_to = widening.sentence(wide, name) if wide != found.wide else None
    areas = loads.area_set(chosen.dataset.area_set_id, asked.asking.principal)
    beside = statistical_neighbours(areas, shown, at)
    if same and shown.measure is Measure.HOT:
        covered = covering(chosen, asked, wide.choice)
        labels = statistics.against_neighbours(chosen.dataset, wide.level, wide.choice, covered, asked.asking)
        told = f"{told}. {labels[at]}".strip()
    mix = filters.mix(seen.cube, wide.choice, [at])
    period = periods.say_range(wide.choice.periods)
    return Profile(
        name=name,
        heading=f'<div class="lc-block"><h2>{escape(name)}</h2>{chrome.notice(widened_to)}<p>{escape(told)}</p>'
        f"{chrome.quiet(beside) if beside else ''}</div>",
        past=_past(shown, at) if same else "",
        shaded=(wide.choice.periods[0], wide.choice.periods[-1]),
        series=filters.series(seen.cube, wide.choice, [at]),
        mix=filters.mix_by_harm(seen.cube, wide.choice, [at]),
        categories=html_tables.html_table(
            chrome.caption(chosen, f"What was recorded in {name}, {period}"),
            _mix_columns(chosen),
            mix.to_dict("records"),
        ),
        trend=_trend(wide.level, seen.units.label_of[seen.units.codes[at]]),
    )


def _trend(level: str, label: str) -> str:
    """Write the link to the area's trends, a chart for each harm group (HTML)."""
    asked = {pickers.LEVEL: LEVEL_WORDS[level], pickers.AREA: label}
    return f"<p>{link('trends', 'Is it changing? See its trends', asked, (*KEPT, *CHOSEN))}</p>"


def _plain(measure: Measure) -> Measure:
    """The measure of an area that is looked at in wider terms than the map: a statistic is not worked out anew."""
    return Measure.COUNT if measure in STATISTICS else measure


def _past(shown: Measured, at: int) -> str:
    """Write what the area was in each step of time (HTML); nothing where patterns are not what is shown."""
    past = shown.result.past if shown.result else None
    if past is None or not past.of(at):
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


def _widened_area(chosen: Selection, asked: MapRequest, found: MapContent, at: int) -> tuple[View, Wide, int]:
    """Return the view, what it shows, and the position in it of the area that holds the chosen one."""
    asking, inside = asked.asking, int(found.seen.units.member.tolist().index(at))

    def seen_at(choice: Choice, level: str) -> tuple[View, int]:
        seen = loads.view(chosen.dataset, level, covering(chosen, asked, choice), asking)
        return seen, int(seen.units.member[inside])

    def holds(choice: Choice, level: str) -> float:
        seen, where = seen_at(choice, level)
        return filters.total(seen.cube, choice, [where])

    wide = widening.widened(found.wide.choice, found.wide.level, chosen.levels, chosen.covered, holds)
    seen, where = seen_at(wide.choice, wide.level)
    return seen, (found.wide if not wide.by else wide), where


def _mix_columns(chosen: Selection) -> tuple[Column, ...]:
    what = "Harm group" if chosen.about else "Recorded as"
    return (Column("category", what), Column("n", chrome.counted(chosen), 0, about=chosen.about))
