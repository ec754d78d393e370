"""What happened near a known hotspot, month by month: published points within a distance, or the zones it touches."""

from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from data.store.datasets import Dataset
from geo.areas.proximity import Place
from geo.areas.reach import Reach
from geo.calendar import periods
from geo.counts import filters
from geo.counts.filters import Choice
from geo.errors import RefusedError
from geo.harms import spoken_groups
from geo.register.hotspot import Hotspot
from geo.views.circle import WITHIN
from geo.views.extent import units_in
from pages.components.cached import circles, extents, hotspot_entries, loads
from pages.components.cached.cache_keys import Asker, eyes_of
from pages.components.charts import chart_tables, line_views
from pages.components.charts.chart_downloads import foot_of
from pages.components.frame import chrome, selection
from pages.components.frame.selection import BOUND, Selection

NEAR: Final = Reach(400)
NO_DATA: Final = "No incidents are loaded for the areas around this place."
_LATEST: Final = 12  # periods that are shaded


@dataclass(frozen=True)
class NearCounts:
    """Counts near a place: a frame of ``period`` and ``n``, and where they were counted, in words."""

    series: Any
    where: str


def show(entry: Hotspot, asking: Asker) -> None:
    """Show the course of what was recorded near a known hotspot, of its own kinds of harm, with its table.

    It is what may be shared, whoever looks: of protected data what was released of the zones that the place touches.
    """
    chrome.subheading("What was recorded near it")
    listed = hotspot_entries.datasets_around(entry, asking)
    every = {label: one for label, one in selection.known_datasets(asking).items() if one in listed}
    # Those that know its kinds of harm stand first.
    known = dict(sorted(every.items(), key=lambda pair: not _knows(entry, pair[1])))
    if not known:
        st.html(chrome.quiet(NO_DATA))
        return
    label = next(iter(known))
    if len(known) > 1:
        label = st.selectbox("Dataset", list(known), key="near_dataset", bind=BOUND)
    try:
        chosen = selection.shareable(known[label], asking)
        counted = count_near(entry, chosen)
    except RefusedError as refusal:
        st.html(chrome.notice(str(refusal)))
        return
    harms, own = _harms(entry, chosen)
    kinds = f"of {spoken_groups(harms)}" if own else "of every kind, as these data do not know its own"
    shown = chosen.covered[-_LATEST:]
    title = f"Incidents {counted.where}, {kinds}"
    foot = foot_of(chosen, harms, chosen.covered)
    pictures = line_views.trend(counted.series, (shown[0], shown[-1]), title, about=chosen.about, foot=foot)
    source = f"{chrome.source(chosen)} · {periods.say_range(chosen.covered)} · {counted.where} · {kinds}"
    st.html(chart_tables.by_period(chosen, title, counted.series, pictures) + chrome.quiet(source))


def count_near(entry: Hotspot, chosen: Selection) -> NearCounts:
    """Count near a known hotspot: points within 400 m where they are published, else the areas that this touches."""
    at = entry.shape.representative_point()
    place = Place(entry.name, at.x, at.y)
    choice = Choice(chosen.covered, _harms(entry, chosen)[0])
    dataset, asking = chosen.dataset, chosen.asking
    eyes = eyes_of(dataset, asking)
    if circles.has_points(dataset, eyes):
        view = circles.circle_view(dataset, place, NEAR, eyes)
        return NearCounts(filters.series(view.cube, choice, [WITHIN]), f"within {NEAR.words} of its middle")
    around = extents.around(dataset, place, NEAR, eyes)
    view = loads.view(chosen.view_key(chosen.levels[0], chosen.covered))
    units = "zones" if chosen.about else "areas"
    return NearCounts(
        filters.series(view.cube, choice, units_in(view, around)),
        f"in the {units} touching {NEAR.words} around it, each counted whole",
    )


def _knows(entry: Hotspot, dataset: Dataset) -> bool:
    return bool({entry.harm, *entry.other_harms} & set(dataset.harm_of.values()))


def _harms(entry: Hotspot, chosen: Selection) -> tuple[tuple[str, ...], bool]:
    """Return the harm groups of an entry that a dataset has, or else all it has, and whether they are its own."""
    present = chosen.choice.harms
    own = tuple(code for code in (entry.harm, *entry.other_harms) if code in present)
    return own or tuple(present), bool(own)
