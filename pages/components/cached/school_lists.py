"""All schools that are loaded, by URN, by what addresses call them, and ready for searching."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final

import streamlit as st

from data.services.opening import open_store
from data.store import area_sets, places
from geo.areas import localities, proximity, school_search
from geo.areas.proximity import Place
from geo.areas.school_search import SchoolList
from pages.components.cached import loads
from pages.components.cached.cache_keys import KEYS, SMALL, Asker

_WITH_URN: Final = re.compile(r".+ \((\w+)\)")  # how a label tells schools apart that share a name


@dataclass(frozen=True)
class Schools:
    """Every school by its URN and by its label, which no two share, and the list that is searched."""

    by_urn: dict[str, Place]
    by_label: dict[str, Place]
    label_of: dict[str, str]
    searched: SchoolList

    def named(self, text: str, near_by: Callable[[], Collection[str]]) -> Place | None:
        """Return the school that an address names by its label, its URN, or its name and URN; None for no school.

        A name that several schools share means the only one of them that is ``near_by`` (URNs, asked for only then).
        """
        with_urn = _WITH_URN.fullmatch(text)
        found = self.by_label.get(text) or self.by_urn.get(with_urn[1] if with_urn else text)
        if found is not None or not text:
            return found
        shared = [one for one in self.by_urn.values() if one.name == text]
        if len(shared) > 1:
            known = near_by()
            shared = [one for one in shared if one.urn in known]
        return shared[0] if len(shared) == 1 else None


@st.cache_resource(max_entries=SMALL, show_spinner="Loading schools", hash_funcs=KEYS)
def schools(asking: Asker) -> Schools:
    """Load every school, with the town or the place that it stands in."""
    newest_first = [one.id for one in reversed(area_sets.area_sets(open_store(), asking.principal))]
    listed = places.schools(open_store(), asking.principal)
    placed = localities.with_towns(listed, (loads.area_set(number, asking.principal) for number in newest_first))
    by_label = proximity.labelled(placed)
    by_urn = {place.urn: place for place in by_label.values() if place.urn is not None}
    label_of = {place.urn: label for label, place in by_label.items() if place.urn is not None}
    return Schools(by_urn, by_label, label_of, school_search.ready(placed))


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def urns_in(set_id: int, asking: Asker) -> frozenset[str]:
    """List the URNs of the schools in and just around an area set."""
    return frozenset(place.urn for place in loads.schools_in(set_id, asking).values() if place.urn is not None)
