"""Downloads of a chart: a line below it with its pictures, which say what they show, from where and of when."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from geo.calendar import periods
from geo.harms import HARM_GROUPS
from pages.components.frame import chrome
from pages.components.frame.selection import Figures, Selection
from pages.routes.chart_images import chart_url, offer_chart


@dataclass(frozen=True)
class ChartFoot:
    """What a picture of a chart says below its title, and whether there may be one: not of exact figures."""

    lines: tuple[str, ...]
    shareable: bool


def foot_of(
    chosen: Selection, harms: Sequence[str] | None = None, shown_periods: Sequence[str] | None = None
) -> ChartFoot:
    """Say what a chart shows: harm groups (by code, none to leave them out), source and periods; usually those chosen.

    A chart of all that a dataset covers is given those periods.
    """
    codes = chosen.choice.harms if harms is None else harms
    said = periods.say_range(chosen.choice.periods if shown_periods is None else shown_periods)
    groups = _groups(codes)
    lines = (*([groups] if groups else []), f"Source: {chrome.source(chosen)} · {said}")
    return ChartFoot(lines, chosen.figures is not Figures.EXACT)


def links(spec: dict[str, Any], title: str, foot: ChartFoot, key: Sequence[str] = ()) -> str:
    """Write the line of a chart's downloads (HTML); ``key`` says in lines what its signs mean, where it does not."""
    if not foot.shareable:
        return chrome.quiet(chrome.NO_DOWNLOAD)
    name = offer_chart(spec, title, foot.lines, key)
    what = title.partition(": ")[0]  # behind it stands what the chart says
    kinds = " · ".join(
        f'<a href="{chart_url(name, kind)}" target="_blank">{kind.upper()}<span class="lc-unseen"> of {escape(what)}.'
        "</span></a>"
        for kind in ("svg", "png")
    )
    return f'<p class="lc-quiet lc-pictures">Download this chart: {kinds}</p>'


def _groups(codes: Sequence[str]) -> str:
    if not codes:
        return ""
    if set(codes) == set(HARM_GROUPS):
        return "All harm groups"
    names = ", ".join(HARM_GROUPS[code] for code in codes)
    return f"{'Harm group' if len(codes) == 1 else 'Harm groups'}: {names}"
