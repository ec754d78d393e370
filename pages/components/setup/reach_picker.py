"""Which part of national files is kept: some councils, or so many kilometres around schools.

Where nothing is chosen, the plan says itself what is kept: what the other files are of, or all.
"""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from data.formats.sources import Source
from data.records.locality import Locality
from data.services import bringing_in
from data.services.opening import open_store
from data.services.setup_plan import SetupPlan
from pages.components.cached import loads
from pages.components.frame import chrome

_OFFERED: Final = "_setup_councils"
_BY_COUNCIL: Final = "Some councils"
_BY_DISTANCE: Final = "Around schools"
_KILOMETRES: Final = (2, 5, 10, 20, 50)
_USUAL: Final = 10
_URNS: Final = "URN of each school, as in the list of schools"


def chosen(box: int) -> tuple[object, ...]:
    """Return what the pickers of a box hold, before they are drawn: by which plans are kept."""
    state = st.session_state
    if state.get(f"_setup_reach_{box}") == _BY_DISTANCE:
        urns = tuple(str(state.get(f"_setup_urns_{box}", "")).replace(",", " ").split())
        return (_BY_DISTANCE, urns, state.get(f"_setup_km_{box}", _USUAL)) if urns else ()
    councils = tuple(state.get(f"_setup_council_{box}", ()))
    return (_BY_COUNCIL, councils) if councils else ()


def locality(picked: tuple[object, ...], sources: Sequence[Source]) -> Locality:
    """Return the place that is chosen; a school is one that is loaded, or listed in one of the files.

    Raises InputError for a URN that no list has.
    """
    match picked:
        case (way, tuple() as councils) if way == _BY_COUNCIL:
            return Locality(councils=councils)
        case (_, tuple() as urns, int() as kilometres):
            points = [bringing_in.school_position(open_store(), loads.who(), urn, sources) for urn in urns]
            return Locality(points=tuple(points), metres=1000.0 * kilometres)
    return Locality()


def show(plan: SetupPlan, box: int) -> None:
    """Draw the pickers where a file holds more than one council; what they choose counts from the next run on."""
    offered = tuple(dict.fromkeys((*st.session_state.get(_OFFERED, ()), *plan.councils)))
    st.session_state[_OFFERED] = offered
    if len(offered) < 2:
        return
    chrome.subheading("Which part of the national files do you need?")
    way = st.radio("Keep what lies in", [_BY_COUNCIL, _BY_DISTANCE], horizontal=True, key=f"_setup_reach_{box}")
    if way == _BY_COUNCIL:
        without = ", ".join(plan.locality.councils) or "All of them"
        st.multiselect("Councils", offered, placeholder=without, key=f"_setup_council_{box}")
        return
    left, right = st.columns([3, 1])
    left.text_input(_URNS, placeholder="106557, 107884", key=f"_setup_urns_{box}")
    right.selectbox("Kilometres around each", _KILOMETRES, index=_KILOMETRES.index(_USUAL), key=f"_setup_km_{box}")


def forget() -> None:
    """Let go of the councils that were offered: other files come."""
    st.session_state.pop(_OFFERED, None)
