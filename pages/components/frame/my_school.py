"""My school: the one that the address names or, where it names none, the one remembered on this computer."""

from collections.abc import Mapping
from html import escape
from typing import Final

import streamlit as st

from data.store.datasets import Dataset
from geo.areas.proximity import Place
from pages.components.cached import school_lists
from pages.components.cached.cache_keys import Asker
from pages.components.cached.school_lists import Schools
from pages.routes.my_school import COOKIE

KEY: Final = "school"
FINDING: Final = "_finding_school"  # the page on which another school is being looked for
_ASKED_FOR: Final = "_school"


def remembered() -> str | None:
    """Return the URN that this computer remembers."""
    return st.context.cookies.get(COOKIE)


def pick(datasets: Mapping[str, Dataset], asking: Asker) -> Place | None:
    """Say in the sidebar which school is looked at, with a button to find another; return it, or None."""
    listed, mine = school_lists.schools(asking), remembered()
    if not listed.by_urn:
        return None
    _recall(listed, mine)
    with st.container(key="school_in_address"):  # holds the school in the address, and is not shown
        named = st.text_input("School", key=KEY, bind="query-params")
    school = listed.named(named, lambda: _near_by(datasets, asking)) or listed.by_urn.get(mine or "")
    st.session_state[_ASKED_FOR] = school
    with st.container(key="my_school"):
        st.html(_said(school, listed.by_urn.get(mine or "")))
        words = "Find my school" if school is None else "Change school"
        if st.button(words, key="_find_school", type="tertiary"):
            st.session_state[FINDING] = True
    return school


def asked_for() -> Place | None:
    """Return the school that the sidebar of this run names, whether or not there are data around it."""
    school: Place | None = st.session_state.get(_ASKED_FOR)
    return school


def known(asking: Asker) -> Place | None:
    """Return the school that this session or this computer knows, for a page that has no picker of one."""
    listed = school_lists.schools(asking)
    named = st.query_params.get(KEY) or st.session_state.get(KEY) or ""
    return listed.named(named, frozenset) or listed.by_urn.get(remembered() or "")


def covers(dataset: Dataset, school: Place | None, asking: Asker) -> bool:
    """Return whether a school lies in or just around the areas of a dataset; no school lies in none."""
    return school is not None and school.urn in school_lists.urns_in(dataset.area_set_id, asking)


def label(school: Place, asking: Asker) -> str:
    """Return what addresses call a school."""
    return school_lists.schools(asking).label_of[school.urn or ""]


def _recall(listed: Schools, mine: str | None) -> None:
    """Put the school of this session or else the remembered one into an address that names none."""
    if KEY in st.query_params:
        return
    if held := st.session_state.get(KEY):
        st.query_params[KEY] = held
    elif mine in listed.label_of and KEY not in st.session_state:
        st.session_state[KEY] = st.query_params[KEY] = listed.label_of[mine]


def _near_by(datasets: Mapping[str, Dataset], asking: Asker) -> frozenset[str]:
    sets = {dataset.area_set_id for dataset in datasets.values()}
    return frozenset().union(*(school_lists.urns_in(number, asking) for number in sets))


def _said(school: Place | None, mine: Place | None) -> str:
    if school is None:
        return '<p class="lc-quiet">No school is chosen.</p>'
    whose = "My school" if school == mine else "School"
    return f'<p class="lc-mine">{whose}: <strong>{escape(school.name)}</strong></p>'
