"""How long data is kept: the settings, what is older than they allow, and removing it."""

import streamlit as st

from data.services.opening import open_store
from data.store import retention
from data.store.bounds import LONGEST_RETENTION
from data.store.retention import Due, Retention
from geo.wording import how_many
from pages.components.cached import loads
from pages.components.datasets.versions_view import SAID
from pages.components.frame import chrome


def show() -> None:
    """Show how long data is kept and let it be set, and what is older, which is also removed once a day."""
    now = retention.retention(open_store(), loads.who())
    due = retention.due(open_store(), loads.who(), loads.asker().today)
    with st.expander("How long data is kept", expanded=bool(due)):
        st.markdown(f"Now: {_said(now)} What is older is removed for good once a day, or here.")
        with st.form("retention", border=False):
            days = st.number_input(
                "Days to keep a version after another has superseded it (blank: for good)", 1, LONGEST_RETENTION,
                now.superseded_days, key="_retention_days",
            )  # fmt: skip
            months = st.number_input(
                "Months to keep a dataset after its last month (blank: for good)", 1, LONGEST_RETENTION,
                now.months_kept, key="_retention_months",
            )  # fmt: skip
            if st.form_submit_button("Set how long data is kept"):
                _set(Retention(days, months))
        if due:
            _offer_to_remove(due)


def _said(settings: Retention) -> str:
    days, months = settings.superseded_days, settings.months_kept
    versions = f"{how_many(days, 'day', 'days')}" if days else "for good"
    datasets = f"{how_many(months, 'month', 'months')} after their last month" if months else "for good"
    return f"superseded versions are kept {versions}, datasets {datasets}."


def _set(settings: Retention) -> None:
    retention.put_retention(open_store(), loads.who(), settings)
    st.session_state[SAID] = f"Set: {_said(settings)}"
    st.rerun()


def _offer_to_remove(due: list[Due]) -> None:
    """Say what is older than is kept before it goes: a slip in a number would otherwise cost years of data."""
    named = [f"“{one.dataset.title}”" + ("" if one.number is None else f", version {one.number}") for one in due]
    due_now = how_many(len(due), "dataset or version is", "datasets or versions are")
    st.warning(chrome.plain(f"{due_now} older than this and will be removed for good: {'; '.join(named)}."))
    if st.button("Remove what is older now", key="_retention_remove"):
        removed = retention.let_go(open_store(), loads.who(), loads.asker().today)
        gone = how_many(len(removed), "dataset or version is", "datasets or versions are")
        st.session_state[SAID] = f"{gone} removed."
        st.rerun()
