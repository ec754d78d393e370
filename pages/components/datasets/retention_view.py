"""How long data is kept: the settings, what is older than they allow, and removing it."""

from typing import Final

import streamlit as st

from data.services import letting_go
from data.services.opening import open_store
from data.store import retention
from data.store.bounds import LONGEST_RETENTION
from data.store.retention import MONTHS_KEPT, SUPERSEDED_DAYS, Due, Retention
from geo.wording import how_many
from pages.components.cached import loads
from pages.components.datasets.versions_view import SAID
from pages.components.frame import chrome

_REMEDY: Final = "To keep it longer, set how long data is kept; or take a backup of it first."
_BLANK: Final = "blank: {} for protected data, for good for open data"


def show() -> None:
    """Show how long data is kept and let it be set, and what is older, which is also removed once a day.

    What will be removed soon is said before.
    """
    store, person, today = open_store(), loads.who(), loads.asker().today
    now = retention.retention(store, person)
    due, coming = letting_go.due(store, person, today), letting_go.coming(store, person, today)
    for sentence in letting_go.said_before(coming, today):
        st.info(chrome.plain(f"{sentence} {_REMEDY}"))
    with st.expander("How long data is kept", expanded=bool(due or coming)):
        st.markdown(f"Now: {letting_go.sentence(now)} What is older is removed for good once a day, or here.")
        with st.form("retention", border=False):
            days = st.number_input(
                "Days to keep a version after another has superseded it", 1, LONGEST_RETENTION,
                now.superseded_days, key="_retention_days", placeholder=_BLANK.format(SUPERSEDED_DAYS),
            )  # fmt: skip
            months = st.number_input(
                "Months to keep a dataset after its last month", 1, LONGEST_RETENTION,
                now.months_kept, key="_retention_months", placeholder=_BLANK.format(MONTHS_KEPT),
            )  # fmt: skip
            if st.form_submit_button("Set how long data is kept"):
                _set(Retention(days, months))
        if due:
            _offer_to_remove(due)


def _set(settings: Retention) -> None:
    retention.put_retention(open_store(), loads.who(), settings)
    st.session_state[SAID] = f"Set: {letting_go.sentence(settings)}"
    st.rerun()


def _offer_to_remove(due: list[Due]) -> None:
    """Say what is older than is kept before it goes: a slip in a number would otherwise cost years of data."""
    named = map(letting_go.named, due)
    due_now = how_many(len(due), "dataset or version is", "datasets or versions are")
    st.warning(chrome.plain(f"{due_now} older than this and will be removed for good: {'; '.join(named)}."))
    if st.button("Remove what is older now", key="_retention_remove"):
        removed = letting_go.let_go(open_store(), loads.who(), loads.asker().today)
        gone = how_many(len(removed), "dataset or version is", "datasets or versions are")
        st.session_state[SAID] = f"{gone} removed."
        st.rerun()
