"""The history of all that came in, delivery by delivery, and undoing one of them after a tick."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from data.services import undoing
from data.services.opening import open_store
from data.store.deliveries import Delivery, DeliveryKind
from geo.errors import InputError
from geo.register.markers import say_day
from geo.wording import capital, how_many
from pages.components.cached import loads
from pages.components.datasets.versions_view import SAID
from pages.components.frame import chrome, html_tables
from pages.components.frame.html_tables import Column

_COLUMNS: Final = (
    Column("number", "Delivery", 0),
    Column("what", "What"),
    Column("rows", "Rows", 0, wide_only=True),
    Column("state", "State"),
    Column("files", "Files", wide_only=True),
    Column("size", "MB", 2, wide_only=True),
    Column("edition", "Edition", wide_only=True),
)


def show(listed: Sequence[Delivery]) -> None:
    """Show the deliveries, the newest first, and let one that stands be undone."""
    with st.expander(f"History: {how_many(len(listed), 'delivery', 'deliveries')}, and Undo"):
        st.html(
            html_tables.html_table(
                "All that was brought in", _COLUMNS, [_row(one) for one in listed], order="newest first"
            )
        )
        # A base map has an Undo of its own beside its card.
        standing = [one for one in listed if one.undone_at is None and one.kind is not DeliveryKind.BASE_MAP]
        if standing:
            _undo(standing)


def _row(one: Delivery) -> dict[str, html_tables.Cell]:
    state = f"came in {say_day(one.added_at[:10])} by {one.added_by}"
    if one.undone_at is not None:
        state += f", undone {say_day(one.undone_at[:10])} by {one.undone_by}"
    names = [file.name for file in one.files if file.name]
    return {
        "number": one.id,
        "what": _said(one),
        "rows": one.rows,
        "state": state,
        "files": ", ".join(names) or how_many(len(one.files), "file", "files"),
        "size": one.size / 1e6,
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
