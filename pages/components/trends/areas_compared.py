"""Areas compared: all areas of a level in a funnel, and one area next to those most like it and its district."""

from typing import Final

import streamlit as st

from geo import columns as c
from geo.calendar import periods as p
from geo.counts.filters import Choice
from geo.errors import ThinDataError
from geo.trends import funnel_plot, peer_comparison
from geo.trends.peer_comparison import SERIES
from pages.components.cached import loads, statistics
from pages.components.cached.cache_keys import ViewKey
from pages.components.charts import comparison_views, line_views
from pages.components.charts.chart_downloads import foot_of
from pages.components.frame import chrome, download_links, html_tables
from pages.components.frame.html_tables import Column
from pages.components.frame.long_tables import long_table
from pages.components.frame.selection import Figures, Selection
from pages.components.trends import pickers
from pages.components.trends.pickers import TrendRequest

PER: Final = "Incidents per 1,000 residents"
MEANING: Final = (
    "Each dot is an area. The further right, the more incidents its residents lead one to expect; the higher, the more "
    "it has. Small areas move more by chance, so the lines are wider on the left. Areas are not ranked: the order of "
    "areas inside the lines means nothing. Town centres have few residents and many visitors, so they stand high."
)


def where(chosen: Selection, request: TrendRequest) -> str:
    """Name the areas that are compared."""
    return f"each {pickers.level_word(_level(chosen, request))}"


def headline(chosen: Selection, request: TrendRequest) -> str:
    """Return in one sentence how areas compare, or why they cannot be compared."""
    try:
        return _funnel(chosen, request).sentence
    except ThinDataError as thin:
        return str(thin)


def show(chosen: Selection, request: TrendRequest) -> None:
    """Show the funnel of all areas with its table, and one area next to others."""
    try:
        funnel = _funnel(chosen, request)
    except ThinDataError:
        return  # the headline has said why
    level = pickers.level_word(_level(chosen, request))
    title = f"{pickers.harm_label(request.harms[0])} by {level}, {chosen.period}"
    foot = foot_of(chosen, request.harms[0])
    comparison_views.funnel(funnel.points, funnel.curves, title=f"{title}: {funnel.sentence}", foot=foot)
    st.html(chrome.quiet(funnel.method))
    with st.expander("What does this mean?"):
        st.write(MEANING)
    if request.area is not None:
        _show_peers(chosen, request)
    with st.expander("Show as table"):
        columns = (
            Column("name", "Area"),
            Column("n", chrome.counted(chosen), 0, about=chosen.about),
            Column("expected", "Expected by residents", 0),
            Column("ratio", "Times expected", 2),
            Column("verdict", "Chance or more"),
            Column("residents", "Residents", 0, wide_only=True),
        )
        caption, rows = chrome.caption(chosen, title), funnel.rows.to_dict("records")
        shareable = chosen.figures is not Figures.EXACT
        listed = long_table(caption, columns, rows, order="in alphabetical order", shareable=shareable)
        st.html(listed + download_links.compared(chosen, _level(chosen, request), request.harms[0]))


def _level(chosen: Selection, request: TrendRequest) -> str:
    return request.level or chosen.levels[0]


def _choice(chosen: Selection, request: TrendRequest) -> Choice:
    return Choice(chosen.choice.periods, request.harms[0])


def _view_key(chosen: Selection, request: TrendRequest) -> ViewKey:
    return chosen.view_key(_level(chosen, request), chosen.covered)


def _funnel(chosen: Selection, request: TrendRequest) -> funnel_plot.FunnelPlot:
    view = loads.view(_view_key(chosen, request))
    at = None if request.area is None else view.units.position[request.area]
    return funnel_plot.funnel_plot(view, _choice(chosen, request), at)


def _show_peers(chosen: Selection, request: TrendRequest) -> None:
    key = _view_key(chosen, request)
    scene = statistics.scene(key, chosen.choice.periods[-1])
    areas = loads.area_set(*key.area_set)
    at = scene.view.units.position[request.area or ""]
    name = scene.view.units.names[at]
    chrome.subheading(f"{name} beside others")
    try:
        peers = peer_comparison.peer_comparison(scene, areas, _choice(chosen, request), at)
    except ThinDataError as thin:
        st.html(chrome.notice(str(thin)))
        return
    chrome.together(chrome.bullets(peers.sentences), *map(chrome.quiet, peers.lacking))
    unit = p.unit_of(chosen.covered)
    shaded = (chosen.choice.periods[0], chosen.choice.periods[-1])
    foot = foot_of(chosen, request.harms[0], chosen.covered)
    pictures = line_views.rates(peers.lines, shaded, f"{PER}: {name} beside others", f"{PER} a {unit}", foot=foot)
    st.html(pictures)
    with st.expander("Show these lines as table"):
        by_series = peers.lines.pivot(index=c.PERIOD, columns=SERIES, values=c.COUNT)[::-1].reset_index()
        by_series[c.PERIOD] = by_series[c.PERIOD].map(p.say)
        columns = (Column(c.PERIOD, "Period"), *(Column(name, name, 2) for name in peers.lines[SERIES].unique()))
        html_tables.show_table(chrome.caption(chosen, f"{PER} a {unit}"), columns, by_series.to_dict("records"))
