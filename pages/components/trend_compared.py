"""Areas compared: all areas of a level in a funnel, and one area beside those most like it and its district."""

from typing import Final

import streamlit as st

from geo import columns as c
from geo import periods as p
from geo.errors import ThinDataError
from geo.selecting import Choice
from geo.trends import beside, compared
from geo.trends.beside import SERIES
from pages.components import cached, charts, chrome, funnel_chart, tables, trend_choice, trend_download, worked_out
from pages.components.selection import Selection
from pages.components.tables import Column
from pages.components.trend_choice import Asked

PER: Final = "Incidents per 1,000 residents"
MEANING: Final = (
    "Each dot is an area. The further right, the more incidents its residents lead one to expect; the higher, the more "
    "it has. Small areas move more by chance, so the lines are wider on the left. Areas are not ranked: the order of "
    "areas inside the lines means nothing. Town centres have few residents and many visitors, so they stand high."
)


def where(chosen: Selection, asked: Asked) -> str:
    """Name the areas that are compared."""
    return f"each {trend_choice.level_word(_level(chosen, asked))}"


def headline(chosen: Selection, asked: Asked) -> str:
    """Answer in one sentence how areas compare, or why they cannot be compared."""
    try:
        return _funnel(chosen, asked).sentence
    except ThinDataError as thin:
        return str(thin)


def show(chosen: Selection, asked: Asked) -> None:
    """Show the funnel of all areas with its table, and one area beside others."""
    try:
        found = _funnel(chosen, asked)
    except ThinDataError:
        return  # the headline has said why
    level = trend_choice.level_word(_level(chosen, asked))
    title = f"{trend_choice.harm_label(asked.harms[0])} by {level}, {chosen.period}"
    funnel_chart.show(found.points, found.curves, title=f"{title}: {found.sentence}")
    st.html(chrome.quiet(found.method))
    with st.expander("What does this mean?"):
        st.write(MEANING)
    if asked.area is not None:
        _beside(chosen, asked)
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
        listed = tables.html_table(caption, columns, found.rows.to_dict("records"))
        st.html(listed + trend_download.compared(chosen, asked))


def _level(chosen: Selection, asked: Asked) -> str:
    return asked.level or chosen.levels[0]


def _choice(chosen: Selection, asked: Asked) -> Choice:
    return Choice(chosen.choice.periods, asked.harms[0])


def _funnel(chosen: Selection, asked: Asked) -> compared.Compared:
    seen = cached.view(chosen.dataset, _level(chosen, asked), chosen.covered, cached.asker())
    at = None if asked.area is None else seen.units.position[asked.area]
    return compared.compared(seen, _choice(chosen, asked), at)


def _beside(chosen: Selection, asked: Asked) -> None:
    asking, level = cached.asker(), _level(chosen, asked)
    scene = worked_out.scene(chosen.dataset, level, chosen.covered, chosen.choice.periods[-1], asking)
    areas = cached.area_set(chosen.dataset.area_set_id, asking.principal)
    at = scene.seen.units.position[asked.area or ""]
    name = scene.seen.units.names[at]
    chrome.subheading(f"{name} beside others")
    try:
        found = beside.beside(scene, areas, _choice(chosen, asked), at)
    except ThinDataError as thin:
        st.html(chrome.notice(str(thin)))
        return
    chrome.together(chrome.bullets(found.sentences), *map(chrome.quiet, found.lacking))
    unit = p.unit_of(chosen.covered)
    shaded = (chosen.choice.periods[0], chosen.choice.periods[-1])
    charts.rates(found.lines, shaded, f"{PER}: {name} beside others", f"{PER} a {unit}")
    with st.expander("Show these lines as table"):
        wide = found.lines.pivot(index=c.PERIOD, columns=SERIES, values=c.COUNT)[::-1].reset_index()
        wide[c.PERIOD] = wide[c.PERIOD].map(p.say)
        columns = (Column(c.PERIOD, "Period"), *(Column(name, name, 2) for name in found.lines[SERIES].unique()))
        tables.show_table(chrome.caption(chosen, f"{PER} a {unit}"), columns, wide.to_dict("records"))
