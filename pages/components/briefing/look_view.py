"""The organisation's name, logo and Word template, which its papers carry."""

from collections.abc import Callable
from typing import Final

import streamlit as st

from data.services import paper_look
from data.services.opening import open_store
from data.store.organisation_looks import LookKind
from geo.errors import InputError
from pages.components.cached import loads
from pages.components.frame import chrome

_SAID: Final = "_look_said"
_BOX: Final = "_look_box"  # number of the boxes: empty ones take the place of those that are done with
_HELP: Final = (
    "Papers made before get the look too, and their figures stay. A logo is a PNG or JPEG up to 1 MB; a Word template "
    "is a document of yours with the tags that the Guide lists, and is checked by filling it."
)


def offer() -> None:
    """Offer to load or take out the name, the logo and the template."""
    held = paper_look.look_of(open_store(), loads.who())
    number = st.session_state.setdefault(_BOX, 0)
    said = st.session_state.pop(_SAID, None)
    with st.expander("Your logo and Word template", expanded=bool(said)):
        if said:
            st.html(f'<p class="lc-notice" role="status">{said}</p>')
        st.html(chrome.quiet(_HELP))
        with st.form("look_name", border=False):
            name = st.text_input("Name of your organisation", held.organisation, max_chars=paper_look.LONGEST_NAME)
            if st.form_submit_button("Put the name on papers"):
                _do(lambda: paper_look.put_name(open_store(), loads.who(), name or ""), "The name is on your papers.")
        logo = st.file_uploader("Logo", type=["png", "jpg", "jpeg"], max_upload_size=1, key=f"look_logo_{number}")
        _offer_part(LookKind.LOGO, logo, paper_look.put_logo, there=held.logo is not None)
        template = st.file_uploader("Word template", type=["docx"], max_upload_size=5, key=f"look_template_{number}")
        _offer_part(LookKind.TEMPLATE, template, paper_look.put_template, there=held.template is not None)


def _offer_part(kind: LookKind, file: object, put: Callable[..., None], *, there: bool) -> None:
    """Offer to load a part that is chosen, and to take out one that is there."""
    with st.container(horizontal=True):
        content = getattr(file, "getvalue", None)
        if st.button(f"Load this {kind}", disabled=content is None, key=f"look_load_{kind}") and content is not None:
            _do(lambda: put(open_store(), loads.who(), content()), f"The {kind} is on your papers.")
        if there and st.button(f"Take the {kind} out", key=f"look_out_{kind}"):
            _do(lambda: paper_look.take_out(open_store(), loads.who(), kind), f"The {kind} is out.")


def _do(act: Callable[[], None], said: str) -> None:
    try:
        with st.spinner("Checking"):
            act()
    except InputError as fault:
        st.error(chrome.plain(str(fault)))
        return
    st.session_state[_SAID] = said
    st.session_state[_BOX] += 1
    st.rerun()
