"""What is released of a protected dataset, and how close it is to the exact counts, for its custodians."""

from dataclasses import asdict
from typing import Final

import streamlit as st

from data.services import secret, visibility
from data.services.opening import open_store
from data.store.datasets import Access, Dataset
from geo.release import utility
from pages.components.cached import loads
from pages.components.frame import chrome, exact_views, html_tables
from pages.components.frame.html_tables import Column

_COLUMNS: Final = (
    Column("year", "School year"),
    Column("half_terms", "Half-terms", 0),
    Column("zones", "Zones", 0),
    Column("elsewhere", "Areas elsewhere", 0, wide_only=True),
    Column("exact", "Exact", 0),
    Column("shown", "Shown", 0),
    Column("mean_error", "Average rounding error of a zone", 1),
    Column("largest_error", "At most", 0),
)
CAPTION: Final = "What others see, beside the exact figures (exact: do not share)"


def show(dataset: Dataset, *, expanded: bool = False) -> None:
    """Show what is released of a dataset; nothing for an open one, and for people who may not see exact figures."""
    if dataset.access is Access.OPEN or not visibility.is_custodian(loads.viewer(), dataset):
        return
    with st.expander(f"What others see of “{chrome.plain(dataset.title)}”", expanded=expanded):
        ledger = visibility.release_of(open_store(), loads.viewer(), dataset)
        if ledger is None:
            st.markdown("Nothing of this dataset is released, so nobody but its custodians sees any of it.")
        else:
            exact_views.note(dataset)
            html_tables.show_table(CAPTION, _COLUMNS, [asdict(year) for year in utility.by_year(ledger)])
            chrome.together(*(chrome.quiet(sentence) for sentence in utility.notes(ledger)))
        state, sentence = secret.look(open_store(), loads.viewer())
        if not state.is_fine:
            st.warning(chrome.plain(sentence))
