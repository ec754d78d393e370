"""The shared selection: school, dataset, harm groups and months, picked in the sidebar and kept in the address."""

from dataclasses import dataclass
from typing import Final

import streamlit as st

from data.kinds import Kind
from data.store.datasets import Access, Dataset
from geo import harms, months
from geo.harms import HARM_GROUPS
from geo.near import Place
from geo.selecting import Choice
from pages.components import cached

USUAL_MONTHS: Final = 3
BOUND: Final = "query-params"


@dataclass(frozen=True)
class Selection:
    """What a person looks at: one dataset, one school where there is one, and a filter."""

    dataset: Dataset
    school: Place | None
    choice: Choice

    @property
    def period(self) -> str:
        """Write the chosen months as people do."""
        return months.say_range(self.choice.months)

    @property
    def exact(self) -> bool:
        """Answer whether the figures are exact ones of a protected dataset, not to be shared."""
        return self.dataset.access is Access.PROTECTED


def pick() -> Selection | None:
    """Draw the pickers in the sidebar and give what is picked; None when there is no dataset yet."""
    asking = cached.asker()
    # Young people's marks are no incidents: they are a layer of their own.
    by_label = _labelled([one for one in cached.all_datasets(asking) if one.kind != Kind.MARKS])
    if not by_label:
        return None
    with st.sidebar:
        schools_here = st.container()
        label = st.selectbox("Dataset", list(by_label), key="dataset", bind=BOUND)
        dataset = by_label[label]
        schools = cached.schools_in(dataset.area_set_id, asking)
        with schools_here:
            school = st.selectbox("School", list(schools), key="school", bind=BOUND) if schools else None
        choice = Choice(_pick_months(dataset), _pick_harms(dataset))
    return Selection(dataset, schools.get(school) if school else None, choice)


def current() -> Selection:
    """Give the selection that the sidebar holds in this run."""
    chosen: Selection = st.session_state["_selection"]
    return chosen


def remember(selection: Selection) -> None:
    """Keep the selection for the page of this run."""
    st.session_state["_selection"] = selection


def _labelled(listed: list[Dataset]) -> dict[str, Dataset]:
    titles = [dataset.title for dataset in listed]
    return {_label(dataset, titles.count(dataset.title) == 1): dataset for dataset in listed}


def _label(dataset: Dataset, alone: bool) -> str:
    if alone:
        return dataset.title
    return f"{dataset.title}, {months.say_range(dataset.months)} (number {dataset.id})"


def _pick_months(dataset: Dataset) -> tuple[str, ...]:
    by_label = {months.say(month): month for month in dataset.months}
    labels = list(by_label)
    usual = max(0, len(labels) - USUAL_MONTHS)
    first = st.selectbox("From", labels, index=usual, key="from", bind=BOUND)
    last = st.selectbox("To", labels, index=len(labels) - 1, key="to", bind=BOUND)
    ends = sorted([by_label[first], by_label[last]])
    if by_label[first] > by_label[last]:
        st.caption("“From” is after “To”: the months between them are shown.")
    return tuple(months.between(*ends))


def _pick_harms(dataset: Dataset) -> tuple[str, ...]:
    present = harms.present(dataset.harm_of, dataset.harm_of)
    by_label = {HARM_GROUPS[code]: code for code in present}
    usual = [HARM_GROUPS[code] for code in present if code in harms.SCHOOL_DEFAULT] or list(by_label)
    chosen = st.multiselect("Harm groups", list(by_label), default=usual, key="harm", bind=BOUND)
    return tuple(by_label[label] for label in chosen) or tuple(present)
