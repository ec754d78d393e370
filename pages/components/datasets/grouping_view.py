"""Moving the categories of a dataset to other harm groups, for its custodians."""

import streamlit as st

from data.services import harm_grouping
from data.services.opening import open_store
from data.store.datasets import Dataset
from geo.errors import InputError
from geo.harms import HARM_GROUPS, category_label
from pages.components.cached import loads
from pages.components.datasets.versions_view import SAID
from pages.components.frame import chrome


def show(dataset: Dataset) -> None:
    """Let custodians move categories, or say from when on they can; nothing for others, and for marks."""
    if not harm_grouping.may_move(loads.viewer(), dataset):
        return
    with st.expander(f"Change the harm groups of “{chrome.plain(dataset.title)}”"):
        reason = harm_grouping.why_not_now(open_store(), loads.who(), dataset)
        if reason is None:
            _move(dataset)
        else:
            st.markdown(reason)
            st.page_link("upload.py", label="Bring its next version")


def _move(dataset: Dataset) -> None:
    st.markdown("The change counts from now on in every version, and History says who made it and when.")
    with st.form(f"_move_{dataset.id}", border=False):
        categories = st.multiselect(
            "Categories", sorted(dataset.harm_of), key=f"_move_categories_{dataset.id}",
            format_func=lambda name: f"{category_label(name)} → {HARM_GROUPS[dataset.harm_of[name]]}",
        )  # fmt: skip
        harm = st.selectbox(
            "Group them under", list(HARM_GROUPS), None, HARM_GROUPS.__getitem__,
            key=f"_move_harm_{dataset.id}", placeholder="Choose a harm group",
        )  # fmt: skip
        asked = st.form_submit_button("Change the groups")
    if not asked:
        return
    try:
        said = harm_grouping.move(open_store(), loads.who(), dataset, categories, harm)
    except InputError as fault:
        st.error(chrome.plain(str(fault)))
        return
    st.session_state[SAID] = said
    st.rerun()
