"""The history of all that came in, delivery by delivery, and undoing one of them after a tick."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

import streamlit as st

from data.services import dataset_summary, undoing
from data.services.opening import open_store
from data.store.datasets import Access
from data.store.deliveries import Delivery, DeliveryKind
from geo.errors import InputError
from geo.register.markers import say_day
from geo.wording import capital, how_many
from pages.components.cached import loads
from pages.components.datasets.versions_view import SAID
from pages.components.frame import chrome, html_tables
from pages.components.frame.html_tables import Column

_EXACT: Final = (
    Column("number", "Delivery", 0),
    Column("what", "What"),
    Column("rows", "Rows", 0, wide_only=True),
    Column("state", "State"),
    Column("files", "Files", wide_only=True),
    Column("size", "MB", 2, wide_only=True),
    Column("edition", "Edition", wide_only=True),
)
_ABOUT: Final = tuple(replace(one, decimals=None) if one.key == "rows" else one for one in _EXACT)


def show(listed: Sequence[Delivery]) -> None:
    """Show the deliveries as they may be seen, the newest first, and let one that stands be undone by who may."""
    undo, exact = not loads.is_board(), loads.exact_datasets(loads.asker())
    number = how_many(len(listed), "delivery", "deliveries")
    with st.expander(f"History: {number}, and Undo" if undo else f"History: {number}"):
        columns = _ABOUT if any(dataset_summary.is_rounded(one, exact) for one in listed) else _EXACT
        rows = [_row(one, exact, in_words=columns is _ABOUT) for one in listed]
        st.html(html_tables.html_table(f"All that was brought in{_mark()}", columns, rows, order="newest first"))
        # A base map has an Undo of its own beside its card.
        standing = [one for one in listed if one.undone_at is None and one.kind is not DeliveryKind.BASE_MAP]
        if standing and undo:
            _undo(standing)


def _mark() -> str:
    """Return the warning of exact rows, where the list tells any to a custodian."""
    protected = any(one.access is Access.PROTECTED for one in loads.all_datasets(loads.asker()))
    return " (exact: do not share)" if protected and not loads.is_board() else ""


def _row(one: Delivery, exact: Collection[int], *, in_words: bool) -> dict[str, html_tables.Cell]:
    state = f"came in {say_day(one.added_at[:10])} by {one.added_by}"
    if one.undone_at is not None:
        state += f", undone {say_day(one.undone_at[:10])} by {one.undone_by}"
    names = [file.name for file in one.files if file.name]
    return {
        "number": one.id,
        "what": _said(one),
        "rows": dataset_summary.delivery_rows(one, exact) if in_words else one.rows,
        "state": state,
        "files": ", ".join(names) or how_many(len(one.files), "file", "files"),
        "size": None if dataset_summary.is_rounded(one, exact) else one.size / 1e6,  # which tells how many rows
        "edition": one.edition,
    }


def _said(one: Delivery) -> str:
    version = f", version {one.version}" if one.version is not None else ""
    return f"{capital(one.kind)}: {one.title}{version}"


def _undo(standing: Sequence[Delivery]) -> None:
    by_label = {f"{_said(one)} (delivery {one.id}, {say_day(one.added_at[:10])})": one for one in standing}
    chosen = st.selectbox("Undo", list(by_label), index=None, placeholder="Choose what to undo", key="_undo_which")
    if chosen is None:
        return
    one = by_label[chosen]
    why = undoing.can_undo(open_store(), loads.who(), one)
    if why is not None:
        st.info(chrome.plain(why))
        return
    sure = st.checkbox("What stood before is put back, and what was new goes for good.", key=f"_undo_sure_{one.id}")
    if st.button("Undo this delivery", disabled=not sure, key=f"_undo_{one.id}"):
        _do(one)


def _do(one: Delivery) -> None:
    try:
        said = undoing.undo(open_store(), loads.who(), one.id)
    except InputError as fault:
        st.error(chrome.plain(str(fault)))
        return
    st.session_state[SAID] = said
    st.rerun()
