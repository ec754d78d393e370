"""The versions of a dataset: what each held and changed, which is shown, and removing what is no longer wanted."""

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import Final

import streamlit as st

from data.services import dataset_summary, version_changes, visibility
from data.services.dataset_summary import DatasetSummary
from data.services.opening import open_store
from data.store import datasets, versions
from data.store.datasets import Access, Dataset
from geo.calendar import months
from geo.counts.differences import Difference, sentence
from geo.errors import InputError, RefusedError
from geo.harms import MOVED
from geo.register.markers import say_day
from geo.wording import capital
from pages.components.cached import loads
from pages.components.frame import chrome, html_tables
from pages.components.frame.html_tables import Column

_ABOUT: Final = (
    Column("number", "Version", 0),
    Column("state", "State"),
    Column("added", "Added", wide_only=True),
    Column("period", "Period"),
    Column("read", "Rows read"),
    Column("placed", "Placed"),
)
_EXACT: Final = (*_ABOUT[:-2], Column("read", "Rows read", 0), Column("placed", "Placed", 0))
_BY_MONTH: Final = (Column("month", "Month"), Column("before", "Before", 0), Column("after", "After", 0))
_BY_AREA: Final = (Column("name", "Area"), Column("before", "Before", 0), Column("after", "After", 0))
_MOST: Final = 12  # months or areas listed
SAID: Final = "_datasets_said"  # what the last change did, until the page has said it


def show(dataset: Dataset) -> None:
    """Show the versions of a dataset as they may be seen, and let its owner compare, restore and remove them."""
    kept = datasets.history(open_store(), loads.viewer(), dataset.id)
    exact = visibility.sees_exact(loads.viewer(), dataset)
    label = "History: 1 version" if len(kept) == 1 else f"History: {len(kept)} versions"
    with st.expander(f"{label} of “{chrome.plain(dataset.title)}”"):
        rows = [_row(version, dataset_summary.summary(version, exact=exact)) for version in kept]
        caption = "Versions (exact: do not share)" if exact and dataset.access is Access.PROTECTED else "Versions"
        table = html_tables.html_table(caption, _EXACT if exact else _ABOUT, rows, order="newest first")
        chrome.together(table, chrome.bullets(_moved(kept)) if exact else "")
        if len(kept) > 1 and exact:
            _compare(kept)
        if dataset.owner == loads.who().organisation and not loads.is_board():
            if len(kept) > 1:
                _choose(dataset, kept)
            _remove(dataset)


def _row(version: Dataset, told: DatasetSummary) -> dict[str, html_tables.Cell]:
    return {
        "number": version.number,
        "state": "shown" if version.is_current else f"superseded {say_day((version.superseded_at or '')[:10])}",
        "added": f"{say_day(version.added_at[:10])} by {version.added_by}",
        "period": capital(told.period),
        "read": told.figures["rows read"] if told.about else version.rows_read,
        "placed": told.figures["placed in an area"] if told.about else version.placed,
    }


def _moved(kept: list[Dataset]) -> list[str]:
    """List what is noted of categories that moved to other harm groups, each once."""
    return list(dict.fromkeys(note for version in kept for note in version.notes if note.startswith(MOVED)))


def _compare(kept: list[Dataset]) -> None:
    by_label = {
        f"Version {newer.number} beside version {older.number}": (older, newer) for newer, older in pairwise(kept)
    }
    chosen = st.selectbox(
        "What changed", list(by_label), index=None, placeholder="Choose two versions", key=_key("compare", kept[0])
    )
    if chosen is None:
        return
    older, newer = by_label[chosen]
    try:
        difference = version_changes.between(open_store(), loads.viewer(), older, newer)
    except RefusedError as refusal:
        st.info(chrome.plain(str(refusal)))
        return
    if newer.access is Access.PROTECTED:
        st.caption("Exact figures of a protected dataset: do not share.")
    st.markdown(f"Version {newer.number}: {sentence(difference)}")
    _tables(difference, newer)


def _tables(difference: Difference, newer: Dataset) -> None:
    left, right = st.columns(2)
    if len(difference.by_month):
        rows = [
            {**row, "month": months.say(row["month"])} for row in difference.by_month.head(_MOST).to_dict("records")
        ]
        with left:
            html_tables.show_table(_caption("Months that differ", len(difference.by_month)), _BY_MONTH, rows)
    if difference.by_area is not None and len(difference.by_area):
        level = loads.area_set(newer.area_set_id, loads.viewer()).level
        units = loads.units(newer.area_set_id, level, loads.viewer())
        with right:
            listed = difference.by_area.head(_MOST).to_dict("records")
            rows = [{**row, "name": units.name_of(row["area"])} for row in listed]
            html_tables.show_table(_caption("Areas that differ, most first", len(difference.by_area)), _BY_AREA, rows)


def _caption(what: str, number: int) -> str:
    return f"{what}: {number:,}" + (f", the first {_MOST} of them" if number > _MOST else "")


def _choose(dataset: Dataset, kept: list[Dataset]) -> None:
    others = [version.number for version in kept if not version.is_current]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        number = st.selectbox("Another version", others, format_func="Version {}".format, key=_key("version", dataset))
        if st.button("Show this version again", key=_key("restore", dataset)):
            _do(partial(versions.restore, number=number), dataset, f"Version {number} is shown again.")
        with st.popover("Remove this version"):
            st.markdown(f"Version {number}, its rows and its counts go for good. Only a backup could bring them back.")
            if st.button(f"Remove version {number} for good", key=_key("remove_version", dataset)):
                _do(partial(versions.remove, number=number), dataset, f"Version {number} is removed.")


def _remove(dataset: Dataset) -> None:
    warning = (
        f"Remove “{dataset.title}” for good: its rows and counts of every version. Only a backup could bring it back."
    )
    sure = st.checkbox(chrome.plain(warning), key=_key("sure", dataset))
    if st.button("Remove the dataset", disabled=not sure, key=_key("remove", dataset)):
        _do(versions.remove, dataset, f"“{dataset.title}” is removed.")


def _do(change: Callable[..., None], dataset: Dataset, said: str) -> None:
    try:
        change(open_store(), loads.who(), dataset.id)
    except InputError as fault:
        st.error(chrome.plain(str(fault)))
        return
    st.session_state[SAID] = said
    st.rerun()


def _key(what: str, dataset: Dataset) -> str:
    return f"_{what}_{dataset.id}"
