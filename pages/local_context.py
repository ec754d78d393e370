"""Local context: what is around this school, and how it compares with the same months a year before."""

import streamlit as st

from geo import wording
from geo.areas.proximity import Place
from geo.calendar import periods
from geo.maps.map_sentences import around, left_out
from pages.components.charts import line_charts
from pages.components.clock import clock_view
from pages.components.context import density_view, findings_view, surroundings
from pages.components.frame import chrome, html_tables, selection
from pages.components.frame.selection import Selection
from pages.components.maps.map_panel import map_panel


def show(chosen: Selection, school: Place) -> None:
    """Show what the areas around one school hold."""
    top = st.container()
    with st.container(key="story_map"):
        where, story = st.columns([3, 2], gap="medium")
    with story:
        radius = surroundings.pick_radius()
    near = surroundings.surroundings(chosen, school, radius)

    two, choice = near.two, near.wide.choice
    with top:
        sentence = around(school, len(near.areas), two.now, two.before, choice.periods, protected=chosen.about)
        notes = (chrome.provenance(chosen, near.absent, near.wide), chrome.notice(left_out(near.left_out)))
        chrome.headline(f"Local context · {school.name}", sentence, *notes)
    with story:
        chrome.subheading("What changed")
        st.html(surroundings.changes_html(near))
        detected = st.container()  # filled last: all else stands while it is looked for
        st.html(surroundings.known_hotspots_html(near))
        when = st.container()  # filled at the end too
    with where:
        drawn = density_view.pick_map(chosen, school, near)
        map_panel(drawn.view, key="context_map", height=560)
        st.html(drawn.legend)
        chrome.subheading("What kind")
        line_charts.bars(
            near.by_harm, "harm", f"Incidents by harm group in the areas around {school.name}", about=chosen.about
        )
        unit = periods.unit_of(choice.periods).capitalize()
        chrome.subheading(f"{unit} by {unit.lower()}")
        title = f"Incidents a {unit.lower()} in the areas around {school.name}"
        line_charts.trend(near.series, near.shaded, title, about=chosen.about)
    within = wording.say_metres(radius)
    caption = chrome.caption(chosen, f"The areas within {within}, most incidents first")
    listed = html_tables.html_table(caption, surroundings.columns(chosen), near.rows)
    chrome.together(listed, chrome.police_note(chosen))
    with when:
        chrome.together(clock_view.when_html(chosen, radius))
    with detected:
        st.html(findings_view.around(chosen, school))


chosen = selection.current()
if chosen.school is None:
    chrome.no_school()
else:
    show(chosen, chosen.school)
