"""Finding a school: one box for its name, town, postcode or URN, and the schools that fit, each one step away."""

from html import escape
from typing import Final

import streamlit as st

from geo.areas.school_search import FoundSchool, FoundSchools, search_schools
from geo.wording import how_many
from pages.components.cached import loads, school_lists
from pages.components.cached.cache_keys import Asker
from pages.components.frame import chrome, my_school
from pages.components.frame.addresses import CHOSEN
from pages.components.frame.selection import Selection
from pages.routes.my_school import choose_address, forget_address

NEEDS_A_SCHOOL: Final = "local-context"
_BOX: Final = "Find your school: name, town, postcode or URN"
_FORGET: Final = "Forget my school on this computer"
_HELP: Final = "Several words may be given, such as a name and a town. A typing error does no harm."


def is_open(chosen: Selection, page: str) -> bool:
    """Return whether a school is being looked for rather than a page shown: it was asked for, or is needed first."""
    asked = st.session_state.pop(my_school.FINDING, None)
    if asked in (True, page):  # not on a page that has been left since
        st.session_state[my_school.FINDING] = page
        return True
    return chosen.school is None and page == NEEDS_A_SCHOOL


def show(chosen: Selection, page: str) -> None:
    """Show the box, the schools that fit what is typed, and what to do without a school."""
    listed = school_lists.schools(chosen.asking)
    if not listed.by_urn:
        chrome.no_school()
        return
    chrome.headline("My school", "Choose your school to see what is around it.", chrome.notice(_outside(chosen)))
    typed = st.text_input(_BOX, key="_find", help=_HELP, placeholder="Oakwood High, Rotherham, S60 2UH …")
    if typed.strip():
        found = search_schools(listed.searched, typed)
        st.html(_results(found, typed, page, chosen.asking) if found.total else _none(typed, len(listed.by_urn)))
    with st.container(horizontal=True, vertical_alignment="center"):
        if my_school.FINDING in st.session_state:
            st.button("Cancel", on_click=_close)
        st.page_link("area_map.py", label="Look at everything instead")
        if my_school.remembered() in listed.by_urn:
            forget = f'<a class="lc-reset" href="{escape(forget_address(page))}" target="_self">{_FORGET}</a>'
            st.html(forget, width="content")


def _close() -> None:
    del st.session_state[my_school.FINDING]


def _outside(chosen: Selection) -> str | None:
    """Say that the school that is asked for lies outside the areas that are looked at, where it does."""
    school = my_school.asked_for()
    if school is None or chosen.school is not None:
        return None
    return (
        f"{school.name} lies outside the areas of “{chosen.dataset.title}”, so nothing can be said of what is around "
        "it; choose another dataset or another school, or bring in data of its area."
    )


def _results(found: FoundSchools, typed: str, page: str, asking: Asker) -> str:
    """Write the schools that fit as links that choose them (HTML)."""
    fits = "fits" if found.total == 1 else "fit"
    said = f"{how_many(found.total, 'school', 'schools')} {fits} “{typed.strip()}”."
    items = "".join(f"<li>{_link(one, page, asking)}</li>" for one in found.shown)
    rest = found.total - len(found.shown)
    more = chrome.quiet(f"And {rest:,} more; add the town or the postcode.") if rest else ""
    return f'<p class="lc-quiet" role="status">{escape(said)}</p><ul class="lc-schools">{items}</ul>{more}'


def _link(one: FoundSchool, page: str, asking: Asker) -> str:
    held = {key: st.session_state[key] for key in (*CHOSEN, loads.AS_BOARD) if st.session_state.get(key)}
    held |= {loads.AS_BOARD: "true"} if loads.AS_BOARD in held else {}
    address = choose_address(one.urn, school_lists.schools(asking).label_of[one.urn], page, held)
    where = " · ".join(filter(None, (one.town, one.postcode, f"URN {one.urn}")))
    name, said = escape(one.name), escape(where)
    return f'<a href="{escape(address)}" target="_self"><strong>{name}</strong> <span>{said}</span></a>'


def _none(typed: str, schools: int) -> str:
    said = f"No school fits “{typed.strip()}”."
    helps = (
        f"Try its town, its postcode or the six digits of its URN. {how_many(schools, 'school is', 'schools are')} "
        "loaded; a list that holds the missing one is brought in on Set up."
    )
    return f'<p class="lc-notice" role="status">{escape(said)} {escape(helps)}</p>'
