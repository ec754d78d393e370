"""Cached briefings: what papers are written from, gathered once however often their words are edited, and papers kept.

Facts are kept by the request and the store's last write about anything but papers, so that making one, or recording
what was decided on it, gathers nothing anew.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable

import streamlit as st

from data.services import briefing_facts
from data.services.briefing_request import BriefingRequest
from data.services.opening import open_store
from data.store import papers as stored
from data.store.papers import KeptPaper
from geo.briefing.facts import Facts
from geo.briefing.paper import Paper
from pages.components.cached import loads
from pages.components.cached.cache_keys import KEYS, LARGE, SMALL, Asker

Tell = Callable[[float, str], None]


@st.cache_resource(max_entries=1, show_spinner=False)
def _gathered() -> OrderedDict[Hashable, Facts]:
    """Return the last facts that were gathered, by what they are of.

    Streamlit's own cache keeps no function that shows how far it has come.
    """
    return OrderedDict()


def facts(request: BriefingRequest, asking: Asker, tell: Tell) -> Facts:
    """Return what papers are written from; ``tell`` is called with the part done and what is being done, if anything.

    Raises RefusedError and InputError as ``data.services.briefing_facts.facts`` does.
    """
    held, person = _gathered(), loads.who()
    urn = None if request.school is None else request.school.urn
    by = (person, request.dataset.seal, urn, request.reach, request.periods, request.harms)
    key = (by, stored.other_writes(open_store(), person), asking.today)
    if key not in held:
        held[key] = briefing_facts.facts(open_store(), person, request, asking.today, tell)
        while len(held) > LARGE:
            held.popitem(last=False)
    return held[key]


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def papers(asking: Asker) -> list[KeptPaper]:
    """List the papers of the person's organisation, newest first."""
    return stored.papers(open_store(), asking.principal)


@st.cache_resource(max_entries=LARGE, show_spinner=False, hash_funcs=KEYS)
def paper(paper_id: int, asking: Asker) -> Paper:
    """Load a stored paper. Raises InputError where there is none of this number."""
    return stored.load_paper(open_store(), asking.principal, paper_id)
