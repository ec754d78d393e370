"""Marks beside agency data: what stands out, two maps of the same places, and their table."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Final

import streamlit as st

from data.store.datasets import Dataset
from geo.calendar import periods
from geo.errors import InputError, RefusedError
from geo.evidence import marked_sentences
from geo.evidence.disagreement import MarkedFinding, MarkedKind
from geo.evidence.marked_places import MarkedPlaces
from geo.maps.felt_places import felt_places
from geo.maps.value_classes import ASIDE
from geo.wording import capital
from pages.components.cached import loads, safety_marks
from pages.components.cached.safety_marks import MarksKey
from pages.components.frame import chrome, html_tables
from pages.components.frame.html_tables import Column
from pages.components.frame.selection import Selection
from pages.components.maps.map_panel import map_panel
from pages.components.maps.value_map import MapSpec, kind_map, legend_of, value_map
from pages.components.next_steps import next_steps
from pages.routes import session_sheets

_TOLD: Final = {
    MarkedKind.UNSAFE_NOT_RECORDED: "Disagree: feels unsafe, little recorded",
    MarkedKind.RECORDED_FEELS_SAFE: "Disagree: much recorded, feels safe",
    MarkedKind.BOTH: "Agree: feels unsafe, much recorded",
    MarkedKind.UNSAFE_ALONE: "Feels unsafe",
}
STANDING: Final = (
    "Protected: every figure of marks is “about”, by steps of 5, and under 10 none is given. Custodians see no more "
    "here than others. Safe to share."
)


@dataclass(frozen=True)
class Beside:
    """What the page shows: the places, what stands out with its sentence, and why nothing is compared, if so."""

    key: MarksKey
    places: MarkedPlaces
    told: Sequence[tuple[MarkedFinding, str]]
    thin: str | None
    alone: str | None
    who: str


def gather(chosen: Selection, dataset: Dataset, year: str) -> Beside:
    """Gather the marks of a school year, with the incidents that the sidebar has chosen beside them."""
    key, alone = MarksKey(dataset, year, chosen.dataset, chosen.choice), None
    try:
        places = safety_marks.places(key, chosen.asking)
    except (InputError, RefusedError) as refusal:  # of the incidents: marks themselves are released
        key, alone = MarksKey(dataset, year, None, None), str(refusal)
        places = safety_marks.places(key, chosen.asking)
    who = marked_sentences.POLICE if chosen.dataset.kind == "police" else marked_sentences.SCHOOLS
    told, thin = marked_sentences.told(places, who)
    return Beside(key, places, told, thin, alone, who)


def headline(shown: Beside) -> str:
    """Say the first thing that the marks tell."""
    return marked_sentences.headline(shown.places, [one for one, _ in shown.told], shown.who)


def notes(shown: Beside) -> str:
    """Say what the figures are (HTML)."""
    facts = [shown.key.dataset.source, f"school year {shown.key.year}"]
    lines = chrome.quiet(" · ".join(facts)) + f'<p class="lc-safe">{STANDING}</p>'
    return lines + chrome.notice(shown.alone) + chrome.notice(shown.thin) + chrome.quiet(marked_sentences.HOW)


def stand_out(shown: Beside) -> str:
    """List what stands out, with how sure it is (HTML)."""
    if shown.thin is not None:
        return ""
    if not shown.told:
        return chrome.quiet(marked_sentences.NO_PLACE)
    return chrome.bullets([f"{said} {marked_sentences.how_sure(one)}" for one, said in shown.told])


def next_of_each(chosen: Selection, shown: Beside) -> None:
    """Offer what to do next about each place that stands out."""
    if shown.thin is not None or not shown.told:
        return
    chrome.subheading("What next, place by place")
    dataset = shown.key.dataset
    areas = loads.area_set(dataset.area_set_id, chosen.asking.principal)
    for number, (found, said) in enumerate(shown.told, start=1):
        sentence = f"{said} School year {shown.key.year}. Source: {dataset.source}."
        concern = marked_sentences.concern(shown.places, areas, found, sentence)
        st.html(f"<p><strong>{escape(concern.name)}</strong></p>")
        next_steps.show(concern, f"marked_{number}")


def maps(chosen: Selection, shown: Beside) -> None:
    """Show what was marked and what was recorded on two maps of the same places."""
    felt, recorded = st.columns(2, gap="medium")
    ground, fit = safety_marks.map_ground(shown.key, chosen.asking), safety_marks.bounds(shown.key, chosen.asking)
    places = shown.places
    spec = MapSpec(
        title="What young people marked",
        unit="",
        period=shown.key.year,
        source=shown.key.dataset.source,
        geometry=ground.geometry,
        backdrop=ground.backdrop,
        base_map=ground.base_map,
        names=ground.names,
        aside=ASIDE[True],
        of="place",
    )
    with felt:
        chrome.subheading("What young people marked")
        painted = felt_places(places.safe, places.unsafe, places.elsewhere)
        drawn = kind_map(painted, marked_sentences.texts(places), spec)
        map_panel(replace(drawn.view, school=chosen.school, fit=fit), key="marks_map", height=420)
        st.html(legend_of(drawn.view, drawn.legend))
    with recorded:
        chrome.subheading(f"What {shown.who} recorded")
        if not places.recorded_in:
            st.html(chrome.quiet("Nothing is laid beside the marks."))
            return
        beside = replace(
            spec,
            title=f"What {shown.who} recorded",
            unit="incidents for 1,000 residents",
            period=periods.say_range(places.recorded_in),
            source=chosen.dataset.source,
            decimals=1,
            protected=places.about,
        )
        amounts = value_map(marked_sentences.rates(places), beside)
        map_panel(replace(amounts.view, school=chosen.school, fit=fit), key="recorded_map", height=420)
        st.html(legend_of(amounts.view, amounts.legend))


def table(shown: Beside) -> str:
    """Write the places as a table, and the links to the marks as files (HTML)."""
    columns = (
        Column("name", "Place"),
        Column("unsafe", "Marked unsafe"),
        Column("safe", "Marked safe"),
        Column("recorded", f"{capital(shown.who)} recorded"),
        Column("told", "What stands out"),
    )
    told = {one.unit: _TOLD[one.kind] for one, _ in shown.told}
    written = html_tables.html_table(
        f"Places with 10 marks or more, {shown.key.year}",
        columns,
        marked_sentences.rows(shown.places, told),
        order="most unsafe first",
    )
    asked = {"dataset": str(shown.key.dataset.id), "year": shown.key.year}
    return written + html_tables.table_links("Download these marks", session_sheets.MARKS, asked)
