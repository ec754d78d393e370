"""What an import changes by month beside the version before it, and the tick without which nothing may be lost."""

from dataclasses import replace
from typing import Final

import streamlit as st

from data.services.import_request import PreparedImport
from pages.components.frame import chrome, html_tables
from pages.components.frame.html_tables import Column

_COLUMNS: Final = (
    Column("month", "Month"),
    Column("what", "What happens"),
    Column("before", "Rows before", 0),
    Column("after", "Rows after", 0),
)
_FEW: Final = 6  # months that the sentences list with their rows


def show(prepared: PreparedImport) -> PreparedImport:
    """Show which months stay, are added and are replaced, and ask where any would be lost.

    Returns the import with what was answered.
    """
    change = prepared.change
    if change is None:
        return prepared
    st.markdown(f"**{chrome.plain(change.sentence())}**")
    for sentence in change.details():
        st.markdown(f"- {chrome.plain(sentence)}")
    rows = change.by_month()
    if len(rows) > _FEW:
        with st.expander("Rows by month, before and after"):
            html_tables.show_table("Months that change", _COLUMNS, rows)
    if change.loss is None:
        return prepared
    agreed = st.checkbox(chrome.plain(f"Yes, {change.loss}"), key=f"_upload_lose_{prepared.description.fingerprint}")
    return replace(prepared, request=replace(prepared.request, lose_months=agreed))


def is_refused(prepared: PreparedImport) -> bool:
    """Return whether something would be lost that nobody has agreed to."""
    return prepared.change is not None and prepared.change.loss is not None and not prepared.request.lose_months
