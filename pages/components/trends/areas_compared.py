"""Areas compared: all areas of a level in a funnel, and one area beside those most like it and its district."""

from typing import Final

import streamlit as st

from geo import columns as c
from geo.calendar import periods as p
from geo.counts.filters import Choice
from geo.errors import ThinDataError
from geo.trends import funnel_plot, peer_comparison
from geo.trends.peer_comparison import SERIES
from pages.components.cached import loads, statistics
from pages.components.charts import funnel_chart, line_charts
from pages.components.frame import chrome, html_tables
from pages.components.frame.html_tables import Column
from pages.components.frame.selection import Selection
from pages.components.trends import download_links, pickers
from pages.components.trends.pickers import TrendRequest

PER: Final = "Incidents per 1,000 residents"
MEANING: Final = (
    "Each dot is an area. The further right, the more incidents its residents lead one to expect; the higher, the more "
    "it has. Small areas move more by chance, so the lines are wider on the left. Areas are not ranked: the order of "
    "areas inside the lines means nothing. Town centres have few residents and many visitors, so they stand high."
)


def where(chosen: Selection, asked: TrendRequest) -> str:
    """Name the areas that are compared."""
    return f"each {pickers.level_word(_level(chosen, asked))}"


def headline(chosen: Selection, asked: TrendRequest) -> str:
    """Return in one sentence how areas compare, or why they cannot be compared."""
    try:
        return _funnel(chosen, asked).sentence
    except ThinDataError as thin:
        return str(thin)


def show(chosen: Selection, asked: TrendRequest) -> None:
    """Show the funnel of all areas with its table, and one area beside others."""
    try:
        found = _funnel(chosen, asked)
    except ThinDataError:
        return  # the headline has said why
    level = pickers.level_word(_level(chosen, asked))
    title = f"{pickers.harm_label(asked.harms[0])} by {level}, {chosen.period}"
    funnel_chart.show(found.points, found.curves, title=f"{title}: {found.sentence}")
    st.html(chrome.quiet(found.method))
    with st.expander("What does this mean?"):
        st.write(MEANING)
    if asked.area is not None:
        _versus(chosen, asked)
    with st.expander("Show as table"):
        columns = (
            Column("name", "Area"),
            Column("n", chrome.counted(chosen), 0, about=chosen.about),
            Column("expected", "Expected by residents", 0),
            Column("ratio", "Times expected", 2),
            Column("verdict", "Chance or more"),
            Column("residents", "Residents", 0, wide_only=True),
        )
        caption = chrome.caption(chosen, f"{title}, in alphabetical order")
        listed = html_tables.html_table(caption, columns, found.rows.to_dict("records"))
        st.html(listed + download_links.compared(chosen, asked))


def _level(chosen: Selection, asked: TrendRequest) -> str:
    return asked.level or chosen.levels[0]


def _choice(chosen: Selection, asked: TrendRequest) -> Choice:
    return Choice(chosen.choice.periods, asked.harms[0])


def _funnel(chosen: Selection, asked: TrendRequest) -> funnel_plot.FunnelPlot:
    seen = loads.view(chosen.dataset, _level(chosen, asked), chosen.covered, loads.asker())
    at = None if asked.area is None else seen.units.position[asked.area]
    return funnel_plot.funnel_plot(seen, _choice(chosen, asked), at)


def _versus(chosen: Selection, asked: TrendRequest) -> None:
    asking, level = loads.asker(), _level(chosen, asked)
    scene = statistics.scene(chosen.dataset, level, chosen.covered, chosen.choice.periods[-1], asking)
    areas = loads.area_set(chosen.dataset.area_set_id, asking.principal)
    at = scene.seen.units.position[asked.area or ""]
    name = scene.seen.units.names[at]
    chrome.subheading(f"{name} beside others")
    try:
        found = peer_comparison.peer_comparison(scene, areas, _choice(chosen, asked), at)
    except ThinDataError as thin:
        st.html(chrome.notice(str(thin)))
        return
    chrome.together(chrome.bullets(found.sentences), *map(chrome.quiet, found.lacking))
    unit = p.unit_of(chosen.covered)
    shaded = (chosen.choice.periods[0], chosen.choice.periods[-1])
    line_charts.rates(found.lines, shaded, f"{PER}: {name} beside others", f"{PER} a {unit}")
    with st.expander("Show these lines as table"):
        wide = found.lines.pivot(index=c.PERIOD, columns=SERIES, values=c.COUNT)[::-1].reset_index()
        wide[c.PERIOD] = wide[c.PERIOD].map(p.say)
        columns = (Column(c.PERIOD, "Period"), *(Column(name, name, 2) for name in found.lines[SERIES].unique()))
        html_tables.show_table(chrome.caption(chosen, f"{PER} a {unit}"), columns, wide.to_dict("records"))
