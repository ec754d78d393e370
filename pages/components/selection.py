"""The shared selection: school, dataset, harm groups and months, picked in the sidebar and kept in the address."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import streamlit as st

from data.kinds import Kind
from data.store.datasets import Access, Dataset
from geo import harms, months, periods, viewing
from geo.harms import HARM_GROUPS
from geo.near import Place
from geo.released import Exact, Protected, Released
from geo.selecting import Choice
from pages.components import cached

BOUND: Final = "query-params"


class Figures(StrEnum):
    """What kind of figures a person sees."""

    OPEN = "open"
    EXACT = "exact"
    PROTECTED = "protected"


@dataclass(frozen=True)
class Selection:
    """What a person looks at: one dataset, one school where there is one, and a filter.

    ``covered`` are all periods that its counts have for this person, ``levels`` those they can be seen at.
    """

    dataset: Dataset
    school: Place | None
    choice: Choice
    covered: tuple[str, ...]
    levels: tuple[str, ...]
    figures: Figures

    @property
    def period(self) -> str:
        """Write the chosen periods as people do."""
        return periods.say_range(self.choice.periods)

    @property
    def about(self) -> bool:
        """Answer whether figures are protected ones, which say "about"."""
        return self.figures is Figures.PROTECTED


def pick() -> Selection | None:
    """Draw the pickers in the sidebar and give what is picked; None when there is no dataset yet.

    Raises RefusedError when nothing of the picked dataset may be shown to this person.
    """
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
        _pick_eyes(dataset)
        counts = cached.counts(dataset, cached.asker())  # asked anew: the switch decides who looks
        covered = viewing.periods(counts)
        choice = Choice(_pick_periods(covered), _pick_harms(viewing.harms_in(counts)))
    levels = viewing.levels(counts, cached.area_set(dataset.area_set_id, asking.principal))
    return Selection(dataset, schools.get(school) if school else None, choice, covered, levels, _figures(counts))


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


def _pick_eyes(dataset: Dataset) -> None:
    """Draw the switch between exact figures and those that a board would see, where there are two."""
    if dataset.access is Access.PROTECTED:
        st.toggle(
            "See it as a board would",
            key=cached.AS_BOARD,
            bind=BOUND,
            help="Shows protected figures only: what everybody but the custodians of this dataset sees, and all that "
            "can be downloaded or shared. The Guide says how they are made.",
        )


def _figures(counts: Released | Exact) -> Figures:
    if isinstance(counts, Exact):
        return Figures.EXACT
    return Figures.PROTECTED if isinstance(counts, Protected) else Figures.OPEN


def _pick_periods(covered: tuple[str, ...]) -> tuple[str, ...]:
    by_label = {periods.say(period): period for period in covered}
    labels, usual = list(by_label), periods.usual(covered)
    first = st.selectbox("From", labels, index=covered.index(usual[0]), key="from", bind=BOUND)
    last = st.selectbox("To", labels, index=covered.index(usual[-1]), key="to", bind=BOUND)
    ends = sorted([by_label[first], by_label[last]])
    if by_label[first] > by_label[last]:
        st.caption(f"“From” is after “To”: the {periods.unit_of(covered)}s between them are shown.")
    return tuple(period for period in covered if ends[0] <= period <= ends[1])


def _pick_harms(present: tuple[str, ...]) -> tuple[str, ...]:
    by_label = {HARM_GROUPS[code]: code for code in present}
    usual = [HARM_GROUPS[code] for code in present if code in harms.SCHOOL_DEFAULT] or list(by_label)
    chosen = st.multiselect("Harm groups", list(by_label), default=usual, key="harm", bind=BOUND)
    return tuple(by_label[label] for label in chosen) or tuple(present)
