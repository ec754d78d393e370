"""Who to tell: 999 and the school's own procedure first, then the organisation's contacts for the harm."""

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Final

import streamlit as st

from geo.register.concern import Concern
from geo.register.contact import Contact, contacts_for, is_out_of_date, say_checked
from pages.components.cached import loads, own_lists
from pages.components.frame import chrome

_FIRST: Final = (
    ("A child in danger now: 999.", ""),
    ("Worried about a child? Your school’s own procedure, through the DSL.", "This page never replaces a referral."),
)
NONE_YET: Final = "No contacts are loaded yet: drop your list on Set up, which has an example to fill in."


def show(concern: Concern) -> None:
    """List who to tell about a concern, folded, first what is always first."""
    asking = loads.asker()
    found = contacts_for(own_lists.contacts(asking), concern.harms)
    st.html(_folded(found, asking.today))
    if not found and not loads.is_board():
        st.page_link("set_up.py", label="Bring in your contacts")


def _folded(found: Sequence[Contact], today: date) -> str:
    first = "".join(f"<li><p><strong>{escape(what)}</strong> {escape(more)}</p></li>" for what, more in _FIRST)
    listed = "".join(_item(one, today) for one in found)
    none = "" if found else chrome.quiet(NONE_YET)
    steps = f'<ol class="lc-steps">{first}{listed}</ol>{none}'
    return f'<details class="lc-rest"><summary>Who to tell</summary>{steps}</details>'


def _item(one: Contact, today: date) -> str:
    reached = " · ".join(filter(None, (one.phone, one.email, one.web, one.hours)))
    where = f" ({one.area})" if one.area else ""
    look = "lc-notice" if is_out_of_date(one.checked_on, today) else "lc-quiet"
    return (
        f"<li><p><strong>{escape(one.service)}</strong>{escape(where)}: {escape(reached)}</p>"
        f'<p class="{look}">{escape(say_checked(one.checked_on, today))}</p></li>'
    )
